"""Tables as they are marked up: the grid of a table with ids, labels, cells, and `headers` for every cell.

The markup was measured in browsers: geometry alone must give each cell its headers, since Chromium reads nothing else;
`headers` says the same, outer to inner, rows before columns.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gaisite.model.grids import GridBody, GridHeader, HeaderKind, lay_out
from gaisite.model.tables import Line, Table, walk_lines
from gaisite.render.cells import explain_signs, join_ids, list_signs
from gaisite.render.parts import ColumnGroup, DataCell, HeadCell, TableNote, TableRow, TableView
from gaisite.render.repeating import Shared, Store
from gaisite.render.words import Words
from gaisite.texts import Texts

ROWS_LIMIT, CELLS_LIMIT = 4000, 20_000
"""So many filled rows and cells are kept: most of a portal are alike, the others need not stay."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How the header of a line is written."""

    text: str
    lang: str = ""
    unit: str = ""
    note: str = ""
    href: str = ""
    numeric: bool = True
    """Of a column's header: whether figures stand below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """A table before it is laid out."""

    id: str
    caption: str
    unit: str = ""
    table: Table
    say: Callable[[Texts], str]
    label: Callable[[Line], Label]
    cell: Callable[[Line, Line, str], DataCell]
    """From a row leaf, a column leaf and the ids for `headers` to a cell."""
    notes: tuple[TableNote, ...] = ()
    kind: str = "figures"
    frame: "Frame | None" = None
    """Its frame, where another table of the same kind has left it."""
    tell: Callable[[Line], tuple[Hashable, ...]] | None = None
    """What decides each cell of a row in this frame; None where they are made anew for every table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """A row without its cells."""

    line: Line
    heads: tuple[HeadCell, ...]
    headers: tuple[str, ...]
    """For each of its cells."""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row with its cells, and the signs that these use."""

    row: TableRow
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell, the signs that it uses, and what was printed for it."""

    cell: DataCell
    signs: frozenset[str]
    printed: Store


@dataclass(frozen=True, slots=True)
class Shelf:
    """What frames were filled with in some table."""

    rows: dict[Hashable, FilledRow] = field(default_factory=dict)
    """By frame, line and what decides the cells."""
    cells: dict[Hashable, FilledCell] = field(default_factory=dict)
    """By frame, line, place in the line and what decides them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A table without its cells."""

    groups: tuple[ColumnGroup, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    columns: tuple[Line, ...]
    """The leaves."""
    bodies: tuple[tuple[FrameRow, ...], ...]
    number: int = 0
    """Among those that share a shelf."""
    shelf: Shelf = field(default_factory=Shelf, repr=False, compare=False)


class Frames:
    """Frames that many tables have: those of one statutory table differ in little, and that has few values."""

    LIMIT = 500
    __slots__ = ("kept", "made", "shelf")

    def __init__(self) -> None:
        self.kept: dict[Hashable, tuple[Table, Frame]] = {}
        self.made = 0
        self.shelf = Shelf()

    def __reduce__(self) -> tuple[type["Frames"], tuple[()]]:
        """Another process has other tables, so other frames."""
        return Frames, ()

    def find(self, table: Table, key: Hashable, make: Callable[[], Frame]) -> Frame:
        """The frame of a table derived from the given one; `key` holds all else that its headers depend on."""
        kept = self.kept.get((id(table), key))
        if kept is None or kept[0] is not table:
            if len(self.kept) >= self.LIMIT:
                self.kept.clear()
            self.made += 1
            kept = self.kept[id(table), key] = (table, replace(make(), number=self.made, shelf=self.shelf))
        return kept[1]


def lay_out_table(plan: TablePlan, words: Words) -> TableView:
    """The table as it is marked up, with a note for each sign that its cells use."""
    frame = plan.frame or make_frame(plan)
    bodies = [[find_row(plan, frame, row) for row in body] for body in frame.bodies]
    signs = frozenset[str]().union(*(row.signs for body in bodies for row in body))
    return TableView(
        id=plan.id,
        caption=plan.caption,
        unit=plan.unit,
        groups=frame.groups,
        head=frame.head,
        bodies=tuple(tuple(row.row for row in body) for body in bodies),
        notes=(*plan.notes, *explain_signs(signs, words)),
        kind=plan.kind,
    )


def make_frame(plan: TablePlan) -> Frame:
    """The frame of a table."""
    grid = lay_out(plan.table)
    over_all = f"{plan.id}-c" if plan.table.column_head is not None else ""
    columns = name_heads(f"{plan.id}-c", plan.table.columns)
    rows = name_heads(f"{plan.id}-r", plan.table.rows)
    leaves = [leaf for line in plan.table.columns for leaf in line.leaves()]
    above = [join_ids(over_all, *(columns[line] for line in list_above(leaf.id)), columns[leaf.id]) for leaf in leaves]
    return Frame(
        groups=(ColumnGroup(span=grid.stub, stub=True), *(ColumnGroup(span=span) for span in grid.colgroups)),
        head=tuple(Shared(make_heads(plan, row, columns, over_all)) for row in grid.head),
        columns=tuple(leaves),
        bodies=tuple(frame_body(plan, body, rows, above) for body in grid.bodies),
    )


def name_heads(prefix: str, lines: tuple[Line, ...]) -> dict[str, str]:
    """The id of each line's header cell: numbered from parents to children, in printed order."""
    return {line.id: f"{prefix}{number}" for number, line in enumerate(walk_lines(lines))}


def list_above(line_id: str) -> list[str]:
    """Ids of the lines above one, outermost first."""
    parts = line_id.split(".")
    return [".".join(parts[:depth]) for depth in range(1, len(parts))]


def make_heads(
    plan: TablePlan, headers: Iterable[GridHeader], ids: Mapping[str, str], over_all: str
) -> Iterable[HeadCell]:
    """The cells of one header row."""
    for header in headers:
        if header.kind is HeaderKind.CORNER:
            yield make_head(header, f"{plan.id}-stub", Label(text=plan.say(header.label)))
        elif header.line is None:
            yield make_head(header, over_all, Label(text=plan.say(header.label)))
        else:
            above = join_ids(over_all, *(ids[line] for line in header.path))
            label = plan.label(header.line)
            yield make_head(header, ids[header.line.id], label, above, numeric=header.is_leaf and label.numeric)


def make_head(header: GridHeader, id: str, label: Label, above: str = "", *, numeric: bool = False) -> HeadCell:
    """One header cell."""
    return HeadCell(
        id=id,
        text=label.text,
        scope=header.scope.value,
        headers=above,
        colspan=header.colspan,
        rowspan=header.rowspan,
        numeric=numeric,
        unit=label.unit,
        note=label.note,
        href=label.href,
        lang=label.lang,
    )


def frame_body(plan: TablePlan, body: GridBody, ids: Mapping[str, str], columns: list[str]) -> tuple[FrameRow, ...]:
    """The rows of one tbody; `columns` are the ids above each column of cells."""
    rows = []
    for row in body.rows:
        heads = Shared(
            make_head(header, ids[header.line.id], plan.label(header.line), join_ids(*(ids[up] for up in header.path)))
            for header in row.headers
            if header.line is not None
        )
        path = join_ids(*(ids[line] for line in row.path), ids[row.line.id])
        rows.append(FrameRow(line=row.line, heads=heads, headers=tuple(f"{path} {above}" for above in columns)))
    return tuple(rows)


def find_row(plan: TablePlan, frame: Frame, row: FrameRow) -> FilledRow:
    """A row with its cells: the one of another table where that had the same."""
    if plan.tell is None:
        cells = tuple(plan.cell(row.line, column, above) for column, above in pair_columns(frame, row))
        return FilledRow(TableRow(heads=row.heads, cells=cells), list_signs(cells))
    told = plan.tell(row.line)
    key = (frame.number, row.line.id, told)
    filled = frame.shelf.rows.get(key)
    if filled is None:
        filled = fill_row(plan, frame, row, told)
        keep(frame.shelf.rows, key, filled, ROWS_LIMIT)
    return filled


def fill_row(plan: TablePlan, frame: Frame, row: FrameRow, told: tuple[Hashable, ...]) -> FilledRow:
    """A row of cells of which each may be that of another table."""
    cells = []
    for place, ((column, above), decisive) in enumerate(zip(pair_columns(frame, row), told, strict=True)):
        key = (frame.number, row.line.id, place, decisive)
        found = frame.shelf.cells.get(key)
        if found is None:
            cell = plan.cell(row.line, column, above)
            found = FilledCell(cell, list_signs((cell,)), {})
            keep(frame.shelf.cells, key, found, CELLS_LIMIT)
        cells.append(found)
    signs = frozenset[str]().union(*(each.signs for each in cells))
    return FilledRow(
        TableRow(heads=row.heads, cells=Shared([each.cell for each in cells], [each.printed for each in cells])), signs
    )


def pair_columns(frame: Frame, row: FrameRow) -> Iterable[tuple[Line, str]]:
    """The columns with the ids for the headers of their cells in a row."""
    return zip(frame.columns, row.headers, strict=True)


def keep(kept: dict[Hashable, Value], key: Hashable, value: Value, limit: int) -> None:
    """Keep what may come again, as long as it is not too much."""
    if len(kept) >= limit:
        kept.clear()
    kept[key] = value
