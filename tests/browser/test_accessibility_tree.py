"""What a screen reader says before each figure of a report: the headers that Chromium's accessibility tree gives it."""

import pytest

from gaisite.cli.known_checks import read_known_forms
from gaisite.model.forms import Form
from gaisite.model.tables import Axis, Line, Table, walk_lines

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

REPORTS = ("dongcheng/yongdingmenwai/2020/index.html", "pingtan/2022/index.html")
"""One in each of the two forms."""


def path_of(table: Table, axis: Axis, leaf: Line) -> list[str]:
    """The labels from the outermost group to the line itself."""
    lines = {line.id: line for line in walk_lines(table.lines(axis))}
    keys = leaf.id.split(".")
    return [lines[".".join(keys[:depth])].label.official for depth in range(1, len(keys) + 1)]


def expect_headers(form: Form, table_id: str) -> dict[str, list[str]]:
    """For each cell of a table the labels over it as the form has them: rows first, the outermost first."""
    table = form.table(table_id)
    head = [table.column_head.official] if table.column_head else []
    return {
        f"{table_id}.{row.id}.{column.id}": [
            *path_of(table, Axis.ROWS, row),
            *head,
            *path_of(table, Axis.COLUMNS, column),
        ]
        for row in table.leaves(Axis.ROWS)
        for column in table.leaves(Axis.COLUMNS)
    }


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("table_id", ["applications", "reviews"])
def test_each_cell_is_spoken_with_the_headers_of_the_form(seen: list[dict], report: str, table_id: str) -> None:
    page = next(page for page in seen if page["path"] == report)
    spoken = {cell: names for table in page["modes"]["light"]["tables"] for cell, names in table["spoken"].items()}
    forms = read_known_forms(None)
    form = next(form for form in forms.values() if form.serves(int(report.split("/")[-2])))
    expected = expect_headers(form, table_id)
    assert len(expected) > 10
    assert {cell: spoken.get(cell) for cell in expected} == expected
