"""A hostile agency: whoever may write one folder of content/ reaches no page but its own, no visitor and no machine."""

import os
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult, build_site
from tests.build.portals import change_files, make_portal, read_tree, write_figures, write_report

EVIL = "content/evil"
SECRET = "the-secret-of-this-machine"
AGENCY = "name: 某乡人民政府\nkind: township\n"
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
ALLOWED = {"http", "https", "mailto", "tel"}

REFUSED_ALIASES = (
    "../../outside/",
    "/etc/passwd",
    "office/2021/",
    "office/",
    "index.html",
    "404.html",
    "robots.txt",
    ".htaccess",
    "%2e%2e/office/",
    "office/2022/",
    "office/old.html",
    "Office/2022/",
    "assets/x.js",
    "pagefind/index/",
    "years/2031/",
    "about/old/",
    "_headers",
    "_redirects",
    "_worker.js/",
    "CNAME",
)
"""Of others, of the site and of its host, in use or not."""
LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#115;cript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "files/../../../office/agency.yaml",
    "../../../../etc/passwd",
)
ATTACHMENTS = ("../../office/agency.yaml", "files/../../../office/agency.yaml", "/etc/passwd", "files/secret.txt")
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TEMPLATE = "{{ 7 * 191 }}{% include '/etc/passwd' %}{{ cycler.__init__.__globals__.os.popen('id').read() }}"


class Dangers(HTMLParser):
    """What a page would run or lead to that is not the site's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            scheme = SCHEME.match(value or "")
            if name.startswith("on") or name == "srcdoc":
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action"} and scheme and scheme[1].lower() not in ALLOWED:
                self.found.append(f"{tag} {name}={value}")
        if tag in {"iframe", "object", "embed"} or (
            tag == "script" and not {"src", "type"} & {key for key, _ in attrs}
        ):
            self.found.append(tag)


def find_dangers(site: Path) -> list[str]:
    pages = Dangers()
    for page in sorted(site.rglob("*.html")):
        pages.feed(page.read_text(encoding="utf-8"))
    return pages.found


def lay_out(project: Path, files: Mapping[str, str | bytes | None] = {}) -> Path:
    """A portal with an honest agency and one that somebody else writes."""
    mine = {"agency.yaml": AGENCY, "2021/figures.yaml": write_figures(), "2021/report.md": write_report()}
    make_portal(project, {f"{EVIL}/{name}": text for name, text in mine.items()})
    change_files(project, {"content/pages/about.md": "---\ntitle: 关于\n---\n正文。\n"})
    change_files(project, {f"{EVIL}/{name}": content for name, content in files.items()})
    (project.parent / "secret.txt").write_text(SECRET, encoding="utf-8")
    return project


def try_build(project: Path) -> BuildResult:
    return build_site(BuildOptions(project=project))


def read_honest(site: Path) -> dict[str, str]:
    """The honest agency's files; what it shares with others, as menus and year pages, is not its own."""
    return read_tree(site / "office")


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the honest agency's pages are while the other one behaves."""
    project = lay_out(tmp_path_factory.mktemp("honest") / "project")
    result = try_build(project)
    assert result.written is not None, result.findings
    return read_honest(project / "site")


def write_front(line: str) -> str:
    return write_report(f"published: 2022-01-20 09:30\n{line}")


def assert_refused(project: Path) -> None:
    """An error that names the hostile agency's folder, and nothing written."""
    result = try_build(project)
    assert result.written is None
    assert any(EVIL in str(finding) for finding in result.findings), result.findings
    assert not (project / "site").exists()


def assert_harmless(project: Path, honest: dict[str, str], *, built: bool = False) -> None:
    """Built, which it may have to be, or refused: the honest pages are as they were, no page runs or tells what it should not."""
    result = try_build(project)
    site = project / "site"
    if result.written is None:
        assert not built, result.findings
        assert not site.exists()
        return
    assert read_honest(site) == honest
    assert find_dangers(site) == []
    assert all(SECRET.encode() not in path.read_bytes() for path in site.rglob("*") if path.is_file())


@pytest.mark.parametrize("alias", REFUSED_ALIASES)
def test_no_address_of_others_is_taken_over(alias: str, tmp_path: Path) -> None:
    assert_refused(lay_out(tmp_path / "project", {"2021/report.md": write_front(f'aliases: ["{alias}"]')}))


@pytest.mark.parametrize("alias", ["office/", "office/below/", "assets/", "_headers/"])
def test_former_addresses_of_an_agency_take_over_nothing_either(alias: str, tmp_path: Path) -> None:
    assert_refused(lay_out(tmp_path / "project", {"agency.yaml": f"{AGENCY}aliases: [{alias}]\n"}))


def test_an_agency_cannot_leave_itself_the_addresses_of_others(tmp_path: Path) -> None:
    text = f"{AGENCY}aliases: [office/2022/]\nmoved: [office/2022/]\n"
    assert_refused(lay_out(tmp_path / "project", {"agency.yaml": text}))


def test_an_agency_that_comes_later_gets_its_addresses(tmp_path: Path) -> None:
    project = lay_out(tmp_path / "project", {"2021/report.md": write_front("aliases: [later/2021/]")})
    assert try_build(project).written is not None
    (project / "content/later").mkdir()
    (project / "content/later/agency.yaml").write_text(AGENCY, encoding="utf-8")
    (finding,) = [each for each in try_build(project).findings if each.check == "alias-taken"]
    assert finding.place.file == f"{EVIL}/2021/report.md"


@pytest.mark.parametrize("link", LINKS)
def test_links_lead_to_pages_only(link: str, tmp_path: Path) -> None:
    text = write_report(preamble=f"[看]({link})\n\n")
    assert_refused(lay_out(tmp_path / "project", {"2021/report.md": text}))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example/"])
def test_source_address_is_one_of_the_web(address: str, tmp_path: Path) -> None:
    text = write_front(f'source_url: "{address}"')
    assert_refused(lay_out(tmp_path / "project", {"2021/report.md": text}))


@pytest.mark.parametrize("file", ATTACHMENTS)
def test_attachments_lie_in_the_reports_own_folder(file: str, tmp_path: Path) -> None:
    text = write_front(f"attachments: [{{file: '{file}', title: 原件}}]")
    assert_refused(lay_out(tmp_path / "project", {"2021/report.md": text}))


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.js", "web.config", "a.php.pdf", "b/_headers"])
@pytest.mark.parametrize("named", [True, False])
def test_nothing_is_attached_that_runs(name: str, named: bool, tmp_path: Path) -> None:
    files = {f"2021/files/{name}": "alert(1)"}
    if named:
        files["2021/report.md"] = write_front(f"attachments: [{{file: files/{name}, title: 原件}}]")
    assert_refused(lay_out(tmp_path / "project", files))


@pytest.mark.parametrize("place", ["agency.yaml", "2021/report.md", "2021/figures.yaml", "site.yaml", "2021/site.yaml"])
def test_an_agency_cannot_allow_itself_more(place: str, tmp_path: Path) -> None:
    given = {
        "agency.yaml": f"{AGENCY}attachments: [html]\n",
        "2021/report.md": write_front("attachments: [html]"),
        "2021/figures.yaml": write_figures(rest="attachments: [html]\n"),
    }
    text = given.get(place, "title: 某乡\nattachments: [html]\n")
    assert_refused(lay_out(tmp_path / "project", {place: text, "2021/files/a.html": "<script>alert(1)</script>"}))


def test_the_portal_may_allow_more(tmp_path: Path) -> None:
    project = lay_out(tmp_path / "project", {"2021/files/a.mp4": b"film"})
    assert_refused(project)
    with (project / "content/site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("attachments: [mp4]\n")
    assert try_build(project).written is not None
    assert (project / "site/evil/2021/files/a.mp4").read_bytes() == b"film"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
@pytest.mark.parametrize("name", ["2021/files/secret.txt", "2021/report.md", "2021/figures.yaml", "agency.yaml"])
def test_symbolic_links_publish_nothing_from_outside(name: str, tmp_path: Path) -> None:
    project = lay_out(tmp_path / "project")
    link = project / EVIL / name
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(project.parent / "secret.txt")
    assert_refused(project)


@pytest.mark.parametrize("text", [MARKUP, TEMPLATE, '"><script>alert(1)</script>', "[x](javascript:alert(1))"])
def test_text_stays_text(text: str, tmp_path: Path, honest: dict[str, str]) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    files = {
        "agency.yaml": f"name: {quoted}\nkind: township\n",
        "2021/report.md": write_front(f"title: {quoted}\nnotes: [{quoted}]\nkeywords: [{quoted}]\nsource: {quoted}"),
    }
    project = lay_out(tmp_path / "project", {"agency.yaml": files["agency.yaml"]})
    assert_harmless(project, honest, built=True)
    assert_harmless(lay_out(tmp_path / "second", {"2021/report.md": files["2021/report.md"]}), honest, built=True)
    body = write_report(preamble=f"{text}\n\n")
    assert_harmless(lay_out(tmp_path / "third", {"2021/report.md": body}), honest)


@pytest.mark.parametrize("name", ["assets", "checks", "2021", "<b>", "..%2foffice"])
def test_folder_names_are_addresses_of_their_own(name: str, tmp_path: Path, honest: dict[str, str]) -> None:
    project = lay_out(tmp_path / "project")
    (project / EVIL).rename(project / "content" / name)
    assert_harmless(project, honest)
