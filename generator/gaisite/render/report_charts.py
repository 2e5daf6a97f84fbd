"""The charts of a report: those that its form names, where there is anything to draw."""

from collections.abc import Iterator, Sequence

from gaisite.model.content import Report, ReportTable
from gaisite.model.form_charts import ChartKind, FormChart
from gaisite.model.forms import Form
from gaisite.model.tables import Axis
from gaisite.render.bar_charts import draw_bars, draw_stacks
from gaisite.render.chart_figures import Whole, find_lines, read_groups, read_whole
from gaisite.render.chart_parts import ChartFrame, ReportChart, TableCharts
from gaisite.render.chart_sentences import Speaker
from gaisite.render.site import Site
from gaisite.render.statutory import say_unit
from gaisite.texts import Texts


def draw_table_charts(site: Site, report: Report, form: Form, tables: Sequence[ReportTable]) -> Iterator[TableCharts]:
    """The charts after each of some tables of a report; none for a table of which nothing can be drawn."""
    for table in tables:
        named = (chart for chart in form.charts if chart.table == table.table.id and chart.kind is not ChartKind.LINE)
        charts = tuple(drawn for chart in named if (drawn := draw_chart(site, report, table, chart)) is not None)
        if charts:
            yield TableCharts(table=f"t-{table.table.id}", charts=charts)


def draw_chart(site: Site, report: Report, table: ReportTable, chart: FormChart) -> ReportChart | None:
    """A chart of one table; None where all figures are zero or missing: the table says that better."""
    stacked = chart.kind is ChartKind.STACKED
    wholes = tuple(read_groups(table, chart)) if stacked else (read_whole(table, chart),)
    if not any(whole.sum for whole in wholes):
        return None
    unit = find_unit(table, chart)
    speaker = Speaker(site=site, unit=site.say(unit))
    frame = frame_chart(report, chart, wholes, speaker, say_unit(site, unit))
    if chart.kind is ChartKind.BAR:
        return ReportChart(bar=draw_bars(frame, wholes[0], speaker))
    return ReportChart(stacked=draw_stacks(frame, wholes, speaker))


def frame_chart(report: Report, chart: FormChart, wholes: Sequence[Whole], speaker: Speaker, unit: str) -> ChartFrame:
    """What a chart of a report says of itself."""
    caption = speaker.fill("chart_caption", title=speaker.site.say(chart.title), year=report.year)
    finding = speaker.say_finding(report.year, wholes)
    notes = speaker.note_difference(wholes)
    return ChartFrame(
        id=f"chart-{chart.id}",
        caption=caption,
        unit=unit,
        sentences=(finding,),
        notes=notes,
        title=speaker.fill("chart_title", title=speaker.site.say(chart.title), finding=finding),
        description=speaker.describe(wholes),
    )


def find_unit(table: ReportTable, chart: FormChart) -> Texts | None:
    """The unit of the figures drawn, which all have the same."""
    across = table.table.find(chart.axis.other, chart.across)
    drawn = next((leaf for line, _ in find_lines(table.table, chart) for leaf in line.leaves()), None)
    if across is None or drawn is None:
        return None
    return table.unit(drawn, across) if chart.axis is Axis.ROWS else table.unit(across, drawn)
