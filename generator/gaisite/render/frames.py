"""The frame of a page: title, page tags, breadcrumb, navigation, footer."""

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from gaisite.model.portal import Link, Portal
from gaisite.render.downloads import link_data_page
from gaisite.render.editions import is_page, link_editions, list_alternates
from gaisite.render.parts import HostFrameView, InfoRow, LinkView, MetaTag, PageFrame
from gaisite.render.site import Site, absolute_url, is_relative, link_to, page_path, root_of

FEED = "feed.xml"
SEARCH_PAGE = "search"
NAMED_PAGES = 25
"""So many of the portal's own pages every page names; more of them would make a site grow with their square."""
PAGES_HEADING = "pages"
"""The heading on the home page under which they are all listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the page tags of an article say (国办发〔2017〕47号, 网页标签规范)."""

    title: str
    published: str
    source: str
    author: str
    keywords: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """What a page says of itself."""

    heading: str
    trail: tuple[LinkView, ...] = ()
    """From the home page to it, both left out."""
    article: Article | None = None
    """For pages that are articles: reports."""
    description: str = ""
    """Empty: the portal's."""
    lang: str = ""
    """Of the heading, where it is not the page's language."""
    dataset: str = ""
    """The data beside the page as JSON-LD; empty for none."""


def frame_page(site: Site, path: str, head: PageHead) -> PageFrame:
    """The frame of the page at a path."""
    portal = site.portal
    canonical = absolute_url(portal, f"{site.prefix}{path}")
    return PageFrame(
        language=site.language,
        title=title_document(site, head.heading, home=path == page_path("")),
        heading=head.heading,
        root=root_of(path),
        canonical=canonical,
        description=head.description or portal.description,
        meta=(*tag_site(site), *(tag_article(head.article, canonical) if head.article else ())),
        breadcrumb=make_breadcrumb(site, path, head),
        navigation=make_navigation(site, path),
        site_title=portal.title,
        owner=portal.owner,
        stylesheet=link_to(path, site.stylesheet),
        script=link_to(path, site.script) if site.script else "",
        feed=link_to(path, FEED) if portal.base_url else "",
        footer=make_footer(site),
        footer_links=(
            *(view_link(link, path, portal) for link in portal.footer_links),
            *([link_data_page(site, path)] if portal.formats else []),
        ),
        heading_lang=head.lang,
        languages=link_editions(site, path) if is_page(path) else (),
        alternates=list_alternates(site, path),
        host=frame_host(site, path),
        dataset=head.dataset,
        dataset_hash=hash_inline(head.dataset) if head.dataset else "",
    )


def frame_host(site: Site, path: str) -> HostFrameView | None:
    """What the host site puts around a page; None where it gives nothing."""
    host = site.portal.host
    if host is None:
        return None
    styles = tuple(place_link(style, path) for style in host.styles)
    return HostFrameView(header=host.header, footer=host.footer, styles=styles, only=host.only)


def hash_inline(text: str) -> str:
    """The hash by which a policy names the text of an element."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def title_document(site: Site, heading: str, *, home: bool) -> str:
    """The document's title, 标题_栏目_站名; parts that would repeat another are left out."""
    parts = [heading, site.portal.column_name or site.portal.title, site.portal.site_name]
    if home:
        parts = [site.portal.title, site.portal.site_name]
    return "_".join(dict.fromkeys(part for part in parts if part))


def tag_site(site: Site) -> tuple[MetaTag, ...]:
    """The page tags of the host site and of its column; none without content."""
    portal = site.portal
    domain = portal.site_domain or urlsplit(portal.base_url).netloc
    tags = (
        ("SiteName", portal.site_name or portal.title),
        ("SiteDomain", domain),
        ("SiteIDCode", portal.site_code),
        ("ColumnName", portal.column_name or portal.title),
        ("ColumnDescription", portal.column_description or portal.description),
        ("ColumnKeywords", ",".join(portal.column_keywords)),
        ("ColumnType", site.words.optional("column_type")),
    )
    return tuple(MetaTag(name=name, content=content) for name, content in tags if content)


def tag_article(article: Article, canonical: str) -> tuple[MetaTag, ...]:
    """The page tags of an article; none without content, never a date that the source does not state."""
    tags = (
        ("ArticleTitle", article.title),
        ("PubDate", article.published),
        ("ContentSource", article.source),
        ("Keywords", ",".join(article.keywords)),
        ("Author", article.author),
        ("Description", article.description),
        ("Url", canonical),
    )
    return tuple(MetaTag(name=name, content=content) for name, content in tags if content)


def make_breadcrumb(site: Site, path: str, head: PageHead) -> tuple[LinkView, ...]:
    """From the host site's levels to this page, which comes last."""
    home = path == page_path("")
    host = tuple(LinkView(label=link.label, href=place_link(link.url, path)) for link in site.portal.breadcrumb)
    here = LinkView(label=site.portal.title if home else head.heading, current=True)
    if home:
        return (*host, here)
    start = LinkView(label=site.portal.title, href=link_to(path, page_path("")))
    return (*host, start, *head.trail, here)


def make_navigation(site: Site, path: str) -> tuple[LinkView, ...]:
    """The links to the portal's main pages, of many own ones the first by their order."""
    targets = [(site.words.home, page_path(""))]
    targets += [(page.title, page_path(page.slug)) for page in site.pages[:NAMED_PAGES]]
    links = [LinkView(label=label, href=link_to(path, target), current=target == path) for label, target in targets]
    if len(site.pages) > NAMED_PAGES:
        links.append(LinkView(label=site.words.more_pages, href=f"{link_to(path, page_path(''))}#{PAGES_HEADING}"))
    if site.portal.search:
        target = page_path(SEARCH_PAGE)
        links.append(LinkView(label=site.words.search, href=link_to(path, target), current=target == path))
    return tuple(links)


def make_footer(site: Site) -> tuple[InfoRow, ...]:
    """The owner, the site code and what else site.yaml puts into the footer."""
    rows = [InfoRow(label=item.label, text=item.text, href=item.url) for item in site.portal.footer]
    if site.portal.site_code:
        rows.append(InfoRow(label=site.words.site_code, text=site.portal.site_code))
    return tuple(rows)


def view_link(link: Link, path: str, portal: Portal) -> LinkView:
    """A link that site.yaml gives; one to another host is marked as leading away."""
    host = urlsplit(link.url).netloc
    external = bool(host) and host != urlsplit(portal.base_url).netloc
    return LinkView(label=link.label, href=place_link(link.url, path), external=external)


def place_link(url: str, path: str) -> str:
    """An address that site.yaml gives, as seen from a page: a relative one begins at the portal's root."""
    return root_of(path) + url if is_relative(url) else url
