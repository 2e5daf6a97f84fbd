"""Opening a content file: only regular files inside the project, of a bearable size, in UTF-8."""

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Place, fault

MAX_BYTES = 8 * 1024 * 1024
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Line ends and other control characters, and the bytes of a name that is not in UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of a file, and the name under which findings speak of it."""

    file: str
    """Path from the project folder, with `/`."""
    text: str

    def place(self, line: int = 0, column: int = 0, length: int = 1) -> Place:
        """A place in this file."""
        return Place(file=self.file, line=line, column=column, length=length)


def name_file(path: Path, project: Path) -> str:
    """The name of a file in findings: from the project folder where it lies in it, with `/`."""
    return printable((path.relative_to(project) if path.is_relative_to(project) else path).as_posix())


def printable(name: str) -> str:
    """A file's name as any terminal and file can hold it: what is no text in it replaced."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", name)


def open_regular(path: Path, project: Path) -> os.stat_result:
    """The status of a file that may be read.

    Raises ContentError for a missing file, a pipe or device (never opened), and a link out of the project.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        raise fault("file-missing", place_file(path, project)) from None
    except OSError as error:
        raise fault("file-unreadable", place_file(path, project), reason=error.strerror or str(error)) from None
    if not stat.S_ISREG(status.st_mode):
        raise fault("file-special", place_file(path, project))
    if path.is_relative_to(project) and not path.resolve().is_relative_to(project.resolve()):
        raise fault("file-outside", place_file(path, project), target=resolve_link(path))
    return status


def place_file(path: Path, project: Path) -> Place:
    """A whole file as a place."""
    return Place(file=name_file(path, project))


def resolve_link(path: Path) -> str:
    """Where a link leads, for the message; `Path.resolve` fails on a ring of links."""
    return printable(Path(os.path.realpath(path)).as_posix())


def read_bytes(path: Path, project: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file of at most `limit` bytes; ContentError as `open_regular`."""
    status = open_regular(path, project)
    if status.st_size > limit:
        raise fault("file-too-large", place_file(path, project), size=status.st_size, limit=limit)
    try:
        return path.read_bytes()
    except OSError as error:
        raise fault("file-unreadable", place_file(path, project), reason=error.strerror or str(error)) from None


def hash_file(path: Path, project: Path) -> str:
    """The sha256 of a file of any size, read in pieces; ContentError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        place = Place(file=name_file(path, project))
        raise fault("file-unreadable", place, reason=error.strerror or str(error)) from None


def decode(content: bytes, file: str) -> Source:
    """The text of a UTF-8 file, without its byte order mark; ContentError names the encoding it may be in."""
    try:
        return Source(file=file, text=content.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise fault("file-encoding", Place(file=file, line=line), guess=guess_encoding(content)) from None


def guess_encoding(content: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8, for the message only."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GB18030"


def read_source(path: Path, project: Path) -> Source:
    """The text of a content file; ContentError where it cannot be read."""
    return decode(read_bytes(path, project), name_file(path, project))
