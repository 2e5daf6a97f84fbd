"""The checks of a form as formulas of a workbook: what is compared, where it stands, when it can be told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gaisite.model.content import BLANK, Figure
from gaisite.model.form_checks import CheckKind, FormCheck
from gaisite.model.forms import Form
from gaisite.model.sums import list_components
from gaisite.model.tables import Address, Axis, Line
from gaisite.texts import Texts

SIGNS = {CheckKind.AT_LEAST: ">=", CheckKind.AT_MOST: "<="}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell of a workbook, from 0."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One check along one line, as formulas without `=`."""

    title: Texts
    where: Texts
    """The label of the line along which it is made."""
    left: str
    right: str
    idle: str
    """True while nothing can be told: a side has no number."""
    holds: str
    places: tuple[Place, ...]
    """The cells that are in question."""


def spell_place(place: Place) -> str:
    """A cell on its own sheet, `C5`."""
    name, rest = "", place.column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(65 + letter) + name
    return f"{name}{place.row + 1}"


def spell_wholly(place: Place) -> str:
    """A cell from any sheet, not moved by where the formula stands."""
    cell = spell_place(place)
    letters = cell.rstrip("0123456789")
    return f"'{place.sheet}'!${letters}${cell[len(letters) :]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a comparison: a formula, and another for how many numbers are in it."""

    formula: str
    numbers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparer:
    """Makes formulas of a form's checks."""

    form: Form
    places: Mapping[Address, Place]
    last: Mapping[Address, Figure]
    """What last year's report says, named as in this form."""
    free: Collection[Address]
    """Totals that are no formulas: all others always agree."""

    def compare_all(self) -> Iterator[Comparison]:
        """The checks between cells, along each line."""
        for check in self.form.checks:
            if check.kind in (CheckKind.MENTIONS, CheckKind.STATES):
                continue
            across = Axis.COLUMNS if check.axis is Axis.ROWS else Axis.ROWS
            for line in self.form.table(check.table).leaves(across):
                if check.kind is CheckKind.TOTAL:
                    yield from self.compare_totals(check, line)
                elif check.kind is CheckKind.BALANCE:
                    yield from self.compare_lines(check, line)
                else:
                    yield from self.compare_years(check, line)

    def compare_totals(self, check: FormCheck, line: Line) -> Iterator[Comparison]:
        """Totals that the report says otherwise, against their parts."""
        table = self.form.table(check.table)
        for total in check.lines:
            own = table.find(check.axis, total)
            if own is not None and name_cell(check.table, check.axis, total, line.id) in self.free:
                left = self.find(check, (total,), line)
                yield compare(check, line, left, add_up(self.find(check, own.sum_of, line)))

    def compare_lines(self, check: FormCheck, line: Line) -> Iterator[Comparison]:
        """Some lines against others."""
        left, right = self.find(check, check.lines, line), self.find(check, check.others, line, check.other_table)
        if left and right:
            yield replace(compare(check, line, left, add_up(right)), places=(*left, *right))

    def compare_years(self, check: FormCheck, line: Line) -> Iterator[Comparison]:
        """A line against what last year's report says; nothing where that has no number."""
        left, plus, minus = (self.find(check, lines, line) for lines in (check.lines, check.plus, check.minus))
        cells = (name_cell(check.table, check.axis, other, line.id) for other in check.others)
        known = [self.last.get(cell, BLANK).value for cell in cells]
        if left and None not in known:
            constant = sum((Decimal(each) for each in known if each is not None), Decimal(0))
            formula = format(constant, "f") + "".join(f"+{add_up(plus).formula}" for _ in plus[:1])
            formula += "".join(f"-{add_up(minus).formula}" for _ in minus[:1])
            numbers = add_up((*plus, *minus)).numbers if plus or minus else "1"
            yield compare(check, line, left, Side(formula=formula, numbers=numbers))

    def find(self, check: FormCheck, lines: Sequence[str], across: Line, table: str = "") -> tuple[Place, ...]:
        """Where the cells of some lines stand, or of the parts below a group."""
        table = table or check.table
        parts = (part for line in lines for part in list_components(self.form.table(table), check.axis, line))
        cells = (name_cell(table, check.axis, part, across.id) for part in parts)
        return tuple(self.places[cell] for cell in cells if cell in self.places)


def compare(check: FormCheck, line: Line, left: tuple[Place, ...], right: Side) -> Comparison:
    """A comparison; to the tenth decimal, since a spreadsheet adds up in binary."""
    own = add_up(left)
    return Comparison(
        title=check.title,
        where=line.label,
        left=own.formula,
        right=right.formula,
        idle=f"OR({own.numbers}=0,{right.numbers}=0)",
        holds=f"ROUND({own.formula},10){SIGNS.get(check.kind, '=')}ROUND({right.formula},10)",
        places=left,
    )


def add_up(places: Sequence[Place]) -> Side:
    """The sum of cells."""
    cells = ",".join(map(spell_wholly, places))
    return Side(formula=f"SUM({cells})", numbers=f"COUNT({cells})")


def name_cell(table: str, axis: Axis, line: str, across: str) -> Address:
    """The cell where a line of an axis and one across it meet."""
    row, column = (line, across) if axis is Axis.ROWS else (across, line)
    return Address(table=table, row=row, column=column)
