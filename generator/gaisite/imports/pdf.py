"""PDF files with a text layer: ruled tables as tables, all else as text. Only this module knows pdfplumber."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber

from gaisite.imports.documents import Block, Cell, Grid, Paragraph
from gaisite.imports.marking import escape_markdown

MOST_PAGES = 300
ENDS = re.compile(r"[。！？；：!?;:]\s*$")
STARTS = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.、])")
SHORT = 0.75
"""The share of the widest line that the last line of a paragraph may fill."""


class NoText(ValueError):
    """A PDF of pictures: nothing in it can be read."""


class TooLong(ValueError):
    """A PDF with more pages than any report."""


def read_pdf(raw: bytes) -> tuple[Block, ...]:
    """What a PDF holds; NoText where it has pictures of text alone."""
    blocks: list[Block] = []
    with pdfplumber.open(BytesIO(raw)) as pdf:
        if len(pdf.pages) > MOST_PAGES:
            raise TooLong(str(len(pdf.pages)))
        if not any(page.chars for page in pdf.pages):
            raise NoText
        for page in pdf.pages:
            for block in read_page(page):
                blocks.append(renumber(block, sum(isinstance(each, Grid) for each in blocks) + 1))
    return tuple(blocks)


def renumber(block: Block, number: int) -> Block:
    """A table with its number in the document; a paragraph as it is."""
    return Grid(number=number, rows=block.rows) if isinstance(block, Grid) else block


def read_page(page: Any) -> Iterator[Block]:
    """The tables and the lines of a page, from top to bottom."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1]
    boxes = [table.bbox for table in tables]
    outside = page.filter(lambda item: not any(lies_in(item, box) for box in boxes))
    lines = outside.extract_text_lines(strip=True, return_chars=False)
    items: list[tuple[float, Any]] = [(table.bbox[1], table) for table in tables]
    items += [(line["top"], line) for line in lines]
    open_lines: list[dict[str, Any]] = []
    width = max((line["x1"] for line in lines), default=0)
    for _, item in sorted(items, key=lambda each: each[0]):
        if isinstance(item, dict):
            if open_lines and ends_paragraph(open_lines[-1], item, width):
                yield join_lines(open_lines)
                open_lines = []
            open_lines.append(item)
            continue
        if open_lines:
            yield join_lines(open_lines)
            open_lines = []
        yield Grid(number=0, rows=tuple(read_rows(item.extract())))
    if open_lines:
        yield join_lines(open_lines)


def lies_in(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether the middle of something on a page lies in a box."""
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def read_rows(rows: list[list[str | None]]) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, each cell once: what a merged one covers is None."""
    for number, row in enumerate(rows, 1):
        cells = [text for text in row if text is not None]
        yield tuple(Cell(text=text, row=number, column=place) for place, text in enumerate(cells, 1))


def ends_paragraph(line: dict[str, Any], following: dict[str, Any], width: float) -> bool:
    """Whether a line is the last of its paragraph: it ends a sentence, is short, or something numbered follows."""
    short = bool(line["x1"] < SHORT * width)
    return short or ENDS.search(line["text"]) is not None or STARTS.match(following["text"]) is not None


def join_lines(lines: list[dict[str, Any]]) -> Paragraph:
    """A paragraph from its lines; between Latin letters the line's end is a space."""
    text = lines[0]["text"]
    for line in lines[1:]:
        glue = " " if text[-1:].isascii() and line["text"][:1].isascii() else ""
        text = f"{text}{glue}{line['text']}"
    text = " ".join(text.split())
    return Paragraph(text=text, markdown=escape_markdown(text))
