"""A report as one document to hand in or to keep: what its Word and PDF files are written from."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from gaisite.findings import Place
from gaisite.model.content import Agency, Report, ReportTable
from gaisite.model.forms import Form
from gaisite.model.prose import Prose
from gaisite.model.tables import Axis

PICTURE = re.compile(r'<img src="([^"]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSection:
    """A section of a report: its heading, its narrative, then its tables."""

    heading: str
    html: str
    """The narrative as `read` has rendered it; empty where there is none."""
    tables: tuple[ReportTable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDocument:
    """A report as a document, in the language of its form: labels and headings are the official ones."""

    report: str
    """`<agency>/<year>`."""
    title: str
    author: str
    """The name that the agency bore in the year."""
    language: str
    place: Place
    """Of the narrative."""
    published: str = ""
    """YYYY-MM-DD, with or without HH:MM; empty where the report states no date."""
    keywords: tuple[str, ...] = ()
    description: str = ""
    html: str = ""
    """What stands before the first section."""
    sections: tuple[DocumentSection, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures of the narrative, by the addresses under which it names them."""


def compose_document(
    report: Report, form: Form, agency: Agency, title: str, pictures: Mapping[str, bytes]
) -> ReportDocument:
    """A report as a document; nothing that the portal says about the report is in it."""
    narrative = report.narrative
    return ReportDocument(
        report=report.id,
        title=title,
        author=agency.name_in(report.year).official,
        language=form.language,
        place=narrative.place,
        published=narrative.published,
        keywords=narrative.keywords,
        description=narrative.description,
        html=narrative.preamble.html if narrative.preamble else "",
        sections=tuple(
            DocumentSection(
                heading=section.heading.official,
                html=prose.html if (prose := narrative.sections.get(section.id)) else "",
                tables=tuple(report.tables[table] for table in section.tables),
            )
            for section in form.sections
        ),
        pictures=pictures,
    )


def list_pictures(report: Report) -> Iterator[str]:
    """The addresses of the pictures of a report's narrative."""
    narrative = report.narrative
    pieces: list[Prose | None] = [narrative.preamble, *narrative.sections.values()]
    for prose in pieces:
        if prose is not None:
            yield from (unescape(address) for address in PICTURE.findall(prose.html))


def count_computed(table: ReportTable) -> Iterator[tuple[str, int]]:
    """The columns of a table in which totals that the report left out were computed: id, and how many."""
    for column in table.table.leaves(Axis.COLUMNS):
        count = sum(table.figure(row.id, column.id).computed for row in table.table.leaves(Axis.ROWS))
        if count:
            yield column.id, count
