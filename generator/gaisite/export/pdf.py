"""PDF files of reports, printed from HTML. Only this module of the stage knows WeasyPrint, which needs Pango."""

import logging
from collections.abc import Iterator
from typing import Any

from gaisite.export.pdf_markup import print_report
from gaisite.export.pdf_structure import StrayStructure, mend_structure
from gaisite.findings import ContentError, fault
from gaisite.model.documents import ReportDocument

MOST = 12
"""How many of the letters without a glyph are named."""


def write_pdf(report: ReportDocument) -> bytes:
    """report.pdf of a report; ContentError where Pango is not there, or where a letter would be a box."""
    printed = print_report(report)
    try:
        import weasyprint
    except OSError:
        raise fault("export-pango", report.place) from None
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    # Pictures are within the page: nothing is fetched from anywhere.
    page = weasyprint.HTML(string=printed.html, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=("data",)))
    document = page.render()
    raw: bytes = document.write_pdf(pdf_tags=True, pdf_version="1.7", pdf_identifier=b"gaisite")
    missing = sorted(set(find_missing(document)))
    if missing:
        raise refuse(report, missing)
    try:
        return mend_structure(raw, report, printed.tables)
    except StrayStructure:
        raise fault("export-structure", report.place, title=report.title) from None


def find_missing(document: Any) -> Iterator[str]:
    """The characters for which none of the fonts has a glyph."""
    for font in document.fonts.values():
        yield from map(chr, font.missing)


def refuse(report: ReportDocument, missing: list[str]) -> ContentError:
    """The error for letters without glyphs."""
    named = "、".join(f"{letter}（U+{ord(letter):04X}）" for letter in missing[:MOST])
    return fault("export-glyphs", report.place, letters=named, count=len(missing), title=report.title)
