"""What part of a whole each line was, year by year: only where the parts are all there and add up to the total."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from gaisite.model.content import NOT_IN_FORM, Figure
from gaisite.model.form_charts import ChartKind, FormChart
from gaisite.model.history import Guard, History, Series, TableHistory
from gaisite.model.percentages import guard_percentage, take_percentage
from gaisite.model.sums import compute_figure, list_components
from gaisite.model.tables import Axis, Line, Table
from gaisite.render.chart_figures import NOTHING_LEFT_OUT, Part, Whole, find_lines, find_total, is_published
from gaisite.render.parts import DataCell, TableNote, TableView
from gaisite.render.site import Site
from gaisite.render.tables import Label, TablePlan, lay_out_table
from gaisite.render.year_columns import list_year_columns, year_of

KINDS = frozenset({ChartKind.BAR, ChartKind.PARTS})
"""Charts whose lines are parts of one whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The parts of a whole over the years."""

    chart: FormChart
    lines: tuple[Line, ...]
    """One for each part."""
    wholes: Mapping[int, Whole]
    """By published year."""

    def share(self, line: str, year: int | None) -> Decimal | None:
        """What percent of the whole a part was in a year; None where that cannot be told."""
        whole = self.wholes.get(year) if year is not None else None
        part = (
            next((part for own, part in zip(self.lines, whole.parts, strict=True) if own.id == line), None)
            if whole
            else None
        )
        if whole is None or part is None or whole.total is None or guard_percentage(whole.total) is not Guard.NONE:
            return None
        return take_percentage(part.value, whole.total)


def tabulate_shares(site: Site, history: History, table: TableHistory, anchor: str) -> Iterator[TableView]:
    """A table of shares for each chart of the form that shows the parts of a whole; none where no share can be told."""
    for chart in site.forms[table.form].charts:
        if chart.kind in KINDS and chart.table == table.table.id and len(history.published) > 1:
            shares = read_shares(history, table, chart)
            if any(shares.share(line.id, year) for line in shares.lines for year in history.published):
                yield lay_out_shares(site, history, table.table, shares, f"{anchor}-{chart.id}-shares")


def read_shares(history: History, table: TableHistory, chart: FormChart) -> Shares:
    """The parts of a chart over the years."""
    return Shares(
        chart=chart,
        lines=tuple(replace(line, lines=(), label=label) for line, label in find_lines(table.table, chart)),
        wholes={year: read_year(table, chart, year) for year in history.published},
    )


def read_year(table: TableHistory, chart: FormChart, year: int) -> Whole:
    """The parts of a chart in one year, as the series have them."""
    lines = tuple(find_lines(table.table, chart))
    parts = tuple(
        read_part(table, chart, list_components(table.table, chart.axis, line.id), line, year) for line, _ in lines
    )
    total = find_total(table.table, chart.axis, [line for line, _ in lines])
    printed = find_figure(table, chart, total, year) if total else NOT_IN_FORM
    return Whole(label=None, parts=parts, has_total=bool(total), printed=printed if is_published(printed) else None)


def read_part(table: TableHistory, chart: FormChart, components: Iterable[str], line: Line, year: int) -> Part:
    """One part: a figure, or the sum of those in a group."""
    figures = [find_figure(table, chart, each, year) for each in components]
    return Part(
        label=line.label,
        figure=compute_figure(figures) if line.lines else figures[0],
        complete=all(figure.state in NOTHING_LEFT_OUT for figure in figures),
    )


def find_figure(table: TableHistory, chart: FormChart, line: str, year: int) -> Figure:
    """The figure of a line in a year; outside the form where no series reaches back so far."""
    cell = (line, chart.across) if chart.axis is Axis.ROWS else (chart.across, line)
    series: Series | None = table.series.get(cell)
    points = series.points if series is not None else ()
    return next((point.figure for point in points if point.year == year), NOT_IN_FORM)


def lay_out_shares(site: Site, history: History, table: Table, shares: Shares, id: str) -> TableView:
    """The shares: parts down, years across."""
    words = site.words

    def cell(row: Line, column: Line, headers: str) -> DataCell:
        share = shares.share(row.id, year_of(column))
        if share is None:
            return DataCell(headers=headers, kind="no-change", text=words.no_share_text, spoken=words.no_share_spoken)
        return DataCell(headers=headers, text=words.fill("share", percent=share))

    columns = list_year_columns(site, history, change=False)
    plan = TablePlan(
        id=id,
        caption=words.fill("shares_by_year", title=site.say(shares.chart.title)),
        table=replace(table, rows=shares.lines, columns=columns, column_head=None),
        say=site.say,
        label=lambda line: Label(text=site.say(line.label), lang=site.language_of(line.label)),
        cell=cell,
        notes=(TableNote(text=words.share_note),),
        kind="comparison",
    )
    return lay_out_table(plan, words)
