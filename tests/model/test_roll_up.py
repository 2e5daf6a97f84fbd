"""The sum of reports: every component of every child, exactly, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import Place
from gaisite.model.children import Adjustment, ChildrenMode, ChildrenRule
from gaisite.model.content import BLANK, Figure, Report, State
from gaisite.model.contributions import (
    list_component_cells,
    pick_contribution,
    read_component,
    write_component,
)
from gaisite.model.forms import Form
from gaisite.model.roll_up import RollUp, fill_sums, roll_up_children
from gaisite.model.tables import FigureType, insert_rows
from gaisite.texts import Texts
from tests.check.values import (
    NOT_APPLICABLE,
    PLACE,
    line,
    make_form,
    make_report,
    make_report_table,
    make_table,
    number,
)
from tests.model.children import make_child

TOTAL = line("total", sum_of=["a", "g"])
TABLE = make_table(
    [line("a"), line("g", line("g.b"), line("g.c")), TOTAL, line("fees", type=FigureType.AMOUNT)],
    [line("x"), line("y"), line("sum", sum_of=["x", "y"])],
)
OPEN = make_table(
    [line("r"), line("q")],
    [line("money", type=FigureType.AMOUNT, unit_choices=(Texts.of({"en": "yuan"}), Texts.of({"en": "million"})))],
    id="u",
)
FORM = make_form(TABLE, OPEN)
CELLS = list(list_component_cells(FORM))

figures = st.one_of(st.just(BLANK), st.just(NOT_APPLICABLE), st.integers(0, 10**17).map(number))
amounts = st.one_of(st.just(BLANK), st.decimals(0, 10**9, places=6).map(lambda value: number(str(value))))


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report with any components, and with printed totals that may be wrong."""
    cells = {
        (cell.row, cell.column): draw(amounts if cell.row == "fees" else figures) for cell in CELLS if cell.table == "t"
    }
    totals = {("total", "sum"): draw(figures), ("total", "x"): draw(figures)}
    return make_report(FORM, {"t": cells | (totals if draw(st.booleans()) else {})})


def rule(*adjustments: Adjustment, mode: ChildrenMode = ChildrenMode.SUM) -> ChildrenRule:
    return ChildrenRule(mode=mode, adjustments=adjustments, place=PLACE)


def adjust(at: str, by: int | str) -> Adjustment:
    return Adjustment(at=at, by=by if isinstance(by, int) else Decimal(by), reason="so", place=Place(file="f"))


def roll_up(children: Sequence[Report], *adjustments: Adjustment, form: Form = FORM) -> RollUp:
    agencies = [make_child(f"a/c{number}", child, form) for number, child in enumerate(children)]
    return roll_up_children(rule(*adjustments), form, 2021, agencies)


def fill(children: Sequence[Report], *adjustments: Adjustment) -> Report:
    report = make_report(FORM, {})
    return replace(report, tables=fill_sums(report.tables, FORM, roll_up(children, *adjustments)))


@given(st.lists(reports(), min_size=1, max_size=6))
def test_every_component_is_the_exact_sum_and_totals_are_computed_from_components(children: list[Report]) -> None:
    table = fill(children).tables["t"]
    for row, column in TABLE.components:
        given_ = [child.tables["t"].figure(row, column) for child in children]
        values = [figure.value for figure in given_ if figure.value is not None]
        figure = table.figure(row, column)
        if values:
            assert Decimal(figure.text) == sum(map(Decimal, values))
            assert figure.value == Decimal(figure.text)
        else:
            states = {each.state for each in given_}
            assert figure.state is (State.NOT_APPLICABLE if states == {State.NOT_APPLICABLE} else State.BLANK)
        assert figure.computed == (figure.state is State.NUMBER)
    parts = [table.figure(row, column).value for row in ("a", "g.b", "g.c") for column in ("x", "y")]
    known = [part for part in parts if part is not None]
    assert table.figure("total", "sum").value == (sum(known) if known else None)


@given(reports())
def test_what_is_written_of_a_component_is_read_back_exactly(report: Report) -> None:
    for figure in pick_contribution(report, FORM, incomplete=False).figures:
        read = read_component(write_component(figure))
        assert (read, type(read.value)) == (figure, type(figure.value))
        assert read is figure


@pytest.mark.parametrize(
    ("written", "figure"),
    [("52.", number("52")), ("52.6540", number("52.6540")), ("0", number(0)), ("0.00", number("0.00"))],
)
def test_a_decimal_keeps_its_zeros_and_stays_a_decimal(written: str, figure: Figure) -> None:
    assert write_component(figure) == written
    read = read_component(written)
    assert (read, type(read.value)) == (figure, type(figure.value))


def test_long_amounts_lose_no_digit() -> None:
    long, short = "999999999999999999", "0.0000000000000001"
    children = [make_report(FORM, {"t": {("fees", "x"): number(text)}}) for text in (long, short)]
    assert fill(children).tables["t"].figure("fees", "x").text == "999999999999999999.0000000000000001"


def test_rows_of_a_childs_own_count_into_the_row_that_they_split_and_no_other() -> None:
    split = insert_rows(TABLE, "a", (line("a.one", local=True), line("a.two", local=True)))
    report = make_report(
        FORM,
        lambda table: make_report_table(
            split if table.id == "t" else table,
            {("a.one", "x"): number(3), ("a.two", "x"): number(4)} if table.id == "t" else {},
        ),
    )
    found = roll_up([report])
    assert next(each for each in found.cells if str(each.cell) == "t.a.x").figure.value == 7
    assert not found.children[0].has_own_rows


@pytest.mark.parametrize("host", ["", "g"])
def test_rows_beside_those_of_the_form_are_told_and_not_added(host: str) -> None:
    added = line(f"{host}.own".lstrip("."), local=True)
    wide = insert_rows(TABLE, host, (added,))
    report = make_report(
        FORM,
        lambda table: make_report_table(
            wide if table.id == "t" else table, {(added.id, "x"): number(3)} if table.id == "t" else {}
        ),
    )
    found = roll_up([report])
    assert found.children[0].has_own_rows
    assert all(each.figure == BLANK for each in found.cells)


def test_adjustments_are_added_up_and_reach_the_totals() -> None:
    child = make_report(FORM, {"t": {("a", "x"): number(5)}})
    table = fill([child], adjust("t.a.x", 7), adjust("t.a.x", -2), adjust("t.g.b.y", 3)).tables["t"]
    assert [table.figure(*cell).value for cell in (("a", "x"), ("g.b", "y"), ("total", "sum"))] == [10, 3, 13]


def with_money(unit: str, amount: str, row: str = "r") -> Report:
    units = {"money": Texts.of({"en": unit})} if unit else {}
    return make_report(
        FORM,
        lambda table: make_report_table(
            table, {(row, "money"): number(amount)} if table.id == "u" else {}, units=units if table.id == "u" else {}
        ),
    )


def test_amounts_in_one_unit_are_added_and_the_unit_is_stated() -> None:
    table = fill([with_money("yuan", "2.50"), with_money("yuan", "1"), with_money("", "0")]).tables["u"]
    assert table.figure("r", "money").text == "3.50"
    assert [unit.official for unit in table.units.values()] == ["yuan"]


@pytest.mark.parametrize("other", ["million", ""])
def test_amounts_in_different_units_are_never_added_in_no_row_of_the_column(other: str) -> None:
    table = fill([with_money("yuan", "2.50"), with_money(other, "1", row="q")]).tables["u"]
    assert [table.figure(row, "money") for row in ("r", "q")] == [BLANK, BLANK]
    assert table.units == {}
