"""Which cell a number may be that no word names: the only one of its value and unit."""

from dataclasses import dataclass, field
from decimal import Decimal

from gaisite.check.prose_numbers import Number
from gaisite.model.content import Report, ReportTable
from gaisite.model.measures import Reading
from gaisite.model.sums import read_cell, read_unit
from gaisite.model.tables import Address, Axis, walk_lines

LEAST = 10
"""Smaller numbers are too common to tell whose figure they are."""


@dataclass(frozen=True, slots=True)
class CellIndex:
    """The cells of a report by what they say; made when the first number asks."""

    report: Report
    units: frozenset[str]
    """Those of the form's cells."""
    found: dict[int | Decimal, list[Address]] = field(default_factory=dict)

    def find(self, number: Number) -> Reading:
        """The cell, or the group of cells, that a number must be; nothing where it may be several, or none.

        Of a group and the only row in it that is not 0, the row.
        """
        if number.value < LEAST or number.step or number.percent or number.unit not in self.units:
            return ()
        if not self.found:
            for table in self.report.tables.values():
                self.add(table)
        cells = [cell for cell in self.found.get(number.value, ()) if self.has_unit(cell, number.unit)]
        return (cells[-1],) if cells and all(cell.covers(cells[-1]) for cell in cells) else ()

    def add(self, table: ReportTable) -> None:
        """Take up the cells of a table: of the principal column where there is one, otherwise all."""
        principal = table.table.find(Axis.COLUMNS, table.table.principal)
        columns = (principal,) if principal is not None else table.table.leaves(Axis.COLUMNS)
        for row in walk_lines(table.table.rows):
            for column in columns:
                address = Address(table=table.table.id, row=row.id, column=column.id)
                if row.lines and table.table.find(Axis.ROWS, f"{row.id}.{column.id}") is not None:
                    continue  # a group whose name, with the column's, is that of a row
                value = read_cell(table, address).value
                if value is not None and value >= LEAST:
                    self.found.setdefault(value, []).append(address)

    def has_unit(self, cell: Address, unit: str) -> bool:
        """Whether a unit is that of a cell, in any language."""
        own = read_unit(self.report.tables[cell.table], cell)
        return own is not None and any(text == unit for _, text in own.by_language)
