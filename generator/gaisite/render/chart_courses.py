"""The course of a figure over the years: which years a line may join, and what may be said of first and last."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gaisite.model.content import State
from gaisite.model.forms import Relation
from gaisite.model.history import Guard, History, Point, Series
from gaisite.model.numbers import write_change
from gaisite.model.percentages import guard_percentage, take_percentage
from gaisite.render.chart_sentences import join, speak_figure
from gaisite.render.site import Site
from gaisite.texts import Texts

JOINED = frozenset({Guard.NONE, Guard.ZERO, Guard.SMALL})
"""Only a percentage is missing here: the two figures may be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A series with its name in a chart."""

    label: str
    lang: str = ""
    series: Series


def is_drawable(series: Series) -> bool:
    """Whether a line shows anything: two figures at least in one unit, not all of them zero, and none below that."""
    points = [point for point in series.points if point.figure.value is not None]
    values = [point.figure.value or 0 for point in points]
    return len(values) > 1 and any(values) and min(values) >= 0 and not differ_in_unit(points)


def find_unit(series: Series) -> Texts | None:
    """The unit of the latest point that has one."""
    return next((point.unit for point in reversed(series.points) if point.unit is not None), None)


def list_runs(series: Series, history: History) -> tuple[tuple[int, ...], ...]:
    """The unbroken pieces of a line as positions of its points, one for each figure; none crosses a change of form."""
    runs: list[list[int]] = []
    firsts = {each.after for each in history.breaks}
    for position, (point, change) in enumerate(zip(series.points, series.changes, strict=True)):
        if point.figure.value is None:
            continue
        if change.guard not in JOINED or point.year in firsts:
            runs.append([])
        runs[-1].append(position)
    return tuple(tuple(run) for run in runs)


def find_span(series: Series) -> tuple[Point, Point] | None:
    """The latest figure and the earliest that it may be compared with, which may be itself; None without any."""
    first = last = None
    for point in reversed(series.points):
        if point.figure.value is not None:
            if last is not None and differ_in_unit([point, last]):
                break
            first, last = point, last or point
        elif last is not None and point.published and point.figure.state is State.NOT_IN_FORM:
            break
        if last is not None and point.relation is not Relation.SAME:
            break
    return (first, last) if first is not None and last is not None else None


def differ_in_unit(points: Sequence[Point]) -> bool:
    """Whether reports state different units."""
    return len({point.unit.official for point in points if point.unit is not None}) > 1


def say_course(site: Site, course: Course) -> str:
    """A sentence on the course from the first comparable figure to the latest; empty where there is no figure."""
    span = find_span(course.series)
    if span is None:
        return ""
    first, last = span
    before, after = first.figure.value or 0, last.figure.value or 0
    key = "chart_single" if first is last else name_direction(after - before)
    sentence = site.words.fill(
        key,
        label=course.label,
        unit=site.say(last.unit),
        first=first.year,
        before=first.figure.text,
        last=last.year,
        after=last.figure.text,
    )
    if before == after or guard_percentage(before) is not Guard.NONE:
        return site.words.fill("chart_course", course=sentence)
    share = write_change(take_percentage(after - before, before))
    return site.words.fill("chart_course_percent", course=sentence, percent=share)


def name_direction(change: int | Decimal) -> str:
    """The sentence for a rise, a fall, or neither."""
    return "chart_rise" if change > 0 else "chart_fall" if change < 0 else "chart_same"


def describe_course(site: Site, course: Course) -> str:
    """Every year of a series with its figure, or what there is in place of one."""
    years = (
        site.words.fill("chart_year", year=point.year, value=speak_point(site, point)) for point in course.series.points
    )
    return site.words.fill("chart_group", label=course.label, items=join(site.words, "chart_then", years))


def speak_point(site: Site, point: Point) -> str:
    """The figure of a year as it is read out."""
    return speak_figure(point.figure, site.words) if point.published else site.words.no_report_spoken


def describe_courses(site: Site, courses: Sequence[Course]) -> str:
    """Every figure of some series, the missing ones too."""
    figures = join(site.words, "chart_also", (describe_course(site, course) for course in courses))
    return site.words.fill("chart_figures", figures=figures)


def note_breaks(site: Site, history: History, courses: Sequence[Course]) -> tuple[str, ...]:
    """Why lines are interrupted: changes of form, and years without a figure."""
    years = join(site.words, "chart_years", (str(each.after) for each in history.breaks))
    notes = [site.words.fill("chart_form_changed", years=years)] if years else []
    if any(has_gap(course.series) for course in courses):
        notes.append(site.words.chart_gap)
    return tuple(notes)


def has_gap(series: Series) -> bool:
    """Whether a year between the first figure and the last has none."""
    present = [point.figure.value is not None for point in series.points]
    known = [position for position, there in enumerate(present) if there]
    return bool(known) and not all(present[known[0] : known[-1]])
