"""The ledger on an agency's page: in words whether years close, by how much they do not, with links to both."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.portals import FIGURES_2021, OFFICE, build, make_portal, write_figures, write_report
from tests.examples import EXAMPLES, lay_out
from tests.render.pages import Element, find_pages, read_page

Portal = Callable[..., Element]
STOCK = "normative_documents: {issued: 0, repealed: 0, in_force: 0}"


@pytest.fixture
def office(tmp_path: Path) -> Portal:
    """Builds a portal with these files; returns the page of its agency."""

    def make(files: dict[str, str | bytes | None]) -> Element:
        build(make_portal(tmp_path, files))
        return read_page(tmp_path / "site" / "office" / "index.html")

    return make


def read_rows(page: Element, check: str) -> list[list[str]]:
    """The rows of a ledger: header cells, then the others, as they are seen and spoken."""
    rows = page.one("table", id=f"ledger-{check}").all("tr")[1:]
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in rows]


def test_pingtan_closes_but_for_the_rules_of_2020(demo: Path) -> None:
    page = read_page(demo / "pingtan" / "index.html")
    assert "共 30 处，其中 29 处衔接，1 处不衔接（已说明 1 处），0 处无法判断。" in page.one("main").text
    rows = read_rows(page, "public-total")
    assert [row[:4] for row in rows if "不衔接" in row] == [["2020年", "2019年：0+0=0", "7", "不衔接"]]
    (off,) = [row for row in rows if "不衔接" in row]
    assert off[4] == "7"
    assert "本站照录" in off[5]


def test_row_that_is_off_leads_to_both_figures(demo: Path) -> None:
    table = read_page(demo / "pingtan" / "index.html").one("table", id="ledger-public-total")
    (off,) = [row for row in table.all("tr") if "不衔接" in row.text]
    assert [link.get("href") for link in off.all("a")] == [
        "2020/index.html",
        "2019/index.html#documents.rules.public_total",
        "2020/index.html#documents.rules.public_total",
    ]


def test_every_figure_that_a_ledger_leads_to_is_there(demo: Path) -> None:
    for path in find_pages(demo):
        for link in read_page(path).one("main").all("a"):
            file, _, anchor = link.get("href").partition("#")
            if anchor and file:
                assert read_page(path.parent / file).all(id=anchor), (path, link.get("href"))


def test_agency_with_one_report_has_no_ledger(demo: Path) -> None:
    page = read_page(demo / "dongcheng" / "yongdingmenwai" / "index.html")
    assert "衔接" not in page.one("main").text
    assert page.all("h2", id="ledger") == []


def test_all_years_say_what_was_compared_or_why_not(office: Portal) -> None:
    blank = write_figures(carried_in=1, handled=4).replace(
        "carried_in: {natural_person: 1, total: 1}", "carried_in: {natural_person: 1, total: }"
    )
    reason = "acknowledge: [{check: blank-total, at: applications.carried_in.total, reason: 原报告如此。}]"
    blank = blank.replace("form: cn-gai-2021", f"form: cn-gai-2021\n{reason}")
    page = office(
        {
            f"{OFFICE}/2022/figures.yaml": blank,
            f"{OFFICE}/2022/report.md": write_report("published: 2023-01-20"),
            f"{OFFICE}/2024/figures.yaml": write_figures(carried_in=7, handled=12),
            f"{OFFICE}/2024/report.md": write_report("published: 2025-01-20"),
        }
    )
    assert read_rows(page, "carry-over") == [
        ["2020年", "首份年报", "0", "不适用", "—无", "—无"],
        ["2021年", "2020年：2", "2", "衔接", "—无", "—无"],
        ["2022年", "2021年：1", "—未填", "无法判断", "—无", "—无"],
        ["2023年", "当年无年报", "无年报未收录年报", "不适用", "—无", "—无"],
        ["2024年", "上年无年报", "7", "不适用", "—无", "—无"],
    ]


def test_blank_of_last_year_is_called_blank_and_of_several_terms_missing(office: Portal) -> None:
    last = FIGURES_2021.replace(STOCK, "normative_documents: {issued: 0, repealed: 0, in_force: }")
    last = last.replace("carried_out: {natural_person: 1, total: 1}", "carried_out: {natural_person: , total: }")
    page = office(
        {
            f"{OFFICE}/2021/figures.yaml": last.replace(
                "new: {natural_person: 5, total: 5}", "new: {natural_person: 4, total: 4}"
            ),
            f"{OFFICE}/2022/figures.yaml": write_figures(carried_in=2),
            f"{OFFICE}/2022/report.md": write_report("published: 2023-01-20"),
        }
    )
    assert read_rows(page, "carry-over")[-1][1:4] == ["2021年：未填", "2", "无法判断"]
    assert [row[1:3] for row in read_rows(page, "stock") if "无法判断" in row] == [["2021年：数据空缺", "0"]]


def test_failure_without_a_reason_says_so(office: Portal) -> None:
    page = office(
        {
            f"{OFFICE}/2022/figures.yaml": write_figures(carried_in=1, handled=5).replace(
                STOCK, "normative_documents: {issued: 4, repealed: 1, in_force: 9}"
            ),
            f"{OFFICE}/2022/report.md": write_report("published: 2023-01-20"),
        }
    )
    assert [row[1:] for row in read_rows(page, "stock") if "不衔接" in row] == [
        ["2021年：0+4−1=3", "9", "不衔接", "6", "未作说明"]
    ]


def test_check_that_is_off_has_no_ledger(office: Portal) -> None:
    page = office({"content/site.yaml": "title: 年报\nchecks: {carry-over: off}\n"})
    assert page.all("h2", id="ledger") == []


def test_columns_that_do_not_close_are_listed_under_the_principal_one(office: Portal) -> None:
    reasons = "".join(
        f"  - {{check: {check}, at: applications.{row}.natural_person, reason: 原报告如此。}}\n"
        for check, row in (("carry-over", "carried_in"), ("balance", "handled.total"))
    )
    figures = write_figures(rest=f"acknowledge:\n{reasons}").replace(
        "carried_in: {natural_person: 2, total: 2}",
        "carried_in: {natural_person: 1, organisation: {business: 1}, total: 2}",
    )
    page = office({f"{OFFICE}/2021/figures.yaml": figures})
    rows = read_rows(page, "carry-over")
    assert [row[0] for row in rows if len(row) == 7] == ["总计", "自然人"]
    assert rows[-1][-5:] == ["2020年：2", "1", "不衔接", "1", "原报告如此。"]
    assert "只列“总计”；其他各列逐一核对，不衔接的才列出。" in page.one("main").text


def test_rows_of_a_reports_own_have_chains_of_their_own(tmp_path: Path) -> None:
    project = lay_out(EXAMPLES / "good" / "us-foia", tmp_path)
    build(project)
    page = read_page(project / "site" / "office" / "index.html")
    rows = read_rows(page, "requests-carry-over")
    assert [row[0] for row in rows if len(row) == 7] == ["AGENCY OVERALL", "Coast Office", "Lakes Office"]
    assert rows[1] == ["2023", "2022: 15", "15", "agrees", "—none", "—none"]
    assert "3 figures compared with the year before: 3 agree" in page.one("main").text
