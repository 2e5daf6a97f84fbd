"""What figures.yaml may say for one form, as a JSON Schema with which editors complete and check it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from gaisite.model.forms import Form
from gaisite.model.tables import Axis, FigureType, Line, Table, walk_lines
from gaisite.read.children_schema import bind_children, describe_adjustments, describe_children
from gaisite.read.fields import LANGUAGE
from gaisite.read.json_schema import END, Json, refer
from gaisite.read.local_rows import ID
from gaisite.read.names import LineNames, TableNames, name_form, names_of, normalise_label
from gaisite.read.numbers import MAX_DIGITS, NOT_APPLICABLE, SPELLINGS
from gaisite.texts import Texts

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SYNTAX = re.compile(r"[\^$\\.*+?()\[\]{}|/]")
"""What means something in a pattern. Not re.escape: what it writes is no ECMAScript."""
BLANK: Json = {"type": "string", "pattern": r"^\s*$"}
NOTHING: Json = {"anyOf": [{"type": "null"}, BLANK]}
TEXT: Json = {"anyOf": [{"type": ["number", "boolean"]}, {"type": "string", "pattern": r"\S"}]}
LABEL: Json = {
    "anyOf": [
        {"$ref": "#/$defs/text"},
        {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{LANGUAGE.pattern}){END}"},
            "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
            "not": {"additionalProperties": {"$ref": "#/$defs/nothing"}},
        },
    ]
}
SIDE: Json = {"type": ["string", "number", "boolean", "null"]}
PLACES: Json = {"anyOf": [{"$ref": "#/$defs/text"}, {"type": "array", "items": SIDE}]}
DAY = rf"^\s*[1-9][0-9]{{3}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])\s*{END}"
LIMITS = (
    "A schema sees values, not how they are written, and cannot see names that the file itself declares. Only gaisite "
    "check notices: numbers spelled 010, 1e3 or 28.0; a line given twice under two of its names; rows that are not "
    "among those declared, in a table that has local_rows; days that no month has; sums. gaisite also takes names with "
    "other spaces and widths."
)


def write_schema(form: Form) -> Json:
    """The schema of figures.yaml for a form."""
    names = name_form(form)
    tables = tuple(TableSchema(each, name_captions(each.table)) for each in names.tables.values())
    tables = tuple({each.table.id: each for each in tables}.values())
    return {
        "$schema": DIALECT,
        "title": f"figures.yaml, {form.id}: {form.short.official}",
        "description": LIMITS,
        "type": "object",
        "required": ["form"],
        "properties": {
            "form": {"const": form.id, "description": join_languages(form.short)},
            "units": describe_units(tables),
            "local_rows": describe_local_rows(tables),
            "acknowledge": describe_acknowledgements(),
            "corrections": describe_corrections(),
            "children": describe_children(),
            "adjustments": describe_adjustments(form),
            **{name: {"description": describe_table(each.table)} for each in tables for name in each.captions},
        },
        "additionalProperties": False,
        "allOf": [*(each.choose_rows() for each in tables), *bind_children()],
        "$defs": {
            "nothing": NOTHING,
            "text": TEXT,
            "label": LABEL,
            **{type.value: describe_figure(type) for type in FigureType},
            **{key: value for each in tables for key, value in each.definitions()},
        },
    }


def join_languages(texts: Texts) -> str:
    """A text in all its languages."""
    return " / ".join(dict.fromkeys(text for _, text in texts.by_language))


def describe_table(table: Table) -> str:
    """What a table is, and which clause asks for it."""
    return "\n".join(join_languages(texts) for texts in (table.caption, table.clause) if texts)


def name_captions(table: Table) -> tuple[str, ...]:
    """What a table may be called: its id and its captions, as printed and without spaces."""
    captions = [name for _, text in table.caption.by_language for name in (text, normalise_label(text))]
    return tuple(dict.fromkeys((table.id, *captions)))


def describe_figure(type: FigureType) -> Json:
    """What a cell may hold: a number, a number in quotation marks, nothing, or that it is not applicable."""
    number: dict[str, object] = {"type": "number" if type is FigureType.AMOUNT else "integer"}
    number["minimum"] = 1 - 10 ** (MAX_DIGITS - 1) if type is FigureType.CHANGE else 0
    number["maximum"] = 10**MAX_DIGITS - 1
    spelled = {"type": "string", "pattern": f"^(?:{SPELLINGS[type].pattern}){END}", "maxLength": MAX_DIGITS}
    return {"anyOf": [number, spelled, {"enum": sorted(NOT_APPLICABLE)}, refer("nothing")]}


def describe_units(tables: Iterable["TableSchema"]) -> Json:
    """The units that a report may state."""
    offered: dict[str, Json] = {}
    patterns: dict[str, Json] = {}
    for each in tables:
        for column, names in group_names(each.names.columns, each.table.columns):
            if column.unit_choices:
                units = [unit for choice in column.unit_choices for _, unit in choice.by_language]
                offered[f"{each.table.id}.{column.id}"] = {"description": describe_line(column)}
                patterns[each.match_lines(names)] = {"enum": list(dict.fromkeys(units))}
    return describe_setting(offered, patterns)


def describe_local_rows(tables: Iterable["TableSchema"]) -> Json:
    """The rows that a report adds: under which table or row, then each by its id with its label."""
    offered: dict[str, Json] = {}
    patterns: dict[str, Json] = {}
    for each in tables:
        offered[each.table.id] = {"description": describe_table(each.table)}
        patterns[match_names(each.keys())] = describe_added(each.table.rows)
        for row, names in group_names(each.names.rows, each.table.rows):
            if not row.sum_of:
                offered[f"{each.table.id}.{row.id}"] = {"description": describe_line(row)}
                patterns[each.match_lines(names)] = describe_added(row.lines)
    return describe_setting(offered, patterns)


def describe_setting(offered: Mapping[str, Json], patterns: Mapping[str, Json]) -> Json:
    """A mapping of which an editor offers some keys, and which may be left empty."""
    mapping = {"type": "object", "properties": offered, "patternProperties": patterns, "additionalProperties": False}
    return {"anyOf": [refer("nothing"), mapping]}


def describe_added(siblings: tuple[Line, ...]) -> Json:
    """The rows added beside others, whose names they must not bear."""
    names = {normalise_label(name) for line in siblings for name in names_of(line)}
    taken = sorted(name for name in names if ID.fullmatch(name))
    ids = {"pattern": f"^(?:{ID.pattern}){END}", "not": {"enum": taken}}
    return {"type": "object", "propertyNames": ids, "additionalProperties": refer("label")}


def describe_acknowledgements() -> Json:
    """The failures that the report was published with."""
    return describe_records({"check": refer("text"), "at": PLACES, "reason": refer("text")})


def describe_corrections() -> Json:
    """The published figures that were corrected; a side that is blank is null."""
    day = {"type": "string", "pattern": DAY}
    return describe_records({"date": day, "at": PLACES, "old": SIDE, "new": SIDE, "reason": refer("text")})


def describe_records(fields: Mapping[str, Json]) -> Json:
    """A list of records that have each of these fields."""
    record = {"type": "object", "required": list(fields), "properties": fields, "additionalProperties": False}
    return {"anyOf": [refer("nothing"), {"type": "array", "items": record}]}


@dataclass(frozen=True, slots=True)
class TableSchema:
    """Writes the definitions of one table: rows in rows, then cells in cells, each by all its names."""

    names: TableNames
    captions: tuple[str, ...]
    """What the table may be called."""

    @property
    def table(self) -> Table:
        """The table."""
        return self.names.table

    def choose_rows(self) -> Json:
        """The table as the form has it, or with room for local rows where the file declares some in it."""
        key = f"^(?:{'|'.join(escape(name) for name in self.captions)})(?:\\.|{END})"
        declares = {"type": "object", "not": {"propertyNames": {"not": {"pattern": key}}}}
        return {
            "if": {"required": ["local_rows"], "properties": {"local_rows": declares}},
            "then": {"properties": dict.fromkeys(self.captions, refer(f"{self.table.id}:local"))},
            "else": {"properties": dict.fromkeys(self.captions, refer(self.table.id))},
        }

    def definitions(self) -> Iterator[tuple[str, Json]]:
        """The definitions by name: the table, its groups of rows, its rows of cells, and what a local row may hold."""
        types = dict.fromkeys([self.table.type, *(row.type or self.table.type for row in self.leaves())])
        for type in types:
            for parent, columns in list_groups(self.table.columns):
                yield self.cells_name(type, parent), self.describe_cells(type, parent, columns)
        for local in ("", ":local"):
            yield f"{self.table.id}{local}", self.describe_table(local)
            for parent, rows in list_groups(self.table.rows):
                yield self.rows_name(parent, local), self.describe_rows(parent, rows, local)
        below = {"type": ["object", "null"], "additionalProperties": refer(f"{self.table.id}:added")}
        yield f"{self.table.id}:added", {"anyOf": [refer(self.cells_name(self.table.type, "")), below]}

    def leaves(self) -> tuple[Line, ...]:
        """The rows that have cells."""
        return self.table.leaves(Axis.ROWS)

    def cells_name(self, type: FigureType, parent: str) -> str:
        """The name of the definition of cells under a group of columns, in rows of one type."""
        return f"{self.table.id}:cells:{type.value}:{parent}"

    def rows_name(self, parent: str, local: str) -> str:
        """The name of the definition of the rows under a group."""
        return f"{self.table.id}:rows{local}:{parent}"

    def describe_table(self, local: str) -> Json:
        """A table: its rows, or the cells of its only row."""
        rows = refer(self.rows_name("", local))
        if len(self.leaves()) != 1:
            return rows
        row = self.leaves()[0]
        return {"anyOf": [rows, refer(self.cells_name(row.type or self.table.type, ""))]}

    def describe_cells(self, type: FigureType, parent: str, columns: tuple[Line, ...]) -> Json:
        """The cells under a group of columns."""

        def refer_column(column: Line) -> Json:
            return refer(self.cells_name(type, column.id) if column.lines else (column.type or type).value)

        return describe_lines(self.names.columns, parent, columns, refer_column)

    def describe_rows(self, parent: str, rows: tuple[Line, ...], local: str) -> Json:
        """The rows under a group, with room for those that a report adds."""

        def refer_row(row: Line) -> Json:
            if row.lines:
                return refer(self.rows_name(row.id, local))
            cells = refer(self.cells_name(row.type or self.table.type, ""))
            return {"anyOf": [cells, refer(f"{self.table.id}:added")]} if local and not row.sum_of else cells

        described = describe_lines(self.names.rows, parent, rows, refer_row)
        return {**described, "additionalProperties": refer(f"{self.table.id}:added")} if local else described

    def keys(self) -> tuple[str, ...]:
        """The names of the table that may stand before a dot."""
        return tuple(name for name in self.captions if "." not in name)

    def match_lines(self, names: Iterable[str]) -> str:
        """A pattern that matches `table.line` with the names of both."""
        tables, lines = ("|".join(escape(name) for name in some) for some in (self.keys(), names))
        return f"^(?:{tables})\\.(?:{lines}){END}"


def list_groups(lines: tuple[Line, ...]) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The groups of a tree by id, each with the lines in it; first the tree itself."""
    yield "", lines
    yield from ((line.id, line.lines) for line in walk_lines(lines) if line.lines)


def group_names(names: LineNames, lines: tuple[Line, ...]) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """The lines of a tree, each with its id and all names that are unmistakable in the whole tree."""
    found: dict[str, list[str]] = {line.id: [line.id] for line in walk_lines(lines)}
    for name in names.known(""):
        line = names.find("", name)
        if line is not None and name != line.id:
            found[line.id].append(name)
    yield from ((line, tuple(found[line.id])) for line in walk_lines(lines))


def describe_lines(names: LineNames, parent: str, lines: tuple[Line, ...], refer: Callable[[Line], Json]) -> Json:
    """A mapping with lines as keys: an editor offers ids and labels, and takes whatever else gaisite does."""
    properties = {
        name: {**refer(line), "description": describe_line(line)}
        for line in lines
        for name in (line.key, *(label for _, label in line.label.by_language))
    }
    others: dict[str, list[str]] = {}
    targets: dict[str, Line] = {}
    for name in names.known(parent):
        line = names.find(parent, name)
        if line is not None and name not in properties:
            targets[line.id] = line
            others.setdefault(line.id, []).append(name)
    patterns = {match_names(others[line_id]): refer(line) for line_id, line in targets.items()}
    mapping: dict[str, object] = {"type": ["object", "null"], "properties": properties}
    return mapping | {"patternProperties": patterns, "additionalProperties": False}


def describe_line(line: Line) -> str:
    """What a line is: its labels, and its note."""
    return "\n".join(join_languages(texts) for texts in (line.label, line.note) if texts)


def match_names(names: Iterable[str]) -> str:
    """A pattern that matches some names and nothing else."""
    return f"^(?:{'|'.join(escape(name) for name in names)}){END}"


def escape(text: str) -> str:
    """A text as a pattern that matches it."""
    return SYNTAX.sub(r"\\\g<0>", text)
