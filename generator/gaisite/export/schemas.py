"""JSON Schema (2020-12): of data.json of a report in one form, and of series.json of an agency."""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from gaisite.model.content import State
from gaisite.model.forms import Form, Relation
from gaisite.model.tables import Axis, FigureType, Table, walk_lines

Json: TypeAlias = Mapping[str, object]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ROW_ID = r"^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$"
"""Any: a report may add rows."""
TEXT: Json = {"type": "string", "minLength": 1}
YEAR: Json = {"type": "integer"}
TEXTS: Json = {"type": "array", "items": TEXT, "minItems": 1}
LABELS: Json = {"type": "object", "additionalProperties": TEXTS}
LICENCE: Json = {"type": "object", "properties": {"name": TEXT, "url": TEXT}, "required": ["name"]}
FIGURE: Json = {
    "state": {"enum": [state.value for state in State]},
    "value": {"type": "number", "description": "There in the state number only; text has its exact digits."},
    "text": {"type": "string", "minLength": 1, "description": "As published, with its sign and last zeros."},
    "unit": TEXT,
    "computed": {"const": True, "description": "Not in the report, but summed from its parts."},
}
STATES: Json = {
    "if": {"properties": {"state": {"const": State.NUMBER.value}}},
    "then": {"required": ["value", "text"]},
    "else": {"properties": {"value": False, "computed": False}},
}


def describe(members: Json, optional: Json, **more: object) -> Json:
    """An object with these members, some of which may be left out, and no other."""
    shape: dict[str, object] = {"type": "object", "properties": {**members, **optional}, "required": list(members)}
    return {**shape, "additionalProperties": False, **more}


def split_figure() -> tuple[Json, Json]:
    """The members of a figure: those that are always there, and the others."""
    always = {"state": FIGURE["state"]}
    return always, {name: member for name, member in FIGURE.items() if name not in always}


def describe_observation(columns: Json, value: Json) -> Json:
    """An observation of a table."""
    always, others = split_figure()
    members = {"row": {"type": "string", "pattern": ROW_ID}, "column": columns, **always}
    checks = {"failed": TEXTS, "acknowledged": TEXTS}
    revised = {"type": "string", "format": "date"}
    return describe(members, {**others, "value": value, "series": TEXT, **checks, "revised": revised}, **STATES)


def describe_point() -> Json:
    """A year of a series."""
    always, others = split_figure()
    relation = {"enum": [relation.value for relation in Relation], "default": Relation.SAME.value}
    return describe({"year": YEAR, **always}, {**others, "relation": relation, "note": TEXT, "cells": TEXTS}, **STATES)


def describe_series() -> Json:
    """A series."""
    names = dict.fromkeys(("series", "table", "row", "column", "table_label"), TEXT)
    points = {"type": "array", "items": describe_point()}
    return describe({**names, "row_labels": TEXTS, "column_labels": TEXTS, "points": points}, {})


def write_report_schema(form: Form) -> bytes:
    """The schema of data.json of a report in this form."""
    tables = [describe_table(table) for table in form.tables]
    members = {
        "$schema": TEXT,
        "agency": TEXT,
        "agency_name": TEXT,
        "form": {"const": form.id},
        "title": TEXT,
        "year": YEAR,
        "tables": {"type": "array", "prefixItems": tables, "minItems": len(tables), "maxItems": len(tables)},
    }
    optional = {"published": TEXT, "source_url": TEXT, "licence": LICENCE}
    return write({"$schema": DIALECT, "title": form.short.official, **describe(members, optional)})


def write_series_schema() -> bytes:
    """The schema of series.json."""
    brief = {"year": YEAR, "form": TEXT, "agency_name": TEXT, "title": TEXT, "data": TEXT}
    broken = describe({"before": YEAR, "after": YEAR, "note": TEXT}, {})
    members = {
        "$schema": TEXT,
        "agency": TEXT,
        "name": TEXT,
        "years": {"type": "array", "items": YEAR},
        "breaks": {"type": "array", "items": broken},
        "reports": {"type": "array", "items": describe(brief, {"published": TEXT})},
        "series": {"type": "array", "items": describe_series()},
    }
    return write({"$schema": DIALECT, **describe(members, {"licence": LICENCE})})


def describe_table(table: Table) -> Json:
    """A table: every column of the form and no other, its rows and those that a report adds."""
    columns = [column.id for column in table.leaves(Axis.COLUMNS)]
    members = {
        "table": {"const": table.id},
        "label": TEXT,
        "rows": LABELS,
        "columns": describe(dict.fromkeys(columns, TEXTS), {}),
        "observations": {
            "type": "array",
            "items": describe_observation({"enum": columns}, describe_value(table)),
        },
    }
    return describe(members, {})


def describe_value(table: Table) -> Json:
    """What a value of a table may be, as far as all its cells have one type."""
    types = set(list_types(table))
    if types == {FigureType.COUNT}:
        return {"type": "integer", "minimum": 0}
    return {"type": "number" if FigureType.AMOUNT in types else "integer"}


def list_types(table: Table) -> Iterator[FigureType]:
    """The types of a table's cells, and what a report may add to it."""
    yield table.type
    for line in (*walk_lines(table.rows), *walk_lines(table.columns)):
        if line.type is not None:
            yield line.type


def write(schema: Json) -> bytes:
    """A schema as a file."""
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()
