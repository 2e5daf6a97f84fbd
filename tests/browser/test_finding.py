"""Finding things in a real browser: the list filtered, tables sorted, full-text search; over a server and from the disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaisite.render import paging
from tests.browser.led import Chromium, chromium
from tests.browser.pages import ROOT, serve
from tests.build.portals import OFFICE, build, make_portal, write_figures, write_report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.usefixtures("browser_tools"),
]
NAMES = {
    "town": ("某镇人民政府", 5, "published: 2022-01-20"),
    "town/school": ("第一中学", 10, "published: 2022-02-03"),
    "bureau": ("水利局", 900719925474099267, "published: 2022-01-05"),
    "water": ("水务局", 900719925474099268, "source: 某网"),
}


def make_agencies() -> dict[str, str | bytes | None]:
    files: dict[str, str | bytes | None] = {OFFICE: None, "content/site.yaml": "title: 年报\n"}
    for folder, (name, new, front) in NAMES.items():
        files[f"content/{folder}/agency.yaml"] = f"name: {name}\nkind: township\n"
        files[f"content/{folder}/2021/figures.yaml"] = write_figures(new=new, handled=new + 1)
        files[f"content/{folder}/2021/report.md"] = write_report(front)
    files["content/bureau/2020/figures.yaml"] = write_figures("cn-gai-2021", new=3, carried_in=1, handled=2)
    files["content/bureau/2020/report.md"] = write_report("published: 2021-01-05")
    return files


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_portal(tmp_path_factory.mktemp("finding"), make_agencies())
    build(project)
    return project / "site"


@pytest.fixture(params=["served", "from the disk"])
def page(request: pytest.FixtureRequest, site: Path) -> Iterator[Chromium]:
    """The home page."""
    if request.param == "served":
        with serve(site, "/a/b/") as origin, chromium(f"{origin}/a/b/index.html") as opened:
            yield opened
    else:
        with chromium((site / "index.html").as_uri()) as opened:
            yield opened
            assert opened.step(heard=True) == []


SHOWN = "[...document.querySelectorAll('.agency-list > li')].filter((e) => e.checkVisibility()).map((e) => e.querySelector('.agency a').textContent)"
STATUS = "document.querySelector('.list-filter [role=status]').textContent"


def test_list_filters_by_name_and_year(page: Chromium) -> None:
    assert page.run(SHOWN) == ["水利局", "某镇人民政府", "第一中学", "水务局"]
    page.type("#filter-name", "水 ")
    assert page.run(SHOWN) == ["水利局", "水务局"]
    assert page.run(STATUS) == "显示 2 家，共 4 家"
    page.type("#filter-name", "中学")
    assert page.run(SHOWN) == ["某镇人民政府", "第一中学"], "the agency above stays"
    assert page.run(STATUS) == "显示 1 家，共 4 家"
    assert page.step(axe=True) == []
    page.step(click=".list-filter button")
    assert len(page.run(SHOWN)) == 4  # type: ignore[arg-type]
    assert page.run("document.activeElement.id") == "filter-name"
    page.step(select=["#filter-year", "2020年"])
    assert page.run(SHOWN) == ["水利局"]


def test_filter_goes_by_keyboard_and_waits_for_the_input_method(page: Chromium) -> None:
    page.run("document.querySelector('#filter-name').focus()")
    page.run(
        "document.querySelector('#filter-name').value = 'shui'; document.querySelector('#filter-name')"
        ".dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true }))"
    )
    assert len(page.run(SHOWN)) == 4, "what is still being composed is no wish"  # type: ignore[arg-type]
    page.step(press="Tab")
    assert page.run("document.activeElement.id") == "filter-year"
    page.step(press="Tab")
    assert page.run("document.activeElement.textContent") == "清除"


ROWS = "[...document.querySelectorAll('table[data-sortable] tbody th')].map((e) => e.textContent)"


def test_table_sorts_exactly_blanks_last(page: Chromium) -> None:
    page.step(goto=str(page.run("new URL('years/2021/index.html', location.href).href")))
    assert page.run(ROWS) == ["水利局", "某镇人民政府", "第一中学", "水务局"]
    page.step(click="thead th:nth-child(2) button")
    assert page.run(ROWS) == ["某镇人民政府", "第一中学", "水利局", "水务局"], "figures beyond a float's are told apart"
    page.step(click="thead th:nth-child(2) button")
    assert page.run(ROWS) == ["水务局", "水利局", "第一中学", "某镇人民政府"]
    assert page.run("document.querySelector('thead th:nth-child(2)').ariaSort") == "descending"
    assert (
        page.run("document.querySelector('.table-scroll + [role=status]').textContent") == "已按“新收申请”从大到小排列"
    )
    last = "document.querySelector('thead tr').cells.length"
    columns = int(str(page.run(last)))
    for _ in range(2):
        page.step(click=f"thead th:nth-child({columns}) button")
        assert page.run(ROWS)[-1] == "水务局", "what states no date comes last whichever way"  # type: ignore[index]
    assert page.step(axe=True) == []


def test_page_of_a_long_list_says_that_it_sorts_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    project = make_portal(tmp_path, make_agencies())
    build(project)
    said = "点列名可以排序，只排本页列出的机构。"
    note = "document.querySelector('.sort-note').hidden"
    with chromium((project / "site/years/2021/index.html").as_uri()) as page:
        assert page.run(note) is False
        assert page.shows(said)
        page.step(click="thead th:nth-child(2) button")
        assert page.run("document.querySelector('.table-scroll + [role=status]').textContent") == (
            f"已按“新收申请”从小到大排列 {said}"
        )
        assert page.step(axe=True) == []
    markup = (project / "site/years/2021/index.html").read_text(encoding="utf-8")
    assert f"hidden>{said}</p>" in markup, "without script nothing can be sorted"


def test_long_list_is_filtered_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    project = make_portal(tmp_path, make_agencies())
    build(project)
    with chromium((project / "site/index.html").as_uri()) as page:
        assert page.run(SHOWN) == ["水利局", "某镇人民政府"]
        page.type("#filter-name", "中学")
        assert page.shows("显示 1 家，共 4 家")
        assert page.run(SHOWN) == ["第一中学"]
        assert page.run("document.querySelector('.page-list').hidden") is True
        page.step(click=".agency-list .agency a")
        assert page.shows("第一中学")
        assert "town/school/index.html" in str(page.run("location.href"))
        assert page.step(heard=True) == []
    with chromium((project / "site/agencies/2/index.html").as_uri()) as page:
        assert page.run(SHOWN) == ["第一中学", "水务局"]
        assert page.shows("某镇人民政府"), "a list of one after the other says what each belongs to"


# --- search -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def searchable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with search."""
    project = tmp_path_factory.mktemp("search")
    shutil.copytree(ROOT / "content", project / "content")
    settings = project / "content/site.yaml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\nsearch: pagefind\n", encoding="utf-8")
    build(project)
    return project / "site"


FOUND = "[...document.querySelectorAll('.search-box li')].map((e) => e.textContent)"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("永定门", "永定门外街道办事处"),
        ("定门外街", "永定门外街道办事处"),
        ("不掌握", "不掌握"),
        ("开申请", "公开申请"),
        ("府信息公", "政府信息公开"),
        ("行政复议 平潭", "平潭"),
        ("52.6540", "52.6540"),
    ],
)
def test_any_part_of_a_text_is_found(searchable: Path, query: str, expected: str) -> None:
    with serve(searchable, "/zwgk/") as origin, chromium(f"{origin}/zwgk/search/index.html") as page:
        page.type("#search-text", query)
        assert page.step(selector=".search-box li")
        found = page.run(FOUND)
        assert isinstance(found, list)
        assert any(expected in each for each in found), found
        assert not any(" 政 府 " in each for each in found), "the spaces of the index are not shown"
        assert page.run("[...document.querySelectorAll('.search-box mark')].length > 0") is True
        links = page.run("[...document.querySelectorAll('.search-box li a')].map((e) => e.pathname)")
        assert isinstance(links, list)
        assert all((searchable / link.removeprefix("/zwgk/")).is_file() for link in links)
        assert page.step(axe=True) == []
        assert page.step(heard=True) == []


def test_what_is_nowhere_is_not_found(searchable: Path) -> None:
    with serve(searchable) as origin, chromium(f"{origin}/search/index.html?q=息信") as page:
        assert page.shows("没有找到")


def test_from_the_disk_a_sentence_says_that_search_takes_a_server(searchable: Path) -> None:
    with chromium((searchable / "search/index.html").as_uri()) as page:
        assert page.shows("从磁盘打开的网页不能检索")
        assert page.run("document.querySelector('#search-text').disabled") is True
        assert page.step(heard=True) == []
        page.step(goto=(searchable / "index.html").as_uri())
        assert page.shows("全文检索"), "the navigation leads there"


# --- larger text --------------------------------------------------------------------------------------------------------

SIZE = "Number.parseFloat(getComputedStyle(document.documentElement).fontSize)"


def test_larger_text_is_remembered_and_nothing_is_cut_off(site: Path) -> None:
    with serve(site, "/a/b/") as origin, chromium(f"{origin}/a/b/index.html") as opened:
        normal = float(str(opened.run(SIZE)))
        opened.step(click="[data-size=larger]")
        assert float(str(opened.run(SIZE))) > 1.4 * normal
        assert opened.run("document.querySelector('[data-size=larger]').ariaPressed") == "true"
        opened.step(goto=f"{origin}/a/b/bureau/2021/index.html")
        assert float(str(opened.run(SIZE))) > 1.4 * normal, "the next page has it too"
        assert opened.run("document.documentElement.scrollWidth <= innerWidth") is True
        assert opened.step(axe=True) == []
        opened.run("window.print = () => { window.printed = true }")
        opened.step(click="[data-print]")
        assert opened.run("window.printed") is True
        assert opened.step(heard=True) == []
