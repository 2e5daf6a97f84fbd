"""Lines over the years: where each point, piece of a line, break and year stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from gaisite.model.history import History, Series
from gaisite.render.chart_courses import Course, list_runs
from gaisite.render.chart_parts import (
    ChartBreak,
    ChartFrame,
    ChartPoint,
    ChartSegment,
    ChartText,
    LineChart,
    LinePanel,
)
from gaisite.render.chart_space import ASCENT, LINE, ROOM, WIDTH, em, measure, percent, scale, write_label
from gaisite.render.site import Site

MARGIN = 90
"""Left of the first year and right of the last: half of a figure with six digits has room."""
PLOT = 40
"""How high the largest figure stands over the base line, in tenths of an em."""
HEADROOM = 13
"""For a figure over a point."""
LIFT = 5
"""From a point up to its figure."""
GAP = 10
"""Below a panel."""
BETWEEN = 4
"""Between two texts side by side."""


def draw_lines(site: Site, frame: ChartFrame, history: History, courses: Sequence[Course]) -> LineChart:
    """Some series over the years, one below the other, all to one scale."""
    largest = max(find_largest(course.series) for course in courses)
    top = len(history.breaks) * LINE
    panels = []
    for course in courses:
        labels = write_label(course.label, "", top, course.lang)
        top += len(labels) * LINE + HEADROOM + PLOT
        panels.append(draw_panel(labels, list_marks(course.series, history, largest, top), top))
        top += GAP
    bottom = top - GAP
    return LineChart(
        frame=frame,
        height=em(bottom + LINE + 2),
        panels=tuple(panels),
        breaks=tuple(draw_breaks(site, history, bottom)),
        years=tuple(label_years(history, bottom)),
    )


def find_largest(series: Series) -> int | Decimal:
    """The largest figure of a series; 0 where there is none."""
    return max((point.figure.value for point in series.points if point.figure.value is not None), default=0)


def place_year(number: int, years: int) -> int:
    """How far right a year stands, of so many."""
    return MARGIN + number * (WIDTH - 2 * MARGIN) // max(years - 1, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of a line: how far right and down it stands, and what it says."""

    x: int
    y: int
    text: str


def list_marks(series: Series, history: History, largest: int | Decimal, base: int) -> list[list[Mark]]:
    """The figures of each unbroken piece of a line that stands on a base line."""
    pieces = []
    for run in list_runs(series, history):
        piece = []
        for number in run:
            figure = series.points[number].figure
            height = scale(figure.value or 0, largest, PLOT)
            piece.append(Mark(place_year(number, len(series.points)), base - height, figure.text))
        pieces.append(piece)
    return pieces


def draw_panel(labels: tuple[ChartText, ...], pieces: Sequence[Sequence[Mark]], base: int) -> LinePanel:
    """One line over its base line, with the figures for which there is room."""
    marks = [mark for piece in pieces for mark in piece]
    return LinePanel(
        labels=labels,
        base=ChartSegment(x1=percent(0), y1=em(base), x2=percent(WIDTH), y2=em(base)),
        segments=tuple(
            ChartSegment(x1=percent(one.x), y1=em(one.y), x2=percent(other.x), y2=em(other.y))
            for piece in pieces
            for one, other in pairwise(piece)
        ),
        points=tuple(ChartPoint(x=percent(mark.x), y=em(mark.y)) for mark in marks),
        values=tuple(
            ChartText(x=percent(mark.x), y=em(mark.y - LIFT), text=mark.text) for mark in choose_values(marks)
        ),
    )


def choose_values(marks: Sequence[Mark]) -> list[Mark]:
    """The figures that are written out, none over another: last, first and extremes before the others."""
    extremes = (marks[-1], marks[0], min(marks, key=lambda mark: mark.y), max(marks, key=lambda mark: mark.y))
    chosen: list[Mark] = []
    for mark in (*extremes, *marks):
        if all(mark is not each and have_room(mark, each) for each in chosen):
            chosen.append(mark)
    return sorted(chosen, key=lambda mark: mark.x)


def have_room(one: Mark, other: Mark) -> bool:
    """Whether the texts of two figures stand clear of each other on the narrowest page."""
    distance = abs(one.x - other.x) * ROOM // WIDTH
    return 2 * distance >= measure(one.text) + measure(other.text) + 2 * BETWEEN


def draw_breaks(site: Site, history: History, bottom: int) -> Iterator[ChartBreak]:
    """A line between the two years of each change of form, named after the later form."""
    years = len(history.years)
    for number, each in enumerate(history.breaks):
        before, after = history.years.index(each.before), history.years.index(each.after)
        middle = (place_year(before, years) + place_year(after, years)) // 2
        short = site.forms[history.forms[each.after]].short
        top = number * LINE
        anchor = "start" if middle * 2 < WIDTH else "end"
        x = place_beside(middle, anchor, site.say(short))
        label = ChartText(x=percent(x), y=em(top + ASCENT), text=site.say(short), lang=site.language_of(short))
        line = ChartSegment(x1=percent(middle), y1=em(top), x2=percent(middle), y2=em(bottom))
        yield ChartBreak(line=line, label=label, anchor=anchor)


def place_beside(middle: int, anchor: str, text: str) -> int:
    """How far right a text stands at a line: beside it, or as far over it as it needs to stay in the chart."""
    width, between = min(measure(text) * WIDTH // ROOM, WIDTH), BETWEEN * WIDTH // ROOM
    return min(middle + between, WIDTH - width) if anchor == "start" else max(middle - between, width)


def label_years(history: History, bottom: int) -> Iterator[ChartText]:
    """The years under the lines, the last and as many before it as have room."""
    years = len(history.years)
    marks = [Mark(place_year(number, years), 0, str(year)) for number, year in enumerate(history.years)]
    step = next((step for step in range(1, years) if have_room(marks[0], marks[step])), years)
    for mark in marks[(years - 1) % step :: step]:
        yield ChartText(x=percent(mark.x), y=em(bottom + ASCENT + 2), text=mark.text)
