"""The tables of a form file: two trees of lines, with what each line may hold and what it adds up."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gaisite.findings import Place
from gaisite.model.tables import Axis, FigureType, Line, Table, lies_in, walk_lines
from gaisite.read.fields import Fields, nearest, place_node
from gaisite.read.names import names_of, normalise_label
from gaisite.read.nodes import MappingNode, Node, Scalar
from gaisite.texts import Texts

TABLE_KEYS = (
    "caption", "clause", "unit", "corner", "column_head", "type", "note", "principal", "key_figures", "columns", "rows",
)  # fmt: skip
CELL_KEYS = ("type", "unit", "unit_choices", "unit_factors", "sum_of", "optional")
"""What only a line with cells may say."""
LINE_KEYS = ("label", "lines", "note", *CELL_KEYS)
ID = re.compile(r"[a-z][a-z0-9_]*")
HYPHENED_ID = re.compile(r"[a-z][a-z0-9-]*")
FACTOR = re.compile(r"[1-9][0-9]{0,8}")
TYPES = tuple(each.value for each in FigureType)


def read_tables(form: Fields, language: str, reserved: Iterable[str]) -> tuple[Table, ...]:
    """The tables in written order; no table may be called one of the reserved words."""
    reserved = tuple(reserved)
    tables: list[Table] = []
    captions: dict[str, int] = {}
    for key, node in form.entries("tables"):
        if key.text in reserved:
            form.note("form-id-reserved", place_node(form.source, key), id=key.text)
        check_id(form, key)
        table = read_table(key, Fields(form.source, node, form.problems, TABLE_KEYS), language)
        note_repeated(form, key, {normalise_label(text) for _, text in table.caption.by_language}, captions)
        tables.append(table)
    return tuple(tables)


def read_table(key: Scalar, fields: Fields, language: str) -> Table:
    """One table; what is missing is noted and replaced by the table's id."""
    unnamed = Texts(((language, key.text),))
    figure_type = fields.choice("type", TYPES)
    table = Table(
        id=key.text,
        caption=read_texts(fields, "caption", language, required=True) or unnamed,
        columns=LineReader(fields, language).read_axis(Axis.COLUMNS),
        rows=LineReader(fields, language).read_axis(Axis.ROWS),
        corner=read_texts(fields, "corner", language, required=True) or unnamed,
        column_head=read_texts(fields, "column_head", language),
        type=FigureType(figure_type) if figure_type else FigureType.COUNT,
        unit=read_texts(fields, "unit", language),
        clause=read_texts(fields, "clause", language),
        note=read_texts(fields, "note", language),
    )
    labels = read_key_labels(fields, language)
    figures = read_key_figures(fields, table)
    return replace(table, principal=read_principal(fields, table), key_figures=figures, key_labels=labels)


def read_texts(fields: Fields, key: str, language: str, *, required: bool = False) -> Texts | None:
    """The texts of a field, which must have one in the form's own language."""
    texts = fields.texts(key, language, required=required)
    if texts is not None and (texts.language != language or not texts.official):
        fields.note("form-text-language", fields.place(key), key=key, language=language)
    return texts


def read_principal(fields: Fields, table: Table) -> str:
    """The id of the column that stands for a row."""
    column = fields.text("principal")
    if column:
        note_unknown_leaf(fields, fields.place("principal"), table, Axis.COLUMNS, column)
    return column


def read_key_labels(fields: Fields, language: str) -> dict[str, Texts]:
    """The short names of key figures, where they come with names."""
    if not isinstance(fields.get("key_figures"), MappingNode):
        return {}
    own = fields.record("key_figures", [key.text for key, _ in fields.entries("key_figures")])
    labels = ((key.text, read_texts(own, key.text, language)) for key, _ in fields.entries("key_figures"))
    return {cell: label for cell, label in labels if label is not None}


def list_key_nodes(fields: Fields) -> tuple[Node, ...]:
    """The cells that key_figures names: in a list, or as the keys of their names."""
    if isinstance(fields.get("key_figures"), MappingNode):
        return tuple(key for key, _ in fields.entries("key_figures"))
    return fields.items("key_figures")


def read_key_figures(fields: Fields, table: Table) -> tuple[str, ...]:
    """Those of the key figures that name a cell."""
    figures = []
    for node in list_key_nodes(fields):
        text = fields.scalar("key_figures", node)
        address = table.find_address(text)
        if address is not None and table.is_cell(address):
            figures.append(text)
        else:
            near = nearest(text, list_cell_names(table))
            fields.note("form-cell-unknown", place_node(fields.source, node), cell=text, within=table.id, near=near)
    return tuple(figures)


def list_cell_names(table: Table) -> Iterator[str]:
    """The names `row.column` of all cells."""
    for row in table.leaves(Axis.ROWS):
        for column in table.leaves(Axis.COLUMNS):
            yield f"{row.id}.{column.id}"


def note_unknown_leaf(fields: Fields, place: Place, table: Table, axis: Axis, line_id: str) -> bool:
    """Note an id that is not that of a line with cells; whether it was noted."""
    line = table.find(axis, line_id)
    if line is None:
        near = nearest(line_id, (each.id for each in walk_lines(table.lines(axis))))
        fields.note("form-line-unknown", place, line=line_id, within=table.id, near=near)
    elif line.lines:
        fields.note("form-line-group", place, line=line_id, within=table.id)
    return line is None or bool(line.lines)


def check_id(fields: Fields, key: Scalar) -> None:
    """Note an id that would not do in addresses and URLs."""
    if not ID.fullmatch(key.text):
        fields.note("id-invalid", place_node(fields.source, key), found=key.text)


def check_hyphened_id(fields: Fields, key: Scalar) -> None:
    """Note an id of a form or a check that would not do in file names and messages."""
    if not HYPHENED_ID.fullmatch(key.text):
        fields.note("form-id", place_node(fields.source, key), found=key.text)


def find_table(fields: Fields, node: Node | None, tables: Iterable[Table]) -> Table | None:
    """The table that a text names; an unknown one is noted."""
    if node is None:
        return None
    by_id = {table.id: table for table in tables}
    name = fields.scalar("table", node)
    if name not in by_id:
        fields.note("form-table-unknown", place_node(fields.source, node), table=name, near=nearest(name, by_id))
    return by_id.get(name)


def note_repeated(fields: Fields, key: Scalar, names: Iterable[str], taken: dict[str, int]) -> None:
    """Note the first of a thing's names that an earlier sibling bears; keep the others, with their line."""
    names = sorted(names)
    repeated = next((name for name in names if name in taken), "")
    if repeated:
        place = place_node(fields.source, key)
        fields.note("form-label-duplicate", place, line=key.text, label=repeated, first=taken[repeated])
    for name in names:
        taken.setdefault(name, key.line)


def join_id(parent: str, key: str) -> str:
    """The id of a line under another; the parent of top-level lines is the empty id."""
    return f"{parent}.{key}" if parent else key


def list_ids(node: Node | None, parent: str = "") -> Iterator[str]:
    """The ids of all lines written under a node, before any of them is read."""
    for key, value in node.entries if isinstance(node, MappingNode) else ():
        line_id = join_id(parent, key.text)
        yield line_id
        if isinstance(value, MappingNode):
            for name, below in value.entries:
                if name.text == "lines":
                    yield from list_ids(below, line_id)


class LineReader:
    """Reads one tree of lines of a table."""

    def __init__(self, table: Fields, language: str) -> None:
        self.table = table
        self.language = language
        self.ids: tuple[str, ...] = ()
        self.totals: dict[str, Place] = {}
        """Where each total says what it adds up."""

    def read_axis(self, axis: Axis) -> tuple[Line, ...]:
        """The tree of one direction."""
        if self.table.require(axis.value) is None:
            return ()
        self.ids = tuple(list_ids(self.table.get(axis.value)))
        lines = self.read_lines(self.table, axis.value, "")
        self.note_cycles({line.id: line.sum_of for line in walk_lines(lines)})
        return lines

    def read_lines(self, owner: Fields, key: str, parent: str) -> tuple[Line, ...]:
        """The lines of a mapping from id to line; their ids and labels tell them apart."""
        lines: list[Line] = []
        names: dict[str, int] = {}
        entries = owner.entries(key)
        if isinstance(owner.get(key), MappingNode) and not entries:
            owner.note("form-lines-missing", owner.place(key), key=key)
        for name, node in entries:
            check_id(owner, name)
            line = self.read_line(name, node, parent)
            note_repeated(owner, name, {normalise_label(each) for each in names_of(line)}, names)
            lines.append(line)
        return tuple(lines)

    def read_line(self, key: Scalar, node: Node, parent: str) -> Line:
        """One line; a plain text is its label."""
        line_id, unnamed = join_id(parent, key.text), Texts(((self.language, key.text),))
        if isinstance(node, Scalar) and not node.is_null:
            return Line(id=line_id, label=self.table.texts_of(key.text, node, self.language) or unnamed)
        fields = Fields(self.table.source, node, self.table.problems, LINE_KEYS)
        line = Line(
            id=line_id,
            label=read_texts(fields, "label", self.language, required=True) or unnamed,
            lines=self.read_lines(fields, "lines", line_id),
            note=read_texts(fields, "note", self.language),
        )
        return self.refuse_cells(fields, line) if line.lines else self.add_cells(fields, line, parent)

    def refuse_cells(self, fields: Fields, line: Line) -> Line:
        """The group, which has no cells to say anything about."""
        for key in CELL_KEYS:
            if key in fields.keys:
                fields.note("form-group-key", place_node(fields.source, fields.keys[key]), key=key, line=line.id)
        return line

    def add_cells(self, fields: Fields, line: Line, parent: str) -> Line:
        """The line with what its cells may hold."""
        figure_type = fields.choice("type", TYPES)
        texts = (fields.texts_of("unit_choices", node, self.language) for node in fields.items("unit_choices"))
        choices = tuple(unit for unit in texts if unit is not None)
        return replace(
            line,
            type=FigureType(figure_type) if figure_type else None,
            unit=read_texts(fields, "unit", self.language),
            unit_choices=choices,
            unit_factors=read_factors(fields, len(choices)),
            sum_of=self.read_sum(fields, line.id, parent),
            optional=fields.flag("optional"),
        )

    def read_sum(self, fields: Fields, line_id: str, parent: str) -> tuple[str, ...]:
        """The full ids of the siblings, or of lines below them, that a total adds up."""
        parts: list[str] = []
        for node in fields.items("sum_of"):
            name = fields.scalar("sum_of", node)
            part = join_id(parent, name)
            if part not in self.ids:
                near = nearest(name, self.list_relative(parent))
                place = place_node(fields.source, node)
                fields.note("form-line-unknown", place, line=name, within=line_id, near=near)
            elif any(lies_in(part, other) or lies_in(other, part) for other in parts):
                fields.note("form-line-repeated", place_node(fields.source, node), line=name, total=line_id)
            else:
                parts.append(part)
        self.totals[line_id] = fields.place("sum_of")
        return tuple(parts)

    def list_relative(self, parent: str) -> list[str]:
        """The names by which the lines under a parent call one another."""
        prefix = join_id(parent, "") if parent else ""
        return [line_id.removeprefix(prefix) for line_id in self.ids if line_id.startswith(prefix)]

    def note_cycles(self, totals: dict[str, tuple[str, ...]]) -> None:
        """Note the first total of each circle of totals that add one another up."""
        noted: set[str] = set()
        for total in totals:
            circle = find_circle(totals, total)
            if circle and not noted & set(circle):
                self.table.note("form-sum-cycle", self.totals[total], circle=" → ".join((*circle, total)))
                noted.update(circle)


def read_factors(fields: Fields, choices: int) -> tuple[int, ...]:
    """How many of the smallest unit each unit is; one whole number for each choice, or none at all."""
    texts = fields.strings("unit_factors")
    numbers = tuple(int(text) for text in texts if FACTOR.fullmatch(text))
    if len(numbers) != len(texts) or (texts and len(texts) != choices):
        fields.note("form-unit-factors", fields.place("unit_factors"), found=len(numbers), wanted=choices)
        return ()
    return numbers


def find_circle(totals: dict[str, tuple[str, ...]], start: str) -> tuple[str, ...]:
    """The totals by which a total comes to add up itself, beginning with it; empty where it does not."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        for part in totals.get(path[-1], ()):
            if part == start:
                return path
            if part not in seen:
                seen.add(part)
                paths.append((*path, part))
    return ()
