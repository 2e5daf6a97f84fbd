"""Text that a report repeats from an earlier one of the same agency."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from gaisite.check.paragraphs import KEPT, Chapter, Paragraph
from gaisite.findings import Finding, fault
from gaisite.texts import Texts

ALIKE = 0.8
"""The share of common pieces from which on two texts are nearly the same: a word in fifty characters may differ."""
NEAR = KEPT // 2
"""So many of the smallest pieces have two such texts in common at the very least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a text is like."""

    year: int
    share: float
    """Of their common pieces, up to 1."""
    heading: Texts
    """Of the section where that stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A section or a paragraph of an earlier report."""

    year: int
    chapter: Chapter
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Shelf:
    """Texts of earlier reports, to be found by their smallest pieces."""

    texts: list[Text] = field(default_factory=list)
    index: dict[int, list[int]] = field(default_factory=dict)
    """By piece, the numbers of the texts that have it."""

    def add(self, text: Text) -> None:
        """Put a text on the shelf."""
        for piece in text.paragraph.least:
            self.index.setdefault(piece, []).append(len(self.texts))
        self.texts.append(text)

    def find(self, paragraph: Paragraph, section: str = "") -> Copy | None:
        """What a text is like; None where there is nothing.

        Of several the latest report counts, and in it the most similar text; of the given section only where one is.
        """
        counts = Counter(chain.from_iterable(self.index.get(piece, ()) for piece in paragraph.least))
        near = (self.texts[number] for number in sorted(counts) if counts[number] >= NEAR)
        copies = (
            Copy(year=text.year, share=measure(paragraph, text.paragraph), heading=text.chapter.section.heading)
            for text in near
            if section in ("", text.chapter.section.id)
        )
        alike = (copy for copy in copies if copy.share >= ALIKE)
        return max(alike, key=lambda copy: (copy.year, copy.share), default=None)


def check_copies(chapters: Mapping[int, Sequence[Chapter]]) -> Mapping[int, tuple[Finding, ...]]:
    """What is found in an agency's reports, by year, given the sections of all of them.

    A finding for each section that is like the same section of an earlier report as a whole; where a section is not,
    one for each of its paragraphs that is like one of any section. The latest such report is named.
    """
    sections, paragraphs = Shelf(), Shelf()
    findings = {}
    for year in sorted(chapters):
        findings[year] = tuple(
            each for chapter in chapters[year] for each in check_chapter(chapter, sections, paragraphs)
        )
        for chapter in chapters[year]:
            for paragraph in chapter.paragraphs:
                paragraphs.add(Text(year=year, chapter=chapter, paragraph=paragraph))
            if chapter.whole is not None:
                sections.add(Text(year=year, chapter=chapter, paragraph=chapter.whole))
    return findings


def check_chapter(chapter: Chapter, sections: Shelf, paragraphs: Shelf) -> Iterator[Finding]:
    """What is found in one section, given what all earlier reports say."""
    copy = sections.find(chapter.whole, chapter.section.id) if chapter.whole else None
    if copy and chapter.whole:
        yield tell(chapter, chapter.whole, copy, begin="")
        return
    for paragraph in chapter.paragraphs:
        copy = paragraphs.find(paragraph)
        if copy:
            yield tell(chapter, paragraph, copy, begin=paragraph.begin)


def measure(one: Paragraph, other: Paragraph) -> float:
    """The share of pieces that two texts have in common."""
    common = len(one.pieces & other.pieces)
    return common / (len(one.pieces) + len(other.pieces) - common)


def tell(chapter: Chapter, paragraph: Paragraph, copy: Copy, *, begin: str) -> Finding:
    """The finding; `begin` is empty where a whole section is meant."""
    elsewhere = copy.heading if copy.heading != chapter.section.heading else ""
    return fault(
        "text-copied", paragraph.place, f"sections.{chapter.section.id}.{copy.year}",
        begin=begin, section="" if begin else chapter.section.heading, year=str(copy.year), there=elsewhere,
        percent=str(int(copy.share * 100)),
    ).finding  # fmt: skip
