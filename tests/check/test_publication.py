"""The day of publication: in time, after its year, as its address says."""

from dataclasses import replace

import pytest

from gaisite.check.publication import check_dates, find_date
from gaisite.findings import Place
from gaisite.model.content import Report
from gaisite.model.deadlines import find_due_date
from gaisite.model.forms import Deadline, Form
from tests.check.values import line, make_form, make_report, make_table, texts

LINE = Place(file="content/a/2021/report.md", line=2, column=12)
TOWNS = Deadline(kinds=("township",), month=1, day=31, clause=texts("section 4"))
OTHERS = Deadline(kinds=(), month=3, day=31, clause=texts("section 5"))
FORM = replace(make_form(make_table([line("r")], [line("c")])), deadlines=(TOWNS, OTHERS))


def make_dated(published: str, address: str = "", form: Form = FORM) -> Report:
    report = make_report(form, {})
    narrative = replace(
        report.narrative, published=published, published_place=LINE if published else None, source_url=address
    )
    return replace(report, narrative=narrative)


def find(published: str, kind: str = "township", address: str = "") -> list[str]:
    findings = list(check_dates(make_dated(published, address), FORM, kind))
    assert {finding.place for finding in findings} <= {LINE}
    return [finding.check for finding in findings]


@pytest.mark.parametrize(
    ("published", "kind", "late"),
    [
        ("2022-01-31 23:59", "township", False),
        ("2022-02-01", "township", True),
        ("2022-02-01 00:00", "township", True),
        ("2022-02-01", "county", False),
        ("2022-03-31", "", False),
        ("2022-04-01", "", True),
        ("", "township", False),
    ],
)  # fmt: skip
def test_a_report_is_late_from_the_day_after_the_deadline_of_its_kind(published: str, kind: str, *, late: bool) -> None:
    assert find(published, kind) == (["published-late"] if late else [])


def test_no_deadline_no_delay() -> None:
    form = replace(FORM, deadlines=(TOWNS,))
    assert find_due_date(form, "county", 2021) is None
    assert find_due_date(form, "", 2021) is None
    assert list(check_dates(make_dated("2029-01-01"), form, "county")) == []


def test_the_clause_is_told() -> None:
    (finding,) = check_dates(make_dated("2022-02-01"), FORM, "township")
    assert dict(finding.facts) == {"published": "2022-02-01", "due": "2022-01-31", "clause": texts("section 4")}


@pytest.mark.parametrize(("published", "early"), [("2021-12-31", True), ("2020-01-01", True), ("2022-01-01", False)])
def test_a_report_published_before_the_end_of_its_year_is_told(published: str, *, early: bool) -> None:
    assert ("published-early" in find(published)) == early


@pytest.mark.parametrize(
    ("address", "date"),
    [
        ("https://a.cn/nb/202201/t20220120_80595.htm", "2022-01-20"),
        ("https://a.cn/20220120/", "2022-01-20"),
        ("https://a.cn/art/20220120_1.html", "2022-01-20"),
        ("https://a.cn/202201/12345.html", "2022-01"),
        ("https://a.cn/2022/1/20/art.html", ""),
        ("https://a.cn/20229999/x.html", ""),
        ("https://a.cn/20220120123/x.html", ""),
        ("https://a.cn/x20220120/x.html", ""),
        ("https://a.cn/202201", ""),
        ("https://a.cn/19950101/x.html", ""),
        ("https://a.cn/20200120/202202/x.html", "2022-02"),
        ("", ""),
    ],
)
def test_dates_are_found_in_addresses_where_systems_write_them(address: str, date: str) -> None:
    assert find_date(address, 2021) == date


def test_a_date_in_the_address_that_differs_is_told() -> None:
    assert find("2022-01-20", address="https://a.cn/t20220120_1.htm") == []
    assert find("2022-01-20 09:30", address="https://a.cn/202201/1.htm") == []
    assert find("2022-01-20", address="https://a.cn/t20220121_1.htm") == ["date-differs"]
    assert find("2022-01-20", address="https://a.cn/202202/1.htm") == ["date-differs"]
