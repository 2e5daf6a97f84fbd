"""Keys: one hash over all that an agency's pages depend on. Same key, same pages."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from gaisite.build.cache import encode_summary, hash_body
from gaisite.model.summary import AgencySummary
from gaisite.read.folders import AgencyFolder

PIECE = 1024 * 1024
CODE = frozenset({".py", ".yaml"})


@cache
def hash_code() -> str:
    """The sha256 over gaisite itself: another version makes other pages."""
    return hash_paths(path for path in Path(__file__).resolve().parent.parent.rglob("*") if path.suffix in CODE)


def hash_paths(paths: Iterable[Path]) -> str:
    """The sha256 over the contents of files, in the order of their paths; a missing file counts as such."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + hash_content(path))
    return digest.hexdigest()


def hash_content(path: Path) -> bytes:
    """The sha256 of a file, read in pieces; of nothing where it cannot be read or is no regular file."""
    digest = hashlib.sha256()
    try:
        if path.is_file():
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
    except OSError:
        return b"unreadable"
    return digest.digest()


def list_sources(folder: AgencyFolder) -> list[Path]:
    """The files of an agency's own folder."""
    files = [folder.path / "agency.yaml"]
    for year in folder.years:
        files.extend(year.path / name for name in year.files)
    return files


def make_key(
    common: str, folder: AgencyFolder, ancestors: Sequence[AgencyFolder], children: Sequence[AgencySummary]
) -> str:
    """The key of an agency: its own files, its ancestors' names, its children's summaries, what all share."""
    digest = hashlib.sha256(common.encode())
    for path in list_sources(folder):
        digest.update(b"\0" + path.relative_to(folder.path).as_posix().encode() + b"\0" + hash_content(path))
    for ancestor in ancestors:
        digest.update(b"\0^" + ancestor.id.encode() + b"\0" + hash_content(ancestor.path / "agency.yaml"))
    for child in children:
        digest.update(b"\0v" + hash_body(encode_summary(child)).encode())
    return digest.hexdigest()
