"""Pages as they are served: the script that reloads them, the overlay, and a policy that lets both in."""

import re
from dataclasses import dataclass
from html import escape, unescape

SCRIPT = "/livereload.js"
STYLE = "/gaisite-preview.css"

HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
BODY = re.compile(rb"<body\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
META = re.compile(rb"<meta\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
IS_POLICY = re.compile(rb"\bhttp-equiv\s*=\s*[\"']?content-security-policy[\"'\s/>]", re.IGNORECASE)
CONTENT = re.compile(rb"(\bcontent\s*=\s*)(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
BEYOND_PREVIEW = frozenset({"upgrade-insecure-requests", "block-all-mixed-content"})
"""Directives that would send the browser to https, which the preview does not speak."""
SLOWEST = 2000
"""Milliseconds after which a page looks again for a server that has gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extras:
    """What a page gets while it is served."""

    host: str
    """As the browser wrote it: it must come back under the same name."""
    port: int
    epoch: str
    """What the page shows; livereload's client sends it back in its greeting, so that a page that was loaded a moment
    before a build, and connected a moment after, is told to reload."""
    overlay: str = ""

    @property
    def script(self) -> str:
        """The address of livereload's client, which takes its settings from there."""
        return f"{SCRIPT}?host={self.host}&port={self.port}&snipver={self.epoch}&maxdelay={SLOWEST}"

    @property
    def socket(self) -> str:
        """What a policy must allow for the page to hear from the server; it has no words for IPv6 addresses."""
        return "ws:" if self.host.startswith("[") else f"ws://{self.host}:{self.port}"


def prepare_page(page: bytes, extras: Extras) -> bytes:
    """A page with all that it needs to be reloaded; the file on the disk stays as it is."""
    page = META.sub(lambda found: loosen_meta(found[0], extras.socket), page)
    style = f'<link rel="stylesheet" href="{STYLE}">' if extras.overlay else ""
    page = insert_before(HEAD_END, page, f'{style}<script src="{escape(extras.script)}" defer></script>')
    return insert_after(BODY, page, extras.overlay)


def insert_before(mark: re.Pattern[bytes], page: bytes, text: str) -> bytes:
    """The page with a text before the first mark, or at its end where it has none."""
    found = mark.search(page)
    return insert_at(found.start() if found else len(page), page, text)


def insert_after(mark: re.Pattern[bytes], page: bytes, text: str) -> bytes:
    """The page with a text after the first mark, or at its end where it has none."""
    found = mark.search(page)
    return insert_at(found.end() if found else len(page), page, text)


def insert_at(place: int, page: bytes, text: str) -> bytes:
    """The page with a text at a place, in characters that every encoding has."""
    return page[:place] + text.encode("ascii", "xmlcharrefreplace") + page[place:]


def loosen_meta(meta: bytes, socket: str) -> bytes:
    """A `<meta>` element; where it holds a policy, one that lets the preview's own things in."""
    if IS_POLICY.search(meta) is None:
        return meta
    return CONTENT.sub(lambda found: found[1] + loosen_content(found[2][1:-1], socket), meta, count=1)


def loosen_content(content: bytes, socket: str) -> bytes:
    """The value of an attribute that holds a policy, in its quotes."""
    policy = loosen_policy(unescape(content.decode("utf-8", "replace")), socket)
    return f'"{escape(policy, quote=False).replace(chr(34), "&quot;")}"'.encode("ascii", "xmlcharrefreplace")


def loosen_policy(policy: str, socket: str) -> str:
    """A Content Security Policy that lets in script and style from here, and the socket; else as strict as it was."""
    directives: dict[str, list[str]] = {}
    for directive in policy.split(";"):
        name, *sources = directive.split() or [""]
        if name and name.lower() not in BEYOND_PREVIEW:
            directives.setdefault(name.lower(), sources)
    for name, source in (("script-src", "'self'"), ("style-src", "'self'"), ("connect-src", socket)):
        allow(directives, name, directives.get("default-src"), source)
        allow(directives, f"{name}-elem", None, source)
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def allow(directives: dict[str, list[str]], name: str, default: list[str] | None, source: str) -> None:
    """Add a source to a directive; what nothing restricts stays open."""
    sources = directives.get(name, default)
    if sources is not None:
        kept = [each for each in sources if each.lower() != "'none'"]
        directives[name] = kept if source in kept else [*kept, source]
