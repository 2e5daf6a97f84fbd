"""Acknowledged failures: those that are met are explained, those that meet nothing are errors."""

from gaisite.check.acknowledgements import acknowledge_findings
from gaisite.findings import Finding, Place, Verdict
from gaisite.model.content import Acknowledgement

FIGURES = "content/a/2021/figures.yaml"


def find(check: str, at: str, verdict: Verdict = Verdict.FAIL) -> Finding:
    return Finding(check=check, at=at, verdict=verdict, place=Place(file=FIGURES, line=3))


def acknowledge(check: str, at: str, line: int = 20) -> Acknowledgement:
    return Acknowledgement(check=check, at=at, reason="As published.", place=Place(file=FIGURES, line=line))


def test_failure_that_is_met_carries_the_reason_and_stays_where_it_is() -> None:
    findings = [find("row-sum", "t.a.total"), find("row-sum", "t.b.total"), find("column-sum", "t.a.total")]
    told = acknowledge_findings(findings, [acknowledge("row-sum", "t.a.total")])
    assert [each.acknowledged for each in told] == ["As published.", "", ""]
    assert [(each.check, each.at) for each in told] == [(each.check, each.at) for each in findings]


def test_acknowledgement_that_meets_nothing_is_an_error_at_its_own_place() -> None:
    *_, error = acknowledge_findings([find("row-sum", "t.a.total")], [acknowledge("row-sum", "t.b.total", line=31)])
    assert (error.check, error.at, error.place.line) == ("acknowledged-nothing", "t.b.total", 31)
    assert dict(error.facts) == {"id": "row-sum"}
    assert error.verdict is Verdict.FAIL


def test_what_passed_or_cannot_be_assessed_cannot_be_acknowledged() -> None:
    for verdict in (Verdict.PASS, Verdict.NOT_ASSESSABLE):
        told = acknowledge_findings([find("row-sum", "t.a.total", verdict)], [acknowledge("row-sum", "t.a.total")])
        assert [each.check for each in told] == ["row-sum", "acknowledged-nothing"]
        assert told[0].acknowledged == ""


def test_blank_total_is_acknowledged_by_its_own_name() -> None:
    findings = [find("row-sum", "t.a.total", Verdict.NOT_ASSESSABLE), find("blank-total", "t.a.total")]
    told = acknowledge_findings(findings, [acknowledge("blank-total", "t.a.total")])
    assert [each.acknowledged for each in told] == ["", "As published."]


def test_nothing_acknowledged_changes_nothing() -> None:
    findings = [find("row-sum", "t.a.total")]
    assert acknowledge_findings(iter(findings), []) == findings
