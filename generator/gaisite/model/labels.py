"""Lines and cells in words: the labels that lead to them."""

from gaisite.model.content import Report
from gaisite.model.forms import Axis, Line, Table
from gaisite.texts import Texts


def label_cell(table: Table, row: str, column: str) -> Texts:
    """A cell in words: the labels that lead to it, in the languages of its last label."""
    lines = [*list_path(table, Axis.ROWS, row), *list_path(table, Axis.COLUMNS, column)]
    languages = [tag for tag, _ in lines[-1].label.by_language]
    return Texts(tuple((tag, " › ".join(line.label.within(tag) for line in lines)) for tag in languages))


def list_path(table: Table, axis: Axis, line_id: str) -> list[Line]:
    """A line and those above it, outermost first."""
    parts = line_id.split(".")
    path = (table.find(axis, ".".join(parts[: depth + 1])) for depth in range(len(parts)))
    return [line for line in path if line is not None]


def label_place(report: Report, at: str) -> Texts | None:
    """A cell, or a column whose unit is meant, in words; None where no version of the report has such a place."""
    for version in (report, *reversed(report.earlier)):
        table_id, _, rest = at.partition(".")
        table = version.tables[table_id].table if table_id in version.tables else None
        if table is None:
            continue
        cell, column = find_cell(table, rest), table.find(Axis.COLUMNS, rest)
        if cell is not None:
            return label_cell(table, *cell)
        if column is not None:
            return column.label
    return None


def find_cell(table: Table, text: str) -> tuple[str, str] | None:
    """Row id and column id of the cell `row.column`; None where the table has no such cell."""
    address = table.find_address(text)
    lines = (table.find(Axis.ROWS, address.row), table.find(Axis.COLUMNS, address.column)) if address else ()
    return (address.row, address.column) if address and all(line and not line.lines for line in lines) else None
