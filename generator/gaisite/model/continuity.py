"""What a cell of one form was in a form before it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from gaisite.model.forms import Continuation, Continuity, Form, Relation
from gaisite.model.tables import Address, Axis
from gaisite.texts import Texts

JOINED = frozenset({Relation.SAME, Relation.SUM_OF, Relation.CAVEAT})
"""Relations across which a series goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """How a cell continues cells of the form before."""

    relation: Relation
    there: tuple[Address, ...] = ()
    """The cells whose sum it continues, mostly one; none where nothing is continued."""
    note: Texts | None = None

    @property
    def joined(self) -> bool:
        """Whether a series goes on across this relation."""
        return bool(self.there) and self.relation in JOINED


NOTHING_BEFORE = Descent(relation=Relation.ONLY_HERE)


def weigh(address: Address) -> int:
    """How specific an address is: the deeper its row and column, the more."""
    depth = address.row.count(".") + 1 if address.row else 0
    return depth * 10 + (address.column.count(".") + 1 if address.column else 0)


def find_statement(continuity: Continuity | None, cell: Address) -> tuple[Continuation, Address] | None:
    """The most specific statement about a cell of the later form and the address by which it holds it.

    Where two are as specific, the later one. A sum of a group tells of the group, not of the rows in it.
    """
    best: tuple[Continuation, Address] | None = None
    for statement in continuity.continuations if continuity else ():
        for here in statement.here:
            summed = statement.relation is Relation.SUM_OF and cell.row != here.row
            if here.covers(cell) and not summed and (best is None or weigh(here) >= weigh(best[1])):
                best = (statement, here)
    return best


def trace_cell(form: Form, earlier: Form, cell: Address) -> Descent:
    """What a cell, or a row group's sum, of a form continues in one of the forms before it."""
    key = (earlier.id, cell)
    if key not in form.traced:
        form.traced[key] = find_descent(form, earlier, cell)
    descent: Descent = form.traced[key]
    return descent


def find_descent(form: Form, earlier: Form, cell: Address) -> Descent:
    """The same, not remembered."""
    found = find_statement(form.continuity_with(earlier.id), cell)
    if found is None:
        return NOTHING_BEFORE
    statement, here = found
    targets = tuple(carry_over(cell, here, there) for there in statement.there)
    known = tuple(target for target in targets if has_cell(earlier, target))
    if statement.relation in JOINED and not known:
        return Descent(relation=Relation.ONLY_HERE, note=statement.note)
    return Descent(relation=statement.relation, there=known, note=statement.note)


def carry_over(cell: Address, here: Address, there: Address) -> Address:
    """The cell that stands under `there` as the given one stands under `here`."""
    row = there.row + cell.row.removeprefix(here.row) if here.row else there.row or cell.row
    column = there.column + cell.column.removeprefix(here.column) if here.column else there.column or cell.column
    return Address(table=there.table, row=row, column=column)


def has_cell(form: Form, cell: Address) -> bool:
    """Whether a form has such a cell, or a group of rows whose sum it may be."""
    table = next((table for table in form.tables if table.id == cell.table), None)
    if table is None:
        return False
    column = table.find(Axis.COLUMNS, cell.column)
    return table.find(Axis.ROWS, cell.row) is not None and column is not None and not column.lines


def list_summed_groups(continuity: Continuity | None, table_id: str) -> frozenset[str]:
    """Ids of the row groups of the later form that continue the earlier one as one figure."""
    statements = continuity.continuations if continuity else ()
    return frozenset(
        here.row
        for statement in statements
        if statement.relation is Relation.SUM_OF
        for here in statement.here
        if here.table == table_id and here.row
    )


def find_path(form: Form, used: tuple[str, ...], forms: Mapping[str, Form]) -> tuple[Form, ...]:
    """The form and those that it continues, back to the first in use; empty where none is in use.

    Of several forms before it, those side by side, the path goes by the one that was used last.
    """
    paths = [find_path(forms[each.form], used, forms) for each in form.continuity if each.form in forms]
    before = max(
        paths, key=lambda path: max((used.index(each.id) for each in path if each.id in used), default=-1), default=()
    )
    return (form, *before) if before or form.id in used else ()


def trace_through(form: Form, earlier: Form, cell: Address, forms: Mapping[str, Form]) -> Descent:
    """What a cell of a form continues in any form before it, by way of the forms between the two."""
    descent = NOTHING_BEFORE
    for later, before in pairwise(find_path(form, (earlier.id,), forms)):
        descent = trace_cell(later, before, cell)
        if not descent.joined or len(descent.there) > 1:
            return descent if before.id == earlier.id else NOTHING_BEFORE
        cell = descent.there[0]
    return descent
