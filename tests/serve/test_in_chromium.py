"""The preview in a real browser: its policy lets the script in, and no save is missed."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import browser_tools  # noqa: F401 - a fixture
from tests.serve.fakes import Preview, overwrite, previewing, save, wait_until

PAGE = Path(__file__).with_name("page.mjs")


class Chromium:
    """One page, step by step."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def step(self, **step: object) -> object:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(step) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def shows(self, text: str) -> bool:
        return bool(self.step(text=text))


@contextmanager
def chromium(preview: Preview) -> Iterator[Chromium]:
    """A page that shows the preview."""
    process = subprocess.Popen(
        ["node", str(PAGE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        page = Chromium(process)
        page.step(goto=preview.running.url)
        yield page
    finally:
        process.communicate()


@pytest.mark.browser
@pytest.mark.usefixtures("browser_tools")
def test_page_follows_saves_mistakes_and_repairs(project: Path) -> None:
    with previewing(project) as preview, chromium(preview) as page:
        assert page.shows("first")
        save(project, "second")
        assert page.shows("second")
        save(project, "WRONG")
        assert page.step(selector=".gaisite-findings")
        assert page.shows("“WRONG” is wrong")
        assert page.shows("second"), "the last good site stays"
        wait_until(lambda: page.step(style=[".gaisite-findings", "position"]) == "fixed")
        save(project, "third")
        assert page.shows("third")
        assert page.step(selector=".gaisite-findings", gone=True)
        heard = page.step(heard=True)
        assert isinstance(heard, list)
        assert [each for each in heard if "favicon.ico" not in each] == []


@pytest.mark.browser
@pytest.mark.usefixtures("browser_tools")
def test_last_of_twenty_fast_saves_is_on_the_screen(project: Path) -> None:
    with previewing(project) as preview, chromium(preview) as page:
        for number in range(20):
            overwrite(project, f"save {number}.")
            time.sleep(0.2)
        assert page.shows("save 19.")


@pytest.mark.browser
@pytest.mark.usefixtures("browser_tools")
def test_page_without_a_site_shows_what_is_wrong_until_there_is_one(project: Path) -> None:
    save(project, "WRONG")
    with previewing(project) as preview, chromium(preview) as page:
        assert page.shows("There is no site yet")
        save(project, "at last")
        assert page.shows("at last")
