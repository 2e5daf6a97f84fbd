"""The site in a further language: the same pages below a folder of their own, the same files for download beside them.

Pages are rendered as if they lay at the root. Links from page to page then hold as they are; those to what there is
once only, data, attachments, style sheets, are led out of the folder.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator

from gaisite.render.parts import AlternateView, LinkView
from gaisite.render.site import Edition, Site, absolute_url, link_to

LINK = re.compile(r'( (?:href|src|data-search|data-filter)=")([^"#?:]+)(?=[#?"])')
"""A relative address in an attribute; one with a scheme has a colon."""
LEADS_ON = b'<meta http-equiv="refresh"'
INDEX = "index.html"


def place_edition(site: Site, pages: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The pages of a site in a further language, where they belong; all that is there once only is left out."""
    for path, content in pages:
        if is_page(path) and LEADS_ON not in content:
            yield f"{site.prefix}{path}", lead_out(content.decode("utf-8"), path, site.prefix).encode()


def is_page(path: str) -> bool:
    """Whether a path is that of a page which every language has."""
    return path == INDEX or path.endswith(f"/{INDEX}")


def lead_out(page: str, path: str, prefix: str) -> str:
    """A page whose links to what lies outside the folder of its language are right."""
    folder = posixpath.dirname(path)

    def correct(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link[2]))
        if link[2].startswith("/") or target.startswith("..") or is_page(target):
            return link[0]
        return f"{link[1]}{posixpath.relpath(target, posixpath.join(prefix, folder))}"

    return LINK.sub(correct, page)


def link_editions(site: Site, path: str) -> tuple[LinkView, ...]:
    """The same page in each language, the present one too; none where there is but one."""
    if len(site.editions) < 2:
        return ()
    here = f"{site.prefix}{path}"
    return tuple(
        LinkView(
            label=edition.name,
            href="" if edition.language == site.language else link_to(here, f"{edition.prefix}{path}"),
            current=edition.language == site.language,
            lang=edition.language,
        )
        for edition in site.editions
    )


def list_alternates(site: Site, path: str) -> tuple[AlternateView, ...]:
    """The addresses of the same page for search engines; none where they are not known, or there is but one."""
    if len(site.editions) < 2 or not site.portal.base_url or not is_page(path):
        return ()
    found = [AlternateView(language=each.language, href=locate(site, each, path)) for each in site.editions]
    return (*found, AlternateView(language="x-default", href=locate(site, site.editions[0], path)))


def locate(site: Site, edition: Edition, path: str) -> str:
    """The address of a page in a language."""
    return absolute_url(site.portal, f"{edition.prefix}{path}")
