"""The figures of reports as data: one observation for each cell, from which every file for download is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gaisite.findings import Finding
from gaisite.model.content import BLANK, Figure, Report, ReportTable
from gaisite.model.forms import Form
from gaisite.model.history import Break, History, Point, TableHistory
from gaisite.model.summary import AgencySummary, ReportSummary
from gaisite.model.tables import Line, Table
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CellName:
    """A cell of a table by ids and by official labels; compared by identity, since a form's cells are named once."""

    id: str
    """`applications.new.total`, as findings name it."""
    table: str
    caption: str
    row: str
    row_labels: tuple[str, ...]
    """From the outermost line down."""
    column: str
    column_labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableNames:
    """The cells of a table, named, with the units that its form gives them."""

    table: Table
    cells: tuple[tuple[CellName, tuple[str, str], str], ...]
    """Each with the ids of its row and column and its unit (empty for none), in printed order."""
    by_id: Mapping[tuple[str, str], CellName]
    """By row and column; with the sums of row groups, which series may be of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One cell of one report."""

    cell: CellName
    figure: Figure
    unit: str
    """Empty where there is none."""
    series: str = ""
    """Id of the agency's series that it belongs to."""
    failed: tuple[str, ...] = ()
    """Ids of the checks that fail at it and are not explained."""
    acknowledged: tuple[str, ...] = ()
    """Ids of those that the publisher explains."""
    revised: str = ""
    """Date of its latest correction; empty where it was never corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableData:
    """One table of a report as data."""

    names: TableNames
    observations: tuple[Observation, ...]
    """One for each cell, in printed order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportData:
    """One report as data."""

    agency: str
    name: Texts
    """What the agency was called that year."""
    year: int
    form: str
    title: str
    published: str
    """As written in report.md; empty where it is not stated."""
    source_url: str
    tables: tuple[TableData, ...]

    @property
    def observations(self) -> Iterator[Observation]:
        """All cells of all tables, in printed order."""
        for table in self.tables:
            yield from table.observations


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesData:
    """A series of an agency as data."""

    id: str
    """The latest form that has it and its cell there, with a slash between them."""
    cell: CellName
    points: tuple[Point, ...]
    """One for each report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyData:
    """An agency's reports as data."""

    agency: str
    name: Texts
    """Its present name."""
    years: tuple[int, ...]
    """From the first report to the last, those without a report too."""
    breaks: tuple[Break, ...]
    reports: tuple[ReportData, ...]
    """By year."""
    series: tuple[SeriesData, ...]


@dataclass(slots=True)
class CellNames:
    """Names cells; those of a form's own tables, which most reports have, are named once."""

    forms: Mapping[str, Form]
    kept: dict[tuple[str, str], TableNames] = field(default_factory=dict)

    def name_table(self, form: str, table: Table) -> TableNames:
        """The cells of a report's table."""
        key = (form, table.id)
        if key not in self.kept:
            self.kept[key] = name_cells(self.forms[form].table(table.id))
        kept = self.kept[key]
        return kept if kept.table is table else name_cells(table)


def name_cells(table: Table) -> TableNames:
    """The cells of a table, row by row."""
    columns = [(column, heads) for column, heads in label_lines(table.columns) if not column.lines]
    rows = list(label_lines(table.rows))
    by_id = {
        (row.id, column.id): name_cell(table, row, labels, column, heads)
        for row, labels in rows
        for column, heads in columns
    }
    cells = tuple(
        (by_id[row.id, column.id], (row.id, column.id), say_official(table.cell_unit(row, column)))
        for row, _ in rows
        if not row.lines
        for column, _ in columns
    )
    return TableNames(table=table, cells=cells, by_id=by_id)


def name_cell(table: Table, row: Line, labels: tuple[str, ...], column: Line, heads: tuple[str, ...]) -> CellName:
    """One cell, from its lines and the labels that lead to them."""
    return CellName(
        id=f"{table.id}.{row.id}.{column.id}",
        table=table.id,
        caption=table.caption.official,
        row=row.id,
        row_labels=labels,
        column=column.id,
        column_labels=heads,
    )


def label_lines(lines: Iterable[Line], above: tuple[str, ...] = ()) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """The lines of a tree, groups too, each with the official labels that lead to it."""
    for line in lines:
        labels = (*above, line.label.official)
        yield line, labels
        yield from label_lines(line.lines, labels)


def say_official(unit: Texts | None) -> str:
    """A unit as the form lays it down; empty where there is none."""
    return unit.official if unit is not None else ""


def observe_agency(summary: AgencySummary, reports: Sequence[Report], history: History, names: CellNames) -> AgencyData:
    """An agency's reports as data; the summary is of the same reports."""
    series = tuple(series for table in history.tables for series in describe_series(table, names))
    places = place_in_series(series)
    return AgencyData(
        agency=summary.id,
        name=summary.name,
        years=history.years,
        breaks=history.breaks,
        reports=tuple(
            observe_report(report, brief, names, places.get(report.year, {}))
            for report, brief in zip(reports, summary.reports, strict=True)
        ),
        series=series,
    )


def place_in_series(series: Iterable[SeriesData]) -> dict[int, dict[str, str]]:
    """By year, the series that each cell is in."""
    places: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for each in series:
        for point in each.points:
            for cell in point.cells:
                places[point.year][f"{cell.table}.{cell.row}.{cell.column}"] = each.id
    return places


def describe_series(table: TableHistory, names: CellNames) -> Iterator[SeriesData]:
    """The series of a table with their labels; years without a report are no part of them."""
    named = names.name_table(table.form, table.table).by_id
    for cell, series in table.series.items():
        points = tuple(point for point in series.points if point.published)
        yield SeriesData(id=f"{table.form}/{named[cell].id}", cell=named[cell], points=points)


def observe_report(report: Report, brief: ReportSummary, names: CellNames, series: Mapping[str, str]) -> ReportData:
    """One report as data; `series` tells the series of each cell."""
    checks = sort_checks(brief.failed)
    revised = {each.at: each.date for each in sorted(report.corrections, key=lambda each: each.date)}
    named = ((table, names.name_table(report.form, table.table)) for table in report.tables.values())
    return ReportData(
        agency=report.agency,
        name=brief.name,
        year=report.year,
        form=report.form,
        title=brief.title,
        published=brief.published,
        source_url=brief.source_url,
        tables=tuple(
            TableData(names=own, observations=tuple(observe_table(table, own, series, checks, revised)))
            for table, own in named
        ),
    )


NO_CHECKS: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


def observe_table(
    table: ReportTable,
    names: TableNames,
    series: Mapping[str, str],
    checks: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]],
    revised: Mapping[str, str],
) -> Iterator[Observation]:
    """The cells of one table; `revised` gives the day on which a cell was corrected last."""
    stated = {column: unit.official for column, unit in table.units.items()}
    figures = table.figures
    for cell, ids, unit in names.cells:
        failed, acknowledged = checks.get(cell.id, NO_CHECKS)
        yield Observation(
            cell=cell,
            figure=figures.get(ids, BLANK),
            unit=stated.get(ids[1], unit) if stated else unit,
            series=series.get(cell.id, ""),
            failed=failed,
            acknowledged=acknowledged,
            revised=revised.get(cell.id, ""),
        )


def sort_checks(findings: Iterable[Finding]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By cell or line, the checks that fail there without an explanation and those with one."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for finding in findings:
        found.setdefault(finding.at, (set(), set()))[bool(finding.acknowledged)].add(finding.check)
    return {at: (tuple(sorted(failed)), tuple(sorted(told))) for at, (failed, told) in found.items()}
