"""Plain text and Markdown: paragraphs, tables with a cell a line, tables with tabs, tables with strokes."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from gaisite.imports.documents import Block, Paragraph, make_grid
from gaisite.imports.labels import simplify
from gaisite.imports.marking import escape_markdown

STROKES = re.compile(r"\s*\|.*\|\s*")
RULE = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*")
HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
ITEM = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s+(.*)")


@dataclass(slots=True)
class Reader:
    """Reads a text line by line."""

    labels: Collection[str]
    """What the forms print, in letters alone: a line that completes one belongs to its cell."""
    marked: bool
    """Whether the text is Markdown."""
    blocks: list[Block] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    ended: bool = True
    """Whether the last row is complete."""
    grids: int = 0

    def read(self, text: str) -> tuple[Block, ...]:
        """What a text holds."""
        for line in text.splitlines():
            self.read_line(line.rstrip("\r\n"))
        self.end_table()
        return tuple(self.blocks)

    def read_line(self, line: str) -> None:
        """One line: a cell, a row, the space between two, or a paragraph."""
        inside = line.strip(" \u3000")
        if self.marked and STROKES.fullmatch(line):
            if not RULE.fullmatch(line):
                self.rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", inside.strip("|"))])
                self.ended = True
        elif inside.startswith("\t") and "\t" not in inside.strip():
            self.add_cell(inside.strip())
        elif "\t" in inside.strip():
            self.rows.append([cell.strip() for cell in line.split("\t")])
            self.ended = True
        elif not inside.strip():
            self.ended = True
        elif not self.completes_cell(inside.strip()):
            self.end_table()
            self.add_paragraph(line)

    def add_cell(self, text: str) -> None:
        """A cell in a line of its own; a blank line was the end of the row before."""
        if self.ended or not self.rows:
            self.rows.append([])
            self.ended = False
        self.rows[-1].append(text)

    def completes_cell(self, text: str) -> bool:
        """Whether a line is the rest of a label whose beginning stands in the last cell."""
        if not self.rows or not self.rows[-1] or not self.rows[-1][-1]:
            return False
        whole = f"{self.rows[-1][-1]}{text}"
        letters = simplify(whole)
        if not any(label.startswith(letters) for label in self.labels):
            return False
        self.rows[-1][-1] = whole
        self.ended = False
        return True

    def end_table(self) -> None:
        """Keep the table, where there is one."""
        if self.rows:
            self.grids += 1
            self.blocks.append(make_grid(self.grids, self.rows))
        self.rows, self.ended = [], True

    def add_paragraph(self, line: str) -> None:
        """Keep a paragraph."""
        heading = HEADING.fullmatch(line.strip()) if self.marked else None
        item = ITEM.fullmatch(line) if self.marked else None
        text = heading[2] if heading else item[1] if item else line.strip()
        markdown = text if self.marked else escape_markdown(text)
        level = len(heading[1]) if heading else 0
        self.blocks.append(
            Paragraph(text=" ".join(text.split()), markdown=markdown, level=level, item=item is not None)
        )


def read_text(raw: bytes, labels: Collection[str], *, marked: bool) -> tuple[Block, ...]:
    """What a text holds; ValueError where it is in no encoding that is known."""
    return Reader(labels=labels, marked=marked).read(decode_text(raw))


def decode_text(raw: bytes) -> str:
    """A text in the encoding that it is in."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("encoding")
