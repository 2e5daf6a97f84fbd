"""The demo portal as a visitor gets it: every page in a real browser, in five modes."""

from collections import Counter

import pytest

from tests.browser.pages import MODES

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(seen: list[dict], mode: str) -> None:
    assert [f"{page['path']}: {found}" for page in seen for found in page["modes"][mode]["axe"]] == []


@pytest.mark.parametrize("mode", ["light", "narrow"])
def test_every_cell_has_exactly_its_headers(seen: list[dict], mode: str) -> None:
    tables = [(page["path"], table) for page in seen for table in page["modes"][mode]["tables"]]
    assert [f"{path}: {table['caption']}: {problem}" for path, table in tables for problem in table["problems"]] == []
    assert sum(table["cells"] for _, table in tables) > 1000, "the demo portal has more data cells than that"


def test_no_page_scrolls_sideways_on_a_phone(seen: list[dict]) -> None:
    widths = {page["path"]: page["modes"]["narrow"]["width"] for page in seen}
    assert {path: width for path, width in widths.items() if max(width.values()) > 320} == {}


def test_every_text_of_a_chart_can_be_read_on_a_phone(seen: list[dict]) -> None:
    drawings = {page["path"]: page["modes"]["narrow"]["drawings"] for page in seen}
    assert {path: problems for path, problems in drawings.items() if problems} == {}


def test_every_page_has_one_heading_and_a_title_of_its_own(seen: list[dict]) -> None:
    assert {page["path"]: page["h1"] for page in seen if page["h1"] != 1} == {}
    titles = Counter(page["title"] for page in seen)
    assert [title for title, times in titles.items() if times > 1 or not title.strip()] == []


def test_every_page_names_its_language(seen: list[dict]) -> None:
    assert [page["path"] for page in seen if not page["language"]] == []


def test_first_tab_shows_a_skip_link_that_works(seen: list[dict]) -> None:
    stops = {page["path"]: page["firstTab"] for page in seen}
    assert {path: stop for path, stop in stops.items() if not (stop["visible"] and stop["arrives"])} == {}


def test_a_reader_without_script_misses_no_word_and_no_link(seen: list[dict]) -> None:
    assert [page["path"] for page in seen if not page["sameWithoutScript"]] == []


@pytest.mark.parametrize("mount", ["seen", "seen_elsewhere", "seen_at_root", "seen_on_disk"])
def test_pages_load_whole_and_quietly(request: pytest.FixtureRequest, movable: list[str], mount: str) -> None:
    pages = request.getfixturevalue(mount)
    assert [page["path"] for page in pages if page["path"] != "404.html"] == movable
    for what in ("console", "failed", "foreign"):
        assert {page["path"]: page[what] for page in pages if page[what]} == {}
    assert {page["path"] for page in pages if page["styles"] == 0 or page["stylesApplied"] != page["styles"]} == set()
