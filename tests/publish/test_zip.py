"""An archive to hand over: unpacked on any disk its pages open and lead to one another."""

import zipfile
from pathlib import Path

import pytest

from gaisite.publish.hosts import HostError
from gaisite.publish.states import STATE
from tests.publish.sites import (
    change_figure,
    failing,
    find_broken,
    publish,
    publish_well,
    read_folder,
    surely_same,
)

URL = "zip:../年报.zip"


@pytest.fixture
def archive(project: Path) -> Path:
    return project.parent / "年报.zip"


def unpack(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        opened.extractall(folder)
    return folder / "年报"


def test_unpacked_anywhere_every_link_leads_to_a_file(project: Path, archive: Path, tmp_path: Path) -> None:
    publish_well(project, URL)
    stick = unpack(archive, tmp_path / "stick" / "a folder")
    surely_same(read_folder(stick), project / "site")
    assert find_broken(read_folder(stick).get, ["index.html"]) == []
    assert [path.name for path in stick.parent.iterdir()] == ["年报"]


def test_same_site_makes_the_same_archive(project: Path, archive: Path) -> None:
    publish_well(project, URL)
    before = archive.read_bytes()
    archive.unlink()
    publish_well(project, URL)
    assert archive.read_bytes() == before


def test_archive_is_left_alone_where_nothing_changed_and_whole_where_something_did(
    project: Path, archive: Path, tmp_path: Path
) -> None:
    publish_well(project, URL)
    before = (archive.read_bytes(), archive.stat().st_mtime_ns)
    publish_well(project, URL)
    assert publish(project, URL, dry_run=True).findings == ()
    assert (archive.read_bytes(), archive.stat().st_mtime_ns) == before
    changed = change_figure(project)
    done = publish_well(project, URL)
    assert done.plan is not None
    assert {upload.path for upload in done.plan.uploads} == changed
    surely_same(read_folder(unpack(archive, tmp_path / "new")), project / "site")


def test_stopped_anywhere_the_old_archive_is_there(project: Path, archive: Path) -> None:
    publish_well(project, URL)
    before = archive.read_bytes()
    changed = change_figure(project)
    for sound in (0, 3, len(changed) + 2):
        with failing(sound=sound, error=lambda: HostError("the stick is full")):
            assert not publish(project, URL).finished
        assert archive.read_bytes() == before
    publish_well(project, URL)
    assert sorted(path.name for path in archive.parent.iterdir() if path.is_file()) == ["年报.zip"]


def test_archive_of_others_is_not_written_over(project: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("letter.txt", "theirs")
    assert [finding.check for finding in publish(project, URL).findings] == ["publish-foreign"]
    archive.write_text("no archive", encoding="utf-8")
    assert [finding.check for finding in publish(project, URL).findings] == ["publish-unreachable"]
    assert archive.read_text(encoding="utf-8") == "no archive"


def test_list_of_files_is_in_the_archive(project: Path, archive: Path) -> None:
    publish_well(project, URL)
    with zipfile.ZipFile(archive) as opened:
        assert f"年报/{STATE}" in opened.namelist()
        assert {entry.external_attr >> 16 for entry in opened.infolist()} == {0o100644}


def test_place_that_cannot_be_written_is_told(project: Path) -> None:
    (project.parent / "file").write_text("no folder", encoding="utf-8")
    refused = publish(project, "zip:../file/x.zip")
    assert [finding.check for finding in refused.findings] == ["publish-failed"]
