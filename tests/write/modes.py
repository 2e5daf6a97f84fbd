"""The three ways in which a site is put in its place, for scripts and tests that try them all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

MODES = ("exchange", "two renames", "in place")


@contextmanager
def put_by(mode: str, site: Path) -> Iterator[None]:
    """Let the site be put in its place in this way only."""
    if mode == "exchange":
        yield
    elif mode == "two renames":
        with patch("gaisite.write.exchange.exchange_folders", lambda *_: False):
            yield
    else:
        with patch("os.path.ismount", lambda path: Path(path) == site):
            yield
