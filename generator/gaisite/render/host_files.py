"""Files by which hosts of static sites are told what to do: `_headers`, `_redirects`, `.nojekyll`."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from gaisite.model.hosting import ASSETS, FOREVER, FRESH, Header, HostFile, list_headers
from gaisite.model.portal import Portal, Redirect
from gaisite.render.site import base_path

HEADERS, REDIRECTS, NO_JEKYLL = "_headers", "_redirects", ".nojekyll"


def render_host_files(portal: Portal, redirects: Iterable[Redirect]) -> Iterator[tuple[str, bytes]]:
    """The files that the portal wants: path and content of each."""
    wanted = portal.host_files
    if HostFile.HEADERS in wanted:
        headers = list_headers(search=bool(portal.search))
        yield HEADERS, write_headers(base_path(portal), headers).encode()
    if has_redirects(portal):
        yield REDIRECTS, "".join(line for line, _ in write_redirects(portal, redirects)).encode()
    if HostFile.NOJEKYLL in wanted:
        yield NO_JEKYLL, b""


def has_redirects(portal: Portal) -> bool:
    """Whether the portal wants `_redirects`."""
    return not {HostFile.REDIRECTS, HostFile.FORCED_REDIRECTS}.isdisjoint(portal.host_files)


def write_headers(base: str, headers: tuple[Header, ...]) -> str:
    """`_headers`, as Netlify and Cloudflare Pages read it.

    Of two values for a path the latter counts at Netlify; Cloudflare would join them, but for the line with `!`, which
    Netlify passes over.
    """
    lines = [f"{base}*", *(f"  {each.name}: {each.value}" for each in headers), f"  Cache-Control: {FRESH}"]
    for folder in ASSETS:
        lines += [f"{base}{folder}*", "  ! Cache-Control", f"  Cache-Control: {FOREVER}"]
    return "\n".join(lines) + "\n"


def write_redirects(portal: Portal, redirects: Iterable[Redirect]) -> Iterator[tuple[str, Redirect]]:
    """The lines of `_redirects`, by their address, each with the former address that it is for.

    Netlify shows the page at an address rather than follow a rule without `!`; Cloudflare knows no rule with it.
    """
    status = "301!" if HostFile.FORCED_REDIRECTS in portal.host_files else "301"
    base = base_path(portal)
    for each in sorted(redirects, key=lambda each: each.path):
        yield f"{write_address(base, each.path)} {write_address(base, each.target)} {status}\n", each


def write_address(base: str, path: str) -> str:
    """The address of a page from the host's root on."""
    return base + quote(path.removesuffix("index.html"))
