"""Word files before 2007 and those of WPS: turned into .docx by LibreOffice, where that is installed."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from gaisite.imports.documents import Block
from gaisite.imports.words import read_word

PROGRAMS = ("soffice", "libreoffice")
PATIENCE = 120
"""Seconds that a file may take."""


class NotConverted(ValueError):
    """LibreOffice did not make anything of a file."""


def find_program() -> str:
    """The path of LibreOffice; empty where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


def read_old_word(raw: bytes, program: str) -> tuple[Block, ...]:
    """What an old Word file holds; NotConverted where LibreOffice cannot read it, TimeoutExpired where it is too slow.

    It runs with a profile of its own, which has no macros, and is thrown away.
    """
    with TemporaryDirectory(prefix="gaisite-import-") as folder:
        source = Path(folder) / "report.doc"
        source.write_bytes(raw)
        profile = (Path(folder) / "profile").as_uri()
        options = [
            f"-env:UserInstallation={profile}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx:MS Word 2007 XML",
        ]
        command = [program, *options, "--outdir", folder, str(source)]
        subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)  # noqa: S603 - no shell, our own file
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise NotConverted("LibreOffice")
        return read_word(made.read_bytes())
