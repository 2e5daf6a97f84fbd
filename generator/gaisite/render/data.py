"""The page that explains the files for download: where they lie, their columns, the four states, the licence."""

from collections.abc import Iterator, Sequence

from gaisite.model.columns import OBSERVATION_COLUMNS, SERIES_COLUMNS, STATE_WORDS, Column
from gaisite.model.content import State
from gaisite.model.downloads import Content, DataFile, Format
from gaisite.render import lists
from gaisite.render.downloads import DATA_PAGE, FORMATS, list_files
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.lists import Entry, ListPlan, Row, make_table
from gaisite.render.parts import LinkView, TableView
from gaisite.render.site import Site, absolute_url, link_to, page_path
from gaisite.render.structured import CATALOGUE, Dataset, describe_page
from gaisite.render.templates import render_template
from gaisite.render.views import DataView

PLACES: tuple[tuple[str, Format, str], ...] = (
    ("{agency}/{year}/data.csv", Format.CSV, "data_of_report"),
    ("{agency}/{year}/data.xlsx", Format.XLSX, "data_of_report"),
    ("{agency}/{year}/data.json", Format.JSON, "data_of_report"),
    ("{agency}/series.csv", Format.CSV, "data_series"),
    ("{agency}/series.xlsx", Format.XLSX, "data_series"),
    ("{agency}/series.json", Format.JSON, "data_series"),
    ("{agency}/data.parquet", Format.PARQUET, "data_of_years"),
    ("data/all.csv", Format.CSV, "data_of_portal"),
    ("data/all.parquet", Format.PARQUET, "data_of_portal"),
    ("*.csv-metadata.json", Format.CSV, "data_metadata"),
    ("forms/{form}/data.schema.json", Format.JSON, "data_schema"),
    ("data/series.schema.json", Format.JSON, "series_schema"),
)
"""Where the files of each format lie, and the word for what is in them."""


def render_data(site: Site, years: Sequence[int], files: Sequence[DataFile]) -> bytes:
    """data.html; `files` are those of the whole portal."""
    path, words, portal = page_path(DATA_PAGE), site.words, site.portal
    licence = portal.licence
    titles = {Content.OBSERVATIONS: words.data_of_portal}
    head = PageHead(heading=words.data_heading, dataset=describe_all(site, path, years, files))
    view = DataView(
        page=frame_page(site, path, head),
        introduction=words.data_introduction,
        files=list_files(site, path, files, titles),
        catalogue=LinkView(label=words.data_catalogue, href=link_to(path, CATALOGUE)),
        places=tabulate_places(site),
        columns=tuple(tabulate_columns(site)),
        states=tabulate_states(site),
        licence=LinkView(label=licence.label, href=licence.url, external=bool(licence.url)) if licence else None,
        citation=cite(site, path),
    )
    return render_template(site.theme, "data.html", view, words)


def describe_all(site: Site, path: str, years: Sequence[int], files: Sequence[DataFile]) -> str:
    """The data of the whole portal, for search engines."""
    portal = site.portal
    dataset = Dataset(
        name=site.words.fill("data_of", name=portal.title),
        description=site.words.data_introduction,
        creator=portal.owner or portal.title,
        years=tuple(sorted(years)),
        files=files,
    )
    return describe_page(site, path, dataset)


def cite(site: Site, path: str) -> str:
    """How to cite the data; no date of today, which the reader adds."""
    portal = site.portal
    address = absolute_url(portal, path)
    publisher = portal.owner or portal.title
    return site.words.fill("data_citation", publisher=publisher, title=portal.title, address=address).strip()


def tabulate_places(site: Site) -> TableView:
    """Which files there are, and where."""
    words = site.words
    names = {"agency": words.place_agency, "year": words.place_year, "form": words.place_form}
    rows = tuple(
        Row(
            label=place.format(**names),
            entries=(Entry(text=FORMATS[format]), Entry(text=getattr(words, word))),
        )
        for place, format, word in PLACES
        if format in site.portal.formats
    )
    heads = (words.data_type, words.data_content)
    return tabulate(site, "data-files", (words.data_files, words.data_place), heads, rows)


def tabulate_columns(site: Site) -> Iterator[TableView]:
    """The columns of the tables, one table for each kind of file."""
    words = site.words
    kinds = (
        ("data-columns", words.data_columns, OBSERVATION_COLUMNS),
        ("series-columns", words.series_columns, SERIES_COLUMNS),
    )
    heads = (words.column_name, words.column_note)
    for id, caption, columns in kinds:
        rows = tuple(describe_column(site, column) for column in columns)
        yield tabulate(site, id, (caption, words.column_title), heads, rows)


def describe_column(site: Site, column: Column) -> Row:
    """One column as a row."""
    return Row(label=site.say(column.title), entries=(Entry(text=column.name), Entry(text=site.say(column.note))))


def tabulate_states(site: Site) -> TableView:
    """The four states."""
    words = site.words
    notes = {
        State.NUMBER: words.state_number_note,
        State.BLANK: words.state_blank_note,
        State.NOT_APPLICABLE: words.state_not_applicable_note,
        State.NOT_IN_FORM: words.state_not_in_form_note,
    }
    rows = tuple(
        Row(label=site.say(STATE_WORDS[state]), entries=(Entry(text=state.value), Entry(text=note)))
        for state, note in notes.items()
    )
    return tabulate(site, "data-states", (words.data_states, words.state), (words.column_name, words.column_note), rows)


def tabulate(site: Site, id: str, title: tuple[str, str], heads: tuple[str, ...], rows: tuple[Row, ...]) -> TableView:
    """A plain table of texts, titled by its caption and the head of its row headers."""
    caption, corner = title
    columns = tuple(lists.Column(label=head) for head in heads)
    return make_table(ListPlan(id=id, caption=caption, corner=corner, columns=columns, rows=rows), site.words)
