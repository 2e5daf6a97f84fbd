"""What a web server should say with each file, in one list: its type, how long it may be kept, what pages may load.

From it come the headers on object stores, `_headers` of the site, and the settings for nginx, Apache and IIS.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

HASHED = re.compile(r"assets/.*\.[0-9a-f]{8,}\.[a-z0-9]+|pagefind/.*\.pf_[a-z]+|pagefind/wasm\..*")
"""Files whose name changes with their content: visitors may keep them for good."""
ASSETS = ("assets/", "pagefind/fragment/", "pagefind/index/")
"""Folders in which every file has a hash in its name."""
FOREVER = "public, max-age=31536000, immutable"
FRESH = "no-cache"
"""Kept, but asked for anew each time: a corrected figure must not stay unseen."""
TEXT = "; charset=utf-8"
TYPES = {
    "html": f"text/html{TEXT}",
    "css": f"text/css{TEXT}",
    "js": f"text/javascript{TEXT}",
    "csv": f"text/csv{TEXT}",
    "txt": f"text/plain{TEXT}",
    "xml": f"application/xml{TEXT}",
    "json": f"application/json{TEXT}",
    "jsonld": f"application/ld+json{TEXT}",
    "svg": f"image/svg+xml{TEXT}",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "wasm": "application/wasm",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "ceb": "application/x-ceb",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "wps": "application/kswps",
    "et": "application/kset",
    "dps": "application/ksdps",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "parquet": "application/vnd.apache.parquet",
}
"""Media types by the ending of a file's name."""
READ_BY_HOSTS = frozenset(
    {
        *("_headers", "_redirects", "_routes.json", "_worker.js", "_config.yml"),
        *("cname", "netlify.toml", "vercel.json", "staticwebapp.config.json", "web.config"),
    }
)
"""Files by which hosts are told what to do, in small letters: at the top of the site nothing else may be called so."""
UNKNOWN = "application/octet-stream"


class HostFile(StrEnum):
    """What a portal may want beside its pages, for hosts that read such files."""

    HEADERS = "headers"
    REDIRECTS = "redirects"
    FORCED_REDIRECTS = "redirects-forced"
    """`_redirects` for Netlify, where else the page at a former address comes first."""
    NOJEKYLL = "nojekyll"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectLimits:
    """How much of `_redirects` a host reads."""

    host: str
    rules: int
    characters: int = 0
    """Of one rule; 0: not limited."""
    bytes: int = 0
    """Of the file, of a larger one nothing is read; 0: not limited."""


CLOUDFLARE = RedirectLimits(host="Cloudflare Pages", rules=2000, characters=1000)
GITLAB = RedirectLimits(host="GitLab Pages", rules=1000, bytes=64 * 1024)
"""As gitlab.com has it; who runs a GitLab may set other limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header that goes with every file."""

    name: str
    value: str


def list_headers(*, search: bool) -> tuple[Header, ...]:
    """The headers for every file; `search`: the pages look things up in an index, by a program in WebAssembly."""
    policy = [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "script-src 'self' 'wasm-unsafe-eval'" if search else "script-src 'self'",
        # Auditors look at robots.txt from within the page; the index of a search is fetched too.
        "connect-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    ]
    return (
        Header(name="Content-Security-Policy", value="; ".join(policy)),
        Header(name="X-Content-Type-Options", value="nosniff"),
        Header(name="Referrer-Policy", value="strict-origin-when-cross-origin"),
    )


def find_type(path: str) -> str:
    """The media type of a file."""
    return TYPES.get(path.rpartition("/")[2].rpartition(".")[2].lower(), UNKNOWN)


def find_caching(path: str) -> str:
    """How long a file may be kept."""
    return FOREVER if HASHED.fullmatch(path) else FRESH
