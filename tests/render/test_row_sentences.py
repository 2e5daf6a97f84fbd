"""A sentence a row: the latest figure and its change, with every guard; shares only of wholes that close."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from gaisite.build.project import read_common
from gaisite.findings import Problems
from gaisite.model.content import NOT_IN_FORM, Figure, State
from gaisite.model.forms import Relation
from gaisite.model.history import Point, Series
from gaisite.model.tables import Address, Line
from gaisite.relate import compare_points
from gaisite.render.row_sentences import name_rows, say_series
from gaisite.render.site import Site
from gaisite.texts import Texts
from tests.build.portals import OFFICE, build, make_portal, write_figures, write_report
from tests.render.pages import Element, read_page

ITEMS = Texts.of({"zh-CN": "件", "en": "items"})
BLANK = Figure(State.BLANK)
SMALL = "—不计算比例"
"""2020 has fewer than ten applications."""
LINE = Line(id="x", label=Texts.of({"zh-CN": "项目"}))


@pytest.fixture
def speak(tmp_path: Path) -> Callable[[str], Site]:
    def make(language: str) -> Site:
        make_portal(tmp_path, {"content/site.yaml": f"title: x\nlanguage: {language}\n"})
        common = read_common(tmp_path, Problems(), drafts=False, base_url=None)
        assert common is not None
        return common.site

    return make


def number(text: str) -> Figure:
    return Figure(State.NUMBER, Decimal(text) if "." in text else int(text), text)


def series(*points: Point) -> Series:
    changes = tuple(compare_points(before, now) for before, now in zip([None, *points], points, strict=False))
    return Series(cell=Address(table="t", row="x", column="c"), row=LINE, column=LINE, points=points, changes=changes)


def point(year: int, figure: Figure, **more: object) -> Point:
    return Point(year=year, figure=figure, unit=ITEMS, **more)  # type: ignore[arg-type]


def absent(year: int) -> Point:
    return Point(year=year, figure=NOT_IN_FORM, published=False)


@pytest.mark.parametrize(
    ("points", "chinese", "english"),
    [
        (
            [point(2019, number("22")), point(2020, number("28"))],
            "2020年28件，比上年增加6件（27.3%）。",
            "28 in 2020, 6 more than the year before (27.3%).",
        ),
        (
            [point(2019, number("28")), point(2020, number("22"))],
            "2020年22件，比上年减少6件（21.4%）。",
            "22 in 2020, 6 fewer than the year before (21.4%).",
        ),
        ([point(2019, number("5")), point(2020, number("5"))], "2020年5件，与上年相同。", "5 in 2020, the same as the year before."),
        ([point(2019, number("9")), point(2020, number("18"))], "2020年18件，比上年增加9件。", "18 in 2020, 9 more than the year before."),
        ([point(2019, number("0")), point(2020, number("3"))], "2020年3件，比上年增加3件。", "3 in 2020, 3 more than the year before."),
        (
            [point(2019, number("52.6540")), point(2020, number("50.0000"))],
            "2020年50.0000件，比上年减少2.6540件（5.0%）。",
            "50.0000 in 2020, 2.6540 fewer than the year before (5.0%).",
        ),
        (
            [point(2019, BLANK), point(2020, number("3"))],
            "2020年3件；上年没有填写这个数，不作比较。",
            "3 in 2020; not compared, since the year before gives no such figure.",
        ),
        ([point(2019, number("3")), point(2020, BLANK)], "2020年未填。", "left blank in 2020."),
        (
            [point(2018, number("3")), absent(2019), point(2020, number("4"))],
            "2020年4件；上年没有收录年报，不作比较。",
            "4 in 2020; not compared, since there is no report for the year before.",
        ),
        (
            [point(2019, NOT_IN_FORM), point(2020, number("4"))],
            "2020年4件；两年的报告格式不同，不作比较。",
            "4 in 2020; not compared, since the two years are on different forms.",
        ),
        (
            [
                Point(year=2019, figure=number("30"), unit=Texts.of({"zh-CN": "万元", "en": "CNY 10,000"})),
                Point(year=2020, figure=number("40"), unit=Texts.of({"zh-CN": "元", "en": "CNY"})),
            ],
            "2020年40元；两年的单位不同，不作比较。",
            "40 in 2020; not compared, since the two years have different units.",
        ),
        ([point(2020, number("4"))], "2020年4件。", "4 in 2020."),
        (
            [
                point(2020, number("20")),
                point(2021, number("30"), relation=Relation.CAVEAT, note=Texts.of({"zh-CN": "含义有变。", "en": "It means more."})),
            ],
            "2021年30件，比上年增加10件（50.0%）；口径有别：含义有变。",
            "30 in 2021, 10 more than the year before (50.0%); with a caveat: It means more.",
        ),
    ],
)  # fmt: skip
def test_sentence_says_what_may_be_said(
    points: list[Point], chinese: str, english: str, speak: Callable[[str], Site]
) -> None:
    assert say_series(speak("zh-CN"), series(*points)) == chinese
    assert say_series(speak("en"), series(*points)) == english


def test_last_year_without_a_report_is_passed_over(speak: Callable[[str], Site]) -> None:
    points = (point(2019, number("22")), point(2020, number("28")), absent(2021))
    assert say_series(speak("zh-CN"), series(*points)).startswith("2020年28件，比上年增加6件")


def test_blank_of_a_draft_is_not_filled_in_yet(speak: Callable[[str], Site]) -> None:
    points = series(point(2020, number("3")), point(2021, BLANK))
    assert say_series(speak("zh-CN"), points, {2021}) == "2021年尚未填写。"
    assert say_series(speak("en"), points, {2021}) == "not filled in yet in 2021."
    assert say_series(speak("en"), points, {2020}) == "left blank in 2021."


def test_rows_are_named_with_their_groups(speak: Callable[[str], Site]) -> None:
    below = Line(id="g.x", label=Texts.of({"zh-CN": "1.甲"}))
    group = Line(id="g", label=Texts.of({"zh-CN": "（一）某组"}), lines=(below,))
    (named,) = name_rows(speak("en"), [group], "")
    assert named == ("（一）某组 › 1.甲", "zh-CN", below)


# --- on the page --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Element:
    project = make_portal(
        tmp_path_factory.mktemp("compared"),
        {
            f"{OFFICE}/2021/figures.yaml": write_figures(new=40, carried_in=2, handled=40),
            f"{OFFICE}/2021/report.md": write_report(),
            f"{OFFICE}/2022/figures.yaml": write_figures(new=50, carried_in=2, handled=50),
            f"{OFFICE}/2022/report.md": write_report("published: 2023-01-20"),
        },
    )
    build(project)
    return read_page(project / "site/office/comparison/index.html")


def test_every_row_of_the_comparison_has_its_sentence(comparison: Element) -> None:
    items = [item for each in comparison.all("details", class_="sentences") for item in each.all("li")]
    found = {item.one("span").text: item.text for item in items}
    new = "一、本年新收政府信息公开申请数量"
    assert found[new] == f"{new} 2022年50件，比上年增加10件（25.0%）。"
    tables = [table for table in comparison.all("table") if table.get("id").endswith("-years")]
    assert len(items) == sum(len(body.all("tr")) for table in tables for body in table.all("tbody"))


def test_shares_are_given_year_by_year(comparison: Element) -> None:
    table = comparison.one("table", id="cn-gai-2021-applications-results-shares")
    rows = {
        row.one("th").text: [cell.text for cell in row.all("td")]
        for body in table.all("tbody")
        for row in body.all("tr")
    }
    assert rows["予以公开"] == [SMALL, "100.0%", "100.0%"]
    assert rows["不予公开"] == [SMALL, "0.0%", "0.0%"]
    assert comparison.one("table", id="cn-gai-2021-applications-applicants-shares")


def test_years_that_do_not_close_have_no_shares(tmp_path: Path) -> None:
    wrong = write_figures(new=50, carried_in=2, handled=50).replace(
        "granted: {natural_person: 50, total: 50}", "granted: {natural_person: 49, total: 49}"
    )
    acknowledged = "".join(
        f"  - {{check: {check}, at: applications.{at}, reason: 照录。}}\n"
        for check, at in (("column-sum", "handled.total.total"), ("column-sum", "handled.total.natural_person"))
    )
    project = make_portal(
        tmp_path,
        {
            f"{OFFICE}/2021/figures.yaml": write_figures(new=40, carried_in=2, handled=40),
            f"{OFFICE}/2021/report.md": write_report(),
            f"{OFFICE}/2022/figures.yaml": f"{wrong}\nacknowledge:\n{acknowledged}",
            f"{OFFICE}/2022/report.md": write_report("published: 2023-01-20"),
        },
    )
    build(project)
    page = read_page(project / "site/office/comparison/index.html")
    table = page.one("table", id="cn-gai-2021-applications-results-shares")
    row = next(row for body in table.all("tbody") for row in body.all("tr") if row.one("th").text == "予以公开")
    assert [cell.text for cell in row.all("td")] == [SMALL, "100.0%", "—不计算比例"]


def test_small_totals_have_no_shares_at_all(tmp_path: Path) -> None:
    project = make_portal(
        tmp_path,
        {
            f"{OFFICE}/2021/figures.yaml": write_figures(new=5, carried_in=2, handled=6),
            f"{OFFICE}/2021/report.md": write_report(),
            f"{OFFICE}/2022/figures.yaml": write_figures(new=6, carried_in=1, handled=5),
            f"{OFFICE}/2022/report.md": write_report("published: 2023-01-20"),
        },
    )
    build(project)
    page = read_page(project / "site/office/comparison/index.html")
    assert [table.get("id") for table in page.all("table") if table.get("id").endswith("-shares")] == []
