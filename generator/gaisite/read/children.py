"""`children` and `adjustments` of figures.yaml: a report that is the sum of those below, or is compared with it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from gaisite.findings import fault
from gaisite.model.children import Adjustment, ChildrenMode, ChildrenRule
from gaisite.model.content import ReportTable
from gaisite.model.contributions import list_component_cells
from gaisite.model.forms import Form
from gaisite.model.tables import Address, Axis, FigureType
from gaisite.read.fields import Fields, describe, nearest, place_node
from gaisite.read.nodes import MappingNode, Node, Scalar
from gaisite.read.numbers import MAX_DIGITS, NARROW, SPELLINGS

KEYS = ("children", "adjustments")
SIGNED = {
    FigureType.CHANGE: SPELLINGS[FigureType.CHANGE],
    FigureType.AMOUNT: re.compile(rf"[+\-＋－−]?{SPELLINGS[FigureType.AMOUNT].pattern}"),
}
"""How a difference is written, by what the cell holds."""
BESIDE_SUM = ("form", "acknowledge", "corrections", *KEYS)
"""What figures.yaml may say where its figures are sums."""


def read_children(settings: Fields, form: Form) -> ChildrenRule | None:
    """What the reports below are to a report; None where the file does not say."""
    mode = settings.choice("children", [each.value for each in ChildrenMode])
    adjustments = tuple(read_adjustments(settings, form))
    if mode:
        return ChildrenRule(mode=ChildrenMode(mode), adjustments=adjustments, place=settings.place("children"))
    if settings.get("adjustments") is not None and settings.get("children") is None:
        settings.note("adjustments-alone", place_node(settings.source, settings.keys["adjustments"]))
    return None


def read_adjustments(settings: Fields, form: Form) -> Iterator[Adjustment]:
    """The documented differences, those that can be read."""
    for record in settings.records("adjustments", ("at", "by", "reason")):
        at, reason = record.text("at", required=True), record.text("reason", required=True)
        node = record.require("by")
        with settings.problems.gather():
            cell = find_component(record, at, form) if at else None
            if cell is not None and node is not None:
                by = read_signed(record, node, cell, form)
                yield Adjustment(at=at, by=by, reason=reason, place=record.place("at"))


def find_component(record: Fields, at: str, form: Form) -> Address:
    """The cell of an adjustment; ContentError where the form has none, or where it is a total."""
    known = {str(cell): cell for cell in list_component_cells(form)}
    if at in known:
        return known[at]
    address = form.find_address(at)
    table = form.table(address.table) if address is not None else None
    lines = [table.find(Axis.ROWS, address.row), table.find(Axis.COLUMNS, address.column)] if table and address else []
    if len(lines) == 2 and all(line is not None and not line.lines for line in lines):
        raise fault("adjustment-total", record.place("at"), at)
    raise fault("adjustment-cell", record.place("at"), found=at, near=nearest(at, known))


def read_signed(record: Fields, node: Node, cell: Address, form: Form) -> int | Decimal:
    """By how much a cell is adjusted: a whole number or, for an amount, a decimal, with its sign."""
    type = FigureType.AMOUNT if is_amount(form, cell) else FigureType.CHANGE
    text = node.text if isinstance(node, Scalar) else ""
    if not SIGNED[type].fullmatch(text) or len(text) > MAX_DIGITS:
        raise fault("adjustment-number", place_node(record.source, node), str(cell), found=describe(node))
    plain = text.translate(NARROW)
    return Decimal(plain) if type is FigureType.AMOUNT else int(plain)


def is_amount(form: Form, cell: Address) -> bool:
    """Whether a cell holds an amount."""
    table = form.table(cell.table)
    row, column = table.find(Axis.ROWS, cell.row), table.find(Axis.COLUMNS, cell.column)
    return row is not None and column is not None and table.cell_type(row, column) is FigureType.AMOUNT


def leave_tables(settings: Fields, root: MappingNode, form: Form, rule: ChildrenRule) -> dict[str, ReportTable]:
    """The tables of a report whose figures are sums, still empty; whatever is written in them is noted, once."""
    written = [key for key, _ in root.entries if key.text not in BESIDE_SUM]
    if written:
        keys = ", ".join(key.text for key in written)
        settings.note("children-sum-table", place_node(settings.source, written[0]), keys=keys)
    return {table.id: ReportTable(table=table, figures={}, units={}, place=rule.place) for table in form.tables}
