"""What a report gives to the sum of the agency above it: its components, no printed total, in the form's order."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gaisite.model.content import BLANK, Figure, Report, ReportTable, State
from gaisite.model.forms import Form
from gaisite.model.numbers import write_number
from gaisite.model.sums import read_cell
from gaisite.model.tables import Address, Axis, lies_in

STATES = {State.BLANK: "", State.NOT_APPLICABLE: "n", State.NOT_IN_FORM: "x"}
SPARE = {"": BLANK, "n": Figure(State.NOT_APPLICABLE, text="n/a"), "x": Figure(State.NOT_IN_FORM)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """The figures of one report that the agency above may add up."""

    figures: tuple[Figure, ...]
    """One for each cell that `list_component_cells` of its form names: numbers in plain digits, without places."""
    units: tuple[tuple[str, str], ...] = ()
    """`table.column` and the official unit, where the form leaves the unit open and the report states it."""
    own_rows: bool = False
    """Whether it has rows that are no part of a row of the form: no sum holds them."""
    incomplete: bool = False
    """Whether it is itself a sum from which reports are missing."""

    def unit_of(self, cell: Address) -> str:
        """The unit that the report states for the column of a cell; empty where it states none."""
        return dict(self.units).get(f"{cell.table}.{cell.column}", "")


def list_component_cells(form: Form) -> Iterator[Address]:
    """The cells of a form that are no totals, in printed order."""
    for table in form.tables:
        for row, column in table.components:
            yield Address(table=table.id, row=row, column=column)


def pick_contribution(report: Report, form: Form, *, incomplete: bool) -> Contribution:
    """What a report gives to a sum; rows that split a row of the form are added up to it."""
    cells = ((table, *component) for table in form.tables for component in table.components)
    figures = (pick_component(report.tables[table.id], row, column) for table, row, column in cells)
    return Contribution(
        figures=tuple(read_component(write_component(figure)) for figure in figures),
        units=tuple(
            (f"{table_id}.{column}", unit.official)
            for table_id, table in report.tables.items()
            for column, unit in table.units.items()
        ),
        own_rows=any(has_own_rows(table, form) for table in report.tables.values()),
        incomplete=incomplete,
    )


def pick_component(table: ReportTable, row: str, column: str) -> Figure:
    """The figure of a cell of the form; one that is not written is a blank, or a row that the report splits."""
    return table.figures.get((row, column)) or read_cell(table, Address(table=table.table.id, row=row, column=column))


def has_own_rows(table: ReportTable, form: Form) -> bool:
    """Whether a table has rows of the report's own beside those of the form, not below one with cells."""
    added = [row.id for row in table.table.leaves(Axis.ROWS) if row.local]
    split = form.table(table.table.id).leaves(Axis.ROWS) if added else ()
    return any(not any(lies_in(row, line.id) for line in split) for row in added)


def write_component(figure: Figure) -> str:
    """A figure in as few characters as tell it exactly: `28`, `52.6540`, `18.` for a decimal without decimals."""
    if figure.value is None:
        return STATES[figure.state]
    digits = write_number(figure.value)
    return digits if isinstance(figure.value, int) or "." in digits else digits + "."


@lru_cache(maxsize=65536)
def read_component(written: str) -> Figure:
    """The figure that was written so: one and the same for all reports that have it, for there are many zeros."""
    if written in SPARE:
        return SPARE[written]
    value = Decimal(written) if "." in written else int(written)
    return Figure(State.NUMBER, value, written.rstrip(".") if written.endswith(".") else written)
