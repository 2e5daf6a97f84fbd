"""The tables of a report as its PDF prints them: each cell with the ids of all header cells that hold for it.

From one and the same value the markup is written and the structure of the finished file is mended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from gaisite.export.prose import Span, TableBlock
from gaisite.export.wording import explain_table, find_unit, write_caption, write_figure, write_unit
from gaisite.model.content import ReportTable
from gaisite.model.grids import Grid, GridBody, GridHeader, HeaderKind, lay_out
from gaisite.model.tables import Axis, walk_lines

WIDTH = 156.0
"""Of the type area, in millimetres."""
SIZE = 9.0
"""Of the letters in tables, in points."""
FIGURE = 11.5
"""How wide a column of figures is, in millimetres; more where there is room, or where a figure needs it."""
WIDEST_FIGURE = 30.0
OUTER, LABELS, FEW_LABELS = 13.0, 26.0, 15.0
"""Of the row headers: the columns of the groups, and the least that is left for the rows' own labels."""
PAGE = 195.0
"""The height that a table may have on a page, below its heading and its caption, in millimetres."""
LEADING, MARGIN = 1.35, 1.8
MANY = 10
"""Columns, beside which labels get the least room."""
PADDING = 1.2
WIDE = 25.4 / 72
NARROW = 0.62 * WIDE
"""How wide a letter of one point is at most, a Chinese one and a digit, in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCell:
    """A cell."""

    text: str
    id: str = ""
    """Of a header cell."""
    scope: str = ""
    """As HTML names it: col, colgroup, row, rowgroup; empty for a cell of data."""
    headers: tuple[str, ...] = ()
    """The ids of the header cells that hold for it, outer to inner, rows before columns."""
    across: int = 1
    down: int = 1
    align: str = ""


Row = tuple[PrintedCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTable:
    """A table; a cell that spans stands in the first of its rows alone."""

    caption: str = ""
    widths: tuple[float, ...] = ()
    """Of the columns, in millimetres; none: as their contents need."""
    size: float = SIZE
    head: tuple[Row, ...]
    bodies: tuple[tuple[Row, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Whether it hardly fits on one page."""
        return sum(measure_row(row, self.widths, self.size) for row in (*self.head, *self.rows)) > PAGE

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the head."""
        return tuple(row for body in self.bodies for row in body)


def print_table(table: ReportTable, language: str, prefix: str) -> PrintedTable:
    """A statutory table; `prefix` begins the ids of its header cells."""
    grid = lay_out(table.table)
    writer = TableWriter(table=table, grid=grid, language=language, prefix=prefix)
    figures = [write_figure(each, language) for each in table.figures.values()]
    longest = max(map(measure_text, figures), default=0.0)
    widths, size = measure_columns(grid.stub, len(table.table.leaves(Axis.COLUMNS)), longest)
    return PrintedTable(
        caption=write_caption(table, language),
        widths=widths,
        size=size,
        head=tuple(tuple(writer.write_head(header) for header in row) for row in grid.head),
        bodies=tuple(tuple(writer.write_body(body)) for body in grid.bodies),
        notes=tuple(explain_table(table, language)),
    )


def measure_text(text: str) -> float:
    """How wide a text of one point is at most, in millimetres."""
    return sum(NARROW if letter.isascii() else WIDE for letter in text)


def measure_row(row: Row, widths: Sequence[float], size: float) -> float:
    """About how high a row is, in millimetres: as high as its highest cell, whose row headers stand at its end."""
    spare = len(widths) - sum(cell.across for cell in row)
    lines, place = 1, spare
    for cell in row:
        width = sum(widths[place : place + cell.across]) - MARGIN
        place += cell.across
        if cell.down == 1:
            lines = max(lines, ceil(measure_text(cell.text) * size / width))
    return (lines * size * LEADING + 3.7) * WIDE


def measure_columns(stub: int, columns: int, longest: float) -> tuple[tuple[float, ...], float]:
    """The widths of the columns, and the size of the letters with which the longest figure stands in one line."""
    most = (WIDTH - OUTER * (stub - 1) - (FEW_LABELS if columns > MANY else LABELS)) / columns
    needed = longest * SIZE + PADDING
    width = min(max(FIGURE, min(WIDTH / (columns + 4 + stub - 1), WIDEST_FIGURE), needed), most)
    size = min(SIZE, (width - PADDING) / longest) if longest else SIZE
    last = WIDTH - width * columns - OUTER * (stub - 1)
    return (*[OUTER] * (stub - 1), last, *[width] * columns), round(size - 0.005, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWriter:
    """One statutory table."""

    table: ReportTable
    grid: Grid
    language: str
    prefix: str

    def name(self, axis: Axis, line: str) -> str:
        """The id of a line's header cell."""
        lines = self.table.table.rows if axis is Axis.ROWS else self.table.table.columns
        number = next(number for number, each in enumerate(walk_lines(lines)) if each.id == line)
        return f"{self.prefix}-{'r' if axis is Axis.ROWS else 'c'}{number}"

    @property
    def over_all(self) -> tuple[str, ...]:
        """The id of the header cell over all columns, where there is one."""
        return (f"{self.prefix}-all",) if self.table.table.column_head is not None else ()

    def write_head(self, header: GridHeader) -> PrintedCell:
        """A header cell of columns, or the corner."""
        if header.line is None:
            corner = header.kind is HeaderKind.CORNER
            return self.write_header(header, f"{self.prefix}-{'stub' if corner else 'all'}", ())
        above = tuple(self.name(Axis.COLUMNS, line) for line in header.path)
        return self.write_header(header, self.name(Axis.COLUMNS, header.line.id), (*self.over_all, *above))

    def write_header(self, header: GridHeader, id: str, above: tuple[str, ...]) -> PrintedCell:
        """A header cell."""
        unit = find_unit(self.table, header.line) if header.line is not None else None
        return PrintedCell(
            text=header.label.official + write_unit(unit, self.language),
            id=id,
            scope=header.scope.value,
            headers=above,
            across=header.colspan,
            down=header.rowspan,
        )

    def write_body(self, body: GridBody) -> Iterator[Row]:
        """The rows of a top-level line."""
        columns = self.table.table.leaves(Axis.COLUMNS)
        above = [(*self.over_all, *self.name_path(Axis.COLUMNS, column.id)) for column in columns]
        for row in body.rows:
            heads = (
                self.write_header(
                    header,
                    self.name(Axis.ROWS, header.line.id),
                    tuple(self.name(Axis.ROWS, line) for line in header.path),
                )
                for header in row.headers
                if header.line is not None
            )
            path = tuple(self.name(Axis.ROWS, line) for line in (*row.path, row.line.id))
            cells = (
                PrintedCell(
                    text=write_figure(self.table.figure(row.line.id, column.id), self.language),
                    headers=(*path, *names),
                )
                for column, names in zip(columns, above, strict=True)
            )
            yield (*heads, *cells)

    def name_path(self, axis: Axis, line: str) -> Iterator[str]:
        """The ids of a line's header cell and of those above it, outermost first."""
        parts = line.split(".")
        return (self.name(axis, ".".join(parts[:depth])) for depth in range(1, len(parts) + 1))


def print_block(block: TableBlock, prefix: str) -> PrintedTable:
    """A table of a narrative: its first row heads its columns."""
    head, *rest = block.rows
    names = tuple(f"{prefix}-c{number}" for number in range(len(head)))

    def write(place: int, row: int) -> PrintedCell:
        cell = block.rows[row][place]
        text = "".join(span.text for span in cell.spans if isinstance(span, Span))
        if not row:
            return PrintedCell(text=text, id=names[place], scope="col", align=cell.align)
        return PrintedCell(text=text, headers=names[place : place + 1], align=cell.align)

    rows = tuple(tuple(write(place, number) for place in range(len(row))) for number, row in enumerate(rest, 1))
    return PrintedTable(
        head=(tuple(write(place, 0) for place in range(len(head))),),
        bodies=(rows,) if rows else (),
    )
