"""Saved web pages, in whatever encoding they say: headings, paragraphs, lists, tables. Only this module knows lxml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html as lxml_html

from gaisite.imports.documents import Block, Cell, Grid, Paragraph
from gaisite.imports.marking import bold, escape_markdown

HIDDEN = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "nav", "header", "footer"),
        *("select", "button", "iframe", "svg"),
    }
)
BREAKS = frozenset(
    {
        *("p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "hr", "blockquote"),
        *("pre", "form", "h1", "h2", "h3", "h4", "h5", "h6", "center", "body", "html"),
        *("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"),
    }
)
STRONG = frozenset({"b", "strong"})
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u3000]+")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}
"""What pages say, and what they really use."""


@dataclass(slots=True)
class Reader:
    """Walks over a page and keeps what is to be read in it."""

    blocks: list[Block] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    grids: int = 0
    text: list[str] = field(default_factory=list)
    markdown: list[str] = field(default_factory=list)
    level: int = 0
    item: bool = False

    def walk(self, element: lxml_html.HtmlElement, strong: bool = False) -> None:
        """One element with all in it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in HIDDEN:
            return
        if tag == "table" and is_data_table(element):
            self.end_paragraph()
            self.grids += 1
            self.blocks.append(Grid(number=self.grids, rows=tuple(read_rows(element))))
            return
        if tag in BREAKS:
            self.end_paragraph()
            self.level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
            self.item = tag == "li"
        if tag == "a" and element.get("href"):
            self.links.append((squeeze(element.text_content()), element.get("href", "").strip()))
        self.walk_inside(element, tag, strong or tag in STRONG)
        if tag in BREAKS:
            self.end_paragraph()

    def walk_inside(self, element: lxml_html.HtmlElement, tag: str, strong: bool) -> None:
        """The text and the elements in an element."""
        self.add(element.text or "", strong)
        for child in element:
            self.walk(child, strong)
            self.add(child.tail or "", strong)

    def add(self, text: str, strong: bool) -> None:
        """Text in the present paragraph."""
        if text:
            self.text.append(text)
            self.markdown.append(bold(escape_markdown(text)) if strong and text.strip() else escape_markdown(text))

    def end_paragraph(self) -> None:
        """Keep the paragraph, where there is anything in it."""
        text = squeeze("".join(self.text))
        if text:
            markdown = squeeze("".join(self.markdown)).replace("****", "")
            self.blocks.append(Paragraph(text=text, markdown=markdown, level=self.level, item=self.item))
        self.text, self.markdown, self.level, self.item = [], [], 0, False


def read_html(raw: bytes) -> tuple[tuple[Block, ...], tuple[tuple[str, str], ...]]:
    """What a page holds, and the titles and addresses of its links; ValueError where it is none."""
    root = lxml_html.document_fromstring(decode_page(raw))
    body = root.find("body")
    reader = Reader()
    reader.walk(root if body is None else body)
    reader.end_paragraph()
    return tuple(reader.blocks), tuple(reader.links)


def decode_page(raw: bytes) -> str:
    """The text of a page in the encoding that it says, or else in UTF-8 or GB18030."""
    said = CHARSET.search(raw[:4096])
    name = said[1].decode("ascii", "replace").lower() if said else ""
    for encoding in (WIDER.get(name, name), "utf-8-sig", "gb18030"):
        try:
            return re.sub(r"^\s*<\?xml[^>]*\?>", "", raw.decode(encoding))
        except (LookupError, UnicodeDecodeError):
            continue
    raise ValueError("encoding")


def is_data_table(table: lxml_html.HtmlElement) -> bool:
    """Whether a table holds data: one around others, or of a single cell, is there for its looks."""
    return table.find(".//table") is None and len(table.findall(".//td") + table.findall(".//th")) > 1


def read_rows(table: lxml_html.HtmlElement) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table, each cell once, wherever it spans."""
    for number, row in enumerate(table.iter("tr"), 1):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        yield tuple(Cell(text=read_cell(cell), row=number, column=place) for place, cell in enumerate(cells, 1))


def read_cell(cell: lxml_html.HtmlElement) -> str:
    """The text of a cell, its paragraphs in lines of their own."""
    reader = Reader()
    reader.walk_inside(cell, "td", strong=False)
    reader.end_paragraph()
    return "\n".join(block.text for block in reader.blocks if isinstance(block, Paragraph))


def squeeze(text: str) -> str:
    """A text in one line."""
    return SPACES.sub(" ", text).strip()
