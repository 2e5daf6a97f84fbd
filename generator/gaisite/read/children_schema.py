"""`children` and `adjustments` in the JSON Schema of figures.yaml."""

from collections.abc import Iterator

from gaisite.model.children import ChildrenMode
from gaisite.model.contributions import list_component_cells
from gaisite.model.forms import Form
from gaisite.model.tables import FigureType
from gaisite.read.children import BESIDE_SUM, SIGNED, is_amount
from gaisite.read.json_schema import END, Json, refer
from gaisite.read.numbers import MAX_DIGITS


def describe_children() -> Json:
    """What the reports of the agencies below are to the report."""
    return {"anyOf": [refer("nothing"), {"enum": [each.value for each in ChildrenMode]}]}


def describe_adjustments(form: Form) -> Json:
    """The documented differences from the sum of the reports below, by what the cell holds."""
    cells: dict[FigureType, list[str]] = {type: [] for type in SIGNED}
    for cell in list_component_cells(form):
        cells[FigureType.AMOUNT if is_amount(form, cell) else FigureType.CHANGE].append(str(cell))
    kinds = [
        {"properties": {"at": {"enum": cells[type]}, "by": describe_signed(type)}} for type in SIGNED if cells[type]
    ]
    adjustment = {
        "type": "object",
        "required": ["at", "by", "reason"],
        "properties": {"at": {}, "by": {}, "reason": refer("text")},
        "additionalProperties": False,
        "anyOf": kinds,
    }
    return {"anyOf": [refer("nothing"), {"type": "array", "items": adjustment}]}


def describe_signed(type: FigureType) -> Json:
    """By how much a cell is adjusted: with a sign, for an amount with decimals."""
    spelled = {"type": "string", "pattern": f"^(?:{SIGNED[type].pattern}){END}", "maxLength": MAX_DIGITS}
    number = {
        "type": "number" if type is FigureType.AMOUNT else "integer",
        "minimum": 1 - 10 ** (MAX_DIGITS - 1),
        "maximum": 10**MAX_DIGITS - 1,
    }
    return {"anyOf": [number, spelled]}


def bind_children() -> Iterator[Json]:
    """Where figures are the sum of the reports below, none is written; adjustments need such a sum."""
    yield {
        "if": {"required": ["children"], "properties": {"children": {"const": ChildrenMode.SUM.value}}},
        "then": {"propertyNames": {"enum": list(BESIDE_SUM)}},
    }
    yield {
        "if": {"required": ["adjustments"], "properties": {"adjustments": {"not": refer("nothing")}}},
        "then": {"required": ["children"], "properties": {"children": {"not": refer("nothing")}}},
    }
