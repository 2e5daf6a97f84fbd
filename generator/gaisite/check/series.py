"""What an agency's reports, seen beside one another, make a reader ask: years left out, figures that jump."""

import itertools
from collections.abc import Iterable, Iterator, Mapping

from gaisite.check.years import find_source
from gaisite.findings import Finding, Place
from gaisite.model.content import Report
from gaisite.model.forms import Address, Axis, FigureType, Form, Table
from gaisite.model.labels import label_cell

LEAP = 10
"""Times by which a count must grow or shrink to be told."""
FEW = 10
"""Below this, in either year, a multiple means little."""
MANY = 40
"""From this on, nothing at all in the year after is told."""


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
        for cell in list_counts(table.table):
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


def list_counts(table: Table) -> Iterator[Address]:
    """The cells of a table that hold counts; one a row where a column stands for the row."""
    for row in table.leaves(Axis.ROWS):
        for column in table.leaves(Axis.COLUMNS):
            chosen = table.principal in ("", column.id)
            if chosen and table.cell_type(row, column) is FigureType.COUNT:
                yield Address(table=table.id, row=row.id, column=column.id)


def is_leap(last: int, now: int) -> bool:
    """Whether a count goes from one order of magnitude to another, or from many to nothing."""
    less, more = sorted((last, now))
    return (less >= FEW and more >= LEAP * less) or (now == 0 and last >= MANY)
