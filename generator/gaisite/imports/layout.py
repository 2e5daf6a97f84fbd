"""A form as it is printed: the labels that a document's tables are recognised by, in their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gaisite.imports.labels import simplify
from gaisite.model.forms import Form
from gaisite.model.tables import Axis, FigureType, Line, Table, walk_lines
from gaisite.texts import Texts


@dataclass(frozen=True, kw_only=True)
class TableLayout:
    """One statutory table as it is printed."""

    table: Table

    @cached_property
    def rows(self) -> tuple[Line, ...]:
        """The rows that have cells, in printed order."""
        return self.table.leaves(Axis.ROWS)

    @cached_property
    def order(self) -> tuple[Line, ...]:
        """Every row, groups before the rows in them, as they are printed."""
        return tuple(walk_lines(self.table.rows))

    @cached_property
    def groups(self) -> tuple[Line, ...]:
        """The rows that have rows below them and no cells."""
        return tuple(line for line in walk_lines(self.table.rows) if line.lines)

    @cached_property
    def columns(self) -> tuple[Line, ...]:
        """The columns that have cells, in printed order."""
        return self.table.leaves(Axis.COLUMNS)

    @cached_property
    def head_lines(self) -> tuple[Line, ...]:
        """The columns and groups of columns as the header prints them, row by row."""
        return tuple(line for level in list_levels(self.table.columns) for line in level)

    @cached_property
    def head(self) -> tuple[Texts, ...]:
        """Their labels."""
        return tuple(line.label for line in self.head_lines)

    @cached_property
    def around(self) -> tuple[Texts, ...]:
        """What may be printed in the header besides: caption, corner, the head over all columns, note, unit."""
        table = self.table
        texts = (table.caption, table.corner, table.column_head, table.note, table.unit, table.clause)
        return tuple(text for text in texts if text is not None)

    def types(self, row: Line) -> tuple[FigureType, ...]:
        """What each cell of a row may hold."""
        return tuple(self.table.cell_type(row, column) for column in self.columns)

    def units(self, row: Line, column: Line) -> tuple[Texts, ...]:
        """The units that may be printed behind a number."""
        unit = self.table.cell_unit(row, column)
        return (*column.unit_choices, *([unit] if unit else []))


def list_levels(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """The lines of a tree level by level, as the rows of a header are printed."""
    level = lines
    while level:
        yield level
        level = tuple(below for line in level for below in line.lines)


@dataclass(frozen=True, kw_only=True)
class FormLayout:
    """All tables of a form as they are printed."""

    form: Form

    @cached_property
    def tables(self) -> tuple[TableLayout, ...]:
        """In the order in which the sections print them."""
        return tuple(
            TableLayout(table=self.form.table(each)) for section in self.form.sections for each in section.tables
        )

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every official label in the tables, in each language."""
        texts = [text for layout in self.tables for text in (*layout.head, *layout.around)]
        texts += [line.label for layout in self.tables for line in walk_lines(layout.table.rows)]
        return frozenset(label for text in texts for _, label in text.by_language)

    @cached_property
    def official(self) -> frozenset[str]:
        """The labels of rows and columns in the form's own language."""
        lines = (each for layout in self.tables for each in (*layout.order, *layout.head_lines))
        return frozenset(line.label.official for line in lines)

    @cached_property
    def letters(self) -> frozenset[str]:
        """Every label in its letters alone."""
        return frozenset(simplify(label) for label in self.labels)
