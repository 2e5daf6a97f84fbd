"""Media types: the same on every machine, whatever its registry says."""

from mimetypes import MimeTypes

UNKNOWN = "application/octet-stream"
OFFICE = "application/vnd.openxmlformats-officedocument."
OURS = {
    ".atom": "application/atom+xml",
    ".csv": "text/csv",
    ".docx": f"{OFFICE}wordprocessingml.document",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".parquet": "application/vnd.apache.parquet",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": f"{OFFICE}spreadsheetml.sheet",
    ".xml": "application/xml",
    ".yaml": "text/plain",
}
TEXTUAL = (
    "application/json", "application/ld+json", "application/xml", "application/atom+xml", "application/manifest+json",
    "image/svg+xml",
)  # fmt: skip

_types = MimeTypes()


def find_type(name: str) -> str:
    """The Content-Type of a file by its name."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    media_type, encoding = _types.guess_type(f"file{ending}")
    found = OURS.get(ending) or (None if encoding else media_type) or UNKNOWN
    return f"{found}; charset=utf-8" if found.startswith("text/") or found in TEXTUAL else found
