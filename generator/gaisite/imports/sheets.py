"""Workbooks: each sheet a table, what is merged once. Only this module knows openpyxl and python-calamine."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from gaisite.export.entry_books import CHECK_SHEET, MARK, TEXT_SHEET
from gaisite.imports.documents import Block, Cell, Grid, Paragraph
from gaisite.imports.marking import escape_markdown
from gaisite.texts import Texts

LARGEST = 200_000
"""Cells of a sheet that are looked at: no statutory table comes near."""


class NotCalculated(ValueError):
    """A formula whose value was not stored: nobody but a spreadsheet can tell it."""

    def __init__(self, sheet: str, cell: str) -> None:
        super().__init__(f"{sheet}!{cell}")
        self.at = f"{sheet}!{cell}"


class TooLarge(ValueError):
    """A sheet with more cells than any report."""


def read_workbook(raw: bytes) -> tuple[Block, ...]:
    """What a workbook holds."""
    values = openpyxl.load_workbook(BytesIO(raw), data_only=True)
    formulas = openpyxl.load_workbook(BytesIO(raw), data_only=False)
    blocks: list[Block] = []
    grids = 0
    ours = MARK in values.custom_doc_props.names
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible" or (ours and is_named(sheet.title, CHECK_SHEET)):
            continue
        if ours and is_named(sheet.title, TEXT_SHEET):
            blocks.extend(read_text(sheet))
            continue
        if sheet.max_row * sheet.max_column > LARGEST:
            raise TooLarge(sheet.title)
        rows = list(read_rows(sheet, formulas[sheet.title]))
        grids += 1
        blocks.extend(split_sheet(grids, sheet.title, rows))
    return tuple(blocks)


def is_named(title: str, names: Texts) -> bool:
    """Whether a sheet of a workbook of ours is this one, in whatever language."""
    return title in [name for _, name in names.by_language]


def read_text(sheet: Worksheet) -> Iterator[Paragraph]:
    """The narrative of a workbook of ours: its sections' headings and what was written beside them, in Markdown."""
    for number, (heading, text) in enumerate(sheet.iter_rows(max_col=2, values_only=True)):
        if number:
            yield Paragraph(text=str(heading), markdown=str(heading), level=2)
        written = spell(text).replace("\r\n", "\n").strip()
        if written:
            yield Paragraph(text=" ".join(written.split()), markdown=written, own=True)


def read_rows(sheet: Worksheet, formulas: Worksheet) -> Iterator[tuple[Cell, ...]]:
    """The rows of a sheet, each cell once where it is merged."""
    hidden = {
        (row, column)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }
    last = max((cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None), default=0)
    for row in sheet.iter_rows(max_col=max(last, 1)):
        cells = [cell for cell in row if (cell.row, cell.column) not in hidden]
        yield tuple(Cell(text=spell_cell(cell, formulas), row=cell.row, column=cell.column) for cell in cells)


def spell_cell(cell: SheetCell, formulas: Worksheet) -> str:
    """What a cell shows; NotCalculated where it is a formula without a value."""
    formula = formulas.cell(cell.row, cell.column).value
    # The result of a formula may be an empty text, which openpyxl gives as None too, but of another type.
    if cell.value is None and cell.data_type == "n" and isinstance(formula, str) and formula.startswith("="):
        raise NotCalculated(formulas.title, cell.coordinate)
    return spell(cell.value, cell.number_format or "General")


def spell(value: object, pattern: str = "General") -> str:
    """A value as it is shown: a number with the decimals that its format asks for."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return spell_number(value, pattern)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)


def spell_number(value: float, pattern: str) -> str:
    """A number with the decimals that its format asks for; more are never lost."""
    exact = Decimal(repr(value)).normalize()
    wanted = len(pattern.partition(";")[0].partition(".")[2].rstrip("_ )%").replace("#", "")) if "0." in pattern else 0
    exponent = exact.as_tuple().exponent
    decimals = max(wanted, -exponent if isinstance(exponent, int) and exponent < 0 else 0)
    return f"{exact:.{decimals}f}"


def split_sheet(number: int, name: str, rows: list[tuple[Cell, ...]]) -> Iterator[Block]:
    """The parts of a sheet: rows with one text alone and nothing like a table around are its narrative."""
    filled = [[cell for cell in row if cell.text.strip()] for row in rows]
    if rows and all(len(cells) <= 1 for cells in filled):
        for cells in filled:
            for cell in cells:
                for line in cell.text.splitlines():
                    if line.strip():
                        text = " ".join(line.split())
                        yield Paragraph(text=text, markdown=escape_markdown(text))
        return
    yield Grid(number=number, rows=tuple(rows), name=name)


def read_old_workbook(raw: bytes) -> tuple[Block, ...]:
    """What a workbook of the format before 2007 holds: its sheets, without formulas and formats."""
    book = CalamineWorkbook.from_filelike(BytesIO(raw))
    blocks: list[Block] = []
    for number, name in enumerate(book.sheet_names, 1):
        sheet = book.get_sheet_by_name(name)
        if sheet.height * sheet.width > LARGEST:
            raise TooLarge(name)
        merged = {
            (row, column)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }
        rows = [
            tuple(
                Cell(text=spell_old(value), row=row, column=column)
                for column, value in enumerate(values, 1)
                if (row - 1, column - 1) not in merged
            )
            for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1)
        ]
        blocks.extend(split_sheet(number, name, rows))
    return tuple(blocks)


def spell_old(value: object) -> str:
    """A value of an old workbook, which holds every number as a fraction."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return spell(value)
