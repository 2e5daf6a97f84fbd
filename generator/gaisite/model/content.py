"""What an editor wrote: the portal, its agencies, their reports, figures and narrative."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gaisite.findings import Place
from gaisite.model.children import EVERY_YEAR, ChildrenRule, ReportingYears
from gaisite.model.portal import Alias
from gaisite.model.prose import Prose
from gaisite.model.record import Correction, Version
from gaisite.model.tables import Axis, Line, Table
from gaisite.texts import Texts


class State(StrEnum):
    """The four states of a figure; none is ever turned into another."""

    NUMBER = "number"
    BLANK = "blank"
    """The report leaves the cell empty; not zero."""
    NOT_IN_FORM = "not in this form"
    """The form of that year has no such cell."""
    NOT_APPLICABLE = "not applicable"
    """The report says that the cell does not apply."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The content of one cell: what it says, and what it counts."""

    state: State
    value: int | Decimal | None = None
    """The number; None in every other state."""
    text: str = ""
    """The number as published, with its sign and last zeros."""
    computed: bool = False
    """Left out by the report and summed from its parts here."""
    line: int = 0
    """Where it stands in figures.yaml; 0 where it does not."""
    column: int = 0


def tell_apart(figure: Figure) -> Hashable:
    """What a figure says, wherever it stands: where this is the same of two in cells of one type, they are the same."""
    # Most figures are plain numbers; an enum in a key would take more time than all else.
    if figure.value is not None and not figure.computed:
        return figure.text
    return figure.state.name, figure.text, figure.computed


BLANK = Figure(State.BLANK)
NOT_IN_FORM = Figure(State.NOT_IN_FORM)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A statutory table of one report: the form's table with the report's local rows, and its figures."""

    table: Table
    """With local rows in place."""
    figures: Mapping[tuple[str, str], Figure]
    """By row id and column id, one for every cell."""
    units: Mapping[str, Texts]
    """The units that the report states, by column id, where the form leaves them open."""
    place: Place
    """Of the table's key in figures.yaml; of the file where the table is missing."""
    missing_rows: tuple[str, ...] = ()
    """Row leaves of the form that figures.yaml does not name."""

    def figure(self, row: str, column: str) -> Figure:
        """The figure where two leaves cross; BLANK where the report has none."""
        return self.figures.get((row, column), BLANK)

    def line_figures(self, axis: Axis, line: str) -> tuple[Figure, ...]:
        """The figures along one leaf, in printed order."""
        if axis is Axis.ROWS:
            return tuple(self.figure(line, other.id) for other in self.table.leaves(Axis.COLUMNS))
        return tuple(self.figure(other.id, line) for other in self.table.leaves(Axis.ROWS))

    def unit(self, row: Line, column: Line) -> Texts | None:
        """The unit of a cell: as the report states it, otherwise as the form does."""
        return self.units.get(column.id) or self.table.cell_unit(row, column)

    def place_of(self, row: str, column: str) -> Place:
        """Where the figure stands; the table's own place where it is not written."""
        figure = self.figure(row, column)
        if not figure.line:
            return self.place
        length = max(len(figure.text), 1)
        return Place(file=self.place.file, line=figure.line, column=figure.column, length=length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """A failed check that the publisher knows of and explains."""

    check: str
    at: str
    """The cell or line that fails, by ids."""
    reason: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file beside the report: the signed original, for one."""

    path: str
    """From the report's folder, with `/`; empty where an earlier report offered a file that is gone."""
    title: str
    size: int
    """In bytes."""
    digest: str
    """sha256."""
    place: Place
    """Where report.md names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """report.md: what is told about the report, and its prose by section id."""

    place: Place
    title: str = ""
    """Empty: the form's title."""
    published: str = ""
    """As written: YYYY-MM-DD or YYYY-MM-DD HH:MM; empty where the source states none."""
    published_place: Place | None = None
    """Of that date; None where there is none."""
    source: str = ""
    """来源: who supplied it."""
    source_url: str = ""
    index_number: str = ""
    document_number: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """What readers must know about this transcription."""
    attachments: tuple[Attachment, ...] = ()
    draft: bool = False
    aliases: tuple[Alias, ...] = ()
    preamble: Prose | None = None
    sections: Mapping[str, Prose]
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where the fields of the front matter stand, by key."""

    def place_of(self, key: str) -> Place:
        """Where a field of the front matter stands; the file where it is not written."""
        return self.places.get(key, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One agency's report for one year."""

    agency: str
    year: int
    form: str
    tables: Mapping[str, ReportTable]
    acknowledgements: tuple[Acknowledgement, ...]
    narrative: Narrative
    place: Place
    """figures.yaml."""
    readable: bool = True
    """Whether every figure could be read: sums over the others would mislead."""
    children: ChildrenRule | None = None
    """What the reports of the agencies below are to it; None: nothing."""
    corrections: tuple[Correction, ...] = ()
    record: tuple[Version, ...] = ()
    """What was published of it, oldest first; none where nothing is recorded."""
    earlier: tuple["Report", ...] = ()
    """It as it was published before, one for each version that was superseded, oldest first."""

    @property
    def id(self) -> str:
        """`<agency>/<year>`, also its URL."""
        return f"{self.agency}/{self.year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyName:
    """A name of an agency and the first year in which it bore it."""

    name: Texts
    since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom a reader may ask."""

    office: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A body that reports; its id is its folder and its URL."""

    id: str
    names: tuple[AgencyName, ...]
    """The present name first, then the former ones, latest first."""
    kind: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    contact: Contact = Contact()
    description: str = ""
    aliases: tuple[Alias, ...] = ()
    reporting: ReportingYears = EVERY_YEAR
    place: Place

    @property
    def name(self) -> Texts:
        """The present name."""
        return self.names[0].name

    def name_in(self, year: int) -> Texts:
        """The name borne in a year."""
        for name in self.names:
            if name.since is None or name.since <= year:
                return name.name
        return self.names[-1].name
