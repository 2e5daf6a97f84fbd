"""`gaisite publish`: what it tells, which target it takes, and its exit status."""

from pathlib import Path

import pytest

from gaisite.publish.hosts import HostError
from tests.build.portals import OFFICE, build, change_files, edit
from tests.cli.conftest import Gaisite
from tests.publish.sites import failing

SITE = "title: 年报汇编\nbase_url: https://www.example.gov.cn/zwgk/nb/\n"


@pytest.fixture
def aimed(project: Path) -> Path:
    """A built portal with a target."""
    change_files(project, {"content/site.yaml": f"{SITE}publish:\n  web: file:../www\n"})
    build(project)
    return project


def test_site_is_published_and_told(gaisite: Gaisite, aimed: Path) -> None:
    assert gaisite("publish") == (0, "Published to web: 32 files put there, 0 deleted, 0 unchanged.\n", "")
    assert (aimed.parent / "www/current/index.html").is_file()
    assert gaisite("publish", "web") == (0, "web is up to date: 32 files unchanged.\n", "")
    assert gaisite("--lang", "zh", "publish") == (0, "web 上已是最新，32 个文件没有变化。\n", "")


def test_dry_run_prints_the_plan(gaisite: Gaisite, aimed: Path) -> None:
    told = gaisite("publish", "--dry-run")
    lines = told.out.splitlines()
    assert (told.status, told.err, len(lines)) == (0, "", 33)
    assert lines[0].startswith("put assets/")
    assert lines[-1] == "32 files to put there, 0 to delete, 0 unchanged; nothing was touched."
    assert not (aimed.parent / "www").exists()
    chinese = gaisite("--lang", "zh", "publish", "-n").out.splitlines()
    assert chinese[0].startswith("上传 assets/")
    assert chinese[-1] == "将上传 32 个文件，删除 0 个，0 个不变；没有改动任何内容。"


def test_plan_names_what_is_to_be_deleted(gaisite: Gaisite, aimed: Path) -> None:
    gaisite("publish")
    change_files(aimed, {f"{OFFICE}/2020": None})
    build(aimed)
    assert "delete office/2020/index.html\n" in gaisite("publish", "-n").out
    told = gaisite("publish")
    assert (told.status, told.out) == (1, "")
    assert "more than the usual 6. [publish-deletions]" in told.err
    assert told.err.endswith("Nothing was published.\n")
    assert gaisite("publish", "--allow-delete").status == 0


def test_finding_forbids_it_and_is_printed_with_its_source(gaisite: Gaisite, aimed: Path) -> None:
    edit(
        aimed,
        f"{OFFICE}/2021/figures.yaml",
        "granted: {natural_person: 6, total: 6}",
        "granted: {natural_person: 6, total: 7}",
    )
    told = gaisite("--lang", "zh", "publish", "--build")
    assert (told.status, told.out) == (1, "")
    assert "错误" in told.err
    assert told.err.endswith("没有发布。\n")


def test_stale_site_is_told(gaisite: Gaisite, aimed: Path) -> None:
    edit(aimed, "content/site.yaml", "年报汇编", "年报选编")
    told = gaisite("publish")
    assert told.status == 1
    assert "is not what the content gives now" in told.err
    assert "content/site.yaml:4:8: error: " in told.err
    assert gaisite("publish", "--build").status == 0


def test_publish_that_does_not_finish_has_a_status_of_its_own(gaisite: Gaisite, aimed: Path) -> None:
    with failing(sound=5, error=lambda: HostError("the line is dead", lasting=True)):
        told = gaisite("publish")
        chinese = gaisite("--lang", "zh", "publish")
    assert (told.status, told.out) == (3, "")
    assert "Publishing to “web” was not finished: the line is dead. [publish-failed]" in told.err
    assert told.err.endswith("Not finished: 3 of 32 files done.\n")
    assert chinese.err.endswith("没有发布完：32 个文件中做了 3 个。\n")


def test_host_that_cannot_be_reached_is_told(gaisite: Gaisite, aimed: Path) -> None:
    (aimed.parent / "www").write_text("no folder", encoding="utf-8")
    told = gaisite("publish")
    assert told.status == 3
    assert "[publish-unreachable]" in told.err


@pytest.mark.parametrize(
    ("publish", "arguments", "sentence"),
    [
        ("", (), "There is no target in content/site.yaml."),
        ("", ("/srv/www",), "“/srv/www” is no target. For a folder write file:/srv/www; the site will be in its"),
        ("publish: {web: 'file:a', own: 'file:b'}\n", (), "Name one of the targets: web, own"),
        ("publish: {web: 'file:a', own: 'file:b'}\n", ("wbe",), "There is no target “wbe”. Did you mean web?"),
        ("publish: {web: 'file:a'}\n", ("zzz",), "There is no target “zzz”. There are: web"),
        ("publish: {web: 'file:a'}\n", ("web", "--build", "--dry-run"), "--build and --dry-run exclude each other."),
    ],
)
def test_unclear_target_is_a_mistake_in_the_command(
    publish: str, arguments: tuple[str, ...], sentence: str, gaisite: Gaisite, project: Path
) -> None:
    change_files(project, {"content/site.yaml": SITE + publish})
    told = gaisite("publish", *arguments)
    assert (told.status, told.out) == (2, "")
    assert sentence in told.err
    assert gaisite("--lang", "zh", "publish", *arguments).status == 2


def test_wrong_target_is_a_finding(gaisite: Gaisite, project: Path) -> None:
    change_files(project, {"content/site.yaml": f"{SITE}publish: {{web: 'sftp://me:word@host/nb'}}\n"})
    told = gaisite("publish")
    assert (told.status, told.out) == (1, "")
    assert "[target-secret]" in told.err
    told = gaisite("publish", "https://host/nb")
    assert told.status == 1
    assert "[target-unknown]" in told.err


def test_url_can_be_given_instead_of_a_target(gaisite: Gaisite, aimed: Path) -> None:
    told = gaisite("publish", f"file://{aimed.parent}/other")
    assert told == (0, "Published to file: 32 files put there, 0 deleted, 0 unchanged.\n", "")
    assert (aimed.parent / "other/current/index.html").is_file()


def test_settings_for_a_web_server_are_printed(gaisite: Gaisite, project: Path) -> None:
    told = gaisite("publish", "--server-settings", "nginx")
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith("location ^~ /zwgk/nb/ {\n")
    assert (
        "location ^~ / {" in gaisite("publish", "--server-settings", "nginx", "--base-url", "https://nb.example/").out
    )
    change_files(project, {"content/site.yaml": ""})
    told = gaisite("publish", "--server-settings", "apache")
    assert (told.status, told.out) == (1, "")
    assert "[settings-empty]" in told.err
