"""Rows that a report adds to a statutory table: declared in figures.yaml, printed in place."""

import re
from dataclasses import replace

from gaisite.model.forms import Axis, Form, Line, Table, insert_rows
from gaisite.read.fields import Fields, nearest, place_node
from gaisite.read.names import FormNames, name_form
from gaisite.read.nodes import MappingNode, Node, Scalar
from gaisite.texts import Texts

ID = re.compile(r"[a-z][a-z0-9_]*")


def add_local_rows(settings: Fields, names: FormNames) -> FormNames:
    """The form with the report's own rows in place; the form itself where there are none.

    `local_rows` maps a table, or a line of one, to the rows added under it: `{id: label}`.
    A line that gets rows of its own becomes a group: its figures are those of its parts.
    """
    form = names.form
    for key, value in settings.entries("local_rows"):
        table, line = find_host(form, names, key.text)
        if table is None:
            known = [address for each in form.tables for address in list_hosts(each)]
            place = place_node(settings.source, key)
            settings.note("local-row-host", place, found=key.text, near=nearest(key.text, known))
            continue
        added = read_local_rows(settings, value, line.id if line else "", form.language)
        form = replace_table(form, insert_rows(table, line.id if line else "", added))
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
    line = table.find(Axis.ROWS, line_name) or found.rows.find("", line_name)
    return (table, line) if line is not None and not line.sum_of else (None, None)


def list_hosts(table: Table) -> list[str]:
    """The addresses that may get local rows."""
    return [table.id, *(f"{table.id}.{row.id}" for row in table.leaves(Axis.ROWS) if not row.sum_of)]


def read_local_rows(settings: Fields, node: Node, parent: str, language: str) -> tuple[Line, ...]:
    """The rows declared at a node."""
    if not isinstance(node, MappingNode):
        settings.note("mapping-expected", place_node(settings.source, node), found="")
        return ()
    lines = []
    for key, value in node.entries:
        label = read_label(settings, key, value, language)
        if not ID.fullmatch(key.text):
            settings.note("id-invalid", place_node(settings.source, key), found=key.text)
        elif label is not None:
            line_id = f"{parent}.{key.text}" if parent else key.text
            lines.append(Line(id=line_id, label=label, local=True))
    return tuple(lines)


def read_label(settings: Fields, key: Scalar, value: Node, language: str) -> Texts | None:
    """The label of a local row."""
    if isinstance(value, Scalar) and value.is_null:
        settings.note("key-missing", place_node(settings.source, key), key="label")
        return None
    return settings.texts_of(key.text, value, language)


def replace_table(form: Form, table: Table) -> Form:
    """The form with one table exchanged for another of the same id."""
    return replace(form, tables=tuple(table if each.id == table.id else each for each in form.tables))
