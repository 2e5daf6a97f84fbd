"""What site.yaml and the portal's own pages say."""

from dataclasses import dataclass

from gaisite.findings import Place, Severity
from gaisite.model.downloads import DownloadSetting, Format
from gaisite.model.prose import Prose


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
