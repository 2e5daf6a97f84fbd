"""The page of all checks: by agency, by check, and what does not add up, bounded however large the portal."""

from pathlib import Path

import pytest

from gaisite.render.checks import LISTED
from tests.build.portals import OFFICE, build, edit, make_portal, write_figures, write_report
from tests.render.pages import Element, read_page

FAILING = "content/bureau"
MISSING_ROWS = """\
form: cn-gai-2021
documents: {rules: {issued: 0, repealed: 0, in_force: 0}, normative_documents: {issued: 5, repealed: 0, in_force: 1}}
licences: {permits: {decisions: 0}}
penalties: {punishment: {decisions: 0}, compulsion: {decisions: 0}}
fees: {charges: {amount: 0}}
applications: {new: {natural_person: 0, total: 0}}
reviews:
  cases: {review: {upheld: 0, total: 0}, litigation: {direct: {upheld: 0, total: 0}, after_review: {upheld: 0, total: 0}}}
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Element:
    """Three agencies: one closes, one explains what it does not, one explains nothing."""
    at = "documents.normative_documents.in_force"
    stock = "acknowledge: [{check: stock-at-least, at: " + at + ", reason: 清理后废止。}]"
    explained = write_figures(rest=stock).replace(
        "normative_documents: {issued: 0, repealed: 0, in_force: 0}",
        "normative_documents: {issued: 3, repealed: 0, in_force: 1}",
    )
    project = make_portal(
        tmp_path_factory.mktemp("checked") / "project",
        {
            "content/zone/agency.yaml": "name: 某区\n",
            "content/zone/2021/figures.yaml": MISSING_ROWS,
            "content/zone/2021/report.md": write_report(),
            f"{FAILING}/agency.yaml": "name: 某局\n",
            f"{FAILING}/2021/figures.yaml": explained,
            f"{FAILING}/2021/report.md": write_report(),
            "content/empty/agency.yaml": "name: 无年报\n",
        },
    )
    build(project)
    return read_page(project / "site" / "checks" / "index.html")


def read_rows(table: Element) -> list[list[str]]:
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in table.all("tr")[1:]]


def test_agencies_that_fail_come_first_and_what_passes_is_told_by_number(page: Element) -> None:
    rows = read_rows(page.one("table", id="checked-reports"))
    assert [row[:-4] for row in rows] == [
        ["某区", "2021年", "2021年格式"],
        ["某局", "2021年", "2021年格式"],
        ["某街道办事处", "全部 2 份，没有不符", "2019年格式、2021年格式"],
    ]
    assert rows[1][-3:-1] == ["1", "1"]


def test_sentence_counts_the_reports_that_close(page: Element) -> None:
    assert page.one("p", class_="introduction").text == "本站共收录 4 份年报，其中 2 份的勾稽关系全部相符或无法核对。"


def test_each_check_says_in_how_many_reports_it_was_made_and_failed(page: Element) -> None:
    rows = {row[0]: row[1:] for row in read_rows(page.one("table", id="checks-cn-gai-2021"))}
    assert rows["现行有效件数不少于本年制发件数减本年废止件数"][1:] == [
        "3 份中 3 份",
        "3 份中 2 份",
        "4",
        "2",
        "1",
        "0",
    ]
    carried = rows["上年结转等于上一年报告的结转下年度"]
    assert carried == ["国办公开办函〔2021〕30号，第三部分表", "3 份中 1 份", "3 份中 0 份", "2", "0", "0", "5"]
    balance = rows["第一项加第二项等于第三项加第四项"]
    assert balance[1:3] == ["3 份中 2 份", "3 份中 0 份"]


def test_check_leads_to_its_place_on_the_page_of_the_form(page: Element) -> None:
    links = [link.get("href") for link in page.one("table", id="checks-cn-gai-2019").all("a")]
    assert "../forms/cn-gai-2019/index.html#check-row-sum" in links


def test_problems_stand_under_their_agency_what_nobody_explained_first(page: Element) -> None:
    main = page.one("main")
    assert [heading.text for heading in main.all("h3")] == ["某区", "某局"]
    assert "共 1 份年报，其中 0 份没有不符。" in main.text
    zone, bureau = main.all("ul", class_="known-problems")
    assert "说明：" not in zone.text
    assert "说明： 清理后废止。" in bureau.text


def test_long_list_of_one_report_is_cut_and_the_rest_told_by_number(page: Element) -> None:
    zone = page.one("main").all("ul", class_="known-problems")[0]
    assert len(zone.all("ul")[0].all("li")) == LISTED
    (more,) = [line.text for line in zone.all("p") if line.text.startswith("另有")]
    assert more.endswith("处，见该年报。")


def test_unexplained_failures_of_a_report_come_before_the_explained(tmp_path: Path) -> None:
    rest = "acknowledge: [{check: stock-at-least, at: documents.rules.in_force, reason: 如此公布。}]"
    figures = write_figures(rest=rest).replace(
        "issued: 0, repealed: 0, in_force: 0", "issued: 2, repealed: 0, in_force: 1"
    )
    build(make_portal(tmp_path, {f"{OFFICE}/2021/figures.yaml": figures}))
    page = read_page(tmp_path / "site" / "checks" / "index.html")
    (problems,) = page.one("main").all("ul", class_="known-problems")
    assert ["说明" in item.text for item in problems.all("ul")[0].all("li")] == [False, True]
    rows = read_rows(page.one("table", id="checked-reports"))
    assert [row[-6] for row in rows] == ["2021年", "其余 1 份，没有不符"]


def test_check_that_is_off_is_not_in_the_tables(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {})
    edit(project, "content/site.yaml", "title:", "checks: {row-sum: off}\ntitle:")
    build(project)
    page = read_page(project / "site" / "checks" / "index.html")
    assert "#check-row-sum" not in "".join(link.get("href") for link in page.all("a"))
