"""PDF files with a text layer: ruled tables as tables, all else as text. Only this module knows pdfplumber."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import pdfplumber

from gaisite.imports.documents import Block, Cell, Grid, Paragraph
from gaisite.imports.marking import escape_markdown

MOST_PAGES = 300
ENDS = re.compile(r"[。！？；：!?;:]\s*$")
STARTS = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.、])")
NUMBER = re.compile(r"[—–―-]\s*\d{1,3}\s*[—–―-]")
INDENT = (1.5, 2.5)
"""How far in the first line of a paragraph begins, at least and at most, in letters."""
FULL_LINES = 5
"""How many lines must fill their width to show where a page's text ends."""
TITLE = 20.0
"""Points: what official documents set their title in is larger than all else."""
SAME_SIZE = 0.5
"""Points."""
SHORT = 0.75
"""The share of the widest line that the last line of a paragraph may fill."""


class NoText(ValueError):
    """A PDF of pictures: nothing in it can be read."""


class TooLong(ValueError):
    """A PDF with more pages than any report."""


def read_pdf(raw: bytes) -> tuple[Block, ...]:
    """What a PDF holds; NoText where it has pictures of text alone."""
    reader = PageReader()
    with pdfplumber.open(BytesIO(raw)) as pdf:
        if len(pdf.pages) > MOST_PAGES:
            raise TooLong(str(len(pdf.pages)))
        if not any(page.chars for page in pdf.pages):
            raise NoText
        for page in pdf.pages:
            reader.read(page)
    reader.end_paragraph()
    return tuple(reader.blocks)


@dataclass(slots=True)
class PageReader:
    """Reads page after page; a paragraph may go on over the end of one."""

    blocks: list[Block] = field(default_factory=list)
    grids: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)
    """Those of the paragraph that is not ended yet."""

    def read(self, page: Any) -> None:
        """The tables and the lines of a page, from top to bottom; its number is no part of the text."""
        tables = [table for table in page.find_tables() if len(table.rows) > 1]
        boxes = [table.bbox for table in tables]
        outside = page.filter(lambda item: not any(lies_in(item, box) for box in boxes))
        lines = drop_number(outside.extract_text_lines(strip=True))
        items: list[tuple[float, Any]] = [(table.bbox[1], table) for table in tables]
        items += [(line["top"], line) for line in lines]
        margins = measure_margins(lines)
        for _, item in sorted(items, key=lambda each: each[0]):
            if isinstance(item, dict):
                if self.lines and ends_paragraph(self.lines[-1], item, margins):
                    self.end_paragraph()
                self.lines.append(item)
            else:
                self.end_paragraph()
                self.grids += 1
                self.blocks.append(Grid(number=self.grids, rows=tuple(read_rows(item.extract()))))

    def end_paragraph(self) -> None:
        """Keep the paragraph, where there is one."""
        if self.lines:
            self.blocks.append(join_lines(self.lines))
        self.lines = []


def drop_number(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a page without the last one where that is its number as official documents print it, `— 1 —`."""
    return lines[:-1] if lines and NUMBER.fullmatch(lines[-1]["text"]) else lines


def lies_in(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of something on a page lies in a box."""
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def read_rows(rows: list[list[str | None]]) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, each cell once: what a merged one covers is None."""
    for number, row in enumerate(rows, 1):
        cells = [text for text in row if text is not None]
        yield tuple(Cell(text=text, row=number, column=place) for place, text in enumerate(cells, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """How the text of a page lies on it."""

    left: float
    right: float
    indented: bool = False
    """Whether paragraphs begin two letters in, as far as there are lines enough to see it."""

    def begins_in(self, line: dict[str, Any]) -> bool:
        """Whether a line begins two letters in."""
        size = measure_letters(line)
        return bool(INDENT[0] * size < line["x0"] - self.left < INDENT[1] * size)

    def goes_on(self, line: dict[str, Any], following: dict[str, Any]) -> bool:
        """Whether a line fills its width and the next begins at the margin, where paragraphs begin further in."""
        return self.indented and self.fills(line) and following["x0"] < self.left + measure_letters(line) / 2

    def fills(self, line: dict[str, Any]) -> bool:
        """Whether a line reaches the right margin, but for letters that may not stand at a line's end or beginning."""
        return bool(line["x1"] > self.right - 3 * measure_letters(line))


def measure_margins(lines: list[dict[str, Any]]) -> Margins:
    """The margins of a page's lines."""
    left, right = min((line["x0"] for line in lines), default=0), max((line["x1"] for line in lines), default=0)
    margins = Margins(left=left, right=right)
    indented = any(map(margins.begins_in, lines)) and sum(map(margins.fills, lines)) >= FULL_LINES
    return replace(margins, indented=indented)


def ends_paragraph(line: dict[str, Any], following: dict[str, Any], margins: Margins) -> bool:
    """Whether a line is the last of its paragraph.

    It ends a sentence or is short, or what follows is numbered, begins two letters in, or has letters of another size.
    """
    same_size = abs(measure_letters(line) - measure_letters(following)) <= SAME_SIZE
    if same_size and is_title(line):
        return False
    if same_size and margins.goes_on(line, following):
        return False
    return (
        bool(line["x1"] < SHORT * margins.right)
        or margins.begins_in(following)
        or not same_size
        or ENDS.search(line["text"]) is not None
        or STARTS.match(following["text"]) is not None
    )


def is_title(line: dict[str, Any]) -> bool:
    """Whether a line is set in the letters of titles: it may be short without being the last."""
    return measure_letters(line) >= TITLE


def measure_letters(line: dict[str, Any]) -> float:
    """The size of a line's letters, that of most of them."""
    sizes = sorted(char["size"] for char in line["chars"])
    return float(sizes[len(sizes) // 2])


def join_lines(lines: list[dict[str, Any]]) -> Paragraph:
    """A paragraph from its lines; between Latin letters the line's end is a space."""
    text = lines[0]["text"]
    for line in lines[1:]:
        glue = " " if text[-1:].isascii() and line["text"][:1].isascii() else ""
        text = f"{text}{glue}{line['text']}"
    text = " ".join(text.split())
    return Paragraph(text=text, markdown=escape_markdown(text))
