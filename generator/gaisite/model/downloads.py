"""Files for download: in which formats a portal offers its figures, and what is known of a file."""

from dataclasses import dataclass
from enum import StrEnum

from gaisite.findings import Place


class Format(StrEnum):
    """A format of files for download."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    PARQUET = "parquet"
    DOCX = "docx"
    PDF = "pdf"


DOCUMENTS = frozenset({Format.DOCX, Format.PDF})
"""The formats in which a report is offered as a document, with its narrative; the others hold figures alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadSetting:
    """A format that the portal offers."""

    format: Format
    place: Place
    """Of its name in site.yaml; of the file where that is silent."""


class Content(StrEnum):
    """What is in a file for download."""

    OBSERVATIONS = "observations"
    """A row for each cell of each report."""
    SERIES = "series"
    """A row for each year of each series."""
    DOCUMENT = "document"
    """A report, whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A file for download."""

    path: str
    """In the site."""
    format: Format
    content: Content
    size: int
    """In bytes."""

    @property
    def folder(self) -> str:
        """The page that it lies beside, by its address."""
        return self.path.rpartition("/")[0]
