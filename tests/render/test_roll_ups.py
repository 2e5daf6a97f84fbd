"""Pages of reports that add up those below or are compared with them."""

from pathlib import Path

import pytest

from gaisite.render.roll_ups import write_mark
from tests.build.portals import build, change_files, edit
from tests.examples import EXAMPLES, lay_out
from tests.render.pages import Element, read_page

PAGE = "site/area/2024/index.html"


def show(case: str, folder: Path, *, language: str = "") -> Element:
    project = lay_out(EXAMPLES / case, folder)
    if language:
        edit(project, "content/site.yaml", "title:", f"language: {language}\ntitle:")
    build(project)
    return read_page(project / PAGE)


def read_rows(section: Element, id: str) -> list[list[str]]:
    """The texts of the cells of each row of a table's body."""
    rows = section.one("table", id=id).one("tbody").all("tr")
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in rows]


def read_groups(section: Element) -> dict[str, list[str]]:
    """The lists of agencies by their headings."""
    lists = [[item.text for item in each.all("li")] for each in section.all("ul")]
    return dict(zip((heading.text for heading in section.all("h3")), lists, strict=True))


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Element:
    return show("good/roll-up-compare", tmp_path_factory.mktemp("compared"))


@pytest.fixture(scope="module")
def summed(tmp_path_factory: pytest.TempPathFactory) -> Element:
    return show("good/roll-up-sum", tmp_path_factory.mktemp("summed"))


def test_what_differs_or_is_adjusted_is_told_with_both_numbers_and_the_reason(compared: Element) -> None:
    rows = read_rows(compared.one("section", class_="roll-up"), "roll-up-cells")
    assert [row[1:7] for row in rows] == [
        ["440", "468", "—无", "28", "5/5", "不符"],
        ["1100", "846", "+254", "0", "5/5", "相符"],
        ["0", "1", "−1", "0", "1/5", "相符"],
    ]
    assert rows[0][7] == "年底清理后的件数只在本级公布，下级未重新统计。"
    assert rows[1][7].startswith("调整 +254：")


def test_how_many_cells_agree_is_told_those_too_that_agree_once_rounded(compared: Element) -> None:
    text = compared.one("section", class_="roll-up").text
    assert "共核对 33 格：32 格相符，1 格不符，0 格无法判断。其中 1 格按本报告所印的小数位数四舍五入后相符。" in text


def test_children_are_listed_with_links_to_their_reports(compared: Element) -> None:
    section = compared.one("section", class_="roll-up")
    groups = read_groups(section)
    assert list(groups) == ["已计入合计（5）", "逾期公开（1）", "所印总计与分项不符，按分项计入（4）"]
    assert groups["逾期公开（1）"] == ["示例行政审批局 2025-02-10 公开，期限 2025-01-31"]
    assert "示例实验区办公室" not in groups["所印总计与分项不符，按分项计入（4）"]
    assert "../economy/2024/index.html" in [link.get("href") for link in section.all("a")]


def test_a_cell_of_the_comparison_leads_to_its_figure(compared: Element) -> None:
    links = [link.get("href")[1:] for link in compared.one("table", id="roll-up-cells").all("a")]
    assert links[1] == "penalties.punishment.decisions"
    assert all(compared.all(id=link) for link in links)


def test_the_figure_that_differs_says_so_where_it_is_printed(compared: Element) -> None:
    cell = compared.one("td", id="documents.normative_documents.in_force")
    assert cell.text == "440 差 28，查看说明"


def test_a_sum_says_of_how_many_reports_it_is_made(summed: Element) -> None:
    assert "下级应报告的机关共 5 个，汇总了 5 个的报告。" in summed.one("section", class_="roll-up").text
    first = summed.all("div", class_="table-notes")[0]
    assert first.text == "本表数据由本站根据下级 5 个机关中 5 个的报告汇总得出，各项总计按分项相加。"


def test_a_sum_does_not_mark_every_figure_as_computed(summed: Element) -> None:
    assert summed.all("td", class_="computed") == []
    assert summed.one("td", id="fees.charges.amount").text == "18651.114104"


def test_a_cell_that_not_all_reports_fill_in_says_how_many_do(summed: Element) -> None:
    cell = summed.one("td", id="applications.handled.partial.natural_person")
    notes = summed.one("div", id="t-applications-note").text
    assert cell.text == "29①"
    assert "① 计入的 5 份报告中，4 份填写了这一格。" in notes
    assert summed.one("td", id="applications.handled.granted.natural_person").text == "71"


def test_adjustments_of_a_sum_are_told_with_what_they_are_added_to(summed: Element) -> None:
    (row,) = read_rows(summed.one("section", class_="roll-up"), "roll-up-cells")
    assert row[1:] == [
        "18651.114104",
        "18651.064104",
        "+0.05",
        "5/5",
        "调整 +0.05：本级代收，不属于任何一个下级机关。",
    ]


def test_missing_reports_are_told_and_what_they_leave_open(tmp_path: Path) -> None:
    page = show("good/roll-up-incomplete", tmp_path, language="en")
    section = page.one("section", class_="roll-up")
    groups = read_groups(section)
    assert groups["No report here (1)"] == ["示例经济发展局"]
    assert "4 of 5 that should report" in section.text
    outcomes = {row[-2] for row in read_rows(section, "roll-up-cells")}
    assert outcomes == {"not assessable"}
    assert [link.get("href") for link in section.all("a") if "economy" in link.get("href")] == ["../economy/index.html"]


def test_other_forms_and_rows_of_their_own_are_told(tmp_path: Path) -> None:
    project = lay_out(EXAMPLES / "good" / "roll-up-sum", tmp_path)
    base = EXAMPLES / "base" / "content" / "office" / "2020"
    office = "content/area/office/2024"
    social = "content/area/social/2024/figures.yaml"
    edit(project, social, "documents:\n  rules", "local_rows: {licences: {checks: 检查}}\ndocuments:\n  rules")
    edit(project, social, "  permits: {decisions: 0}", "  permits: {decisions: 0}\n  checks: {decisions: 9}")
    change_files(project, {f"{office}/figures.yaml": (base / "figures.yaml").read_text(encoding="utf-8")})
    build(project)
    page = read_page(project / PAGE)
    groups = read_groups(page.one("section", class_="roll-up"))
    assert groups["采用其他格式，未计入（1）"] == ["示例实验区办公室 2019年格式"]
    assert groups["有格式以外的行，这些行未计入（1）"] == ["示例社会事业局"]
    assert page.one("td", id="licences.permits.decisions").text == "4529"


def test_notes_beyond_the_twentieth_have_numbers_in_brackets() -> None:
    assert [write_mark(number) for number in (0, 19, 20)] == ["①", "⑳", "(21)"]


def test_an_agency_that_need_not_report_is_not_missing_on_the_page_of_the_year(tmp_path: Path) -> None:
    show("good/roll-up-sum", tmp_path)
    (project,) = tmp_path.iterdir()
    page = read_page(project / "site/years/2024/index.html")
    assert "示例新城管委会" not in page.text
    assert "共 7 家机构，已收录 6 家的年报。" in page.text


def test_the_agencys_page_tells_how_many_reports_are_below(tmp_path: Path) -> None:
    show("good/roll-up-incomplete", tmp_path)
    (project,) = tmp_path.iterdir()
    assert "下级机关报告 4/5" in read_page(project / "site/area/index.html").text
