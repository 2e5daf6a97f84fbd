"""Cells in words."""

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
