"""Tokens dressed for the page, and what a reader sees of them."""

from collections.abc import Sequence

from gaisite.read.cjk import joins_lines
from gaisite.read.markdown import FIGURE, Token

BLANK_CELL = "—"
TEXTS_OF_VOID = {"softbreak": "\n", "hardbreak": "\n", "image": ""}
"""What a reader sees of inline tokens whose content is not that."""


def dress_cell(token: Token) -> None:
    """Turn a cell's alignment into a class, which needs no inline style; say that a head cell heads its column."""
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["class"] = "align-" + style.removeprefix("text-align:")
    if token.tag == "th":
        token.attrs["scope"] = "col"


def fill_blank_cell(block: Token) -> None:
    """Show a cell without text as blank: screen readers pass over an empty one."""
    if not has_text(block.children or []):
        block.children = [Token("text", "", 0, content=BLANK_CELL)]


def join_cjk_lines(children: Sequence[Token]) -> None:
    """Remove the line breaks that would show as spaces between Chinese characters."""
    before, softbreak = "", None
    for child in children:
        if child.type in ("text", "code_inline", FIGURE) and child.content:
            if softbreak and joins_lines(before, child.content):
                softbreak.type = "text"  # of no content
            before, softbreak = child.content, None
        elif child.type == "softbreak":
            softbreak = child
        elif child.type in ("hardbreak", "image"):
            before, softbreak = "", None


def read_text(children: Sequence[Token]) -> str:
    """What a reader sees of a text."""
    return "".join([TEXTS_OF_VOID.get(child.type, child.content) for child in children])


def read_heading(block: Token) -> str:
    """The text of a heading, in one line."""
    return " ".join(str(block.meta["text"]).split("\n")).strip()


def has_text(children: Sequence[Token]) -> bool:
    """Whether there is something to read, or to read out: the text that stands for a picture counts."""
    return any(has_text(child.children or []) if child.type == "image" else child.content.strip() for child in children)


def is_end(token: Token, opener: Token) -> bool:
    """Whether a token ends the link that `opener` begins."""
    return token.type == "link_close" and token.level == opener.level
