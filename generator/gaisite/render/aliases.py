"""Pages at former addresses: each leads on to where its page is now, at once and by a link."""

from collections.abc import Iterable, Iterator

from gaisite.model.portal import Alias
from gaisite.render.site import Site, absolute_url, link_to, page_path
from gaisite.render.templates import render_template
from gaisite.render.views import AliasView


def render_aliases(site: Site, aliases: Iterable[Alias], target: str, title: str) -> Iterator[tuple[str, bytes]]:
    """A page for each former address of the page at `target`."""
    for alias in aliases:
        view = AliasView(
            language=site.language,
            title=title,
            href=link_to(alias.path, target),
            canonical=absolute_url(site.portal, target),
        )
        yield alias.path, render_template(site.theme, "alias.html", view, site.words)


def follow_agency(aliases: Iterable[Alias], address: str) -> Iterator[Alias]:
    """The former addresses of a page below an agency: an agency that moved took its reports along."""
    for alias in aliases:
        if alias.path.endswith("/index.html"):
            yield Alias(path=page_path(f"{alias.path.removesuffix('/index.html')}/{address}"), place=alias.place)
