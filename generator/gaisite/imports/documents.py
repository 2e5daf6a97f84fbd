"""A document as it is imported from: paragraphs and tables in their order, whatever kind of file they came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table in a document; of merged ones only the first is there."""

    text: str
    """As it stands there, its paragraphs apart."""
    row: int
    """From 1, as somebody counts who looks at the table."""
    column: int
    """Which cell of the row it is, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table in a document. Cells are known by their order: on where columns lie no two rows may agree."""

    number: int
    """Which of the document's tables it is, from 1."""
    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    """Of the sheet, in a workbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a document."""

    text: str
    """In one line, nothing marked."""
    markdown: str
    """The same with what is bold and what leads somewhere, ready for report.md."""
    level: int = 0
    """Of a heading, from 1; 0 for any other paragraph."""
    item: bool = False
    """Whether it is an item of a list."""
    own: bool = False
    """Whether it is Markdown as somebody wrote it for report.md: text of a section, however it begins."""


Block: TypeAlias = Paragraph | Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a file holds."""

    name: str
    """Of the file."""
    sha256: str
    blocks: tuple[Block, ...]
    links: tuple[tuple[str, str], ...] = ()
    """Title and address of each file beside it that it leads to."""

    @property
    def grids(self) -> Iterator[Grid]:
        """The tables."""
        return (block for block in self.blocks if isinstance(block, Grid))

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs outside the tables."""
        return (block for block in self.blocks if isinstance(block, Paragraph))


def make_grid(number: int, rows: list[list[str]], name: str = "") -> Grid:
    """A table from the texts of its cells."""
    return Grid(
        number=number,
        name=name,
        rows=tuple(
            tuple(Cell(text=text, row=row, column=column) for column, text in enumerate(cells, 1))
            for row, cells in enumerate(rows, 1)
        ),
    )
