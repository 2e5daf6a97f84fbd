"""Who has not published while the others have."""

from gaisite.check.children import check_children
from gaisite.model.children import ReportingYears
from gaisite.model.summary import AgencySummary
from tests.check.values import line, make_form, make_report, make_table
from tests.model.children import make_child

FORM = make_form(make_table([line("r")], [line("c")]))


def child(id: str, *years: int, first: int | None = None, last: int | None = None) -> AgencySummary:
    reporting = ReportingYears(first=first, last=last)
    summary = make_child(f"a/{id}", None, FORM, reporting=reporting)
    reports = [make_child(id, make_report(FORM, {}, year=year), FORM).reports[0] for year in years]
    return AgencySummary(
        id=summary.id,
        parent="a",
        name=summary.name,
        kind="",
        reports=tuple(reports),
        findings=(),
        outputs=(),
        reporting=reporting,
    )


def find(years: list[int], *children: AgencySummary) -> list[tuple[str, str]]:
    findings = list(check_children(years, children, "content"))
    assert [finding.place.file for finding in findings] == [f"content/{finding.at}/agency.yaml" for finding in findings]
    return [(finding.at, str(dict(finding.facts)["years"])) for finding in findings]


def test_agency_without_a_report_is_told_once_for_all_years_in_which_half_have_one() -> None:
    assert find([2021, 2022], child("b", 2021, 2022), child("c")) == [("a/c", "2021, 2022")]


def test_nothing_is_told_where_fewer_than_half_have_published_or_the_agency_above_has_not() -> None:
    assert find([2021], child("b", 2021), child("c"), child("d")) == []
    assert find([2021], child("b", 2021, 2022), child("c", 2021)) == []
    assert find([2021], child("b"), child("c")) == []
    assert find([2021]) == []


def test_gap_between_two_reports_is_told_elsewhere() -> None:
    assert find([2020, 2021, 2022], child("b", 2020, 2021, 2022), child("c", 2020, 2022)) == []


def test_agency_that_need_not_report_is_neither_missing_nor_counted() -> None:
    assert find([2021], child("b", 2021), child("c", first=2022), child("d", last=2020)) == []
    assert find([2021], child("b", 2021), child("c"), child("d", last=2020)) == [("a/c", "2021")]
