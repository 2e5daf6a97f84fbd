"""A report against the sum of the reports below: what differs, and what cannot be said while reports are missing."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from gaisite.findings import Fact, Finding, Verdict
from gaisite.model.children import ChildrenMode
from gaisite.model.content import Figure, Report
from gaisite.model.forms import Form
from gaisite.model.labels import label_cell
from gaisite.model.numbers import write_change, write_number
from gaisite.model.roll_up import CellSum, RollUp
from gaisite.model.sums import EXACT, read_cell, subtract
from gaisite.model.tables import Axis, FigureType


def check_roll_up(report: Report, form: Form, roll_up: RollUp) -> Iterator[Finding]:
    """What comes of comparing a report with those below, cell by cell; of a sum, what keeps it from being one."""
    counted, agencies = roll_up.below
    if not counted:
        facts = (("year", str(report.year)), ("form", form.short), ("agencies", agencies))
        yield Finding(check="roll-up-nothing", place=roll_up.rule.place, at="children", facts=facts)
        return
    yield from check_one_unit(report, form, roll_up)
    for each in roll_up.cells:
        if roll_up.rule.mode is ChildrenMode.SUM:
            yield from check_adjusted(each, report)
        else:
            yield from compare_cell(each, report, roll_up)


def check_one_unit(report: Report, form: Form, roll_up: RollUp) -> Iterator[Finding]:
    """A finding for each column whose figures cannot be added up, since the reports state them in different units."""
    found = {(each.cell.table, each.cell.column): each.units for each in roll_up.cells if not each.is_summable}
    for (table_id, column_id), units in found.items():
        column = form.table(table_id).find(Axis.COLUMNS, column_id)
        label = column.label if column else column_id
        facts = (("column", label), ("units", "/".join(unit or "?" for unit in units)))
        yield Finding(
            check="roll-up-units", place=report.tables[table_id].place, at=f"{table_id}.{column_id}", facts=facts
        )


def check_adjusted(each: CellSum, report: Report) -> Iterator[Finding]:
    """A finding where adjustments make less than nothing of the sum of what cannot be negative."""
    table = report.tables[each.cell.table].table
    if each.expected is not None and each.expected < 0 and find_type(each, report) is not FigureType.CHANGE:
        yield Finding(
            check="adjustment-below-zero",
            place=each.adjustments[0].place if each.adjustments else report.place,
            at=str(each.cell),
            facts=(("cell", label_cell(table, each.cell.row, each.cell.column)), ("expected", each.expected)),
        )


def find_type(each: CellSum, report: Report) -> FigureType | None:
    """What the cell may hold."""
    table = report.tables[each.cell.table].table
    row, column = table.find(Axis.ROWS, each.cell.row), table.find(Axis.COLUMNS, each.cell.column)
    return table.cell_type(row, column) if row is not None and column is not None else None


def compare_cell(each: CellSum, report: Report, roll_up: RollUp) -> Iterator[Finding]:
    """Whether a figure equals the sum of those below; nothing to say where neither has a number."""
    table = report.tables[each.cell.table]
    figure = read_cell(table, each.cell)
    if figure.value is None and each.expected is None:
        return
    verdict = Verdict.NOT_ASSESSABLE
    if figure.value is not None and has_one_unit(each, report):
        verdict = judge_figure(figure.value, each, roll_up, find_type(each, report))
    yield Finding(
        check="roll-up",
        sentence="roll-up",
        place=table.place_of(each.cell.row, each.cell.column),
        verdict=verdict,
        at=str(each.cell),
        facts=(
            ("cell", label_cell(table.table, each.cell.row, each.cell.column)),
            *list_facts(figure, each),
            *zip(("counted", "agencies"), roll_up.below, strict=True),
        ),
    )


def has_one_unit(each: CellSum, report: Report) -> bool:
    """Whether the report states its figure in the unit of those below."""
    stated = report.tables[each.cell.table].units.get(each.cell.column)
    return each.is_summable and (not each.units or each.units == (stated.official if stated else "",))


def judge_figure(value: int | Decimal, each: CellSum, roll_up: RollUp, type: FigureType | None) -> Verdict:
    """Whether a figure is the expected sum.

    What missing reports would add to it, and what late ones may not have added yet, is a difference that nobody can
    assess; a figure below the sum of those that were in time fails all the same, for counts and amounts only grow.
    """
    expected = 0 if each.expected is None else each.expected
    least = subtract(expected, each.late)
    if value == round_like(expected, value):
        return Verdict.PASS
    if type is FigureType.CHANGE:
        return Verdict.FAIL if roll_up.is_complete and not each.late else Verdict.NOT_ASSESSABLE
    too_much = roll_up.is_complete and value > expected
    return Verdict.FAIL if too_much or value < round_like(least, value) else Verdict.NOT_ASSESSABLE


def round_like(value: int | Decimal, printed: int | Decimal) -> int | Decimal:
    """A number with the decimals of another: an aggregate in hundredths says no more of the sum than that."""
    if isinstance(printed, int):
        return value
    return Decimal(value).quantize(printed, ROUND_HALF_UP, EXACT)


def list_facts(figure: Figure, each: CellSum) -> Iterator[tuple[str, Fact]]:
    """The numbers that are compared; empty where there is none."""
    expected = 0 if each.expected is None else each.expected
    yield "printed", figure.text
    yield "sum", "" if each.figure.value is None else write_number(each.figure.value)
    yield "unfilled", "0" if each.figure.value is None else ""
    yield "adjustment", write_change(each.adjustment) if each.adjustments else ""
    yield "expected", write_number(expected)
    yield "difference", "" if figure.value is None else write_number(subtract(figure.value, expected)).lstrip("-")
