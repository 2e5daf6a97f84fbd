"""Spelling texts so that YAML and Markdown read them as they are meant."""

import json
import re
import unicodedata

from gaisite.read.nodes import NULLS

PLAIN = re.compile(r"[\w（〔《“][^:#{}\[\],&*!|>'\"%@`\\]*")
MARKUP = re.compile(r"([\\`*_\[\]<>&~#])")


def clean_text(text: str) -> str:
    """A text in one line, without what cannot be printed."""
    printable = "".join(char for char in text if char.isprintable() or char.isspace())
    return " ".join(unicodedata.normalize("NFC", printable).split())


def spell_scalar(text: str) -> str:
    """A text as a YAML key or value, quoted where it must be."""
    if PLAIN.fullmatch(text) and text not in NULLS:
        return text
    return json.dumps(text, ensure_ascii=False)


def spell_heading(text: str) -> str:
    """A text as a heading in Markdown."""
    return MARKUP.sub(r"\\\1", clean_text(text))
