"""Sites to write and look at in the tests of the write stage."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from gaisite.findings import ContentError, Fact
from gaisite.write import MANIFEST, Output, Written, lock_site, write_site

OLD = {
    "index.html": b"old home",
    "assets/site.css": b"old look",
    "a/index.html": b"old agency",
    "a/2020/index.html": b"the same in both",
    "a/2019/index.html": b"only in the old one",
    "shape": b"a file in the old one",
    "turn/index.html": b"a folder in the old one",
}
NEW = {
    "index.html": b"new home",
    "assets/site.css": b"new look",
    "a/index.html": b"new agency",
    "a/2020/index.html": b"the same in both",
    "a/2021/index.html": b"only in the new one",
    "shape/index.html": b"a folder in the new one",
    "turn": b"a file in the new one",
    "sitemap.xml": b"only in the new one",
}


def outputs_of(files: Mapping[str, bytes]) -> list[Output]:
    return [Output(path=path, content=content, origin=f"content/{path}") for path, content in files.items()]


def build(site: Path, files: Mapping[str, bytes] | Iterable[Output], *, force: bool = False) -> Written:
    outputs = outputs_of(files) if isinstance(files, Mapping) else files
    with lock_site(site) as lock:
        return write_site(site, outputs, force=force, lock=lock)


def tree(site: Path) -> dict[str, bytes | str]:
    """Every file (its bytes), link (`-> target`) and empty folder (`/`) but the manifest."""
    found: dict[str, bytes | str] = {}
    for folder, folders, names in os.walk(site):
        for path in (Path(folder, name) for name in folders + names):
            key = path.relative_to(site).as_posix()
            if path.is_symlink():
                found[key] = f"-> {path.readlink()}"
            elif path.is_file():
                found[key] = path.read_bytes()
            elif path.is_dir() and not any(path.iterdir()):
                found[f"{key}/"] = "/"
    found.pop(MANIFEST, None)
    return found


def state(site: Path) -> dict[Path, tuple[int, ...]]:
    """What a change to any file or folder would change; reading one would not."""
    every = {path: path.lstat() for path in [site, *site.rglob("*")]}
    return {path: (found.st_ino, found.st_mode, found.st_nlink, found.st_ctime_ns) for path, found in every.items()}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def kept(path: str, content: bytes) -> Output:
    return Output(path=path, digest=sha256(content))


def litter(site: Path) -> list[str]:
    """What lies beside the site, or inside, that is gaisite's own and should be gone after a build."""
    beside = [path.name for path in site.parent.iterdir() if path.name.startswith(f".{site.name}.")]
    return beside + [path.name for path in site.rglob(f".{site.name}.*")]


def refused(check: str, act: Callable[[], object]) -> dict[str, Fact]:
    """The facts of the fault that an act must raise."""
    with pytest.raises(ContentError) as caught:
        act()
    assert caught.value.finding.check == check
    return {"place": caught.value.finding.place.file, **dict(caught.value.finding.facts)}
