"""The statutory tables of a report as tables of a Word file: header cells merged as the form prints them."""

from collections.abc import Iterator

from gaisite.export.word_markup import WIDTH, WordCell, WordRow, WordTable, write_paragraph, write_run
from gaisite.export.wording import find_unit, write_figure, write_unit
from gaisite.model.content import ReportTable
from gaisite.model.grids import Grid, GridBody, GridHeader, HeaderKind, lay_out
from gaisite.model.tables import Axis

STUB_SHARE = 4
"""How many times as wide as a column of figures the row headers are, one level of them."""
WIDEST = 1700
"""Of a column of figures: a table of few columns need not stretch them."""


def tabulate(table: ReportTable, language: str) -> WordTable:
    """A statutory table; a blank cell is left empty, as the form is filled in by hand."""
    grid = lay_out(table.table)
    columns = table.table.leaves(Axis.COLUMNS)
    head = write_head(table, grid, language)
    rows = (row for body in grid.bodies for row in write_body(table, grid, body, language))
    return WordTable(
        title=table.table.caption.official,
        widths=measure_columns(grid.stub, len(columns)),
        rows=(*head, *rows),
    )


def measure_columns(stub: int, columns: int) -> tuple[int, ...]:
    """The widths of the row headers' columns, of which the last is the widest, and of those of figures."""
    figure = min(WIDTH // (columns + STUB_SHARE + stub - 1), WIDEST)
    outer = min(figure, 780)
    last = WIDTH - figure * columns - outer * (stub - 1)
    return (*[outer] * (stub - 1), last, *[figure] * columns)


def write_head(table: ReportTable, grid: Grid, language: str) -> Iterator[WordRow]:
    """The header's rows; a cell that reaches down stands in each row that it reaches."""
    below: dict[int, tuple[int, int]] = {}
    for headers in grid.head:
        cells, place, waiting = [], 0, list(headers)
        while waiting or place in below:
            if place in below:
                left, across = below.pop(place)
                cells.append(WordCell(markup=write_paragraph(""), across=across, merges="continue", shaded=True))
                if left > 1:
                    below[place] = (left - 1, across)
                place += across
                continue
            header = waiting.pop(0)
            cells.append(write_header(table, header, language))
            if header.rowspan > 1:
                below[place] = (header.rowspan - 1, header.colspan)
            place += header.colspan
        below = dict(sorted(below.items()))
        yield WordRow(cells=tuple(cells), head=True)


def write_header(table: ReportTable, header: GridHeader, language: str) -> WordCell:
    """A header cell of a column, or the corner."""
    text = header.label.official
    if header.line is not None:
        text += write_unit(find_unit(table, header.line), language)
    return WordCell(
        markup=write_paragraph(write_run(text), "TableHead"),
        across=header.colspan,
        merges="restart" if header.rowspan > 1 else "",
        shaded=True,
    )


def write_body(table: ReportTable, grid: Grid, body: GridBody, language: str) -> Iterator[WordRow]:
    """The rows of a top-level line."""
    for row in body.rows:
        begun = {header.level: header for header in row.headers}
        cells = [
            write_label(table, begun[level], language)
            if level in begun
            else WordCell(markup=write_paragraph(""), merges="continue")
            for level in range(min(len(row.path) + 1, grid.stub))
        ]
        figures = (table.figure(row.line.id, column.id) for column in table.table.leaves(Axis.COLUMNS))
        cells += [
            WordCell(markup=write_paragraph(write_run(write_figure(each, language)), "TableFigure")) for each in figures
        ]
        yield WordRow(cells=tuple(cells))


def write_label(table: ReportTable, header: GridHeader, language: str) -> WordCell:
    """The header cell of a row."""
    text = header.label.official
    if header.kind is HeaderKind.LINE and header.line is not None:
        text += write_unit(find_unit(table, header.line), language)
    return WordCell(
        markup=write_paragraph(write_run(text), "TableText"),
        across=header.colspan,
        merges="restart" if header.rowspan > 1 else "",
    )
