"""`gaisite build --fragment`: beside the site, the content of each page alone, for a content management system."""

from collections.abc import Iterator
from pathlib import Path

from gaisite.render.fragments import write_fragment
from gaisite.write import Output, Written, check_output_folder, lock_site, read_manifest, write_site

FOLDER = "fragments"
"""Where they go, beside the site."""
LEFT_OUT = ("404.html", "search/index.html")
"""Pages that are nothing without the rest of the site."""
LEADS_ON = b'<meta http-equiv="refresh"'


def write_fragments(site: Path, folder: Path, base_url: str, others: tuple[Path, ...], *, force: bool) -> Written:
    """Write the content of every page of a site into a folder, under the page's own path.

    `base_url` makes links whole; without it they stay as they are on the page. ContentError where the folder cannot
    be written, or lies in one of the others.
    """
    check_output_folder(folder, *others, site, force=force)
    with lock_site(folder) as lock:
        return write_site(folder, list_fragments(site, base_url), force=force, lock=lock)


def list_fragments(site: Path, base_url: str) -> Iterator[Output]:
    """The pages of a site, each without its frame."""
    for path in sorted(read_manifest(site)):
        if not path.endswith(".html") or path in LEFT_OUT:
            continue
        page = (site / path).read_bytes()
        if LEADS_ON not in page:
            content = write_fragment(page.decode("utf-8"), f"{base_url}{path}" if base_url else "")
            yield Output(path=path, content=content.encode(), origin=path)
