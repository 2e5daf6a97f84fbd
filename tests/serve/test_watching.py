"""What is a save, and what is not."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from gaisite.serve import bell, watching
from gaisite.serve.bell import Bell
from gaisite.serve.watching import LONGEST, PAUSE, Watch


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a" / "2020").mkdir(parents=True)
    (tmp_path / "a" / "2020" / "figures.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "site.yaml").write_text("title: x\n", encoding="utf-8")
    return tmp_path


def names(folder: Path, changes: tuple[str, ...]) -> list[str]:
    return [Path(change).relative_to(folder).as_posix() for change in changes]


def test_nothing_changes_by_itself(folder: Path) -> None:
    watch = Watch([folder, folder / "a", folder / "missing"])
    assert [watch.look() for _ in range(3)] == [()] * 3


def test_every_kind_of_save_is_seen(folder: Path) -> None:
    watch = Watch([folder])
    figures = folder / "a" / "2020" / "figures.yaml"
    figures.write_text("a: 22\n", encoding="utf-8")
    assert names(folder, watch.look()) == ["a/2020/figures.yaml"]
    beside = folder / "new"
    beside.write_text("a: 33\n", encoding="utf-8")
    os.replace(beside, figures)
    assert names(folder, watch.look()) == ["a/2020/figures.yaml"]
    (folder / "a" / "2021").mkdir()
    assert names(folder, watch.look()) == ["a/2021"]
    figures.rename(folder / "a" / "2021" / "figures.yaml")
    assert names(folder, watch.look()) == ["a/2020/figures.yaml", "a/2021/figures.yaml"]
    shutil.rmtree(folder / "a")
    assert names(folder, watch.look()) == ["a", "a/2020", "a/2021", "a/2021/figures.yaml"]
    assert watch.look() == ()


def test_content_brought_from_elsewhere_with_its_old_time_is_seen(folder: Path) -> None:
    site = folder / "site.yaml"
    old = folder.parent / f"{folder.name}.old"
    old.write_text("title: y\n", encoding="utf-8")
    status = site.stat()
    os.utime(old, ns=(status.st_atime_ns, status.st_mtime_ns))
    watch = Watch([folder])
    os.replace(old, site)
    assert names(folder, watch.look()) == ["site.yaml"]


def test_two_saves_within_one_tick_of_the_clock_are_told_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns()
    monkeypatch.setattr(watching, "read_status", lambda path: (9, now, now, 1))
    watch = Watch([folder])
    (folder / "site.yaml").write_text("title: y\n", encoding="utf-8")
    assert names(folder, watch.look()) == ["site.yaml"]
    assert watch.look() == ()


def test_file_that_was_written_long_ago_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "TICK", -3600 * 10**9)
    monkeypatch.setattr(watching, "read_fresh", None)
    watch = Watch([folder])
    assert watch.look() == ()
    (folder / "site.yaml").write_text("title: longer\n", encoding="utf-8")
    assert names(folder, watch.look()) == ["site.yaml"]


def test_file_that_grows_old_without_a_save_is_no_change(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch([folder])
    assert watch.seen.stamps[str(folder / "site.yaml")][1]
    monkeypatch.setattr(watching, "TICK", -3600 * 10**9)
    assert watch.look() == ()
    assert watch.seen.stamps[str(folder / "site.yaml")][1]


@pytest.mark.parametrize("name", [".hidden", ".#lock", "report.md~", "#report.md#", "report.md.swp", "x.tmp", "x.BAK"])
def test_backup_is_no_save(folder: Path, name: str) -> None:
    watch = Watch([folder])
    (folder / name).write_text("x", encoding="utf-8")
    (folder / ".git").mkdir(exist_ok=True)
    (folder / ".git" / "index").write_text("x", encoding="utf-8")
    assert watch.look() == ()


def test_strange_things_are_passed_by(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "nowhere").symlink_to("missing")
    (folder / "round").symlink_to(folder)
    (folder / "large.pdf").write_bytes(b"x" * 100)
    monkeypatch.setattr(watching, "LARGEST", 50)
    watch = Watch([folder, folder / "site.yaml"])
    assert watch.look() == ()
    assert not any("round/" in path for path in watch.seen.stamps)
    (folder / "missing").write_text("x", encoding="utf-8")
    assert names(folder, watch.look()) == ["missing", "nowhere"]


def test_file_that_goes_while_it_is_read_is_no_mistake(folder: Path) -> None:
    assert watching.read_fresh(str(folder / "gone"), (1, 2, 3, 4)) == b""


def test_large_projects_are_looked_at_less_often(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch([folder], Bell([]))
    assert PAUSE <= watch.pause <= LONGEST
    times = iter([0.0, 0.2, 1.0, 9.0])
    monkeypatch.setattr(watching.time, "perf_counter", lambda: next(times))
    watch.look()
    assert watch.pause == pytest.approx(0.6)
    watch.look()
    assert watch.pause == LONGEST


# --- the system's own notice --------------------------------------------------------------------------------------------


class Ringer(Bell):
    """A bell that names what the test says."""

    def __init__(self, *notices: tuple[str, ...] | None) -> None:
        super().__init__([])
        self.rings = True
        self.coming = iter(notices)

    def wait(self, seconds: float, stopping: threading.Event) -> tuple[str, ...] | None:
        return next(self.coming)


NEVER = threading.Event()


def test_only_what_is_named_is_looked_at(folder: Path) -> None:
    figures, site = folder / "a" / "2020" / "figures.yaml", folder / "site.yaml"
    watch = Watch([folder], Ringer((str(figures),), (str(figures),), None))
    figures.write_text("a: 22\n", encoding="utf-8")
    site.write_text("title: y\n", encoding="utf-8")
    assert names(folder, watch.wait(NEVER)) == ["a/2020/figures.yaml"]
    assert watch.wait(NEVER) == ()
    assert names(folder, watch.wait(NEVER)) == ["site.yaml"], "what no notice named, the look finds"


def test_named_folders_are_looked_into(folder: Path) -> None:
    year = folder / "a" / "2020"
    watch = Watch([folder], Ringer((str(folder / "a"),), (str(folder / "a"),), (str(folder / "a"),)))
    (year / "report.md").write_text("x", encoding="utf-8")
    assert names(folder, watch.wait(NEVER)) == ["a/2020/report.md"]
    shutil.rmtree(year)
    assert names(folder, watch.wait(NEVER)) == ["a/2020", "a/2020/figures.yaml", "a/2020/report.md"]
    shutil.rmtree(folder / "a")
    (folder / "a").symlink_to(folder.parent)
    assert watch.wait(NEVER) == (), "what a link leads to is no content"


def test_notices_of_what_is_nobodys_content_are_passed_over(folder: Path) -> None:
    (folder / ".git").mkdir()
    for name in (".git/index", "a/2020/.figures.yaml.swp", "a/figures.yaml~"):
        (folder / name).write_text("x", encoding="utf-8")
    elsewhere = folder.parent / f"{folder.name}.elsewhere"
    elsewhere.write_text("x", encoding="utf-8")
    named = (
        *(str(folder / name) for name in (".git/index", "a/2020/.figures.yaml.swp", "a/figures.yaml~")),
        str(elsewhere),
    )
    assert Watch([folder], Ringer(named)).wait(NEVER) == ()


def test_so_many_notices_at_once_are_a_reason_to_look_at_everything(folder: Path) -> None:
    watch = Watch([folder], Ringer(("/nowhere",) * (watching.MOST_NAMED + 1)))
    (folder / "site.yaml").write_text("title: y\n", encoding="utf-8")
    assert names(folder, watch.wait(NEVER)) == ["site.yaml"]


def test_the_end_of_the_preview_is_no_save(folder: Path) -> None:
    watch = Watch([folder], Bell([]))
    (folder / "site.yaml").write_text("title: y\n", encoding="utf-8")
    ended = threading.Event()
    ended.set()
    assert watch.wait(ended) == ()


def test_save_rings_the_bell(folder: Path) -> None:
    ended = threading.Event()
    listening = Bell([folder, folder / "missing"])
    assert listening.rings
    assert listening.wait(0.2, ended) is None
    threading.Timer(0.2, lambda: (folder / "site.yaml").write_text("title: y\n", encoding="utf-8")).start()
    begun = time.monotonic()
    assert listening.wait(20, ended) == (str(folder / "site.yaml"),)
    assert time.monotonic() - begun < 10
    ended.set()
    begun = time.monotonic()
    assert listening.wait(20, ended) is None
    assert time.monotonic() - begun < 10


def test_bell_that_breaks_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(roots: object, stopping: object) -> object:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(bell, "open_notices", fail)
    listening = Bell([folder])
    assert listening.wait(0.01, NEVER) is None
    assert not listening.rings


def test_without_the_library_no_bell_rings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bell, "find_spec", lambda name: None)
    assert not Bell([folder]).rings
    assert not Bell([]).rings
    assert Watch([folder]).pause < LONGEST
