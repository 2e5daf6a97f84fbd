"""Text that a report repeats from an earlier one of the same agency."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gaisite.check.paragraphs import Chapter, Paragraph
from gaisite.findings import Finding, fault
from gaisite.texts import Texts

ALIKE = 0.8
"""The share of common pieces from which on two texts are nearly the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """What a text is like."""

    year: int
    heading: Texts
    """Of the section where that stands."""
    share: float
    """Of their common pieces, up to 1."""


def check_copies(year: int, chapters: Mapping[int, Sequence[Chapter]]) -> Iterator[Finding]:
    """A finding for each section of a year's report that is like the same section of an earlier one as a whole.

    Where a section is not, one for each of its paragraphs that is like one of any section. The latest such report is
    named. `chapters` are those of all the agency's reports, by year.
    """
    earlier = sorted((each for each in chapters if each < year), reverse=True)
    for chapter in chapters[year]:
        copy = find_whole(chapter, earlier, chapters)
        if copy and chapter.whole:
            yield tell(chapter, chapter.whole, copy, begin="")
            continue
        for paragraph in chapter.paragraphs:
            copy = find_like(paragraph, earlier, chapters)
            if copy:
                yield tell(chapter, paragraph, copy, begin=paragraph.begin)


def find_whole(chapter: Chapter, earlier: Iterable[int], chapters: Mapping[int, Sequence[Chapter]]) -> Copy | None:
    """The latest earlier report with a section of the same id that is like this one; None where there is none."""
    if chapter.whole is None:
        return None
    for year in earlier:
        for other in chapters[year]:
            share = measure(chapter.whole, other.whole) if other.whole and other.section.id == chapter.section.id else 0
            if share >= ALIKE:
                return Copy(year=year, heading=other.section.heading, share=share)
    return None


def find_like(paragraph: Paragraph, earlier: Iterable[int], chapters: Mapping[int, Sequence[Chapter]]) -> Copy | None:
    """The latest earlier report with a paragraph like this one, and its most similar one; None where there is none."""
    for year in earlier:
        shares = (
            (measure(paragraph, each), index) for index, other in enumerate(chapters[year]) for each in other.paragraphs
        )
        share, index = max(shares, default=(0, 0))
        if share >= ALIKE:
            return Copy(year=year, heading=chapters[year][index].section.heading, share=share)
    return None


def measure(one: Paragraph, other: Paragraph) -> float:
    """The share of pieces that two paragraphs have in common; 0 where it cannot be enough."""
    some, others = len(one.pieces), len(other.pieces)
    if some < ALIKE * others or others < ALIKE * some or one.least.isdisjoint(other.least):
        return 0
    common = len(one.pieces & other.pieces)
    return common / (some + others - common)


def tell(chapter: Chapter, paragraph: Paragraph, copy: Copy, *, begin: str) -> Finding:
    """The finding; `begin` is empty where a whole section is meant."""
    elsewhere = copy.heading if copy.heading != chapter.section.heading else ""
    return fault(
        "text-copied", paragraph.place, f"sections.{chapter.section.id}.{copy.year}",
        begin=begin, section="" if begin else chapter.section.heading, year=str(copy.year), there=elsewhere,
        percent=str(int(copy.share * 100)),
    ).finding  # fmt: skip
