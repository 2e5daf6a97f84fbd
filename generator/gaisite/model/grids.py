"""The printed layout of a statutory table: which header cell spans what, derived from its two trees of lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gaisite.model.tables import Axis, Line, Table
from gaisite.texts import Texts


class Scope(StrEnum):
    """What a header cell heads; a group only where it spans exactly one `tbody` or `colgroup`."""

    COLUMN = "col"
    COLUMN_GROUP = "colgroup"
    ROW = "row"
    ROW_GROUP = "rowgroup"


class HeaderKind(StrEnum):
    """What a header cell stands for."""

    CORNER = "corner"
    """Head of the row headers."""
    COLUMN_HEAD = "column head"
    """One head over all columns."""
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class GridHeader:
    """A header cell."""

    kind: HeaderKind = HeaderKind.LINE
    line: Line | None = None
    """None for the corner and the column head."""
    label: Texts
    path: tuple[str, ...] = ()
    """Ids of the lines above, outer to inner."""
    level: int = 0
    """Where it begins: the row of the head for a column, the column of the stub for a row."""
    colspan: int
    rowspan: int
    scope: Scope

    @property
    def is_leaf(self) -> bool:
        """Whether it heads one line of cells."""
        return self.line is not None and not self.line.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row of cells and the header cells that begin in it."""

    line: Line
    """The leaf whose cells it prints."""
    path: tuple[str, ...]
    """Ids of the lines above the leaf, outer to inner."""
    headers: tuple[GridHeader, ...]
    """Outer to inner; the last is the leaf's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridBody:
    """The rows of one top-level line: a `tbody`."""

    line: Line
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The layout of a table."""

    stub: int
    """How many columns the row headers take."""
    colgroups: tuple[int, ...]
    """Spans of the column groups after the stub: a group of leaves is one, any other leaf one of its own."""
    head: tuple[tuple[GridHeader, ...], ...]
    """The header cells of the columns, row by row; the first is the corner."""
    bodies: tuple[GridBody, ...]


def lay_out(table: Table) -> Grid:
    """The layout of a table, with the report's local rows where it has them."""
    stub = max((measure_depth(line) for line in table.rows), default=1)
    return Grid(
        stub=stub,
        colgroups=tuple(span for line in table.columns for span in split_group(line)),
        head=lay_head(table, stub),
        bodies=tuple(lay_body(line, stub) for line in table.rows),
    )


def measure_depth(line: Line) -> int:
    """How many levels of header cells a line needs."""
    return 1 + max((measure_depth(below) for below in line.lines), default=0)


def count_leaves(line: Line) -> int:
    """How many lines of cells a line heads."""
    return sum(1 for _ in line.leaves())


def is_innermost(line: Line) -> bool:
    """Whether a line is a group of nothing but leaves."""
    return bool(line.lines) and not any(below.lines for below in line.lines)


def split_group(line: Line) -> Iterator[int]:
    """The spans of the column groups that a column fills."""
    if not line.lines or is_innermost(line):
        yield count_leaves(line)
        return
    for below in line.lines:
        yield from split_group(below)


def lay_head(table: Table, stub: int) -> tuple[tuple[GridHeader, ...], ...]:
    """The rows of the table's head."""
    first = 1 if table.column_head is not None else 0
    depth = first + max((measure_depth(line) for line in table.columns), default=0)
    rows: list[list[GridHeader]] = [[] for _ in range(max(depth, 1))]
    corner = GridHeader(
        kind=HeaderKind.CORNER, label=table.corner, colspan=stub, rowspan=len(rows), scope=Scope.COLUMN
    )  # fmt: skip
    rows[0].append(corner)
    if table.column_head is not None:
        width = len(table.leaves(Axis.COLUMNS))
        over_all = GridHeader(
            kind=HeaderKind.COLUMN_HEAD, label=table.column_head, colspan=width, rowspan=1, scope=Scope.COLUMN
        )  # fmt: skip
        rows[0].append(over_all)
    for line in table.columns:
        for header in lay_columns(line, first, len(rows), ()):
            rows[header.level].append(header)
    return tuple(tuple(row) for row in rows)


def lay_columns(line: Line, level: int, depth: int, path: tuple[str, ...]) -> Iterator[GridHeader]:
    """The header cells of a column and of all columns below it; a leaf reaches down to the cells."""
    yield GridHeader(
        line=line,
        label=line.label,
        path=path,
        level=level,
        colspan=count_leaves(line),
        rowspan=1 if line.lines else depth - level,
        scope=Scope.COLUMN_GROUP if is_innermost(line) else Scope.COLUMN,
    )
    for below in line.lines:
        yield from lay_columns(below, level + 1, depth, (*path, line.id))


def lay_body(line: Line, stub: int) -> GridBody:
    """The rows of a top-level line."""
    return GridBody(line=line, rows=tuple(lay_rows(line, stub, ())))


def lay_rows(line: Line, stub: int, begun: tuple[GridHeader, ...], path: tuple[str, ...] = ()) -> Iterator[GridRow]:
    """The rows at and below a line; `begun` are the header cells above it that begin in its first row."""
    level = len(path)
    own = GridHeader(
        line=line,
        label=line.label,
        path=path,
        level=level,
        colspan=1 if line.lines else stub - level,
        rowspan=count_leaves(line),
        scope=Scope.ROW_GROUP if line.lines and not path else Scope.ROW,
    )
    if not line.lines:
        yield GridRow(line=line, path=path, headers=(*begun, own))
    for position, below in enumerate(line.lines):
        yield from lay_rows(below, stub, () if position else (*begun, own), (*path, line.id))
