"""WordprocessingML as text: paragraphs, runs and tables; through a library, a table takes a hundred times as long."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
WIDTH = 8845
"""Of the type area, 156 mm, in twentieths of a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCell:
    """A cell, placed by the grid's columns."""

    markup: str
    """Its paragraphs."""
    across: int = 1
    merges: str = ""
    """restart where it reaches down, continue where one above reaches down to here."""
    shaded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """A row of a table."""

    cells: tuple[WordCell, ...]
    head: bool = False
    """Whether it is printed again on each page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTable:
    """A table."""

    title: str
    """What it is called to those who cannot see it."""
    widths: tuple[int, ...]
    """Of the grid's columns, in twentieths of a point."""
    rows: tuple[WordRow, ...]


def write_run(text: str, properties: str = "") -> str:
    """A run of text; line breaks are line breaks, and what XML cannot hold is left out."""
    pieces = (f'<w:t xml:space="preserve">{escape(drop_controls(piece))}</w:t>' for piece in text.split("\n"))
    inner = "<w:br/>".join(pieces)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def drop_controls(text: str) -> str:
    """A text without the characters that XML forbids; content with such is refused when it is read."""
    return "".join(char for char in text if char >= " " or char == "\t")


def write_paragraph(runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs."""
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    inner = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{inner}{runs}</w:p>"


def write_table(table: WordTable) -> str:
    """A table: no row is torn by the end of a page, and the header is printed again on the next."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
    rows = "".join(write_row(row, table.widths) for row in table.rows)
    title = quoteattr(drop_controls(table.title))
    return (
        f'<w:tbl {NAMESPACES}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(table.widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="1"/><w:tblCaption w:val={title}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def write_row(row: WordRow, widths: Sequence[int]) -> str:
    """A row."""
    head = "<w:tblHeader/>" if row.head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(write_cells(row.cells, widths))}</w:tr>"


def write_cells(cells: Iterable[WordCell], widths: Sequence[int]) -> Iterator[str]:
    """The cells of a row."""
    place = 0
    for cell in cells:
        width = sum(widths[place : place + cell.across])
        place += cell.across
        across = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
        merges = f'<w:vMerge w:val="{cell.merges}"/>' if cell.merges else ""
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if cell.shaded else ""
        yield (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merges}{shade}<w:vAlign w:val="center"/>'
            f"</w:tcPr>{cell.markup}</w:tc>"
        )
