"""The figures at the top of a report: as published, with the change from the year before where one may be told."""

from decimal import Decimal
from pathlib import Path

import pytest

from gaisite.build.project import read_common
from gaisite.findings import Problems
from gaisite.model.history import Change, Guard
from gaisite.render.key_figures import say_change
from gaisite.render.site import Site
from tests.build.portals import build, make_portal
from tests.render.pages import Element, read_page

DEMO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site() -> Site:
    common = read_common(DEMO, Problems(), drafts=False, base_url=None)
    assert common is not None
    return common.site


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "site"
    from gaisite.build import BuildOptions, build_site

    assert build_site(BuildOptions(project=DEMO, output=folder, keep_cache=False)).written is not None
    return folder


def list_figures(folder: Path, report: str) -> dict[str, Element]:
    found = read_page(folder / report / "index.html").one("section", class_="key-figures")
    return {row.one("dt").text: row for row in found.all("div")}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change(absolute=6, percent=Decimal("27.3"), guard=Guard.NONE), "比上年增加 6（27.3%）"),
        (Change(absolute=-2, percent=Decimal("-8.7"), guard=Guard.NONE), "比上年减少 2（8.7%）"),
        (Change(absolute=5, percent=None, guard=Guard.SMALL), "比上年增加 5"),
        (Change(absolute=0, percent=Decimal("0.0"), guard=Guard.NONE), "与上年相同"),
        (Change(absolute=Decimal("-0.50"), percent=None, guard=Guard.ZERO), "比上年减少 0.50"),
        (Change(absolute=3, percent=None, guard=Guard.ZERO, caveat=True), "比上年增加 3，口径有别"),
        (Change(absolute=None, percent=None, guard=Guard.GAP), ""),
        (Change(absolute=None, percent=None, guard=Guard.BREAK), "与上年：不可比"),
        (Change(absolute=None, percent=None, guard=Guard.NO_FIGURE), "与上年：数据空缺"),
        (Change(absolute=None, percent=None, guard=Guard.UNIT), "与上年：单位不同"),
    ],
)
def test_a_change_is_said_as_far_as_it_may_be(change: Change, sentence: str, site: Site) -> None:
    assert say_change(site, change) == sentence


def test_figures_lead_to_their_cells(pages: Path) -> None:
    figures = list_figures(pages, "pingtan/2022")
    assert figures["新收申请"].one("dd", class_="key-value").text == "74 件"
    assert figures["新收申请"].one("dd", class_="key-change").text == "比上年增加 4（5.7%）"
    page = read_page(pages / "pingtan" / "2022" / "index.html")
    for row in figures.values():
        cell = row.one("a").get("href").removeprefix("#")
        assert page.one("td", id=cell).text.startswith(row.one("dd", class_="key-value").text.split()[0])


def test_a_figure_whose_check_fails_says_so(pages: Path) -> None:
    figure = list_figures(pages, "pingtan/2020")["办结"]
    difference = figure.one("a", class_="difference")
    assert difference.text == "差 6，查看说明"
    assert read_page(pages / "pingtan/2020/index.html").one("li", id=difference.get("href")[1:])


def test_a_first_report_tells_no_change(pages: Path) -> None:
    figures = list_figures(pages, "dongcheng/yongdingmenwai/2020")
    assert all(not row.all("dd", class_="key-change") for row in figures.values())
    blank = figures["诉讼：未经复议"].one("dd", class_="key-value")
    assert blank.text == "—未填"


def test_a_change_of_form_is_crossed_where_the_forms_join(pages: Path) -> None:
    figures = list_figures(pages, "pingtan/2021")
    assert figures["新收申请"].one("dd", class_="key-change").text == "比上年增加 49（233.3%）"
    first = list_figures(pages, "pingtan/2019")
    assert first["上年结转"].one("dd", class_="key-change").text == "与上年：不可比"


def test_the_portal_chooses_its_figures(tmp_path: Path) -> None:
    settings = "title: 年报\nkey_figures: [applications.new.total, applications.new.natural_person]\n"
    files = {"content/site.yaml": settings}
    build(make_portal(tmp_path, files))
    report = next(
        path.parent for path in sorted((tmp_path / "site").rglob("20*/index.html")) if "years" not in str(path)
    )
    figures = list_figures(tmp_path / "site", report.relative_to(tmp_path / "site").as_posix())
    assert list(figures) == ["新收申请", "一、本年新收政府信息公开申请数量 › 自然人"]
