"""The pages of a built site: finding them, serving them, following their links, and showing them to the checkers."""

import contextlib
import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
VALIDATE = MODULES / "html-validate/bin/html-validate.mjs"
ROOT = HERE.parents[1]

MODES = ("light", "dark", "narrow", "print", "forced")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
LOADED = {
    ("img", "src"),
    ("script", "src"),
    ("source", "srcset"),
    ("img", "srcset"),
    ("iframe", "src"),
    ("use", "href"),
}
LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}


def missing_for_browser() -> list[str]:
    """What the tests in Chromium lack on this machine."""
    missing = [] if os.environ.get("GAISITE_CHROMIUM") or any(map(shutil.which, CHROMIUM)) else ["Chromium"]
    missing += [] if shutil.which("node") else ["Node.js"]
    return missing + ([] if (MODULES / "playwright-core").is_dir() else ["tests/browser/node_modules"])


def missing_for_nu() -> list[str]:
    """What the Nu checker and html-validate lack on this machine."""
    missing = [program for program in ("java", "node") if not shutil.which(program)]
    return missing + ([] if VNU.is_file() and VALIDATE.is_file() else ["tests/browser/node_modules"])


def find_pages(site: Path) -> list[str]:
    """The paths of a site's pages, with `/`."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def build_portal(folder: Path) -> Path:
    """A copy of the repository's portal, built as an editor would: the site's folder."""
    portal = folder / "portal"
    for part in ("content", "themes"):
        shutil.copytree(ROOT / part, portal / part, dirs_exist_ok=True)
    command = [sys.executable, "-m", "gaisite", "build", "--output", str(folder / "site")]
    done = subprocess.run(command, cwd=portal, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"gaisite build ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return folder / "site"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder under a prefix, and without a word."""

    def __init__(self, *args: object, prefix: str, **kwargs: object) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        """The file of a URL below the prefix; any other is not there."""
        if not path.startswith(self.prefix):
            return os.devnull + "/"
        return super().translate_path("/" + path[len(self.prefix) :])

    def do_GET(self) -> None:
        """Answer; the host that a site lies under has an icon, which a browser asks for by itself."""
        if self.path == "/favicon.ico" and not (Path(self.directory) / "favicon.ico").exists():
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """A server to which a browser that hangs up is no event."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve(site: Path, prefix: str = "/") -> Iterator[str]:
    """The origin under which a site is served on this machine, mounted at a prefix (`/` or `/a/b/`)."""
    handler = functools.partial(QuietHandler, directory=str(site), prefix=prefix)
    with QuietServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def inspect(pages: Iterable[str], base: str, origin: str, modes: Iterable[str] = ()) -> list[dict]:
    """What inspect.mjs sees of pages below a base URL; without modes it only loads them."""
    job = {"pages": [{"path": page, "url": base + page} for page in pages], "origin": origin, "modes": list(modes)}
    command = ["node", str(HERE / "inspect.mjs")]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"inspect.mjs failed:\n{done.stderr}")
    return json.loads(done.stdout)


def inspect_served(
    site: Path, prefix: str = "/", modes: Iterable[str] = (), pages: Iterable[str] | None = None
) -> list[dict]:
    """What Chromium shows of pages, all unless some are named, of a site that a server has under a prefix."""
    with serve(site, prefix) as origin:
        return inspect(find_pages(site) if pages is None else pages, origin + prefix, origin, modes)


def inspect_files(site: Path, pages: Iterable[str] | None = None) -> list[dict]:
    """What Chromium shows of pages, all unless some are named, of a site that is opened from the disk."""
    return inspect(find_pages(site) if pages is None else pages, site.as_uri() + "/", "file://")


def check_markup(site: Path, prefix: str = "/") -> list[str]:
    """All that the Nu checker says about a site's pages, style sheets and pictures, hints included.

    It gets the pages from a server: from the disk no style sheet is the policy's 'self'. It gets them first: after a
    style sheet it refuses names of drawings (aria-labelledby on svg) that it allows before.
    """
    files = [str(path) for suffix in ("css", "svg") for path in sorted(site.rglob(f"*.{suffix}"))]
    command = ["java", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(VNU)]
    command += ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
    with serve(site, prefix) as origin:
        command += [*(origin + prefix + page for page in find_pages(site)), *files]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"the Nu checker failed:\n{done.stdout}{done.stderr}")
    messages = json.loads(done.stdout)["messages"]
    return [describe_message(message, origin + prefix, f"file:{site}/") for message in messages]


def describe_message(message: dict, *roots: str) -> str:
    """A message of the Nu checker on one line, the file named from one of the roots."""
    path = message.get("url", "")
    for root in roots:
        path = path.removeprefix(root)
    kind = message.get("subType", message["type"])
    return f"{path}:{message.get('lastLine', 0)}: {kind}: {message['message']}"


def validate_markup(site: Path) -> list[str]:
    """All that html-validate says about a site's pages.

    Titles may be longer than it likes: a report's is the official one. Ids may have dots: those of cells are addresses.
    """
    command = ["node", str(VALIDATE), "--config", str(HERE / "htmlvalidate.json"), "--formatter", "json"]
    command += [str(site / page) for page in find_pages(site)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if not done.stdout:
        raise RuntimeError(f"html-validate failed:\n{done.stderr}")
    return [
        f"{file['filePath'].removeprefix(f'{site}/')}:{message['line']}: {message['ruleId']}: {message['message']}"
        for file in json.loads(done.stdout)
        for message in file["messages"]
    ]


class LinkParser(HTMLParser):
    """Collects the ids of a page and the addresses it names."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element's id and addresses."""
        named = {name: value or "" for name, value in attrs}
        if "id" in named:
            self.ids.add(named["id"])
        loaded = {name for name in named if (tag, name) in LOADED}
        if tag == "link" and LOADED_LINKS & set(named.get("rel", "").split()):
            loaded.add("href")
        for name in ("href", "src", "srcset"):
            if name in named:
                addresses = [part.split()[0] for part in named[name].split(",")] if name == "srcset" else [named[name]]
                (self.loads if name in loaded else self.links).extend(addresses)


def parse_page(path: Path) -> LinkParser:
    """The ids and addresses of a page."""
    parser = LinkParser()
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    return parser


def find_broken_links(site: Path, prefix: str = "/") -> list[str]:
    """Each address of each page that leads nowhere, or not from everywhere: `page: address: why`.

    Addresses are relative, so that a site works wherever it lies; but 404.html is shown in place of any missing page,
    so its addresses begin with the prefix under which the site is meant to lie.
    """
    parsed = {path: parse_page(path) for path in sorted(site.rglob("*.html"))}
    broken = []
    for path, page in parsed.items():
        root = prefix if path == site / "404.html" else ""
        for link in page.links + page.loads:
            why = why_broken(link, path, root, parsed, site) or (why_foreign(link) if link in page.loads else "")
            broken += [f"{path.relative_to(site)}: {link}: {why}"] if why else []
    return broken


def why_foreign(link: str) -> str:
    """Why a page must not load this address; empty where it may."""
    parts = urlsplit(link)
    return "loaded from another host" if parts.netloc or parts.scheme not in ("", "data") else ""


def why_broken(link: str, page: Path, root: str, parsed: dict[Path, LinkParser], site: Path) -> str:
    """Why this address on this page does not work; empty where it does. A page with a root has no relative address."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    if root and parts.path and not parts.path.startswith(root):
        return f"does not start with {root}, so it works only where the missing page lay by chance"
    if not root and parts.path.startswith("/"):
        return "starts at the host's root, so it does not work below a folder or from the disk"
    path = unquote(parts.path)
    start = site / path[len(root) :] if root else page.parent / path
    target = Path(os.path.normpath(start)) if path else page
    return why_missing(target, parts.fragment, parsed, site)


def why_missing(target: Path, fragment: str, parsed: dict[Path, LinkParser], site: Path) -> str:
    """Why there is nothing at a place of a file; empty where there is."""
    if not target.is_relative_to(site):
        return "leads out of the site"
    if target.is_dir():
        return "names a folder, which is a list of files when opened from the disk"
    if not target.is_file():
        return "no such file"
    if fragment and target in parsed and unquote(fragment) not in parsed[target].ids:
        return "no such place on the page"
    return ""
