"""What an editor wrote: the portal, its agencies, their reports, figures and narrative."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gaisite.findings import Place, Severity
from gaisite.model.children import EVERY_YEAR, ChildrenRule, ReportingYears
from gaisite.model.downloads import DownloadSetting, Format
from gaisite.model.forms import Axis, Line, Table
from gaisite.model.record import Correction, Version
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
class Heading:
    """A heading inside a section's narrative."""

    level: int
    text: str
    id: str


class PassageKind(StrEnum):
    """What a block of a narrative is."""

    TEXT = "text"
    """A paragraph, or one in a list or quotation."""
    HEADING = "heading"
    CELL = "cell"
    """Of a table in the narrative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a passage that stands in the file as it is read."""

    start: int
    """Index in the passage's text."""
    length: int
    line: int
    """In report.md, from 1."""
    column: int
    """From 1, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A block of a narrative as its readers see it, for checks that read its words."""

    kind: PassageKind
    text: str
    """Without markup; U+FFFC stands for a bound figure, code or a picture."""
    segments: tuple[Segment, ...]
    """By `start`; what no segment covers is typed otherwise than it is read."""
    place: Place
    """The first line of the block."""
    bound: tuple[tuple[Place, str], ...] = ()
    """Where each figure is bound, and what is printed there."""

    def place_of(self, start: int, length: int) -> Place:
        """Where a part of the text stands, markup inside it included; the block's line where that cannot be told."""
        first, last = self.find_segment(start), self.find_segment(start + max(length, 1) - 1)
        if first is None or last is None or first.line != last.line:
            return self.place
        column = first.column + start - first.start
        end = last.column + start + max(length, 1) - last.start
        return Place(file=self.place.file, line=first.line, column=column, length=end - column)

    def find_segment(self, index: int) -> Segment | None:
        """The segment that covers a character of the text."""
        return next((each for each in self.segments if each.start <= index < each.start + each.length), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Rendered Markdown; the only HTML that reaches a template."""

    html: str
    text: str
    headings: tuple[Heading, ...] = ()
    passages: tuple[Passage, ...] = ()
    """Its blocks in order."""
    place: Place | None = None
    """Of the heading over it."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A labelled link: breadcrumb roots, footer."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSetting:
    """How much the portal wants one check to matter."""

    check: str
    severity: Severity
    place: Place
    """Of the id in site.yaml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigureSetting:
    """A cell that the portal wants to summarise its reports."""

    cell: str
    """`table.row.column`."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """site.yaml."""

    title: str
    language: str
    base_url: str = ""
    """Where the site will lie, with a final `/`; empty: unknown, then no sitemap and no feed."""
    utc_offset: str = "+08:00"
    """Of the times in the reports, for the feed."""
    theme: str = "civic"
    description: str = ""
    owner: str = ""
    site_name: str = ""
    """Of the host site, for the page tags; empty: the title."""
    site_domain: str = ""
    site_code: str = ""
    """网站标识码."""
    column_name: str = ""
    column_description: str = ""
    column_keywords: tuple[str, ...] = ()
    breadcrumb: tuple[Link, ...] = ()
    """The host site's levels above this one."""
    footer: tuple[tuple[str, str], ...] = ()
    """Label and text of each identifier or contact."""
    footer_links: tuple[Link, ...] = ()
    key_figures: tuple[KeyFigureSetting, ...] = ()
    """Cells to show as key figures; empty, or none of them in a form: as the form says."""
    checks: tuple[CheckSetting, ...] = ()
    downloads: tuple[DownloadSetting, ...] = ()
    """The formats offered, each once; none: no data is offered."""
    licence: Link | None = None
    """Under which the data may be used: its name, and where it can be read (empty where nowhere)."""
    place: Place

    @property
    def key_cells(self) -> tuple[str, ...]:
        """The cells of `key_figures`."""
        return tuple(each.cell for each in self.key_figures)

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats offered."""
        return tuple(setting.format for setting in self.downloads)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page of the portal's own: content/pages/<slug>.md."""

    slug: str
    title: str
    parts: tuple[tuple[str, Prose], ...]
    """Heading and prose of each part; the first heading may be empty."""
    place: Place
    description: str = ""
