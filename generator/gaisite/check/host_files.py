"""What hosts make of `_headers` and `_redirects`: where they look for them, and how much they read."""

from collections.abc import Iterator, Sequence

from gaisite.findings import Finding, Place, fault
from gaisite.model.hosting import MOST_CHARACTERS, MOST_REDIRECTS, HostFile
from gaisite.model.portal import Portal, Redirect

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
    yield from check_rules(lines, place)


def check_rules(lines: Sequence[tuple[str, Redirect]], place: Place) -> Iterator[Finding]:
    """More rules, or longer ones, than are read: the pages at the former addresses lead on all the same."""
    if len(lines) > MOST_REDIRECTS:
        yield fault("host-files-many", place, count=str(len(lines)), limit=str(MOST_REDIRECTS)).finding
    told: set[Place] = set()
    for line, redirect in sorted(lines, key=lambda each: len(each[0])):
        # An agency that moved has a rule for each of its reports, all from one line.
        if len(line.rstrip("\n")) > MOST_CHARACTERS and redirect.place not in told:
            told.add(redirect.place)
            found = redirect.path.removesuffix("index.html")
            yield fault("host-files-long", redirect.place, found=found, limit=str(MOST_CHARACTERS)).finding
