"""Word files of reports, in the layout of official documents. Only this module of the stage knows python-docx."""

import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Mm

from gaisite.export.prose import (
    ListPlace,
    Picture,
    RuleBlock,
    Span,
    Spans,
    TableBlock,
    TextBlock,
    take_apart,
)
from gaisite.export.word_markup import (
    NAMESPACES,
    WIDTH,
    WordCell,
    WordRow,
    WordTable,
    drop_controls,
    write_paragraph,
    write_run,
    write_table,
)
from gaisite.export.word_styles import (
    EVEN,
    FANG,
    LATIN,
    LIST_STEP,
    LOOKS,
    NO_INDENT,
    ODD,
    PAGE,
    PAGE_NUMBER,
    write_numbering,
    write_settings,
)
from gaisite.export.word_tables import tabulate
from gaisite.export.wording import explain_table, write_caption
from gaisite.model.content import ReportTable
from gaisite.model.documents import ReportDocument

MADE = (1980, 1, 1, 0, 0, 0)
"""What the archive says of when its parts were made: nothing, so that the same report gives the same file."""
WIDEST = Mm(156)
NOT_PICTURES = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
OUTWARD = re.compile("(?:https?|mailto|tel):", re.IGNORECASE)
ALIGNMENTS = {"left": "left", "center": "center", "right": "right"}
KEEP = "<w:keepNext/>"


def write_word(report: ReportDocument) -> bytes:
    """report.docx of a report."""
    writer = WordWriter(report=report)
    return writer.write()


@dataclass(slots=True, kw_only=True)
class WordWriter:
    """One Word file."""

    report: ReportDocument
    document: WordDocument = field(default_factory=docx.Document)
    links: dict[str, str] = field(default_factory=dict)
    """Ids of relationships, by address."""
    pictures: list[CT_Inline] = field(default_factory=list)
    """In the order in which they stand in the text."""
    lists: dict[int, tuple[bool, int]] = field(default_factory=dict)
    """By number: whether it is ordered, and the number that it begins with."""
    begun: int = 0
    """How many lists the narratives before this one have."""

    def write(self) -> bytes:
        """The file."""
        self.prepare()
        body = self.document.element.body
        section = body.sectPr
        inner = parse_xml(f"<w:body {NAMESPACES}>{self.write_body()}</w:body>")
        body.clear()
        body.extend([*inner, section])
        for place, picture in zip(body.iter(qn("w:drawing")), self.pictures, strict=True):
            place.append(picture)
        self.document.part.numbering_part.element.clear()
        self.document.part.numbering_part.element.extend(parse_children(write_numbering(self.lists)))
        return self.pack()

    # --- the text

    def write_body(self) -> str:
        """Title, sections, tables."""
        parts = [write_paragraph(write_run(self.report.title), "Title"), self.write_prose(self.report.html)]
        for section in self.report.sections:
            parts.append(write_paragraph(write_run(section.heading), "Heading1"))
            parts.append(self.write_prose(section.html))
            parts.extend(self.write_table(table) for table in section.tables)
        return "".join(parts)

    def write_table(self, table: ReportTable) -> str:
        """A statutory table under its caption, its notes below."""
        language = self.report.language
        caption = write_paragraph(write_run(write_caption(table, language)), "Caption")
        notes = [write_paragraph(write_run(note), "TableNote") for note in explain_table(table, language)]
        # Two tables with nothing between them are one to Word.
        apart = notes or [write_paragraph("", "TableText")]
        return caption + write_table(tabulate(table, language)) + "".join(apart)

    def write_prose(self, html: str) -> str:
        """A narrative."""
        parts = []
        for block in take_apart(html):
            if isinstance(block, TextBlock):
                parts.append(self.write_text(block))
            elif isinstance(block, TableBlock):
                parts.append(self.write_plain_table(block) + write_paragraph("", "TableText"))
            else:
                parts.append(write_rule(block))
        self.begun = max(self.lists, default=0)
        return "".join(parts)

    def write_text(self, block: TextBlock) -> str:
        """A paragraph, a heading, an item of a list."""
        if block.level:
            return write_paragraph(self.write_spans(block.spans), f"Heading{min(block.level - 1, 5)}")
        if block.verbatim:
            return write_paragraph(self.write_spans(block.spans), "MacroText")
        if all(isinstance(span, Picture) for span in block.spans):
            return write_paragraph(self.write_spans(block.spans), "Picture", "<w:jc w:val='center'/>")
        style = "Quote" if block.quoted else ""
        properties = self.place_item(block.item) if block.item is not None else ""
        return write_paragraph(self.write_spans(block.spans), style, properties)

    def place_item(self, item: ListPlace) -> str:
        """The mark and the indent of an item; what follows in it has the indent alone."""
        number = self.begun + item.number
        self.lists[number] = (item.ordered, item.start)
        if item.begins:
            return f'<w:numPr><w:ilvl w:val="{item.depth}"/><w:numId w:val="{number}"/></w:numPr>'
        left = LIST_STEP * (item.depth + 2)
        return f'<w:ind w:left="{left}" w:firstLineChars="0" w:firstLine="0"/>'

    def write_spans(self, spans: Spans) -> str:
        """The runs of a block."""
        return "".join(
            self.write_picture(span) if isinstance(span, Picture) else self.write_span(span) for span in spans
        )

    def write_span(self, span: Span) -> str:
        """A run; a link where it leads out of the site: to a place in it there is no way from a file."""
        looks = (
            (span.code, f'<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:eastAsia="{FANG}"/>'),
            (span.bold, "<w:b/><w:bCs/>"),
            (span.italic, "<w:i/><w:iCs/>"),
            (span.struck, "<w:strike/>"),
        )
        run = write_run(span.text, "".join(markup for wanted, markup in looks if wanted))
        address = span.href if OUTWARD.match(span.href) else ""
        return f'<w:hyperlink r:id="{self.link(address)}" w:history="1">{run}</w:hyperlink>' if address else run

    def link(self, address: str) -> str:
        """The id of the relationship to an address."""
        if address not in self.links:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            self.links[address] = self.document.part.relate_to(address, kind, is_external=True)
        return self.links[address]

    def write_picture(self, picture: Picture) -> str:
        """A picture, no wider than the text; of a kind that Word does not know, the text that stands for it."""
        raw = self.report.pictures.get(picture.address, b"")
        try:
            inline = self.document.part.new_pic_inline(io.BytesIO(raw))
            if inline.extent.cx > WIDEST:
                inline = self.document.part.new_pic_inline(io.BytesIO(raw), width=WIDEST)
        except NOT_PICTURES:
            return write_run(f"[{picture.text}]")
        inline.docPr.set("descr", drop_controls(picture.text))
        self.pictures.append(inline)
        return "<w:r><w:drawing/></w:r>"

    def write_plain_table(self, block: TableBlock) -> str:
        """A table of a narrative."""
        columns = max(len(row) for row in block.rows)
        rows = tuple(
            WordRow(
                cells=tuple(
                    WordCell(
                        markup=write_paragraph(
                            self.write_spans(cell.spans),
                            "TableHead" if cell.head else "TableText",
                            f'<w:jc w:val="{ALIGNMENTS[cell.align]}"/>' if cell.align in ALIGNMENTS else "",
                        ),
                        shaded=cell.head,
                    )
                    for cell in row
                ),
                head=row[0].head,
            )
            for row in block.rows
        )
        return write_table(WordTable(title="", widths=(WIDTH // columns,) * columns, rows=rows))

    # --- what is around it

    def prepare(self) -> None:
        """Page, styles, page numbers, settings and what the file says of itself."""
        self.set_page()
        self.set_styles()
        self.document.settings.element.clear()
        self.document.settings.element.extend(parse_children(write_settings(self.report.language)))
        self.describe()

    def set_page(self) -> None:
        """A4 with the margins of official documents, page numbers at the foot."""
        section = self.document.sections[0]
        for name, size in PAGE.items():
            setattr(section, name, Mm(size))
        for foot, properties in ((section.footer, ODD), (section.even_page_footer, EVEN)):
            foot.is_linked_to_previous = False
            paragraph = foot.paragraphs[0]._p  # noqa: SLF001 -- the library's way to the element
            parent = paragraph.getparent()
            parent.replace(paragraph, parse_one(write_paragraph(PAGE_NUMBER, "Footer", properties)))

    def set_styles(self) -> None:
        """The styles, and the language of all text."""
        styles = self.document.styles
        wanted = {"Table Grid", "Normal Table"}
        for style in [each for each in styles if each.type == WD_STYLE_TYPE.TABLE and each.name not in wanted]:
            style.delete()
        known = {style.name for style in styles}
        for name, look in LOOKS.items():
            style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            element = style.element
            for tag in ("w:pPr", "w:rPr"):
                for old in element.findall(qn(tag)):
                    element.remove(old)
            element.append(parse_one(f"<w:pPr>{look.paragraph}</w:pPr>"))
            element.append(parse_one(f"<w:rPr>{look.write_run()}</w:rPr>"))
        language = self.report.language
        defaults = styles.element.find(qn("w:docDefaults"))
        defaults.clear()
        defaults.append(
            parse_one(
                f'<w:rPrDefault><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" '
                f'w:eastAsia="{FANG}"/><w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
                "</w:rPr></w:rPrDefault>"
            )
        )

    def describe(self) -> None:
        """Title, author and dates, from the report alone; a report without a date has none."""
        report, properties = self.report, self.document.core_properties
        properties.title, properties.author, properties.last_modified_by = report.title, report.author, report.author
        properties.language, properties.keywords = report.language, "；".join(report.keywords)
        properties.comments, properties.subject, properties.revision = report.description, "", 1
        if report.published:
            day = datetime.datetime.fromisoformat(report.published)
            properties.created = properties.modified = day
            return
        element = properties._element  # noqa: SLF001 -- an element cannot be left out otherwise
        for tag in ("dcterms:created", "dcterms:modified"):
            for old in element.findall(qn(tag)):
                element.remove(old)

    def pack(self) -> bytes:
        """The file as an archive, the same whenever it is made, without the picture of the library's template."""
        relations = self.document.part.package.rels
        for name in [name for name, each in relations.items() if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
            del relations[name]
        made = io.BytesIO()
        self.document.save(made)
        packed = io.BytesIO()
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                info = zipfile.ZipInfo(name, MADE)
                info.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(info, old.read(name))
        return packed.getvalue()


def write_rule(_: RuleBlock) -> str:
    """A line across."""
    border = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    return write_paragraph("", "", border + NO_INDENT)


def parse_children(markup: str) -> list[object]:
    """Elements from their markup."""
    return list(parse_xml(f"<w:root {NAMESPACES}>{markup}</w:root>"))


def parse_one(markup: str) -> object:
    """One element from its markup."""
    return parse_children(markup)[0]
