"""Lines and cells in words: the labels that lead to them."""

from gaisite.model.forms import Axis, Table
from gaisite.texts import Texts


def label_cell(table: Table, row: str, column: str) -> Texts:
    """A cell in words: the labels that lead to it, in the languages of its last label."""
    lines = [*table.path(Axis.ROWS, row), *table.path(Axis.COLUMNS, column)]
    languages = [tag for tag, _ in lines[-1].label.by_language]
    return Texts(tuple((tag, " › ".join(line.label.within(tag) for line in lines)) for tag in languages))
