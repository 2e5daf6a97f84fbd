"""Which files a report may attach: documents, tables and pictures, nothing that a browser or a server would run."""

import re
from collections.abc import Collection

USUAL = frozenset(
    {
        *("pdf", "ofd", "ceb"),
        *("doc", "docx", "wps", "rtf", "odt"),
        *("xls", "xlsx", "et", "ods", "csv"),
        *("ppt", "pptx", "dps", "odp"),
        *("txt", "zip", "rar", "7z"),
        *("png", "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff"),
    }
)
"""The endings of files that offices attach: no pages, no drawings that may hold a script, no files with macros."""
ENDING = re.compile(r"[a-z0-9]{1,10}")
"""What a portal may allow besides."""
RUN = re.compile(r"ph(p[0-9]?|tml|ar)|[sx]?html?|shtm|cgi|pl|py|(asp|jsp)x?")
"""Endings by which some web servers run a file, or take it for a page, though another follows: `a.php.pdf`."""


def name_ending(path: str) -> str:
    """The ending of a file's name in small letters, without the full stop; empty where it has none."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    return ending.lower() if stem else ""


def is_attachable(path: str, endings: Collection[str]) -> bool:
    """Whether a file of a report may be published: its ending is one of these, and none before it would be run."""
    inner = path.rpartition("/")[2].lower().split(".")[1:-1]
    return name_ending(path) in endings and not any(RUN.fullmatch(part) for part in inner)
