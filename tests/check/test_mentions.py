"""Figures that the narrative must not pass over in silence."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from gaisite.check.mentions import check_mentions, check_statements
from gaisite.findings import Finding, Verdict
from gaisite.model.content import BLANK, Figure
from gaisite.model.form_checks import CheckKind, FormCheck
from gaisite.model.forms import Section
from gaisite.model.prose import Prose
from gaisite.model.tables import Axis
from tests.check.values import line, make_form, make_report, make_table, number, texts

TABLE = make_table(
    (line("paid"), line("not_paid")),
    (line("person"), line("company"), line("total", sum_of=["person", "company"])),
    principal="total",
)
CHECK = FormCheck(
    id="fees",
    kind=CheckKind.MENTIONS,
    table="t",
    axis=Axis.ROWS,
    lines=("not_paid",),
    section="other",
    words=("processing fee", "charged"),
    title=texts("fees"),
)


def check(cells: Mapping[str, Figure], text: str | None) -> Finding:
    form = replace(make_form(TABLE, checks=[CHECK]), sections=(Section(id="other", heading=texts("VI. Other")),))
    report = make_report(form, {"t": {("not_paid", column): figure for column, figure in cells.items()}})
    sections = {} if text is None else {"other": Prose(html="", text=text)}
    (finding,) = check_mentions(replace(report, narrative=replace(report.narrative, sections=sections)), form)
    return finding


def test_silence_about_a_figure_is_told_at_its_total() -> None:
    finding = check({"person": number(2), "total": number(2, line=8)}, "Nothing else to report.")
    said = dict(finding.facts)
    assert (finding.verdict, finding.at, finding.place.line) == (Verdict.FAIL, "t.not_paid.total", 8)
    assert (said["printed"], said["section"], said["words"]) == ("2", texts("VI. Other"), "processing fee/charged")


def test_figure_without_total_is_told_where_it_stands() -> None:
    assert check({"person": number(0), "company": number(2), "total": BLANK}, "").at == "t.not_paid.company"


@pytest.mark.parametrize("text", ["No processing fee was paid.", "It was CHARGED twice."])
def test_one_of_the_words_is_enough(text: str) -> None:
    assert check({"person": number(2)}, text).verdict is Verdict.PASS


@pytest.mark.parametrize("text", [None, "", "Nothing."])
def test_zero_needs_no_words(text: str | None) -> None:
    assert check({"person": number(0)}, text).verdict is Verdict.PASS


def test_nothing_is_assessed_without_a_number_or_without_the_section() -> None:
    assert check({}, "Nothing.").verdict is Verdict.NOT_ASSESSABLE
    assert check({"person": number(1)}, None).verdict is Verdict.NOT_ASSESSABLE


STATED = FormCheck(
    id="fee-stated",
    kind=CheckKind.STATES,
    table="",
    axis=Axis.ROWS,
    lines=(),
    section="other",
    words=("processing fee", "charged"),
    title=texts("fees"),
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("No Processing Fee.", Verdict.PASS), ("None.", Verdict.FAIL), ("", Verdict.FAIL), (None, Verdict.NOT_ASSESSABLE)],
)
def test_what_must_be_stated_in_any_case_is_asked_of_the_section(text: str | None, verdict: Verdict) -> None:
    form = replace(make_form(TABLE, checks=[STATED]), sections=(Section(id="other", heading=texts("VI. Other")),))
    report = make_report(form, {})
    sections = {} if text is None else {"other": Prose(html="", text=text)}
    narrative = replace(report.narrative, sections=sections)
    (finding,) = check_statements(replace(report, narrative=narrative), form)
    said = dict(finding.facts)
    assert (finding.verdict, finding.at, finding.place.file) == (verdict, "sections.other", "content/a/2021/report.md")
    assert (said["section"], said["words"]) == (texts("VI. Other"), "processing fee/charged")
    assert list(check_mentions(report, form)) == []


def test_draft_is_asked_for_what_it_must_state_once_the_section_is_begun() -> None:
    form = replace(make_form(TABLE, checks=[STATED]), sections=(Section(id="other", heading=texts("VI. Other")),))
    report = make_report(form, {})
    for text, verdict in (("", Verdict.NOT_ASSESSABLE), ("None.", Verdict.FAIL)):
        narrative = replace(report.narrative, sections={"other": Prose(html="", text=text)}, draft=True)
        (finding,) = check_statements(replace(report, narrative=narrative), form)
        assert finding.verdict is verdict
