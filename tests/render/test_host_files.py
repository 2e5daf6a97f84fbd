"""Files for hosts: none unless they are asked for, with the policy of the server settings and the former addresses."""

import re
from pathlib import Path

import pytest

from gaisite.check.host_files import check_rules, is_on_gitlab
from gaisite.findings import Place, Problems
from gaisite.model.hosting import ASSETS, CLOUDFLARE, FOREVER, FRESH, GITLAB, list_headers
from gaisite.model.portal import Redirect
from gaisite.publish.hosting import write_settings
from gaisite.read.files import decode
from gaisite.read.settings import read_portal
from gaisite.write import read_manifest
from tests.build.portals import OFFICE, build, change_files, make_portal, read_tree, write_report

NAMES = {"_headers", "_redirects", ".nojekyll"}
PLACE = Place(file="content/office/agency.yaml")


def lay_out(project: Path, settings: str = "", base_url: str = "https://nb.example.gov.cn/") -> Path:
    return make_portal(
        project,
        {
            "content/site.yaml": f"title: 年报汇编\nbase_url: {base_url}\nlanguages: [zh-CN, en]\n{settings}",
            f"{OFFICE}/agency.yaml": "name: 某街道\naliases: [旧/街道/]\n",
            f"{OFFICE}/2021/report.md": write_report("published: 2022-01-20\naliases: [nb/t1.shtml]"),
            "content/pages/about.md": "---\ntitle: 关于\naliases: [guanyu/]\n---\n正文。\n",
            "content/pages/about.en.md": "---\ntitle: About\naliases: [old-about/]\n---\nText.\n",
        },
    )


def make(project: Path, settings: str = "", base_url: str = "https://nb.example.gov.cn/") -> Path:
    build(lay_out(project, settings, base_url))
    return project / "site"


def read_headers(text: str) -> dict[str, dict[str, str]]:
    """As Netlify reads it: by path, without what is no header."""
    rules: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            rules[line] = {}
        elif ":" in line:
            name, _, value = line.strip().partition(": ")
            rules[list(rules)[-1]][name] = value
    return rules


def read_nginx(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """The headers that nginx says with every file, and with those that may be kept for good."""
    common, kept = text.split("location ~ ^", 1)
    line = re.compile(r'add_header (\S+) "(.*)"')
    return dict(line.findall(common)), dict(line.findall(kept))


def test_no_file_for_hosts_is_written_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert NAMES.isdisjoint(read_manifest(make(tmp_path)))


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("headers", {"_headers"}),
        ("[redirects]", {"_redirects"}),
        ("[nojekyll, nojekyll]", {".nojekyll"}),
        ("[headers, redirects, redirects-forced, nojekyll]", NAMES),
        ("[]", set()),
    ],
)
def test_what_is_asked_for_lies_at_the_root_and_goes_with_the_setting(
    wanted: str, names: set[str], tmp_path: Path
) -> None:
    site = make(tmp_path, f"host_files: {wanted}\n")
    assert NAMES & read_manifest(site).keys() == names
    without = make(tmp_path)
    assert NAMES.isdisjoint(path.name for path in without.rglob("*"))


@pytest.mark.parametrize("search", [True, False])
@pytest.mark.parametrize("base", ["/", "/zwgk/nb/"])
def test_headers_are_the_policy_of_the_server_settings(search: bool, base: str, tmp_path: Path) -> None:
    """One list: what nginx is told, the file in the site tells."""
    if search:
        pytest.importorskip("pagefind")
    asked = f"host_files: [headers]\n{'search: pagefind' if search else ''}\n"
    text = (make(tmp_path, asked, f"https://example.gov.cn{base}") / "_headers").read_text(encoding="utf-8")
    assert text == write_settings("headers", base, search=search)
    rules = read_headers(text)
    common, kept = read_nginx(write_settings("nginx", base, search=search))
    assert rules[f"{base}*"] == common == {
        **{each.name: each.value for each in list_headers(search=search)}, "Cache-Control": FRESH,
    }  # fmt: skip
    for folder in ASSETS:
        assert rules[f"{base}*"] | rules[f"{base}{folder}*"] == kept
        assert f"{base}{folder}*\n  ! Cache-Control\n  Cache-Control: {FOREVER}\n" in text
    assert len(rules) == 1 + len(ASSETS) <= 100
    assert max(map(len, text.splitlines())) <= 2000


def test_former_addresses_are_permanent_redirects(tmp_path: Path) -> None:
    site = make(tmp_path, "host_files: [redirects]\n")
    old = "/%E6%97%A7/%E8%A1%97%E9%81%93/"
    assert (site / "_redirects").read_text(encoding="utf-8").splitlines() == [
        "/guanyu/ /about/ 301",
        "/nb/t1.shtml /office/2021/ 301",
        f"{old}2020/ /office/2020/ 301",
        f"{old}2021/ /office/2021/ 301",
        f"{old}comparison/ /office/comparison/ 301",
        f"{old} /office/ 301",
    ]
    # A page leads on as before, where nobody reads the file: from a disk, in the preview.
    assert (site / "guanyu/index.html").is_file()
    assert (site / "旧/街道/2020/index.html").is_file()


def test_redirects_have_the_path_of_the_site_and_can_be_forced(tmp_path: Path) -> None:
    project = lay_out(tmp_path, "host_files: [redirects-forced]\n", "https://example.gov.cn/zwgk/nb")
    (finding,) = build(project).findings
    assert (finding.check, finding.place.line, dict(finding.facts)) == (
        "host-files-folder", 4, {"names": "_redirects", "path": "/zwgk/nb/"},
    )  # fmt: skip
    lines = (project / "site/_redirects").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "/zwgk/nb/guanyu/ /zwgk/nb/about/ 301!"


def test_no_former_address_is_an_empty_file(tmp_path: Path) -> None:
    build(make_portal(tmp_path, {"content/site.yaml": "title: 年报\nhost_files: [redirects]\n"}))
    assert (tmp_path / "site/_redirects").read_bytes() == b""


def test_redirects_follow_the_agency_from_the_cache_too(tmp_path: Path) -> None:
    site = make(tmp_path, "host_files: [redirects]\n")
    change_files(tmp_path, {"content/pages/about.md": "---\ntitle: 关于\naliases: [jieshao/]\n---\n正文。\n"})
    assert build(tmp_path, jobs=1).written.changed  # type: ignore[union-attr]
    again = read_tree(site)
    text = (site / "_redirects").read_text(encoding="utf-8")
    assert "/jieshao/ /about/ 301\n" in text
    assert "/nb/t1.shtml /office/2021/ 301\n" in text
    assert "/guanyu/" not in text
    build(tmp_path, full=True)
    assert read_tree(site) == again


def make_rules(count: int, length: int = 40) -> list[tuple[str, Redirect]]:
    redirect = Redirect(path="old/index.html", target="office/index.html", owner="office", place=PLACE)
    return [("x" * length + "\n", redirect)] * count


def test_rules_up_to_the_limit_of_hosts_are_no_finding() -> None:
    assert list(check_rules(make_rules(CLOUDFLARE.rules), PLACE, CLOUDFLARE)) == []
    assert list(check_rules(make_rules(1, CLOUDFLARE.characters), PLACE, CLOUDFLARE)) == []


def test_more_rules_than_hosts_read_are_told_once() -> None:
    for limits in (CLOUDFLARE, GITLAB):
        (finding,) = check_rules(make_rules(limits.rules + 1), PLACE, limits)
        told = {"count": str(limits.rules + 1), "limit": str(limits.rules), "host": limits.host}
        assert (finding.check, dict(finding.facts)) == ("host-files-many", told)


def test_file_that_is_larger_than_a_host_reads_is_told() -> None:
    assert list(check_rules(make_rules(64, 1023), PLACE, GITLAB)) == []
    (finding,) = check_rules(make_rules(64, 1024), PLACE, GITLAB)
    assert (finding.check, dict(finding.facts)["size"]) == ("host-files-large", str(64 * 1025))


@pytest.mark.parametrize(
    ("settings", "known"),
    [
        ("publish: {web: 'git+ssh://git@gitlab.com/org/nb.git#pages'}\n", True),
        ("publish: {web: 'git+https://GitLab.example.gov.cn/org/nb.git#pages'}\n", True),
        ("base_url: https://org.gitlab.io/nb/\n", True),
        ("publish: {web: 'git+ssh://git@gitee.com/gitlab/nb.git#pages'}\n", False),
        ("publish: {web: 'sftp://gitlab.example.gov.cn/srv/nb'}\n", False),
        ("base_url: https://gitlab.io.example.gov.cn/\n", False),
        ("", False),
    ],
)
def test_gitlab_is_known_by_a_branch_on_it_or_by_its_addresses(settings: str, known: bool) -> None:
    portal = read_portal(decode(f"title: 年报\n{settings}".encode(), "content/site.yaml"), Problems())
    assert portal is not None
    assert is_on_gitlab(portal) is known


def test_rules_that_are_too_long_are_told_where_they_come_from() -> None:
    rules = [*make_rules(1), *make_rules(2, CLOUDFLARE.characters + 1)]
    (finding,) = check_rules(rules, Place(file="content/site.yaml"), CLOUDFLARE)
    assert (finding.check, finding.place) == ("host-files-long", PLACE)
    assert dict(finding.facts) == {"found": "old/", "limit": "1000", "host": "Cloudflare Pages"}
