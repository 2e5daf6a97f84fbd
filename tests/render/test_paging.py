"""Long lists in pages: nobody is left out or told twice, the first page keeps its address, and every link leads somewhere."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.district import NOTICE, name_agency, name_folder, write_district
from gaisite.build import BuildOptions, check_site
from gaisite.findings import Problems, Severity
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS
from gaisite.render import feeds, paging
from gaisite.render.paging import choose_pages, list_paths, take_part
from tests.browser.pages import find_broken_links
from tests.build.portals import build, edit, read_tree
from tests.render.pages import Element, find_pages, read_page

CHILDREN = 14
SIZE = 4
"""Agencies a page, instead of a hundred."""
LAST = "2024"
TOP = "pingtan"
SETTINGS = "theme: gongwen\nlanguages: [zh-CN, en]\n"


def make_district(project: Path, agencies: int, years: int, settings: str = "") -> int:
    return write_district(project, read_forms((PACKAGE_FORMS,), project, Problems()), agencies, years, settings)


@pytest.mark.parametrize(("items", "sizes"), [(0, [0]), (1, [1]), (100, [100]), (101, [100, 1]), (200, [100, 100])])
def test_a_page_takes_a_hundred(items: int, sizes: list[int]) -> None:
    paths = list_paths("years/2024", items)
    parts = [take_part(range(items), number) for number in range(len(paths))]
    assert [len(part) for part in parts] == sizes
    assert [each for part in parts for each in part] == list(range(items))
    assert paths == ("years/2024/index.html", "years/2024/2/index.html")[: len(sizes)]


def test_further_pages_may_lie_below_another_address() -> None:
    assert list_paths("", 250, "agencies") == ("index.html", "agencies/2/index.html", "agencies/3/index.html")


@pytest.mark.parametrize(
    ("here", "pages", "named"),
    [
        (0, 25, list(range(25))),
        (0, 26, [0, 1, 2, 25]),
        (10, 26, [0, 8, 9, 10, 11, 12, 25]),
        (25, 26, [0, 23, 24, 25]),
    ],
)
def test_of_many_pages_those_near_the_reader_and_at_the_ends_are_named(here: int, pages: int, named: list[int]) -> None:
    assert choose_pages(here, pages) == named


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A district whose lists go over several pages, in two languages and the second theme."""
    folder = tmp_path_factory.mktemp("paged") / "project"
    make_district(folder, CHILDREN, 2, SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "PAGE", SIZE)
        patch.setattr(feeds, "NEWEST", 10)
        patch.setattr(feeds, "MOST_ROWS", 50)
        build(folder, jobs=1)
        yield folder


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    return project / "site"


def read_list(site: Path, first: str, further: str = "") -> list[Element]:
    """The pages of a list, found by following the links to the next one."""
    path, pages = site / first / "index.html", []
    while True:
        pages.append(read_page(path))
        after = [link for link in pages[-1].one("nav", class_="page-list").all("a") if link.text == "下一页"]
        if not after:
            return pages
        path = (path.parent / after[0].get("href")).resolve()
        assert path.parent.parent == site / (further or first)


def name_all() -> list[str]:
    return [name_agency(number)[0] for number in range(CHILDREN)]


def test_no_link_leads_nowhere(site: Path) -> None:
    assert find_broken_links(site, "/pingtan/") == []


def test_the_page_of_an_agency_lists_all_below_it_over_its_pages(site: Path) -> None:
    pages = read_list(site, TOP, f"{TOP}/agencies")
    assert [item.one("a").text for page in pages for item in page.all("p", class_="agency")] == name_all()
    assert [len(page.all("p", class_="agency")) for page in pages] == [4, 4, 4, 2]
    assert pages[1].one("h1").text == "平潭综合实验区（示例）的下级机构（第2页）"
    assert pages[3].one("nav", class_="breadcrumb").all("a")[-1].text == "平潭综合实验区（示例）"
    assert [link.text for link in pages[1].one("nav", class_="page-list").all("a")] == [
        "上一页", "第1页", "第2页", "第3页", "第4页", "下一页",
    ]  # fmt: skip
    assert [link.text for link in pages[1].all("a", **{"aria-current": "page"}) if "页" in link.text] == ["第2页"]


def test_the_years_pages_have_the_same_columns_and_end_with_those_that_are_missing(site: Path) -> None:
    pages = read_list(site, f"years/{LAST}")
    tables = [table for page in pages for table in page.all("table")]
    assert len({tuple(cell.text for cell in table.one("thead").all("th")) for table in tables}) == 1
    named = [row.one("th").text for table in tables for row in table.one("tbody").all("tr")]
    missing = [link.text for page in pages for items in page.all("ul", class_="link-list") for link in items.all("a")]
    assert sorted([*named[1:], *missing]) == sorted(name_all())
    assert named[0] == "平潭综合实验区（示例）"
    assert named[1:] == [name for name in name_all() if name not in missing]
    late = [row for table in tables for row in table.one("tbody").all("tr") if "逾期" in row.text]
    assert (len(missing), len(late)) == (1, 2)
    assert all("未收录年报的机构" in page.text for page in pages)


def test_the_page_of_checks_keeps_those_that_fail_first(site: Path) -> None:
    pages = read_list(site, "checks")
    named = [row.text for page in pages for row in page.one("table", id="checked-reports").all("th", scope="rowgroup")]
    assert len(named) == CHILDREN + 1
    failing = {heading.text for page in pages for heading in page.one("main").all("h3")}
    assert failing
    assert set(named[: len(failing)]) == failing
    assert [len(page.all("table")) > 1 for page in pages] == [True, False, False, False], "by check on the first only"
    assert len({page.one("p", class_="introduction").text for page in pages}) == 1


def test_a_sum_over_many_agencies_lists_them_on_pages_of_its_own(site: Path) -> None:
    report = read_page(site / TOP / LAST / "index.html")
    section = report.one("section", class_="roll-up")
    assert section.one("p", class_="onward").one("a").get("href") == "agencies/index.html"
    counted, *others = section.all("h3")
    assert (counted.text, [other.text for other in others]) == (
        "已计入合计（13）",
        ["逾期公开（2）", "未收录年报（1）", "所印总计与分项不符，按分项计入（1）"],
    )
    assert [len(each.all("li")) for each in section.all("ul")] == [2, 1, 1], "short groups are told in full"
    pages = read_list(site, f"{TOP}/{LAST}/agencies")
    rows = [row for page in pages for row in page.one("table", id="roll-up-agencies").one("tbody").all("tr")]
    assert [row.one("th").text for row in rows] == name_all()
    standing = [row.all("td")[-1].text for row in rows]
    assert {"已计入合计", "已计入合计、逾期公开", "未收录年报"} <= set(standing)
    assert [link.text for link in pages[0].one("nav", class_="breadcrumb").all("a")][-2:] == [
        "平潭综合实验区（示例）",
        "2024年",
    ]


def test_a_sum_over_few_agencies_lists_them_itself(tmp_path: Path) -> None:
    make_district(tmp_path / "few", SIZE, 1)
    build(tmp_path / "few", jobs=1)
    assert not (tmp_path / "few/site" / TOP / LAST / "agencies").exists()
    assert read_page(tmp_path / "few/site" / TOP / LAST / "index.html").one("section", class_="roll-up").all("li")


def test_a_year_of_several_pages_lists_who_was_late_the_latest_first(site: Path) -> None:
    first, *_ = pages = read_list(site, f"years/{LAST}")
    (onward,) = [link for link in first.all("a") if link.text == "逾期公开的机构"]
    assert onward.get("href") == "late/index.html"
    assert all("逾期公开的机构" in page.text for page in pages)
    late = read_page(site / f"years/{LAST}/late/index.html")
    assert late.one("h1").text == f"{LAST}年逾期公开年报的机构"
    assert late.one("p", class_="introduction").text == "15 家机构中有 2 家逾期公开，按逾期天数从多到少排列。"
    days = [int(row.all("td")[-1].get("data-value")) for row in late.one("tbody").all("tr")]
    assert days == sorted(days, reverse=True)
    told = [row.one("th").text for page in pages for row in page.all("tr") if "逾期" in row.text]
    assert sorted(row.one("th").text for row in late.one("tbody").all("tr")) == sorted(told)
    assert [link.text for link in late.one("nav", class_="breadcrumb").all("a")][-1] == f"{LAST}年"


@pytest.fixture(scope="module")
def long_groups(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district of which no page lists more than one agency, so that every group is longer than that."""
    folder = tmp_path_factory.mktemp("groups") / "project"
    make_district(folder, CHILDREN, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "PAGE", 1)
        build(folder, jobs=1)
    return folder / "site"


def test_groups_that_are_longer_than_a_page_have_pages_of_their_own(long_groups: Path) -> None:
    section = read_page(long_groups / TOP / LAST / "index.html").one("section", class_="roll-up")
    assert [each.text for each in section.all("h3")] == [
        "已计入合计（13）", "逾期公开（2）", "未收录年报（1）", "所印总计与分项不符，按分项计入（1）",
    ]  # fmt: skip
    onward = [(link.text, link.get("href")) for each in section.all("p", class_="onward") for link in each.all("a")]
    assert onward == [("各下级机关报告情况", "agencies/index.html"), ("逾期公开（2）", "agencies/late/index.html")]
    pages = read_list(long_groups, f"{TOP}/{LAST}/agencies/late")
    assert [page.one("h1").text for page in pages] == ["逾期公开（2）", "逾期公开（2）（第2页）"]
    rows = [row for page in pages for row in page.one("table", id="roll-up-agencies").one("tbody").all("tr")]
    assert all("逾期公开" in row.all("td")[-1].text for row in rows)
    assert len({row.one("th").text for row in rows}) == 2
    late = read_list(long_groups, f"years/{LAST}/late")
    assert len(late) == 2
    assert find_broken_links(long_groups, "/pingtan/") == []
    named = "".join(path.read_text(encoding="utf-8") for path in long_groups.glob("sitemap*.xml"))
    for path in (f"{TOP}/{LAST}/agencies/late/", f"{TOP}/{LAST}/agencies/late/2/", f"years/{LAST}/late/2/"):
        assert f"/{path}</loc>" in named


def test_sitemap_is_parted_and_names_every_page(site: Path) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    base = "https://www.example.gov.cn/pingtan/"
    index = ET.parse(site / "sitemap.xml").getroot()
    assert index.tag == f"{space}sitemapindex"
    parts = [each.text or "" for each in index.iter(f"{space}loc")]
    assert parts == [f"{base}sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    roots = [ET.parse(site / part.removeprefix(base)).getroot() for part in parts]
    assert all(len(root) <= 50 for root in roots)
    named = {(each.text or "").removeprefix(base) for root in roots for each in root.iter(f"{space}loc")}
    pages = {path.relative_to(site).as_posix().removesuffix("index.html") for path in find_pages(site)}
    assert named == pages - {"404.html"}


def test_feed_has_the_newest_reports(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    dates = [
        entry.findtext(f"{atom}updated") or "" for entry in ET.parse(site / "feed.xml").getroot().iter(f"{atom}entry")
    ]
    assert len(dates) == 10
    assert dates == sorted(dates, reverse=True)
    assert dates[0].startswith("2025-")


def test_every_page_says_that_it_is_an_example(site: Path) -> None:
    assert all(NOTICE.strip() in page.read_text(encoding="utf-8") for page in find_pages(site))


def test_pages_come_and_go_with_the_agencies(project: Path, site: Path, tmp_path: Path) -> None:
    """What a build keeps is what a build from nothing makes, also when a list gets a page less."""
    copy = tmp_path / "copy"
    make_district(copy, CHILDREN, 2, SETTINGS)
    build(copy, jobs=1)
    for number in (12, 13):
        edit(copy, f"content/{TOP}/{name_folder(number)}/agency.yaml", "kind:", "reports: {first: 2018}\nkind:")
        (copy / "content" / TOP / name_folder(number)).rename(copy / "content" / f"moved-{number}")
    build(copy, jobs=1)
    assert not (copy / "site" / TOP / "agencies/4").exists()
    assert (copy / "site" / TOP / "agencies/3").exists()
    kept = read_tree(copy / "site")
    build(copy, jobs=1, full=True)
    assert read_tree(copy / "site") == kept


def test_the_district_is_always_the_same_and_nothing_in_it_is_unexplained(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert make_district(one, 20, 7) == make_district(other, 20, 7) == 137
    assert read_tree(one) == read_tree(other)
    result = check_site(BuildOptions(project=one, jobs=1))
    assert not result.count(Severity.ERROR)
    assert not result.count(Severity.WARNING)
    explained = {each.check for each in result.findings if each.acknowledged}
    assert explained == {"case-sum", "carry-over", "roll-up"}


def test_names_are_unlike_and_say_that_they_are_examples() -> None:
    names = [name_agency(number)[0] for number in range(2000)]
    assert len(set(names)) == 2000
    assert all(name.startswith("示例") for name in names)
