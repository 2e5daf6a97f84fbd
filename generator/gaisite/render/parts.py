"""What views are made of: links, tables, findings, prose, and the frame around every page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link, or the place where the reader is."""

    label: str
    href: str = ""
    """Relative to the page; empty for the page itself."""
    current: bool = False
    external: bool = False
    lang: str = ""
    """Where the label is in another language than the page."""
    note: str = ""
    """What is said beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaTag:
    """A page tag of the head, `<meta name content>`."""

    name: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoRow:
    """A label with its text: information tables, footers."""

    label: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFrameView:
    """What the host site puts around a page."""

    header: str
    """Markup, as the portal's owner gives it; empty for none."""
    footer: str
    styles: tuple[str, ...]
    """Addresses of its style sheets."""
    only: bool
    """Whether it takes the place of the portal's own header and footer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateView:
    """The same page in another language, for search engines."""

    language: str
    """A tag, or x-default."""
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """All that base.html prints around a page's content."""

    language: str
    title: str
    """Of the document: title_column_site."""
    heading: str
    """The page's only h1."""
    root: str
    """From the page to the site's root: empty or `../` repeated."""
    canonical: str
    """Absolute; empty where base_url is not set."""
    description: str
    meta: tuple[MetaTag, ...]
    breadcrumb: tuple[LinkView, ...]
    """From the host site down to this page, which comes last and is current."""
    navigation: tuple[LinkView, ...]
    site_title: str
    owner: str
    stylesheet: str
    """Relative address of the style sheet, a hash of its content in its name."""
    script: str
    """Relative address of the script; empty where the theme has none. Every page must do without it."""
    feed: str
    """Relative address of the Atom feed; empty where there is none."""
    footer: tuple[InfoRow, ...]
    footer_links: tuple[LinkView, ...]
    heading_lang: str = ""
    """Where the heading is in another language than the page."""
    languages: tuple[LinkView, ...] = ()
    """The page in each language, this one too; empty where there is but one."""
    alternates: tuple[AlternateView, ...] = ()
    host: HostFrameView | None = None
    searches: bool = False
    """Whether the page looks things up, which takes WebAssembly and files of the site."""
    dataset: str = ""
    """The data beside the page as JSON-LD, for search engines; safe in a script element, where nothing of it runs."""
    dataset_hash: str = ""
    """`sha256-…` of that text, for the policy: checkers take the element for a script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCell:
    """A header cell."""

    id: str
    text: str
    scope: str
    """col, colgroup, row or rowgroup."""
    headers: str = ""
    """Ids of the header cells above it, outer to inner."""
    colspan: int = 1
    rowspan: int = 1
    numeric: bool = False
    unit: str = ""
    href: str = ""
    """Where the label leads, for tables that list pages."""
    lang: str = ""
    note: str = ""
    """A short word after the label: a break, a caveat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCell:
    """A cell with a figure or a text; never empty."""

    headers: str
    """Ids of its row headers, then of its column headers, outer to inner."""
    kind: str = "number"
    """number, text, blank, not-in-form, not-applicable, no-report or no-change."""
    text: str = ""
    """What is seen."""
    spoken: str = ""
    """What is spoken instead of what is seen; empty where that is the same."""
    id: str = ""
    """Anchor of a figure, `applications.new.total`; empty where the table repeats figures of other pages."""
    unfilled: bool = False
    """Blank because it is a draft's, and nobody has filled it in yet."""
    computed: bool = False
    """Summed here because the report left it out."""
    difference: str = ""
    """The words beside a figure whose check failed: 差 6."""
    difference_href: str = ""
    """To the finding that explains it."""
    corrected: str = ""
    """The mark of a figure that was corrected after its publication."""
    corrected_href: str = ""
    """To the notice that tells of it."""
    note: str = ""
    """Mark of a note under the table, for caveats: ①."""
    href: str = ""
    lang: str = ""
    after_break: bool = False
    """The first year after a break: a line is drawn before it."""
    value: str = ""
    """What it is sorted by, in a table that can be; empty where there is nothing, which comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row: its header cells, then its cells."""

    heads: tuple[HeadCell, ...]
    cells: tuple[DataCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGroup:
    """A colgroup element."""

    span: int
    stub: bool = False
    """Holds row headers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableNote:
    """A note under a table."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table as it is marked up; every data cell knows its headers."""

    id: str
    caption: str
    unit: str = ""
    groups: tuple[ColumnGroup, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    bodies: tuple[tuple[TableRow, ...], ...]
    notes: tuple[TableNote, ...] = ()
    kind: str = "figures"
    """figures, comparison or list: a class for the theme."""
    data: LinkView | None = None
    """The same figures as a plain table, to download."""
    sortable: bool = False
    """Whether a script may sort its rows by any column."""
    partial: bool = False
    """Whether its rows are a part of a list over several pages, so that sorting sorts that part alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """A sentence about a row of a table."""

    label: str
    """The row, with the groups that it stands in."""
    text: str
    lang: str = ""
    """Of the label, where it is not the page's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigureView:
    """A figure that summarises a report."""

    label: str
    href: str
    """To its cell."""
    text: str
    """The figure as published, or the sign of its state."""
    spoken: str = ""
    """What is spoken instead of a sign; empty where what is seen can be spoken."""
    unit: str = ""
    difference: str = ""
    """The words beside a figure whose check failed: 差 6."""
    difference_href: str = ""
    """To the finding that explains it."""
    change: str = ""
    """From the year before, in words; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A failed check that the publisher has acknowledged, or a warning, in words."""

    id: str
    """Anchor."""
    check: str
    """What it is called on the page: 核对说明1."""
    sentence: str
    """What is printed, what its parts give, by how much they differ."""
    reason: str
    """The publisher's own words; empty where nothing is acknowledged."""
    cell: str = ""
    """Anchor of the figure it is about, without `#`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpAgency:
    """An agency below in a list."""

    link: LinkView
    """To its report; to its own page where it has none."""
    note: str = ""
    """When it published, or on which form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpGroup:
    """Agencies below whose reports stand alike."""

    label: str
    agencies: tuple[RollUpAgency, ...]
    """None where they are too many for a page."""
    listed: LinkView | None = None
    """To the pages that list so many; None where they are listed here, or with all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpView:
    """What a report has to do with those of the agencies below."""

    id: str
    """Anchor of the heading."""
    heading: str
    summary: str
    """Of how many of how many agencies the reports are added up."""
    groups: tuple[RollUpGroup, ...]
    """Those that are in, late, missing, on another form, with wrong totals."""
    listed: LinkView | None
    """To the pages that list all agencies below, where they are many."""
    agreement: str
    """How many cells agree with the sum, how many do not; empty where nothing is compared."""
    table: TableView | None
    """The cells that differ or are adjusted; None where there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseView:
    """Rendered narrative: `html` is the one thing that a template prints unescaped."""

    html: str
    lang: str = ""
    """Where it is in another language than the page."""
