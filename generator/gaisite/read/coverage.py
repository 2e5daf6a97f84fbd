"""Whether what a form says of the form before it covers every cell of both, once, and like with like."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gaisite.findings import Finding, fault
from gaisite.model.continuity import JOINED, carry_over
from gaisite.model.forms import Continuation, Continuity, Form, Relation
from gaisite.model.sums import list_components
from gaisite.model.tables import Address, Axis, Line, Table, walk_lines
from gaisite.texts import Texts


class Pair(NamedTuple):
    """Cells of the one form whose sum continues the sum of cells of the other; most often one and one."""

    here: tuple[Address, ...]
    there: tuple[Address, ...]


def check_coverage(continuity: Continuity, form: Form, other: Form) -> Iterator[Finding]:
    """What is wrong with the statements of a form about an earlier one."""
    if other.last_year is None or other.last_year >= form.first_year:
        years = {"first": form.first_year, "last": other.last_year or ""}
        yield fault("form-years-overlap", continuity.place, form=form.id, other=other.id, **years).finding
    statements = continuity.continuations
    here = claim_cells(form, [statement.here for statement in statements])
    there = claim_cells(other, [statement.there for statement in statements])
    yield from check_claims(continuity, form, here)
    yield from check_claims(continuity, other, there)
    for number, statement in enumerate(statements):
        if statement.relation in JOINED:
            pairs = list(match_cells(statement, (form, pick(here, number)), (other, pick(there, number))))
            yield from check_pairs(statement, pairs, form, other)


def list_cells(form: Form) -> Iterator[Address]:
    """The cells of a form in printed order."""
    for table in form.tables:
        yield from list_table_cells(table)


def list_table_cells(table: Table) -> Iterator[Address]:
    """The cells of a table in printed order."""
    for row in table.leaves(Axis.ROWS):
        for column in table.leaves(Axis.COLUMNS):
            yield Address(table=table.id, row=row.id, column=column.id)


def claim_cells(form: Form, sides: Sequence[tuple[Address, ...]]) -> dict[Address, tuple[int, ...]]:
    """For each cell the numbers of the statements that speak of it most specifically: in a sound form just one."""
    claims = [(number, address) for number, side in enumerate(sides) for address in side]
    owners = {}
    for cell in list_cells(form):
        about = [(number, address) for number, address in claims if address.covers(cell)]
        owners[cell] = tuple(
            dict.fromkeys(
                number
                for number, address in about
                if not any(address != other and address.covers(other) for _, other in about)
            )
        )
    return owners


def pick(claims: Mapping[Address, tuple[int, ...]], number: int) -> frozenset[Address]:
    """The cells of which one statement speaks most specifically."""
    return frozenset(cell for cell, owners in claims.items() if number in owners)


def check_claims(continuity: Continuity, form: Form, claims: Mapping[Address, tuple[int, ...]]) -> Iterator[Finding]:
    """Cells of which no statement speaks, and cells of which two do."""
    bare = [cell for cell, owners in claims.items() if not owners]
    for address in condense(form, bare):
        yield fault("form-continuity-uncovered", continuity.place, address=str(address), form=form.id).finding
    shared: dict[tuple[int, ...], list[Address]] = {}
    for cell, owners in claims.items():
        if len(owners) > 1:
            shared.setdefault(owners, []).append(cell)
    for owners, cells in shared.items():
        first, second = (continuity.continuations[number].place for number in owners[:2])
        address = next(condense(form, cells))
        yield fault("form-continuity-twice", second, address=str(address), form=form.id, first=first.line).finding


def condense(form: Form, cells: Iterable[Address]) -> Iterator[Address]:
    """The fewest addresses that name these cells and no others: whole tables, then lines, then single cells."""
    left = set(cells)
    for table in form.tables if left else ():
        every = tuple(list_table_cells(table))
        for address in (*list_wholes(table), *every):
            inside = {cell for cell in every if address.covers(cell)}
            if inside and inside <= left:
                left -= inside
                yield address


def list_wholes(table: Table) -> Iterator[Address]:
    """The table and its lines, greater ones first."""
    yield Address(table=table.id)
    for row in walk_lines(table.rows):
        yield Address(table=table.id, row=row.id)
    for column in walk_lines(table.columns):
        yield Address(table=table.id, column=column.id)


def match_cells(
    statement: Continuation, here: tuple[Form, frozenset[Address]], there: tuple[Form, frozenset[Address]]
) -> Iterator[Pair]:
    """The cells that a statement lays over one another; a side is empty where a cell has no partner."""
    if statement.relation is Relation.SUM_OF:
        yield from match_sums(statement, here[0], there[0])
        return
    above, below = statement.here[0], statement.there[0]
    for cell in sorted(here[1], key=str):
        partner = carry_over(cell, above, below)
        yield Pair((cell,), (partner,) if partner in there[1] else ())
    for cell in sorted(there[1], key=str):
        if carry_over(cell, below, above) not in here[1]:
            yield Pair((), (cell,))


def match_sums(statement: Continuation, here: Form, there: Form) -> Iterator[Pair]:
    """The sums, column by column, that a statement lays over one another."""
    one, others = group_parts(here, statement.here), group_parts(there, statement.there)
    for column in dict.fromkeys((*one, *others)):
        yield Pair(one.get(column, ()), others.get(column, ()))


def group_parts(form: Form, addresses: tuple[Address, ...]) -> dict[str, tuple[Address, ...]]:
    """The cells under some rows by column, named from the column that the address names."""
    parts: dict[str, tuple[Address, ...]] = {}
    for address in addresses:
        table = form.table(address.table)
        rows = list_components(table, Axis.ROWS, address.row)
        for column in list_leaves(table, address.column):
            cells = tuple(Address(table=table.id, row=row, column=column.id) for row in rows)
            key = column.id.removeprefix(address.column)
            parts[key] = (*parts.get(key, ()), *cells)
    return parts


def list_leaves(table: Table, column: str) -> Iterator[Line]:
    """The columns at or under one; all where none is named."""
    line = table.find(Axis.COLUMNS, column)
    return line.leaves() if line is not None else iter(table.leaves(Axis.COLUMNS))


def check_pairs(statement: Continuation, pairs: Sequence[Pair], form: Form, other: Form) -> Iterator[Finding]:
    """Cells without a partner, and the first pair of cells that are not of one type or one unit."""
    alone_here = [cell for pair in pairs if not pair.there for cell in pair.here]
    alone_there = [cell for pair in pairs if not pair.here for cell in pair.there]
    for lone, owner, lacking in ((alone_here, form, other), (alone_there, other, form)):
        for address in condense(owner, lone):
            facts = {"address": str(address), "form": owner.id, "other": lacking.id}
            yield fault("form-continuity-partner", statement.place, relation=statement.relation.value, **facts).finding
    both = [pair for pair in pairs if pair.here and pair.there]
    if statement.relation is Relation.SUM_OF and all(len(pair.here) == len(pair.there) == 1 for pair in both):
        yield fault("form-continuity-sum", statement.place).finding
    yield from check_kinds(statement, both, form, other)


def check_kinds(statement: Continuation, pairs: Sequence[Pair], form: Form, other: Form) -> Iterator[Finding]:
    """The first pair of cells that differ in type, otherwise the first that differ in unit."""
    cells = [(here, there) for pair in pairs for here in pair.here for there in pair.there]
    for here, there in cells:
        facts = {"here": str(here), "there": str(there)}
        one, two = describe_cell(form, here), describe_cell(other, there)
        if one.type != two.type:
            facts |= {"found": one.type, "other": two.type}
            yield fault("form-continuity-type", statement.place, **facts).finding
            return
        if not is_same_unit(one.units, two.units):
            facts |= {"found": write_units(one.units), "other": write_units(two.units)}
            yield fault("form-continuity-unit", statement.place, **facts).finding
            return


class CellKind(NamedTuple):
    """What a cell counts."""

    type: str
    units: tuple[Texts, ...]
    """Several where the form leaves the unit open."""


def describe_cell(form: Form, cell: Address) -> CellKind:
    """What a cell of a form counts."""
    table = form.table(cell.table)
    row, column = table.find(Axis.ROWS, cell.row), table.find(Axis.COLUMNS, cell.column)
    if row is None or column is None:
        return CellKind("", ())
    unit = table.cell_unit(row, column)
    units = column.unit_choices or row.unit_choices or ((unit,) if unit is not None else ())
    return CellKind(table.cell_type(row, column).value, units)


def is_same_unit(one: tuple[Texts, ...], two: tuple[Texts, ...]) -> bool:
    """Whether two cells count in the same unit, or leave it open between the same."""
    return len(one) == len(two) and all(
        each.within(other.language) == other.official or other.within(each.language) == each.official
        for each, other in zip(one, two, strict=True)
    )


def write_units(units: tuple[Texts, ...]) -> str:
    """Units as a message shows them."""
    return " / ".join(unit.official for unit in units) or "–"
