"""Narrative in Markdown, rendered and as its readers see it."""

from dataclasses import dataclass
from enum import StrEnum

from gaisite.findings import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading inside a section's narrative."""

    level: int
    text: str
    id: str


class PassageKind(StrEnum):
    """What a block of a narrative is."""

    TEXT = "text"
    """A paragraph, or one in a list or quotation."""
    HEADING = "heading"
    CELL = "cell"
    """Of a table in the narrative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a passage that stands in the file as it is read."""

    start: int
    """Index in the passage's text."""
    length: int
    line: int
    """In report.md, from 1."""
    column: int
    """From 1, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block of a narrative as its readers see it, for checks that read its words."""

    kind: PassageKind
    text: str
    """Without markup; U+FFFC stands for a bound figure, code or a picture."""
    segments: tuple[Segment, ...]
    """By `start`; what no segment covers is typed otherwise than it is read."""
    place: Place
    """The first line of the block."""
    bound: tuple[tuple[Place, str], ...] = ()
    """Where each figure is bound, and what is printed there."""

    def place_of(self, start: int, length: int) -> Place:
        """Where a part of the text stands, markup inside it included; the block's line where that cannot be told."""
        first, last = self.find_segment(start), self.find_segment(start + max(length, 1) - 1)
        if first is None or last is None or first.line != last.line:
            return self.place
        column = first.column + start - first.start
        end = last.column + start + max(length, 1) - last.start
        return Place(file=self.place.file, line=first.line, column=column, length=end - column)

    def find_segment(self, index: int) -> Segment | None:
        """The segment that covers a character of the text."""
        return next((each for each in self.segments if each.start <= index < each.start + each.length), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Rendered Markdown; the only HTML that reaches a template."""

    html: str
    text: str
    headings: tuple[Heading, ...] = ()
    passages: tuple[Passage, ...] = ()
    """Its blocks in order."""
    place: Place | None = None
    """Of the heading over it."""
