"""A branch of a bare repository: one commit a publish, files of others kept, never over what others have pushed."""

import subprocess
from pathlib import Path

import pytest

from gaisite.publish import publishing
from gaisite.publish.drivers import Shipment, open_host
from gaisite.publish.hosts import Host
from gaisite.publish.states import STATE
from tests.build.portals import build
from tests.publish.sites import (
    change_figure,
    change_much,
    failing,
    find_broken,
    publish,
    publish_well,
    surely_same,
)

URL = "git+file:../pages.git#pages"


def git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    settings = ["-c", "user.name=tests", "-c", "user.email=tests@example.org"]
    done = subprocess.run(["git", "-C", folder, *settings, *arguments], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the person who runs the tests counts: git knows nobody who could commit."""
    (tmp_path / "gitconfig").write_text("[user]\nuseConfigOnly = true\n[core]\nautocrlf = true\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")


@pytest.fixture
def pages(project: Path) -> Path:
    """The repository."""
    folder = project.parent / "pages.git"
    folder.mkdir()
    git(folder, "init", "--quiet", "--bare")
    return folder


def read_branch(pages: Path, branch: str = "pages") -> dict[str, bytes]:
    names = git(pages, "-c", "core.quotepath=false", "ls-tree", "-r", "-z", "--name-only", branch).decode().split("\0")
    return {name: git(pages, "cat-file", "blob", f"{branch}:{name}") for name in names if name}


def list_commits(pages: Path) -> list[str]:
    return git(pages, "log", "--format=%an %s", "pages").decode().splitlines()


def push_as_another(pages: Path, files: dict[str, str], *gone: str) -> str:
    """Let somebody else push a commit to the branch."""
    clone = pages.parent / "clone"
    if not clone.exists():
        git(pages.parent, "clone", "--quiet", str(pages), str(clone))
    run = ["git", "-c", "user.name=other", "-c", "user.email=o@example.org"]

    def there(*arguments: str) -> None:
        subprocess.run([*run, *arguments], cwd=clone, check=True, capture_output=True)

    known = (
        subprocess.run(["git", "rev-parse", "--verify", "-q", "origin/pages"], cwd=clone, check=False).returncode == 0
    )
    there("fetch", "--quiet", "origin")
    there("checkout", "--quiet", "-B", "pages", *(["origin/pages"] if known else []))
    for name, text in files.items():
        (clone / name).write_text(text, encoding="utf-8")
    there("add", "--all")
    there("commit", "--quiet", "-m", "theirs")
    there("push", "--quiet", "origin", "HEAD:pages")
    return git(clone, "rev-parse", "HEAD").decode().strip()


def test_branch_holds_the_site_byte_by_byte(project: Path, pages: Path) -> None:
    publish_well(project, URL)
    surely_same(read_branch(pages), project / "site", ".nojekyll")
    assert list_commits(pages) == ["gaisite gaisite publish"]


def test_one_commit_with_the_changed_files_only(project: Path, pages: Path) -> None:
    publish_well(project, URL)
    changed = change_figure(project)
    publish_well(project, URL)
    assert len(list_commits(pages)) == 2
    moved = git(pages, "diff-tree", "-r", "--name-only", "pages~1", "pages").decode().split()
    assert set(moved) - {STATE} == changed
    publish_well(project, URL)
    assert len(list_commits(pages)) == 2


def test_dry_run_leaves_the_branch_alone(project: Path, pages: Path) -> None:
    assert publish(project, URL, dry_run=True).findings == ()
    assert git(pages, "branch", "--list") == b""
    publish_well(project, URL)
    change_figure(project)
    before = git(pages, "rev-parse", "pages")
    dry = publish(project, URL, dry_run=True)
    assert dry.plan is not None
    assert not dry.plan.is_empty
    assert git(pages, "rev-parse", "pages") == before


def test_files_of_others_stay_on_the_branch(project: Path, pages: Path) -> None:
    publish_well(project, URL)
    push_as_another(pages, {"CNAME": "nb.example.gov.cn\n"})
    change_much(project)
    publish_well(project, URL, allow_delete=True)
    found = read_branch(pages)
    surely_same(found, project / "site", ".nojekyll", "CNAME")
    assert found["CNAME"] == b"nb.example.gov.cn\n"
    assert find_broken(found.get) == []


def test_empty_file_for_github_stays_whoever_brings_it(project: Path, pages: Path) -> None:
    """The branch has it before the site does, with it, and when the site has it no more."""
    publish_well(project, URL)
    settings = (project / "content/site.yaml").read_text(encoding="utf-8")
    for asked in ("host_files: [nojekyll, headers]\n", ""):
        (project / "content/site.yaml").write_text(settings + asked, encoding="utf-8")
        build(project)
        publish_well(project, URL)
        found = read_branch(pages)
        surely_same(found, project / "site", *(() if asked else (".nojekyll",)))
        assert found[".nojekyll"] == b""
        assert ("_headers" in found) is bool(asked)
    assert len(list_commits(pages)) == 3


def test_branch_that_others_push_to_meanwhile_is_not_written_over(
    project: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_well(project, URL)
    change_figure(project)
    theirs: list[str] = []

    def open_late(shipment: Shipment) -> Host:
        host = open_host(shipment)
        theirs.append(push_as_another(pages, {"CNAME": "theirs"}))
        return host

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "open_host", open_late)
        refused = publish(project, URL)
    assert [finding.check for finding in refused.findings] == ["publish-failed"]
    assert "somebody else has pushed" in str(dict(refused.findings[0].facts)["reason"])
    assert git(pages, "rev-parse", "pages").decode().strip() == theirs[0]
    publish_well(project, URL)
    surely_same(read_branch(pages), project / "site", ".nojekyll", "CNAME")


def test_first_publish_does_not_overtake_a_branch_that_comes_to_be(
    project: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_late(shipment: Shipment) -> Host:
        host = open_host(shipment)
        push_as_another(pages, {"index.html": "theirs"})
        return host

    with monkeypatch.context() as patched:
        patched.setattr(publishing, "open_host", open_late)
        assert [finding.check for finding in publish(project, URL).findings] == ["publish-failed"]
    assert read_branch(pages) == {"index.html": b"theirs"}
    assert [finding.check for finding in publish(project, URL).findings] == ["publish-foreign"]


def test_stopped_anywhere_the_branch_is_as_it_was(project: Path, pages: Path) -> None:
    publish_well(project, URL)
    before = read_branch(pages)
    changed = change_figure(project)
    for sound in (0, 2, len(changed) + 3):
        with failing(sound=sound):
            assert not publish(project, URL).finished
        assert read_branch(pages) == before
    publish_well(project, URL)
    surely_same(read_branch(pages), project / "site", ".nojekyll")


def test_environment_of_another_repository_does_not_matter(
    project: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patched:
        patched.setenv("GIT_WORK_TREE", str(tmp_path))
        patched.setenv("GIT_DIR", str(tmp_path))
        publish_well(project, URL)
    surely_same(read_branch(pages), project / "site", ".nojekyll")


def test_repository_that_cannot_be_reached_is_told(project: Path) -> None:
    refused = publish(project, "git+file:../nowhere.git#pages")
    assert [finding.check for finding in refused.findings] == ["publish-unreachable"]


def test_missing_git_is_told(project: Path, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    refused = publish(project, URL)
    assert [(finding.check, dict(finding.facts)) for finding in refused.findings] == [
        ("publish-tool", {"name": "web", "tool": "git"})
    ]


def test_host_that_refuses_the_push_is_told(project: Path, pages: Path) -> None:
    hook = pages / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    refused = publish(project, URL)
    assert [finding.check for finding in refused.findings] == ["publish-failed"]
    assert "pre-receive hook declined" in str(dict(refused.findings[0].facts)["reason"])
