"""XLSX for people: numbers as numbers with the decimals that were published, and a sheet that explains the columns."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from gaisite.export.rows import Value, list_observations, list_series
from gaisite.model.columns import (
    FLAG_WORDS,
    OBSERVATION_COLUMNS,
    RELATION_WORDS,
    SERIES_COLUMNS,
    STATE_WORDS,
    Column,
    ColumnKind,
    bilingual,
)
from gaisite.model.content import State
from gaisite.model.datasets import AgencyData, ReportData
from gaisite.model.forms import Relation
from gaisite.model.portal import Portal

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Book: TypeAlias = "Workbook"
Sheet: TypeAlias = "Worksheet"
CellFormat: TypeAlias = "Format"
MADE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
"""What the file says of when it was made: nothing, so that the same data gives the same file."""
DIGITS = 15
"""As many as a spreadsheet's numbers have; a longer number is written as text."""
SHEETS = {
    "data": bilingual("数据", "Data"),
    "series": bilingual("历年序列", "Series"),
    "notes": bilingual("说明", "Notes"),
}
STATES_NOTE = bilingual("状态：{states}。数值为空不等于 0。", "States: {states}. No value is not 0.")
WIDTHS = {ColumnKind.TEXT: 22, ColumnKind.IDS: 18}
OTHER_WIDTH = 10

Rows = Iterable[Sequence[Value]]


def write_report_workbook(report: ReportData, portal: Portal) -> bytes:
    """data.xlsx of a report."""
    book = BookWriter(portal)
    book.add_sheet("data", OBSERVATION_COLUMNS, list_observations(report))
    return book.close(OBSERVATION_COLUMNS, report.title)


def write_series_workbook(agency: AgencyData, portal: Portal) -> bytes:
    """series.xlsx of an agency."""
    book = BookWriter(portal)
    book.add_sheet("series", SERIES_COLUMNS, list_series(agency, portal.language))
    return book.close(SERIES_COLUMNS, agency.name.official)


def open_book() -> tuple["Workbook", BytesIO]:
    """A new workbook in memory, and the file that it is written to when it is closed."""
    from xlsxwriter import Workbook

    file = BytesIO()
    return Workbook(file, {"in_memory": True, "strings_to_urls": False}), file


class BookWriter:
    """One workbook in memory."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.book, self.file = open_book()
        self.head = self.book.add_format({"bold": True, "bottom": 1})
        self.formats: dict[str, Format] = {}

    def add_sheet(self, name: str, columns: Sequence[Column], rows: Rows) -> None:
        """A sheet with one header row, which stays in sight."""
        sheet = self.book.add_worksheet(SHEETS[name].within(self.portal.language))
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title.within(self.portal.language), self.head)
            sheet.set_column(place, place, WIDTHS.get(column.kind, OTHER_WIDTH))
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                self.write_cell(sheet, last, place, value)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def write_cell(self, sheet: "Worksheet", row: int, place: int, value: Value) -> None:
        """One cell; nothing where there is nothing. A text is written as one, so that it can be no formula."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            self.write_number(sheet, row, place, value)
            return
        text = say_value(value, self.portal.language)
        if text:
            sheet.write_string(row, place, text)

    def write_number(self, sheet: "Worksheet", row: int, place: int, value: int | Decimal) -> None:
        """A number, shown with the decimals it has; as text where a spreadsheet would lose digits."""
        text = format(value, "f") if isinstance(value, Decimal) else str(value)
        if sum(map(str.isdigit, text)) > DIGITS:
            sheet.write_string(row, place, text)
            return
        decimals = len(text.partition(".")[2])
        sheet.write_number(row, place, value, self.choose_format("0." + "0" * decimals if decimals else "0"))

    def choose_format(self, pattern: str) -> "Format":
        """The cell format of a number pattern."""
        if pattern not in self.formats:
            self.formats[pattern] = self.book.add_format({"num_format": pattern})
        return self.formats[pattern]

    def close(self, columns: Sequence[Column], title: str) -> bytes:
        """The file, with a last sheet that explains the columns."""
        language = self.portal.language
        sheet = self.book.add_worksheet(SHEETS["notes"].within(language))
        sheet.set_column(0, 0, WIDTHS[ColumnKind.TEXT])
        lines = [(title, ""), *((each.title.within(language), each.note.within(language)) for each in columns)]
        lines.append((say_states(language), ""))
        if self.portal.licence is not None:
            lines.append((self.portal.licence.label, self.portal.licence.url))
        for row, texts in enumerate(lines):
            for place, text in enumerate(texts):
                sheet.write_string(row, place, text)
        self.book.set_properties({"title": title, "created": MADE})
        self.book.close()
        return self.file.getvalue()


def say_states(language: str) -> str:
    """The states in a sentence."""
    states = " / ".join(words.within(language) for words in STATE_WORDS.values())
    return STATES_NOTE.within(language).format(states=states)


def say_value(value: Value, language: str) -> str:
    """A value that is no number, in words; empty for nothing."""
    if isinstance(value, State):
        return STATE_WORDS[value].within(language)
    if isinstance(value, Relation):
        return RELATION_WORDS[value].within(language)
    if isinstance(value, bool):
        return FLAG_WORDS[value].within(language)
    return " ".join(value) if isinstance(value, tuple) else str(value or "")
