"""The checks of a form file: which lines add up to which, and what is carried over from year to year."""

from collections.abc import Sequence
from dataclasses import replace

from gaisite.findings import Severity
from gaisite.model.form_checks import BOUNDS, CheckKind, FormCheck
from gaisite.model.forms import Section
from gaisite.model.tables import Axis, Table
from gaisite.read.fields import Fields, nearest, place_node
from gaisite.read.form_tables import check_hyphened_id, find_table, note_unknown_leaf, read_texts
from gaisite.read.nodes import MappingNode, Scalar
from gaisite.texts import Texts

REQUIRED = {
    CheckKind.BALANCE: ("equal",),
    CheckKind.CARRY_OVER: ("from",),
    CheckKind.MENTIONS: ("section", "words"),
    CheckKind.STATES: ("section", "words"),
}
"""The keys that a kind of check needs besides its own lines."""
OPTIONAL = {CheckKind.CARRY_OVER: ("plus", "minus"), **dict.fromkeys(BOUNDS, ("from", "plus", "minus"))}
"""Those that it may have; a bound has `from` or `plus`."""
FIGURE_KEYS = ("table", "rows", "columns")
"""Those that name figures, which a check of words alone has none of."""
KIND_KEYS = ("equal", "from", "plus", "minus", "section", "words")
ONE_LINE = frozenset({CheckKind.CARRY_OVER, *BOUNDS})
CHECK_KEYS = ("kind", "severity", "title", "clause", *FIGURE_KEYS, *KIND_KEYS)


def read_checks(
    form: Fields, tables: tuple[Table, ...], sections: tuple[Section, ...], language: str
) -> tuple[FormCheck, ...]:
    """The checks in written order, those left out that name no kind or no table."""
    checks = []
    for key, node in form.entries("checks"):
        check_hyphened_id(form, key)
        fields = Fields(form.source, node, form.problems, CHECK_KEYS)
        kind = fields.choice("kind", [each.value for each in CheckKind], required=True)
        note_unknown_section(fields, sections)
        if kind == CheckKind.STATES:
            checks.append(read_statement(key, fields, language))
            continue
        table = find_table(fields, fields.require("table"), tables)
        if kind and table is not None:
            check = read_check(key, fields, CheckKind(kind), table, language)
            checks.append(read_other_side(fields, check, tables))
    return tuple(checks)


def read_check(key: Scalar, fields: Fields, kind: CheckKind, table: Table, language: str) -> FormCheck:
    """One check of a table; of a balance, all but the other side."""
    axis = read_axis(fields)
    lines = read_leaves(fields, axis.value, table, axis)
    note_wrong_keys(fields, kind, KIND_KEYS)
    if kind is CheckKind.TOTAL:
        note_no_totals(fields, table, axis)
    if kind in ONE_LINE:
        note_more_lines(fields, kind, axis)
    return replace(
        read_words(key, fields, kind, language),
        table=table.id,
        axis=axis,
        lines=lines,
        others=read_leaves(fields, "from", table, axis),
        plus=read_leaves(fields, "plus", table, axis),
        minus=read_leaves(fields, "minus", table, axis),
    )


def read_statement(key: Scalar, fields: Fields, language: str) -> FormCheck:
    """A check that is about no table: what a section must state."""
    note_wrong_keys(fields, CheckKind.STATES, (*FIGURE_KEYS, *KIND_KEYS))
    return read_words(key, fields, CheckKind.STATES, language)


def read_words(key: Scalar, fields: Fields, kind: CheckKind, language: str) -> FormCheck:
    """What is written of a check in words, its figures left out."""
    return FormCheck(
        id=key.text,
        kind=kind,
        table="",
        axis=Axis.ROWS,
        lines=(),
        section=fields.text("section"),
        words=fields.strings("words"),
        severity=Severity(fields.choice("severity", [each.value for each in Severity], default="error")),
        title=read_texts(fields, "title", language, required=True) or Texts(((language, key.text),)),
        clause=read_texts(fields, "clause", language),
    )


def read_other_side(fields: Fields, check: FormCheck, tables: tuple[Table, ...]) -> FormCheck:
    """The check with the other side of its balance: lines of its own table, or of the table that is named with them."""
    table = next(table for table in tables if table.id == check.table)
    if check.kind is not CheckKind.BALANCE:
        return check
    if not isinstance(fields.get("equal"), MappingNode):
        return replace(check, others=read_leaves(fields, "equal", table, check.axis))
    side = fields.record("equal", ("table", check.axis.value))
    other = find_table(side, side.require("table"), tables)
    note_nothing_listed(side, check.axis.value)
    if other is None:
        return check
    note_apart(side, table, other, Axis.COLUMNS if check.axis is Axis.ROWS else Axis.ROWS)
    return replace(check, others=read_leaves(side, check.axis.value, other, check.axis), other_table=other.id)


def note_apart(side: Fields, table: Table, other: Table, across: Axis) -> None:
    """Note that two tables have no line across in common at which they could be compared."""
    if {line.id for line in table.leaves(across)}.isdisjoint(line.id for line in other.leaves(across)):
        side.note("form-check-apart", side.place("table"), table=table.id, other=other.id, across=across.value)


def read_axis(fields: Fields) -> Axis:
    """The direction of the lines: a check names rows or columns, not both."""
    given = list_axes(fields)
    if len(given) != 1:
        fields.note("form-check-axis", fields.place(given[-1].value if given else ""))
    return given[0] if given else Axis.ROWS


def list_axes(fields: Fields) -> list[Axis]:
    """The directions of which lines are given."""
    return [axis for axis in Axis if fields.get(axis.value) is not None]


def read_leaves(fields: Fields, key: str, table: Table, axis: Axis) -> tuple[str, ...]:
    """Those of the ids in a list that are lines with cells."""
    leaves = []
    for node in fields.items(key):
        line_id = fields.scalar(key, node)
        if not note_unknown_leaf(fields, place_node(fields.source, node), table, axis, line_id):
            leaves.append(line_id)
    return tuple(leaves)


def note_no_totals(fields: Fields, table: Table, axis: Axis) -> None:
    """Note the lines that are checked as totals and do not say what they add up."""
    for node in fields.items(axis.value):
        line = table.find(axis, fields.scalar(axis.value, node))
        if line is not None and not line.lines and not line.sum_of:
            fields.note("form-check-total", place_node(fields.source, node), line=line.id, within=table.id)


def note_wrong_keys(fields: Fields, kind: CheckKind, keys: Sequence[str]) -> None:
    """Note those of some keys that belong to other kinds of check, and those of this kind that say nothing."""
    required = REQUIRED.get(kind, ())
    allowed = (*required, *OPTIONAL.get(kind, ()))
    for key in keys:
        if key in fields.keys and key not in allowed:
            place = place_node(fields.source, fields.keys[key])
            fields.note("form-check-key", place, key=key, kind=kind.value, wanted=", ".join(allowed))
    for key in required:
        if not (key == "equal" and isinstance(fields.get(key), MappingNode)):
            note_nothing_listed(fields, key)
    if kind in BOUNDS and not fields.items("from") and not fields.items("plus"):
        fields.note("form-check-no-bound", fields.place(), kind=kind.value)


def note_nothing_listed(fields: Fields, key: str) -> None:
    """Note a list that must be there and is not, or is empty."""
    if fields.require(key) is not None and not fields.items(key):
        fields.note("key-missing", fields.place(key), key=key)


def note_unknown_section(fields: Fields, sections: tuple[Section, ...]) -> None:
    """Note a section that the form does not have."""
    section, known = fields.text("section"), [each.id for each in sections]
    if section and section not in known:
        fields.note("form-section-unknown", fields.place("section"), section=section, near=nearest(section, known))


def note_more_lines(fields: Fields, kind: CheckKind, axis: Axis) -> None:
    """Note that a check that is about one line names more."""
    number = len(fields.items(axis.value))
    if number > 1:
        fields.note("form-check-one-line", fields.place(axis.value), kind=kind.value, axis=axis.value, number=number)
