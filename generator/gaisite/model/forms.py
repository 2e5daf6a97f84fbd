"""A statutory form: sections, tables of lines, checks, and what continues from one form to the next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from gaisite.findings import Place, Severity
from gaisite.model.measures import NOTHING, Measures
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


class Relation(StrEnum):
    """How a line of a form continues one of the form before it."""

    SAME = "same"
    SUM_OF = "sum of"
    CAVEAT = "caveat"
    NOT_COMPARABLE = "not comparable"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the report; its tables stand after its narrative."""

    id: str
    heading: Texts
    guidance: Texts | None = None
    """What the notice demands of it."""
    tables: tuple[str, ...] = ()
    at_least: int = 0
    """How many characters its narrative needs; 0: any."""
    at_most: int = 0
    """How many it should have at most; 0: any number."""
    repeats: bool = False
    """Whether its text may well be the same from year to year: whom to ask, what the period is."""


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


class CheckKind(StrEnum):
    """How a check of a form compares figures; each kind is a function of the check stage."""

    TOTAL = "total"
    """A total line against the sum of its parts, across the table."""
    BALANCE = "balance"
    """The sum of some lines against the sum of others."""
    CARRY_OVER = "carry-over"
    """A line against the sum of lines of the year before, plus and minus lines of this year."""
    AT_LEAST = "at-least"
    """A line that must not be less than the sum of others, of this year or the one before."""
    AT_MOST = "at-most"
    """A line that must not be more than such a sum."""
    MENTIONS = "mentions"
    """A line that is not 0 against the words of a section's narrative."""
    STATES = "states"
    """Words of which one must stand in a section's narrative, whatever the figures."""


BOUNDS = frozenset({CheckKind.AT_LEAST, CheckKind.AT_MOST})
"""Kinds that do not demand equality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCheck:
    """One rule of a form about its figures, or about the narrative beside them."""

    id: str
    kind: CheckKind
    table: str
    """Empty where it is about no figure."""
    axis: Axis
    lines: tuple[str, ...]
    """Total: the total lines. Balance: the one side. Mentions: those to speak of. Else: the one line checked."""
    others: tuple[str, ...] = ()
    """Balance: the other side. Carry-over and bounds: the lines of the year before."""
    other_table: str = ""
    """Balance: the table of the other side; empty where it is the same."""
    plus: tuple[str, ...] = ()
    """Lines of this year that are added to those."""
    minus: tuple[str, ...] = ()
    """Lines of this year that are taken away from them."""
    section: str = ""
    """Mentions: the section whose narrative must speak of the lines. States: that of the words."""
    words: tuple[str, ...] = ()
    """Mentions and states: those of which one must stand there, in the form's language."""
    severity: Severity = Severity.ERROR
    title: Texts
    clause: Texts | None = None

    @property
    def looks_back(self) -> bool:
        """Whether it compares with the report of the year before."""
        return self.kind is not CheckKind.BALANCE and bool(self.others)

    @property
    def spans_gaps(self) -> bool:
        """Whether any earlier report will do where the year before has none: a bound to which no later year adds."""
        return self.looks_back and self.kind in BOUNDS and not self.plus and not self.minus

    @property
    def copies(self) -> bool:
        """Whether it is one line of the year before, as it was printed, that is carried over."""
        return self.kind is CheckKind.CARRY_OVER and len(self.others) == 1 and not self.plus and not self.minus


class ChartKind(StrEnum):
    """How a chart of a form draws its lines."""

    BAR = "bar"
    """A bar for each line."""
    PARTS = "parts"
    """One bar, divided among the lines."""
    STACKED = "stacked"
    """A bar for each line, a group, divided among those directly below it."""
    LINE = "line"
    """Each line over the years of an agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """A line that a chart draws."""

    id: str
    label: Texts | None = None
    """A name short enough for a chart; None: the line's own label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChart:
    """A chart that stands after a table; a group counts as the sum of its lines that are no totals."""

    id: str
    kind: ChartKind
    title: Texts
    table: str
    axis: Axis
    """The direction of the lines."""
    lines: tuple[ChartLine, ...]
    across: str
    """Id of the line with cells, in the other direction, along which they are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """How the cells at some addresses continue those at addresses of the earlier form."""

    relation: Relation
    here: tuple[Address, ...] = ()
    """One where cells continue others; none where they are only there."""
    there: tuple[Address, ...] = ()
    """In the earlier form; several where their sum is continued, none where the cells are only here."""
    note: Texts | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuity:
    """What continues from an earlier form; the break between the two has a reason in words."""

    form: str
    note: Texts
    continuations: tuple[Continuation, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A legal source of a form."""

    number: str
    title: Texts
    date: str
    """YYYY-MM-DD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """By when reports of one kind of agency must be public, in the year after the reporting year."""

    kinds: tuple[str, ...]
    """Kinds of agency, as in agency.yaml; empty for all others."""
    month: int
    day: int
    clause: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A statutory format, with all that the code knows about it."""

    id: str
    title: Texts
    """Title of a report, with `{year}` and `{agency}`."""
    short: Texts
    """A name of the form for navigation."""
    first_year: int
    last_year: int | None
    """None: still in force."""
    notices: tuple[Notice, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    checks: tuple[FormCheck, ...]
    continuity: tuple[Continuity, ...]
    """What continues from each of the forms before; several where forms ran side by side."""
    deadlines: tuple[Deadline, ...] = ()
    charts: tuple[FormChart, ...] = ()
    measures: Measures = NOTHING
    """With which words prose tells its figures."""

    @property
    def language(self) -> str:
        """The language of its official labels."""
        return self.title.language

    def continuity_with(self, earlier: str) -> Continuity | None:
        """What continues from the form of this id; None where this form does not say."""
        return next((each for each in self.continuity if each.form == earlier), None)

    def serves(self, year: int) -> bool:
        """Whether reports for this year use the form."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    def table(self, table_id: str) -> Table:
        """The table with this id; KeyError where there is none."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)

    def find_address(self, text: str) -> Address | None:
        """The table, line or cell that `table`, `table.row`, `table.row.column` or `table.*.column` names."""
        table_id, dot, rest = text.partition(".")
        for table in self.tables:
            if table.id == table_id:
                return table.find_address(rest) if dot else Address(table=table_id)
        return None

    def key_cells(self, chosen: Iterable[str] = ()) -> tuple[Address, ...]:
        """The cells that summarise a report, in order of importance: those chosen that are here, or else the form's."""
        own = [f"{table.id}.{cell}" for table in self.tables for cell in table.key_figures]
        named = [address for cell in chosen if (address := self.find_cell(cell)) is not None]
        return tuple(named or [address for cell in own if (address := self.find_cell(cell)) is not None])

    def find_cell(self, text: str) -> Address | None:
        """The cell that `table.row.column` names; None where there is none, or a group of them."""
        table_id, _, rest = text.partition(".")
        table = next((table for table in self.tables if table.id == table_id), None)
        return table.find_cell(rest) if table is not None else None

    def section_of(self, table_id: str) -> Section | None:
        """The section that prints this table."""
        return next((section for section in self.sections if table_id in section.tables), None)
