"""A folder with releases: visitors see a whole site, the old one or the new one, at every moment."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gaisite.publish.hosts import HostError
from gaisite.publish.states import STATE
from tests.build.portals import change_files
from tests.publish.sites import (
    Killed,
    change_figure,
    change_much,
    failing,
    publish,
    publish_well,
    read_folder,
    surely_same,
)

URL = "file:../www"


@pytest.fixture
def www(project: Path) -> Path:
    return project.parent / "www"


def list_releases(www: Path) -> list[str]:
    return sorted(path.name[:4] for path in (www / "releases").iterdir())


def test_link_leads_to_the_release(project: Path, www: Path) -> None:
    publish_well(project, URL)
    assert sorted(os.listdir(www)) == ["current", "releases"]
    assert os.readlink(www / "current").startswith("releases/0001-")
    surely_same(read_folder(www / "current"), project / "site")


def test_releases_share_the_files_that_did_not_change(project: Path, www: Path) -> None:
    publish_well(project, URL)
    first = (www / "current").resolve()
    before = read_folder(first)
    changed = change_figure(project)
    publish_well(project, URL)
    second = (www / "current").resolve()
    moved = {
        path
        for path in read_folder(second)
        if not (first / path).exists() or not (first / path).samefile(second / path)
    }
    assert moved - {STATE} == changed
    assert read_folder(first) == before
    surely_same(read_folder(second), project / "site")


def test_three_releases_stay_to_go_back_to(project: Path, www: Path) -> None:
    (www / "releases/mine").mkdir(parents=True)
    for new in (6, 7, 8, 9):
        change_figure(project) if new == 6 else change_files(
            project, {"content/pages/p.md": f"---\ntitle: {new}\n---\n"}
        )
        publish_well(project, URL, build=True)
    assert list_releases(www) == ["0002", "0003", "0004", "mine"]
    os.unlink(www / "current")
    os.symlink(
        next(f"releases/{path.name}" for path in (www / "releases").iterdir() if "0002" in path.name), www / "current"
    )
    publish_well(project, URL)
    assert list_releases(www) == ["0003", "0004", "0005", "mine"]
    surely_same(read_folder(www / "current"), project / "site")


def test_files_of_others_are_in_the_next_release_too(project: Path, www: Path) -> None:
    publish_well(project, URL)
    (www / "current/verify.html").write_text("theirs", encoding="utf-8")
    os.symlink("index.html", www / "current/default.html")
    change_figure(project)
    publish_well(project, URL)
    assert (www / "current/verify.html").read_text(encoding="utf-8") == "theirs"
    assert os.readlink(www / "current/default.html") == "index.html"


@pytest.mark.parametrize("error", [lambda: HostError("the disk is full"), Killed])
@pytest.mark.parametrize("effect", [True, False])
def test_stopped_anywhere_the_old_site_is_served_whole(
    error: Callable[[], BaseException], effect: bool, project: Path, www: Path
) -> None:
    publish_well(project, URL)
    before = read_folder(www / "current")
    change_much(project)
    for sound in (0, 2, 9, 20, 34):
        with failing(sound=sound, error=error, effect=effect):
            try:
                assert not publish(project, URL, allow_delete=True).finished
            except Killed:
                assert error is Killed
        assert read_folder(www / "current") == before
    publish_well(project, URL, allow_delete=True)
    surely_same(read_folder(www / "current"), project / "site")
    assert sorted(os.listdir(www)) == ["current", "releases"]
    assert list_releases(www) == ["0001", "0002"]


@pytest.mark.parametrize("step", ["symlink", "rename", "replace"])
def test_killed_while_the_release_takes_its_place_either_is_served_whole(
    step: str, project: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_well(project, URL)
    before = read_folder(www / "current")
    change_figure(project)

    def die(*arguments: object, **more: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(os, step, die)
        with pytest.raises(Killed):
            publish(project, URL)
    assert read_folder(www / "current") == before
    publish_well(project, URL)
    surely_same(read_folder(www / "current"), project / "site")


def test_folder_in_the_place_of_the_link_is_told(project: Path, www: Path) -> None:
    (www / "current").mkdir(parents=True)
    refused = publish(project, URL)
    assert [finding.check for finding in refused.findings] == ["publish-unreachable"]
    assert "?in-place" in str(dict(refused.findings[0].facts)["reason"])


def test_full_disk_is_told_and_passes(project: Path, www: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("gaisite.publish.drivers.folder.copy_file", fail)
        refused = publish(project, URL)
    assert [finding.check for finding in refused.findings] == ["publish-failed"]
    publish_well(project, URL)
    surely_same(read_folder(www / "current"), project / "site")
