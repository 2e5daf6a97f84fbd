"""What all agencies together have to do with addresses: who may say which one it had before."""

from collections.abc import Iterator, Sequence

from gaisite.build.project import Common
from gaisite.check.former_addresses import Addresses, check_former_addresses
from gaisite.findings import Finding
from gaisite.model.portal import Redirect
from gaisite.model.summary import AgencySummary
from gaisite.read.folders import RESERVED
from gaisite.render.aliases import redirect_page


def list_redirects(common: Common, agencies: Sequence[AgencySummary]) -> Iterator[Redirect]:
    """All former addresses of the site's pages."""
    for page in common.site.pages:
        yield from redirect_page(page)
    for agency in agencies:
        yield from agency.redirects


def check_addresses(common: Common, agencies: Sequence[AgencySummary]) -> Iterator[Finding]:
    """A finding for each former address that is not for whoever lists it."""
    languages = {site.prefix.rstrip("/").lower() for site in common.others}
    addresses = Addresses(
        owners=[*(agency.id for agency in agencies), *(page.slug for page in common.site.pages)],
        reserved=RESERVED | languages,
        moved=common.portal.moved,
    )
    yield from check_former_addresses(list_redirects(common, agencies), addresses)
