"""Totals of tables of any shape: what adds up passes, what does not is told at its row or its column."""

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import assume, given
from hypothesis import strategies as st

from gaisite.check.arithmetic import check_sums
from gaisite.findings import Finding, Verdict
from gaisite.model.content import BLANK, Figure
from gaisite.model.forms import Form
from gaisite.model.tables import Axis, Line, Table, walk_lines
from tests.check.values import NOT_APPLICABLE, line, make_form, make_report, make_table, number, total_check

Shape = tuple[bool, list["Shape"]] | None
"""A leaf, or a group: whether it has a total of its own, and what is in it."""

shapes: st.SearchStrategy[Shape] = st.recursive(
    st.none(), lambda below: st.tuples(st.booleans(), st.lists(below, min_size=1, max_size=3)), max_leaves=5
)
forests = st.lists(shapes, min_size=1, max_size=3)


def grow(shape: Shape, id: str) -> Line:
    if shape is None:
        return line(id)
    has_total, below = shape
    lines = [grow(each, f"{id}.l{position}") for position, each in enumerate(below)]
    total = [line(f"{id}.total", sum_of=[each.id for each in lines])] if has_total else []
    return line(id, *lines, *total)


def plant(forest: list[Shape], *, has_total: bool) -> tuple[Line, ...]:
    """The lines of one direction, with a total over all of them where one is asked for."""
    lines = [grow(shape, f"l{position}") for position, shape in enumerate(forest)]
    total = [line("total", sum_of=[each.id for each in lines])] if has_total else []
    return (*lines, *total)


def list_added(lines: tuple[Line, ...], total: Line) -> list[str]:
    """The leaves that a total adds up, found by their ids alone."""
    leaves = [each for each in walk_lines(lines) if not each.lines and not each.sum_of]
    return [leaf.id for leaf in leaves for part in total.sum_of if leaf.id == part or leaf.id.startswith(part + ".")]


@dataclass(frozen=True)
class Case:
    """A table of which every cell is given, and whose totals are right."""

    form: Form
    cells: dict[tuple[str, str], Figure]

    @property
    def table(self) -> Table:
        return self.form.tables[0]

    def list_totals(self) -> list[tuple[str, str]]:
        rows = {each.id for each in self.table.leaves(Axis.ROWS) if each.sum_of}
        columns = {each.id for each in self.table.leaves(Axis.COLUMNS) if each.sum_of}
        return [cell for cell in self.cells if cell[0] in rows or cell[1] in columns]

    def check(self, cells: dict[tuple[str, str], Figure]) -> list[Finding]:
        return list(check_sums(make_report(self.form, {"t": cells}), self.form))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    over = draw(st.sampled_from([(True, True), (True, False), (False, True)]))
    rows, columns = plant(draw(forests), has_total=over[0]), plant(draw(forests), has_total=over[1])
    table = make_table(rows, columns)
    checks = [
        total_check(axis, *(each.id for each in table.leaves(axis) if each.sum_of))
        for axis in (Axis.ROWS, Axis.COLUMNS)
    ]
    figures = st.one_of(st.just(BLANK), st.just(NOT_APPLICABLE), st.integers(0, 50).map(number))
    cells: dict[tuple[str, str], Figure] = {}
    blank_sums = draw(st.booleans())
    for column in sorted(table.leaves(Axis.COLUMNS), key=lambda each: bool(each.sum_of)):
        for row in sorted(table.leaves(Axis.ROWS), key=lambda each: bool(each.sum_of)):
            parts = [(part, column.id) for part in list_added(rows, row)] if row.sum_of else []
            parts = parts or ([(row.id, part) for part in list_added(columns, column)] if column.sum_of else [])
            values = [cells[part].value for part in parts]
            known = [value for value in values if value is not None]
            if not row.sum_of and not column.sum_of:
                cells[row.id, column.id] = draw(figures)
            elif known or not blank_sums:
                cells[row.id, column.id] = number(sum(known))  # type: ignore[arg-type]
            else:
                cells[row.id, column.id] = BLANK
    return Case(form=make_form(table, checks=checks), cells=cells)


def list_failed(findings: list[Finding]) -> list[str]:
    return [finding.at for finding in findings if finding.verdict is Verdict.FAIL]


def list_crossed(cell: tuple[str, str], case: Case) -> Iterator[str]:
    """The ids of all cells in the row or the column of one."""
    for row, column in case.cells:
        if row == cell[0] or column == cell[1]:
            yield f"t.{row}.{column}"


@given(cases())
def test_table_that_closes_has_no_failure_and_is_checked_at_every_total(case: Case) -> None:
    findings = case.check(case.cells)
    assert list_failed(findings) == []
    assert {finding.at for finding in findings} == {f"t.{row}.{column}" for row, column in case.list_totals()}


@given(cases(), st.data())
def test_one_changed_cell_is_told_at_its_row_or_column(case: Case, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(sorted(case.cells)))
    value = case.cells[cell].value
    other = data.draw(st.integers(1, 99).filter(lambda new: new != (value or 0)))
    failed = list_failed(case.check({**case.cells, cell: number(other)}))
    assert set(failed) & set(list_crossed(cell, case))


@given(cases(), st.data())
def test_totals_left_out_never_fail(case: Case, data: st.DataObject) -> None:
    left_out = set(data.draw(st.lists(st.sampled_from(case.list_totals()), unique=True)))
    findings = case.check({cell: figure for cell, figure in case.cells.items() if cell not in left_out})
    assert list_failed(findings) == []
    computed = {f"t.{row}.{column}" for row, column in left_out if case.cells[row, column].value}
    assert not computed & {finding.at for finding in findings}


@given(cases(), st.data())
def test_blank_total_cannot_be_assessed_and_is_told_where_its_parts_are_not_zero(
    case: Case, data: st.DataObject
) -> None:
    cell = data.draw(st.sampled_from(case.list_totals()))
    value = case.cells[cell].value
    findings = [each for each in case.check({**case.cells, cell: BLANK}) if each.at == f"t.{cell[0]}.{cell[1]}"]
    verdicts = [each.verdict for each in findings if each.check != "blank-total"]
    assert set(verdicts) == {Verdict.NOT_ASSESSABLE}
    blank = [dict(each.facts)["sum"] for each in findings if each.check == "blank-total"]
    assert blank == ([value] * len(verdicts) if value else [])


@given(cases(), st.data())
def test_total_that_does_not_apply_is_no_blank_total(case: Case, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(case.list_totals()))
    findings = [
        each for each in case.check({**case.cells, cell: NOT_APPLICABLE}) if each.at == f"t.{cell[0]}.{cell[1]}"
    ]
    assert {finding.verdict for finding in findings} == {Verdict.NOT_ASSESSABLE}


@given(cases())
def test_blanks_and_zeros_add_up_alike(case: Case) -> None:
    components = [cell for cell in case.cells if cell not in case.list_totals()]
    zeros = {
        cell: number(0) if cell in components and case.cells[cell].value is None else case.cells[cell]
        for cell in case.cells
    }
    assume(zeros != case.cells)
    assert list_failed(case.check(zeros)) == []
