"""The list, kept inside the site, of the files that gaisite wrote: only these are ever removed."""

import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from gaisite.write.paths import is_safe_path

MANIFEST = ".gaisite-manifest.json"
"""The name of the file; a folder with such a file is one of ours."""

_VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{64}")


def read_manifest(site: Path) -> dict[str, str]:
    """The sha256 of each file that gaisite wrote last, by path; empty where there is no readable list."""
    return load_manifest(site) or {}


def load_manifest(site: Path) -> dict[str, str] | None:
    """The same; None where there is no readable list."""
    if not has_manifest(site):
        return None
    try:
        return _parse_manifest((site / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def has_manifest(site: Path) -> bool:
    """Whether this is a folder that gaisite wrote, even where the list can no longer be read."""
    try:
        return stat.S_ISREG(os.lstat(site / MANIFEST).st_mode)
    except OSError:
        return False


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """The list as it is stored: sorted, one line a file."""
    record = {"digest": tree_digest(files), "files": dict(files), "version": _VERSION}
    return (json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n").encode("utf-8")


def tree_digest(files: Mapping[str, str]) -> str:
    """One sha256 for a whole site, from the paths and sha256 of its files."""
    tree = hashlib.sha256()
    for path in sorted(files):
        tree.update(f"{path}\0{files[path]}\n".encode())
    return tree.hexdigest()


def _parse_manifest(raw: bytes) -> dict[str, str] | None:
    record = json.loads(raw)
    if not isinstance(record, dict) or record.get("version") != _VERSION:
        return None
    files = record.get("files")
    if not isinstance(files, dict):
        return None
    # Files named here may be deleted: a list that someone has tampered with must not lead out of the site.
    trusted = all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in files.values())
    if not trusted or not all(map(is_safe_path, files)):
        return None
    # A damaged list that can still be read would take a file of ours for somebody else's.
    return files if record.get("digest") == tree_digest(files) else None
