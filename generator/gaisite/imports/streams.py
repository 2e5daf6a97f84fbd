"""Tables that lost their borders: labels and digits in one run of text, as copied pages and PDFs give them.

A row's digits are split only where they can be split in one way; any other row is left blank, with the ways there are.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gaisite.imports.labels import VARIANTS
from gaisite.imports.layout import FormLayout, TableLayout
from gaisite.imports.readings import Doubt, Findings, Reading, Spot, Unknown
from gaisite.imports.values import split_digits
from gaisite.model.tables import Address, Axis, Line
from gaisite.texts import Texts

DIGITS = re.compile(r"[0-9+\-.,\s]*")
MOST_SHOWN = 8
"""So many ways are named."""
GAP = 40
"""Letters that may stand between the parts of a header that are not ours: a unit, a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A label found in the text."""

    begin: int
    end: int
    line: Line | None = None
    """The row that it names; None for the head of another table or section."""


@dataclass(slots=True, kw_only=True)
class StreamReader:
    """Reads the tables of a form from one run of text."""

    form: FormLayout
    findings: Findings
    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    """The parts of the text that were tables."""

    def __post_init__(self) -> None:
        self.text = plain(self.text)

    def read(self) -> None:
        """Read each table that was not read before."""
        position = 0
        for layout in self.form.tables:
            if any(row.table == layout.table.id for row in self.findings.rows):
                self.read_stray_rows(layout)
                continue
            head = find_head(self.text, layout, position)
            if head is not None:
                position = self.read_table(layout, *head)

    def read_table(self, layout: TableLayout, begin: int, end: int) -> int:
        """Read the rows behind a header; where the table ends."""
        limit = self.find_limit(layout, end)
        marks = list(self.mark_rows(layout, end, limit))
        if not marks:
            self.read_unnamed(layout, end, limit)
            self.spans.append((begin, limit))
            return limit
        for place, mark in enumerate(marks):
            until = marks[place + 1].begin if place + 1 < len(marks) else limit
            if mark.line is not None and not mark.line.lines:
                limit_here = self.take_row(layout, mark.line, mark.end, until)
            elif mark.line is not None and any(char.isdigit() for char in self.text[mark.end : until]):
                raw, spot = self.text[mark.end : until].strip(), Spot()
                label = mark.line.label.official
                self.findings.unknown.append(Unknown(table=layout.table.id, label=label, raw=raw, spot=spot))
                limit_here = until
        last = limit_here if marks else limit
        self.spans.append((begin, last))
        return last

    def read_stray_rows(self, layout: TableLayout) -> None:
        """Rows that a page's end cut out of a table that was read: a label and figures in a line of their own."""
        for row in layout.rows:
            if Address(table=layout.table.id, row=row.id) in self.findings.rows or len(layout.columns) < 2:
                continue
            for found in find_texts(self.text, row.label, 0):
                line = DIGITS.match(self.text, found.end())
                figures = line[0].split("\n")[0] if line else ""
                end = found.end() + len(figures)
                if len(figures.split()) > 1 and self.text[end : end + 1] in ("", "\n"):
                    self.findings.add_row(
                        list(self.split_row(layout, row, figures.strip(), "")),
                        Address(table=layout.table.id, row=row.id),
                        Spot(),
                    )
                    self.spans.append((found.start(), end))
                    break

    def read_unnamed(self, layout: TableLayout, begin: int, end: int) -> None:
        """The only row of a table whose row has no label."""
        if len(layout.rows) == 1:
            self.take_row(layout, layout.rows[0], begin, end)

    def find_limit(self, layout: TableLayout, begin: int) -> int:
        """Where a table must have ended: at the next table's caption or header, or the next section."""
        ends = [len(self.text)]
        for section in self.form.form.sections:
            ends.extend(found.start() for found in find_texts(self.text, section.heading, begin))
        following = self.form.tables[self.form.tables.index(layout) + 1 :]
        for other in following:
            ends.extend(found.start() for found in find_texts(self.text, other.table.caption, begin))
            head = find_head(self.text, other, begin)
            ends.extend([head[0]] if head else [])
        return min(end for end in ends if end >= begin)

    def mark_rows(self, layout: TableLayout, begin: int, limit: int) -> Iterator[Mark]:
        """The labels of a table's rows, groups too, in the order in which they stand."""
        position = begin
        for line in layout.order:
            found = next((each for each in find_texts(self.text, line.label, position) if each.end() <= limit), None)
            if found is not None:
                yield Mark(begin=found.start(), end=found.end(), line=line)
                position = found.end()

    def take_row(self, layout: TableLayout, row: Line, begin: int, end: int) -> int:
        """Read the digits of a row; where they end."""
        units = {unit for column in layout.columns for unit in layout.units(row, column)}
        text = skip_unit(self.text[begin:end], units)
        digits = DIGITS.match(text)
        run = digits[0] if digits else ""
        rest = text[len(run) :]
        unit = next((name for each in units for _, name in each.by_language if rest.startswith(name)), "")
        stop = begin + (end - begin - len(text)) + len(run) + len(unit)
        address = Address(table=layout.table.id, row=row.id)
        self.findings.add_row(list(self.split_row(layout, row, run.strip(), unit)), address, Spot())
        return stop

    def split_row(self, layout: TableLayout, row: Line, run: str, unit: str) -> Iterator[Reading]:
        """The figures of a row, where its digits can be split in one way only."""
        types = layout.types(row)
        ways = split_digits(run, types)
        if any(char.isdigit() for char in run) and len(ways) != 1:
            closing = sorted(ways, key=lambda way: (not closes(layout, way), way.count("")))
            candidates = tuple(" ".join(cell or "·" for cell in way) for way in closing[:MOST_SHOWN])
            for column in layout.columns:
                at = Address(table=layout.table.id, row=row.id, column=column.id)
                yield Reading(at=at, raw=run, doubt=Doubt.GLUED, candidates=candidates)
            return
        way = ways[0] if ways and run else ("",) * len(types)
        for column, text in zip(layout.columns, way, strict=True):
            at = Address(table=layout.table.id, row=row.id, column=column.id)
            open_unit = unit if text and column.unit_choices else ""
            yield Reading(at=at, text=text, raw=run, unit=open_unit)


def closes(layout: TableLayout, way: Sequence[str]) -> bool:
    """Whether the totals of a row are the sums of its parts; of a row without totals, no."""
    numbers = {column.id: int(text or 0) for column, text in zip(layout.columns, way, strict=True) if is_count(text)}
    totals = [column for column in layout.columns if column.sum_of]
    return bool(totals) and all(
        numbers.get(total.id)
        == sum(numbers.get(leaf.id, 0) for part in total.sum_of for leaf in list_parts(layout, total, part))
        for total in totals
    )


def list_parts(layout: TableLayout, total: Line, part: str) -> Iterator[Line]:
    """The columns that a total adds up under one of the names it lists."""
    parent = total.id.rpartition(".")[0]
    line = layout.table.find(Axis.COLUMNS, f"{parent}.{part}" if parent else part) or layout.table.find(
        Axis.COLUMNS, part
    )
    return line.leaves() if line is not None else iter(())


def is_count(text: str) -> bool:
    """Whether a cell is blank or a whole number."""
    return not text or text.lstrip("+-").isdigit()


def plain(text: str) -> str:
    """A text of the same length in which labels can be found: plain brackets, digits and spaces."""
    narrowed = (unicodedata.normalize("NFKC", char).translate(VARIANTS) for char in text)
    return "".join(char if len(char) == 1 else original for char, original in zip(narrowed, text, strict=True))


@lru_cache(maxsize=5000)
def write_pattern(label: str) -> re.Pattern[str]:
    """A pattern for a label with any spaces in it."""
    letters = [re.escape(char) for char in plain(label) if not char.isspace()]
    return re.compile(r"\s*".join(letters))


def find_texts(text: str, label: Texts, begin: int) -> Iterator[re.Match[str]]:
    """Where a label stands, in any of its languages, from a place on."""
    for _, words in label.by_language:
        yield from write_pattern(words).finditer(text, begin)


def find_head(text: str, layout: TableLayout, begin: int) -> tuple[int, int] | None:
    """Where the header of a table begins and ends: its labels one after the other, with little between them."""
    first = layout.head[0]
    for start in find_texts(text, first, begin):
        end: int | None = start.end()
        for label in layout.head[1:]:
            found = min(find_texts(text, label, end or 0), key=lambda each: each.start(), default=None)
            end = (
                found.end()
                if found is not None and found.start() - (end or 0) <= GAP and is_quiet(text[end : found.start()])
                else None
            )
            if end is None:
                break
        if end is not None:
            return start.start(), skip_bracket(text, end)
    return None


def is_quiet(between: str) -> bool:
    """Whether what stands between two labels of a header is no label and no figure: spaces, a note in brackets."""
    return re.fullmatch(r"\s*(?:\([^()]*\))?\s*", between) is not None


def skip_bracket(text: str, position: int) -> int:
    """The end of a note in brackets behind the last label."""
    found = re.compile(r"\s*\([^()0-9]*\)").match(text, position)
    return found.end() if found else position


def skip_unit(text: str, units: set[Texts]) -> str:
    """What stands behind a row's label, without the unit that some forms print there."""
    stripped = text.lstrip()
    for unit in units:
        for _, name in unit.by_language:
            if stripped.startswith(name):
                return stripped[len(name) :]
    return text
