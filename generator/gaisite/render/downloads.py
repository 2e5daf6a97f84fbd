"""Links to files for download: what is in each, its type and its true size."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from gaisite.model.downloads import Content, DataFile, Format
from gaisite.model.tables import Table
from gaisite.render.parts import LinkView, TableView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.views import AttachmentView, DownloadsView
from gaisite.render.words import write_size

DATA_PAGE = "data"
FORMATS = {Format.CSV: "CSV", Format.JSON: "JSON", Format.XLSX: "Excel", Format.PARQUET: "Parquet"}
FORMATS |= {Format.DOCX: "Word", Format.PDF: "PDF"}
"""As readers know them."""


def list_downloads(
    site: Site, path: str, files: Iterable[DataFile], titles: Mapping[Content, str]
) -> DownloadsView | None:
    """The files that a page offers, `titles` saying what is in them; None where it offers none."""
    views = list_files(site, path, files, titles)
    explanation = link_data_page(site, path) if site.portal.formats else None
    return DownloadsView(files=views, explanation=explanation) if views else None


def list_files(
    site: Site, path: str, files: Iterable[DataFile], titles: Mapping[Content, str]
) -> tuple[AttachmentView, ...]:
    """Files with their titles, types and sizes."""
    links = (link_file(site, path, file, titles[file.content]) for file in files)
    return tuple(AttachmentView(href=link.href, label=link.label) for link in links)


def link_file(site: Site, path: str, file: DataFile, title: str) -> LinkView:
    """A link to a file, with its type and size."""
    size = write_size(file.size, site.words)
    label = site.words.fill("download", title=title, type=FORMATS[file.format], size=size)
    return LinkView(label=label, href=link_to(path, file.path))


def link_data_page(site: Site, path: str) -> LinkView:
    """A link to the page that explains the files."""
    target = page_path(DATA_PAGE)
    return LinkView(label=site.words.data_heading, href=link_to(path, target), current=path == target)


def pick_files(files: Iterable[DataFile], folder: str) -> tuple[DataFile, ...]:
    """The files in a folder of the site."""
    return tuple(file for file in files if file.folder == folder)


def find_csv(files: Iterable[DataFile], content: Content) -> DataFile | None:
    """The CSV file with this content; None where there is none."""
    return next((file for file in files if file.format is Format.CSV and file.content is content), None)


def offer_plain(view: TableView, table: Table, link: LinkView | None) -> TableView:
    """A table with a link to its figures in a plain table, where its own headers have more than one level."""
    return replace(view, data=link) if any(line.lines for line in (*table.rows, *table.columns)) else view


def title_years(site: Site) -> Mapping[Content, str]:
    """What the files of an agency over its years are called."""
    return {Content.OBSERVATIONS: site.words.data_of_years, Content.SERIES: site.words.data_series}
