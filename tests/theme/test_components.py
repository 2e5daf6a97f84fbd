"""Every example of every component: markup that is well formed, accessible and free of anything inline."""

import string
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment

from gaisite.render import chart_parts, parts, views
from gaisite.render.templates import open_environment

THEME = Path(__file__).parents[2] / "themes" / "civic"
LANGUAGES = ("zh-CN", "en")
ARGUMENTS: dict[str, dict[str, Any]] = {
    "agency_list": {"agencies": tuple[views.AgencyItem, ...]},
    "bar_chart": {"chart": chart_parts.BarChart},
    "check_list": {"checks": tuple[views.CheckItem, ...]},
    "contents": {"links": tuple[parts.LinkView, ...]},
    "corrections": {"revisions": tuple[views.RevisionView, ...]},
    "data_table": {"table": parts.TableView},
    "downloads": {"data": views.DownloadsView | None},
    "findings": {"items": tuple[parts.FindingView, ...]},
    "info_table": {"rows": tuple[parts.InfoRow, ...]},
    "known_problems": {"groups": tuple[views.ProblemGroup, ...]},
    "key_figures": {"figures": tuple[parts.KeyFigureView, ...]},
    "line_chart": {"chart": chart_parts.LineChart},
    "link_list": {"items": tuple[parts.LinkView, ...]},
    "list_filter": {"years": tuple[views.YearItem, ...], "index": str, "root": str},
    "notes": {"items": tuple[str, ...], "heading": str, "id": str},
    "page_list": {"pages": tuple[parts.LinkView, ...]},
    "pager": {
        "previous": parts.LinkView | None,
        "next": parts.LinkView | None,
        "comparison": parts.LinkView | None,
    },
    "prose": {"text": parts.ProseView},
    "roll_up": {"view": parts.RollUpView},
    "report_list": {"reports": tuple[views.ReportItem, ...]},
    "search_box": {"engine": str, "root": str},
    "sentences": {"items": tuple[parts.SentenceView, ...]},
    "sparkline": {"lines": tuple[chart_parts.Sparkline, ...]},
    "stacked_bar": {"chart": chart_parts.StackedBar},
    "superseded": {"notice": views.SupersededView},
    "year_list": {"years": tuple[views.YearItem, ...]},
}
"""The type of each argument of each component's macro; `words` comes beside them."""
BOOLEAN = {"hidden"}
"""Attributes that say all there is to say by being there."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Words:
    """The words of one language; one that is not there is an error."""

    def __init__(self, language: str) -> None:
        path = THEME / "translations" / f"{language}.yaml"
        self._texts: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))

    def __getattr__(self, name: str) -> str:
        try:
            return self._texts[name]
        except KeyError:
            raise AttributeError(name) from None


def build(kind: Any, value: Any) -> Any:
    """The view of a type that plain YAML stands for; unknown fields and wrong types are errors."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            assert types.NoneType in typing.get_args(kind)
            return None
        return build(next(arg for arg in typing.get_args(kind) if arg is not types.NoneType), value)
    if origin is tuple:
        return tuple(build(typing.get_args(kind)[0], item) for item in value)
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind, vars(views))
        assert not set(value) - set(hints), f"{kind}: {set(value) - set(hints)}"
        return typing.cast(Any, kind)(**{name: build(hints[name], item) for name, item in value.items()})
    assert isinstance(value, kind), f"{value!r} is no {kind}"
    return value


@dataclass(eq=False)
class Element:
    """An element of the parsed markup."""

    tag: str
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list["Element"]:
        return [element for element in self.walk() if element.tag in tags]

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


class TreeParser(HTMLParser):
    """Builds elements; every end tag must close the element that is open."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("root", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"attribute twice on <{tag}>: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(markup: str) -> Element:
    """The tree of a piece of markup, all of its elements closed."""
    parser = TreeParser()
    parser.feed(markup)
    parser.close()
    assert len(parser.open) == 1, f"not closed: {[element.tag for element in parser.open]}"
    return parser.open[0]


@dataclass(frozen=True)
class Placed:
    """A cell in the grid of its row group."""

    cell: Element
    row: int
    column: int
    rowspan: int
    colspan: int


def place_cells(group: Element, width: int) -> list[Placed]:
    """The cells of a thead or tbody on its grid; a gap, an overlap or a span beyond the group fails."""
    rows = group.all("tr")
    taken: dict[tuple[int, int], Placed] = {}
    for row, element in enumerate(rows):
        column = 0
        for cell in element.all("th", "td"):
            while (row, column) in taken:
                column += 1
            spans = [int(cell.attributes.get(name, "1")) for name in ("rowspan", "colspan")]
            placed = Placed(cell, row, column, *spans)
            for slot in ((row + down, column + right) for down in range(spans[0]) for right in range(spans[1])):
                assert slot not in taken, f"overlap at {slot}: {cell.text()}"
                taken[slot] = placed
    assert set(taken) == {(row, column) for row in range(len(rows)) for column in range(width)}
    return list(dict.fromkeys(taken.values()))


def covers(head: Placed, row: int | None, column: int | None) -> bool:
    """Whether a header cell's span holds a row or a column."""
    if row is not None:
        return head.row <= row < head.row + head.rowspan
    assert column is not None
    return head.column <= column < head.column + head.colspan


def examples() -> list[Any]:
    """Component, example and language for each test."""
    found = []
    for path in sorted(THEME.glob("components/*/examples.yaml")):
        for example in yaml.safe_load(path.read_text(encoding="utf-8")):
            for language in LANGUAGES:
                name = f"{path.parent.name}-{example['name'].replace(' ', '_')}-{language}"
                found.append(pytest.param(path.parent.name, example, language, id=name))
    return found


@pytest.fixture(scope="module")
def environment() -> Environment:
    return open_environment((THEME,), "")


def render(environment: Environment, component: str, example: Any, language: str) -> str:
    """What the component's macro prints for an example."""
    kinds = ARGUMENTS[component]
    arguments = {name: build(kinds[name], value) for name, value in example["arguments"].items()}
    macro = getattr(environment.get_template(f"components/{component}/{component}.html").module, component)
    if "words" in macro.arguments:
        arguments["words"] = Words(language)
    return str(macro(**arguments))


@pytest.mark.parametrize("component", sorted(path.name for path in THEME.glob("components/*")))
def test_component_has_macro_style_and_examples(component: str) -> None:
    folder = THEME / "components" / component
    assert {path.name for path in folder.iterdir()} == {f"{component}.html", f"{component}.css", "examples.yaml"}
    assert component in ARGUMENTS


@pytest.mark.parametrize(("component", "example", "language"), examples())
def test_example_is_sound_markup(environment: Environment, component: str, example: Any, language: str) -> None:
    markup = render(environment, component, example, language)
    if example["name"] == "nothing to print":
        assert not markup.strip()
        return
    tree = parse(markup)
    seen: set[str] = set()
    for element in list(tree.walk())[1:]:
        names = set(element.attributes)
        assert not {name for name in names if name.startswith("on")}, element
        assert "style" not in names, element
        assert element.tag not in {"script", "style"}
        empty = {name for name, value in element.attributes.items() if not value}
        assert empty <= BOOLEAN | ({"value"} if element.tag == "option" else set()), element
        if element.tag in {"a", "li", "p", "dt", "dd", "h2", "h3", "th", "td", "caption"}:
            assert element.text().strip(), element
        if identifier := element.attributes.get("id"):
            assert identifier not in seen
            seen.add(identifier)
    for name in ("aria-labelledby", "aria-describedby", "headers"):
        for element in tree.walk():
            assert set(element.attributes.get(name, "").split()) <= seen, element


@pytest.mark.parametrize(("component", "example", "language"), examples())
def test_every_table_follows_the_measured_structure(
    environment: Environment, component: str, example: Any, language: str
) -> None:
    tree = parse(render(environment, component, example, language))
    for table in tree.all("table"):
        region = next(element for element in tree.all("div") if table in element.children)
        caption = table.all("caption")[0]
        assert region.attributes["role"] == "region"
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["aria-labelledby"] == caption.attributes["id"]
        width = sum(int(group.attributes["span"]) for group in table.all("colgroup"))
        head = place_cells(table.all("thead")[0], width)
        for body in table.all("tbody"):
            check_body(place_cells(body, width), head)
        for cell in table.all("th"):
            assert cell.attributes["scope"] in {"col", "colgroup", "row", "rowgroup"}
        first = place_cells(table.all("tbody")[0], width)
        for title in head:
            if "num" in title.cell.classes():
                below = [placed for placed in first if placed.column == title.column]
                assert any("num" in placed.cell.classes() for placed in below), title.cell.text()


def check_body(body: list[Placed], head: list[Placed]) -> None:
    """Each cell's `headers` are the cells above and beside it, outer to inner."""
    for placed in body:
        if placed.cell.tag != "td":
            continue
        assert {"num", "text"} & placed.cell.classes()
        beside = [other for other in body if other.cell.tag == "th" and covers(other, placed.row, None)]
        above = [other for other in head if covers(other, None, placed.column)]
        expected = [
            other.cell.attributes["id"]
            for other in sorted(beside, key=lambda other: other.column) + sorted(above, key=lambda other: other.row)
        ]
        assert placed.cell.attributes["headers"].split() == expected, placed.cell.text()


def cell_of(tree: Element, headers: str) -> Element:
    return next(cell for cell in tree.all("td") if cell.attributes["headers"] == headers)


@pytest.fixture
def tables(environment: Environment) -> dict[str, Element]:
    """The examples of data_table by the id of their table."""
    path = THEME / "components" / "data_table" / "examples.yaml"
    found = {}
    for example in yaml.safe_load(path.read_text(encoding="utf-8")):
        found[example["arguments"]["table"]["id"]] = parse(render(environment, "data_table", example, "zh-CN"))
    return found


def test_blank_is_seen_as_a_dash_and_spoken_as_a_word(environment: Environment) -> None:
    example = yaml.safe_load((THEME / "components/data_table/examples.yaml").read_text(encoding="utf-8"))[2]
    assert (
        '<td class="num" id="applications.new.business" '
        'headers="applications-r0 applications-c0 applications-c2 applications-c3">'
        '<span class="blank" aria-hidden="true">—</span><span class="vh">未填</span></td>'
    ) in render(environment, "data_table", example, "zh-CN")


def test_zero_is_a_plain_zero(tables: dict[str, Element]) -> None:
    cell = cell_of(tables["proactive-documents"], "proactive-documents-r0 proactive-documents-c0")
    assert cell.children == ["0"]


def test_the_states_of_a_figure_look_and_sound_different(tables: dict[str, Element]) -> None:
    blank = cell_of(tables["proactive-services"], "proactive-services-r1 proactive-services-r3 proactive-services-c1")
    other = cell_of(tables["proactive-services"], "proactive-services-r1 proactive-services-r2 proactive-services-c1")
    absent = cell_of(tables["comparison-documents"], "comparison-documents-r1 comparison-documents-c0")
    assert [cell.text() for cell in (blank, other, absent)] == ["—未填", "不适用", "无此项表内无此项"]
    classes = [cell.all("span")[0].attributes["class"] for cell in (blank, other, absent)]
    assert classes == ["blank", "not-applicable", "not-in-form"]


def test_difference_leads_to_its_explanation(tables: dict[str, Element]) -> None:
    cell = cell_of(tables["applications"], "applications-r1 applications-r6 applications-c0 applications-c1")
    link = cell.all("a")[0]
    assert link.attributes["href"] == "#finding-1"
    assert cell.text() == "20 差 6，查看说明"
    assert cell.attributes["id"] == "applications.handled.total.natural_person"


def test_computed_total_says_so_to_eye_and_ear(tables: dict[str, Element]) -> None:
    cell = cell_of(tables["applications"], "applications-r0 applications-c0 applications-c5")
    assert cell.classes() == {"num", "computed"}
    assert cell.text() == "28* 本站计算"


def test_notes_are_tied_to_their_table(tables: dict[str, Element]) -> None:
    tree = tables["applications"]
    notes = next(element for element in tree.all("div") if "table-notes" in element.classes())
    assert tree.all("table")[0].attributes["aria-describedby"] == notes.attributes["id"] == "applications-note"
    assert [note.text()[:2] for note in notes.all("p")] == ["本列", "“—", "① "]
    assert "aria-describedby" not in tables["lines"].all("table")[0].attributes


def test_break_is_marked_on_the_cells_after_it(tables: dict[str, Element]) -> None:
    marked = [cell for cell in tables["comparison-documents"].all("td") if "after-break" in cell.classes()]
    assert len(marked) == 3
    assert all(cell.attributes["headers"].endswith("-c1") for cell in marked)


def test_text_is_escaped(environment: Environment) -> None:
    example = yaml.safe_load((THEME / "components/data_table/examples.yaml").read_text(encoding="utf-8"))[6]
    assert "条例 &amp; 格式 &lt;三&gt;" in render(environment, "data_table", example, "zh-CN")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_translations_have_the_same_keys_and_placeholders() -> None:
    texts = {}
    for language in LANGUAGES:
        source = (THEME / "translations" / f"{language}.yaml").read_text(encoding="utf-8")
        keys = [line.split(":")[0] for line in source.splitlines() if line and not line.startswith("#")]
        assert len(keys) == len(set(keys)), "a key twice"
        texts[language] = yaml.safe_load(source)
        assert all(isinstance(text, str) and text.strip() for text in texts[language].values())
    assert list(texts["zh-CN"]) == list(texts["en"])
    for key, text in texts["zh-CN"].items():
        assert placeholders(text) == placeholders(texts["en"][key]), key


def test_the_signs_for_missing_figures_differ() -> None:
    for language in LANGUAGES:
        words = Words(language)
        shown = {words.blank_text, words.not_in_form_text, words.not_applicable_text, "0"}
        spoken = {words.blank_spoken, words.not_in_form_spoken, words.not_applicable_spoken, "0"}
        assert len(shown) == len(spoken) == 4


def test_examples_use_every_optional_field_of_a_cell() -> None:
    source = (THEME / "components/data_table/examples.yaml").read_text(encoding="utf-8")
    for view in (parts.HeadCell, parts.DataCell, parts.TableView):
        for item in fields(view):
            assert f"{item.name}:" in source, f"{view.__name__}.{item.name} has no example"
