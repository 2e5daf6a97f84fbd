"""What a cell of one form was in the form before it."""

from dataclasses import dataclass

from gaisite.model.forms import Address, Axis, Continuation, Form, Relation
from gaisite.texts import Texts

JOINED = frozenset({Relation.SAME, Relation.SUM_OF, Relation.CAVEAT})
"""Relations across which a series goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """How a cell continues a cell of the form before; `there` is None where no cell is continued."""

    relation: Relation
    there: Address | None
    note: Texts | None

    @property
    def joined(self) -> bool:
        """Whether a series goes on across this relation."""
        return self.there is not None and self.relation in JOINED


NOTHING_BEFORE = Descent(relation=Relation.ONLY_HERE, there=None, note=None)


def covers(address: Address, cell: Address) -> bool:
    """Whether an address holds a cell: its table, a row or group above it, a column or group above it."""
    return (
        address.table == cell.table
        and is_within(cell.row, address.row)
        and is_within(cell.column, address.column)
    )


def is_within(line: str, group: str) -> bool:
    """Whether a line is a group or lies under it; every line lies under the empty id."""
    return not group or line == group or line.startswith(group + ".")


def weigh(address: Address) -> int:
    """How specific an address is: the deeper its row and column, the more."""
    depth = address.row.count(".") + 1 if address.row else 0
    return depth * 10 + (address.column.count(".") + 1 if address.column else 0)


def find_statement(form: Form, cell: Address) -> Continuation | None:
    """The most specific statement about a cell of the form; the later one where two are as specific."""
    if form.continuity is None:
        return None
    best: Continuation | None = None
    for statement in form.continuity.continuations:
        if statement.here is not None and covers(statement.here, cell) and not sums_above(statement, cell):
            if best is None or best.here is None or weigh(statement.here) >= weigh(best.here):
                best = statement
    return best


def sums_above(statement: Continuation, cell: Address) -> bool:
    """Whether a statement adds up a group above the cell: it tells of the group, not of its parts."""
    return statement.relation is Relation.SUM_OF and statement.here is not None and cell.row != statement.here.row


def trace_cell(form: Form, earlier: Form, cell: Address) -> Descent:
    """What a cell, or a row group's sum, of a form continues in the form before it."""
    statement = find_statement(form, cell)
    if statement is None:
        return NOTHING_BEFORE
    here, there = statement.here, statement.there
    if here is None or there is None:
        return Descent(relation=statement.relation, there=None, note=statement.note)
    row = there.row + cell.row.removeprefix(here.row) if here.row else cell.row
    column = there.column + cell.column.removeprefix(here.column) if here.column else cell.column
    target = Address(table=there.table, row=row, column=column)
    if not has_cell(earlier, target):
        return Descent(relation=Relation.ONLY_HERE, there=None, note=statement.note)
    return Descent(relation=statement.relation, there=target, note=statement.note)


def has_cell(form: Form, cell: Address) -> bool:
    """Whether a form has such a cell, or a group of rows whose sum it may be."""
    table = next((table for table in form.tables if table.id == cell.table), None)
    if table is None:
        return False
    column = table.find(Axis.COLUMNS, cell.column)
    return table.find(Axis.ROWS, cell.row) is not None and column is not None and not column.lines


def list_summed_groups(form: Form, table_id: str) -> frozenset[str]:
    """Ids of the row groups that the form continues as one figure."""
    if form.continuity is None:
        return frozenset()
    return frozenset(
        statement.here.row
        for statement in form.continuity.continuations
        if statement.relation is Relation.SUM_OF and statement.here and statement.here.table == table_id
    )
