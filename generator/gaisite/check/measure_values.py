"""What the cells that prose may mean say in one report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from gaisite.check.arithmetic import measure_gap
from gaisite.check.prose_numbers import Number
from gaisite.model.content import Report, ReportTable
from gaisite.model.labels import label_cell
from gaisite.model.measures import Reading
from gaisite.model.numbers import write_number
from gaisite.model.sums import add_figures, add_terms, list_components, list_parts, read_cell, read_unit
from gaisite.model.tables import Address, Axis, FigureType
from gaisite.texts import Texts

PLUS = " + "


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A reading in one report."""

    report: Report
    reading: Reading
    printed: int | Decimal | None
    """None where nothing is filled in."""

    @property
    def values(self) -> tuple[int | Decimal, ...]:
        """As printed, and as the parts add up where that differs; none where nothing is filled in."""
        added = self.add_parts()
        return tuple(dict.fromkeys(value for value in (self.printed, added) if value is not None))

    def add_parts(self) -> int | Decimal | None:
        """What the parts of totals add up to, whatever these say; None where there is no total."""
        if not any(is_total(self.report, each) for each in self.reading):
            return None
        return add_up(read_parts(self.report.tables[each.table], each) for each in self.reading)

    def equals(self, number: Number) -> bool:
        """Whether a number says it; an amount may be rounded."""
        if self.printed is not None and is_written(self.printed, number, rounds=False):
            return True
        rounds = any(is_amount(self.report, each) for each in self.reading)
        return any(is_written(value, number, rounds=rounds) for value in self.values)


def is_written(value: int | Decimal, number: Number, *, rounds: bool) -> bool:
    """Whether a number gives a value: exactly, or rounded or cut where it is rounded as written."""
    size = measure_gap(value, 0)
    if number.step:
        return measure_gap(size, number.value) < number.step
    return size == number.value or (rounds and is_rounded(Fraction(size), number))


def is_rounded(value: Fraction, number: Number) -> bool:
    """Whether a number is a value at the decimals that are written, rounded half up or cut."""
    scale = 10**number.decimals
    return number.value * scale in (floor(value * scale), floor(value * scale + Fraction(1, 2)))


def count_reading(report: Report, reading: Reading) -> Counted:
    """The value of a sum of cells; of a cell that is blank nothing is added."""
    printed = add_up(read_printed(report.tables[each.table], each) for each in reading)
    return Counted(report=report, reading=reading, printed=printed)


def is_total(report: Report, address: Address) -> bool:
    """Whether the column of an address adds up others."""
    line = report.tables[address.table].table.find(Axis.COLUMNS, address.column)
    return line is not None and bool(line.sum_of)


def add_up(values: Iterable[int | Decimal | None]) -> int | Decimal | None:
    """The sum of the values that are known; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known[1:], known[0]) if known else None


def read_printed(table: ReportTable, address: Address) -> int | Decimal | None:
    """What the cells of an address say together; a total left blank is added up from its parts."""
    return add_up(
        figure.value if (figure := table.figure(row, column)).value is not None else add_columns(table, row, column)
        for row, column in list_leaves(table, address)
    )


def read_parts(table: ReportTable, address: Address) -> int | Decimal | None:
    """What the cells of an address add up to, whatever their totals say."""
    return add_up(
        table.figure(row, column).value if (parts := add_columns(table, row, column)) is None else parts
        for row, column in list_leaves(table, address)
    )


def add_columns(table: ReportTable, row: str, column: str) -> int | Decimal | None:
    """What a total column adds up in a row; None for a column that is no total."""
    line = table.table.find(Axis.COLUMNS, column)
    if line is None or not line.sum_of:
        return None
    return add_figures(table.figure(row, part) for part in list_parts(table.table, Axis.COLUMNS, line))


def list_leaves(table: ReportTable, address: Address) -> Iterator[tuple[str, str]]:
    """Row and column id of each cell that an address stands for; a total line is a cell of its own."""
    for row in list_components(table.table, Axis.ROWS, address.row):
        for column in list_components(table.table, Axis.COLUMNS, address.column):
            yield row, column


def is_amount(report: Report, address: Address) -> bool:
    """Whether an address is about money or the like."""
    table = report.tables[address.table].table
    row, column = table.find(Axis.ROWS, address.row), table.find(Axis.COLUMNS, address.column)
    return row is not None and column is not None and table.cell_type(row, column) is FigureType.AMOUNT


def has_other_unit(report: Report, address: Address, unit: str) -> bool:
    """Whether a unit is one that the form leaves open and the report does not use: 元 where it states 万元."""
    table = report.tables[address.table]
    column = table.table.find(Axis.COLUMNS, address.column)
    stated = read_unit(table, address)
    if column is None or not column.unit_choices or not unit:
        return False
    return stated is None or all(text != unit for _, text in stated.by_language)


def print_reading(report: Report, reading: Reading) -> str:
    """What a narrative that binds a reading prints for it, without the unit; empty where it would not be a number."""
    figures = [read_cell(report.tables[each.table], each) for each in reading]
    total = add_terms(figures, ())
    return figures[0].text if len(figures) == 1 else "" if total is None else write_number(total)


def label_reading(report: Report, reading: Reading) -> Texts:
    """A reading in words."""
    labels = [label_cell(report.tables[each.table].table, each.row, each.column) for each in reading]
    languages = [tag for tag, _ in labels[0].by_language]
    return Texts(tuple((tag, PLUS.join(label.within(tag) for label in labels)) for tag in languages))


def write_binding(reading: Reading) -> str:
    """A reading as a narrative binds it."""
    return PLUS.join(str(address) for address in reading)


def write_value(counted: Counted) -> str:
    """What a reading says, as digits."""
    return write_number(counted.values[0])
