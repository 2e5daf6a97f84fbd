"""Rows that a report adds to a statutory table: declared in figures.yaml, printed in place."""

import re
from dataclasses import dataclass, replace

from gaisite.findings import fault
from gaisite.model.forms import Form
from gaisite.model.tables import Axis, Line, Table, insert_rows
from gaisite.read.fields import Fields, describe, place_node, suggest
from gaisite.read.names import FormNames, name_form, names_of, normalise_label
from gaisite.read.nodes import MappingNode, Node, Scalar
from gaisite.texts import Texts

MAX_ROWS = 1_000
"""In one report: each is a row of its tables, of its comparisons and of its files for download."""
ID = re.compile(r"[a-z][a-z0-9_]*")


def add_local_rows(settings: Fields, names: FormNames) -> FormNames:
    """The form with the report's own rows in place; the form itself where there are none.

    `local_rows` maps a table, or a line of one, to the rows added under it: `{id: label}`.
    A line that gets rows of its own becomes a group: its figures are those of its parts.
    """
    form, entries = names.form, settings.entries("local_rows")
    number = sum(len(value.entries) for _, value in entries if isinstance(value, MappingNode))
    if number > MAX_ROWS:
        settings.note("local-row-many", settings.place("local_rows"), number=number, limit=MAX_ROWS)
        return names
    for key, value in entries:
        table, line = find_host(form, names, key.text)
        if table is None:
            known = [address for each in form.tables for address in list_hosts(each)]
            place = place_node(settings.source, key)
            settings.note("local-row-host", place, found=key.text, near=suggest(key.text, known, settings.problems))
            continue
        host = line.id if line else ""
        added = LocalRows(settings, host, form.language, line.lines if line else table.rows).read(value)
        form = replace_table(form, insert_rows(table, host, added))
    return names if form is names.form else name_form(form)


def find_host(form: Form, names: FormNames, address: str) -> tuple[Table | None, Line | None]:
    """The table and the line of it that an address names, by ids or labels; no line for the table itself."""
    table_name, _, line_name = address.partition(".")
    found = names.find(table_name)
    if found is None:
        return None, None
    table = form.table(found.table.id)
    if not line_name:
        return table, None
    named = found.rows.find("", line_name)
    line = table.find(Axis.ROWS, named.id if named else line_name)
    return (table, line) if line is not None and not line.sum_of else (None, None)


def list_hosts(table: Table) -> list[str]:
    """The addresses that may get local rows."""
    return [table.id, *(f"{table.id}.{row.id}" for row in table.leaves(Axis.ROWS) if not row.sum_of)]


@dataclass(frozen=True, slots=True)
class LocalRows:
    """Reads the rows that a report adds under one line or at the end of a table."""

    settings: Fields
    host: str
    """Id of the line; empty for the table itself."""
    language: str
    siblings: tuple[Line, ...]
    """The rows that are there already: neither an id nor a label may be used twice."""

    def read(self, node: Node) -> tuple[Line, ...]:
        """The rows declared at a node."""
        if not isinstance(node, MappingNode):
            self.settings.note("mapping-expected", place_node(self.settings.source, node), found=describe(node))
            return ()
        taken = {normalise_label(name) for line in self.siblings for name in names_of(line)}
        lines = []
        for key, value in node.entries:
            with self.settings.problems.gather():
                line = self.read_line(key, value)
                names = {normalise_label(name): name for name in names_of(line)}
                for name in names.keys() & taken:
                    raise fault("line-twice", place_node(self.settings.source, key), key=names[name])
                lines.append(line)
                taken |= names.keys()
        return tuple(lines)

    def read_line(self, key: Scalar, value: Node) -> Line:
        """One row; ContentError where its id cannot be one or it has no label."""
        before = len(self.settings.problems.findings)
        label = self.settings.texts_of("label", value, self.language)
        place = place_node(self.settings.source, key)
        if not ID.fullmatch(key.text):
            raise fault("id-invalid", place, found=key.text)
        if label is None and len(self.settings.problems.findings) == before:
            raise fault("key-missing", place, key="label")
        line_id = f"{self.host}.{key.text}" if self.host else key.text
        return Line(id=line_id, label=label or Texts(((self.language, key.text),)), local=True)


def replace_table(form: Form, table: Table) -> Form:
    """The form with one table exchanged for another of the same id."""
    return replace(form, tables=tuple(table if each.id == table.id else each for each in form.tables))
