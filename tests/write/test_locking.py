"""One build at a time."""

import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from gaisite.findings import ContentError
from gaisite.write import lock_site
from tests.write.sites import OLD, build, litter, refused, tree

HOLD = """
import os, sys, time
from pathlib import Path
from gaisite.write import lock_site
with lock_site(Path(sys.argv[1])):
    if sys.argv[2:]:
        if os.fork() == 0:
            print(os.getpid(), flush=True)
            time.sleep(60)
            os._exit(0)
    else:
        print("held", flush=True)
    time.sleep(60)
"""


def hold(site: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(site), *options], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def enter(site: Path) -> None:
    with lock_site(site):
        pass


def test_second_build_is_refused_with_the_process_id_of_the_first(site: Path) -> None:
    process, _ = hold(site)
    try:
        facts = refused("output-locked", lambda: build(site, OLD))
    finally:
        kill(process)
    assert (facts["pid"], facts["folder"]) == (str(process.pid), site.as_posix())


def test_lock_dies_with_its_process(site: Path) -> None:
    process, _ = hold(site)
    kill(process)
    build(site, OLD)
    assert litter(site) == []


def test_worker_that_outlives_a_killed_build_does_not_keep_the_lock(site: Path) -> None:
    process, worker = hold(site, "with a worker")
    process.kill()
    process.wait()
    try:
        build(site, OLD)
    finally:
        os.kill(int(worker), 9)
        kill(process)


def test_lock_holds_within_one_process_too(site: Path) -> None:
    with lock_site(site):
        assert refused("output-locked", lambda: enter(site))["pid"] == str(os.getpid())
    enter(site)


def test_lock_of_one_site_leaves_another_alone(site: Path) -> None:
    with lock_site(site):
        enter(site.with_name("other"))


def test_two_names_of_one_folder_have_one_lock(site: Path, tmp_path: Path) -> None:
    site.mkdir()
    (tmp_path / "link").symlink_to(site)
    with lock_site(site):
        refused("output-locked", lambda: enter(tmp_path / "link"))


def test_lock_leaves_no_file_behind_even_after_an_error(site: Path) -> None:
    with pytest.raises(ZeroDivisionError), lock_site(site):
        _ = 1 / 0
    assert litter(site) == []


def test_lock_without_a_process_id_yet_is_named_all_the_same(site: Path) -> None:
    with lock_site(site):
        next(site.parent.glob(".site.lock")).write_bytes(b"")
        assert refused("output-locked", lambda: enter(site))["pid"] == "?"


def test_lock_file_that_vanishes_while_it_is_taken_is_made_anew(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = os.open
    vanished: list[Path] = []

    def open_and_lose(path: Path, *options: int, **more: int) -> int:
        descriptor = opening(path, *options, **more)
        if str(path).endswith(".lock") and not vanished:
            vanished.append(path)
            os.unlink(path)
        return descriptor

    monkeypatch.setattr(os, "open", open_and_lose)
    with lock_site(site):
        assert len(vanished) == 1
        refused("output-locked", lambda: enter(site))


def test_many_builds_at_once_take_turns_and_leave_a_whole_site(site: Path) -> None:
    done = []

    def build_until_done() -> None:
        for _ in range(500):
            try:
                build(site, OLD)
            except ContentError as error:
                assert error.finding.check == "output-locked"
                time.sleep(0.01)
            else:
                done.append(1)
                return

    threads = [Thread(target=build_until_done) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(threads)
    assert tree(site) == OLD
    assert litter(site) == []


def test_place_for_the_lock_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    refused("output-unwritable", lambda: enter(tmp_path / "file" / "site"))
