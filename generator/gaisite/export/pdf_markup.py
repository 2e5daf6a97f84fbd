"""A report as a page of HTML to print: official layout, every table with its header cells."""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from gaisite.export.pdf_styles import TITLE_SIZE, write_styles
from gaisite.export.pdf_tables import WIDTH, PrintedCell, PrintedTable, Row, measure_text, print_block, print_table
from gaisite.export.prose import TableBlock, take_apart
from gaisite.model.documents import ReportDocument

LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
OUTWARD = re.compile("(?:https?|mailto|tel):", re.IGNORECASE)
PICTURE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*>')
ALONE = re.compile("<p>(<img [^>]*>)</p>")
VERBATIM = re.compile(r"<pre><code[^>]*>(.*?)\n?</code></pre>", re.DOTALL)
UNIT = re.compile("(（[^（）]{1,12}）)$")
"""What stands in brackets behind a label keeps together."""
KINDS = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp", "svg": "svg+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedReport:
    """A report, ready to be printed."""

    html: str
    tables: tuple[PrintedTable, ...]
    """In the order in which they are printed."""


def print_report(report: ReportDocument) -> PrintedReport:
    """A report as HTML, and its tables as they are to be found in the structure of the PDF."""
    writer = ReportWriter(report=report)
    return PrintedReport(html=writer.write(), tables=tuple(writer.tables))


@dataclass(slots=True, kw_only=True)
class ReportWriter:
    """One report."""

    report: ReportDocument
    tables: list[PrintedTable] = field(default_factory=list)

    def write(self) -> str:
        """The page."""
        report = self.report
        body = [f"<h1>{write_title(report)}</h1>", self.write_prose(report.html)]
        for section in report.sections:
            body.append(f"<h2>{escape(section.heading)}</h2>")
            body.append(self.write_prose(section.html))
            for table in section.tables:
                printed = print_table(table, report.language, f"t{len(self.tables) + 1}")
                self.tables.append(printed)
                body.extend(write_table(printed))
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(report.language)}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{escape(report.title)}</title>\n{''.join(self.describe())}<style>{write_styles()}</style>\n</head>\n"
            f"<body>\n{''.join(body)}</body>\n</html>\n"
        )

    def describe(self) -> Iterator[str]:
        """What the file says of itself, from the report alone; a report without a date states none."""
        report = self.report
        date = report.published.replace(" ", "T") + ("+08:00" if " " in report.published else "")
        said = {
            "author": report.author,
            "description": report.description,
            "keywords": ", ".join(report.keywords),
            "dcterms.created": date,
            "dcterms.modified": date,
        }
        for name, text in said.items():
            if text:
                yield f'<meta name="{name}" content="{escape(text)}">\n'

    def write_prose(self, html: str) -> str:
        """A narrative: its pictures within, no links into a site that is not there; its tables are kept."""
        html = VERBATIM.sub(lambda found: f'<p class="verbatim">{found[1]}</p>', html)
        html = PICTURE.sub(lambda found: embed(self.report.pictures, found[1], found[2]), html)
        html = ALONE.sub(r'<p class="picture">\1</p>', html)
        html = LINK.sub(lambda found: found[0] if OUTWARD.match(found[1]) else f"<span>{found[2]}</span>", html)
        for block in take_apart(html):
            if isinstance(block, TableBlock):
                self.tables.append(print_block(block, f"t{len(self.tables) + 1}"))
        return html


def write_title(report: ReportDocument) -> str:
    """The title; where it takes two lines, the second begins behind the agency's name if each part fits in one."""
    rest = report.title.removeprefix(report.author)
    if rest == report.title or max(map(measure_text, (report.author, rest))) * TITLE_SIZE > WIDTH:
        return escape(report.title)
    return f"<span>{escape(report.author)}</span><span>{escape(rest)}</span>"


def embed(pictures: Mapping[str, bytes], address: str, text: str) -> str:
    """A picture with its bytes; of one that is not there, the text that describes it."""
    address = unescape(address)
    raw, kind = pictures.get(address, b""), KINDS.get(address.rpartition(".")[2].lower(), "")
    if not raw or not kind:
        return f"[{text}]"
    return f'<img src="data:image/{kind};base64,{b64encode(raw).decode()}" alt="{text}">'


def write_table(table: PrintedTable) -> Iterator[str]:
    """A statutory table under its caption, its notes below."""
    kind = "form long" if table.is_long else "form"
    yield f'<table class="{kind}" style="font-size:{table.size}pt">\n<caption>{escape(table.caption)}</caption>\n'
    yield "".join(f'<col style="width:{width:.2f}mm">' for width in table.widths)
    yield f"\n<thead>\n{write_rows(table.head)}</thead>\n"
    yield from (f"<tbody>\n{write_rows(body)}</tbody>\n" for body in table.bodies)
    yield "</table>\n"
    yield from (f'<p class="note">{escape(note)}</p>\n' for note in table.notes)


def write_rows(rows: Iterable[Row]) -> str:
    """Rows of a table."""
    return "".join(f"<tr>{''.join(map(write_cell, row))}</tr>\n" for row in rows)


def write_cell(cell: PrintedCell) -> str:
    """A cell."""
    given = {
        "id": cell.id,
        "scope": cell.scope,
        "headers": " ".join(cell.headers),
        "colspan": str(cell.across) if cell.across > 1 else "",
        "rowspan": str(cell.down) if cell.down > 1 else "",
    }
    marks = "".join(f' {name}="{value}"' for name, value in given.items() if value)
    tag = "th" if cell.scope else "td"
    text = UNIT.sub(r'<span class="unit">\1</span>', escape(cell.text)) if cell.scope else escape(cell.text)
    return f"<{tag}{marks}>{text}</{tag}>"
