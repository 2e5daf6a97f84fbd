"""Word files: paragraphs with their headings, lists and emphasis, and tables. Only this module knows python-docx."""

import re
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl, CT_Tc
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from gaisite.imports.documents import Block, Cell, Grid, Paragraph
from gaisite.imports.marking import bold, escape_markdown

HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
DELETED = (qn("w:del"), qn("w:moveFrom"))
TEXT, TAB, BREAK = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))


def read_word(raw: bytes) -> tuple[Block, ...]:
    """What a Word file holds; ValueError, KeyError or a BadZipFile where it is none."""
    document = docx.Document(BytesIO(raw))
    return tuple(walk_body(document))


def walk_body(document: WordDocument) -> Iterator[Block]:
    """The paragraphs and tables of a document in their order; what a frame or a content control holds as well."""
    grids = 0
    for element in walk_elements(document.element.body):
        if isinstance(element, CT_P):
            paragraph = read_paragraph(element, WordParagraph(element, document))
            if paragraph is not None:
                yield paragraph
        else:
            grids += 1
            yield Grid(number=grids, rows=tuple(read_row(row, place) for place, row in enumerate(element.tr_lst, 1)))


def walk_elements(parent: object) -> Iterator[CT_P | CT_Tbl]:
    """The paragraphs and tables of an element, those in content controls too."""
    for child in parent.iterchildren():  # type: ignore[attr-defined]
        if isinstance(child, (CT_P, CT_Tbl)):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from walk_elements(child)


def read_paragraph(element: CT_P, paragraph: WordParagraph) -> Paragraph | None:
    """A paragraph; None where nothing is written in it."""
    parts = [(read_inside(run.element), bool(run.bold)) for run in iter_runs(paragraph)]
    text = " ".join("".join(part for part, _ in parts).split())
    if not text:
        return None
    heading = HEADING.search(paragraph.style.name or "") if paragraph.style is not None else None
    level = int(heading[1]) if heading else 0
    properties = element.pPr
    item = properties is not None and properties.numPr is not None and not level
    return Paragraph(text=text, markdown=mark_runs(parts), level=level, item=item)


def iter_runs(paragraph: WordParagraph) -> Iterator[Run]:
    """The runs of a paragraph, those of its links too."""
    for inner in paragraph.iter_inner_content():
        if isinstance(inner, Run):
            yield inner
        else:
            yield from inner.runs


def mark_runs(parts: list[tuple[str, bool]]) -> str:
    """The runs of a paragraph in Markdown, bold ones that follow each other in one; nothing where all is bold."""
    if all(strong for text, strong in parts if text.strip()):
        return " ".join(escape_markdown("".join(text for text, _ in parts)).split())
    written, present, strong = [], "", False
    for text, is_strong in [*parts, ("", False)]:
        if is_strong == strong or not text.strip():
            present += text
            continue
        written.append(bold(escape_markdown(present)) if strong and present.strip() else escape_markdown(present))
        present, strong = text, is_strong
    written.append(bold(escape_markdown(present)) if strong and present.strip() else escape_markdown(present))
    return " ".join("".join(written).split())


def read_row(row: CT_Row, number: int) -> tuple[Cell, ...]:
    """The cells of a row in their order, of merged ones the first only."""
    cells = [cell for cell in row.tc_lst if cell.vMerge != "continue"]
    return tuple(Cell(text=read_cell(cell), row=number, column=place) for place, cell in enumerate(cells, 1))


def read_cell(cell: CT_Tc) -> str:
    """The text of a cell, its paragraphs in lines of their own, those that are empty left out."""
    lines = (read_inside(paragraph).strip() for paragraph in cell.iter(qn("w:p")))
    return "\n".join(line for line in lines if line)


def read_inside(element: object) -> str:
    """The text in an element, what was struck out by revision left out."""
    text = []
    for child in element.iter(TEXT, TAB, *BREAK):  # type: ignore[attr-defined]
        if any(above.tag in DELETED for above in child.iterancestors()):
            continue
        text.append(child.text or "" if child.tag == TEXT else " ")
    return "".join(text)
