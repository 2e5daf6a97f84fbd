"""Every page of each kind of portal that `gaisite new` begins, with axe: as it is, and with its drafts."""

from pathlib import Path

import pytest

from gaisite.cli import run
from gaisite.scaffold import read_kinds
from tests.browser.pages import find_pages, inspect_served

pytestmark = [pytest.mark.slow, pytest.mark.browser]
KINDS = [*read_kinds(), "empty"]


@pytest.mark.parametrize("drafts", [False, True], ids=["published", "drafts"])
def test_axe_finds_nothing(browser_tools: None, tmp_path: Path, drafts: bool) -> None:
    for kind in KINDS:
        assert run(["-C", str(tmp_path), "new", kind, "--kind", kind]) == 0
        options = ["--output", str(tmp_path / "all" / kind), *(["--drafts"] if drafts else [])]
        assert run(["-C", str(tmp_path / kind), "build", "--strict", *options]) == 0
    pages = [page for page in find_pages(tmp_path / "all") if is_worth_it(page, drafts)]
    assert len(pages) >= 15
    shown = inspect_served(tmp_path / "all", "/", ["light"], pages)
    assert [f"{page['path']}: {each}" for page in shown for each in page["modes"]["light"]["axe"]] == []
    assert [
        (page["path"], page["console"], page["failed"]) for page in shown if page["console"] or page["failed"]
    ] == []


def is_worth_it(page: str, drafts: bool) -> bool:
    """Whether a page is looked at: with drafts none that is the same without them, or as that of a sibling."""
    known = ("/about/", "/data/", "/qu/fagai/", "/qu/jiaoyu/", "/example-commission/")
    return not page.endswith("404.html") and not (drafts and any(each in f"/{page}" for each in known))
