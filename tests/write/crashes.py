"""Kills a build at each of its steps on the disk in turn, and looks at what is left: `crashes.py MODE FOLDER`."""

import os
import shutil
import sys
from pathlib import Path

from gaisite.write import lock_site
from tests.write.modes import put_by
from tests.write.sites import NEW, OLD, build, litter, tree

STEPS = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "open", "os.symlink", "ctypes.dlopen"}
THEIRS = {"theirs": b"theirs", "a/2019/theirs": b"theirs", "uploads/": "/"}


def main(mode: str, folder: Path) -> None:
    site = folder / "site"
    step = 1
    with put_by(mode, site):
        while crash_at(step, site, mode):
            step += 1
    assert step > 30, step
    print(step)


def crash_at(step: int, site: Path, mode: str) -> bool:
    """Build the new site over an old one up to a step; False where the build was through before."""
    shutil.rmtree(site.parent, ignore_errors=True)
    site.mkdir(parents=True)
    build(site, OLD)
    for path in ("theirs", "a/2019/theirs"):
        (site / path).write_bytes(b"theirs")
    (site / "uploads").mkdir()
    worker = os.fork()
    if worker == 0:
        build_until(step, site)
    _, status = os.waitpid(worker, 0)
    look_at_remains(site, mode)
    build(site, NEW)
    assert tree(site) == {**NEW, **THEIRS}
    assert litter(site) == []
    assert os.waitstatus_to_exitcode(status) in (0, 9)
    return os.waitstatus_to_exitcode(status) == 9


def build_until(step: int, site: Path) -> None:
    left = step

    def count(event: str, _: object) -> None:
        nonlocal left
        left -= event in STEPS
        if left <= 0:
            os._exit(9)

    sys.addaudithook(count)
    build(site, NEW)
    os._exit(0)


def look_at_remains(site: Path, mode: str) -> None:
    if mode == "exchange":
        assert tree(site) in ({**OLD, **THEIRS}, {**NEW, **THEIRS})
    with lock_site(site):
        assert litter(site) == [".site.lock"] * (2 if mode == "in place" else 1) or mode == "in place"
        if mode == "in place":
            assert tree(site).items() >= THEIRS.items()
        else:
            assert tree(site) in ({**OLD, **THEIRS}, {**NEW, **THEIRS})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
