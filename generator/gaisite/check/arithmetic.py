"""Sums inside one report: totals against their parts, one side of a balance against the other."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from gaisite.findings import Fact, Finding, Verdict
from gaisite.model.content import Figure, Report, ReportTable, State
from gaisite.model.form_checks import BOUNDS, CheckKind, FormCheck
from gaisite.model.forms import Form
from gaisite.model.labels import label_cell
from gaisite.model.numbers import write_number
from gaisite.model.sums import add_figures, add_terms, list_components, list_parts
from gaisite.model.tables import Axis, Line

SIGNS = str.maketrans({"＋": "+", "－": "-", "−": "-"})


def check_sums(report: Report, form: Form) -> Iterator[Finding]:
    """What the form's sums, balances and lower bounds say about a report, cell by cell."""
    for check in form.checks:
        if check.kind is CheckKind.TOTAL:
            yield from check_totals(check, report.tables[check.table])
        elif check.kind is CheckKind.BALANCE:
            other = report.tables[check.other_table or check.table]
            yield from check_balance(check, report.tables[check.table], other)
        elif check.kind in BOUNDS and not check.looks_back:
            yield from check_bound(check, report.tables[check.table])


def other_axis(axis: Axis) -> Axis:
    """The direction across."""
    return Axis.COLUMNS if axis is Axis.ROWS else Axis.ROWS


def pick_figure(table: ReportTable, axis: Axis, line: str, across: str) -> Figure:
    """The figure of a line at a line across it."""
    return table.figure(line, across) if axis is Axis.ROWS else table.figure(across, line)


def name_cell(axis: Axis, line: str, across: str) -> tuple[str, str]:
    """Row id and column id of a line's cell at a line across."""
    return (line, across) if axis is Axis.ROWS else (across, line)


def check_totals(check: FormCheck, table: ReportTable) -> Iterator[Finding]:
    """Whether each total line equals the sum of its parts at every line across."""
    for total_id in check.lines:
        total = table.table.find(check.axis, total_id)
        if total is None:
            continue
        parts = list_parts(table.table, check.axis, total)
        for across in table.table.leaves(other_axis(check.axis)):
            yield from check_total(check, table, total, parts, across)


def check_total(
    check: FormCheck, table: ReportTable, total: Line, parts: tuple[str, ...], across: Line
) -> Iterator[Finding]:
    """Whether one printed total equals the sum of its parts; nothing to say of one that was computed here."""
    printed = pick_figure(table, check.axis, total.id, across.id)
    if printed.computed:
        return
    figures = [pick_figure(table, check.axis, part, across.id) for part in parts]
    added = add_figures(figures)
    row, column = name_cell(check.axis, total.id, across.id)
    if printed.value is None or lacks_total(table, check.axis, parts, across):
        yield say(check, table, row, column, Verdict.NOT_ASSESSABLE)
        if added and printed.state is State.BLANK:
            yield report_blank_total(check, table, row, column, added)
        return
    expected = added or 0
    verdict = Verdict.PASS if printed.value == expected else Verdict.FAIL
    yield say(
        check, table, row, column, verdict, printed=printed.text, sum=expected, parts=write_sum(figures, expected),
        difference=measure_gap(printed.value, expected),
    )  # fmt: skip


def lacks_total(table: ReportTable, axis: Axis, lines: Iterable[str], across: Line) -> bool:
    """Whether a line across prints totals and leaves one of these empty over parts that are not zero.

    Such a blank is not nothing, so that a sum over it says nothing either.
    """
    if not across.sum_of:
        return False
    parts = list_parts(table.table, other_axis(axis), across)
    return any(
        pick_figure(table, axis, line, across.id).value is None
        and add_figures(pick_figure(table, axis, line, part) for part in parts)
        for line in lines
    )


def check_balance(check: FormCheck, table: ReportTable, opposite: ReportTable) -> Iterator[Finding]:
    """Whether the sum of some lines equals that of others at every line across that both their tables have."""
    axis = other_axis(check.axis)
    for across in opposite.table.leaves(axis):
        here = table.table.find(axis, across.id)
        if here is None or here.lines:
            continue
        left, right = pick_side(check.lines, check, table, across), pick_side(check.others, check, opposite, across)
        row, column = name_cell(check.axis, check.others[0], across.id)
        blind = lacks_total(table, check.axis, check.lines, here)
        blind = blind or lacks_total(opposite, check.axis, check.others, across)
        if blind or is_unknown(left) or is_unknown(right):
            yield say(check, opposite, row, column, Verdict.NOT_ASSESSABLE)
            continue
        one, other = add_figures(left) or 0, add_figures(right) or 0
        verdict = Verdict.PASS if one == other else Verdict.FAIL
        yield say(
            check, opposite, row, column, verdict, line=across.label, sum=one, parts=write_sum(left, one),
            printed=other, other_parts=write_sum(right, other), difference=measure_gap(one, other),
        )  # fmt: skip


def check_bound(check: FormCheck, table: ReportTable) -> Iterator[Finding]:
    """Whether a line is, at every line across, not less, or not more, than the sum of others."""
    for across in table.table.leaves(other_axis(check.axis)):
        row, column = name_cell(check.axis, check.lines[0], across.id)
        figure = table.figure(row, column)
        added = [pick_figure(table, check.axis, line, across.id) for line in check.plus]
        taken = [pick_figure(table, check.axis, line, across.id) for line in check.minus]
        bound = add_terms(added, taken)
        if bound is None or figure.value is None:
            yield say(check, table, row, column, Verdict.NOT_ASSESSABLE)
            continue
        yield say(
            check, table, row, column, compare(check.kind, figure.value, bound), printed=figure.text,
            parts=write_terms(added, taken, bound), difference=measure_gap(figure.value, bound),
        )  # fmt: skip


def compare(kind: CheckKind, value: int | Decimal, wanted: int | Decimal) -> Verdict:
    """Whether a number is what is wanted: not less, not more, or otherwise the same."""
    if kind is CheckKind.AT_LEAST:
        holds = value >= wanted
    else:
        holds = value <= wanted if kind is CheckKind.AT_MOST else value == wanted
    return Verdict.PASS if holds else Verdict.FAIL


def pick_side(lines: tuple[str, ...], check: FormCheck, table: ReportTable, across: Line) -> list[Figure]:
    """The figures of one side of a balance at a line across; a group stands for its parts."""
    ids = [part for line in lines for part in list_components(table.table, check.axis, line)]
    return [pick_figure(table, check.axis, line, across.id) for line in ids]


def is_unknown(side: list[Figure]) -> bool:
    """Whether a side has no number at all: there is nothing to compare."""
    return all(figure.value is None for figure in side)


def measure_gap(one: int | Decimal, other: int | Decimal) -> int | Decimal:
    """By how much two numbers differ."""
    return one - other if one > other else other - one


def write_sum(figures: Iterable[Figure], total: int | Decimal) -> str:
    """The parts that are not 0 as a reader would add them up, 7+6+4=17; a single one stands alone."""
    parts = [figure.text.translate(SIGNS).lstrip("+") for figure in figures if figure.value]
    if len(parts) < 2:
        return parts[0] if parts else "0"
    return "+".join(parts).replace("+-", "-") + f"={total}"


def write_terms(added: Iterable[Figure], taken: Iterable[Figure], total: int | Decimal) -> str:
    """Every term of a sum with its sign, those that are 0 too, 665+88−55=698; a single one stands alone."""
    signed = [*((figure, 1) for figure in added), *((figure, -1) for figure in taken)]
    terms = "".join(write_term(figure, sign) for figure, sign in signed).removeprefix("+")
    return terms if len(signed) == 1 else f"{terms}={write_number(total)}"


def write_term(figure: Figure, sign: int) -> str:
    """A figure with the sign that it has in a sum."""
    below_zero = (figure.value or 0) * sign < 0 or (not figure.value and sign < 0)
    return ("−" if below_zero else "+") + figure.text.translate(SIGNS).lstrip("+-")


def say(check: FormCheck, table: ReportTable, row: str, column: str, verdict: Verdict, **facts: Fact) -> Finding:
    """What a form's check says about one cell."""
    return Finding(
        check=check.id,
        sentence=check.kind.value,
        severity=check.severity,
        place=table.place_of(row, column),
        verdict=verdict,
        at=f"{table.table.id}.{row}.{column}",
        facts=(("title", check.title), ("cell", label_cell(table.table, row, column)), *facts.items()),
    )


def report_blank_total(check: FormCheck, table: ReportTable, row: str, column: str, added: int | Decimal) -> Finding:
    """A total left empty over parts that are not zero."""
    return Finding(
        check="blank-total",
        place=table.place_of(row, column),
        at=f"{table.table.id}.{row}.{column}",
        facts=(("title", check.title), ("cell", label_cell(table.table, row, column)), ("sum", added)),
    )
