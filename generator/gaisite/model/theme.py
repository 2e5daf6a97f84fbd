"""A theme: where its files are found, its words, its style sheet and its script."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme with those it extends."""

    name: str
    folders: tuple[Path, ...]
    """Where a file of the theme is looked for, in order."""
    words: Mapping[str, Mapping[str, str]]
    """By language, then by key; every language has every key that civic has."""
    stylesheet: bytes
    script: bytes
    """Every `js/*.js`, in order of name; empty where the theme has none."""
    digest: str
    """sha256 over all files that can show on a page."""
