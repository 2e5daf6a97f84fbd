"""A line that must not be less, or not more, than the sum of others; bounds that an earlier report sets."""

from dataclasses import replace

import pytest

from gaisite.check.arithmetic import check_sums
from gaisite.check.years import check_carry_over
from gaisite.findings import Finding, Verdict
from gaisite.model.content import BLANK, Figure
from gaisite.model.form_checks import CheckKind, FormCheck
from gaisite.model.forms import Continuation, Continuity, Relation
from gaisite.model.tables import Address, Axis
from tests.check.values import (
    NOT_APPLICABLE,
    PLACE,
    least_check,
    line,
    make_form,
    make_report,
    make_table,
    number,
    texts,
)

ROWS = (line("rules"), line("documents"))
COLUMNS = (line("issued"), line("repealed"), line("in_force"))
CHECK = least_check("in_force", ["issued"], ["repealed"], axis=Axis.COLUMNS)


def check(*rules: Figure, bound: FormCheck = CHECK) -> Finding:
    """What is said of the first row, while nothing is in the second."""
    form = make_form(make_table(ROWS, COLUMNS), checks=[bound])
    cells = {("rules", column.id): figure for column, figure in zip(COLUMNS, rules, strict=True)}
    findings = list(check_sums(make_report(form, {"t": cells}), form))
    assert [each.at for each in findings] == ["t.rules.in_force", "t.documents.in_force"]
    assert findings[1].verdict is Verdict.NOT_ASSESSABLE
    return findings[0]


@pytest.mark.parametrize(("issued", "repealed", "in_force"), [(5, 0, 5), (5, 0, 9), (5, 3, 2), (0, 7, 0), (0, 0, 0)])
def test_stock_of_at_least_what_was_issued_and_not_repealed_passes(issued: int, repealed: int, in_force: int) -> None:
    assert check(number(issued), number(repealed), number(in_force)).verdict is Verdict.PASS


def test_smaller_stock_names_the_sum_and_the_difference() -> None:
    finding = check(number(5), number(1), number(3, line=7, column=2))
    said = dict(finding.facts)
    assert (finding.verdict, finding.sentence, finding.place.line) == (Verdict.FAIL, "at-least", 7)
    assert (said["printed"], said["parts"], said["difference"]) == ("3", "5−1=4", 1)


@pytest.mark.parametrize("missing", [BLANK, NOT_APPLICABLE])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_nothing_is_assessed_without_a_number(place: int, missing: Figure) -> None:
    figures = [number(9), number(0), number(1)]
    figures[place] = missing
    assert check(*figures).verdict is Verdict.NOT_ASSESSABLE


MOST = replace(CHECK, kind=CheckKind.AT_MOST)


@pytest.mark.parametrize(
    ("issued", "repealed", "in_force", "verdict"),
    [
        (5, 0, 5, Verdict.PASS),
        (5, 0, 4, Verdict.PASS),
        (5, 0, 6, Verdict.FAIL),
        (5, 3, 3, Verdict.FAIL),
    ],
)
def test_line_may_be_no_more_than_the_sum(issued: int, repealed: int, in_force: int, verdict: Verdict) -> None:
    finding = check(number(issued), number(repealed), number(in_force), bound=MOST)
    assert (finding.verdict, finding.sentence) == (verdict, "at-most")


NEVER_FALLS = replace(CHECK, plus=(), minus=(), others=("in_force",))


def follow(
    before: Figure, now: Figure, *, year: int = 2020, bound: FormCheck = NEVER_FALLS, relation: Relation | None = None
) -> list[Finding]:
    """What is said of the first row in 2021, given the last report before; across two forms where they are related."""
    table, whole = make_table(ROWS, COLUMNS), Address(table="t")
    statement = Continuation(relation=relation or Relation.SAME, here=(whole,), there=(whole,), place=PLACE)
    link = Continuity(form="earlier", note=texts("changed"), continuations=(statement,), place=PLACE)
    form = make_form(table, id="now", checks=[bound], continuity=link)
    earlier = make_form(table, id="earlier") if relation else form
    cell = ("rules", "in_force")
    first = make_report(earlier, {"t": {cell: before}}, year)
    last = make_report(form, {"t": {cell: now, ("rules", "issued"): number(1)}})
    findings = check_carry_over(last, first, {"now": form, "earlier": earlier})
    return [finding for finding in findings if finding.at == "t.rules.in_force"]


def test_running_total_that_falls_names_both_totals_and_the_year() -> None:
    (finding,) = follow(number(85376), number(12106))
    said = dict(finding.facts)
    assert (finding.verdict, finding.sentence) == (Verdict.FAIL, "at-least")
    assert (said["printed"], said["parts"], said["year"], said["difference"]) == ("12106", "85376", "2020", 73270)


@pytest.mark.parametrize("now", [85376, 85377])
def test_running_total_may_stand_still_or_grow(now: int) -> None:
    assert [each.verdict for each in follow(number(85376), number(now))] == [Verdict.PASS]


@pytest.mark.parametrize(("before", "now"), [(BLANK, number(1)), (number(1), BLANK), (NOT_APPLICABLE, number(1))])
def test_running_total_without_a_number_in_either_year_is_not_assessed(before: Figure, now: Figure) -> None:
    assert [each.verdict for each in follow(before, now)] == [Verdict.NOT_ASSESSABLE]


def test_running_total_does_not_fall_over_years_without_a_report_either() -> None:
    assert [each.verdict for each in follow(number(9), number(8), year=2017)] == [Verdict.FAIL]


def test_bound_with_terms_of_this_year_needs_the_report_of_the_year_before() -> None:
    grows = replace(NEVER_FALLS, plus=("issued",))
    assert [dict(each.facts)["parts"] for each in follow(number(9), number(9), bound=grows)] == ["9+1=10"]
    assert follow(number(9), number(9), bound=grows, year=2017) == []


@pytest.mark.parametrize(("relation", "told"), [(Relation.SAME, 1), (Relation.CAVEAT, 0), (Relation.NOT_COMPARABLE, 0)])
def test_bound_never_crosses_a_change_of_meaning(relation: Relation, told: int) -> None:
    assert len(follow(number(9), number(8), relation=relation)) == told
