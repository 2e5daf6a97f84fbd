"""Links and pictures of a narrative, judged as a browser will read them, by what the content holds."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gaisite.findings import Place, fault
from gaisite.read.folders import RESERVED, is_slug

OUTWARD = re.compile(r"https?://[^/?#]|mailto:.|tel:.", re.IGNORECASE)
NOT_RELATIVE = re.compile(r"$|/|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
DISGUISED = re.compile(r"%2f|%5c|\\|%[01][0-9a-f]|%7f", re.IGNORECASE)
"""Separators and control characters that a server may read otherwise than the one who checks."""
PAGE_SOURCES = ("report.md", "figures.yaml", "agency.yaml", "site.yaml")
"""A content folder that has one of these has a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFolder:
    """Where a narrative lies, and what its relative links may reach."""

    folder: Path
    content: Path
    """The project's content folder; whatever lies outside is not published."""
    lead: str = ""
    """From the page to where the narrative's addresses begin; `../` where the page lies deeper than its narrative."""

    def find(self, relative: str) -> Path | None:
        """The path that a relative address means, there or not; None where it leads out of the content."""
        path = Path(os.path.abspath(self.folder / relative))
        return path if path.is_relative_to(os.path.abspath(self.content)) else None

    def is_page(self, path: Path) -> bool:
        """Whether a path is that of a page of the portal's own, `content/pages/about.md`."""
        pages = Path(os.path.abspath(self.content)) / "pages"
        # A dot before the ending is that of a language: about.en.md is no page of its own.
        named = "." not in path.stem and is_slug(path.stem) and path.stem.lower() not in RESERVED
        return path.parent == pages and path.suffix == ".md" and named and path.is_file()

    def exists(self, relative: str) -> bool:
        """Whether a relative address leads to something published: an attachment, or a folder that has a page."""
        path = self.find(relative)
        try:
            real = path.resolve(strict=True) if path else None
        except (OSError, ValueError, RuntimeError):  # a name too long for the system, a ring of symbolic links
            return False
        if path is None or real is None or not real.is_relative_to(self.content.resolve()):
            return False
        parts = path.relative_to(os.path.abspath(self.content)).parts
        if any(part.startswith(".") for part in parts):
            return False
        if real.is_dir():
            return any((real / name).is_file() for name in PAGE_SOURCES)
        return real.is_file() and "files" in parts[:-1] and not relative.endswith("/")


def is_address(url: str) -> bool:
    """Whether programs take for an address what looks like one: brackets and port may be such as none can have."""
    try:
        port = urlsplit(url).port
    except ValueError:
        return False
    return port != 0


def resolve_link(address: str, folder: LinkFolder, place: Place) -> str:
    """The address to print: that of a folder names its page, so that the site works without a server.

    Raises ContentError for an address that is not allowed, or leads to nothing published.
    """
    if address.startswith("#") or (OUTWARD.match(address) and is_address(address)):
        return address
    path = read_path(address)
    if path is None or folder.find(unquote(path)) is None:
        raise fault("link-refused", place, address=address)
    tail = address[len(path) :]
    if path.rpartition("/")[2] == "index.html":
        path = path.removesuffix("index.html")
    target = folder.find(unquote(path))
    if target is not None and folder.is_page(target):
        return folder.lead + lead_to_page(path) + tail
    if target is None or not folder.exists(unquote(path)):
        raise fault("link-missing", place, address=address)
    if not target.is_dir():
        return folder.lead + address
    return folder.lead + path + ("" if path.endswith("/") or not path else "/") + "index.html" + tail


def lead_to_page(path: str) -> str:
    """The address of a page of the portal's own, by that of its file: it lies beside the folder that its file is in."""
    folder, _, name = path.rpartition("/")
    above = folder.removesuffix("pages") if folder.endswith("pages") else "../"
    return f"{above}{name.removesuffix('.md')}/index.html"


def check_image(address: str, folder: LinkFolder, place: Place) -> None:
    """Raise ContentError for a picture that is not an attachment of this very report."""
    path = read_path(address)
    target = None if path is None else folder.find(unquote(path))
    if path is None or target is None or not target.is_relative_to(os.path.abspath(folder.folder)):
        raise fault("image-refused", place, address=address)
    if target.is_dir() or not folder.exists(unquote(path)):
        raise fault("link-missing", place, address=address)


def read_path(address: str) -> str | None:
    """The path of a relative address; None where it is none, or not what it seems."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    return None if NOT_RELATIVE.match(path) or DISGUISED.search(path) else path
