"""Writes one big site over another until it is killed: `endless_builds.py MODE SITE`."""

import sys
from itertools import count
from pathlib import Path

from tests.write.modes import put_by
from tests.write.sites import build

PAGES = 60


def pages(generation: int) -> dict[str, bytes]:
    """A site of which half changes from generation to generation, and some pages come and go."""
    files = {f"kept/{page}.html": b"as ever" for page in range(PAGES)}
    files |= {f"{page}/index.html": f"generation {generation} ".encode() * 500 for page in range(PAGES)}
    return files | {f"only/{generation}/{page}.html": b"now" for page in range(10)} | {"generation": b"%d" % generation}


def main(mode: str, site: Path) -> None:
    with put_by(mode, site):
        for generation in count():
            build(site, pages(generation))
            print(generation, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
