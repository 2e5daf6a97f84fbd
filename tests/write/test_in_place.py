"""The site changed file by file, where it is a mount point."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gaisite.write import MANIFEST
from gaisite.write.mounts import has_mount_point, is_mount_point
from tests.write.sites import NEW, OLD, build, kept, litter, refused, state, tree


@pytest.fixture
def mounted(site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site that looks like a mount point."""
    site.mkdir()
    monkeypatch.setattr("os.path.ismount", lambda path: Path(path) == site)
    return site


def test_mounted_site_is_changed_without_being_replaced(mounted: Path) -> None:
    before = mounted.stat().st_ino
    build(mounted, OLD)
    (mounted / "theirs").mkdir()
    build(mounted, NEW)
    assert tree(mounted) == {**NEW, "theirs/": "/"}
    assert mounted.stat().st_ino == before
    assert litter(mounted) == []
    assert os.listdir(mounted.parent) == [mounted.name]


def test_mounted_site_is_not_touched_without_a_change(mounted: Path) -> None:
    build(mounted, OLD)
    before = state(mounted)
    assert build(mounted, [kept(path, content) for path, content in OLD.items()]).changed == ()
    # But for the folder itself: the lock was in it, there being no other place on the same disk.
    assert {**state(mounted), mounted: before[mounted]} == before


def test_error_before_the_first_change_leaves_a_mounted_site(mounted: Path) -> None:
    build(mounted, OLD)
    refused("output-path-unsafe", lambda: build(mounted, {**NEW, "nul": b""}))
    assert tree(mounted) == OLD
    assert litter(mounted) == []


def test_foreign_file_in_the_way_stops_before_the_first_change(mounted: Path) -> None:
    build(mounted, OLD)
    (mounted / "sitemap.xml").write_bytes(b"theirs")
    refused("output-foreign", lambda: build(mounted, NEW))
    assert tree(mounted) == {**OLD, "sitemap.xml": b"theirs"}


def test_pages_come_after_what_they_need_and_deletions_last(mounted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(mounted, {"gone.html": b"", "index.html": b""})
    steps: list[str] = []
    replacing, unlinking = os.replace, Path.unlink

    def note_replace(old: Path, new: Path) -> None:
        steps.append(new.relative_to(mounted).as_posix())
        replacing(old, new)

    def note_unlink(path: Path, missing_ok: bool = False) -> None:
        if path.parent == mounted and path.suffix == ".html":
            steps.append(f"-{path.name}")
        unlinking(path, missing_ok=missing_ok)

    monkeypatch.setattr(os, "replace", note_replace)
    monkeypatch.setattr(Path, "unlink", note_unlink)
    names = ["sitemap.xml", "index.html", "a/index.html", "a/2020/index.html", "feed.xml", "a/2020/data.csv", "s.css"]
    build(mounted, dict.fromkeys(names, b"new"))
    assert steps == [
        MANIFEST, "a/2020/data.csv", "s.css", "a/2020/index.html", "a/index.html",
        "feed.xml", "index.html", "sitemap.xml", "-gone.html", MANIFEST,
    ]  # fmt: skip


def test_leftovers_inside_a_mounted_site_are_removed(mounted: Path) -> None:
    build(mounted, OLD)
    (mounted / ".site.tmp-7").mkdir()
    (mounted / "a" / ".site.tmp-7").write_bytes(b"half a copy")
    build(mounted, OLD)
    assert tree(mounted) == OLD


def test_leftover_on_a_disk_mounted_inside_the_site_is_removed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site, OLD)
    (site / "a" / ".site.tmp-7").write_bytes(b"half a copy")
    monkeypatch.setattr("gaisite.write.mounts._mount_points", lambda: [f"{site}/a"])
    build(site, OLD)
    assert tree(site) == OLD


def test_emptied_folders_go_and_others_stay(mounted: Path) -> None:
    build(mounted, {"a/b/c/index.html": b"", "d/index.html": b""})
    (mounted / "d" / "theirs").write_bytes(b"theirs")
    build(mounted, {})
    assert tree(mounted) == {"d/theirs": b"theirs"}


def test_file_of_ours_that_became_a_folder_is_not_removed(mounted: Path) -> None:
    build(mounted, {"a": b""})
    (mounted / "a").unlink()
    (mounted / "a").mkdir()
    (mounted / "a" / "theirs").write_bytes(b"theirs")
    build(mounted, {})
    assert tree(mounted) == {"a/theirs": b"theirs"}


def test_disk_mounted_inside_the_site_is_written_by_copies(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site, OLD)
    replacing = os.replace

    def refuse_other_disk(old: Path, new: Path) -> None:
        if (new.parent.name == "a") != (old.parent.name == "a"):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        replacing(old, new)

    monkeypatch.setattr("gaisite.write.mounts._mount_points", lambda: [f"{site}/a"])
    monkeypatch.setattr(os, "replace", refuse_other_disk)
    build(site, NEW)
    assert tree(site) == NEW
    assert litter(site) == []


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV])
def test_site_that_turns_out_to_be_a_mount_point_is_changed_in_place(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, "refused")

    build(site, OLD)
    (site / "theirs").write_bytes(b"theirs")
    monkeypatch.setattr("gaisite.write.exchange.exchange_folders", lambda *_: False)
    monkeypatch.setattr(os, "rename", refuse)
    build(site, NEW)
    assert tree(site) == {**NEW, "theirs": b"theirs"}
    assert litter(site) == []


def test_error_in_place_is_a_fault_and_the_next_build_mends_it(mounted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(mounted, OLD)
    replacing = os.replace

    def refuse_pages(old: Path, new: Path) -> None:
        if new.name == "index.html":
            raise OSError(errno.EIO, "Input/output error")
        replacing(old, new)

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", refuse_pages)
        refused("output-unwritable", lambda: build(mounted, NEW))
    assert tree(mounted) not in (OLD, NEW)
    build(mounted, NEW)
    assert tree(mounted) == NEW


def test_mount_points_are_read_from_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    table.write_text("36 35 98:0 /mnt1 /srv/my\\040site rw - ext3 /dev/root rw\n37 35 98:0 / /srv/b/c rw - ext3 x rw\n")
    monkeypatch.setattr("gaisite.write.mounts._MOUNTS", table)
    assert is_mount_point(Path("/srv/my site"))
    assert not is_mount_point(Path("/srv/b"))
    assert has_mount_point(Path("/srv/b"))
    assert not has_mount_point(Path("/srv/my"))


def test_system_without_the_table_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaisite.write.mounts._MOUNTS", tmp_path / "missing")
    assert not has_mount_point(tmp_path)


REAL = r"""
set -e
cd "$1"
mkdir -p site back disk
mount -t tmpfs -o size=1m tmpfs disk
mkdir disk/site disk/files
case "$2" in
  "another disk") mount --bind disk/site site ;;
  "the same disk") mount --bind back site ;;
  "inside") mkdir -p site/a; mount --bind disk/files site/a ;;
  "none") mount --bind disk/site back; cd disk ;;
esac
exec "$3" -m tests.write.real_mounts "$PWD/site" "$2"
"""


@pytest.mark.slow
@pytest.mark.parametrize("where", ["another disk", "the same disk", "inside", "none"])
def test_real_mount_points_and_a_full_disk(tmp_path: Path, where: str) -> None:
    if sys.platform != "linux" or subprocess.run(["unshare", "-m", "true"], check=False).returncode:
        pytest.skip("needs the right to mount")
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = ["unshare", "-m", "bash", "-c", REAL, "bash", str(tmp_path), where, sys.executable]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
