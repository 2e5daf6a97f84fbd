"""The markup of every table of the demo portal: what geometry, scope and headers say is one and the same."""

from collections import Counter
from pathlib import Path

import pytest

from tests.render.pages import Cell, Table, find_pages, find_tables, parse, read_page

MEASURED = """
<table><colgroup span="2"></colgroup><colgroup span="1"></colgroup><colgroup span="2"></colgroup>
<thead><tr><th scope="col" id="stub" rowspan="3" colspan="2">x</th><th scope="col" id="all" colspan="3">x</th></tr>
<tr><th scope="col" id="a" rowspan="2">x</th><th scope="colgroup" id="g" colspan="2">x</th></tr>
<tr><th scope="col" id="b">x</th><th scope="col" id="c">x</th></tr></thead>
<tbody><tr><th scope="row" id="r" colspan="2">x</th><td>1</td><td>2</td><td>3</td></tr></tbody>
<tbody><tr><th scope="rowgroup" id="s" rowspan="2">x</th><th scope="row" id="t">x</th><td>4</td><td>5</td><td>6</td></tr>
<tr><th scope="row" id="u">x</th><td>7</td><td>8</td><td>9</td></tr></tbody></table>
"""


@pytest.fixture(scope="session")
def tables(demo: Path) -> dict[str, list[Table]]:
    return {path.relative_to(demo).as_posix(): find_tables(read_page(path)) for path in find_pages(demo)}


def each(tables: dict[str, list[Table]]) -> list[tuple[str, Table]]:
    return [(f"{page}#{table.element.get('id')}", table) for page, found in tables.items() for table in found]


def test_reading_of_tables_agrees_with_what_browsers_say() -> None:
    """The structure that accessibility.md §3 measured in two browsers."""
    (table,) = find_tables(parse(MEASURED))
    assert list(table.find_faults()) == []
    headers = {cell.element.text: table.list_headers(cell) for cell in table.cells if not cell.is_header}
    assert headers == {
        "1": {"r", "all", "a"},
        "2": {"r", "all", "g", "b"},
        "3": {"r", "all", "g", "c"},
        "4": {"s", "t", "all", "a"},
        "5": {"s", "t", "all", "g", "b"},
        "6": {"s", "t", "all", "g", "c"},
        "7": {"s", "u", "all", "a"},
        "8": {"s", "u", "all", "g", "b"},
        "9": {"s", "u", "all", "g", "c"},
    }


def test_every_kind_of_page_has_tables(tables: dict[str, list[Table]]) -> None:
    counts = {page: len(found) for page, found in tables.items() if found}
    assert counts["pingtan/2020/index.html"] == 7
    assert counts["pingtan/2022/index.html"] == 6
    for page in (
        "pingtan/index.html",
        "pingtan/comparison/index.html",
        "years/2020/index.html",
        "forms/cn-gai-2021/index.html",
    ):
        assert counts[page] >= 1


def test_cells_tile_every_table(tables: dict[str, list[Table]]) -> None:
    assert {name: faults for name, table in each(tables) if (faults := list(table.find_faults()))} == {}


def test_headers_are_those_that_geometry_gives(tables: dict[str, list[Table]]) -> None:
    wrong = {}
    for name, table in each(tables):
        for cell in table.cells:
            if not cell.is_header and set(cell.element.get("headers").split()) != table.list_headers(cell):
                wrong[name, cell.x, cell.y] = (cell.element.get("headers"), table.list_headers(cell))
    assert wrong == {}


def test_headers_come_rows_before_columns_and_outer_before_inner(tables: dict[str, list[Table]]) -> None:
    for name, table in each(tables):
        by_id = {cell.element.get("id"): cell for cell in table.cells if cell.is_header}

        def rank(cell: Cell) -> tuple[bool, int]:
            in_head = cell.group.tag == "thead"
            return in_head, cell.y if in_head else cell.x

        for cell in table.cells:
            ranks = [rank(by_id[header]) for header in cell.element.get("headers").split()]
            assert ranks == sorted(set(ranks)), (name, cell.element.get("headers"))


def test_no_cell_is_empty_and_every_header_has_a_scope(tables: dict[str, list[Table]]) -> None:
    for name, table in each(tables):
        for cell in table.cells:
            assert cell.element.text, name
            assert not cell.is_header or cell.scope in ("col", "colgroup", "row", "rowgroup"), name


def test_group_scopes_span_exactly_one_group(tables: dict[str, list[Table]]) -> None:
    for name, table in each(tables):
        for cell in table.cells:
            if cell.scope == "rowgroup":
                assert cell.height == len(cell.group.all("tr")), name
            if cell.scope == "colgroup":
                assert cell.width == table.column_groups[table.column_group(cell)], name


def test_every_table_is_called_by_a_caption_of_its_own_in_a_region_that_scrolls(demo: Path) -> None:
    for path in find_pages(demo):
        page = read_page(path)
        captions = [table.one("caption").text for table in page.all("table")]
        assert max(Counter(captions).values(), default=1) == 1, path
        for region in page.all("div", class_="table-scroll"):
            caption = region.one("table").one("caption")
            assert (region.get("role"), region.get("tabindex")) == ("region", "0")
            assert region.get("aria-labelledby") == caption.get("id")


def test_notes_of_a_table_are_tied_to_it(demo: Path) -> None:
    for path in find_pages(demo):
        page = read_page(path)
        for table in page.all("table"):
            noted = table.get("aria-describedby")
            assert not noted or page.one(id=noted).text


def test_ids_are_unique_on_every_page(demo: Path) -> None:
    for path in find_pages(demo):
        ids = Counter(element.get("id") for element in read_page(path).walk() if "id" in element.attributes)
        assert [id for id, count in ids.items() if count > 1 or not id or " " in id] == [], path
