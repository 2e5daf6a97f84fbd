"""The step in which the new site takes the place of the old one."""

import ctypes
import errno
import os
import re
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from gaisite.write import MANIFEST, lock_site
from gaisite.write.exchange import exchange_folders
from tests.write.sites import NEW, OLD, build, litter, refused, tree


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that cannot let two folders swap names."""
    monkeypatch.setattr("gaisite.write.exchange.exchange_folders", lambda *_: False)


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is Linux")
def test_folders_swap_names_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_bytes(b"")
    assert exchange_folders(tmp_path / "one", tmp_path / "other")
    assert os.listdir(tmp_path / "one") == ["other"]
    assert os.listdir(tmp_path / "other") == ["one"]


def test_folders_that_cannot_swap_stay(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    assert not exchange_folders(tmp_path / "one", tmp_path / "missing")
    assert os.listdir(tmp_path) == ["one"]


@pytest.mark.parametrize("lack", ["system", "call"])
def test_system_without_the_call_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lack: str) -> None:
    if lack == "system":
        monkeypatch.setattr("sys.platform", "darwin")
    else:
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    assert not exchange_folders(tmp_path, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is Linux")
def test_no_reader_ever_misses_a_page(site: Path) -> None:
    build(site, OLD)
    finished = Event()
    missed: list[object] = []

    def read() -> None:
        while not finished.is_set():
            try:
                content = (site / "index.html").read_bytes()
            except OSError as error:
                missed.append(error)
            else:
                if content not in (OLD["index.html"], NEW["index.html"]):
                    missed.append(content)

    reader = Thread(target=read)
    reader.start()
    for files in (NEW, OLD) * 10:
        build(site, files)
    finished.set()
    reader.join()
    assert missed == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_new_site_is_safe_on_disk_before_the_exchange_and_the_exchange_after(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def note_sync(descriptor: int) -> None:
        steps.append(re.sub(r"\.tmp-\d+", "", os.readlink(f"/proc/self/fd/{descriptor}")))

    def note_exchange(one: Path, other: Path) -> bool:
        steps.append("exchange")
        return exchange_folders(one, other)

    build(site, OLD)
    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr("gaisite.write.exchange.exchange_folders", note_exchange)
    build(site, {**OLD, "index.html": b"new", "b/index.html": b"new"})
    staged = site.with_name(".site")
    before, after = steps[: steps.index("exchange")], steps[steps.index("exchange") + 1 :]
    names = (MANIFEST, "index.html", "b/index.html", "", "a", "a/2019", "a/2020", "assets", "b", "turn")
    assert set(before) == {str(staged / name) for name in names}
    assert after == [str(site.parent)]


@pytest.mark.usefixtures("no_exchange")
def test_two_renames_do_where_folders_cannot_swap(site: Path) -> None:
    build(site, OLD)
    (site / "theirs").write_bytes(b"theirs")
    build(site, NEW)
    assert tree(site) == {**NEW, "theirs": b"theirs"}
    assert litter(site) == []


@pytest.mark.usefixtures("no_exchange")
def test_old_site_comes_back_where_the_second_rename_fails(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site, OLD)
    renaming = os.rename

    def refuse_the_new_one(old: Path, new: Path) -> None:
        if ".tmp-" in str(old):
            raise PermissionError(errno.EACCES, "Permission denied")
        renaming(old, new)

    monkeypatch.setattr(os, "rename", refuse_the_new_one)
    refused("output-unwritable", lambda: build(site, NEW))
    assert tree(site) == OLD
    assert litter(site) == []


def test_old_site_comes_back_after_a_build_that_died_between_two_renames(site: Path) -> None:
    build(site, OLD)
    os.rename(site, site.with_name(".site.old-99"))
    site.with_name(".site.tmp-99").mkdir()
    with lock_site(site):
        assert tree(site) == OLD
    assert litter(site) == []


def test_leftovers_of_dead_builds_are_removed_and_nothing_else(site: Path) -> None:
    build(site, OLD)
    for name in (".site.tmp-1", ".site.old-2", ".site.tmp-x", ".site.tmp", ".other.tmp-1", "site.tmp-1"):
        (site.parent / name / "deep").mkdir(parents=True)
    site.with_name(".site.tmp-3").write_bytes(b"")
    site.with_name(".site.tmp-4").symlink_to(site)
    build(site, OLD)
    assert sorted(os.listdir(site.parent)) == [".other.tmp-1", ".site.tmp", ".site.tmp-x", "site", "site.tmp-1"]
    assert tree(site) == OLD
