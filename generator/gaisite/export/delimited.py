"""CSV for people: UTF-8 with a byte order mark and CRLF, so that Excel reads it; one header row; never a formula.

A report has hundreds of cells: what does not differ from report to report is written once and kept.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gaisite.export.rows import PATH, list_cells, write_value
from gaisite.model.columns import FLAG_WORDS, OBSERVATION_COLUMNS, RELATION_WORDS, SERIES_COLUMNS, STATE_WORDS, Column
from gaisite.model.content import State
from gaisite.model.datasets import AgencyData, CellName, ReportData, SeriesData
from gaisite.model.forms import Relation

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
LINE_END = "\r\n"
FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
"""How a text begins that a spreadsheet may take for a formula, or that was guarded against that already."""
QUOTED = re.compile(r'[",;\t\r\n]|^\s|\s$')


def guard(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like one gets an apostrophe before it.

    Without that apostrophe it is the text again: one that begins with apostrophes before such a sign gets one more.
    """
    return f"'{text}" if FORMULA.match(text) else text


@lru_cache(maxsize=16384)
def quote(text: str) -> str:
    """A text as a field."""
    text = guard(text)
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def write_header(columns: Sequence[Column], language: str) -> bytes:
    """The byte order mark and the header row."""
    titles = ",".join(quote(column.title.within(language)) for column in columns)
    return (BYTE_ORDER_MARK + titles + LINE_END).encode()


@lru_cache(maxsize=16384)
def name_fields(cell: CellName) -> str:
    """The fields that name a cell, each followed by a comma."""
    names = (cell.table, cell.caption, cell.row, PATH.join(cell.row_labels), cell.column, PATH.join(cell.column_labels))
    return "".join(f"{quote(name)}," for name in names)


@lru_cache(maxsize=8)
def choose_words(language: str) -> tuple[dict[State, str], dict[bool, str], dict[Relation, str]]:
    """The words for states, yes and no, and relations."""
    return (
        {state: quote(words.within(language)) for state, words in STATE_WORDS.items()},
        {flag: quote(words.within(language)) for flag, words in FLAG_WORDS.items()},
        {relation: quote(words.within(language)) for relation, words in RELATION_WORDS.items()},
    )


def write_observations(report: ReportData, language: str) -> bytes:
    """data.csv of a report."""
    return write_header(OBSERVATION_COLUMNS, language) + "".join(list_lines(report, language)).encode()


def list_lines(report: ReportData, language: str) -> Iterator[str]:
    """A line for each observation. A figure's own text needs no guard: it is a number, or one of a few words."""
    states, flags, _ = choose_words(language)
    head = f"{quote(report.agency)},{quote(report.name.official)},{report.year},{report.form},"
    for each in report.observations:
        figure = each.figure
        checks = f"{' '.join(each.failed)},{' '.join(each.acknowledged)},{each.revised}"
        yield (
            f"{head}{name_fields(each.cell)}{states[figure.state]},{write_value(figure.value)},{figure.text},"
            f"{quote(each.unit)},{flags[figure.computed]},{each.series},{checks}{LINE_END}"
        )


def write_series(agency: AgencyData, language: str) -> bytes:
    """series.csv."""
    named = ((each.year, quote(each.name.official), each.form) for each in agency.reports)
    years = {year: f"{year},{name},{form}," for year, name, form in named}
    head = f"{quote(agency.agency)},"
    lines = (f"{head}{line}" for series in agency.series for line in list_points(series, years, language))
    return write_header(SERIES_COLUMNS, language) + "".join(lines).encode()


def list_points(series: SeriesData, years: Mapping[int, str], language: str) -> Iterator[str]:
    """A line for each year of a series, without its first field; `years` holds the fields that name the reports."""
    states, flags, relations = choose_words(language)
    head = f"{series.id},{name_fields(series.cell)}"
    for point in series.points:
        figure = point.figure
        unit = quote(point.unit.official) if point.unit else ""
        note = quote(point.note.within(language)) if point.note else ""
        cells = " ".join(list_cells(series, point))
        yield (
            f"{head}{years[point.year]}{states[figure.state]},{write_value(figure.value)},{figure.text},{unit},"
            f"{flags[figure.computed]},{relations[point.relation]},{note},{cells}{LINE_END}"
        )
