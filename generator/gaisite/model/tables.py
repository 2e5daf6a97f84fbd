"""Statutory tables: two trees of lines, and what stands where they cross."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gaisite.texts import Texts


class FigureType(StrEnum):
    """What a cell may hold."""

    COUNT = "count"
    """A whole number from 0."""
    CHANGE = "change"
    """A whole number with an optional sign."""
    AMOUNT = "amount"
    """A decimal kept as written."""


class Axis(StrEnum):
    """The two directions of a table."""

    ROWS = "rows"
    COLUMNS = "columns"

    @property
    def other(self) -> "Axis":
        """The direction across this one."""
        return Axis.COLUMNS if self is Axis.ROWS else Axis.ROWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row or a column of a statutory table; one with lines of its own is a group without cells."""

    id: str
    """Dotted path from the table's root, `handled.refused.state_secret`."""
    label: Texts
    lines: tuple["Line", ...] = ()
    type: FigureType | None = None
    """None: as the table says."""
    unit: Texts | None = None
    """None: as the table says."""
    unit_choices: tuple[Texts, ...] = ()
    """Where the form leaves the unit open: those a report may state."""
    unit_factors: tuple[int, ...] = ()
    """How many of the smallest unit each of those is, 1 and 10,000 for one; empty where the form does not say."""
    sum_of: tuple[str, ...] = ()
    """Ids of the lines whose sum this total prints; empty for a line that is no total."""
    note: Texts | None = None
    optional: bool = False
    """Its absence from a report is no finding."""
    local: bool = False
    """Added by one report, not by the form."""

    @property
    def key(self) -> str:
        """The last part of the id."""
        return self.id.rpartition(".")[2]

    def leaves(self) -> Iterator["Line"]:
        """The lines below this one that have cells; the line itself where it has none below."""
        if not self.lines:
            yield self
        for line in self.lines:
            yield from line.leaves()


def walk_lines(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Every line of a tree, parents before children, in printed order."""
    for line in lines:
        yield line
        yield from walk_lines(line.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A table, a line of it, or a cell of it; empty ids mean the whole."""

    table: str
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        if self.row and self.column:
            return f"{self.table}.{self.row}.{self.column}"
        row = self.row or ("*" if self.column else "")
        return ".".join(part for part in (self.table, row, self.column) if part)

    def covers(self, other: "Address") -> bool:
        """Whether the other address is this one or lies inside it."""
        return self.table == other.table and lies_in(other.row, self.row) and lies_in(other.column, self.column)


def lies_in(line: str, group: str) -> bool:
    """Whether a line is the other or one below it, by their ids; the empty id is the whole table."""
    return not group or line == group or line.startswith(group + ".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A statutory table: two trees of lines; a cell stands where two leaves cross."""

    id: str
    caption: Texts
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    corner: Texts
    """Head of the row headers."""
    column_head: Texts | None = None
    """A head over all columns, where the form prints one."""
    type: FigureType = FigureType.COUNT
    unit: Texts | None = None
    clause: Texts | None = None
    note: Texts | None = None
    principal: str = ""
    """Id of the column that stands for the row where only one figure is shown; empty: every cell counts."""
    key_figures: tuple[str, ...] = ()
    """Ids `row.column` of the cells that summarise a report, in order of importance."""
    key_labels: Mapping[str, Texts] = field(default_factory=dict)
    """Short names of those cells that have one."""

    _leaves: Mapping[Axis, tuple[Line, ...]] = field(init=False, repr=False, compare=False)
    _lines: Mapping[Axis, Mapping[str, Line]] = field(init=False, repr=False, compare=False)
    components: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)
    """Row id and column id of each cell that is no total, in printed order."""
    parts: dict[tuple[Axis, str], tuple[str, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What `sums.list_components` found at each line that it was asked for: every report asks the same."""
    totals: dict[Axis, dict[str, tuple[str, ...]]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What `sums.order_totals` found in each direction."""

    def __post_init__(self) -> None:
        # Every figure of every report is looked up here: the trees are walked once a table, not once a cell.
        trees = {Axis.ROWS: self.rows, Axis.COLUMNS: self.columns}
        leaves = {axis: tuple(leaf for line in tree for leaf in line.leaves()) for axis, tree in trees.items()}
        lines = {axis: {line.id: line for line in walk_lines(tree)} for axis, tree in trees.items()}
        parts = {axis: [leaf.id for leaf in leaves[axis] if not leaf.sum_of] for axis in Axis}
        components = tuple((row, column) for row in parts[Axis.ROWS] for column in parts[Axis.COLUMNS])
        object.__setattr__(self, "components", components)
        object.__setattr__(self, "_leaves", leaves)
        object.__setattr__(self, "_lines", lines)

    def lines(self, axis: Axis) -> tuple[Line, ...]:
        """The tree of one direction."""
        return self.rows if axis is Axis.ROWS else self.columns

    def leaves(self, axis: Axis) -> tuple[Line, ...]:
        """The lines of one direction that have cells, in printed order."""
        return self._leaves[axis]

    def find(self, axis: Axis, line_id: str) -> Line | None:
        """The line with this id in one direction."""
        return self._lines[axis].get(line_id)

    def path(self, axis: Axis, line_id: str) -> tuple[Line, ...]:
        """A line and those above it, outermost first."""
        parts = line_id.split(".")
        found = (self.find(axis, ".".join(parts[: depth + 1])) for depth in range(len(parts)))
        return tuple(line for line in found if line is not None)

    def find_address(self, text: str) -> Address | None:
        """The address `row`, `row.column` or `*.column` inside this table; the longest row that leaves a column."""
        parts = text.split(".")
        for length in range(len(parts), 0, -1):
            row, column = ".".join(parts[:length]), ".".join(parts[length:])
            if column and self.find(Axis.COLUMNS, column) is None:
                continue
            if (row == "*" and column) or self.find(Axis.ROWS, row):
                return Address(table=self.id, row=row.strip("*"), column=column)
        return None

    def is_cell(self, address: Address) -> bool:
        """Whether an address inside this table is that of one cell."""
        row, column = self.find(Axis.ROWS, address.row), self.find(Axis.COLUMNS, address.column)
        return row is not None and column is not None and not row.lines and not column.lines

    def find_cell(self, text: str) -> Address | None:
        """The cell that `row.column` names; None where there is none, or a group of them."""
        address = self.find_address(text)
        return address if address is not None and self.is_cell(address) else None

    def cell_type(self, row: Line, column: Line) -> FigureType:
        """What the cell where two leaves cross may hold: the column decides, then the row, then the table."""
        return column.type or row.type or self.type

    def cell_unit(self, row: Line, column: Line) -> Texts | None:
        """The unit of the cell where two leaves cross, None where the form gives none."""
        return column.unit or row.unit or self.unit


def insert_rows(table: Table, host: str, added: tuple[Line, ...]) -> Table:
    """The table with rows added under the line of this id, or at its end where the id is empty."""
    if not host:
        return replace(table, rows=(*table.rows, *added))
    return replace(table, rows=tuple(insert_under(line, host, added) for line in table.rows))


def insert_under(line: Line, host: str, added: tuple[Line, ...]) -> Line:
    """A line of the tree, with lines added where it is the host or holds it."""
    if line.id == host:
        return replace(line, lines=(*line.lines, *added))
    return replace(line, lines=tuple(insert_under(below, host, added) for below in line.lines))
