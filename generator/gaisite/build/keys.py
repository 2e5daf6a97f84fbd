"""Keys: one hash over all that an agency's pages depend on. Same key, same pages."""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from gaisite.read.files import MAX_BYTES
from gaisite.read.folders import AgencyFolder
from gaisite.read.places import PACKAGE

PIECE = 1024 * 1024
CODE = frozenset({".py", ".yaml"})
LIBRARIES = (
    *("jinja2", "lxml", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mdurl", "pikepdf", "pyarrow", "pydyf"),
    *("python-docx", "pyyaml", "weasyprint", "xlsxwriter"),
)
NARRATIVES = ("report.md", "published.json")
"""The files that hold a narrative, or an earlier one."""
LEADING_OUT = re.compile(rb"\.\.|%2e|\\\.|&", re.IGNORECASE)
"""In a narrative: perhaps a link to another folder, which is wrong once nothing is there."""


@cache
def hash_code() -> str:
    """The sha256 over gaisite itself and the libraries that write files: another version makes others."""
    code = hash_paths((path for path in PACKAGE.rglob("*") if path.suffix in CODE), PACKAGE)
    return "\0".join((code, *map(find_version, LIBRARIES)))


def find_version(library: str) -> str:
    """The version of a library; empty where it is not installed, as those of extras need not be."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def hash_paths(paths: Iterable[Path], folder: Path) -> str:
    """The sha256 over the contents of files and their paths in a folder; a missing file counts as such."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(os.fsencode(path.relative_to(folder)) + b"\0" + hash_content(path))
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


def tell_kind(path: Path) -> bytes:
    """What a file is: a pipe is as empty as some files are, and a link may lead to the same content elsewhere.

    Of a link to a link, the last is what may have come to lead out of the project.
    """
    try:
        mode = path.lstat().st_mode
        return b"link " + os.fsencode(os.path.realpath(path)) if stat.S_ISLNK(mode) else str(stat.S_IFMT(mode)).encode()
    except OSError:
        return b"nothing"


def list_sources(folder: AgencyFolder) -> Iterator[tuple[str, Path]]:
    """The files of an agency's own folder, each with its path in it."""
    yield "agency.yaml", folder.path / "agency.yaml"
    for year in folder.years:
        yield from ((f"{year.path.name}/{name}", year.path / name) for name in year.files)


def list_names(folders: Iterable[AgencyFolder]) -> str:
    """Every agency, year and file that a link may lead to."""
    names = ((folder.id, *((year.year, *year.files) for year in folder.years)) for folder in folders)
    return "\0".join(map(repr, names))


def hash_source(name: str, path: Path) -> tuple[bytes, bool]:
    """The sha256 of a file of an agency, and whether it may link to what lies outside the agency's folder.

    Only a narrative does. It is read once for both, unless it has more bytes than a narrative may have.
    """
    if name.rpartition("/")[2] not in NARRATIVES:
        return hash_content(path), False
    start = read_start(path)
    whole = 0 < len(start) < MAX_BYTES
    return hashlib.sha256(start).digest() if whole else hash_content(path), LEADING_OUT.search(start) is not None


def read_start(path: Path) -> bytes:
    """The first bytes of a file, as many as a narrative may have; none where it cannot be read."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(MAX_BYTES)
    except OSError:
        pass
    return b""


class OwnFiles(NamedTuple):
    """An agency's own files, for its key."""

    digest: str
    """Over their names, kinds and contents."""
    leads_out: bool
    """Whether a narrative may link to what lies outside the agency's folder."""


UNREAD = OwnFiles(digest="", leads_out=False)


def hash_own(folder: AgencyFolder) -> OwnFiles:
    """An agency's own files, read for its key."""
    digest = hashlib.sha256(list_names([folder]).encode())
    leads_out = False
    for name, path in list_sources(folder):
        content, leads = hash_source(name, path)
        digest.update(b"\0" + name.encode() + b"\0" + tell_kind(path) + content)
        leads_out = leads_out or leads
    return OwnFiles(digest.hexdigest(), leads_out)


def hash_ancestor(ancestor: AgencyFolder) -> bytes:
    """What an agency's pages depend on of one above it, for its key."""
    path = ancestor.path / "agency.yaml"
    return b"\0^" + ancestor.id.encode() + b"\0" + tell_kind(path) + hash_content(path)


def make_key(
    common: str, own: OwnFiles, ancestors: Iterable[bytes], children: Iterable[str], names: Callable[[], str]
) -> str:
    """The key of an agency: its own files, its ancestors' names, its children's summaries, what all share.

    `names` are those of everything in the portal: only an agency whose narratives may link to it depends on them.
    """
    digest = hashlib.sha256(common.encode())
    digest.update(own.digest.encode())
    if own.leads_out:
        digest.update(b"\0" + names().encode())
    for ancestor in ancestors:
        digest.update(ancestor)
    for child in children:
        digest.update(b"\0v" + child.encode())
    return digest.hexdigest()
