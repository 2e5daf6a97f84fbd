"""`children` and `adjustments` in the JSON Schema of figures.yaml."""

from collections.abc import Iterator

from gaisite.model.children import ChildrenMode
from gaisite.model.contributions import list_component_cells
from gaisite.model.forms import Axis, FigureType, Form
from gaisite.read.children import BESIDE_SUM
from gaisite.read.json_schema import END, Json, refer
from gaisite.read.numbers import MAX_DIGITS, SPELLINGS


def describe_children() -> Json:
    """What the reports of the agencies below are to the report."""
    return {"anyOf": [refer("nothing"), {"enum": [each.value for each in ChildrenMode]}]}


def describe_adjustments(form: Form) -> Json:
    """The documented differences from the sum of the reports below, by the type of the cell."""
    cells: dict[bool, list[str]] = {False: [], True: []}
    for cell in list_component_cells(form):
        table = form.table(cell.table)
        row, column = table.find(Axis.ROWS, cell.row), table.find(Axis.COLUMNS, cell.column)
        if row is not None and column is not None:
            cells[table.cell_type(row, column) is FigureType.AMOUNT].append(str(cell))
    kinds = [
        {"properties": {"at": {"enum": cells[is_amount]}, "by": describe_signed(is_amount=is_amount)}}
        for is_amount in cells
        if cells[is_amount]
    ]
    adjustment = {
        "type": "object",
        "required": ["at", "by", "reason"],
        "properties": {"at": {}, "by": {}, "reason": refer("text")},
        "additionalProperties": False,
        "anyOf": kinds,
    }
    return {"anyOf": [refer("nothing"), {"type": "array", "items": adjustment}]}


def describe_signed(*, is_amount: bool) -> Json:
    """By how much a cell is adjusted: as a change is written, for an amount with decimals."""
    limit = 10**MAX_DIGITS - 1
    if not is_amount:
        pattern = f"^(?:{SPELLINGS[FigureType.CHANGE].pattern}){END}"
        spelled: Json = {"type": "string", "pattern": pattern, "maxLength": MAX_DIGITS}
        return {"anyOf": [{"type": "integer", "minimum": 1 - 10 ** (MAX_DIGITS - 1), "maximum": limit}, spelled]}
    amount = SPELLINGS[FigureType.AMOUNT].pattern
    plain = {"type": "string", "pattern": f"^(?:{amount}){END}", "maxLength": MAX_DIGITS}
    signed = {"type": "string", "pattern": f"^[+\\-＋－−](?:{amount}){END}", "maxLength": MAX_DIGITS + 1}
    return {"anyOf": [{"type": "number", "minimum": -limit, "maximum": limit}, plain, signed]}


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
