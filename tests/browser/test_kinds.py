"""Every kind of page, in both themes and all languages of the interface, as a visitor gets it and as checkers read it."""

from pathlib import Path

import pytest

from tests.browser.kinds import PAGES, build_portals
from tests.browser.pages import MODES, check_markup, find_pages, inspect_served, validate_markup

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kinds")]


@pytest.fixture(scope="module")
def portals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build_portals(tmp_path_factory.mktemp("kinds"))


@pytest.fixture(scope="module")
def shown(browser_tools: None, portals: dict[str, Path]) -> dict[str, dict]:
    """What Chromium shows of the pages in every mode, by portal and path."""
    seen = {}
    for name, site in portals.items():
        for page in inspect_served(site, "/zwgk/nb/", MODES, PAGES[name]):
            seen[f"{name}: {page['path']}"] = page
    return seen


@pytest.mark.browser
@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(shown: dict[str, dict], mode: str) -> None:
    assert [f"{name}: {found}" for name, page in shown.items() for found in page["modes"][mode]["axe"]] == []


@pytest.mark.browser
def test_tables_and_charts_are_right(shown: dict[str, dict]) -> None:
    for name, page in shown.items():
        tables = [table for mode in ("light", "narrow") for table in page["modes"][mode]["tables"]]
        assert [problem for table in tables for problem in table["problems"]] == [], name
        assert page["modes"]["narrow"]["drawings"] == [], name


@pytest.mark.browser
def test_no_page_scrolls_sideways_on_a_phone(shown: dict[str, dict]) -> None:
    widths = {name: page["modes"]["narrow"]["width"] for name, page in shown.items()}
    assert {name: width for name, width in widths.items() if max(width.values()) > 320} == {}


@pytest.mark.browser
def test_pages_load_whole_and_quietly_and_say_all_without_script(shown: dict[str, dict]) -> None:
    for name, page in shown.items():
        assert [page["console"], page["failed"], page["foreign"]] == [[], [], []], name
        assert page["sameWithoutScript"], name
        assert page["h1"] == 1, name
        assert page["firstTab"]["visible"], name
        assert page["firstTab"]["arrives"], name


@pytest.mark.nu
def test_nu_checker_and_html_validate_find_nothing(nu_tools: None, portals: dict[str, Path]) -> None:
    for name, site in portals.items():
        assert check_markup(site, "/zwgk/nb/") == [], name
        assert validate_markup(site) == [], name


def test_there_is_a_page_of_every_kind(portals: dict[str, Path]) -> None:
    assert {name: [page for page in PAGES[name] if page not in find_pages(site)] for name, site in portals.items()} == {
        name: [] for name in portals
    }
