"""Pages at former addresses: each leads on to where its page is now, at once and by a link."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from gaisite.model.content import Agency, Report
from gaisite.model.portal import Redirect, TextPage
from gaisite.render.site import Site, absolute_url, link_to, page_path
from gaisite.render.templates import render_template
from gaisite.render.views import AliasView

INDEX = "/index.html"


def render_aliases(site: Site, redirects: Iterable[Redirect], target: str, title: str) -> Iterator[tuple[str, bytes]]:
    """A page for each former address of the page at `target`."""
    for redirect in redirects:
        if redirect.target == target:
            view = AliasView(
                language=site.language,
                title=title,
                href=link_to(redirect.path, target),
                canonical=absolute_url(site.portal, target),
            )
            yield redirect.path, render_template(site.theme, "alias.html", view, site.words)


def redirect_agency(agency: Agency, reports: Sequence[Report]) -> Iterator[Redirect]:
    """The former addresses of an agency's pages: an agency that moved took its reports and its comparison along."""
    addresses = ["comparison"] if len(reports) > 1 else []
    addresses += [str(report.year) for report in reports]
    for alias in agency.aliases:
        yield Redirect(path=alias.path, target=page_path(agency.id), owner=agency.id, place=alias.place)
        folder = alias.path.removesuffix(INDEX)
        for address in addresses if alias.path.endswith(INDEX) else ():
            path, target = page_path(f"{folder}/{address}"), page_path(f"{agency.id}/{address}")
            yield Redirect(path=path, target=target, owner=agency.id, place=alias.place)
    for report in reports:
        for alias in report.narrative.aliases:
            yield Redirect(path=alias.path, target=page_path(report.id), owner=agency.id, place=alias.place)


def redirect_page(page: TextPage) -> Iterator[Redirect]:
    """The former addresses of a page of the portal's own."""
    for alias in page.aliases:
        yield Redirect(path=alias.path, target=page_path(page.slug), owner=page.slug, place=alias.place)


class Moved(Protocol):
    """An agency, as far as its former addresses go."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def redirects(self) -> tuple[Redirect, ...]:
        """The former addresses of its pages."""


def list_redirects(site: Site, agencies: Iterable[Moved]) -> Iterator[Redirect]:
    """All former addresses of the site's pages."""
    for page in site.pages:
        yield from redirect_page(page)
    for agency in agencies:
        yield from agency.redirects
