"""The blocks of a narrative as its readers see them, each word with its place in the file."""

from collections.abc import Iterator

from gaisite.model.prose import Passage, PassageKind, Segment
from gaisite.read.markdown import FIGURE, Token
from gaisite.read.script import Script, first_row

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for what is no prose: a bound figure, code, a picture."""
KINDS = {"heading_open": PassageKind.HEADING, "th_open": PassageKind.CELL, "td_open": PassageKind.CELL}
BREAKS = frozenset({"softbreak", "hardbreak"})


def make_passage(script: Script, opener: Token, block: Token) -> Passage:
    """The passage of a block that `opener` begins."""
    pieces: list[str] = []
    segments: list[Segment] = []
    start = 0
    for text, offset in place_pieces(block):
        if offset >= 0:
            place = script.place_text(block, offset, len(text))
            segments.append(Segment(start=start, length=len(text), line=place.line, column=place.column))
        pieces.append(text)
        start += len(text)
    return Passage(
        kind=KINDS.get(opener.type, PassageKind.TEXT),
        text="".join(pieces),
        segments=tuple(segments),
        place=script.place_line(first_row(block)),
        bound=tuple(
            (script.place_text(block, *child.meta["span"]), child.content)
            for child in block.children or []
            if child.type == FIGURE
        ),
    )


def place_pieces(block: Token) -> Iterator[tuple[str, int]]:
    """Each piece of a block's text with its offset in the block as typed; -1 where that cannot be told.

    An escaped character, for one, is typed otherwise than it is read.
    """
    children = block.children or []
    if len(children) == 1 and children[0].type == "text":
        yield children[0].content, block.content.find(children[0].content)
        return
    cursor, openers = 0, []
    for child in children:
        if child.type in BREAKS:
            yield "\n", -1
        elif child.type == "text" and child.content:
            offset = block.content.find(child.content, cursor)
            yield child.content, offset
            cursor = max(cursor, offset + len(child.content))
        elif "span" in child.meta and child.type != "link_open":
            yield OBJECT, -1
            cursor = end_span(child)
        elif child.type == "code_inline":
            yield OBJECT, -1
            cursor = max(cursor, block.content.find(child.content, cursor) + len(child.content))
        elif child.type == "link_open":
            openers.append(child)
        elif child.type == "link_close":
            cursor = max(cursor, end_span(openers.pop()))


def end_span(token: Token) -> int:
    """The offset behind what a token was read from."""
    start, length = token.meta["span"]
    return int(start) + int(length)
