"""A workbook to fill in: what is in it, what it lets somebody write, and that import reads it back."""

import random
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

from gaisite.cli import run
from gaisite.export.entry_books import is_exact
from gaisite.export.entry_checks import Place, spell_place
from gaisite.findings import Problems
from gaisite.model.content import State
from gaisite.model.tables import Axis, FigureType, Line, Table
from gaisite.scaffold import Ground, ReportWishes, lay_out_workbook, read_ground
from gaisite.scaffold.carrying import read_report
from tests.build.portals import change_files, make_portal, write_figures, write_report
from tests.read.test_figures import write_rows

OFFICE = "content/office"
TEXT = "开头**加粗**的话。\n\n- 甲\n- 乙\n\n1. 一\n2. 二\n\n### 小标题\n\n见[[applications.new.total]]。"
YEARS = {"cn-gai-2019": 2020, "cn-gai-2021": 2022}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_portal(tmp_path / "project", {f"{OFFICE}/2020": None})


def get_ground(project: Path) -> Ground:
    problems = Problems()
    ground = read_ground(project, problems)
    assert ground is not None
    assert problems.findings == []
    return ground


def make_book(project: Path, year: int, form: str = "") -> bytes:
    problems = Problems()
    content = lay_out_workbook(get_ground(project), ReportWishes(agency="office", year=year, form=form), problems)
    assert content is not None, problems.findings
    return content


def open_book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def import_book(project: Path, content: bytes, year: int) -> None:
    """Import a workbook as a clerk does."""
    path = project / "filled.xlsx"
    path.write_bytes(content)
    assert run(["-C", str(project), "import", str(path), "--agency", "office", "--year", str(year), "--yes"]) == 0


def read_cells(project: Path, year: int) -> dict[tuple[str, str, str], tuple[State, str]]:
    """Every cell of a report."""
    report = read_report(get_ground(project), "office", year, Problems())
    assert report is not None
    return {
        (table.table.id, row.id, column.id): (figure.state, figure.text)
        for table in report.tables.values()
        for row in table.table.leaves(Axis.ROWS)
        for column in table.table.leaves(Axis.COLUMNS)
        for figure in [table.figure(row.id, column.id)]
    }


def find_cell(book: Workbook, row: str, column: int) -> Cell:
    """The cell of figures, from 0, in the row that a label heads."""
    for sheet in book:
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str) and cell.value.startswith(row):
                    first = next(
                        each.column for each in cells[::-1] if isinstance(each, Cell) and each.value == cell.value
                    )
                    free = [each for each in cells[first:] if isinstance(each, Cell)]
                    return free[column]
    raise AssertionError(row)


def test_new_report_has_what_goes_on_from_last_year_and_nothing_else(project: Path) -> None:
    book = open_book(make_book(project, 2022))
    assert find_cell(book, "二、上年结转", 0).value == 1
    assert find_cell(book, "一、本年新收", 0).value is None
    assert book.sheetnames[-2:] == ["正文", "核对"]
    import_book(project, make_book(project, 2022), 2022)
    numbers = {cell: text for cell, (state, text) in read_cells(project, 2022).items() if state is State.NUMBER}
    assert numbers == {
        ("applications", "carried_in", "natural_person"): "1",
        ("applications", "carried_in", "total"): "1",
    }


def test_labels_and_sums_are_locked_and_cells_to_fill_in_are_not(project: Path) -> None:
    book = open_book(make_book(project, 2022))
    assert all(sheet.protection.sheet for sheet in book)
    assert not find_cell(book, "一、本年新收", 0).protection.locked
    total = find_cell(book, "一、本年新收", 6)
    assert total.protection.locked
    assert str(total.value).startswith("=IF(COUNT(")
    assert find_cell(book, "一、本年新收", 0).parent["A1"].protection.locked
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]
    assert all("ISNUMBER" in rule.formula1 for rule in rules)
    assert len(rules) > 100


def test_checks_stand_as_formulas_and_turn_cells_red(project: Path) -> None:
    book = open_book(make_book(project, 2022))
    told = [(row[0].value, row[1].value) for row in book["核对"].iter_rows(min_row=2)]
    assert ("第一项加第二项等于第三项加第四项", "总计") in told
    assert ("上年结转等于上一年报告的结转下年度", "自然人") in told
    applications = find_cell(book, "一、本年新收", 0).parent
    cell = find_cell(book, "一、本年新收", 0).coordinate
    assert any(cell in area.sqref for area in applications.conditional_formatting)


def test_same_report_gives_the_same_bytes(project: Path) -> None:
    assert make_book(project, 2021) == make_book(project, 2021)


@pytest.mark.parametrize("form", YEARS)
@pytest.mark.parametrize("seed", range(3))
def test_any_report_comes_back_with_every_cell_and_its_text(form: str, seed: int, project: Path) -> None:
    year, chance = YEARS[form], random.Random(seed)
    write_random_report(project, form, year, chance)
    before, text = read_cells(project, year), (project / OFFICE / str(year) / "report.md").read_text(encoding="utf-8")
    import_book(project, make_book(project, year), year)
    assert read_cells(project, year) == before
    assert (project / OFFICE / str(year) / "report.md").read_text(encoding="utf-8").split() == text.split()
    assert len({state for state, _ in before.values()}) == 3


def write_random_report(project: Path, form: str, year: int, chance: random.Random) -> None:
    """A report with any figures, sums that need not add up, and a narrative with marks of all kinds."""
    ground = get_ground(project)
    lines = [f"form: {form}"]
    for table in ground.forms[form].tables:
        cells = {
            (row.id, column.id): spell(table, row, column, chance)
            for row in table.leaves(Axis.ROWS)
            for column in table.leaves(Axis.COLUMNS)
        }
        lines += [f"{table.id}:", *write_rows(table, table.rows, cells, chance)]
    text = write_report("published: 2021-01-20 09:30\nkeywords: [甲, 乙]", "开头的话。\n").replace(
        "本部分情况如表所示，没有需要另行说明的事项。", TEXT, 2
    )
    change_files(
        project, {f"{OFFICE}/{year}/figures.yaml": "\n".join(lines) + "\n", f"{OFFICE}/{year}/report.md": text}
    )


def spell(table: Table, row: Line, column: Line, chance: random.Random) -> str:
    """A figure as figures.yaml spells it."""
    kind = table.cell_type(row, column)
    if chance.random() < 0.3:
        return chance.choice(["", "n/a"])
    if kind is FigureType.AMOUNT:
        return f"{chance.randrange(100)}.{chance.randrange(1000):03}0"
    if kind is FigureType.CHANGE:
        return chance.choice(["+7", "-3", "0", "12"])
    return str(chance.choice([0, 7, 28, 10**17 + 1]))


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("0", True),
        ("52.6540", True),
        ("-3", True),
        ("+7", False),
        ("100000000000000001", False),
        ("007", False),
        (".5", False),
    ],
)
def test_only_numbers_that_a_spreadsheet_keeps_are_written_as_such(text: str, exact: bool) -> None:
    assert is_exact(text) is exact


def test_cells_are_called_as_spreadsheets_call_them() -> None:
    assert [spell_place(Place(sheet="", row=4, column=column)) for column in (0, 25, 26, 701)] == [
        "A5",
        "Z5",
        "AA5",
        "ZZ5",
    ]


def test_command_writes_the_file_and_overwrites_no_other(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["-C", str(project), "--lang", "en", "workbook", "office", "2022"]
    assert run(command) == 0
    assert "Wrote" in capsys.readouterr().out
    path = project / "office-2022.xlsx"
    assert path.read_bytes() == make_book(project, 2022)
    path.write_bytes(b"filled in")
    assert run(command) == 2
    assert path.read_bytes() == b"filled in"
    assert run([*command, "--force"]) == 0
    assert run(["-C", str(project), "--lang", "en", "workbook", "ofice", "2022"]) == 1
    assert "office" in capsys.readouterr().err


def test_report_with_mistakes_is_told_and_no_file_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change_files(project, {f"{OFFICE}/2021/figures.yaml": write_figures().replace("total: 5}", "total: x}")})
    assert run(["-C", str(project), "--lang", "en", "workbook", "office", "2021"]) == 1
    assert "figures.yaml" in capsys.readouterr().err
    assert not (project / "office-2021.xlsx").exists()


def test_missing_extra_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gaisite.cli.workbook.find_spec", lambda _: None)
    assert run(["-C", str(project), "--lang", "en", "workbook", "office", "2021"]) == 2
    assert "gaisite[office]" in capsys.readouterr().err


def test_import_keeps_what_a_report_says_of_itself(project: Path) -> None:
    change_files(project, {f"{OFFICE}/2021/report.md": write_report("published: 2022-01-20 09:30\nnotes:\n  - 甲\n")})
    import_book(project, make_book(project, 2021), 2021)
    text = (project / OFFICE / "2021/report.md").read_text(encoding="utf-8")
    assert text.startswith("---\npublished: 2022-01-20 09:30\nnotes:\n  - 甲\n")
