"""What each template receives: one documented view, ready to print. Templates hold no computation."""

from dataclasses import dataclass

from gaisite.render.chart_parts import LineChart, Sparkline, TableCharts
from gaisite.render.parts import (
    FindingView,
    InfoRow,
    KeyFigureView,
    LinkView,
    PageFrame,
    ProseView,
    RollUpView,
    SentenceView,
    TableView,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyItem:
    """An agency in a list, with those below it."""

    name: str
    href: str
    kind: str
    """In words; empty where agency.yaml gives none."""
    years: tuple[LinkView, ...]
    children: tuple["AgencyItem", ...] = ()
    above: str = ""
    """The name of the agency above, in a list that does not show the one under the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearItem:
    """A year in a list."""

    year: int
    label: str
    href: str
    summary: str
    """How many of how many agencies have published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """home.html: the portal's agencies and years."""

    page: PageFrame
    introduction: str
    agencies: tuple[AgencyItem, ...]
    """Under their parents; the first of many one after the other."""
    agency_pages: tuple[LinkView, ...]
    """The pages of a long list; empty where there is but this one."""
    index: str
    """Address of the script that holds all agencies of a long list; empty for a short one."""
    years: tuple[YearItem, ...]
    forms: tuple[LinkView, ...]
    pages: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgenciesView:
    """agencies.html: a further page of a long list of agencies, all or those below one."""

    page: PageFrame
    agencies: tuple[AgencyItem, ...]
    agency_pages: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasView:
    """alias.html: a page at a former address."""

    language: str
    title: str
    """Of the page that it leads to."""
    href: str
    canonical: str
    """Absolute address of that page; empty where base_url is not set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """search.html: full-text search, which a script does in the browser."""

    page: PageFrame
    engine: str
    """Address of Pagefind's script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportItem:
    """A report in a list."""

    year: int
    title: str
    href: str
    published: str
    """As the report states it; the word for 'not stated' otherwise."""
    form: LinkView
    acknowledged: str
    """How many acknowledged problems, in words; empty for none."""
    below: str = ""
    """How many of how many agencies below are added up or compared with, in words; empty where none is."""
    corrected: str = ""
    """When it was corrected last, in words; empty where it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerView:
    """What was taken over from year to year, and whether it closes."""

    summary: str
    """How many figures were compared, and how that came out."""
    tables: tuple[TableView, ...]
    """One a check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """A file to download."""

    href: str
    """Empty where an earlier report offered it and it is gone."""
    label: str
    """Title, type and size: 年度报告（PDF，367 KB）."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadsView:
    """The figures of a page as files."""

    files: tuple[AttachmentView, ...]
    explanation: LinkView | None
    """To the page that explains them; None where there are only documents, which explain themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyView:
    """agency.html: one agency, its reports and its key figures over the years."""

    page: PageFrame
    information: tuple[InfoRow, ...]
    description: str
    reports: tuple[ReportItem, ...]
    """Latest first."""
    gaps: str
    """A sentence about years without a report between the first and the last; empty for none."""
    sparklines: tuple[Sparkline, ...]
    """Of the key figures of which the years show something."""
    key_figures: TableView | None
    breaks: tuple[str, ...]
    """A sentence for each break in the series shown."""
    ledger: LedgerView | None
    """None where no two years could be compared."""
    comparison: LinkView | None
    downloads: DownloadsView | None
    children: tuple[AgencyItem, ...]
    """Those directly below, the first of many."""
    children_pages: tuple[LinkView, ...]
    """The pages of a long list of these; empty where there is but this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonSection:
    """The tables of one statutory table over the years."""

    id: str
    heading: str
    charts: tuple[LineChart, ...]
    """Before the tables, which give the same figures."""
    tables: tuple[TableView, ...]
    sentences: tuple[SentenceView, ...]
    """A sentence a row: its latest figure, and how it differs from the year before."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    """comparison.html: every figure of an agency over all its years."""

    page: PageFrame
    introduction: str
    breaks: tuple[str, ...]
    contents: tuple[LinkView, ...]
    sections: tuple[ComparisonSection, ...]
    downloads: DownloadsView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A statutory section: its narrative, then its tables, then what does not add up in them."""

    id: str
    heading: str
    lang: str
    prose: ProseView | None
    tables: tuple[TableView, ...]
    charts: tuple[TableCharts, ...]
    """For the tables of which something can be drawn."""
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionItem:
    """A published figure that was corrected, or a computed total that changed with it."""

    id: str
    """Anchor."""
    date: str
    label: str
    """The cell in words."""
    lang: str
    cell: str
    """Anchor of the figure, without `#`; empty where it has no cell on the page."""
    sentence: str
    """What it was and what it is."""
    reason: str
    """Empty for a total that was computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """What was corrected at one time, and the page as it was before."""

    items: tuple[CorrectionItem, ...]
    earlier: LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class SupersededView:
    """The notice of a page that is no longer in force."""

    sentence: str
    present: LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """report.html: one report, whole."""

    page: PageFrame
    key_figures: tuple[KeyFigureView, ...]
    superseded: SupersededView | None
    """Where this is the page as it was before a correction."""
    draft: bool
    """Whether it is shown before its publication, as `--drafts` does."""
    corrections: tuple[RevisionView, ...]
    information: tuple[InfoRow, ...]
    notes: tuple[str, ...]
    """What readers must know about this transcription."""
    checks: str
    """A sentence: how many checks passed, failed, could not be assessed."""
    acknowledged: int
    contents: tuple[LinkView, ...]
    preamble: ProseView | None
    sections: tuple[SectionView, ...]
    roll_up: RollUpView | None
    """Where the report is the sum of those below, or is compared with it."""
    attachments: tuple[AttachmentView, ...]
    downloads: DownloadsView | None
    previous: LinkView | None
    next: LinkView | None
    comparison: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """year.html: the agencies of one year, or some of many, and those that are missing."""

    page: PageFrame
    summary: str
    """How many of how many have published, how many of them in time."""
    missing_from: LinkView | None
    """To the page on which those without a report begin; None where that is this one."""
    late: LinkView | None
    """To the list of those that published late; None where one page has all agencies, or none was late."""
    tables: tuple[TableView, ...]
    """One a form: agencies of different forms are not put into one table."""
    missing: tuple[LinkView, ...]
    """With the day by which each should have published."""
    pages: tuple[LinkView, ...]
    """The pages of a long list of agencies, this one too; empty where there is but one."""
    previous: LinkView | None
    next: LinkView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowView:
    """below.html: how the reports of many agencies stand, to a report above or in a year, some of them on each page."""

    page: PageFrame
    summary: str
    """Of how many of how many agencies the reports are added up, or came late."""
    table: TableView
    pages: tuple[LinkView, ...]
    """The pages of the list; empty where there is but one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProblem:
    """A failed check of some report, as the page of all checks lists it."""

    sentence: str
    reason: str
    """The publisher's own words; empty where nothing is acknowledged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemReport:
    """A report with what fails in it."""

    report: LinkView
    problems: tuple[KnownProblem, ...]
    """What nobody explains comes first."""
    more: str
    """How many more there are; empty where all are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemGroup:
    """An agency with its reports in which something fails."""

    agency: LinkView
    summary: str
    """How many of its reports have no problem."""
    reports: tuple[ProblemReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksView:
    """checks.html: which reports were checked against what, and how that came out."""

    page: PageFrame
    summary: str
    """How many of how many reports close."""
    reports: TableView
    """By agency; those without a problem in one row."""
    checks: tuple[TableView, ...]
    """The checks of each form, one a row; on the first page only."""
    problems: tuple[ProblemGroup, ...]
    pages: tuple[LinkView, ...]
    """The pages of a long list of agencies; empty where there is but one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """A check of a form, in the data dictionary."""

    id: str
    title: str
    severity: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuityItem:
    """What a form continues from one earlier form."""

    note: str
    table: TableView


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """form.html: the data dictionary of a form."""

    page: PageFrame
    information: tuple[InfoRow, ...]
    notices: tuple[InfoRow, ...]
    deadlines: tuple[InfoRow, ...]
    sections: tuple[InfoRow, ...]
    """Heading and what the notice demands."""
    tables: tuple[TableView, ...]
    checks: tuple[CheckItem, ...]
    continuity: tuple[ContinuityItem, ...]
    """One for each earlier form that it continues."""
    reports: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataView:
    """data.html: what the files for download are."""

    page: PageFrame
    introduction: str
    files: tuple[AttachmentView, ...]
    """Those of the whole portal."""
    catalogue: LinkView
    """Of all files, for data portals."""
    places: TableView
    """Which files there are, and where."""
    columns: tuple[TableView, ...]
    """One for each kind of table."""
    states: TableView
    licence: LinkView | None
    """None: the portal states none."""
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPageView:
    """page.html: a page of the portal's own."""

    page: PageFrame
    contents: tuple[LinkView, ...]
    """The headings of a long page."""
    prose: ProseView


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView:
    """404.html."""

    page: PageFrame
    home: str
