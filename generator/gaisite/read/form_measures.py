"""The measures of a form file: with which words prose tells its figures."""

import itertools
from collections.abc import Iterator

from gaisite.model.measures import Measure, Measures, Reading
from gaisite.model.tables import Address, Axis, FigureType, Line, Table, walk_lines
from gaisite.read.fields import Fields, nearest, place_node
from gaisite.read.nodes import ListNode, Node

GAP = "…"
"""In a word: a few characters."""
KEYS = ("counters", "sections", "figures")
FIGURE_KEYS = ("words", "not", "with", "after", "units", "cells", "confused_with", "share_of", "none", "all")
SAYING = ("words", "none", "all")
"""The keys of which a measure needs one: without any it is never named."""


def read_measures(form: Fields, tables: tuple[Table, ...]) -> Measures:
    """The measures in written order, those left out that name no cell."""
    fields = form.record("measures", KEYS)
    counters, sections = fields.strings("counters"), fields.record("sections", ("of", "words"))
    figures = (read_measure(each, tables, counters) for each in fields.records("figures", FIGURE_KEYS))
    return Measures(
        figures=tuple(each for each in figures if each is not None),
        counters=counters,
        units=tuple(
            dict.fromkeys(unit for table in tables for unit in list_units((Address(table=table.id),), tables, ()))
        ),
        sections=read_words(sections, "words"),
        sections_of=read_words(sections, "of"),
    )


def read_measure(fields: Fields, tables: tuple[Table, ...], counters: tuple[str, ...]) -> Measure | None:
    """One measure; None where no cell of it can be found."""
    cells = tuple(read_readings(fields, "cells", tables))
    if fields.require("cells") is None or not cells:
        return None
    if not any(fields.items(key) for key in SAYING):
        fields.note("key-missing", fields.place(), key=SAYING[0])
    whole = tuple(address for reading in read_readings(fields, "share_of", tables) for address in reading)
    if fields.items("all") and not whole:
        fields.note("key-missing", fields.place("all"), key="share_of")
    return Measure(
        words=read_words(fields, "words"),
        excluded=read_words(fields, "not"),
        required=read_words(fields, "with"),
        after=read_words(fields, "after"),
        units=fields.strings("units") or tuple(dict.fromkeys(list_units(cells[0], tables, counters))),
        cells=cells,
        confused=tuple(read_readings(fields, "confused_with", tables)),
        whole=whole,
        none=read_words(fields, "none"),
        all=read_words(fields, "all"),
    )


def list_units(reading: Reading, tables: tuple[Table, ...], counters: tuple[str, ...]) -> Iterator[str]:
    """The units of some cells in every language, and the words that may stand for them where cells are counted."""
    for address in reading:
        table = next(each for each in tables if each.id == address.table)
        for row, column in itertools.product(
            leaves_of(table, Axis.ROWS, address.row), leaves_of(table, Axis.COLUMNS, address.column)
        ):
            unit = table.cell_unit(row, column)
            choices = (*row.unit_choices, *column.unit_choices)
            yield from (text for texts in (unit, *choices) if texts is not None for _, text in texts.by_language)
            if table.cell_type(row, column) is not FigureType.AMOUNT:
                yield from counters


def leaves_of(table: Table, axis: Axis, line_id: str) -> tuple[Line, ...]:
    """The lines with cells at or under a line; of no line, all of the table."""
    line = table.find(axis, line_id)
    return tuple(line.leaves()) if line is not None else table.leaves(axis)


def read_words(fields: Fields, key: str) -> tuple[str, ...]:
    """The words of a list, those left out that are nothing but gaps."""
    words = []
    for node in fields.items(key):
        word = fields.scalar(key, node)
        if word.startswith(GAP) or word.endswith(GAP):
            fields.note("form-measure-gap", place_node(fields.source, node), word=word)
        elif word:
            words.append(word)
    return tuple(words)


def read_readings(fields: Fields, key: str, tables: tuple[Table, ...]) -> Iterator[Reading]:
    """The items of a list as sums of cells: a text is one cell, a list in it the cells to be added."""
    for node in fields.items(key):
        terms = node.items if isinstance(node, ListNode) else (node,)
        addresses = tuple(read_address(fields, key, term, tables) for term in terms)
        known = tuple(address for address in addresses if address is not None)
        if known and len(known) == len(addresses):
            yield known


def read_address(fields: Fields, key: str, node: Node, tables: tuple[Table, ...]) -> Address | None:
    """The address of a cell or of a group's cells; an unknown one is noted."""
    text = fields.scalar(key, node)
    table_id, _, rest = text.partition(".")
    table = next((each for each in tables if each.id == table_id), None)
    address = table.find_address(rest) if table is not None else None
    if address is None or not address.column:
        near = nearest(text, (known for each in tables for known in list_addresses(each)))
        fields.note("form-measure-cell", place_node(fields.source, node), found=text, near=near)
        return None
    return address


def list_addresses(table: Table) -> Iterator[str]:
    """Every address that a measure may name, to find the nearest to a misspelt one."""
    columns = [line.id for line in walk_lines(table.lines(Axis.COLUMNS))]
    for row in ("*", *(line.id for line in walk_lines(table.lines(Axis.ROWS)))):
        yield from (f"{table.id}.{row}.{column}" for column in columns)
