"""What a form file says of the forms before it: the statements, their addresses and notes."""

from collections.abc import Iterator, Mapping

from gaisite.model.continuity import JOINED
from gaisite.model.forms import Continuation, Continuity, Form, Relation
from gaisite.model.tables import Address, Axis, walk_lines
from gaisite.read.fields import Fields, nearest, place_node
from gaisite.read.form_tables import read_texts
from gaisite.read.nodes import ListNode

CONTINUITY_KEYS = ("form", "note", "lines")
STATEMENT_KEYS = ("relation", "here", "there", "note")
SIDES = ("here", "there")
ONE_BY_ONE = frozenset({Relation.SAME, Relation.CAVEAT})
"""Relations of one address with one address."""
EXPLAINED = frozenset({Relation.SUM_OF, Relation.CAVEAT, Relation.NOT_COMPARABLE})
"""Relations that need a note: a reader will ask why."""
SURPLUS = {Relation.ONLY_HERE: "there", Relation.ONLY_THERE: "here"}
"""The side that a relation does not have."""


def read_continuity(root: Fields, form: Form, forms: Mapping[str, Form]) -> tuple[Continuity, ...]:
    """What a form file says of each earlier form that it names, left out where anything in it is wrong.

    With a statement left out, the cells it speaks of would seem forgotten.
    """
    read: dict[str, Continuity] = {}
    for fields in list_written(root):
        continuity = read_one(fields, form, forms)
        if continuity is not None and continuity.form in read:
            first = read[continuity.form].place.line
            fields.note("form-continuity-form-twice", continuity.place, form=continuity.form, first=first)
        elif continuity is not None:
            read[continuity.form] = continuity
    return tuple(read.values())


def list_written(root: Fields) -> tuple[Fields, ...]:
    """The fields of each earlier form: one mapping, or a list of them."""
    node = root.get("continuity")
    if isinstance(node, ListNode):
        return root.records("continuity", CONTINUITY_KEYS)
    return (root.record("continuity", CONTINUITY_KEYS),) if node is not None else ()


def read_one(fields: Fields, form: Form, forms: Mapping[str, Form]) -> Continuity | None:
    """What is said of one earlier form; None where anything in it is wrong."""
    before = len(fields.problems.findings)
    other = find_form(fields, form, forms)
    note = read_texts(fields, "note", form.language, required=True)
    lines = fields.require("lines")
    if other is None or note is None or lines is None:
        return None
    statements = [read_statement(each, form, other) for each in fields.records("lines", STATEMENT_KEYS)]
    if len(fields.problems.findings) > before:
        return None
    continuations = tuple(each for each in statements if each is not None)
    return Continuity(form=other.id, note=note, continuations=continuations, place=fields.place("form"))


def find_form(fields: Fields, form: Form, forms: Mapping[str, Form]) -> Form | None:
    """The other form that is named; an unknown one, or the form itself, is noted."""
    name = fields.text("form", required=True)
    known = {form_id: other for form_id, other in forms.items() if form_id != form.id}
    if name and name not in known:
        place, near = fields.place("form"), nearest(name, known)
        fields.note("form-unknown", place, found=name, near=near, known=", ".join(known))
    return known.get(name)


def read_statement(fields: Fields, form: Form, other: Form) -> Continuation | None:
    """One statement; None where its relation is not understood."""
    word = fields.choice("relation", [each.value for each in Relation], required=True)
    if not word:
        return None
    relation = Relation(word)
    here = read_addresses(fields, "here", relation, form)
    there = read_addresses(fields, "there", relation, other)
    note = read_texts(fields, "note", form.language, required=relation in EXPLAINED)
    note_shape(fields, relation, here, there)
    return Continuation(relation=relation, here=here, there=there, note=note, place=fields.place("relation"))


def read_addresses(fields: Fields, side: str, relation: Relation, form: Form) -> tuple[Address, ...]:
    """The addresses on one side of a statement, as many as its relation has there."""
    if SURPLUS.get(relation) == side:
        if side in fields.keys:
            place = place_node(fields.source, fields.keys[side])
            fields.note("form-continuity-surplus", place, side=side, relation=relation.value)
        return ()
    if fields.require(side) is None:
        return ()
    addresses = []
    for node in fields.items(side):
        text = fields.scalar(side, node)
        address = form.find_address(text)
        if address is None:
            near = nearest(text, list_addresses(form))
            fields.note("form-address-unknown", place_node(fields.source, node), found=text, form=form.id, near=near)
        else:
            addresses.append(address)
    if len(addresses) > 1 and (relation in ONE_BY_ONE or (relation in JOINED and side == "here")):
        fields.note("form-continuity-single", fields.place(side), side=side, relation=relation.value)
    return tuple(addresses)


def list_addresses(form: Form) -> Iterator[str]:
    """Every address of a form that a statement may name, to find the nearest to a misspelt one."""
    for table in form.tables:
        yield table.id
        columns = [line.id for line in walk_lines(table.lines(Axis.COLUMNS))]
        for row in ("*", *(line.id for line in walk_lines(table.lines(Axis.ROWS)))):
            yield f"{table.id}.{row}"
            yield from (f"{table.id}.{row}.{column}" for column in columns)


def note_shape(fields: Fields, relation: Relation, here: tuple[Address, ...], there: tuple[Address, ...]) -> None:
    """Note sides that cannot be laid over one another: one names a row or a column, the other does not."""
    if relation not in JOINED or not here or not there:
        return
    shapes = {(bool(address.row), bool(address.column)) for address in (*here, *there)}
    if len(shapes) > 1 or (relation is Relation.SUM_OF and not here[0].row):
        found = ", ".join(str(address) for address in (*here, *there))
        fields.note("form-continuity-shape", fields.place("here"), relation=relation.value, found=found)
