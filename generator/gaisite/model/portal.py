"""What site.yaml and the portal's own pages say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gaisite.findings import Place, Severity
from gaisite.model.attachments import USUAL
from gaisite.model.downloads import DOCUMENTS, DownloadSetting, Format
from gaisite.model.hosting import HostFile
from gaisite.model.prose import Prose
from gaisite.model.targets import Target
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A labelled link: breadcrumb roots, footer."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A former address of a page."""

    path: str
    """The file at it, from the portal's root."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """A former address, and where it leads."""

    path: str
    """The file at it, from the portal's root."""
    target: str
    """The file of the page that it leads to."""
    owner: str
    """The folder of the agency, or the name of the portal's own page, that lists it."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterItem:
    """An identifier or contact in the footer."""

    label: str
    text: str
    url: str = ""
    """Where it leads: the register in which it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFrame:
    """What the host site puts around every page: markup, as it is."""

    header: str = ""
    footer: str = ""
    styles: tuple[str, ...] = ()
    """Addresses of its style sheets, on the same host."""
    only: bool = False
    """Whether the portal's own header and footer are left out."""


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
    """Of the pages."""
    languages: tuple[str, ...] = ()
    """All languages in which there are pages, the main one first."""
    texts: Mapping[str, Texts] = field(default_factory=dict)
    """What is given in several languages, by the name of the field."""
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
    footer: tuple[FooterItem, ...] = ()
    host: HostFrame | None = None
    footer_links: tuple[Link, ...] = ()
    key_figures: tuple[KeyFigureSetting, ...] = ()
    """Cells to show as key figures; empty, or none of them in a form: as the form says."""
    checks: tuple[CheckSetting, ...] = ()
    downloads: tuple[DownloadSetting, ...] = ()
    """The formats offered, each once; none: nothing is offered."""
    licence: Link | None = None
    """Under which the data may be used: its name, and where it can be read (empty where nowhere)."""
    search: str = ""
    """What full-text search is done with; empty: there is none."""
    search_place: Place | None = None
    """Where site.yaml asks for it."""
    targets: tuple[Target, ...] = ()
    """Where the site may be published."""
    host_files: tuple[HostFile, ...] = ()
    """The files for hosts that are written with the site, each once."""
    host_files_place: Place | None = None
    """Where site.yaml asks for them."""
    moved: tuple[Alias, ...] = ()
    """Former addresses below one agency that another may have kept when it moved away from there."""
    attachments: frozenset[str] = USUAL
    """The endings of files that reports may attach."""
    place: Place

    def within(self, language: str) -> "Portal":
        """The settings for the pages in another language."""
        said = {name: texts.within(language) for name, texts in self.texts.items()}
        return replace(self, language=language, **said)  # type: ignore[arg-type]

    @property
    def key_cells(self) -> tuple[str, ...]:
        """The cells of `key_figures`."""
        return tuple(each.cell for each in self.key_figures)

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats in which figures are offered."""
        return tuple(setting.format for setting in self.downloads if setting.format not in DOCUMENTS)

    @property
    def documents(self) -> tuple[Format, ...]:
        """The formats in which reports are offered as documents."""
        return tuple(setting.format for setting in self.downloads if setting.format in DOCUMENTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page of the portal's own: content/pages/<slug>.md."""

    slug: str
    title: str
    parts: tuple[tuple[str, Prose], ...]
    """Heading and prose of each part; the first heading may be empty."""
    place: Place
    aliases: tuple[Alias, ...] = ()
    language: str = ""
    """Empty: the portal's main language."""
    description: str = ""
