"""The rows of tables over the years: a tree of lines, and the series that each leaf stands for."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from gaisite.model.history import Series, TableHistory
from gaisite.model.tables import Line
from gaisite.texts import Texts


@dataclass(slots=True)
class MeasureTree:
    """Builds the rows of one table's history; lines without a series are left out."""

    table: TableHistory
    subtotal: Texts
    """The label of the row that gives a group's sum."""
    series: dict[str, Series] = field(default_factory=dict)
    """By the id of the leaf that stands for it."""

    def list_figures(self) -> tuple[Line, ...]:
        """One leaf for each figure of a report: a row by its principal column, or else by each of its columns."""
        return self.keep(self.grow(line) for line in self.table.table.rows)

    def keep(self, lines: Iterable[Line | None]) -> tuple[Line, ...]:
        """The lines that are there."""
        return tuple(line for line in lines if line is not None)

    def grow(self, line: Line) -> Line | None:
        """A row with those below it; a group that counts as one figure begins with a row for its sum."""
        if not line.lines:
            return self.leaf(line, line)
        below = self.keep(self.grow(each) for each in line.lines)
        if any(row.id == line.id for row in self.table.rows):
            total = self.leaf(line, replace(line, lines=(), label=self.subtotal))
            below = (total, *below) if total is not None else below
        return replace(line, lines=below, id=f"group:{line.id}") if below else None

    def leaf(self, row: Line, line: Line) -> Line | None:
        """The line for a row: a leaf where one column stands for it, otherwise a group of its columns."""
        column = self.table.table.principal or self.only_column()
        if column:
            return self.mark(row.id, column, line)
        columns = self.cross(row, self.table.table.columns)
        return replace(line, lines=columns) if columns else None

    def only_column(self) -> str:
        """The id of the only column; empty where there are several."""
        columns = self.table.columns
        return columns[0].id if len(columns) == 1 else ""

    def cross(self, row: Line, columns: tuple[Line, ...]) -> tuple[Line, ...]:
        """The columns as lines under a row."""
        lines: list[Line] = []
        for column in columns:
            below = self.cross(row, column.lines)
            line = replace(column, id=f"{row.id}|{column.id}", lines=below)
            if below:
                lines.append(line)
            elif not column.lines and (leaf := self.mark(row.id, column.id, line)) is not None:
                lines.append(leaf)
        return tuple(lines)

    def mark(self, row: str, column: str, line: Line) -> Line | None:
        """The line, remembered as standing for a series; None where there is no such series."""
        found = self.table.series.get((row, column))
        if found is None:
            return None
        self.series[line.id] = found
        return line
