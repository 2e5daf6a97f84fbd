"""The structure of a PDF made right: WeasyPrint counts cells where columns are meant. Only this module knows pikepdf.

A table that goes on over pages is one table again, and what is printed again on each page is no part of the text.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from gaisite.export.pdf_tables import PrintedCell, PrintedTable
from gaisite.model.documents import ReportDocument

SCOPES = {"col": Name.Column, "colgroup": Name.Column, "row": Name.Row, "rowgroup": Name.Row}
DRAWING = frozenset({"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI"})
"""Operators of content streams that put something on the page."""
XMP = (
    '<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">{inner}</rdf:Description></rdf:RDF></x:xmpmeta>\n'
    '<?xpacket end="r"?>'
)


class StrayStructure(ValueError):
    """The tables in the structure are not those that were printed."""


def mend_structure(raw: bytes, report: ReportDocument, tables: Sequence[PrintedTable]) -> bytes:
    """The file with a structure in which every cell has its header cells, the same bytes whenever it is made.

    It says that it keeps to PDF/UA only where nothing is left that is known to be against it.
    """
    with pikepdf.open(BytesIO(raw)) as pdf:
        root = pdf.Root.StructTreeRoot
        mend_tables(pdf, root, tables)
        drop_strays(pdf, root)
        pdf.Root.Lang = String(report.language)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.Root.Metadata = pdf.make_stream(describe(report, sound=not any(find_flaws(pdf))).encode())
        pdf.Root.Metadata.Type, pdf.Root.Metadata.Subtype = Name.Metadata, Name.XML
        made = BytesIO()
        pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return made.getvalue()


def find_elements(element: Any, kind: str) -> Iterator[Any]:
    """The structure elements of a kind at and below one, in their order; none within another of them."""
    if not isinstance(element, Dictionary) or "/S" not in element:
        return
    if str(element.S) == kind:
        yield element
        return
    for kid in list_kids(element):
        yield from find_elements(kid, kind)


def list_kids(element: Any) -> list[Any]:
    """What is right below a structure element."""
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


# --- tables


def mend_tables(pdf: pikepdf.Pdf, root: Any, tables: Sequence[PrintedTable]) -> None:
    """Every table with the cells that were printed."""
    pieces = [piece for kid in list_kids(root) for piece in find_elements(kid, "/Table")]
    names: list[tuple[str, Any]] = []
    for table in tables:
        names += mend_table(pieces, table)
    if pieces:
        raise StrayStructure(str(len(pieces)))
    listed = [each for name, element in sorted(names, key=lambda each: each[0]) for each in (String(name), element)]
    if listed:
        limits = Array([listed[0], listed[-2]])
        leaf = pdf.make_indirect(Dictionary(Names=Array(listed), Limits=limits))
        root.IDTree = pdf.make_indirect(Dictionary(Kids=Array([leaf])))


def mend_table(pieces: list[Any], table: PrintedTable) -> Iterator[tuple[str, Any]]:
    """One table, from as many pieces as it was printed in; gives its header cells by id."""
    first, rows = pieces.pop(0), iter(table.rows)
    yield from mend_rows(list_rows(first, "/THead"), iter(table.head))
    yield from mend_rows(list_rows(first, "/TBody"), rows)
    while pieces and (waiting := list(rows)):
        piece, rows = pieces.pop(0), iter(waiting)
        for body in [kid for kid in list_kids(piece) if kid.S == "/TBody"]:
            body.P = first
            first.K.append(body)
        yield from mend_rows(list_rows(piece, "/TBody"), rows)
        piece.P.K = Array([kid for kid in piece.P.K if kid.objgen != piece.objgen])
    if next(rows, None) is not None:
        raise StrayStructure(table.caption)


def list_rows(table: Any, group: str) -> Iterator[Any]:
    """The rows of a table in its head, or in its bodies."""
    for kid in list_kids(table):
        if str(kid.S) == group:
            yield from (row for row in list_kids(kid) if row.S == "/TR")


def mend_rows(rows: Iterator[Any], printed: Iterator[tuple[PrintedCell, ...]]) -> Iterator[tuple[str, Any]]:
    """Rows with what was printed in them; gives their header cells by id."""
    for row in rows:
        cells, wanted = [kid for kid in list_kids(row) if kid.S in ("/TH", "/TD")], next(printed, ())
        if [cell.S for cell in cells] != ["/TH" if cell.scope else "/TD" for cell in wanted]:
            raise StrayStructure(str(len(wanted)))
        for element, cell in zip(cells, wanted, strict=True):
            mend_cell(element, cell)
            if cell.id:
                yield cell.id, element


def mend_cell(element: Any, cell: PrintedCell) -> None:
    """A cell with its spans, its scope and its header cells."""
    given = Dictionary(O=Name.Table)
    if cell.scope:
        element.ID, given.Scope = String(cell.id), SCOPES[cell.scope]
    if cell.across > 1:
        given.ColSpan = cell.across
    if cell.down > 1:
        given.RowSpan = cell.down
    if cell.headers:
        given.Headers = Array([String(header) for header in cell.headers])
    element.A = given


# --- what is no part of the text


def drop_strays(pdf: pikepdf.Pdf, root: Any) -> None:
    """Page numbers, and headers that are printed again, become artifacts: no element that is left holds them."""
    kept = {element.objgen for kid in list_kids(root) for element in walk(kid)}
    numbers = root.ParentTree.Nums
    parents = {int(number): held for number, held in zip(numbers[::2], numbers[1::2], strict=True)}
    for page in pdf.pages:
        held = parents[int(page.StructParents)]
        strays = {place for place, element in enumerate(held) if element.objgen not in kept}
        if strays:
            for place in strays:
                held[place] = None
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(list(mark_strays(page, strays))))


def walk(element: Any) -> Iterator[Any]:
    """A structure element with all below it."""
    if isinstance(element, Dictionary) and "/S" in element:
        yield element
        for kid in list_kids(element):
            yield from walk(kid)


def mark_strays(page: Any, strays: set[int]) -> Iterator[Any]:
    """The drawing of a page, in which some pieces of content are artifacts."""
    for step in pikepdf.parse_content_stream(page):
        operands, operator = step.operands, str(step.operator)
        if operator == "BDC" and isinstance(operands[1], Dictionary) and int(operands[1].get("/MCID", -1)) in strays:
            artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
            yield pikepdf.ContentStreamInstruction(artifact, pikepdf.Operator("BDC"))
        else:
            yield step


# --- what the file says of itself


def find_flaws(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What is known to be against PDF/UA, in the structure and in what is drawn."""
    elements = [element for kid in list_kids(pdf.Root.StructTreeRoot) for element in walk(kid)]
    for element in elements:
        if element.S == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "figure"
        if element.S == "/TD" and not element.A.get("/Headers"):
            yield "cell"
    levels = [int(str(element.S)[2:]) for element in elements if str(element.S) in {f"/H{n}" for n in range(1, 7)}]
    yield from ("heading" for before, after in pairwise([0, *levels]) if after > before + 1)
    for page in pdf.pages:
        for font in page.Resources.get("/Font", Dictionary()).values():
            if "/ToUnicode" not in font:
                yield "font"
        if draws_outside(page):
            yield "content"


def draws_outside(page: Any) -> bool:
    """Whether a page draws something that is neither text nor an artifact."""
    depth = 0
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        if not depth and operator in DRAWING:
            return True
    return False


def describe(report: ReportDocument, *, sound: bool) -> str:
    """The metadata as XMP."""
    title, author = escape(report.title), escape(report.author)
    inner = f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    inner += f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
    inner += f"<dc:language><rdf:Bag><rdf:li>{report.language}</rdf:li></rdf:Bag></dc:language>"
    return XMP.format(inner=inner + ("<pdfuaid:part>1</pdfuaid:part>" if sound else ""))
