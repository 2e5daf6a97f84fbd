"""LibreOffice: where it is, and whether its files say that it opens texts. It is not started for that."""

import os
import shutil
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
REGISTRIES = ("share/registry", "share/.registry", "Resources/registry")
"""Where an installation keeps a file for each of its parts: on Linux and Windows, with Debian, on macOS."""
ANY, WRITER = "main.xcd", "writer.xcd"


def find_program() -> str:
    """The path of LibreOffice; empty where it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


def has_writer(program: str) -> bool | None:
    """Whether an installation has Writer, without which it opens no text; None where its files do not tell."""
    root = Path(os.path.realpath(program)).parent.parent
    found = [root / registry for registry in REGISTRIES if (root / registry / ANY).is_file()]
    return any((registry / WRITER).is_file() for registry in found) if found else None
