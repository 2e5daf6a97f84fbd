"""Lines and cells in words: the labels that lead to them."""

from gaisite.model.content import Report
from gaisite.model.tables import Axis, Table
from gaisite.texts import Texts


def label_cell(table: Table, row: str, column: str) -> Texts:
    """A cell in words: the labels that lead to it, in the languages of its last label."""
    lines = [*table.path(Axis.ROWS, row), *table.path(Axis.COLUMNS, column)]
    languages = [tag for tag, _ in lines[-1].label.by_language]
    return Texts(tuple((tag, " › ".join(line.label.within(tag) for line in lines)) for tag in languages))


def label_place(report: Report, at: str) -> Texts | None:
    """A cell, or a column whose unit is meant, in words; None where no version of the report has such a place."""
    for version in (report, *reversed(report.earlier)):
        table_id, _, rest = at.partition(".")
        table = version.tables[table_id].table if table_id in version.tables else None
        if table is None:
            continue
        cell, column = table.find_cell(rest), table.find(Axis.COLUMNS, rest)
        if cell is not None:
            return label_cell(table, cell.row, cell.column)
        if column is not None:
            return column.label
    return None
