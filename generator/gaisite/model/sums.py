"""Adding figures up: over components, never over printed totals; a blank adds nothing and is never zero."""

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal

from gaisite.model.content import BLANK, NOT_IN_FORM, Figure, ReportTable, State
from gaisite.model.numbers import write_number
from gaisite.model.tables import Address, Axis, Line, Table
from gaisite.texts import Texts

EXACT = Context(prec=100)
"""Decimals keep every digit: the usual 28 would round a sum of long amounts without a word."""


def list_parts(table: Table, axis: Axis, line: Line) -> tuple[str, ...]:
    """Ids of the leaves that a total line adds up: those under the lines it names, other totals left out."""
    return tuple(part for line_id in line.sum_of for part in list_components(table, axis, line_id))


def list_components(table: Table, axis: Axis, line_id: str) -> tuple[str, ...]:
    """Ids of the leaves at or under a line; totals among those under it are left out."""
    found = table.parts.get((axis, line_id))
    if found is None:
        found = table.parts[axis, line_id] = find_components(table.find(axis, line_id))
    return found


def find_components(line: Line | None) -> tuple[str, ...]:
    """The same, not remembered."""
    if line is None:
        return ()
    return tuple(leaf.id for leaf in line.leaves() if not leaf.sum_of) if line.lines else (line.id,)


def add_exactly(one: int | Decimal, other: int | Decimal) -> int | Decimal:
    """The sum of two numbers, whole where both are, otherwise with all decimals."""
    return one + other if isinstance(one, int) and isinstance(other, int) else EXACT.add(one, other)


def subtract(one: int | Decimal, other: int | Decimal) -> int | Decimal:
    """The difference of two numbers, with all decimals: a bare minus would round them."""
    return one - other if isinstance(one, int) and isinstance(other, int) else EXACT.subtract(one, other)


def add_figures(figures: Iterable[Figure]) -> int | Decimal | None:
    """The sum of the numbers among the figures; None where there is no number at all."""
    total: int | Decimal | None = None
    for figure in figures:
        if figure.value is not None:
            total = figure.value if total is None else add_exactly(total, figure.value)
    return total


def add_terms(added: Iterable[Figure], taken: Iterable[Figure]) -> int | Decimal | None:
    """The sum of some figures less others; None where one of them has no number, for then the rest is no sum."""
    total: int | Decimal = 0
    for figure, sign in (*((each, 1) for each in added), *((each, -1) for each in taken)):
        if figure.value is None:
            return None
        total = add_exactly(total, sign * figure.value)
    return total


def compute_figure(figures: Iterable[Figure]) -> Figure:
    """The figure that the parts add up to, marked as computed; BLANK where no part has a number."""
    total = add_figures(figures)
    if total is None:
        return BLANK
    return Figure(State.NUMBER, total, write_number(total), computed=True)


def complete_totals(table: Table, figures: Mapping[tuple[str, str], Figure]) -> dict[tuple[str, str], Figure]:
    """All figures of a table: those given, and the totals that the report left out, computed.

    Total columns come first, so that a total row that was left out adds up whole columns.
    """
    complete = dict(figures)
    rows, columns = table.leaves(Axis.ROWS), table.leaves(Axis.COLUMNS)
    for total, parts in order_totals(table, Axis.COLUMNS).items():
        for row in rows:
            if (row.id, total) not in complete and not row.sum_of:
                complete[row.id, total] = compute_figure(complete.get((row.id, part), BLANK) for part in parts)
    for total, parts in order_totals(table, Axis.ROWS).items():
        for column in columns:
            if (total, column.id) not in complete:
                complete[total, column.id] = compute_figure(complete.get((part, column.id), BLANK) for part in parts)
    return complete


def order_totals(table: Table, axis: Axis) -> dict[str, tuple[str, ...]]:
    """The total lines with their parts, each after the totals that it adds up; a circle is the form's mistake."""
    if axis not in table.totals:
        table.totals[axis] = find_totals(table, axis)
    return table.totals[axis]


def find_totals(table: Table, axis: Axis) -> dict[str, tuple[str, ...]]:
    """The same, not remembered."""
    waiting = {line.id: list_parts(table, axis, line) for line in table.leaves(axis) if line.sum_of}
    ordered: dict[str, tuple[str, ...]] = {}
    while waiting:
        ready = [total for total, parts in waiting.items() if waiting.keys().isdisjoint(parts)]
        for total in ready or tuple(waiting):
            ordered[total] = waiting.pop(total)
    return ordered


def read_cell(table: ReportTable, cell: Address) -> Figure:
    """The figure of a cell; the sum of its rows where the address names a group, or a line split into local rows."""
    row = table.table.find(Axis.ROWS, cell.row)
    if row is None:
        return NOT_IN_FORM
    if not row.lines:
        return table.figure(cell.row, cell.column)
    parts = list_components(table.table, Axis.ROWS, cell.row)
    return compute_figure(table.figure(part, cell.column) for part in parts)


def read_unit(table: ReportTable, cell: Address) -> Texts | None:
    """The unit of a cell in one report."""
    row, column = table.table.find(Axis.ROWS, cell.row), table.table.find(Axis.COLUMNS, cell.column)
    return table.unit(row, column) if row is not None and column is not None else None
