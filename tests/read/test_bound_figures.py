"""Bound figures: a narrative prints what the tables say, with a link to the cell, or says what is wrong and where."""

import re
import time
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.build import BuildOptions, build_site, check_site
from gaisite.findings import Finding, Problems, Severity
from gaisite.model.prose import PassageKind
from gaisite.model.tables import Address
from gaisite.read.addresses import find_cells, list_names, name_report
from gaisite.read.bound_figures import MAX_SUGGESTIONS, Binder
from gaisite.read.figures import Figures, read_figures
from gaisite.read.files import Source
from gaisite.read.forms import read_forms
from gaisite.read.links import LinkFolder
from gaisite.read.names import name_form
from gaisite.read.passages import OBJECT
from gaisite.read.prose import MarkdownSection, MarkdownWords, read_markdown
from gaisite.read.script import NO_TEXT
from tests.examples import EXAMPLES, lay_out

ROOT = Path(__file__).parents[2]
CASE = EXAMPLES / "good" / "bound-figures"
FORMS = {
    form_id: name_form(form)
    for form_id, form in read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems()).items()
}
PLACELESS = LinkFolder(folder=Path("/nowhere/content/a/2021"), content=Path("/nowhere/content"))
WORDS = MarkdownWords(table_label="表{number}")
ITEM = re.compile(r"<li><code>\[\[(.*?)\]\]</code>：<a class=\"figure\" href=\"([^\"]*)\">([^<]*)</a>＝([^<]*)</li>")
LINK = re.compile(r'<a class="figure" href="([^"]*)">([^<]*)</a>')


def load(text: str) -> Figures:
    problems = Problems()
    figures = read_figures(Source(file="figures.yaml", text=text), FORMS, problems)
    assert figures is not None
    return figures


def load_case(year: int) -> Figures:
    return load((CASE / f"content/office/{year}/figures.yaml").read_text(encoding="utf-8"))


YEARS = {2020: load_case(2020), 2021: load_case(2021)}


def make_binder(**changes: object) -> Binder:
    settings = {"year": 2021, "years": YEARS, "forms": FORMS, "is_hidden": lambda year: False} | changes
    return Binder(**settings)  # type: ignore[arg-type]


def read(source: str, **changes: object) -> tuple[tuple[MarkdownSection, ...], tuple[Finding, ...]]:
    return read_markdown(source, file="report.md", folder=PLACELESS, words=WORDS, binder=make_binder(**changes))


def read_one(source: str, **changes: object) -> MarkdownSection:
    """The only section of a narrative, which must be without fault."""
    (section,), findings = read(source, **changes)
    assert findings == ()
    return section


def tell(source: str, **changes: object) -> list[tuple[str, str]]:
    """Check and underlined text of each finding."""
    lines = source.split("\n")
    places = [(each.check, each.place) for each in read(source, **changes)[1]]
    return [(check, lines[at.line - 1][at.column - 1 : at.column - 1 + at.length]) for check, at in places]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = lay_out(CASE, tmp_path_factory.mktemp("bound"))
    result = build_site(BuildOptions(project=project))
    assert result.written is not None
    assert {result.catalogue.severity_of(each) for each in result.findings} <= {Severity.INFORMATION}
    return project / "site"


def test_every_form_of_binding_prints_what_the_example_says(site: Path) -> None:
    page = (site / "office/2021/index.html").read_text(encoding="utf-8")
    items = ITEM.findall(page)
    assert len(items) == (CASE / "content/office/2021/report.md").read_text(encoding="utf-8").count("\n- `")
    assert [(written, printed) for written, _, printed, _ in items] == [(each[0], each[3]) for each in items]


def test_every_figure_leads_to_a_cell_that_is_there(site: Path) -> None:
    for page in site.glob("office/2*/index.html"):
        links = LINK.findall(page.read_text(encoding="utf-8"))
        assert links
        for href, _ in links:
            file, _, anchor = href.partition("#")
            target = page.parent / file if file else page
            assert re.search(rf'<td [^>]*id="{re.escape(anchor)}"', target.read_text(encoding="utf-8")), href


def test_an_earlier_report_may_bind_a_later_one(site: Path) -> None:
    page = (site / "office/2020/index.html").read_text(encoding="utf-8")
    assert LINK.findall(page) == [
        ("../2021/index.html#applications.new.total", "8件"),
        ("#applications.new.total", "5件"),
    ]


def test_a_figure_stands_in_heading_emphasis_table_link_and_picture(site: Path) -> None:
    page = (site / "office/2021/index.html").read_text(encoding="utf-8")
    eight = '<a class="figure" href="#applications.new.total">8件</a>'
    assert f'<h3 id="n-1-1">小标题里的{eight}</h3>' in page
    assert f"<strong>{eight}</strong>" in page
    assert f"<td>{eight}</td>" in page
    assert '<a href="#s-requests">办结8件</a>' in page
    assert 'alt="新收8件"' in page
    assert '换行后<a class="figure" href="#applications.carried_out.total">1件</a>没有空格' in page
    assert f"也不是；[{eight}]是。" in page


def test_what_is_no_binding_stays_what_it_is(site: Path) -> None:
    page = unescape((site / "office/2021/index.html").read_text(encoding="utf-8"))
    assert '<a href="#n-1-1">[方括号里的]</a>' in page
    assert "和[[new]]都不是数据，<code>[[new]]</code>也不是" in page
    assert "{{ new }}、{% if new %}" in page


def test_plain_text_has_the_figure_and_a_passage_one_object() -> None:
    section = read_one("本年新收[[new]]，上年[[2020:new]]。")
    assert section.text == "本年新收8件，上年5件。"
    (passage,) = section.passages
    assert (passage.kind, passage.text) == (PassageKind.TEXT, f"本年新收{OBJECT}，上年{OBJECT}。")
    assert passage.place_of(passage.text.index("上年"), 2).column == len("本年新收[[new]]，") + 1


def test_a_link_whose_text_is_in_brackets_stays_a_link() -> None:
    assert read_one("[[new]](https://example.org/)").html.startswith('<p><a href="https://example.org/"')
    assert read_one("[[new](#a)]").html == '<p>[<a href="#a">new</a>]</p>\n'
    assert read_one("[[new] a](#a)").html == '<p><a href="#a">[new] a</a></p>\n'
    assert "8件</a>(of which 5" in read_one("[[new]](of which 5 from persons)").html


def test_in_english_a_space_parts_number_and_unit() -> None:
    figures = load("form: us-foia\nrequests: {overall: {received: 1200, processed: 900}}\n")
    source = "[[requests.received]], [[# received]] in all, [[processed / received]], [[Number of Requests Processed in Fiscal Year]]"
    assert read_one(source, year=2022, years={2022: figures}).text == "1200 requests, 1200 in all, 75.0%, 900 requests"


def test_the_sum_of_a_row_group_leads_to_the_first_row_that_adds_to_it() -> None:
    assert LINK.findall(read_one("[[handled.refused]]").html) == [
        ("#applications.handled.refused.process.total", "1件")
    ]
    assert LINK.findall(read_one("[[licences.permits]]").html) == [("#licences.permits.normal.decisions", "7件")]


def test_a_figure_without_a_unit_stands_alone() -> None:
    assert read_one("[[2020:采购项目数量]]个").text == "2个"


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("甲[[new + totl]]", ("bound-unknown", "totl")),
        ("甲[[2019:new]]乙", ("bound-year", "2019:new")),
        ("甲\n乙[[a\n+]]", ("bound-unknown", "a")),
        ("- 甲[[partial]]", ("bound-blank", "partial")),
        ("| 甲 |\n| - |\n| [[  总计 ]] |", ("bound-ambiguous", "总计")),
        ("## 甲[[]]", ("bound-syntax", "[[]]")),
        ("[甲[[没有]]](#a)", ("bound-unknown", "没有")),
        ("甲[[[x]]", ("bound-unknown", "x")),
        ("甲[[x", ("bound-unclosed", "[[")),
        ("甲[[x 乙[[new]]", ("bound-unclosed", "[[")),
        ("甲[[x]，见[乙](#b)", ("bound-unclosed", "[[")),
        ("甲【【new】】", ("bound-brackets", "【【new】】")),
    ],
)
def test_a_mistake_is_told_at_its_place(source: str, finding: tuple[str, str]) -> None:
    assert tell(source) == [finding]


def test_what_cannot_be_bound_stays_as_it_was_typed() -> None:
    sections, _ = read("甲[[ 没有 ]]乙[[new]]")
    assert sections[0].text == "甲[[ 没有 ]]乙8件"
    assert 'class="figure"' in sections[0].html


def test_the_draft_of_another_year_is_bound_by_none_unless_drafts_are_shown() -> None:
    source = "[[2020:new]]，[[2021:new]]"
    assert tell(source, is_hidden=lambda year: True) == [("bound-draft", "2020:new")]
    assert tell(source) == []


def test_drafts_are_bound_where_they_are_shown(tmp_path: Path) -> None:
    project = lay_out(EXAMPLES / "bad" / "bound-draft", tmp_path)
    assert [each.check for each in check_site(BuildOptions(project=project)).findings] == ["bound-draft"]
    assert list_other(project, drafts=True) == []


def list_other(project: Path, *, drafts: bool = False) -> list[str]:
    """The checks that find something, but for those that read the numbers of the text."""
    findings = check_site(BuildOptions(project=project, drafts=drafts)).findings
    return [each.check for each in findings if not each.check.startswith("number-")]


def test_a_draft_may_bind_what_is_published(tmp_path: Path) -> None:
    project = lay_out(EXAMPLES / "good" / "bound-figures", tmp_path)
    report = project / "content/office/2021/report.md"
    report.write_text(report.read_text(encoding="utf-8").replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    earlier = project / "content/office/2020/report.md"
    earlier.write_text(
        earlier.read_text(encoding="utf-8").replace("次年新收[[2021:applications.new]]，", ""), encoding="utf-8"
    )
    assert list_other(project, drafts=True) == []


def test_a_year_that_cannot_be_read_is_told_once_where_it_is_wrong(tmp_path: Path) -> None:
    project = lay_out(EXAMPLES / "good" / "bound-figures", tmp_path)
    (project / "content/office/2020/figures.yaml").write_text("form: none\n", encoding="utf-8")
    assert list_other(project) == ["form-unknown"]


def test_a_cell_that_cannot_be_read_is_told_once_where_it_is_wrong(tmp_path: Path) -> None:
    project = lay_out(EXAMPLES / "good" / "bound-figures", tmp_path)
    figures = project / "content/office/2020/figures.yaml"
    figures.write_text(figures.read_text(encoding="utf-8").replace("amount: 52.6540", "amount: 52x"), encoding="utf-8")
    assert list_other(project) == ["figure-amount"]


def test_a_change_elsewhere_in_the_agency_is_printed_by_the_next_build(tmp_path: Path) -> None:
    project = lay_out(EXAMPLES / "good" / "bound-figures", tmp_path)
    build_site(BuildOptions(project=project))
    figures = project / "content/office/2021/figures.yaml"
    changed = figures.read_text(encoding="utf-8").replace("{amount: 52.6540}", "{amount: 53}")
    figures.write_text(changed, encoding="utf-8")
    report = project / "content/office/2020/report.md"
    report.write_text(
        report.read_text(encoding="utf-8").replace("[[applications.new]]", "[[2021:fees]]"), encoding="utf-8"
    )
    build_site(BuildOptions(project=project))
    assert ">53万元</a>" in (project / "site/office/2020/index.html").read_text(encoding="utf-8")


def test_sums_are_exact_and_keep_the_most_decimals() -> None:
    figures = load("form: cn-gai-2021\nfees: {charges: {amount: 0.1000}}\n")
    other = load("form: cn-gai-2021\nfees: {charges: {amount: 100000000000000000}}\n")
    assert read_one("[[# fees + 2020:fees]]", years={2021: figures, 2020: other}).text == "100000000000000000.1000"
    assert read_one("[[fees - fees]]", years={2021: figures}).text == "0.0000万元"


@pytest.mark.parametrize(
    ("granted", "total", "share"), [(1, 800, "0.1%"), (1, 2001, "0.0%"), (3, 2000, "0.2%"), (2, 3, "66.7%")]
)
def test_a_share_is_rounded_half_up(granted: int, total: int, share: str) -> None:
    figures = load(
        f"form: cn-gai-2021\napplications: {{handled: {{granted: {{total: {granted}}}, total: {{total: {total}}}}}}}\n"
    )
    assert read_one("[[handled.granted / handled.total]]", years={2021: figures}).text == share


def test_years_two_forms_apart_are_compared_by_way_of_the_form_between() -> None:
    before = load("form: cn-fj-2008\nstatistics: {reviews: {year: 2, cumulative: 2}}\n")
    after = load("form: cn-gai-2021\nreviews: {review: {upheld: 3, total: 3}}\n")
    years = {2018: before, 2021: after}
    assert read_one("[[2018:行政复议数 -> reviews.review.total]]", years=years).text == "+50.0%"
    assert tell("[[2018:行政复议数 -> reviews.review.upheld]]", years=years) == [
        ("bound-break", "reviews.review.upheld")
    ]


def test_every_cell_is_found_by_its_id_and_no_other() -> None:
    for figures in YEARS.values():
        names = name_report(figures.tables, FORMS[figures.form])
        for table_id, table in figures.tables.items():
            for row, column in table.figures:
                cell = Address(table=table_id, row=row, column=column)
                assert find_cells(names, str(cell).split(".")) == (cell,)


def test_suggestions_end_after_so_many_mistakes() -> None:
    binder = make_binder()
    source = "，".join(f"[[applications.new.totl{number}]]" for number in range(MAX_SUGGESTIONS + 5))
    _, findings = read_markdown(source, file="report.md", folder=PLACELESS, words=WORDS, binder=binder)
    assert [bool(dict(each.facts)["near"]) for each in findings] == [True] * MAX_SUGGESTIONS + [False] * 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["[[", "[[a", "[[a]]", "[[a]](", "[[a](", "[[new]] ", "[x[[a]]](u)", "![[[a]]](x) ", "[[a > "]
)
def test_brackets_made_to_be_slow_are_read_in_time(unit: str) -> None:
    text = unit * (24_000 // len(unit))
    begin = time.process_time()
    read("\n".join(text[start : start + 19_000] for start in range(0, len(text), 19_000)))
    assert time.process_time() - begin < 8  # one second, and several times that where it is traced


NAMES = st.sampled_from(sorted(list_names(name_report(YEARS[2021].tables, FORMS["cn-gai-2021"])))[::7])
PIECES = st.one_of(
    NAMES,
    st.sampled_from(
        [
            " + ",
            " - ",
            " / ",
            " -> ",
            "2020:",
            "2019:",
            "# ",
            " > ",
            "[",
            "]",
            "`",
            "**",
            "\\",
            "\n",
            "<b>",
            "{{",
            "](",
            "|",
            "x",
        ]
    ),
    st.text(max_size=4),
)


@given(st.lists(PIECES, max_size=6).map("".join))
def test_whatever_is_typed_is_a_figure_or_told_and_no_text_vanishes(inner: str) -> None:
    source = f"甲[[{inner}]]乙"
    sections, findings = read(source)
    if NO_TEXT.search(source):
        assert [finding.check for finding in findings][:1] == ["markdown-character"]
        return
    text = "".join(section.text for section in sections)
    html = "".join(section.html for section in sections)
    if (
        "[" not in inner
        and "]" not in inner
        and "\n" not in inner
        and "`" not in inner
        and "\\" not in inner
        and "\r" not in inner
    ):
        assert len(LINK.findall(html)) + len(findings) >= 1
        assert text.startswith("甲")
        assert text.endswith("乙")
        if not LINK.findall(html):
            assert f"[[{inner}]]" in text


@given(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from([" + ", " - ", " / ", " -> "]))
def test_names_of_the_form_are_bound_or_told_once(names: list[str], sign: str) -> None:
    sections, findings = read(f"甲[[{sign.join(names)}]]乙")
    assert len(LINK.findall(sections[0].html)) + len(findings) == 1


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=6))
def test_a_chain_of_sums_and_differences_is_that_of_the_numbers(values: list[int]) -> None:
    years = {
        2000 + number: load(f"form: cn-gai-2021\napplications: {{new: {{total: {value}}}}}\n")
        for number, value in enumerate(values)
    }
    signs = [(-1) ** number for number in range(len(values))]
    written = "".join(f"{' + ' if sign > 0 else ' - '}{2000 + number}:new" for number, sign in enumerate(signs))
    printed = read_one(f"[[# {written.removeprefix(' + ')}]]", year=2000, years=years).text
    total = sum(sign * value for sign, value in zip(signs, values, strict=True))
    assert Decimal(printed.replace("−", "-")) == total
