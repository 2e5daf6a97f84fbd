"""The preview in a real browser: its policy lets the script in, and no save is missed."""

import shutil
import time
from pathlib import Path

import pytest

from gaisite.build import build_site
from tests.browser.conftest import browser_tools  # noqa: F401 - a fixture
from tests.browser.led import chromium
from tests.serve.fakes import SOON, overwrite, previewing, restyle, save, wait_until

ROOT = Path(__file__).parents[2]


@pytest.mark.browser
@pytest.mark.usefixtures("browser_tools")
def test_page_follows_saves_mistakes_and_repairs(project: Path) -> None:
    with previewing(project) as preview, chromium(preview.running.url) as page:
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
    with previewing(project) as preview, chromium(preview.running.url) as page:
        for number in range(20):
            overwrite(project, f"save {number}.")
            time.sleep(0.2)
        assert page.shows("save 19.")


@pytest.mark.browser
@pytest.mark.usefixtures("browser_tools")
def test_page_without_a_site_shows_what_is_wrong_until_there_is_one(project: Path) -> None:
    save(project, "WRONG")
    with previewing(project) as preview, chromium(preview.running.url) as page:
        assert page.shows("There is no site yet")
        save(project, "at last")
        assert page.shows("at last")


@pytest.mark.browser
@pytest.mark.usefixtures("browser_tools")
def test_reload_keeps_the_place_on_the_page(project: Path) -> None:
    long = "<p>line</p>" * 300
    save(project, f"first {long}")
    with previewing(project) as preview, chromium(preview.running.url) as page:
        page.step(run="window.scrollTo(0, 2345)")
        save(project, f"second {long}")
        assert page.shows("second")
        wait_until(lambda: page.step(run="Math.round(window.scrollY)") == 2345)


@pytest.mark.browser
@pytest.mark.usefixtures("browser_tools")
def test_style_sheet_is_swapped_without_a_reload(project: Path) -> None:
    restyle(project, "0" * 12, css="h1{color:rgb(1, 2, 3)}")
    with previewing(project) as preview, chromium(preview.running.url) as page:
        page.step(run="window.mark = 1")
        restyle(project, "1" * 12, css="h1{color:rgb(4, 5, 6)}")
        wait_until(lambda: page.step(style=["h1", "color"]) == "rgb(4, 5, 6)")
        assert page.step(run="window.mark") == 1, "it is still the same page"


@pytest.mark.browser
@pytest.mark.usefixtures("browser_tools")
def test_saved_figure_of_a_real_portal_is_on_the_screen(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    figures = tmp_path / "content" / "pingtan" / "2021" / "figures.yaml"
    with previewing(tmp_path, build_site) as preview, chromium(preview.running.url) as page:
        page.step(goto=f"{preview.running.url}pingtan/2021/")
        preview.built.get(timeout=SOON)
        text = figures.read_text(encoding="utf-8")
        figures.write_text(text.replace("decisions: 1282", "decisions: 4321"), encoding="utf-8")
        assert page.shows("4321")
        preview.built.get(timeout=SOON)
        figures.write_text(text.replace("decisions: 1282", "decisions: 1x"), encoding="utf-8")
        assert page.shows("content/pingtan/2021/figures.yaml:12:")
        assert page.shows("4321"), "the last good page stays"
        figures.write_text(text, encoding="utf-8")
        assert page.shows("1282")
