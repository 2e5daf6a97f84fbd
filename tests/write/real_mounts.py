"""Run in a name space of its own, with real mounts: builds two sites and one that does not fit on the disk."""

import os
import sys
from pathlib import Path

from gaisite.write.mounts import has_mount_point
from tests.write.sites import NEW, OLD, build, litter, refused, tree


def main(site: Path, where: str) -> None:
    assert has_mount_point(site) == (where != "none")
    before = site.stat().st_ino
    # A folder that someone mounted there is not ours.
    build(site, OLD, force=where == "inside")
    (site / "a/theirs").write_bytes(b"theirs")
    build(site, NEW)
    expected = {**NEW, "a/theirs": b"theirs"}
    assert tree(site) == expected
    assert (site.stat().st_ino == before) == (where != "none")
    if where in ("another disk", "none"):
        refused("output-unwritable", lambda: build(site, {**OLD, "big": os.urandom(2_000_000)}))
        assert tree(site) == expected
    assert litter(site) == []


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
