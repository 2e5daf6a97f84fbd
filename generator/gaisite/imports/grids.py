"""The tables of a document, read row by row: which row of the form each is, and its figures in their order.

Columns are told by order and never by where they lie: header and body of a real page are often spanned differently.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gaisite.imports.documents import Cell, Grid
from gaisite.imports.labels import Found, find_label, simplify
from gaisite.imports.layout import FormLayout, TableLayout
from gaisite.imports.readings import Doubt, Findings, LocalRow, Misprint, Reading, Spot, Unknown
from gaisite.imports.values import looks_like_value, narrow, read_value
from gaisite.model.tables import Address, Line
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A row of a document with the row of the form that it is."""

    layout: TableLayout
    line: Line
    cells: tuple[Cell, ...]
    """Those behind its labels."""
    extra: tuple[Cell, ...] = ()
    """Labels behind the form's own: of a row that the report has besides."""
    misprint: Misprint | None = None


@dataclass(slots=True, kw_only=True)
class GridReader:
    """Reads the tables of a document, one after the other; what was read last tells what is to be expected."""

    form: FormLayout
    findings: Findings = field(default_factory=Findings)
    layout: TableLayout | None = None
    """The table of the form that is being read."""
    row: Line | None = None
    """The row of the form that was read last."""
    head: list[Cell] = field(default_factory=list)
    """What was printed since the last row with figures."""
    agreed: dict[str, bool] = field(default_factory=dict)
    """By table: whether the header that was printed over it is that of the form."""
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By table: the columns of the sheet in which the labels of the form's columns stand; sheets alone have such."""
    units: dict[tuple[str, str], str] = field(default_factory=dict)
    """By table and column: the unit that the header names, where the form leaves it open."""

    def read(self, grids: Iterable[Grid]) -> Findings:
        """All that the tables of a document say."""
        for grid in grids:
            self.head = []
            for row in grid.rows:
                self.read_row(grid, row)
        return self.findings

    def read_row(self, grid: Grid, cells: tuple[Cell, ...]) -> None:
        """One row: with figures, or of the header."""
        named = self.name_row(grid, cells)
        if named is not None and named.cells:
            self.take_row(grid, named)
        elif (unnamed := self.find_unnamed(cells)) is not None:
            self.take_row(grid, unnamed)
        elif self.is_unknown(cells):
            self.note_unknown(grid, cells)
        else:
            self.head.extend(cell for cell in cells if not is_blank(cell))

    # --- which row it is

    def name_row(self, grid: Grid, cells: Sequence[Cell]) -> Named | None:
        """The row of the form that a row is, by the labels before its figures; None where it is none."""
        named: Named | None = None
        for place, cell in enumerate(cells):
            if is_blank(cell):
                continue
            if looks_like_value(cell.text) or has_digits(cell, named) or self.is_unit(named, cell):
                break
            named = self.name_further(grid, cells, place, named)
            if named is None:
                return None
        return self.drop_unit(named) if named is not None and not is_head(named) else None

    def name_further(self, grid: Grid, cells: Sequence[Cell], place: int, named: Named | None) -> Named | None:
        """What a row is after one more of its labels."""
        cell, rest = cells[place], tuple(cells[place + 1 :])
        found = self.find_row(cell.text, named)
        if found is not None:
            layout, line = found.meant
            misprint = None if found.exact else self.describe_misprint(grid, cell, layout, line, found.official)
            return Named(layout=layout, line=line, cells=rest, misprint=misprint)
        if named is not None:
            return replace(named, cells=rest, extra=(*named.extra, cell))
        if self.continues_local(cells[:place]) and self.layout is not None and self.row is not None:
            return Named(layout=self.layout, line=self.row, cells=rest, extra=(cell,))
        return None

    def find_row(self, printed: str, named: Named | None) -> Found[tuple[TableLayout, Line]] | None:
        """The row that a label means: below what was named in this row, else from the last row on, else anywhere."""
        if named is not None:
            below = [(line.label, (named.layout, line)) for line in named.line.lines]
            return find_label(printed, below) or find_label(printed, self.list_rows([named.layout], named.line.lines))
        for candidates in self.list_contexts():
            found = find_label(printed, candidates)
            if found is not None:
                return found
        return None

    def list_contexts(self) -> Iterator[list[tuple[Texts, tuple[TableLayout, Line]]]]:
        """Where a label is looked for, the most likely first."""
        if self.layout is not None:
            rows = self.list_rows([self.layout], self.layout.table.rows)
            after = [row for row in rows if self.row is None or not self.is_before(row[1][1])]
            yield after
            yield rows
        yield [row for layout in self.form.tables for row in self.list_rows([layout], layout.table.rows)]

    def list_rows(
        self, layouts: Sequence[TableLayout], lines: Sequence[Line]
    ) -> list[tuple[Texts, tuple[TableLayout, Line]]]:
        """All rows under some, groups too, each with its label."""
        rows = []
        for layout in layouts:
            for line in lines:
                rows.append((line.label, (layout, line)))
                rows.extend(self.list_rows([layout], line.lines))
        return rows

    def is_before(self, line: Line) -> bool:
        """Whether a row of the present table was passed already."""
        if self.layout is None:
            return False
        order = {row.id: place for place, row in enumerate(self.layout.rows)}
        reached = order.get(self.row.id, -1) if self.row is not None else -1
        return max((order[leaf.id] for leaf in line.leaves()), default=-1) <= reached

    def continues_local(self, before: Sequence[Cell]) -> bool:
        """Whether an unknown label may be that of a further row of the report's own, under the same row of the form."""
        if self.layout is None or self.row is None or not self.findings.local_rows or not before:
            return False
        last = self.findings.local_rows[-1]
        return (last.table, last.host) == (self.layout.table.id, self.row.id) and all(map(is_blank, before))

    def is_unit(self, named: Named | None, cell: Cell) -> bool:
        """Whether a cell names the unit of the row."""
        return named is not None and simplify(cell.text) in {
            simplify(name)
            for column in named.layout.columns
            for unit in named.layout.units(named.line, column)
            for _, name in unit.by_language
        }

    def drop_unit(self, named: Named) -> Named:
        """A row without the cell that names its unit."""
        has_unit = named.cells and self.is_unit(named, named.cells[0])
        return replace(named, cells=named.cells[1:]) if has_unit else named

    def describe_misprint(self, grid: Grid, cell: Cell, layout: TableLayout, line: Line, official: str) -> Misprint:
        """A label that is not the official one."""
        at = Address(table=layout.table.id, row=line.id)
        spot = Spot(grid=grid.number, row=cell.row, column=cell.column)
        return Misprint(at=at, printed=clean(cell.text), official=official, spot=spot)

    def find_unnamed(self, cells: tuple[Cell, ...]) -> Named | None:
        """The only row of a table whose row has no label, under the header of that table."""
        if all(map(is_blank, cells)) or not all(looks_like_value(cell.text) for cell in cells):
            return None
        for layout in self.form.tables:
            if len(layout.rows) == 1 and self.matches_head(layout):
                return Named(layout=layout, line=layout.rows[0], cells=cells)
        return None

    def is_unknown(self, cells: tuple[Cell, ...]) -> bool:
        """Whether a row has figures and belongs to no row of the form; a header may have a year in it."""
        figures = any(char.isdigit() for cell in cells if looks_like_value(cell.text) for char in narrow(cell.text))
        return figures and not any(
            find_label(cell.text, [(text, 0) for text in (*layout.head, *layout.around)])
            for layout in self.form.tables
            for cell in cells
            if not looks_like_value(cell.text)
        )

    # --- what it says

    def take_row(self, grid: Grid, named: Named) -> None:
        """Keep what a row says."""
        layout, line = named.layout, named.line
        if named.misprint is not None:
            self.findings.misprints.append(named.misprint)
        self.agree_on_head(grid, layout)
        self.layout = layout
        spot = Spot(grid=grid.number, row=named.cells[0].row if named.cells else 0)
        if line.lines:
            self.note_unknown(grid, named.cells, line)
            return
        row = line.id
        if named.extra:
            row = self.add_local_row(layout, line, named.extra)
        self.row = line
        address = Address(table=layout.table.id, row=row)
        self.findings.add_row(list(self.read_cells(grid, named, row)), address, spot)

    def add_local_row(self, layout: TableLayout, host: Line, labels: Sequence[Cell]) -> str:
        """The id of a row that the report has besides."""
        label = " ".join(clean(cell.text) for cell in labels)
        known = [each for each in self.findings.local_rows if (each.table, each.host) == (layout.table.id, host.id)]
        for each in known:
            if each.label == label:
                return f"{host.id}.{each.key}"
        key = f"item_{len(known) + 1}"
        self.findings.local_rows.append(LocalRow(table=layout.table.id, host=host.id, key=key, label=label))
        return f"{host.id}.{key}"

    def read_cells(self, grid: Grid, named: Named, row: str) -> Iterator[Reading]:
        """The figures of a row, in the order of the form's columns."""
        layout, cells = named.layout, self.pick_cells(grid, named)
        columns = layout.columns
        doubt = Doubt.NONE
        if not self.agreed.get(layout.table.id, False):
            doubt = Doubt.HEAD
        elif len(cells) != len(columns):
            doubt = Doubt.CELLS
        if all(map(is_blank, cells)):
            doubt = Doubt.NONE
            cells = tuple(replace(cell, text="") for cell in cells[:1]) * len(columns)
        whole = " | ".join(clean(cell.text) for cell in cells)
        first = cells[0] if cells else None
        for place, column in enumerate(columns):
            at = Address(table=layout.table.id, row=row, column=column.id)
            if doubt:
                spot = Spot(grid=grid.number, row=first.row if first else 0)
                candidates = (
                    (read_value(cells[place].text, layout.types(named.line)[place]).text,) if place < len(cells) else ()
                )
                yield Reading(at=at, raw=whole, spot=spot, doubt=doubt, candidates=tuple(filter(None, candidates)))
                continue
            cell = cells[place]
            value = read_value(cell.text, layout.types(named.line)[place], layout.units(named.line, column))
            yield Reading(
                at=at,
                text=value.text,
                raw=cell.text,
                spot=Spot(grid=grid.number, row=cell.row, column=cell.column),
                doubt=Doubt.NONE if value.sure else Doubt.NUMBER,
                candidates=value.candidates,
                unit=value.unit or (self.units.get((layout.table.id, column.id), "") if value.text else ""),
            )

    def pick_cells(self, grid: Grid, named: Named) -> tuple[Cell, ...]:
        """The cells of a row that are its figures: of a sheet, which is wider than its tables, those below labels.

        All of them, where something stands beside: then nobody can tell.
        """
        places = self.places.get(named.layout.table.id, ()) if grid.name else ()
        inside = tuple(cell for cell in named.cells if cell.column in places)
        return (
            inside
            if places and all(is_blank(cell) for cell in named.cells if cell.column not in places)
            else named.cells
        )

    def note_unknown(self, grid: Grid, cells: Sequence[Cell], group: Line | None = None) -> None:
        """Keep a row that belongs to none of the form's, so that it is told of."""
        labels = [clean(cell.text) for cell in cells if not looks_like_value(cell.text)]
        raw = " | ".join(clean(cell.text) for cell in cells).strip()
        if group is None and not any(char.isdigit() for char in raw):
            return
        if group is not None and not raw.strip(" |"):
            return
        label = group.label.official if group is not None else " ".join(labels)
        table = self.layout.table.id if self.layout is not None else ""
        spot = Spot(grid=grid.number, row=cells[0].row if cells else 0)
        self.findings.unknown.append(Unknown(table=table, label=label, raw=raw, spot=spot))

    # --- headers

    def agree_on_head(self, grid: Grid, layout: TableLayout) -> None:
        """Settle whether the columns are those of the form; a table that goes on without a header keeps its own."""
        if self.head:
            self.agreed[layout.table.id] = self.matches_head(layout)
            matched = match_head(self.head, layout) or []
            for cell, found in matched:
                self.take_head(grid, layout, cell, found)
            if grid.name and matched:
                placed = {found.meant.id: cell.column for cell, found in matched}
                self.places[layout.table.id] = tuple(placed[column.id] for column in layout.columns)
            self.head = []

    def matches_head(self, layout: TableLayout) -> bool:
        """Whether what was printed last is the header of a table."""
        return match_head(self.head, layout) is not None

    def take_head(self, grid: Grid, layout: TableLayout, cell: Cell, found: Found[Line]) -> None:
        """Keep what a label of a header tells besides: that it is not the official one, the unit of its column."""
        column = found.meant
        named = [name for unit in column.unit_choices for _, name in unit.by_language if name in cell.text]
        if named:
            self.units[layout.table.id, column.id] = max(named, key=len)
        elif not found.exact and not names_unit(cell.text, column, layout):
            at = Address(table=layout.table.id, column=column.id)
            spot = Spot(grid=grid.number, row=cell.row, column=cell.column)
            self.findings.misprints.append(
                Misprint(at=at, printed=clean(cell.text), official=found.official, spot=spot)
            )


def match_head(head: Sequence[Cell], layout: TableLayout) -> list[tuple[Cell, Found[Line]]] | None:
    """The printed cells of a header with what they mean; None where it is not that of the table.

    The labels must be those of the form, all of them, in the order in which they are printed row by row.
    """
    printed = list(head)
    for start in range(len(printed)):
        matched: list[tuple[Cell, Found[Line]]] = []
        rest = iter(printed[start:])
        for line in layout.head_lines:
            cell = next((each for each in rest if not is_around(each.text, layout, line.label)), None)
            found = find_label(cell.text, [(line.label, line)]) if cell is not None else None
            if cell is None or found is None:
                break
            matched.append((cell, found))
        else:
            if all(is_around(each.text, layout, None) for each in rest):
                return matched
    return None


def names_unit(printed: str, column: Line, layout: TableLayout) -> bool:
    """Whether what stands behind a column's label in brackets is its unit, as the form has it."""
    inside = simplify(printed).removeprefix(simplify(column.label.official))
    units = {simplify(name) for unit in (column.unit, layout.table.unit) if unit for _, name in unit.by_language}
    return any(inside in (unit, f"单位{unit}", f"unit{unit}") for unit in units)


def is_around(printed: str, layout: TableLayout, wanted: Texts | None) -> bool:
    """Whether something printed in a header is no label of a column: the caption, the corner, a note, the unit."""
    if wanted is not None and find_label(printed, [(wanted, 0)]) is not None:
        return False
    text = simplify(printed)
    names = [simplify(name) for around in layout.around for _, name in around.by_language]
    names += [simplify(each) for each in (line.label.official for line in layout.groups)]
    return any(text == name or (len(text) >= 4 and text in name) or (len(name) >= 4 and name in text) for name in names)


def is_blank(cell: Cell) -> bool:
    """Whether nothing is printed in a cell."""
    return not narrow(cell.text).strip()


def has_digits(cell: Cell, named: Named | None) -> bool:
    """Whether something behind a label is a number with words, rather than a further label."""
    return named is not None and not named.line.lines and any(char.isdigit() for char in narrow(cell.text))


def is_head(named: Named) -> bool:
    """Whether what was taken for a row is a header after all: words stand behind it, and no number."""
    words = [cell for cell in named.cells if not looks_like_value(cell.text)]
    return bool(words) and not any(char.isdigit() for cell in named.cells for char in narrow(cell.text))


def clean(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())
