"""Adding up: over parts, never over printed totals; what is blank adds nothing and is never zero."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.model.content import BLANK, Figure, State
from gaisite.model.sums import add_figures, complete_totals, compute_figure, list_components, list_parts
from gaisite.model.tables import Axis, Line, Table
from gaisite.texts import Texts

Value = int | Decimal | None
NOT_APPLICABLE = Figure(State.NOT_APPLICABLE, text="n/a")


def line(id: str, *lines: Line, sum_of: tuple[str, ...] = ()) -> Line:
    return Line(id=id, label=Texts((("en", id),)), lines=lines, sum_of=sum_of)


def make_table(rows: tuple[Line, ...], columns: tuple[Line, ...]) -> Table:
    label = Texts((("en", "t"),))
    return Table(id="t", caption=label, corner=label, rows=rows, columns=columns)


ROWS = (
    line("new"),
    line("handled", line("handled.granted"), line("handled.refused", line("handled.refused.a"), line("handled.refused.b")),
         line("handled.total", sum_of=("handled.granted", "handled.refused"))),
    line("all", sum_of=("new", "handled")),
)  # fmt: skip
COLUMNS = (line("person"), line("firm", line("firm.x"), line("firm.y")), line("total", sum_of=("person", "firm")))
TABLE = make_table(ROWS, COLUMNS)


def number(value: Value) -> Figure:
    return BLANK if value is None else Figure(State.NUMBER, value, str(value))


def complete(figures: Mapping[tuple[str, str], Value], table: Table = TABLE) -> dict[tuple[str, str], Figure]:
    return complete_totals(table, {cell: number(value) for cell, value in figures.items()})


def test_parts_of_a_total_are_leaves_and_no_totals() -> None:
    rows, columns = TABLE.leaves(Axis.ROWS), TABLE.leaves(Axis.COLUMNS)
    parts = {row.id: list_parts(TABLE, Axis.ROWS, row) for row in rows if row.sum_of}
    assert parts == {
        "handled.total": ("handled.granted", "handled.refused.a", "handled.refused.b"),
        "all": ("new", "handled.granted", "handled.refused.a", "handled.refused.b"),
    }
    assert list_parts(TABLE, Axis.COLUMNS, columns[-1]) == ("person", "firm.x", "firm.y")
    assert list_parts(TABLE, Axis.ROWS, rows[0]) == ()


def test_components_of_an_unknown_line_are_none() -> None:
    assert list(list_components(TABLE, Axis.ROWS, "nowhere")) == []
    assert list(list_components(TABLE, Axis.COLUMNS, "new")) == []
    assert list(list_components(TABLE, Axis.ROWS, "handled.total")) == ["handled.total"]


@pytest.mark.parametrize(
    ("values", "total"),
    [
        ((), None),
        ((None, None), None),
        ((0, None), 0),
        ((1, None, 2), 3),
        ((-1, 1), 0),
        ((Decimal("0.10"), Decimal("0.20")), Decimal("0.30")),
        ((1, Decimal("0.50")), Decimal("1.50")),
    ],
)
def test_sum_counts_numbers_only(values: tuple[Value, ...], total: Value) -> None:
    assert add_figures(number(value) for value in values) == total
    assert add_figures([*(number(value) for value in values), NOT_APPLICABLE]) == total


def test_computed_figure_is_marked_and_written_without_exponent() -> None:
    assert compute_figure([number(2), number(3)]) == Figure(State.NUMBER, 5, "5", computed=True)
    assert compute_figure([number(Decimal("52.6540")), number(0)]).text == "52.6540"
    assert compute_figure([number(Decimal("1E+3"))]).text == "1000"
    assert compute_figure([number(Decimal("0.0000001"))]).text == "0.0000001"


def test_sum_of_blanks_is_blank() -> None:
    assert compute_figure([BLANK, NOT_APPLICABLE]) is BLANK
    assert compute_figure([]) is BLANK


def test_totals_left_out_are_computed_over_columns_then_rows() -> None:
    whole = complete({("new", "person"): 1, ("handled.granted", "firm.x"): 2, ("handled.refused.b", "firm.y"): 4})
    computed = {cell: figure.value for cell, figure in whole.items() if figure.computed}
    assert computed == {
        ("new", "total"): 1,
        ("handled.granted", "total"): 2,
        ("handled.refused.b", "total"): 4,
        ("handled.total", "firm.x"): 2,
        ("handled.total", "firm.y"): 4,
        ("handled.total", "total"): 6,
        ("all", "person"): 1,
        ("all", "firm.x"): 2,
        ("all", "firm.y"): 4,
        ("all", "total"): 7,
    }


def test_totals_given_stay_as_they_are_wrong_or_blank() -> None:
    given_figures: dict[tuple[str, str], Value] = {
        ("new", "person"): 1,
        ("new", "total"): 9,
        ("handled.total", "person"): None,
    }
    whole = complete(given_figures)
    assert {cell: whole[cell].value for cell in given_figures} == given_figures
    assert not any(whole[cell].computed for cell in given_figures)
    assert whole["all", "total"].value == 9


def test_figures_given_are_not_changed() -> None:
    figures = {("new", "person"): number(1)}
    complete_totals(TABLE, figures)
    assert figures == {("new", "person"): number(1)}


@pytest.mark.parametrize("order", [("grand", "one", "two"), ("one", "two", "grand"), ("two", "grand", "one")])
@pytest.mark.parametrize("axis", list(Axis))
def test_total_of_totals_is_right_wherever_it_is_printed(axis: Axis, order: tuple[str, ...]) -> None:
    totals = {
        "grand": line("grand", sum_of=("one", "two")), "one": line("one", sum_of=("a", "b")), "two": line("two", sum_of=("c",)),
    }  # fmt: skip
    lines = (*(totals[name] for name in order), line("a"), line("b"), line("c"))
    across = (line("x"),)
    table = make_table(lines, across) if axis is Axis.ROWS else make_table(across, lines)

    def cell(name: str) -> tuple[str, str]:
        return (name, "x") if axis is Axis.ROWS else ("x", name)

    whole = complete({cell("a"): 1, cell("b"): 2, cell("c"): 4}, table)
    assert [whole[cell(name)].value for name in ("one", "two", "grand")] == [3, 4, 7]


def test_totals_that_add_one_another_up_end() -> None:
    table = make_table((line("a", sum_of=("b",)), line("b", sum_of=("a",)), line("c", sum_of=("c",))), (line("x"),))
    assert complete({("b", "x"): 3}, table)["a", "x"].value == 3


cells = [(row.id, column.id) for row in TABLE.leaves(Axis.ROWS) for column in TABLE.leaves(Axis.COLUMNS)]
values = st.one_of(st.none(), st.integers(-(10**6), 10**6), st.decimals(-(10**6), 10**6, places=4))


@given(st.dictionaries(st.sampled_from(cells), values))
def test_every_total_left_out_is_the_sum_of_its_parts_and_a_blank_never_becomes_zero(
    figures: dict[tuple[str, str], Value],
) -> None:
    whole = complete(figures)
    assert {cell: whole[cell] for cell in figures} == {cell: number(value) for cell, value in figures.items()}
    for row in TABLE.leaves(Axis.ROWS):
        for column in TABLE.leaves(Axis.COLUMNS):
            if (row.id, column.id) in figures:
                continue
            if row.sum_of:
                parts = [(part, column.id) for part in list_parts(TABLE, Axis.ROWS, row)]
            elif column.sum_of:
                parts = [(row.id, part) for part in list_parts(TABLE, Axis.COLUMNS, column)]
            else:
                assert (row.id, column.id) not in whole
                continue
            known = [whole[part].value for part in parts if part in whole and whole[part].value is not None]
            total = whole[row.id, column.id]
            assert total.value == (sum(value for value in known if value is not None) if known else None)
            assert total.computed is bool(known)
