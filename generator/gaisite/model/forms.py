"""A statutory form: sections, tables of lines, checks, and what continues from one form to the next."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from gaisite.findings import Place
from gaisite.model.form_charts import FormChart
from gaisite.model.form_checks import FormCheck
from gaisite.model.measures import NOTHING, Measures
from gaisite.model.tables import Address, Table
from gaisite.texts import Texts


class Relation(StrEnum):
    """How a line of a form continues one of the form before it."""

    SAME = "same"
    SUM_OF = "sum of"
    CAVEAT = "caveat"
    NOT_COMPARABLE = "not comparable"
    ONLY_HERE = "only here"
    ONLY_THERE = "only there"


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
    traced: dict[tuple[str, Address], Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    """What each cell was in a form before, as far as it was asked for: every report asks the same."""
    courses: dict[Hashable, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Where the series of agencies are read whose latest form it is: `relate` keeps it."""

    own_key_cells: tuple[Address, ...] = field(init=False, repr=False, compare=False)
    """The cells that summarise a report, in order of importance."""

    def __post_init__(self) -> None:
        # Every report asks for them several times.
        named = (f"{table.id}.{cell}" for table in self.tables for cell in table.key_figures)
        cells = tuple(address for cell in named if (address := self.find_cell(cell)) is not None)
        object.__setattr__(self, "own_key_cells", cells)

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
        named = tuple(address for cell in chosen if (address := self.find_cell(cell)) is not None)
        return named or self.own_key_cells

    def find_cell(self, text: str) -> Address | None:
        """The cell that `table.row.column` names; None where there is none, or a group of them."""
        table_id, _, rest = text.partition(".")
        table = next((table for table in self.tables if table.id == table_id), None)
        return table.find_cell(rest) if table is not None else None

    def section_of(self, table_id: str) -> Section | None:
        """The section that prints this table."""
        return next((section for section in self.sections if table_id in section.tables), None)
