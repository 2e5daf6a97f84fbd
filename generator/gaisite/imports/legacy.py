"""Word files before 2007 and those of WPS: turned into .docx by LibreOffice, where that is installed."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from gaisite.imports.documents import Block
from gaisite.imports.words import read_word

PATIENCE = 120
"""Seconds that a file may take."""


class NotConverted(ValueError):
    """LibreOffice did not make anything of a file."""


class NoWriter(ValueError):
    """This LibreOffice has no Writer, without which it opens no text at all."""


def read_old_word(raw: bytes, program: str) -> tuple[Block, ...]:
    """What an old Word file holds.

    NotConverted where LibreOffice cannot read it, NoWriter where it could read none,
    TimeoutExpired where it is too slow.
    """
    with TemporaryDirectory(prefix="gaisite-import-") as folder:
        source = Path(folder) / "report.doc"
        source.write_bytes(raw)
        made = convert(source, "docx:MS Word 2007 XML", program)
        if made is None:
            raise NotConverted("LibreOffice") if opens_texts(program) else NoWriter
        return read_word(made.read_bytes())


def opens_texts(program: str) -> bool:
    """Whether a LibreOffice has Writer: one that was installed for tables alone ends well and makes nothing."""
    with TemporaryDirectory(prefix="gaisite-import-") as folder:
        source = Path(folder) / "probe.txt"
        source.write_text("gaisite\n", encoding="utf-8")
        return convert(source, "docx:MS Word 2007 XML", program) is not None


def convert(source: Path, kind: str, program: str) -> Path | None:
    """A file as LibreOffice writes it in another format, beside it; None where it makes nothing of it.

    It runs with a profile of its own, which has no macros and which no other LibreOffice holds, and is thrown away.
    """
    with TemporaryDirectory(prefix="gaisite-profile-") as profile:
        options = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore", "--convert-to", kind]
        command = [program, *options, "--outdir", str(source.parent), str(source)]
        subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)  # noqa: S603 - no shell, our own file
    made = source.with_suffix("." + kind.partition(":")[0])
    return made if made.is_file() else None
