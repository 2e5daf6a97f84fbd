"""Opening a file to import from: by its kind, within limits, each failure with its reason."""

import hashlib
import zipfile
from collections.abc import Callable, Collection
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from gaisite.findings import ContentError, Place, fault
from gaisite.imports import office
from gaisite.imports.documents import Block, Document

LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read."""
UNPACKED = 512 * 1024 * 1024
"""Bytes that an office file may have when it is unpacked."""
RATIO = 200
"""How many times its size a part of it may have then."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of office files before 2007, and of encrypted ones after."""

Links = tuple[tuple[str, str], ...]
OLD_WORD = frozenset({".doc", ".wps"})
PACKED = frozenset({".docx", ".docm", ".xlsx", ".xlsm"})
PAGES = frozenset({".html", ".htm"})
KINDS = frozenset({*PACKED, *OLD_WORD, *PAGES, ".xls", ".txt", ".md", ".pdf"})
EXTRAS = {
    "office": ({*PACKED, *OLD_WORD, *PAGES, ".xls"}, ("docx", "lxml", "openpyxl", "python_calamine")),
    "pdf": ({".pdf"}, ("pdfplumber",)),
}
"""By extra: the kinds of file that it reads, and the modules that it brings."""


def open_document(path: Path, letters: Collection[str]) -> Document:
    """What a file holds; ContentError where it cannot be read, with the reason.

    `letters` are the labels of the forms, in their letters alone.
    """
    place = Place(file=path.name)
    raw = read_bytes(path, place)
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise fault("import-kind", place, found=kind or path.name, known=", ".join(sorted(KINDS)))
    guard(raw, kind, place)
    try:
        blocks, links = read_blocks(raw, kind, letters, place)
    except ContentError:
        raise
    except Exception as error:
        # Damaged files make libraries fail in every way there is.
        raise explain(error, place) from error
    return Document(name=path.name, sha256=hashlib.sha256(raw).hexdigest(), blocks=blocks, links=links)


def read_bytes(path: Path, place: Place) -> bytes:
    """The bytes of a file; ContentError where they cannot be had or are too many."""
    try:
        if not path.is_file():
            raise fault("import-missing", place)
        if path.stat().st_size > LARGEST:
            raise fault("import-large", place, limit=LARGEST // 1024 // 1024)
        return path.read_bytes()
    except OSError as error:
        raise fault("file-unreadable", place, reason=error.strerror or str(error)) from error


def guard(raw: bytes, kind: str, place: Place) -> None:
    """Refuse what cannot be read here, is encrypted, is no such file at all, or would burst."""
    for extra, (kinds, modules) in EXTRAS.items():
        if kind in kinds and any(find_spec(module) is None for module in modules):
            raise fault("import-extra", place, extra=extra)
    if kind in PACKED:
        guard_archive(raw, place)


def guard_archive(raw: bytes, place: Place) -> None:
    """Refuse an archive that is none, or that is too large unpacked."""
    if raw.startswith(OLE):
        raise fault("import-encrypted", place)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise fault("import-damaged", place, reason=str(error)) from error
    bursting = (each for each in parts if each.file_size > RATIO * max(each.compress_size, 5000))
    if sum(part.file_size for part in parts) > UNPACKED or any(bursting):
        raise fault("import-large", place, limit=UNPACKED // 1024 // 1024)


def read_blocks(raw: bytes, kind: str, letters: Collection[str], place: Place) -> tuple[tuple[Block, ...], Links]:
    """The paragraphs and tables of a file, and where its links lead."""
    if kind in (".txt", ".md"):
        from gaisite.imports.texts import read_text

        if b"<table" in raw.lower():
            return read_page(raw)
        return read_text(raw, letters, marked=kind == ".md"), ()
    if kind in PAGES:
        return read_page(raw)
    return find_reader(kind, place)(raw), ()


def read_page(raw: bytes) -> tuple[tuple[Block, ...], Links]:
    """A web page."""
    from gaisite.imports.html import read_html

    return read_html(raw)


def find_reader(kind: str, place: Place) -> Callable[[bytes], tuple[Block, ...]]:
    """What reads a kind of office file; ContentError where a program is missing."""
    if kind == ".pdf":
        from gaisite.imports.pdf import read_pdf

        return read_pdf
    if kind in (".docx", ".docm"):
        from gaisite.imports.words import read_word

        return read_word
    if kind in OLD_WORD:
        from gaisite.imports.legacy import read_old_word

        program = office.find_program()
        if not program:
            raise fault("import-program", place)
        return lambda raw: read_old_word(raw, program)
    from gaisite.imports.sheets import read_old_workbook, read_workbook

    return read_old_workbook if kind == ".xls" else read_workbook


def explain(error: Exception, place: Place) -> ContentError:
    """Why a file could not be read, as a finding."""
    at = getattr(error, "at", "")
    if at:
        return fault("import-formula", place, at, cell=at)
    # By the names of the exceptions, since the modules of the readers may not be installed.
    match type(error).__name__:
        case "NoText":
            return fault("import-scan", place)
        case "TooLarge" | "TooLong":
            return fault("import-large", place, limit="")
        case "PDFPasswordIncorrect":
            return fault("import-encrypted", place)
        case "NoWriter":
            return fault("import-program", place)
        case name:
            return fault("import-damaged", place, reason=f"{name}: {error}"[:200])
