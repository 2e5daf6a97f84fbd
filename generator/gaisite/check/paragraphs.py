"""Paragraphs of a narrative as they are compared: what is in each, and a small sketch of it."""

import base64
import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from zlib import crc32

from gaisite.findings import Place
from gaisite.model.content import Agency, Passage, PassageKind, Report
from gaisite.model.forms import Form, Section
from gaisite.model.summary import Sketch
from gaisite.model.wording import Wording

LEAST = 50
"""Han characters from which on a paragraph is compared: two sentences; what is shorter may be alike by chance."""
LETTERS = 4
"""Letters of other scripts that say as much as one Han character: 200 of them make a paragraph."""
SIZE = 4
"""Characters in a piece of text."""
KEPT = 16
"""Pieces that a sketch keeps."""
BEGINNING = 20
"""Characters by which a finding names a paragraph."""

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
LETTERS_ONLY = re.compile("[^\\W\\d_\u3400-\u4dbf\u4e00-\u9fff]+")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
CLAUSE = re.compile(r"[，,。；;：:、！？!?\n]")
FIGURE = re.compile("[\\d\N{OBJECT REPLACEMENT CHARACTER}]")

Pieces = frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, or a whole section, as it is compared with others."""

    section: str
    """Id of its section."""
    begin: str
    """Its first characters."""
    place: Place
    pieces: Pieces
    """Hashes of all its runs of SIZE characters, years told from the report's own, blanks left out."""
    least: tuple[int, ...]
    """The KEPT smallest of them, rising: of two paragraphs nearly alike, most are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A section of a report as it is compared with others."""

    section: Section
    whole: Paragraph | None
    """None where it is too short, or mostly figures in words."""
    paragraphs: tuple[Paragraph, ...]
    """Those of it that are long enough and more than figures in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How the paragraphs of one report are taken up."""

    year: int
    names: tuple[str, ...]
    """Of the agency: a text copied from another agency is the same but for them."""
    wording: Wording

    def take_up(self, section: Section, passages: Sequence[Passage]) -> Chapter:
        """A section whose text stands in some passages."""
        if sum(weigh(passage.text) for passage in passages) < LEAST:
            return Chapter(section=section, whole=None, paragraphs=())
        cuts = [(passage, cut(self.neutralise(passage.text))) for passage in passages]
        counts = [each for each in cuts if self.counts(each[0].text, section)]
        paragraphs = (sum_up(section, passage, pieces) for passage, pieces in counts if weigh(passage.text) >= LEAST)
        everything = frozenset[int]().union(*(pieces for _, pieces in cuts))
        return Chapter(
            section=section,
            whole=sum_up(section, passages[0], everything) if 2 * len(counts) > len(cuts) else None,
            paragraphs=tuple(paragraphs),
        )

    def counts(self, text: str, section: Section) -> bool:
        """Whether a text is more than figures in words; that there was none is a figure beside statutory tables."""
        return not is_statistical(text, self.wording.negations if section.tables else ())

    def neutralise(self, text: str) -> str:
        """A text without what differs although it was copied: blanks, the width of characters, names, the year."""
        plain = unicodedata.normalize("NFKC", "".join(text.split()))
        for name in self.names:
            plain = plain.replace(name, "\0")
        return YEAR.sub(lambda found: f"{int(found[0]) - self.year:+}", plain)


def weigh(text: str) -> int:
    """How long a text is, in Han characters."""
    return sum(map(len, HAN.findall(text))) + sum(map(len, LETTERS_ONLY.findall(text))) // LETTERS


def is_statistical(text: str, negations: Sequence[str]) -> bool:
    """Whether at least half of the clauses of a text give a figure, or say with some words that there was none."""
    clauses = [clause for clause in CLAUSE.split(YEAR.sub("", text)) if clause.strip()]
    told = sum(bool(FIGURE.search(clause)) or any(word in clause for word in negations) for clause in clauses)
    return 2 * told >= len(clauses)


def cut(text: str) -> Pieces:
    """A stable hash of each run of SIZE characters."""
    encoded, width = text.encode("utf-16-le"), 2 * SIZE
    return frozenset([crc32(encoded[start : start + width]) for start in range(0, len(encoded) - width + 1, 2)])


def sum_up(section: Section, passage: Passage, pieces: Pieces) -> Paragraph:
    """A paragraph that begins with a passage."""
    begin = "".join(passage.text.split())[:BEGINNING]
    least = tuple(nsmallest(KEPT, pieces))
    return Paragraph(section=section.id, begin=begin, place=passage.place, pieces=pieces, least=least)


def list_chapters(report: Report, form: Form, agency: Agency | None, wording: Wording) -> list[Chapter]:
    """The sections of a report whose text should be new every year; what stands before them all need not be."""
    reader = Reader(year=report.year, names=list_names(agency), wording=wording)
    prose = report.narrative.sections
    return [
        reader.take_up(section, [each for each in prose[section.id].passages if each.kind is PassageKind.TEXT])
        for section in form.sections
        if section.id in prose and not section.repeats
    ]


def list_names(agency: Agency | None) -> tuple[str, ...]:
    """Every name of an agency in every language, longest first."""
    names = {text for name in agency.names for _, text in name.name.by_language} if agency else set()
    plain = {unicodedata.normalize("NFKC", "".join(name.split())) for name in names}
    return tuple(sorted(plain, key=lambda name: (-len(name), name)))


def sketch_chapters(chapters: Sequence[Chapter]) -> tuple[Sketch, ...]:
    """The sketches of a report's paragraphs, in order."""
    return tuple(sketch(paragraph) for chapter in chapters for paragraph in chapter.paragraphs)


def sketch(paragraph: Paragraph) -> Sketch:
    """The sketch of a paragraph."""
    values = struct.pack(f">{len(paragraph.least)}I", *paragraph.least)
    return Sketch(
        section=paragraph.section,
        line=paragraph.place.line,
        begin=paragraph.begin,
        size=len(paragraph.pieces),
        values=base64.b64encode(values).decode(),
    )


def read_values(values: str) -> tuple[int, ...]:
    """The smallest pieces that a sketch keeps."""
    packed = base64.b64decode(values)
    return struct.unpack(f">{len(packed) // 4}I", packed)
