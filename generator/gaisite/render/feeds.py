"""Files for machines: sitemap.xml, robots.txt, the Atom feed. Dates come from the reports, never from the clock."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from gaisite.model.summary import AgencySummary, ReportSummary
from gaisite.render.editions import list_alternates
from gaisite.render.frames import FEED
from gaisite.render.site import Site, absolute_url, page_path

SITEMAP = "sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ROWS = 25_000
"""Entries of one file: half of what is allowed, since an entry in many languages has 2 KB, and a file 50 MB at most."""
NEWEST = 500
"""Entries of the feed, which its readers fetch whole each time."""
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_sitemap(site: Site, pages: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """sitemap.xml, or an index of that name and its parts: path and content of each."""
    rows = list(list_rows(site, pages))
    parts = [rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS)]
    if len(parts) < 2:
        yield SITEMAP, write_rows(site, rows)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = "".join(f"<sitemap><loc>{escape(absolute_url(site.portal, name))}</loc></sitemap>\n" for name in names)
    yield SITEMAP, f'{XML}<sitemapindex xmlns="{NAMESPACE}">\n{listed}</sitemapindex>\n'.encode()
    for name, part in zip(names, parts, strict=True):
        yield name, write_rows(site, part)


def list_rows(site: Site, pages: Iterable[tuple[str, str]]) -> Iterator[str]:
    """An entry for each page, given with the date of its content, empty where none is known, in every language."""
    for path, date in sorted(pages):
        modified = f"<lastmod>{date[:10]}</lastmod>" if date else ""
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(each.language)} href={quoteattr(each.href)}/>'
            for each in list_alternates(site, path)
        )
        for edition in site.editions:
            address = escape(absolute_url(site.portal, f"{edition.prefix}{path}"))
            yield f"<url><loc>{address}</loc>{modified}{links}</url>\n"


def write_rows(site: Site, rows: Sequence[str]) -> bytes:
    """A sitemap of these entries."""
    links = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' if len(site.editions) > 1 else ""
    return f'{XML}<urlset xmlns="{NAMESPACE}"{links}>\n{"".join(rows)}</urlset>\n'.encode()


def write_robots(site: Site) -> bytes:
    """robots.txt: everything may be read; the sitemap's address where it is known."""
    sitemap = f"Sitemap: {absolute_url(site.portal, SITEMAP)}\n" if site.portal.base_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}".encode()


def write_feed(site: Site, agencies: Iterable[AgencySummary]) -> bytes:
    """The Atom feed: of the reports whose date of publication or correction is known the latest, these first."""
    portal = site.portal
    entries = [(report, agency) for agency in agencies for report in agency.reports if report.changed]
    entries.sort(key=lambda entry: (entry[0].changed, entry[1].id, entry[0].year), reverse=True)
    entries = entries[:NEWEST]
    updated = write_time(entries[0][0].changed, portal.utc_offset) if entries else "1970-01-01T00:00:00Z"
    home, feed = absolute_url(portal, page_path("")), absolute_url(portal, FEED)
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(site.language)}>\n'
        f"<title>{escape(portal.title)}</title>\n<id>{escape(home)}</id>\n<updated>{updated}</updated>\n"
        f'<link href={quoteattr(home)}/>\n<link rel="self" href={quoteattr(feed)}/>\n'
        f"<author><name>{escape(portal.owner or portal.title)}</name></author>\n"
        f"{''.join(write_entry(site, report, agency) for report, agency in entries)}</feed>\n"
    ).encode()


def write_entry(site: Site, report: ReportSummary, agency: AgencySummary) -> str:
    """One report in the feed; a corrected one says so, and when it was first published."""
    title = (
        site.words.fill("corrected_title", title=site.say(report.titles))
        if report.corrected
        else site.say(report.titles)
    )
    first = write_time(report.published, site.portal.utc_offset) if report.corrected and report.published else ""
    published = f"<published>{first}</published>" if first else ""
    url = absolute_url(site.portal, page_path(f"{agency.id}/{report.year}"))
    return (
        f"<entry><title>{escape(title)}</title><id>{escape(url)}</id><link href={quoteattr(url)}/>"
        f"{published}<updated>{write_time(report.changed, site.portal.utc_offset)}</updated>"
        f"<author><name>{escape(site.say(report.name))}</name></author></entry>\n"
    )


def write_time(published: str, utc_offset: str) -> str:
    """A date of publication as Atom wants it; without a time of day the day's beginning."""
    return datetime.fromisoformat(published).isoformat(timespec="seconds") + utc_offset
