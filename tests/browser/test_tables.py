"""The reading of tables finds each deliberate fault, and nothing in the reference tables."""

import re
from pathlib import Path

import pytest

from tests.browser.fixtures import TABLE, make_site
from tests.browser.pages import ROOT, inspect_served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("tables")]

REFERENCE = ROOT.parent / "shared/reference/statutory-tables.html"

FAULTS = {
    "wrong header": ([('"r g b"', '"r g a"')], "T1: row 3, column 3"),
    "headers out of order": ([('"r g b"', '"g b r"')], "T1: row 3, column 3"),
    "no headers": ([(' headers="r g b"', "")], "T1: row 3, column 3"),
    "header of another table": ([('id="b" headers="g"', 'id="b" headers="main"')], "T1: 「Firms」 names main"),
    "rowgroup reaches too far": (
        [("</tbody>\n<tbody>", "\n"), ('scope="row" id="r"', 'scope="rowgroup" id="r"')],
        "T1: row 4, column 2",
    ),
    "colgroup too narrow": (
        [('<colgroup span="2">', '<colgroup span="1"></colgroup><colgroup>')],
        "T1: row 3, column 3",
    ),
    "header row in the middle": (
        [("<td headers", '<th scope="col" id="m" headers'), ("1</td>", "1</th>")],
        "T1: row 4, column 2",
    ),
    "no caption": ([("<caption>Applications</caption>", "")], "T2: no caption"),
    "empty cell": ([('"q g a">0<', '"q g a"> <')], "T3: an empty td in row 4"),
    "ragged row": ([('<td headers="q g b">1</td>', "")], "T4: row 4 has no cell in column 3"),
    "colgroups do not add up": (
        [('<colgroup span="1"></colgroup>', "")],
        "T4: the colgroups make 2 columns, the rows 3",
    ),
    "rowspan out of its tbody": ([('id="r"', 'id="r" rowspan="2"')], "T4: rowspan of 「Received」"),
    "overlap": (
        [('<td headers="r g a">1</td>', '<td rowspan="2">1</td></tr><tr><th scope="row" id="o" colspan="3">Over</th>')],
        "T4: 「Over」 lies over another cell",
    ),
    "no scope": ([('scope="row" id="q"', 'id="q"')], "T6: 「Granted」 has no scope"),
    "no table to assistive technology": ([("<table>", '<table role="presentation">')], "T8: the table's role is"),
    "no table to the eye": ([("<table>", '<table class="block">')], "T8: "),
    "two captions alike": (
        [("</table>", "</table>" + re.sub(r' (id|headers)="[^"]*"', "", TABLE))],
        "T2: another table",
    ),
    "scrolls without a name": (
        [("<table>", '<div class="table-scroll" tabindex="0" role="region"><table>'), ("</table>", "</table></div>")],
        "T7: the table scrolls",
    ),
}


def break_table(changes: list[tuple[str, str]]) -> str:
    """The faultless table, changed."""
    table = TABLE
    for old, new in changes:
        assert old in table
        table = table.replace(old, new, 1)
    return table


@pytest.fixture(scope="module")
def problems(browser_tools: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """For each fault what is found in a page that has it, and in a page that has none."""
    bodies = {name: break_table(changes) for name, (changes, _) in FAULTS.items()}
    pages = inspect_served(make_site(tmp_path_factory.mktemp("tables"), none=TABLE, **bodies), modes=["light"])
    found = {page["path"].removesuffix(".html"): page["modes"]["light"]["tables"] for page in pages}
    return {name: [problem for table in tables for problem in table["problems"]] for name, tables in found.items()}


def test_faultless_table_has_no_problem(problems: dict[str, list[str]]) -> None:
    assert problems["none"] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_found(problems: dict[str, list[str]], fault: str) -> None:
    assert [problem for problem in problems[fault] if problem.startswith(FAULTS[fault][1])], problems[fault]


def test_reference_tables_are_right_in_every_cell(browser_tools: None, tmp_path: Path) -> None:
    if not REFERENCE.exists():
        pytest.skip("the reference tables lie beside the repository, and are not there")
    site = make_site(tmp_path / "site", lang="zh-CN", reference=REFERENCE.read_text(encoding="utf-8"))
    (page,) = inspect_served(site, modes=["light", "narrow"])
    for mode in ("light", "narrow"):
        tables = page["modes"][mode]["tables"]
        assert [problem for table in tables for problem in table["problems"]] == []
        assert (len(tables), sum(table["cells"] for table in tables)) == (7, 201)
