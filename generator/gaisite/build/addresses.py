"""What all agencies together have to do with addresses: whose a former one is, and what hosts read of them."""

from collections.abc import Iterator, Sequence

from gaisite.build.project import Common
from gaisite.check.former_addresses import Addresses, check_former_addresses
from gaisite.check.host_files import check_host_files
from gaisite.findings import Finding
from gaisite.read.folders import RESERVED
from gaisite.render.aliases import Moved, list_redirects
from gaisite.render.host_files import has_redirects, write_redirects
from gaisite.render.site import base_path


def check_addresses(common: Common, agencies: Sequence[Moved]) -> Iterator[Finding]:
    """A finding for each former address that is not for whoever lists it, and for what hosts would not read of them."""
    redirects = tuple(list_redirects(common.site, agencies))
    languages = {site.prefix.rstrip("/").lower() for site in common.others}
    addresses = Addresses(
        owners=[*(agency.id for agency in agencies), *(page.slug for page in common.site.pages)],
        reserved=RESERVED | languages,
        moved=common.portal.moved,
    )
    yield from check_former_addresses(redirects, addresses)
    lines = tuple(write_redirects(common.portal, redirects)) if has_redirects(common.portal) else ()
    yield from check_host_files(common.portal, base_path(common.portal), lines)
