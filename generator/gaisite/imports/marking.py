"""Text as Markdown: nothing in it means more than it did in the document."""

import re

MARKS = re.compile(r"([\\`*_\[\]<>&~|])")
STARTS = re.compile(r"^(\s*)([#+\-=>]|\d+[.)])(?=\s|$|[#=-])")


def escape_markdown(text: str) -> str:
    """Words that Markdown leaves as they are."""
    return MARKS.sub(r"\\\1", text)


def escape_start(text: str) -> str:
    """A paragraph that Markdown takes for nothing else."""
    return STARTS.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)


def bold(markdown: str) -> str:
    """Emphasised words, the spaces around them outside."""
    inner = markdown.strip()
    before, after = markdown[: len(markdown) - len(markdown.lstrip())], markdown[len(markdown.rstrip()) :]
    return f"{before}**{inner}**{after}"
