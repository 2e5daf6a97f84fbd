"""Lines over the years: broken where the form changed and where nothing is known, never drawn through a zero that is none."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.model.content import State
from gaisite.model.forms import Relation
from gaisite.model.history import History
from gaisite.render.chart_courses import Course, describe_course, is_drawable, list_runs, note_breaks, say_course
from gaisite.render.chart_parts import LineChart
from gaisite.render.chart_space import measure
from gaisite.render.line_charts import draw_lines
from gaisite.render.sparklines import draw_sparkline
from gaisite.texts import Texts
from tests.check.values import texts
from tests.render.charts import (
    FRAME,
    NO_REPORT,
    make_course,
    make_history,
    make_series,
    make_site,
    read_length,
)

Values = list[int | str | State | None]
VALUES = st.lists(
    st.one_of(st.integers(0, 30), st.integers(0, 10**9), st.none(), st.just(NO_REPORT), st.just(State.NOT_IN_FORM)),
    min_size=2,
    max_size=18,
).filter(
    lambda values: (
        sum(isinstance(value, int) for value in values) > 1
        and any(isinstance(value, int) and value for value in values)
    )
)
FIRSTS = st.sets(st.integers(2006, 2022), max_size=2)


def make(values: Values, firsts: set[int] | None = None) -> tuple[Course, History]:
    years = range(2005, 2005 + len(values))
    return make_course(dict(zip(years, values, strict=True))), make_history(years, *(firsts or set()) & set(years))


def draw(values: Values, firsts: set[int] | None = None) -> LineChart:
    course, history = make(values, firsts)
    return draw_lines(make_site(), FRAME, history, [course])


@given(VALUES, FIRSTS)
def test_every_figure_has_a_point_and_nothing_else_has(values: Values, firsts: set[int]) -> None:
    (panel,) = draw(values, firsts).panels
    numbers = [value for value in values if isinstance(value, int)]
    base = read_length(panel.base.y1)
    assert len(panel.points) == len(numbers)
    for point, value in zip(panel.points, numbers, strict=True):
        assert 0 <= base - read_length(point.y) - value * 40 / max(numbers) < 1
    across = [read_length(point.x) for point in panel.points]
    assert across == sorted(set(across))
    assert all(90 <= x <= 910 for x in across)


@given(VALUES, FIRSTS)
def test_line_joins_only_neighbouring_years_on_one_form(values: Values, firsts: set[int]) -> None:
    (panel,) = draw(values, firsts).panels
    expected = [
        isinstance(before, int) and isinstance(after, int)
        for year, (before, after) in enumerate(pairwise(values), 2006)
        if year not in firsts
    ]
    assert len(panel.segments) == sum(expected)
    points = {(point.x, point.y) for point in panel.points}
    assert all({(each.x1, each.y1), (each.x2, each.y2)} <= points for each in panel.segments)


@given(VALUES, FIRSTS)
def test_figures_over_points_stand_clear_of_each_other_with_the_first_and_the_last(
    values: Values, firsts: set[int]
) -> None:
    chart = draw(values, firsts)
    (panel,) = chart.panels
    written = panel.values
    assert written[-1].x == panel.points[-1].x
    for one, other in pairwise(written):
        room = (read_length(other.x) - read_length(one.x)) * 190 / 1000
        assert 2 * room >= measure(one.text) + measure(other.text)
    for one, other in pairwise(chart.years):
        assert (read_length(other.x) - read_length(one.x)) * 190 / 1000 >= measure(one.text)
    assert chart.years[-1].text == str(2004 + len(values))


@given(VALUES, FIRSTS)
def test_change_of_form_is_a_line_between_its_years_with_a_label_inside_the_chart(
    values: Values, firsts: set[int]
) -> None:
    chart = draw(values, firsts)
    years = range(2005, 2005 + len(values))
    assert len(chart.breaks) == len(firsts & set(years[1:]))
    height = read_length(chart.height)
    for each in chart.breaks:
        x, width = read_length(each.label.x), measure(each.label.text) * 1000 // 190
        assert (x - width if each.anchor == "end" else x) >= 0
        assert (x if each.anchor == "end" else x + width) <= 1000
        assert read_length(each.line.y1) < read_length(each.line.y2) < height


def test_panels_of_a_chart_have_one_scale() -> None:
    years = (2019, 2020)
    courses = [make_course({2019: 100, 2020: 50}), make_course({2019: 50, 2020: 25})]
    chart = draw_lines(make_site(), FRAME, make_history(years), courses)
    heights = [read_length(panel.base.y1) - read_length(point.y) for panel in chart.panels for point in panel.points]
    assert heights == [40, 20, 20, 10]


def test_long_names_stay_inside_the_chart() -> None:
    site, history = make_site(), make_history((2019, 2020, 2021, 2022), 2021)
    form = replace(site.forms["cn-gai-2019"], short=texts("A form with quite a long name"))
    course = replace(make_course({2019: 1, 2020: 2, 2021: 3, 2022: 4}), label=("Applications of any kind " * 3).strip())
    chart = draw_lines(replace(site, forms={**site.forms, form.id: form}), FRAME, history, [course])
    assert [text.text for text in chart.panels[0].labels] == ["Applications of any kind"] * 3
    (label,) = (each.label for each in chart.breaks)
    assert read_length(label.x) + measure(label.text) * 1000 // 190 == 1000


def test_labels_of_two_changes_do_not_stand_on_one_line() -> None:
    chart = draw([1, 2, 3, 4], {2006, 2007})
    assert [each.label.y for each in chart.breaks] == ["1.1em", "2.6em"]
    assert [each.label.text for each in chart.breaks] == ["Form of 2019", "Form of 2021"]


@given(VALUES, FIRSTS)
def test_sparkline_joins_the_same_years(values: Values, firsts: set[int]) -> None:
    course, history = make(values, firsts)
    line = draw_sparkline(make_site(), history, course, "spark-1")
    runs = list_runs(course.series, history)
    assert [len(points.split()) for points in line.lines] == [len(run) for run in runs if len(run) > 1]
    places = [tuple(map(int, point.split(","))) for points in line.lines for point in points.split()]
    assert all(0 <= x <= 120 and 0 <= y <= 32 for x, y in [*places, *((dot.x, dot.y) for dot in line.dots)])
    assert len(line.dots) == 1 + sum(len(run) == 1 for run in runs[:-1])
    numbers = [value for value in values if isinstance(value, int)]
    assert line.value == str(numbers[-1])


def test_sparkline_names_the_year_of_its_latest_figure() -> None:
    course, history = make([3, 5, NO_REPORT])
    line = draw_sparkline(make_site("zh-CN"), history, course, "spark-1")
    assert (line.year, line.value, line.unit) == ("2006年", "5", "件")


# --- whether anything is drawn -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "drawn"),
    [
        ([3, 5], True),
        ([0, 5], True),
        ([3, NO_REPORT, 5], True),
        ([3, None], False),
        ([0, 0], False),
        (["-3", 5], False),
        ([NO_REPORT, State.NOT_IN_FORM], False),
    ],
)
def test_only_a_course_is_drawn(values: Values, drawn: bool) -> None:
    assert is_drawable(make(values)[0].series) is drawn


def test_figures_in_two_units_have_no_scale_in_common() -> None:
    units = {2019: Texts((("zh-CN", "元"),)), 2020: Texts((("zh-CN", "万元"),))}
    assert not is_drawable(make_series({2019: "520000", 2020: "52.6"}, units=units))


# --- sentences ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "english", "chinese"),
    [
        ([23, 21, 74], "New cases rose from 23 in 2005 to 74 in 2007 (+221.7%).", "New cases由2005年的23件增至2007年的74件（+221.7%）。"),
        ([74, 23], "New cases fell from 74 in 2005 to 23 in 2006 (−68.9%).", "New cases由2005年的74件减至2006年的23件（−68.9%）。"),
        ([9, 74], "New cases rose from 9 in 2005 to 74 in 2006.", "New cases由2005年的9件增至2006年的74件。"),
        ([0, 74], "New cases rose from 0 in 2005 to 74 in 2006.", "New cases由2005年的0件增至2006年的74件。"),
        ([15, 3, 15], "New cases: 15 in both 2005 and 2007.", "New cases2005年和2007年均为15件。"),
        ([None, 15], "New cases: 15 in 2006.", "New cases2006年为15件。"),
        ([12, NO_REPORT, None, 24], "New cases rose from 12 in 2005 to 24 in 2008 (+100.0%).", "New cases由2005年的12件增至2008年的24件（+100.0%）。"),
        ([12, State.NOT_IN_FORM, 24], "New cases: 24 in 2007.", "New cases2007年为24件。"),
        ([12, 24, None], "New cases rose from 12 in 2005 to 24 in 2006 (+100.0%).", "New cases由2005年的12件增至2006年的24件（+100.0%）。"),
        ([None, NO_REPORT], "", ""),
    ],
)  # fmt: skip
def test_course_is_told_from_first_to_last(values: Values, english: str, chinese: str) -> None:
    course, _ = make(values)
    assert (say_course(make_site(), course), say_course(make_site("zh-CN"), course)) == (english, chinese)


@pytest.mark.parametrize("relation", [Relation.CAVEAT, Relation.SUM_OF, Relation.NOT_COMPARABLE])
def test_course_is_not_told_across_what_is_not_simply_the_same(relation: Relation) -> None:
    course = make_course({2018: 12, 2019: 23, 2020: 46}, relations={2019: relation})
    assert say_course(make_site(), course) == "New cases rose from 23 in 2019 to 46 in 2020 (+100.0%)."
    blank = make_course({2018: 12, 2019: None, 2020: 46}, relations={2019: relation})
    assert say_course(make_site(), blank) == "New cases: 46 in 2020."


def test_course_is_not_told_across_a_change_of_unit() -> None:
    units = {2019: Texts((("en", "items"),))}
    course = Course(label="New", series=make_series({2019: 12, 2020: 23, 2021: 46}, units=units))
    assert say_course(make_site(), course) == "New rose from 23 in 2020 to 46 in 2021 (+100.0%)."


def test_description_names_every_year() -> None:
    course, _ = make([12, NO_REPORT, None, State.NOT_IN_FORM, 0])
    assert describe_course(make_site(), course) == (
        "New cases: 2005 12, 2006 no report for this year, 2007 left blank, 2008 not in the form, 2009 0"
    )


def test_notes_say_why_a_line_is_interrupted() -> None:
    whole, gap = make([1, 2, 3], {2006, 2007}), make([1, None, 3])
    assert note_breaks(make_site("zh-CN"), whole[1], [whole[0]]) == (
        "2006、2007年起报告格式改变，图中以竖线标出，线在此断开；文字只比较口径相同的年份。",
    )
    assert note_breaks(make_site(), gap[1], [gap[0]]) == ("A year without a figure has no point, which is not zero.",)
    late, history = make([None, 2, 3, NO_REPORT])
    assert note_breaks(make_site(), history, [late]) == ()
