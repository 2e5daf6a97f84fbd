"""figures.yaml: the figures of one report, placed by the ids or the official labels of its form."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from gaisite.findings import Place, Problems, fault
from gaisite.model.children import ChildrenMode, ChildrenRule
from gaisite.model.content import Acknowledgement, Figure, ReportTable
from gaisite.model.forms import Form
from gaisite.model.record import Correction
from gaisite.model.sums import complete_totals
from gaisite.model.tables import Axis, Line, Table
from gaisite.read.children import KEYS as CHILDREN_KEYS
from gaisite.read.children import leave_tables, read_children
from gaisite.read.corrections import read_corrections
from gaisite.read.fields import Fields, describe, nearest, place_node, read_mapping, suggest
from gaisite.read.files import Source
from gaisite.read.local_rows import add_local_rows
from gaisite.read.names import FormNames, TableNames, list_missing
from gaisite.read.nodes import MappingNode, Node, Scalar
from gaisite.read.numbers import read_figure
from gaisite.texts import Texts

SETTINGS = ("form", "units", "local_rows", "acknowledge", "corrections", *CHILDREN_KEYS)
FIRST_DIGITS = re.compile(r"[+\-＋－−]?[0-9]{1,3}(?:,[0-9]{3})*")
THREE_DIGITS = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What figures.yaml says."""

    form: str
    tables: Mapping[str, ReportTable]
    acknowledgements: tuple[Acknowledgement, ...]
    children: ChildrenRule | None = None
    """What the reports of the agencies below are to it; None: nothing."""
    place: Place
    """The file."""
    readable: bool
    """Whether nothing in it was beyond reading."""
    corrections: tuple[Correction, ...] = ()


def read_figures(source: Source, forms: Mapping[str, FormNames], problems: Problems) -> Figures | None:
    """The figures of one report; None where nothing can be read, every mistake noted with its place."""
    before = len(problems.findings)
    root = read_mapping(source, problems, "figures-empty")
    if root is None:
        return None
    settings = Fields(source, keep_entries(root, SETTINGS), problems, SETTINGS)
    names = find_form(settings, forms)
    if names is None:
        return None
    acknowledgements, children = read_acknowledgements(settings), read_children(settings, names.form)
    if children is not None and children.mode is ChildrenMode.SUM:
        tables = leave_tables(settings, root, names.form, children)
    else:
        tables = read_own_tables(settings, root, names)
    return Figures(
        form=names.form.id,
        tables=tables,
        acknowledgements=acknowledgements,
        children=children,
        corrections=tuple(read_corrections(settings)),
        place=source.place(),
        readable=len(problems.findings) == before,
    )


def read_own_tables(settings: Fields, root: MappingNode, names: FormNames) -> dict[str, ReportTable]:
    """The tables that a report fills in itself, with its own rows and units."""
    names = add_local_rows(settings, names)
    tables = read_tables(settings.source, root, names, settings.problems)
    units = read_units(settings, names)
    return {table_id: replace(table, units=units.get(table_id, {})) for table_id, table in tables.items()}


def keep_entries(root: MappingNode, keys: tuple[str, ...]) -> MappingNode:
    """A mapping with only some of its entries."""
    return root._replace(entries=tuple(entry for entry in root.entries if entry[0].text in keys))


def find_form(settings: Fields, forms: Mapping[str, FormNames]) -> FormNames | None:
    """The form that the file names."""
    form_id = settings.text("form", required=True)
    if form_id and form_id not in forms:
        near = nearest(form_id, forms)
        settings.note("form-unknown", settings.place("form"), found=form_id, near=near, known=", ".join(forms))
    return forms.get(form_id)


def read_tables(source: Source, root: MappingNode, names: FormNames, problems: Problems) -> dict[str, ReportTable]:
    """The tables of a report, one for each of the form's, missing ones blank and without rows named."""
    found: dict[str, ReportTable] = {}
    for key, value in root.entries:
        if key.text in SETTINGS:
            continue
        table = names.find(key.text)
        place = source.place(key.line, key.column, len(key.text))
        if table is None:
            known = (*SETTINGS, *(table.id for table in names.form.tables))
            problems.add(fault("key-unknown", place, key=key.text, near=suggest(key.text, known, problems)).finding)
        elif table.table.id in found:
            first = found[table.table.id].place.line
            problems.add(fault("key-duplicate", place, key=key.text, first=first).finding)
        else:
            found[table.table.id] = TableReader(source, table, problems).read(value, place)
    for table_names in names.tables.values():
        if table_names.table.id not in found:
            found[table_names.table.id] = blank_table(table_names.table, source.place())
    return {table.id: found[table.id] for table in names.form.tables}


def blank_table(table: Table, place: Place) -> ReportTable:
    """A table that the report does not have."""
    return ReportTable(table=table, figures={}, units={}, place=place, missing_rows=list_missing(table, set()))


@dataclass(slots=True)
class TableReader:
    """Reads one table: rows as deep as the form's, then cells."""

    source: Source
    names: TableNames
    problems: Problems
    figures: dict[tuple[str, str], Figure] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def read(self, node: Node, place: Place) -> ReportTable:
        """The table written at a node."""
        table = self.names.table
        row_leaves = table.leaves(Axis.ROWS)
        if len(row_leaves) == 1 and self.names_columns(node):
            self.read_cells(node, row_leaves[0], "")
        else:
            self.read_rows(node, "")
        return ReportTable(
            table=table,
            figures=complete_totals(table, self.figures),
            units={},
            place=place,
            missing_rows=list_missing(table, self.named),
        )

    def names_columns(self, node: Node) -> bool:
        """Whether the only row of a table is left unnamed."""
        if not isinstance(node, MappingNode) or not node.entries:
            return False
        first = node.entries[0][0].text
        return self.names.rows.find("", first) is None and self.names.columns.find("", first) is not None

    def read_rows(self, node: Node, parent: str) -> None:
        """The rows written under a table or a group of rows."""
        for key, value in self.mapping(node, parent or self.names.table.id):
            line = self.names.rows.find(parent, key.text)
            if line is None:
                self.note_unknown("row-unknown", key, self.names.rows.known(parent), parent)
            elif line.lines:
                self.read_rows(value, line.id)
            elif line.id in self.named:
                self.note_twice(key, f"{self.names.table.id}.{line.id}")
            else:
                self.read_cells(value, line, "")

    def read_cells(self, node: Node, row: Line, parent: str) -> None:
        """The cells written under a row or a group of columns."""
        self.named.add(row.id)
        for key, value in join_thousands(self.mapping(node, row.id)):
            column = self.names.columns.find(parent, key.text)
            if column is None:
                self.note_unknown("column-unknown", key, self.names.columns.known(parent), row.id)
            elif column.lines:
                self.read_cells(value, row, column.id)
            elif (row.id, column.id) in self.figures:
                self.note_twice(key, self.cell_id(row, column))
            else:
                self.read_cell(value, row, column)

    def read_cell(self, node: Node, row: Line, column: Line) -> None:
        """One cell."""
        at = self.cell_id(row, column)
        with self.problems.gather():
            if not isinstance(node, Scalar):
                raise fault("figure-expected", place_node(self.source, node), at, found=describe(node))
            type = self.names.table.cell_type(row, column)
            self.figures[row.id, column.id] = read_figure(self.source, node, type, at)

    def cell_id(self, row: Line, column: Line) -> str:
        """The id of a cell, as findings and acknowledgements name it."""
        return f"{self.names.table.id}.{row.id}.{column.id}"

    def mapping(self, node: Node, at: str) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a node that must be a mapping; nothing written counts as none."""
        if isinstance(node, MappingNode):
            return node.entries
        if not (isinstance(node, Scalar) and node.is_null):
            check = "colon-full-width" if isinstance(node, Scalar) and "：" in node.text else "cells-expected"
            place = place_node(self.source, node)
            self.problems.add(fault(check, place, at, found=describe(node)).finding)
        return ()

    def note_unknown(self, check: str, key: Scalar, known: tuple[str, ...], parent: str) -> None:
        """Note a name that the form does not have here."""
        place = self.source.place(key.line, key.column, len(key.text))
        found = "colon-full-width" if "：" in key.text else check
        at = ".".join(part for part in (self.names.table.id, parent) if part)
        self.problems.add(fault(found, place, at, found=key.text, near=suggest(key.text, known, self.problems)).finding)

    def note_twice(self, key: Scalar, at: str) -> None:
        """Note a row or cell that is given a second time under another of its names."""
        place = self.source.place(key.line, key.column, len(key.text))
        self.problems.add(fault("line-twice", place, at, key=key.text).finding)


def join_thousands(entries: Iterable[tuple[Scalar, Node]]) -> Iterable[tuple[Scalar, Node]]:
    """The cells as they were meant: `total: 1,024` in braces is to YAML a key with 1 and a key 024 with nothing."""
    joined: list[tuple[Scalar, Node]] = []
    for key, value in entries:
        column, before = joined[-1] if joined else (key, None)
        is_rest = THREE_DIGITS.fullmatch(key.text) and isinstance(value, Scalar) and value.is_null
        if is_rest and isinstance(before, Scalar) and FIRST_DIGITS.fullmatch(before.text):
            joined[-1] = (column, before._replace(text=f"{before.text},{key.text}"))
        else:
            joined.append((key, value))
    return joined


def read_units(settings: Fields, names: FormNames) -> dict[str, dict[str, Texts]]:
    """The units that a report states, by table and column, where the form leaves them open."""
    units: dict[str, dict[str, Texts]] = {}
    for key, value in settings.entries("units"):
        with settings.problems.gather():
            table, column = find_open_column(settings, key, names)
            unit = read_unit(settings, key, value, column)
            if column.id in units.get(table.id, {}):
                raise fault("line-twice", place_node(settings.source, key), key=key.text)
            units.setdefault(table.id, {})[column.id] = unit
    return units


def find_open_column(settings: Fields, key: Scalar, names: FormNames) -> tuple[Table, Line]:
    """The table and the column that a key of `units` names; ContentError where the form has no such open unit."""
    table_name, _, column_name = key.text.partition(".")
    table = names.find(table_name)
    column = find_column(table, column_name) if table else None
    place = place_node(settings.source, key)
    if table is None or column is None:
        near = suggest(key.text, list_open_columns(names.form), settings.problems)
        raise fault("key-unknown", place, key=key.text, near=near)
    if not column.unit_choices:
        raise fault("unit-not-open", place, key=key.text)
    return table.table, column


def list_open_columns(form: Form) -> list[str]:
    """The columns whose unit a report may state, as `units` names them."""
    columns = ((table, column) for table in form.tables for column in table.leaves(Axis.COLUMNS))
    return [f"{table.id}.{column.id}" for table, column in columns if column.unit_choices]


def read_unit(settings: Fields, key: Scalar, value: Node, column: Line) -> Texts:
    """The unit that a report states; ContentError where the form does not allow it."""
    place, found = place_node(settings.source, value), describe(value)
    stated = settings.scalar(key.text, value) if isinstance(value, Scalar) else ""
    for choice in column.unit_choices:
        if stated in dict(choice.by_language).values():
            return choice
    choices = ", ".join(choice.official for choice in column.unit_choices)
    raise fault("unit-unknown", place, found=found, choices=choices)


def find_column(table: TableNames, name: str) -> Line | None:
    """The column with this id or label."""
    return table.table.find(Axis.COLUMNS, name) or table.columns.find("", name)


def read_acknowledgements(settings: Fields) -> tuple[Acknowledgement, ...]:
    """The failures that the report acknowledges, one for each place."""
    acknowledged = []
    for record in settings.records("acknowledge", ("check", "at", "reason")):
        check = record.text("check", required=True)
        reason = record.text("reason", required=True)
        record.require("at")
        for node in record.items("at"):
            at = record.scalar("at", node)
            place = place_node(settings.source, node)
            acknowledged.append(Acknowledgement(check=check, at=at, reason=reason, place=place))
    return tuple(acknowledged)
