"""The ledger of an agency: every year of every chain, and why nothing is said of some."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from gaisite.check.acknowledgements import acknowledge_findings
from gaisite.check.years import check_carry_over
from gaisite.findings import Finding
from gaisite.model.content import BLANK, Acknowledgement, Figure, Report
from gaisite.model.form_checks import CheckKind, FormCheck
from gaisite.model.forms import Continuation, Continuity, Form, Relation
from gaisite.model.ledgers import Chain, Ledger, LedgerYear, Standing, make_ledgers
from gaisite.model.summary import Tally
from gaisite.model.tables import Address, Axis
from tests.check.values import PLACE, carry_check, line, make_form, make_report, make_table, number, texts

ROWS = (line("carried_in"), line("carried_out"))
COLUMNS = (line("person"), line("total", sum_of=["person"]))
CHECK = carry_check("carried_in", "carried_out")
TABLE = make_table(ROWS, COLUMNS, principal="total")
FORM = make_form(TABLE, id="form", checks=[CHECK])


def report(
    year: int, carried_in: int | None, carried_out: int | None, form: Form = FORM, *, total_in: int | None = None
) -> Report:
    """A report whose totals are those of its persons, unless the one carried in is given."""
    cells: dict[tuple[str, str], Figure] = {}
    for row, value, total in (("carried_in", carried_in, total_in), ("carried_out", carried_out, None)):
        cells[row, "person"] = BLANK if value is None else number(value)
        cells[row, "total"] = cells[row, "person"] if total is None else number(total)
    return make_report(form, {"t": cells}, year)


def check_all(reports: Sequence[Report], forms: Mapping[str, Form]) -> dict[int, list[Finding]]:
    """What the checks say of each report, given the last one before it."""
    findings: dict[int, list[Finding]] = {each.year: [] for each in reports}
    for before, now in pairwise(reports):
        findings[now.year] = list(check_carry_over(now, before, forms))
    return findings


def keep(*reports: Report, forms: Sequence[Form] = (FORM,)) -> tuple[Ledger, ...]:
    by_id = {form.id: form for form in forms}
    return make_ledgers(reports, check_all(reports, by_id), by_id)


def list_standings(chain: Chain) -> dict[int, Standing]:
    return {each.year: each.standing for each in chain.years}


def test_every_year_says_whether_it_closes_or_why_that_cannot_be_told() -> None:
    (ledger,) = keep(
        report(2016, 9, 4), report(2017, 4, None), report(2018, 1, 5), report(2020, 5, 2), report(2021, 3, 0)
    )
    total, person = ledger.chains
    assert list_standings(total) == {
        2016: Standing.FIRST,
        2017: Standing.CLOSES,
        2018: Standing.NOT_ASSESSABLE,
        2019: Standing.NO_REPORT,
        2020: Standing.GAP,
        2021: Standing.OFF,
    }
    assert (total.at, person.at) == ("t.carried_in.total", "t.carried_in.person")
    assert [each.figure.text for each in total.years if each.standing is not Standing.NO_REPORT] == [
        "9",
        "4",
        "1",
        "5",
        "3",
    ]
    assert ledger.tally == Tally(passed=2, failed=2, not_assessable=2)


def test_of_columns_beside_the_principal_one_only_what_is_off_is_listed() -> None:
    (ledger,) = keep(report(2019, 0, 4), report(2020, 3, 1, total_in=4), report(2021, 1, 0))
    total, person = ledger.chains
    assert ledger.principal is not None
    assert ledger.principal.id == "total"
    assert list_standings(total) == {2019: Standing.FIRST, 2020: Standing.CLOSES, 2021: Standing.CLOSES}
    assert list_standings(person) == {2020: Standing.OFF}
    (closing,) = keep(report(2019, 0, 4), report(2020, 4, 1))
    assert [chain.at for chain in closing.chains] == ["t.carried_in.total"]
    assert closing.tally.passed == 2


def test_row_by_row_every_chain_is_whole() -> None:
    check = carry_check("total", "total", axis=Axis.COLUMNS)
    form = make_form(TABLE, checks=[check])
    (ledger,) = keep(report(2019, 1, 4, form), report(2020, 1, 4, form), forms=[form])
    assert ledger.principal is None
    assert [[line.id for line in chain.path] for chain in ledger.chains] == [["carried_in"], ["carried_out"]]
    assert {len(chain.years) for chain in ledger.chains} == {2}


def test_single_figure_that_is_taken_over_is_told_with_its_state() -> None:
    (ledger,) = keep(report(2019, 0, None), report(2020, 3, 0))
    last = ledger.chains[0].years[-1]
    assert (last.standing, last.before) == (Standing.NOT_ASSESSABLE, BLANK)
    assert dict(last.finding.facts)["source_at"] == "t.carried_out.total" if last.finding else False


@pytest.mark.parametrize("check", [replace(CHECK, plus=("carried_out",)), replace(CHECK, minus=("carried_out",))])
def test_of_several_terms_none_stands_for_the_report_before(check: FormCheck) -> None:
    form = make_form(TABLE, checks=[check])
    (ledger,) = keep(report(2019, 0, None, form), report(2020, 3, 0, form), forms=[form])
    assert [each.before for each in ledger.chains[0].years] == [None, None]


def test_acknowledged_failure_keeps_its_reason() -> None:
    reports = (report(2019, 0, 4), report(2020, 3, 0))
    findings = check_all(reports, {"form": FORM})
    reason = Acknowledgement(check="carry-over", at="t.carried_in.total", reason="so published", place=PLACE)
    findings[2020] = acknowledge_findings(findings[2020], [reason])
    (ledger,) = make_ledgers(reports, findings, {"form": FORM})
    off = ledger.chains[0].years[-1]
    assert off.finding is not None
    assert off.finding.acknowledged == "so published"
    assert (ledger.tally.failed, ledger.tally.acknowledged) == (2, 1)


def test_nothing_that_was_never_compared_has_a_ledger() -> None:
    assert keep() == ()
    assert keep(report(2020, 0, 4)) == ()
    assert keep(report(2018, 0, 4), report(2020, 4, 4)) == ()
    quiet = make_form(TABLE, checks=[])
    assert keep(report(2019, 0, 4, quiet), report(2020, 4, 4, quiet), forms=[quiet]) == ()


def test_findings_of_other_checks_are_left_out() -> None:
    stranger = Finding(check="carry-over", place=PLACE, at="t.carried_in.total")
    assert make_ledgers([report(2020, 0, 4)], {2020: [stranger]}, {"form": FORM}) == ()


def link(relation: Relation) -> Continuity:
    whole = Address(table="t")
    statement = Continuation(relation=relation, here=(whole,), there=(whole,), place=PLACE)
    return Continuity(form="form", note=texts("changed"), continuations=(statement,), place=PLACE)


def test_check_that_two_forms_have_is_one_chain_across_them() -> None:
    later = make_form(
        TABLE, id="later", checks=[replace(CHECK, title=texts("later title"))], continuity=link(Relation.SAME)
    )
    (ledger,) = keep(report(2019, 0, 4), report(2020, 4, 3), report(2021, 3, 0, later), forms=[FORM, later])
    assert ledger.check.title == texts("later title")
    assert list_standings(ledger.chains[0]) == {2019: Standing.FIRST, 2020: Standing.CLOSES, 2021: Standing.CLOSES}


def test_change_of_meaning_is_a_break_not_a_failure() -> None:
    later = make_form(TABLE, id="later", checks=[CHECK], continuity=link(Relation.NOT_COMPARABLE))
    (ledger,) = keep(report(2019, 0, 4), report(2020, 4, 3), report(2021, 9, 0, later), forms=[FORM, later])
    assert list_standings(ledger.chains[0])[2021] is Standing.BREAK


def test_years_of_a_form_without_the_check_are_unchecked_and_of_one_without_the_cell_not_in_form() -> None:
    quiet = make_form(make_table(ROWS[1:], COLUMNS, principal="total"), id="quiet")
    reports = (report(2019, 0, 4), report(2020, 4, 3), make_report(quiet, {}, 2021))
    (ledger,) = keep(*reports, forms=[FORM, quiet])
    last = ledger.chains[0].years[-1]
    assert (last.standing, last.figure.state.value) == (Standing.UNCHECKED, "not in this form")
    bare = make_form(make_table(ROWS, COLUMNS, id="other"), id="bare")
    (ledger,) = keep(*reports[:2], make_report(bare, {}, 2021), forms=[FORM, bare])
    assert ledger.chains[0].years[-1].figure.state.value == "not in this form"


def test_bound_that_spans_gaps_is_told_over_years_without_a_report() -> None:
    falls = FormCheck(
        id="never-falls", kind=CheckKind.AT_LEAST, table="t", axis=Axis.ROWS, lines=("carried_in",),
        others=("carried_in",), title=texts("never falls"),
    )  # fmt: skip
    form = make_form(TABLE, checks=[falls])
    (ledger,) = keep(report(2016, 85376, 0, form), report(2018, 12106, 0, form), forms=[form])
    years: Sequence[LedgerYear] = ledger.chains[0].years
    assert [each.standing for each in years] == [Standing.FIRST, Standing.NO_REPORT, Standing.OFF]
    assert years[-1].before == number(85376)
    later = make_form(TABLE, id="later", checks=[falls])
    (ledger,) = keep(
        report(2015, 1, 0, form), report(2016, 2, 0, form), report(2019, 1, 0, later), forms=[form, later]
    )  # fmt: skip
    assert list_standings(ledger.chains[0])[2019] is Standing.BREAK


def test_lines_of_the_latest_report_come_first_and_those_of_earlier_ones_after() -> None:
    check = carry_check("total", "total", axis=Axis.COLUMNS)
    old = make_form(make_table((line("gone"), *ROWS), COLUMNS), checks=[check])
    new = make_form(TABLE, checks=[check])
    cells = {("gone", "total"): number(1)}
    reports = (
        make_report(old, {"t": cells}, 2018), make_report(old, {"t": cells}, 2019), make_report(new, {}, 2020),
    )  # fmt: skip
    (ledger,) = keep(*reports, forms=[new])
    assert [chain.path[0].id for chain in ledger.chains] == ["carried_in", "carried_out", "gone"]
    gone = ledger.chains[-1].years
    assert [each.figure.text for each in gone] == ["1", "1", ""]
