"""Bars: as long as their figures are large, inside the chart, never where there is no figure."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gaisite.model.content import Figure, State
from gaisite.render.bar_charts import draw_bars, draw_stacks
from gaisite.render.chart_parts import BarChart, ChartBlock, ChartText, StackedBar
from tests.check.values import NOT_APPLICABLE
from tests.render.charts import FRAME, make_speaker, make_whole, read_length

COUNTS = st.one_of(st.integers(0, 20), st.integers(0, 10**18))
AMOUNTS = st.decimals(0, 10**12, places=4).map(str)
FIGURES = st.one_of(COUNTS, AMOUNTS, st.none(), st.just(NOT_APPLICABLE))
ANY = st.lists(FIGURES, min_size=1, max_size=8).filter(
    lambda values: any(isinstance(value, int | str) and Decimal(value) for value in values)
)
PARTS = st.lists(st.one_of(COUNTS, st.none()), min_size=1, max_size=6)


def name(values: list[int | str | Figure | None]) -> dict[str, int | str | Figure | None]:
    return {f"Line {position}": value for position, value in enumerate(values)}


def draw(values: list[int | str | Figure | None]) -> BarChart:
    return draw_bars(FRAME, make_whole(name(values)), make_speaker())


def list_texts(chart: BarChart | StackedBar) -> list[ChartText]:
    if isinstance(chart, BarChart):
        return [text for bar in chart.bars for text in bar.texts]
    keys = [text for stack in chart.stacks for key in stack.keys for text in key.texts]
    return [*(text for stack in chart.stacks for text in stack.texts), *keys]


def check_inside(chart: BarChart | StackedBar, blocks: list[ChartBlock]) -> None:
    """Nothing is drawn beyond the chart."""
    height = read_length(chart.height)
    for block in blocks:
        assert read_length(block.x) + read_length(block.width) <= 1000
        assert read_length(block.y) + read_length(block.height) <= height
    assert all(0 < read_length(text.y) <= height for text in list_texts(chart))


@given(ANY)
def test_bars_are_as_long_as_their_figures_are_large(values: list[int | str | Figure | None]) -> None:
    chart = draw(values)
    numbers = [Decimal(value) if isinstance(value, int | str) else Decimal(0) for value in values]
    for bar, value in zip(chart.bars, numbers, strict=True):
        length = read_length(bar.block.width) if bar.block else 0
        assert 0 <= length - value * 1000 / max(numbers) < 1
        assert (bar.block is not None) == (value > 0)
    check_inside(chart, [bar.block for bar in chart.bars if bar.block])


@given(ANY)
def test_missing_figure_has_no_bar_and_no_place_where_one_would_begin(values: list[int | str | Figure | None]) -> None:
    for bar, value in zip(draw(values).bars, values, strict=True):
        assert (bar.base is not None) == isinstance(value, int | str)


def test_the_states_of_a_figure_are_written_out() -> None:
    chart = draw([3, 0, None, NOT_APPLICABLE, Figure(State.NOT_IN_FORM)])
    assert [text.value for text in list_texts(chart)] == ["3", "0", "—", "n/a", "not in form"]


def test_bars_stand_below_their_labels_and_one_below_the_other() -> None:
    chart = draw_bars(FRAME, make_whole({"A": 3, "A label " * 12: 2, "C": 1}), make_speaker())
    heights = [
        read_length(y)
        for bar in chart.bars
        for y in (*(text.y for text in bar.texts), bar.block.y if bar.block else "")
    ]
    assert heights == sorted(heights)
    assert len(chart.bars[1].texts) == 4
    assert [text.value for text in chart.bars[1].texts] == ["", "", "", "2"]


@given(
    st.lists(PARTS, min_size=1, max_size=4).filter(lambda wholes: any(value for values in wholes for value in values))
)
def test_parts_of_a_bar_fill_it_from_end_to_end(wholes: list[list[int | None]]) -> None:
    made = [make_whole(name(list(values)), label=f"Bar {number}") for number, values in enumerate(wholes)]
    chart = draw_stacks(FRAME, made, make_speaker())
    longest = max(whole.sum for whole in made)
    for whole, stack in zip(made, chart.stacks, strict=True):
        end = 0
        for block in stack.blocks:
            assert read_length(block.x) == end
            end += read_length(block.width)
        assert 0 <= end - Decimal(whole.sum) * 1000 / Decimal(longest) < 1
        assert len(stack.keys) == (len(whole.parts) if whole.sum else 0)
    samples = [key.sample for stack in chart.stacks for key in stack.keys]
    check_inside(chart, [*samples, *(block for stack in chart.stacks for block in stack.blocks)])


def test_parts_are_told_apart_by_their_fillings_not_by_colour() -> None:
    chart = draw_stacks(FRAME, [make_whole([6, 5, 4, 3, 2, 1])], make_speaker())
    (stack,) = chart.stacks
    fillings = [block.pattern for block in stack.blocks]
    assert len(set(fillings)) == 6
    assert fillings == [key.sample.pattern for key in stack.keys]
    assert set(chart.patterns) == set(fillings) - {""}


def test_bar_of_nothing_keeps_its_label() -> None:
    wholes = [
        make_whole([2, 1], label="Reviews"),
        make_whole([0, 0], 0, label="Lawsuits"),
        make_whole({"A": None}, label="Appeals"),
    ]
    chart = draw_stacks(FRAME, wholes, make_speaker())
    assert [(text.text, text.value) for stack in chart.stacks for text in stack.texts] == [
        ("Reviews", "3"),
        ("Lawsuits", "0"),
        ("Appeals", "—"),
    ]
    assert [len(stack.blocks) for stack in chart.stacks] == [2, 0, 0]


def test_bar_of_which_parts_are_missing_states_no_sum() -> None:
    chart = draw_stacks(FRAME, [make_whole({"A": 2, "B": None}, label="Reviews")], make_speaker())
    assert [text.value for text in chart.stacks[0].texts] == [""]


def test_bar_whose_printed_total_differs_prints_it() -> None:
    chart = draw_stacks(FRAME, [make_whole([2, 1], 4, label="Reviews")], make_speaker())
    assert [text.value for text in chart.stacks[0].texts] == ["4"]
