"""What the tests of pages share: the tools, which must be there in CI, and the demo portal, built once."""

import fcntl
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from tests.browser.pages import (
    MODES,
    ROOT,
    build_portal,
    find_pages,
    inspect_files,
    inspect_served,
    missing_for_browser,
    missing_for_nu,
)

REQUIRED = bool(os.environ.get("GAISITE_REQUIRE_BROWSER") or os.environ.get("CI"))


def need(missing: list[str]) -> None:
    """Skip, or fail where skipping would hide that nothing was tested."""
    if missing:
        (pytest.fail if REQUIRED else pytest.skip)(f"not on this machine: {', '.join(missing)}; run: make browser")


@pytest.fixture(scope="session")
def browser_tools() -> None:
    """Chromium, Node.js and axe-core."""
    need(missing_for_browser())


@pytest.fixture(scope="session")
def nu_tools() -> None:
    """Java and the Nu checker."""
    need(missing_for_nu())


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the demo portal; several test processes share one build."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demo"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / "built"
        if not done.exists():
            build_portal(shared)
            done.touch()
    return shared / "site"


@pytest.fixture(scope="session")
def prefix() -> str:
    """The path below which the demo portal is meant to lie."""
    settings = yaml.safe_load((ROOT / "content/site.yaml").read_text(encoding="utf-8"))
    return urlsplit(settings["base_url"]).path


@pytest.fixture(scope="session")
def movable(portal: Path) -> list[str]:
    """The pages that work wherever the site lies; the one for a missing page is shown anywhere, so it knows one place."""
    return [page for page in find_pages(portal) if page != "404.html"]


@pytest.fixture(scope="session")
def seen(browser_tools: None, portal: Path, prefix: str) -> list[dict]:
    """What Chromium shows of every page in every mode, the site below the folder that it is meant for."""
    return inspect_served(portal, prefix, MODES)


@pytest.fixture(scope="session")
def seen_elsewhere(browser_tools: None, portal: Path, movable: list[str]) -> list[dict]:
    """What Chromium hears from the pages, the site below another folder."""
    return inspect_served(portal, "/a/b/", pages=movable)


@pytest.fixture(scope="session")
def seen_at_root(browser_tools: None, portal: Path, movable: list[str]) -> list[dict]:
    """What Chromium hears from the pages, the site at the root of its host."""
    return inspect_served(portal, "/", pages=movable)


@pytest.fixture(scope="session")
def seen_on_disk(browser_tools: None, portal: Path, movable: list[str]) -> list[dict]:
    """What Chromium hears from the pages, opened as files."""
    return inspect_files(portal, movable)
