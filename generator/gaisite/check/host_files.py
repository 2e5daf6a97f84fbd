"""What hosts make of `_headers` and `_redirects`: where they look for them, and how much they read."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from gaisite.findings import Finding, Place, fault
from gaisite.model.hosting import CLOUDFLARE, GITLAB, HostFile, RedirectLimits
from gaisite.model.portal import Portal, Redirect
from gaisite.model.targets import Kind

AT_ROOT = {
    HostFile.HEADERS: "_headers",
    HostFile.REDIRECTS: "_redirects",
    HostFile.FORCED_REDIRECTS: "_redirects",
}
"""Those that hosts read at their own root only, and how they are called."""


def check_host_files(portal: Portal, base: str, lines: Sequence[tuple[str, Redirect]]) -> Iterator[Finding]:
    """What the hosts would not read; `base` is the site's path on the host, `lines` are those of `_redirects`."""
    place = portal.host_files_place or portal.place
    names = ", ".join(dict.fromkeys(AT_ROOT[each] for each in portal.host_files if each in AT_ROOT))
    if names and base != "/":
        yield fault("host-files-folder", place, names=names, path=base).finding
    yield from check_rules(lines, place, GITLAB if is_on_gitlab(portal) else CLOUDFLARE)


def is_on_gitlab(portal: Portal) -> bool:
    """Whether the site is known to go to GitLab Pages: by the host of a branch, or by its own address."""
    hosts = (target.host for target in portal.targets if target.kind is Kind.GIT)
    address = (urlsplit(portal.base_url).hostname or "").removesuffix(".")
    return address.endswith(".gitlab.io") or any("gitlab" in host.lower().split(".") for host in hosts)


def check_rules(lines: Sequence[tuple[str, Redirect]], place: Place, limits: RedirectLimits) -> Iterator[Finding]:
    """More rules, or longer ones, than are read: the pages at the former addresses lead on all the same."""
    host, size = limits.host, sum(len(line.encode()) for line, _ in lines)
    if len(lines) > limits.rules:
        yield fault("host-files-many", place, count=str(len(lines)), limit=str(limits.rules), host=host).finding
    if limits.bytes and size > limits.bytes:
        yield fault("host-files-large", place, size=str(size), limit=str(limits.bytes), host=host).finding
    if limits.characters:
        yield from check_lengths(lines, limits)


def check_lengths(lines: Sequence[tuple[str, Redirect]], limits: RedirectLimits) -> Iterator[Finding]:
    """Rules that are longer than a host reads, each former address once."""
    told: set[Place] = set()
    for line, redirect in sorted(lines, key=lambda each: len(each[0])):
        # An agency that moved has a rule for each of its reports, all from one line.
        if len(line.rstrip("\n")) > limits.characters and redirect.place not in told:
            told.add(redirect.place)
            found, limit = redirect.path.removesuffix("index.html"), str(limits.characters)
            yield fault("host-files-long", redirect.place, found=found, limit=limit, host=limits.host).finding
