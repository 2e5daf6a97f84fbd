"""The checkers find what they are for: each deliberate fault of a page is reported, a faultless page is not."""

from pathlib import Path

import pytest

from tests.browser.fixtures import TABLE, make_site
from tests.browser.pages import MODES, check_markup, find_broken_links, inspect_files, inspect_served

browser = pytest.mark.browser
nu = pytest.mark.nu
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("harness")]

FAULTS = {
    "unnamed_image": '<img src="dot.svg">',
    "pale": '<p style="color: #bbb; background: #fff">Hardly to be read</p>',
    "pale_in_the_dark": '<p class="dim">Hardly to be read</p>',
    "wide": '<div style="width: 400px">Wider than a phone</div>',
    "spaced": '<p class="row">一二三四五六七八九十一二三四五六七八</p>',
    "two_headings": "<h1>Another</h1>",
    "talks": '<script>console.log("hello")</script>',
    "throws": "<script>nobody()</script>",
    "asks_elsewhere": '<img alt="A dot" src="http://127.0.0.1:9/dot.svg">',
    "drawing": (
        '<svg role="img" aria-label="Bars" width="100%" height="60"><text y="20">Long enough</text>'
        '<text y="30">One over another</text><text x="90%" y="50">Beyond the edge</text>'
        '<text y="58" font-size="11">Small</text></svg>'
    ),
    "asks_in_vain": '<img alt="A dot" src="missing.svg">',
}


@pytest.fixture(scope="module")
def seen(browser_tools: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """What is seen of a faultless page and of one for each fault, by name."""
    site = make_site(tmp_path_factory.mktemp("harness"), good=TABLE, **FAULTS)
    (site / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    return {page["path"].removesuffix(".html"): page for page in inspect_served(site, "/a/b/", MODES)}


def rules(page: dict, mode: str) -> set[str]:
    """The axe rules that a page breaks in a mode."""
    return {found.split(":")[0] for found in page["modes"][mode]["axe"]}


@browser
def test_faultless_page_has_no_fault(seen: dict[str, dict]) -> None:
    page = seen["good"]
    assert {mode: page["modes"][mode]["axe"] for mode in MODES} == {mode: [] for mode in MODES}
    assert (page["console"], page["failed"], page["foreign"]) == ([], [], [])
    assert (page["h1"], page["styles"], page["stylesApplied"]) == (1, 1, 1)
    assert max(page["modes"]["narrow"]["width"].values()) == 320
    assert page["firstTab"] == {"href": "#main", "visible": True, "arrives": True}


@browser
def test_axe_faults_are_found_in_the_mode_that_has_them(seen: dict[str, dict]) -> None:
    assert all("image-alt" in rules(seen["unnamed_image"], mode) for mode in MODES)
    assert "color-contrast" in rules(seen["pale"], "light")
    assert "color-contrast" not in rules(seen["pale_in_the_dark"], "light")
    assert "color-contrast" in rules(seen["pale_in_the_dark"], "dark")


@browser
def test_texts_of_drawings_that_cannot_be_read_are_found(seen: dict[str, dict]) -> None:
    assert seen["good"]["modes"]["narrow"]["drawings"] == []
    assert seen["drawing"]["modes"]["narrow"]["drawings"] == [
        "Long enough: over One over another",
        "Beyond the edge: beyond its drawing",
        "Small: 11 px",
    ]


@browser
def test_sideways_scroll_is_found_with_the_readers_own_spacing_too(seen: dict[str, dict]) -> None:
    assert seen["wide"]["modes"]["narrow"]["width"]["plain"] >= 400
    spaced = seen["spaced"]["modes"]["narrow"]["width"]
    assert spaced["plain"] == 320 < spaced["spaced"]


@browser
def test_second_heading_is_counted(seen: dict[str, dict]) -> None:
    assert seen["two_headings"]["h1"] == 2


@browser
def test_what_a_page_says_and_asks_for_is_heard(seen: dict[str, dict]) -> None:
    assert seen["talks"]["console"] == ["log: hello"]
    assert "exception: nobody is not defined" in seen["throws"]["console"]
    assert seen["asks_elsewhere"]["foreign"] == ["http://127.0.0.1:9/dot.svg"]
    assert any(line.endswith("missing.svg: 404") for line in seen["asks_in_vain"]["failed"])


@browser
def test_missing_file_is_heard_on_disk(browser_tools: None, tmp_path: Path) -> None:
    pages = inspect_files(make_site(tmp_path / "site", good="", bad=FAULTS["asks_in_vain"]))
    assert {page["path"]: bool(page["failed"]) for page in pages} == {"good.html": False, "bad.html": True}


@nu
def test_nu_checker_passes_a_faultless_site(nu_tools: None, tmp_path: Path) -> None:
    assert check_markup(make_site(tmp_path / "site", good=TABLE)) == []


@nu
def test_nu_checker_finds_errors_warnings_and_wrong_css(nu_tools: None, tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", error="<p><div>no</div></p>", warning="<section><p>no heading</p></section>")
    with (site / "style.css").open("a", encoding="utf-8") as style:
        style.write("p { colour: red }\n")
    kinds = {tuple(message.split(": ")[0:2]) for message in (line.replace(":", ": ", 1) for line in check_markup(site))}
    assert {path for path, _ in kinds} == {"error.html", "warning.html", "style.css"}


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ('<a href="other.html#main">', ""),
        ('<a href="#main">', ""),
        ('<a href="https://example.org/">', ""),
        ('<a href="mailto:a@example.org">', ""),
        ('<link rel="canonical" href="https://example.org/">', ""),
        ('<a href="nobody.html">', "no such file"),
        ('<a href="Other.html">', "no such file"),
        ('<a href="other.html#nowhere">', "no such place on the page"),
        ('<a href="/other.html">', "starts at the host's root"),
        ('<a href="./">', "names a folder"),
        ('<a href="../other.html">', "leads out of the site"),
        ('<img alt="" srcset="style.css 1x, nobody.png 2x">', "no such file"),
        ('<img alt="" src="https://example.org/a.png">', "loaded from another host"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "loaded from another host"),
    ],
)
def test_links_that_do_not_work_are_found(tmp_path: Path, link: str, why: str) -> None:
    found = find_broken_links(make_site(tmp_path / "site", page=link, other=""))
    assert [line.rpartition(": ")[2][: len(why)] for line in found] == ([why] if why else [])


@pytest.mark.parametrize(("link", "works"), [("/a/b/page.html", True), ("page.html", False), ("/a/b/no.html", False)])
def test_page_for_a_missing_page_names_the_place_of_the_site(tmp_path: Path, link: str, works: bool) -> None:
    site = make_site(tmp_path / "site", page="")
    (site / "404.html").write_text(f'<h1 id="main">Nothing here</h1><a href="{link}">', encoding="utf-8")
    assert (find_broken_links(site, "/a/b/") == []) is works
