"""A rendered narrative taken apart again, for files that are no web pages: its blocks in order, each with its spans.

The HTML is our own, made from Markdown by `read`: every element is closed, and there are no others than those below.
"""

from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import TypeAlias

STYLES = {"strong": "bold", "em": "italic", "s": "struck", "code": "code"}
HEADINGS = {"h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BREAK = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Text of one look; a line break is a line break."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    href: str = ""
    """Where it leads; empty for nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture, by its address."""

    address: str
    text: str
    """What stands for it."""


Spans: TypeAlias = tuple[Span | Picture, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """Where a list item stands."""

    number: int
    """Which of the narrative's lists it is in, from 1; a list in a list counts as one of its own."""
    depth: int
    """0 for a list in no other."""
    ordered: bool
    start: int = 1
    begins: bool = True
    """Whether the item begins here; what follows in it has no mark of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A paragraph or a heading."""

    spans: Spans
    level: int = 0
    """Of a heading, from 2; 0 for a paragraph."""
    item: ListPlace | None = None
    quoted: bool = False
    verbatim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """A cell of a table in a narrative."""

    spans: Spans
    head: bool
    align: str = ""
    """left, center or right; empty where the author does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table in a narrative; its first row is its header."""

    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBlock:
    """A line across."""


Block: TypeAlias = TextBlock | TableBlock | RuleBlock


def take_apart(html: str) -> tuple[Block, ...]:
    """The blocks of a rendered narrative."""
    reader = ProseReader()
    reader.feed(html)
    reader.close()
    reader.end_text()
    return tuple(reader.blocks)


class ProseReader(HTMLParser):
    """Reads a narrative element by element."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.spans: list[Span | Picture] = []
        self.styles: list[str] = []
        self.links: list[str] = []
        self.lists: list[ListPlace] = []
        self.count = 0
        self.level = 0
        self.quotes = 0
        self.verbatim = False
        self.rows: list[tuple[TableCell, ...]] = []
        self.cells: list[TableCell] = []
        self.align = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element, or take one that has no end."""
        given = {name: value or "" for name, value in attrs}
        if tag in STYLES:
            self.styles.append(STYLES[tag])
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "img":
            self.spans.append(Picture(address=given["src"], text=given.get("alt", "")))
        elif tag == "br":
            self.add_text(BREAK)
        elif tag == "hr":
            self.blocks.append(RuleBlock())
        else:
            self.begin_block(tag, given)

    def begin_block(self, tag: str, given: dict[str, str]) -> None:
        """Begin a block; text that stands before it in a list item ends."""
        if tag in ("ul", "ol"):
            self.end_text()
            self.count += 1
            start = int(given.get("start") or 1)
            self.lists.append(ListPlace(number=self.count, depth=len(self.lists), ordered=tag == "ol", start=start))
        elif tag == "li":
            self.lists[-1] = replace(self.lists[-1], begins=True)
        elif tag in HEADINGS:
            self.level = HEADINGS[tag]
        elif tag == "blockquote":
            self.end_text()
            self.quotes += 1
        elif tag == "pre":
            self.verbatim = True
        elif tag in ("th", "td"):
            self.align = given.get("class", "").removeprefix("align-")

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in STYLES:
            self.styles.pop()
        elif tag == "a":
            self.links.pop()
        elif tag in ("th", "td"):
            self.cells.append(TableCell(spans=self.take_spans(), head=tag == "th", align=self.align))
        elif tag == "tr":
            self.rows.append(tuple(self.cells))
            self.cells = []
        elif tag == "table":
            self.blocks.append(TableBlock(rows=tuple(self.rows)))
            self.rows = []
        else:
            self.end_block(tag)

    def end_block(self, tag: str) -> None:
        """End a block."""
        if tag in ("p", "pre", "li", *HEADINGS):
            self.end_text()
        elif tag in ("ul", "ol"):
            self.lists.pop()
        elif tag == "blockquote":
            self.quotes -= 1

    def handle_data(self, data: str) -> None:
        """Take text; between blocks there are line breaks alone."""
        if self.verbatim:
            self.add_text(data)
        elif data.strip() or self.spans:
            self.add_text(data.replace("\n", " "))

    def add_text(self, text: str) -> None:
        """Text in the present look."""
        looks = dict.fromkeys(self.styles, True)
        href = self.links[-1] if self.links else ""
        self.spans.append(Span(text=text, href=href, **looks))

    def take_spans(self) -> Spans:
        """What was read since the last block."""
        spans, self.spans = tuple(self.spans), []
        return strip_end(spans)

    def end_text(self) -> None:
        """A block of what was read since the last one."""
        spans = self.take_spans()
        if spans:
            item = self.lists[-1] if self.lists and not self.level else None
            self.blocks.append(
                TextBlock(spans=spans, level=self.level, item=item, quoted=self.quotes > 0, verbatim=self.verbatim)
            )
            if item is not None:
                self.lists[-1] = replace(item, begins=False)
        self.level, self.verbatim = 0, False


def strip_end(spans: Spans) -> Spans:
    """Spans without the blanks and line breaks at their end."""
    while spans and isinstance(last := spans[-1], Span):
        text = last.text.rstrip()
        if text:
            return (*spans[:-1], replace(last, text=text))
        spans = spans[:-1]
    return spans
