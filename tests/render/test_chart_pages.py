"""The charts of pages: which are drawn, what they say to eye and ear, and that a table beside them says the same."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gaisite.model.content import BLANK, Figure, Report
from gaisite.model.form_charts import ChartKind, ChartLine, FormChart
from gaisite.model.forms import Form
from gaisite.model.tables import Axis
from gaisite.render.chart_figures import read_groups, read_whole
from gaisite.render.report_charts import draw_chart, draw_table_charts
from tests.check.values import NOT_APPLICABLE, line, make_form, make_report, make_table, number, texts
from tests.render.charts import make_site
from tests.render.pages import Element, find_pages, read_page

DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
TABLE = make_table(
    rows=[
        line("granted"),
        line("refused", line("refused.secret"), line("refused.late"), line("refused.all", sum_of=["refused.secret"])),
        line("total", sum_of=["granted", "refused"]),
    ],
    columns=[line("people"), line("firms"), line("all", sum_of=["people", "firms"])],
)


def chart(kind: ChartKind, *lines: str, across: str = "all", axis: Axis = Axis.ROWS) -> FormChart:
    drawn = tuple(ChartLine(id=each) for each in lines)
    return FormChart(id="c", kind=kind, title=texts("Results"), table="t", axis=axis, lines=drawn, across=across)


def report(cells: dict[str, int | Figure]) -> tuple[Form, Report]:
    figures = {}
    for cell, value in cells.items():
        row, column = cell.rsplit(".", 1)
        figures[row, column] = value if isinstance(value, Figure) else number(value)
    form = make_form(TABLE)
    return form, make_report(form, {"t": figures})


# --- what is drawn of a table ----------------------------------------------------------------------------------------


def test_group_is_the_sum_of_its_lines_that_are_no_totals() -> None:
    _, made = report({"granted.all": 1, "refused.secret.all": 2, "refused.late.all": 3, "refused.all.all": 9})
    whole = read_whole(made.tables["t"], chart(ChartKind.BAR, "granted", "refused"))
    assert [part.figure.text for part in whole.parts] == ["1", "5"]
    assert (whole.has_total, whole.printed, whole.total) == (True, None, 6)


def test_group_of_which_something_is_missing_is_not_complete() -> None:
    _, made = report({"granted.people": 1, "refused.secret.people": 2})
    whole = read_whole(made.tables["t"], chart(ChartKind.BAR, "granted", "refused", across="people"))
    assert [(part.figure.text, part.complete) for part in whole.parts] == [("1", True), ("2", False)]
    assert whole.total is None


def test_group_without_any_number_keeps_the_state_that_all_share() -> None:
    states = {}
    for figures in ((NOT_APPLICABLE, NOT_APPLICABLE), (NOT_APPLICABLE, BLANK), (BLANK, BLANK)):
        _, made = report({"refused.secret.people": figures[0], "refused.late.people": figures[1]})
        whole = read_whole(made.tables["t"], chart(ChartKind.BAR, "refused", across="people"))
        states[figures] = (whole.parts[0].figure.state.value, whole.parts[0].complete)
    assert list(states.values()) == [("not applicable", True), ("blank", False), ("blank", False)]


def test_printed_total_is_that_of_just_the_lines_drawn() -> None:
    _, made = report({"granted.all": 1, "refused.secret.all": 2, "refused.late.all": 3, "total.all": 7})
    whole = read_whole(made.tables["t"], chart(ChartKind.BAR, "granted", "refused"))
    assert (whole.printed and whole.printed.text, whole.differs, whole.total) == ("7", True, None)
    fewer = read_whole(made.tables["t"], chart(ChartKind.BAR, "granted"))
    assert (fewer.has_total, fewer.printed) == (False, None)


def test_columns_are_drawn_along_a_row() -> None:
    _, made = report({"granted.people": 4, "granted.firms": 1, "granted.all": 5})
    whole = read_whole(made.tables["t"], chart(ChartKind.PARTS, "people", "firms", across="granted", axis=Axis.COLUMNS))
    assert [part.figure.text for part in whole.parts] == ["4", "1"]
    assert whole.total == 5


def test_divided_group_has_its_own_total() -> None:
    _, made = report({"refused.secret.all": 2, "refused.late.all": 3, "refused.all.all": 2})
    (whole,) = read_groups(made.tables["t"], chart(ChartKind.STACKED, "refused"))
    assert [part.figure.text for part in whole.parts] == ["2", "3"]
    assert whole.has_total is False, "that total adds up one of the two"


@pytest.mark.parametrize("values", [{}, {"granted.all": 0, "refused.secret.all": 0}])
def test_nothing_is_drawn_where_all_is_zero_or_missing(values: dict[str, int | Figure]) -> None:
    _, made = report(values)
    for kind in (ChartKind.BAR, ChartKind.PARTS):
        assert draw_chart(make_site(), made, made.tables["t"], chart(kind, "granted", "refused")) is None
    assert draw_chart(make_site(), made, made.tables["t"], chart(ChartKind.STACKED, "refused")) is None


def test_charts_over_the_years_are_not_for_a_report() -> None:
    form, made = report({"granted.all": 1})
    form = replace(form, charts=(chart(ChartKind.LINE, "granted"),))
    assert list(draw_table_charts(make_site(), made, form, [made.tables["t"]])) == []
    form = replace(form, charts=(*form.charts, chart(ChartKind.BAR, "granted")))
    (drawn,) = draw_table_charts(make_site(), made, form, [made.tables["t"]])
    assert (drawn.table, len(drawn.charts)) == ("t-t", 1)


def test_labels_are_those_of_the_chart_or_else_of_the_form() -> None:
    _, made = report({"granted.all": 1, "refused.late.all": 1})
    named = (ChartLine(id="granted", label=texts("Yes")), ChartLine(id="refused"))
    drawn = draw_chart(make_site(), made, made.tables["t"], replace(chart(ChartKind.BAR, ""), lines=named))
    assert drawn is not None
    assert drawn.bar is not None
    assert [bar.texts[0].text for bar in drawn.bar.bars] == ["Yes", "refused"]


# --- the demo --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def figures(demo: Path) -> list[tuple[str, Element, Element]]:
    """Page, figure and the section or page around each drawing of the demo."""
    return [
        (page.relative_to(demo).as_posix(), figure, around)
        for page in find_pages(demo)
        for figure, around in list_figures(read_page(page))
    ]


def list_figures(page: Element) -> Iterator[tuple[Element, Element]]:
    main = page.one("main")
    around = {id(figure): section for section in main.all("section") for figure in section.all("figure")}
    for figure in main.all("figure"):
        yield figure, around.get(id(figure), main)


def test_reports_comparisons_and_agencies_have_their_charts(figures: list[tuple[str, Element, Element]]) -> None:
    drawn = {(page, figure.get("id")) for page, figure, _ in figures}
    assert {("pingtan/2022/index.html", f"chart-{name}") for name in ("results", "applicants", "outcomes")} <= drawn
    assert not [page for page, _ in drawn if page == "pingtan/2018/index.html"], "all zero"
    assert ("pingtan/comparison/index.html", "cn-gai-2021-applications-course") in drawn
    assert ("pingtan/index.html", "spark-1") in drawn


def test_every_chart_has_a_caption_a_title_and_a_description(figures: list[tuple[str, Element, Element]]) -> None:
    for page, figure, _ in figures:
        drawing = figure.one("svg", role="img")
        assert figure.one("figcaption").text, page
        title, description = drawing.one("title"), drawing.one("desc")
        assert title.text, page
        assert description.text, page
        assert drawing.get("aria-labelledby").split() == [title.get("id"), description.get("id")]


def test_figures_of_a_chart_stand_in_a_table_beside_it(figures: list[tuple[str, Element, Element]]) -> None:
    for page, figure, around in figures:
        cells = {number for cell in around.all("td") for number in DIGITS.findall(cell.text)}
        sums = "applicants" in figure.get("id") or "results" in figure.get("id")
        values = [value for text in figure.one("svg").all("text") if not text.all("tspan") for value in [text.text]]
        values += [found.text for found in figure.all(class_="value")]
        numbers = {value.partition("（")[0] for value in values if DIGITS.fullmatch(value.partition("（")[0])}
        years = {head.text.removesuffix("年") for head in around.all("th")}
        assert numbers or sums, (page, figure.get("id"))
        if not sums:
            assert numbers - years <= cells, (page, figure.get("id"))


def test_printed_total_that_differs_is_said_beside_the_chart(figures: list[tuple[str, Element, Element]]) -> None:
    (figure,) = (
        each for page, each, _ in figures if (page, each.get("id")) == ("pingtan/2020/index.html", "chart-results")
    )
    assert figure.one(class_="chart-note").text == (
        "原报告所印总计为 21，各项相加为 27；图按各项所印数据绘制，不计算比例。"
    )
    assert figure.one(class_="chart-text").text == "2020年予以公开、无法提供各7件。"


def test_patterns_are_defined_once_where_they_are_used(demo: Path) -> None:
    for path in find_pages(demo):
        page = read_page(path)
        defined = [pattern.get("id") for pattern in page.all("pattern")]
        used = {block.get("fill")[5:-1] for block in page.all("rect") if block.get("fill").startswith("url(")}
        assert len(defined) == len(set(defined))
        assert used == set(defined), path
