"""Observations and points of series as rows of their tables, one value a column."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from gaisite.model.content import Figure, State
from gaisite.model.datasets import AgencyData, CellName, ReportData, SeriesData
from gaisite.model.forms import Relation
from gaisite.model.history import Point

Value: TypeAlias = str | int | Decimal | bool | State | Relation | tuple[str, ...] | None
"""What stands in a column; None, and an empty text, where nothing does."""

PATH = " › "
"""Between the labels that lead to a line."""


def list_observations(report: ReportData) -> Iterator[tuple[Value, ...]]:
    """The rows of a report's data, in the order of OBSERVATION_COLUMNS."""
    head = (report.agency, report.name.official, report.year, report.form)
    for each in report.observations:
        checks = (each.series, each.failed, each.acknowledged, each.revised)
        yield (*head, *name_row(each.cell), *describe_figure(each.figure, each.unit), *checks)


def list_series(agency: AgencyData, language: str) -> Iterator[tuple[Value, ...]]:
    """The rows of an agency's series, in the order of SERIES_COLUMNS; notes in one language."""
    reports = {report.year: report for report in agency.reports}
    for series in agency.series:
        head = (agency.agency, series.id, *name_row(series.cell))
        for point in series.points:
            cells = list_cells(series, point)
            yield (*head, *describe_point(reports[point.year], point, language), cells)


def describe_point(report: ReportData, point: Point, language: str) -> tuple[Value, ...]:
    """The columns of one year of a series that are not the same in each year."""
    unit = point.unit.official if point.unit else ""
    note = point.note.within(language) if point.note else ""
    figure = describe_figure(point.figure, unit)
    return (report.year, report.name.official, report.form, *figure, point.relation, note)


def list_cells(series: SeriesData, point: Point) -> tuple[str, ...]:
    """The cells that a point is read from; none where that is the one that names the series."""
    cells, own = point.cells, series.cell
    if len(cells) == 1 and (cells[0].row, cells[0].column, cells[0].table) == (own.row, own.column, own.table):
        return ()
    return tuple(f"{cell.table}.{cell.row}.{cell.column}" for cell in cells)


def name_row(cell: CellName) -> tuple[str, ...]:
    """A cell by ids and labels."""
    return (cell.table, cell.caption, cell.row, PATH.join(cell.row_labels), cell.column, PATH.join(cell.column_labels))


def describe_figure(figure: Figure, unit: str) -> tuple[Value, ...]:
    """State, value, text, unit, and whether the figure was computed here."""
    return (figure.state, figure.value, figure.text, unit, figure.computed)


def write_value(value: int | Decimal | None) -> str:
    """A number as plain text, a decimal with the zeros it has; empty for none."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
