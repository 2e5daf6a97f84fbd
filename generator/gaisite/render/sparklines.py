"""Lines as small as a word, beside key figures: the shape of the years, without axis or text."""

from collections.abc import Iterator
from decimal import Decimal

from gaisite.model.history import History, Point
from gaisite.render.chart_courses import Course, describe_courses, is_drawable, list_runs, say_course
from gaisite.render.chart_parts import Dot, Sparkline
from gaisite.render.chart_space import scale
from gaisite.render.comparisons import find_key_series
from gaisite.render.line_charts import find_largest
from gaisite.render.site import Site

WIDTH, HEIGHT = 120, 32
"""Of the box, in its own units."""
EDGE = 4
"""Around the line: half a dot."""


def draw_sparklines(site: Site, history: History) -> tuple[Sparkline, ...]:
    """A line for each key figure of which the years show something."""
    return tuple(
        draw_sparkline(site, history, Course(label=label, series=series), f"spark-{number}")
        for number, (label, series) in enumerate(find_key_series(site, history).values(), 1)
        if is_drawable(series)
    )


def draw_sparkline(site: Site, history: History, course: Course, spark_id: str) -> Sparkline:
    """The line of one series."""
    latest = next(point for point in reversed(course.series.points) if point.figure.value is not None)
    largest = find_largest(course.series)
    runs = [
        [place_dot(history, number, course.series.points[number], largest) for number in run]
        for run in list_runs(course.series, history)
    ]
    alone = tuple(run[0] for run in runs[:-1] if len(run) == 1)
    return Sparkline(
        id=spark_id,
        label=course.label,
        year=site.words.fill("year", year=latest.year),
        unit=site.say(latest.unit),
        value=latest.figure.text,
        title=say_course(site, course),
        description=describe_courses(site, [course]),
        lines=tuple(" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if len(run) > 1),
        breaks=tuple(place_breaks(history)),
        dots=(*alone, runs[-1][-1]),
    )


def place_dot(history: History, number: int, point: Point, largest: int | Decimal) -> Dot:
    """Where the figure of a year stands."""
    height = scale(point.figure.value or 0, largest, HEIGHT - 2 * EDGE)
    return Dot(x=place_year(history, number), y=HEIGHT - EDGE - height)


def place_year(history: History, number: int) -> int:
    """How far right a year stands."""
    return EDGE + number * (WIDTH - 2 * EDGE) // max(len(history.years) - 1, 1)


def place_breaks(history: History) -> Iterator[int]:
    """How far right the form changed: between the two years."""
    for each in history.breaks:
        before, after = history.years.index(each.before), history.years.index(each.after)
        yield (place_year(history, before) + place_year(history, after)) // 2
