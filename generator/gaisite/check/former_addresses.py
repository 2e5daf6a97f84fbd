"""Former addresses of pages: none lies where another agency or page has its own, or the site its files."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gaisite.findings import Finding, Place, fault
from gaisite.model.portal import Alias, Redirect

INDEX = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Whose which addresses are."""

    owners: Collection[str]
    """The folders of the agencies, and the names of the portal's own pages: all that lies below is theirs."""
    reserved: Collection[str]
    """Names at the top that the site or its host has for itself, in small letters."""
    moved: Sequence[Alias] = ()
    """What the portal leaves to an agency that moved away from there."""


def check_former_addresses(redirects: Iterable[Redirect], addresses: Addresses) -> Iterator[Finding]:
    """A finding for each former address that is not for whoever lists it, used or not: it may be used tomorrow."""
    owners = {fold(owner): owner for owner in addresses.owners}
    left = frozenset(fold(folder_of(alias.path)) for alias in addresses.moved)
    told: set[Place] = set()
    for redirect in redirects:
        facts = find_holder(redirect, owners, left, addresses.reserved)
        # An agency that moved has one for each of its reports, all from one line.
        if facts and redirect.place not in told:
            told.add(redirect.place)
            found = redirect.path.removesuffix(INDEX)
            yield fault("alias-taken", redirect.place, found=found, **facts).finding


def find_holder(
    redirect: Redirect, owners: Mapping[str, str], left: frozenset[str], reserved: Collection[str]
) -> dict[str, str]:
    """Who holds an address, as facts of a finding; none where it is free for whoever lists it."""
    above = list_folders(fold(redirect.path))
    if above and above[-1] in reserved:
        return {"reserved": above[-1]}
    holder = next((owners[folder] for folder in above if folder in owners), redirect.owner)
    return {} if holder == redirect.owner or not left.isdisjoint(above) else {"holder": holder}


def list_folders(path: str) -> list[str]:
    """The folders that a file lies in, the innermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(len(parts), 0, -1)]


def folder_of(path: str) -> str:
    """The folder that an address stands for; of a file, the file itself."""
    return path.removesuffix(f"/{INDEX}")


def fold(path: str) -> str:
    """The same text for all paths that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
