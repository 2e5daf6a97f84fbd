"""Many pages of the portal's own: each costs the same, however many there are, and each is found."""

import sys
from pathlib import Path
from types import FrameType

from gaisite.render.frames import NAMED_PAGES
from tests.browser.pages import find_broken_links
from tests.build.portals import build, make_portal
from tests.render.pages import read_page

ALLOWED = 1.1
"""How much more a page may cost among twice as many: what grows with their square would double."""


def write_pages(project: Path, count: int) -> Path:
    text = "---\ntitle: 第{0}页\norder: {0}\naliases: [old-{0}]\n---\n\n## 范围\n\n文字。\n"
    return make_portal(project, {f"content/pages/p{each}.md": text.format(each) for each in range(1, count + 1)})


def count_calls(project: Path) -> int:
    """How often a build calls a function, of gaisite, of a library or of a template."""
    calls = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(note)
    try:
        build(project, jobs=1, keep_cache=False)
    finally:
        sys.setprofile(None)
    return calls


def test_twice_as_many_pages_are_twice_the_work(tmp_path: Path) -> None:
    write_pages(tmp_path / "warm", NAMED_PAGES)
    build(tmp_path / "warm", jobs=1)
    some, twice, more = (
        count_calls(write_pages(tmp_path / str(times), times * 2 * NAMED_PAGES)) for times in (1, 2, 4)
    )
    assert more - twice < ALLOWED * 2 * (twice - some)


def test_navigation_names_the_first_and_leads_to_the_list_of_all(tmp_path: Path) -> None:
    site = write_pages(tmp_path, NAMED_PAGES + 1) / "site"
    build(tmp_path, jobs=1)
    last = f"p{NAMED_PAGES + 1}"
    links = read_page(site / last / "index.html").one("nav", class_="navigation").all("a")
    assert [link.text for link in links] == [
        "首页", *(f"第{each}页" for each in range(1, NAMED_PAGES + 1)), "更多页面",
    ]  # fmt: skip
    assert links[-1].get("href") == "../index.html#pages"
    home = read_page(site / "index.html").one("main")
    assert home.one("h2", id="pages").text == "相关内容"
    assert f"{last}/index.html" in [link.get("href") for link in home.all("a")]
    assert find_broken_links(site, "/zwgk/nb/") == []


def test_navigation_of_few_pages_names_all(tmp_path: Path) -> None:
    site = write_pages(tmp_path, NAMED_PAGES) / "site"
    build(tmp_path, jobs=1)
    links = read_page(site / "p1/index.html").one("nav", class_="navigation").all("a")
    assert len(links) == NAMED_PAGES + 1
    assert "更多页面" not in [link.text for link in links]
