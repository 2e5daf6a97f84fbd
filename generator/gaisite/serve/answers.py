"""What an address shows: a page or a file of the site, newer pages before older ones, and how a page tells its age."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from gaisite.serve.media import find_type
from gaisite.serve.overlay import write_missing_page, write_overlay, write_trouble_page
from gaisite.serve.safety import find_folder, open_file, split_path
from gaisite.serve.workshop import Shown

PAGE_TYPE = "text/html"
STYLE = re.compile(rb"(assets/[a-z]+)\.([0-9a-f]{12})(\.css)")
"""A style sheet under its name in the site, which has its content's hash in it."""
ASSET = re.compile(r"(?P<start>(?:.*/)?assets/[a-z]+\.)[0-9a-f]{12}(?P<end>\.(?:css|js))")
LENGTH = 16


@dataclass(slots=True, kw_only=True)
class Serving:
    """What the handlers share; changed on the event loop only."""

    root: Path
    host: str
    port: int
    language: str
    mount: str = ""
    """The path of the folder in which the published site will lie, with `/` at both ends: 404.html links to it."""
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address shows: one of the three."""

    status: int = 200
    location: str = ""
    """Where to look instead."""
    file: BinaryIO | None = None
    """Sent as it is, and to be closed."""
    page: bytes = b""
    covered: bool = True
    """Whether the overlay may lie over the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """What a page shows, in short: pages of the same age are the same."""

    page: str
    """Of all but the style sheet's name."""
    style: str
    """Of the style sheet's name."""

    def __str__(self) -> str:
        """As the page carries it, and sends it back; never like a number, which the browser would round."""
        return f"p{self.page}-{self.style}"

    @classmethod
    def read(cls, text: str) -> "Age":
        """The age that a page sent."""
        page, _, style = text.removeprefix("p").partition("-")
        return cls(page=page, style=style)


def find_answer(serving: Serving, path: str) -> Answer:
    """What the path of a request shows."""
    for each in list_paths(serving, path):
        found = find_fresh(serving, each) or find_file(serving, each)
        if found is not None:
            return found
    return find_missing(serving)


def list_paths(serving: Serving, path: str) -> Iterator[str]:
    """The paths that a request may mean: the site lies at `/`, and also where it will lie when it is published."""
    mount = serving.mount
    yield path
    if mount.endswith("/") and path.startswith(mount):
        yield path[len(mount) - 1 :]


def find_fresh(serving: Serving, path: str) -> Answer | None:
    """A page that is newer than the site, while the rest of it is still being built."""
    parts = split_path(path)
    if parts is None or not serving.shown.fresh:
        return None
    name = "/".join(parts) if parts[-1] else "/".join([*parts[:-1], "index.html"])
    content = serving.shown.fresh.get(name)
    return None if content is None or not find_type(name).startswith(PAGE_TYPE) else Answer(page=content)


def find_file(serving: Serving, path: str) -> Answer | None:
    """A file of the site, or the folder that is meant; None where there is neither."""
    folder = find_folder(serving.root, path)
    if folder is not None:
        return Answer(status=302, location=folder)
    file = open_file(serving.root, path) or open_renamed(serving.root, path)
    if file is None or not find_type(file.name).startswith(PAGE_TYPE):
        return None if file is None else Answer(file=file)
    with file:
        return Answer(page=file.read())


def open_renamed(root: Path, path: str) -> BinaryIO | None:
    """A style sheet or script that a page asks for by the name it had: the one that took its place."""
    named = ASSET.fullmatch(path)
    if named is None:
        return None
    start, end = named["start"], named["end"]
    folder, _, prefix = start.rpartition("/")
    try:
        names = sorted(each.name for each in root.joinpath(*(split_path(f"{folder}/") or ())).iterdir())
    except OSError:
        return None
    now = [name for name in names if ASSET.fullmatch(f"assets/{name}") and name.startswith(prefix)]
    return next((open_file(root, f"{folder}/{name}") for name in now if name.endswith(end)), None)


def find_missing(serving: Serving) -> Answer:
    """What there is to say where there is no file."""
    trouble = serving.shown.trouble
    home, own = open_file(serving.root, "/"), open_file(serving.root, "/404.html")
    with home or nullcontext(), own or nullcontext():
        if trouble is not None and home is None:
            return Answer(status=503, page=write_trouble_page(trouble, serving.language), covered=False)
        return Answer(status=404, page=write_missing_page(serving.language) if own is None else own.read())


def write_cover(serving: Serving, answer: Answer) -> str:
    """What lies over a page; empty where nothing does."""
    trouble = serving.shown.trouble
    return write_overlay(trouble, serving.language) if trouble is not None and answer.covered else ""


def find_age(serving: Serving, path: str) -> Age | None:
    """The age of the page at a path as it would be sent now; None where there is no page."""
    answer = find_answer(serving, path)
    if answer.file is not None:
        answer.file.close()
    return measure_age(answer.page, write_cover(serving, answer)) if answer.page else None


def measure_age(page: bytes, overlay: str) -> Age:
    """The age of a page with what lies over it."""
    styles = b" ".join(found[2] for found in STYLE.finditer(page))
    body = hashlib.sha256(STYLE.sub(rb"\1\3", page) + b"\0" + overlay.encode())
    return Age(page=body.hexdigest()[:LENGTH], style=hashlib.sha256(styles).hexdigest()[:LENGTH])
