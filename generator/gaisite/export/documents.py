"""JSON for programs: the same observations by ids; what would be null, false or empty is left out, labels stand once.

Written as text and not by way of dictionaries: a report has hundreds of observations, each on a line of its own.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from gaisite.export.rows import list_cells, write_value
from gaisite.model.content import Figure, State
from gaisite.model.datasets import AgencyData, CellName, Observation, ReportData, SeriesData, TableData, TableNames
from gaisite.model.forms import Relation
from gaisite.model.history import Point
from gaisite.model.portal import Portal

REPORT_SCHEMA = "data.schema.json"
"""Beside the page of a form."""
SERIES_SCHEMA = "data/series.schema.json"
STATES = {state: f'"state":"{state.value}"' for state in State}


@lru_cache(maxsize=16384)
def dump(text: str) -> str:
    """A text as JSON."""
    return json.dumps(text, ensure_ascii=False)


def dump_list(texts: Sequence[str]) -> str:
    """A list of texts as JSON."""
    return f"[{','.join(map(dump, texts))}]"


def dump_head(schema: str, portal: Portal, members: Iterable[tuple[str, str]]) -> str:
    """The first members of a file, those of texts that are not empty, each on a line of its own."""
    lines = [f'"{name}":{dump(text)}' for name, text in (("$schema", schema), *members) if text]
    if portal.licence is not None:
        licence = {"name": portal.licence.label, "url": portal.licence.url}
        known = {name: text for name, text in licence.items() if text}
        lines.append(f'"licence":{json.dumps(known, ensure_ascii=False)}')
    return ",\n".join(lines)


def write_report(report: ReportData, portal: Portal, root: str) -> bytes:
    """data.json of a report; `root` leads to the site's root."""
    texts = (
        ("agency", report.agency),
        ("agency_name", report.name.official),
        ("form", report.form),
        ("title", report.title),
        ("published", report.published),
        ("source_url", report.source_url),
    )
    head = dump_head(f"{root}forms/{report.form}/{REPORT_SCHEMA}", portal, texts)
    tables = ",\n".join(dump_table(table, report.form) for table in report.tables)
    return f'{{\n{head},\n"year":{report.year},\n"tables":[\n{tables}\n]\n}}\n'.encode()


def dump_table(table: TableData, form: str) -> str:
    """A table: its labels, then its observations."""
    observations = ",\n".join(dump_observation(each, form) for each in table.observations)
    return f'{{{dump_labels(table.names)},"observations":[\n{observations}\n]}}'


@lru_cache(maxsize=512)
def dump_labels(names: TableNames) -> str:
    """The members that name a table, its rows and its columns."""
    cells = [cell for cell, _, _ in names.cells]
    rows = {cell.row: list(cell.row_labels) for cell in cells}
    columns = {cell.column: list(cell.column_labels) for cell in cells}
    table = {"table": names.table.id, "label": names.table.caption.official, "rows": rows, "columns": columns}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":"))[1:-1]


@lru_cache(maxsize=16384)
def dump_place(cell: CellName) -> str:
    """The members that say where a cell is in its table."""
    return f'"row":{dump(cell.row)},"column":{dump(cell.column)},'


def dump_observation(each: Observation, form: str) -> str:
    """One observation; its series is left out where it is named after this very cell."""
    text = f"{{{dump_place(each.cell)}{dump_figure(each.figure, each.unit)}"
    if each.series and each.series != f"{form}/{each.cell.id}":
        text += f',"series":{dump(each.series)}'
    if each.failed:
        text += f',"failed":{dump_list(each.failed)}'
    if each.acknowledged:
        text += f',"acknowledged":{dump_list(each.acknowledged)}'
    if each.revised:
        text += f',"revised":{dump(each.revised)}'
    return text + "}"


def dump_figure(figure: Figure, unit: str) -> str:
    """The members of a figure: its value is a number with all its digits, and its text the exact one."""
    text = STATES[figure.state]
    if figure.value is not None:
        text += f',"value":{write_value(figure.value)}'
    if figure.text:
        text += f',"text":{dump(figure.text)}'
    if unit:
        text += f',"unit":{dump(unit)}'
    return text + ',"computed":true' if figure.computed else text


def write_agency(agency: AgencyData, portal: Portal, root: str) -> bytes:
    """series.json of an agency: its reports in brief, and its series."""
    language = portal.language
    head = dump_head(root + SERIES_SCHEMA, portal, (("agency", agency.agency), ("name", agency.name.official)))
    breaks = [
        {"before": each.before, "after": each.after, "note": each.note.within(language)} for each in agency.breaks
    ]
    reports = ",\n".join(map(dump_brief, agency.reports))
    series = ",\n".join(dump_series(each, language) for each in agency.series)
    return (
        f'{{\n{head},\n"years":{json.dumps(agency.years)},\n"breaks":{json.dumps(breaks, ensure_ascii=False)},\n'
        f'"reports":[\n{reports}\n],\n"series":[\n{series}\n]\n}}\n'
    ).encode()


def dump_brief(report: ReportData) -> str:
    """A report in brief, with the way to its data."""
    brief = {
        "year": report.year,
        "form": report.form,
        "agency_name": report.name.official,
        "title": report.title,
        "published": report.published,
        "data": f"{report.year}/data.json",
    }
    return json.dumps({name: value for name, value in brief.items() if value}, ensure_ascii=False)


def dump_series(series: SeriesData, language: str) -> str:
    """One series with its points, each on a line of its own."""
    cell = series.cell
    points = ",\n".join(dump_points(series, language))
    return (
        f'{{"series":{dump(series.id)},"table":{dump(cell.table)},{dump_place(cell)}"table_label":{dump(cell.caption)},'
        f'"row_labels":{dump_list(cell.row_labels)},"column_labels":{dump_list(cell.column_labels)},'
        f'"points":[\n{points}\n]}}'
    )


def dump_points(series: SeriesData, language: str) -> Iterator[str]:
    """The points of a series, each with the relation to the one before it unless it is the same."""
    for point in series.points:
        unit = point.unit.official if point.unit else ""
        text = f'{{"year":{point.year},{dump_figure(point.figure, unit)}{dump_relation(point, language)}'
        cells = list_cells(series, point)
        yield f'{text},"cells":{dump_list(cells)}}}' if cells else text + "}"


def dump_relation(point: Point, language: str) -> str:
    """The members that tell of a change of form."""
    text = "" if point.relation is Relation.SAME else f',"relation":"{point.relation.value}"'
    return f'{text},"note":{dump(point.note.within(language))}' if point.note else text
