"""Paragraphs of a narrative as they are compared: what is in each, and a small sketch of it."""

import base64
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from gaisite.findings import Place
from gaisite.model.content import Agency, Report
from gaisite.model.forms import Form, Section
from gaisite.model.prose import Passage, PassageKind
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
WORD = re.compile(r"\w+")
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
    """Hashes of all its runs of SIZE letters and digits, years told from the report's own."""
    least: Pieces
    """The KEPT smallest of them: of two paragraphs nearly alike, most are the same."""


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
        lengths = [weigh(passage.text) for passage in passages]
        if sum(lengths) < LEAST:
            return Chapter(section=section, whole=None, paragraphs=())
        taken = [self.sum_up(section, passage) for passage in passages]
        counting = [self.counts(passage.text, section) for passage in passages]
        return Chapter(
            section=section,
            whole=join(taken) if 2 * sum(counting) > len(passages) else None,
            paragraphs=tuple(
                paragraph
                for paragraph, length, counts in zip(taken, lengths, counting, strict=True)
                if counts and length >= LEAST
            ),
        )

    def sum_up(self, section: Section, passage: Passage) -> Paragraph:
        """A passage as a paragraph."""
        begin = "".join(passage.text.split())[:BEGINNING]
        pieces = cut(self.neutralise(passage.text))
        least = pick_least(pieces)
        return Paragraph(section=section.id, begin=begin, place=passage.place, pieces=pieces, least=least)

    def counts(self, text: str, section: Section) -> bool:
        """Whether a text is more than figures in words; that there was none is a figure beside statutory tables."""
        return not is_statistical(text, self.wording.negations if section.tables else ())

    def neutralise(self, text: str) -> str:
        """A text without what differs although it was copied: blanks and punctuation, names, the year."""
        plain = pick_letters(text)
        for name in self.names:
            plain = plain.replace(name, "\0")
        return YEAR.sub(lambda found: f"{int(found[0]) - self.year:+}", plain)


def pick_letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(WORD.findall(text))


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


def pick_least(pieces: Pieces) -> Pieces:
    """The KEPT smallest of some hashes."""
    return frozenset(sorted(pieces)[:KEPT])


def join(paragraphs: Sequence[Paragraph]) -> Paragraph:
    """Paragraphs of one section as one."""
    pieces = frozenset[int]().union(*(each.pieces for each in paragraphs))
    least = pick_least(frozenset[int]().union(*(each.least for each in paragraphs)))
    return replace(paragraphs[0], pieces=pieces, least=least)


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
    plain = {pick_letters(name) for name in names}
    return tuple(sorted(plain, key=lambda name: (-len(name), name)))


def sketch_chapters(chapters: Sequence[Chapter]) -> tuple[Sketch, ...]:
    """The sketches of a report's paragraphs, in order."""
    return tuple(sketch(paragraph) for chapter in chapters for paragraph in chapter.paragraphs)


def sketch(paragraph: Paragraph) -> Sketch:
    """The sketch of a paragraph."""
    values = struct.pack(f">{len(paragraph.least)}I", *sorted(paragraph.least))
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
