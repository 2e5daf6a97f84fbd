"""An agency's years related to one another: series, the breaks in them, and changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gaisite.model.content import Figure
from gaisite.model.forms import Relation
from gaisite.model.tables import Address, Line, Table
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One year of a series."""

    year: int
    figure: Figure
    """NOT_IN_FORM where that year's form has no such cell."""
    published: bool = True
    """False: the agency has no report for the year."""
    relation: Relation = Relation.SAME
    """How the cell relates to the one of the point before it."""
    note: Texts | None = None
    """Why it is not simply the same; only at a break."""
    unit: Texts | None = None
    """Where the report states it."""
    cells: tuple[Address, ...] = ()
    """The cells of that year's form that it is read from: mostly one, several where it is their sum."""


class Guard(StrEnum):
    """Why no change, or no percentage, is given."""

    NONE = "none"
    NO_FIGURE = "no figure"
    """One of the two is no number."""
    BREAK = "break"
    """The two years are not comparable."""
    GAP = "gap"
    """The year before has no report."""
    ZERO = "zero"
    """The earlier figure is 0: no percentage."""
    SMALL = "small"
    """The earlier figure is below 10: no percentage."""
    UNIT = "unit"
    """The two reports state different units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From one year's figure to the next's."""

    absolute: int | Decimal | None
    percent: Decimal | None
    """Rounded to one decimal; None where a guard forbids it."""
    guard: Guard
    caveat: bool = False
    """Comparable only with the note at the break in mind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One of the figures that summarise a report, beside that of the year before."""

    cell: Address
    figure: Figure
    unit: Texts | None
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """One cell over the years of an agency; agencies with the same figures may have the very same one."""

    cell: Address
    """In the form that names it: the latest that has it."""
    row: Line
    column: Line
    points: tuple[Point, ...]
    """One for each year from the first report to the last."""
    changes: tuple[Change, ...]
    """To each of the points from the one before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableHistory:
    """The series of one statutory table, named after the latest form that has them."""

    form: str
    table: Table
    rows: tuple[Line, ...]
    """Leaves, and the groups that count as one figure, in printed order."""
    columns: tuple[Line, ...]
    series: Mapping[tuple[str, str], Series]
    """By row id and column id; cells that another table's series continue are absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Between two years the form changed."""

    before: int
    """Last year of the earlier form."""
    after: int
    note: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that an agency's reports say over the years."""

    agency: str
    years: tuple[int, ...]
    """From the first report to the last, those without a report too."""
    published: tuple[int, ...]
    forms: Mapping[int, str]
    """By published year."""
    breaks: tuple[Break, ...]
    tables: tuple[TableHistory, ...]
    drafts: frozenset[int] = frozenset()
    """The years whose reports are drafts: what is blank there is not filled in yet."""

    def series(self, cell: str) -> Series | None:
        """The series of a cell `table.row.column`; None where no year has it."""
        for table in self.tables:
            table_id, _, line = cell.partition(".")
            if table_id != table.table.id:
                continue
            for column in table.columns:
                row = line.removesuffix(f".{column.id}")
                if row != line and (row, column.id) in table.series:
                    return table.series[row, column.id]
        return None
