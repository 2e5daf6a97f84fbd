"""Pages of long lists in a real browser: whole, quiet, right in every mode, for both themes."""

from pathlib import Path

import pytest

from gaisite.render import paging
from tests.browser.pages import MODES, check_markup, inspect_served, validate_markup
from tests.build.portals import build
from tests.render.test_paging import CHILDREN, LAST, TOP, make_district

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kinds")]
PREFIX = "/pingtan/"
PAGES = tuple(
    f"{path}/index.html"
    for path in (
        "agencies/2",
        TOP,
        f"{TOP}/agencies/2",
        f"{TOP}/{LAST}",
        f"{TOP}/{LAST}/agencies/2",
        f"years/{LAST}",
        f"years/{LAST}/late",
        "checks/2",
    )
)


@pytest.fixture(scope="module", params=["civic", "gongwen"])
def paged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("paged") / "project"
    make_district(project, CHILDREN, 1, f"theme: {request.param}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "PAGE", 4)
        build(project, jobs=1)
    return project / "site"


@pytest.mark.browser
def test_pages_of_lists_are_right_in_every_mode(browser_tools: None, paged: Path) -> None:
    for page in inspect_served(paged, PREFIX, MODES, PAGES):
        name = page["path"]
        assert [found for mode in MODES for found in page["modes"][mode]["axe"]] == [], name
        assert max(page["modes"]["narrow"]["width"].values()) <= 320, name
        assert [page["console"], page["failed"], page["foreign"]] == [[], [], []], name
        assert page["sameWithoutScript"], name


@pytest.mark.nu
def test_their_markup_is_right(nu_tools: None, paged: Path) -> None:
    assert check_markup(paged, PREFIX) == []
    assert validate_markup(paged) == []
