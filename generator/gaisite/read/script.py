"""The lines of a narrative, their places, and how long they may be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gaisite.findings import Finding, Place, fault
from gaisite.read.markdown import Token

MAX_BYTES = 1024 * 1024
MAX_LINE = 20_000
MAX_PARAGRAPH = 50_000
"""Between blank lines: the parser's time may grow with the square of it."""
MAX_BRACKETS = 20_000
"""Opening square brackets: at each the parser looks for a link, for much longer than it reads a letter."""

NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters, which a page may not hold, and those that turn the direction of what follows: text that is read
otherwise than it stands in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The lines of a narrative, and where in the project they stand."""

    file: str
    first_line: int
    lines: tuple[str, ...]

    def place_line(self, index: int) -> Place:
        """The place of a whole line, counted from 0."""
        length = max(len(self.lines[index]), 1)
        return Place(file=self.file, line=self.first_line + index, column=1, length=length)

    def place_text(self, block: Token, offset: int, length: int) -> Place:
        """The place of what stands at `offset` in a block's content; its line where the column cannot be told."""
        start = block.content.rfind("\n", 0, offset) + 1
        text = block.content[start:].partition("\n")[0]
        index = first_row(block) + block.content.count("\n", 0, offset)
        line = self.lines[index]
        indent = len(line) - len(text) if line.endswith(text) else line.find(text)
        if offset < 0 or indent < 0:
            return self.place_line(index)
        length = max(min(length, len(text) - offset + start), 1)
        column = indent + offset - start + 1
        return Place(file=self.file, line=self.first_line + index, column=column, length=length)


def first_row(block: Token) -> int:
    """The index of a block's first line."""
    return block.map[0] if block.map else 0


def check_size(script: Script, source: str) -> Iterator[Finding]:
    """What is too long to be read in a bearable time."""
    size = len(source.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        place = Place(file=script.file)
        yield fault("markdown-too-large", place, size=size, limit=MAX_BYTES).finding
    brackets = source.count("[")
    if brackets > MAX_BRACKETS:
        yield fault("markdown-brackets", Place(file=script.file), number=brackets, limit=MAX_BRACKETS).finding
    paragraph = 0
    for index, line in enumerate(script.lines):
        before, paragraph = paragraph, paragraph + len(line) if line.strip(" \t") else 0
        if len(line) > MAX_LINE:
            place = script.place_line(index)
            yield fault("markdown-line-too-long", place, length=len(line), limit=MAX_LINE).finding
        elif before <= MAX_PARAGRAPH < paragraph:
            yield fault("markdown-paragraph-too-long", script.place_line(index), limit=MAX_PARAGRAPH).finding


def check_characters(script: Script) -> Iterator[Finding]:
    """Where a line has a character that is no text; the first of each line."""
    for index, line in enumerate(script.lines):
        found = NO_TEXT.search(line)
        if found:
            place = Place(file=script.file, line=script.first_line + index, column=found.start() + 1, length=1)
            yield fault("markdown-character", place, code=f"U+{ord(found[0]):04X}").finding
