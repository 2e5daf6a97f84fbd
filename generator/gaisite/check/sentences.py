"""The narrative of a report as sentences, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gaisite.findings import Place
from gaisite.model.content import Narrative
from gaisite.model.prose import Passage, PassageKind, Prose

END = re.compile(r"[。！？!?；;]+[”’」』）)\"]*|\.(?=\s|$)")
PREAMBLE = "preamble"
"""Stands for the section of what comes before the first heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a narrative; line ends inside a paragraph end none."""

    section: str
    """Id of its section, or PREAMBLE."""
    passage: Passage
    start: int
    """Where in the passage's text it begins."""
    text: str
    """With the mark that ends it."""

    @property
    def kind(self) -> PassageKind:
        """What it is part of."""
        return self.passage.kind

    def place_of(self, start: int, end: int) -> Place:
        """Where a part of the sentence stands, from one index of its text to another."""
        return self.passage.place_of(self.start + start, end - start)


def list_prose(narrative: Narrative) -> Iterator[tuple[str, Prose]]:
    """The preamble, then each section, with its id."""
    if narrative.preamble is not None:
        yield PREAMBLE, narrative.preamble
    yield from narrative.sections.items()


def list_sentences(narrative: Narrative) -> Iterator[Sentence]:
    """The sentences of a report in order; a heading and a cell of a table count as sentences."""
    for section, prose in list_prose(narrative):
        for passage in prose.passages:
            for start, text in split_sentences(passage.text):
                yield Sentence(section=section, passage=passage, start=start, text=text)


def split_sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence of a text with the index where it begins, blanks before it left out."""
    start = 0
    for end in (*(found.end() for found in END.finditer(text)), len(text)):
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), piece.strip()
        start = end


def place_section(prose: Prose | None, narrative: Narrative) -> Place:
    """Where a section's text begins, or where its heading is; report.md where there is no such section."""
    if prose and prose.passages:
        return prose.passages[0].place
    return (prose and prose.place) or Place(file=narrative.place.file)


def is_unwritten(prose: Prose, narrative: Narrative) -> bool:
    """Whether a section of a draft has no text yet: what it must say cannot be asked of it."""
    return narrative.draft and not prose.text.strip()
