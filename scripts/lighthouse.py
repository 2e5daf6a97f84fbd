"""Lighthouse's four scores of the portal's home page, a report and a comparison: `make lighthouse`.

nginx serves the site with gaisite's own settings. Every score is to be 100, for a phone and for a desk; ends with 1 where
one is not.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from gaisite.publish.hosting import write_settings
from tests.browser.pages import CHROMIUM, build_portal
from tests.publish.servers import serve_with_nginx

FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run"
PAGES = ("index.html", "dongcheng/yongdingmenwai/2020/index.html", "pingtan/comparison/index.html")
DEVICES = {"phone": (), "desk": ("--preset=desktop",)}


def measure(lighthouse: Path, url: str, *options: str) -> dict[str, int]:
    """The median of three runs' scores, by category: what else a machine does moves the first by some points."""
    runs = [measure_once(lighthouse, url, *options) for _ in range(3)]
    return {name: round(statistics.median(run[name] for run in runs)) for name in runs[0]}


def measure_once(lighthouse: Path, url: str, *options: str) -> dict[str, int]:
    """The scores of a page by category, of 100; CalledProcessError where Lighthouse gives none."""
    found = next(path for path in (os.environ.get("GAISITE_CHROMIUM"), *map(shutil.which, CHROMIUM)) if path)
    command = [str(lighthouse), url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}", *options]
    done = subprocess.run(command, capture_output=True, check=True, env={**os.environ, "CHROME_PATH": found})
    return {name: round(100 * part["score"]) for name, part in json.loads(done.stdout)["categories"].items()}


def main(lighthouse: Path) -> int:
    """Measure and print; 0 where all is 100."""
    least = 100
    with tempfile.TemporaryDirectory() as folder:
        build_portal(Path(folder))
        # The host has an icon, which a browser asks for by itself.
        (Path(folder) / "favicon.ico").touch()
        with serve_with_nginx(Path(folder), write_settings("nginx", "/site/", search=False)) as port:
            for page in PAGES:
                for device, options in DEVICES.items():
                    scores = measure(lighthouse, f"http://127.0.0.1:{port}/site/{page}", *options)
                    least = min(least, *scores.values())
                    print(
                        f"{page} ({device}): {', '.join(f'{name} {score}' for name, score in scores.items())}",
                        flush=True,
                    )
    return 0 if least == 100 else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
