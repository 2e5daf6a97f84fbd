"""The charts of an agency's comparison: those over the years that its forms name."""

from collections.abc import Iterator

from gaisite.model.form_charts import ChartKind, FormChart
from gaisite.model.history import History, TableHistory
from gaisite.model.tables import Axis
from gaisite.render.chart_courses import Course, describe_courses, find_unit, is_drawable, note_breaks, say_course
from gaisite.render.chart_figures import find_lines
from gaisite.render.chart_parts import ChartFrame, LineChart
from gaisite.render.chart_sentences import join
from gaisite.render.line_charts import draw_lines
from gaisite.render.site import Site
from gaisite.render.statutory import say_unit


def draw_history_charts(site: Site, history: History, table: TableHistory, anchor: str) -> Iterator[LineChart]:
    """The charts over the years that belong to a table; none of series that show nothing."""
    for chart in site.forms[table.form].charts:
        if chart.kind is ChartKind.LINE and chart.table == table.table.id:
            courses = tuple(find_courses(site, table, chart))
            if courses:
                frame = frame_chart(site, history, f"{anchor}-{chart.id}", chart, courses)
                yield draw_lines(site, frame, history, courses)


def find_courses(site: Site, table: TableHistory, chart: FormChart) -> Iterator[Course]:
    """The series of a chart's lines; those that another table's series continue are there, not here."""
    for line, label in find_lines(table.table, chart):
        cell = (line.id, chart.across) if chart.axis is Axis.ROWS else (chart.across, line.id)
        series = table.series.get(cell)
        if series is not None and is_drawable(series):
            yield Course(label=site.say(label), lang=site.language_of(label), series=series)


def frame_chart(
    site: Site, history: History, chart_id: str, chart: FormChart, courses: tuple[Course, ...]
) -> ChartFrame:
    """What a chart over the years says of itself."""
    title = site.say(chart.title)
    sentences = tuple(say_course(site, course) for course in courses)
    unit = find_unit(courses[0].series)
    return ChartFrame(
        id=chart_id,
        caption=title,
        unit=say_unit(site, unit),
        sentences=sentences,
        notes=note_breaks(site, history, courses),
        title=site.words.fill("chart_title", title=title, finding=join(site.words, "chart_after", sentences)),
        description=describe_courses(site, courses),
    )
