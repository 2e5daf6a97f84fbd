"""The site in several languages: the same pages, the same figures, each link to where it belongs."""

import posixpath
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from gaisite.build import BuildOptions, build_site
from gaisite.render.editions import lead_out
from tests.build.portals import build, change_files, edit, make_portal, read_tree
from tests.render.pages import Element, read_page

LANGUAGES = ("zh-CN", "zh-Hant", "en")
PREFIXES = {"zh-CN": "", "zh-Hant": "zh-Hant/", "en": "en/"}
DEMO = Path(__file__).parents[2] / "content"
TITLE = "Annual reports"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo in three languages."""
    project = tmp_path_factory.mktemp("languages")
    shutil.copytree(DEMO, project / "content")
    settings = project / "content/site.yaml"
    text = settings.read_text(encoding="utf-8").replace("language: zh-CN", f"languages: [{', '.join(LANGUAGES)}]")
    text = re.sub(r"^title: (.*)$", rf"title: {{zh-CN: \1, en: {TITLE}}}", text, count=1, flags=re.MULTILINE)
    settings.write_text(text, encoding="utf-8")
    (project / "content/pages/about.en.md").write_text("---\ntitle: About\n---\nIn English.\n", encoding="utf-8")
    build(project)
    return project / "site"


def list_pages(site: Path) -> list[str]:
    """The pages of the main language, but for the one for missing pages."""
    pages = (path.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return sorted(page for page in pages if not page.startswith(("en/", "zh-Hant/")))


def test_every_page_is_there_in_every_language(site: Path) -> None:
    pages = list_pages(site)
    assert len(pages) > 15
    for language, prefix in PREFIXES.items():
        for page in pages:
            assert read_page(site / prefix / page).one("html").get("lang") == language
    assert not (site / "en/404.html").exists()
    assert not (site / "en/assets").exists()
    assert not list((site / "en").rglob("*.csv")), "data is there once"


def test_every_page_has_the_same_figures_in_every_language(site: Path) -> None:
    for page in list_pages(site):
        figures = [list_figures(read_page(site / prefix / page)) for prefix in PREFIXES.values()]
        assert figures[0] == figures[1] == figures[2], page


def list_figures(page: Element) -> list[tuple[str, str, str]]:
    """The cells with numbers: id, headers, text."""
    cells = [cell for cell in page.all("td") if "num" in cell.classes]
    return [
        (cell.get("id"), cell.get("headers"), "".join(re.findall(r"^[−+]?[0-9.]*[0-9]", cell.text))) for cell in cells
    ]


def test_every_link_leads_somewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = read_page(path)
        if path.name == "404.html":
            continue
        for element in page.walk():
            for address in (element.get("href"), element.get("src")):
                parts = urlsplit(address)
                if address and not parts.scheme and not parts.netloc and parts.path:
                    target = posixpath.normpath(posixpath.join(path.parent.as_posix(), unquote(parts.path)))
                    assert Path(target).is_file(), f"{path.relative_to(site)}: {address}"


def test_links_from_page_to_page_stay_in_their_language(site: Path) -> None:
    page = read_page(site / "en/pingtan/2020/index.html")
    for link in page.all("a"):
        address = link.get("href")
        if link.get("hreflang") or urlsplit(address).scheme or address.startswith("#") or not address.endswith(".html"):
            continue
        target = posixpath.normpath(posixpath.join("en/pingtan/2020", address))
        assert target.startswith("en/"), address


def test_language_links_are_reciprocal(site: Path) -> None:
    for page in list_pages(site):
        for language, prefix in PREFIXES.items():
            found = read_page(site / prefix / page).one("nav", class_="languages")
            (present,) = [item for item in found.all("span") if item.get("aria-current")]
            assert present.get("lang") == language
            links = {link.get("lang"): link for link in found.all("a")}
            assert set(links) == set(LANGUAGES) - {language}
            for other, link in links.items():
                assert link.get("hreflang") == other
                target = posixpath.normpath(posixpath.join(posixpath.dirname(f"{prefix}{page}"), link.get("href")))
                assert target == f"{PREFIXES[other]}{page}"
    names = [link.text for link in read_page(site / "index.html").one("nav", class_="languages").all("li")]
    assert names == ["简体中文", "繁體中文", "English"]


def test_search_engines_are_told_of_every_language(site: Path) -> None:
    base = "https://www.example.gov.cn/zwgk/zfxxgk/ndbg/"
    wanted = {language: f"{base}{prefix}pingtan/2020/" for language, prefix in PREFIXES.items()}
    for language, prefix in PREFIXES.items():
        page = read_page(site / prefix / "pingtan/2020/index.html")
        links = {link.get("hreflang"): link.get("href") for link in page.all("link") if link.get("hreflang")}
        assert links == {**wanted, "x-default": wanted["zh-CN"]}
        (canonical,) = [link.get("href") for link in page.all("link") if link.get("rel") == "canonical"]
        assert canonical == wanted[language]
    tree = ET.parse(site / "sitemap.xml").getroot()
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    addresses = {url.findtext("s:loc", namespaces=space): url for url in tree.findall("s:url", space)}
    assert set(wanted.values()) <= set(addresses)
    for address in wanted.values():
        alternates = {each.get("hreflang"): each.get("href") for each in addresses[address].findall("x:link", space)}
        assert alternates == {**wanted, "x-default": wanted["zh-CN"]}


def test_official_labels_are_translated_and_what_is_not_is_marked(site: Path) -> None:
    page = read_page(site / "en/pingtan/2020/index.html")
    assert "Applications for government information" in page.one("main").text
    prose = [element for element in page.all("div") if "prose" in element.classes]
    assert prose
    assert {element.get("lang") for element in prose} == {"zh-CN"}
    assert page.one("h1").text.endswith("Annual Report on Open Government Information 2020")
    assert read_page(site / "en/index.html").one("h1").text == TITLE
    hant = read_page(site / "zh-Hant/pingtan/2020/index.html")
    assert {element.get("lang") for element in hant.all("th") if "自然人" in element.text} == {"zh-CN"}
    assert "主要數據" in hant.one("main").text


def test_page_of_the_portals_own_is_shown_translated_or_marked(site: Path) -> None:
    about = read_page(site / "en/about/index.html")
    assert (about.one("h1").text, about.one("h1").get("lang")) == ("About", "")
    assert "In English." in about.one("main").text
    other = read_page(site / "en/accessibility/index.html")
    assert other.one("h1").get("lang") == "zh-CN"
    assert not (site / "about.en").exists()


def test_incremental_build_in_several_languages_equals_a_clean_one(tmp_path: Path) -> None:
    project = make_portal(tmp_path / "p", {"content/site.yaml": "title: 年报\nlanguages: [zh-CN, en]\n"})
    build(project)
    change_files(project, {"content/office/agency.yaml": "name: {zh-CN: 某局, en: Some office}\n"})
    build(project)
    assert "Some office" in (project / "site/en/office/index.html").read_text(encoding="utf-8")
    build(project, output=project / "clean", full=True, keep_cache=False)
    assert read_tree(project / "site") == read_tree(project / "clean")
    edit(project, "content/site.yaml", "languages: [zh-CN, en]", "language: zh-CN")
    build(project)
    assert not (project / "site/en").exists()
    assert 'class="languages"' not in (project / "site/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "files", "found"),
    [
        ("languages: [zh-CN, fr]", {}, ("choice-unknown", "content/site.yaml")),
        ("languages: [zh-CN, en]", {"content/en/agency.yaml": "name: 某局\n"}, ("agency-folder-name", "content/en")),
    ],
)
def test_language_that_cannot_be_is_refused(
    settings: str, files: dict[str, str | bytes | None], found: tuple[str, str], tmp_path: Path
) -> None:
    project = make_portal(tmp_path, {"content/site.yaml": f"title: 年报\n{settings}\n", **files})
    result = build_site(BuildOptions(project=project))
    assert found in [(finding.check, finding.place.file) for finding in result.findings]
    assert result.written is None


def test_main_language_is_the_first_or_the_one_that_is_named(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {"content/site.yaml": "title: x\nlanguages: [zh-CN, en]\nlanguage: en\n"})
    build(project)
    assert read_page(tmp_path / "site/index.html").one("html").get("lang") == "en"
    assert read_page(tmp_path / "site/zh-CN/index.html").one("html").get("lang") == "zh-CN"


def test_only_links_to_what_is_there_once_are_led_out() -> None:
    page = '<a href="../index.html#x"> <a href="data.csv"> <a href="https://a.cn/b"> <a href="#y"> <a href="../../../a/index.html"> <img src="/logo.png"> <a href="../files/a%20b.pdf">'  # fmt: skip
    assert lead_out(page, "a/2020/index.html", "en/") == (
        '<a href="../index.html#x"> <a href="../../../a/2020/data.csv"> <a href="https://a.cn/b"> <a href="#y"> '
        '<a href="../../../a/index.html"> <img src="/logo.png"> <a href="../../../a/files/a%20b.pdf">'
    )
