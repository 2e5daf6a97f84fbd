"""What an agency's reports, seen beside one another, make a reader ask: years left out, figures that jump."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gaisite.check.years import find_source
from gaisite.findings import Finding, Place
from gaisite.model.content import Figure, Report, ReportTable
from gaisite.model.forms import Form
from gaisite.model.labels import label_cell
from gaisite.model.tables import Address, Axis, FigureType, Table
from gaisite.texts import Texts

LEAP = 10
"""Times by which a count must grow or shrink to be told."""
FEW = 10
"""Below this, in either year, a multiple means little."""
MANY = 40
"""From this on, nothing at all in the year after is told."""

THOUSAND = 1000
"""Times by which an amount must grow or shrink for its unit to be doubted."""


def check_gaps(years: Iterable[int], place: Place) -> Iterator[Finding]:
    """A finding for each gap, of one year or more, between two reports."""
    for before, after in itertools.pairwise(sorted(years)):
        first, last = before + 1, after - 1
        if first <= last:
            at = str(first) if first == last else f"{first}-{last}"
            yield Finding(check="year-missing", place=place, at=at, facts=(("years", at.replace("-", "–")),))


def check_outliers(report: Report, before: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """A finding for each count that differs from the year before by an order of magnitude; never across a break."""
    for table in report.tables.values():
        for cell in list_cells(table.table, FigureType.COUNT):
            source = find_source(forms, report, before, cell)
            if source is None:
                continue
            now = table.figure(cell.row, cell.column)
            last = before.tables[source.table].figure(source.row, source.column)
            if now.value is not None and last.value is not None and is_leap(int(last.value), int(now.value)):
                facts = (
                    ("cell", label_cell(table.table, cell.row, cell.column)), ("printed", now.text),
                    ("last", last.text), ("year", str(before.year)),
                )  # fmt: skip
                place = table.place_of(cell.row, cell.column)
                yield Finding(check="outlier", place=place, at=str(cell), facts=facts)


def check_unit_leaps(report: Report, before: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """A finding for each amount that is a thousand times last year's or more, or a thousandth; never across a break.

    Amounts are compared in one unit: the smallest of those the form leaves open, or the one that both reports have.
    """
    for table in report.tables.values():
        for cell in list_cells(table.table, FigureType.AMOUNT):
            source = find_source(forms, report, before, cell)
            if source is None:
                continue
            now, last = Amount.read(table, cell), Amount.read(before.tables[source.table], source)
            if now.leaps_from(last):
                facts = (
                    ("cell", label_cell(table.table, cell.row, cell.column)), ("printed", now.figure.text),
                    ("unit", now.unit or ""), ("last", last.figure.text), ("last_unit", last.unit or ""),
                    ("year", str(before.year)), ("choices", join_texts(now.choices)),
                )  # fmt: skip
                place = table.place_of(cell.row, cell.column)
                yield Finding(check="unit-leap", place=place, at=str(cell), facts=facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of one report with its unit."""

    figure: Figure
    unit: Texts | None
    """None where neither form nor report states it."""
    factor: int
    """How many of the smallest unit that is; 0 where the form does not say."""
    choices: tuple[Texts, ...]
    """The units among which the form leaves it open; none where it does not."""

    @classmethod
    def read(cls, table: ReportTable, cell: Address) -> "Amount":
        """The amount of a cell."""
        row, column = table.table.find(Axis.ROWS, cell.row), table.table.find(Axis.COLUMNS, cell.column)
        unit = table.unit(row, column) if row and column else None
        choices = column.unit_choices if column else ()
        factors = dict(zip(choices, column.unit_factors, strict=False)) if column else {}
        return cls(
            figure=table.figure(cell.row, cell.column),
            unit=unit,
            factor=factors.get(unit, 0) if unit else 0,
            choices=choices,
        )

    def leaps_from(self, last: "Amount") -> bool:
        """Whether it is a thousand times an earlier amount, or a thousandth; not told where their units differ."""
        if not self.figure.value or not last.figure.value:
            return False
        now, before = self.figure.value, last.figure.value
        if self.factor and last.factor:
            now, before = now * self.factor, before * last.factor
        elif (self.unit and self.unit.official) != (last.unit and last.unit.official):
            return False
        return max(now, before) >= THOUSAND * min(now, before)


def join_texts(texts: Sequence[Texts]) -> Texts | str:
    """Several texts as one, in the languages of the first; empty for none."""
    tags = [tag for tag, _ in texts[0].by_language] if texts else []
    return Texts(tuple((tag, "/".join(each.within(tag) for each in texts)) for tag in tags)) if texts else ""


def list_cells(table: Table, type: FigureType) -> Iterator[Address]:
    """The cells of a table that hold figures of a type; one a row where a column stands for the row."""
    for row in table.leaves(Axis.ROWS):
        for column in table.leaves(Axis.COLUMNS):
            chosen = table.principal in ("", column.id)
            if chosen and table.cell_type(row, column) is type:
                yield Address(table=table.id, row=row.id, column=column.id)


def is_leap(last: int, now: int) -> bool:
    """Whether a count goes from one order of magnitude to another, or from many to nothing."""
    less, more = sorted((last, now))
    return (less >= FEW and more >= LEAP * less) or (now == 0 and last >= MANY)
