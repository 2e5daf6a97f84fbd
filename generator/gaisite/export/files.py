"""Which files for download there are: beside each report, of each agency, of the whole portal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import BinaryIO

from gaisite.export.columnar import join_tables, write_table
from gaisite.export.delimited import write_header, write_observations, write_series
from gaisite.export.documents import write_agency, write_report
from gaisite.export.metadata import SUFFIX, CsvFile, write_metadata
from gaisite.export.workbooks import write_report_workbook, write_series_workbook
from gaisite.model.columns import OBSERVATION_COLUMNS, OBSERVATION_KEY, SERIES_COLUMNS, SERIES_KEY
from gaisite.model.datasets import AgencyData, ReportData
from gaisite.model.documents import ReportDocument
from gaisite.model.downloads import Content, DataFile, Format
from gaisite.model.portal import Portal

EXTRAS = {
    Format.XLSX: (("xlsxwriter",), "office"),
    Format.PARQUET: (("pyarrow",), "parquet"),
    Format.DOCX: (("docx",), "office"),
    Format.PDF: (("weasyprint", "pikepdf"), "pdf"),
}
"""The libraries that a format needs, and the extra that brings them."""
PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was written."""

    path: str
    """In the site."""
    content: bytes
    file: DataFile | None
    """What readers are told of it; None: it describes another file, to programs."""


def find_missing_extra(format: Format) -> str:
    """The extra without which a format cannot be written here; empty where nothing is missing."""
    libraries, extra = EXTRAS.get(format, ((), ""))
    return extra if any(find_spec(library) is None for library in libraries) else ""


def export_agency(agency: AgencyData, portal: Portal) -> Iterator[Exported]:
    """The files of an agency's reports by year, then its own over all years; none of an agency without reports."""
    for report in agency.reports:
        yield from export_report(report, portal)
    if agency.reports:
        yield from export_years(agency, portal)


def export_report(report: ReportData, portal: Portal) -> Iterator[Exported]:
    """The files beside one report."""
    path = f"{report.agency}/{report.year}/data"
    if Format.CSV in portal.formats:
        yield make_file(f"{path}.csv", write_observations(report, portal.language))
        yield describe_csv(f"{path}.csv", report.title, portal)
    if Format.XLSX in portal.formats:
        yield make_file(f"{path}.xlsx", write_report_workbook(report, portal))
    if Format.JSON in portal.formats:
        yield make_file(f"{path}.json", write_report(report, portal, climb(path)))


def export_document(report: ReportDocument, portal: Portal) -> Iterator[Exported]:
    """The files of a report as a document."""
    for format in (Format.DOCX, Format.PDF):
        if format in portal.documents:
            yield make_file(f"{report.report}/report.{format}", write_document(report, format), Content.DOCUMENT)


def write_document(report: ReportDocument, format: Format) -> bytes:
    """A report as a document of a format; the library is loaded only now. ContentError where it cannot be made here."""
    if format is Format.PDF:
        from gaisite.export.pdf import write_pdf

        return write_pdf(report)
    from gaisite.export.word import write_word

    return write_word(report)


def export_years(agency: AgencyData, portal: Portal) -> Iterator[Exported]:
    """The files of an agency over its years: its series, and all its cells as that from which the portal's are made."""
    path, kind = f"{agency.agency}/series", Content.SERIES
    if Format.CSV in portal.formats:
        yield make_file(f"{path}.csv", write_series(agency, portal.language), kind)
        yield describe_csv(f"{path}.csv", agency.name.official, portal, kind)
    if Format.XLSX in portal.formats:
        yield make_file(f"{path}.xlsx", write_series_workbook(agency, portal), kind)
    if Format.JSON in portal.formats:
        yield make_file(f"{path}.json", write_agency(agency, portal, climb(path)), kind)
    if Format.PARQUET in portal.formats:
        yield make_file(f"{agency.agency}/data.parquet", write_table(agency))


def make_file(path: str, content: bytes, kind: Content = Content.OBSERVATIONS) -> Exported:
    """A file with what is known of it; its format is its ending."""
    file = DataFile(path=path, format=Format(path.rpartition(".")[2]), content=kind, size=len(content))
    return Exported(path=path, content=content, file=file)


def describe_csv(path: str, title: str, portal: Portal, kind: Content = Content.OBSERVATIONS) -> Exported:
    """The CSVW metadata of a CSV file."""
    series = kind is Content.SERIES
    columns, key = (SERIES_COLUMNS, SERIES_KEY) if series else (OBSERVATION_COLUMNS, OBSERVATION_KEY)
    described = CsvFile(name=path.rpartition("/")[2], title=title, columns=columns, key=key)
    return Exported(path=path + SUFFIX, content=write_metadata(described, portal), file=None)


def climb(path: str) -> str:
    """From the folder of a file to the site's root."""
    return "../" * path.count("/")


def join_files(format: Format, files: Iterable[BinaryIO], language: str) -> Iterator[bytes]:
    """The file of the whole portal in pieces, from those of its agencies."""
    if format is Format.PARQUET:
        yield from join_tables(files)
        return
    header = write_header(OBSERVATION_COLUMNS, language)
    yield header
    for file in files:
        file.seek(len(header))
        while piece := file.read(PIECE):
            yield piece
