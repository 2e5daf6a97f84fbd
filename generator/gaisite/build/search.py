"""The index for full-text search, made by Pagefind from the pages of the new site. Only this module knows Pagefind.

Pagefind finds whole words, and what is a word in Chinese it must guess. The index therefore gets every Chinese
character as a word of its own, and a search is one for characters in their order: any part of a text is found, and
nothing else.
"""

import asyncio
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from gaisite.build.cache import Cache
from gaisite.findings import Place, fault
from gaisite.write import Opener, Output

FOLDER = "pagefind"
LIST = f"{FOLDER}/pages.txt"
"""The pages that were indexed, with their sha256; the first of the files, so that the index is made from all before."""
HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
BORDER = re.compile(rf"(?<={HAN})(?=\w)|(?<=[0-9A-Za-z])(?={HAN})")
POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
LETTER = "\u01c0"
"""Stands for the point of a decimal in the index: a point ends a word, a letter is a part of it."""
MAIN = "<main "
UNUSED = re.compile(r".*(?:-ui|-highlight|playground).*")
"""What Pagefind brings for pages that have none of their own for searching."""


def lacks_pagefind() -> bool:
    """Whether Pagefind is not installed here."""
    return find_spec("pagefind") is None or find_spec("pagefind_bin_extended") is None


@dataclass(slots=True, kw_only=True)
class SearchIndex:
    """The index over some pages of the new site; where none of them has changed, that of the last build is kept."""

    pages: Mapping[str, str]
    """Path and sha256."""
    language: str
    cache: Cache
    present: Mapping[str, str]
    """The manifest of the site as it is."""
    place: Place
    """Where the portal asks for it."""
    made: list[Path] = field(default_factory=list)

    def outputs(self) -> Iterator[Output]:
        """The files of the index."""
        key = self.make_key()
        kept = self.cache.load_files(FOLDER, key)
        if kept is not None and all(self.present.get(path) == digest for path, digest in kept):
            yield from (Output(path=path, digest=digest, origin=self.place.file) for path, digest in kept)
            return
        with TemporaryDirectory(prefix="gaisite-search-") as folder:
            made = Making(pages=self.pages, folder=Path(folder), language=self.language, place=self.place)
            yield Output(path=LIST, compose=made.compose, origin=self.place.file)
            files = [(f"{FOLDER}/{path.relative_to(folder).as_posix()}", path) for path in list_files(Path(folder))]
            digests = [(LIST, hashlib.sha256(made.write_list()).hexdigest())]
            for path, source in files:
                digests.append((path, hashlib.sha256(source.read_bytes()).hexdigest()))
                yield Output(path=path, source=source, origin=self.place.file)
        self.cache.store_files(FOLDER, key, digests)

    def make_key(self) -> str:
        """The key of the index: the pages, and what makes it."""
        version = metadata.version("pagefind_bin_extended")
        return hashlib.sha256(repr((version, self.language, sorted(self.pages.items()))).encode()).hexdigest()


def list_files(folder: Path) -> Sequence[Path]:
    """The files that a search needs."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not UNUSED.fullmatch(path.name))


@dataclass(slots=True, kw_only=True)
class Making:
    """Makes the index, once; whoever asks again gets what was made."""

    pages: Mapping[str, str]
    folder: Path
    language: str
    place: Place
    done: bool = False

    def compose(self, opener: Opener) -> Iterator[bytes]:
        """The list of the pages; the index lies in the folder afterwards. ContentError where Pagefind fails."""
        if not self.done:
            try:
                asyncio.run(self.make_index(opener))
            except Exception as error:
                # The program may be for another machine, be killed, or say no in words of its own.
                raise fault("search-failed", self.place, reason=f"{type(error).__name__}: {error}"[:200]) from error
            self.done = True
        yield self.write_list()

    def write_list(self) -> bytes:
        """Which pages can be found."""
        return "".join(f"{digest} {path}\n" for path, digest in sorted(self.pages.items())).encode()

    async def make_index(self, opener: Opener) -> None:
        """Give every page to Pagefind."""
        from pagefind.index import IndexConfig, PagefindIndex

        # On leaving, the index writes itself into its folder: not named, that is one where gaisite is called.
        config = IndexConfig(
            force_language=self.language, verbose=False, write_playground=False, output_path=str(self.folder)
        )
        async with PagefindIndex(config=config) as index:
            for path in sorted(self.pages):
                with opener(path) as file:
                    page = prepare_page(file.read().decode("utf-8"))
                await index.add_html_file(content=page, source_path=path, url=f"/{path}")


def prepare_page(page: str) -> str:
    """A page as it is indexed: its content alone, decimals and Chinese characters as words."""
    return BORDER.sub(" ", POINT.sub(LETTER, page.replace(MAIN, f"{MAIN}data-pagefind-body ", 1)))
