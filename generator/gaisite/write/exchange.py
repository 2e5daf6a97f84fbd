"""The step in which the new site takes the place of the old one: in one go, so that no reader sees a mixture."""

import errno
import os
import sys
from pathlib import Path

from gaisite.write.files import discard, sync
from gaisite.write.folders import retired_path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class ExchangeRefused(Exception):
    """The system exchanges no folders here: the site is, or seems to be, a mount point."""


def put_site(staging: Path, site: Path) -> None:
    """Put the new site in its place; the old one, if any, is at `staging` afterwards, or gone."""
    try:
        if not os.path.lexists(site):
            os.rename(staging, site)
        elif not exchange_folders(staging, site):
            _rename_both(staging, site)
    except OSError as error:
        if error.errno in (errno.EBUSY, errno.EXDEV):
            raise ExchangeRefused from error
        raise
    sync([site.parent])


def exchange_folders(one: Path, other: Path) -> bool:
    """Let two folders swap names in one step; False where the system or the disk does not offer that."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)


def _rename_both(staging: Path, site: Path) -> None:
    retired = retired_path(site)
    try:
        os.rename(site, retired)
        os.rename(staging, site)
    finally:
        # A build that is killed in between leaves the old site at `retired`: the next one puts it back first.
        if os.path.lexists(site):
            discard(retired)
        else:
            os.rename(retired, site)
