"""A line that must not be less than the sum of others."""

import pytest

from gaisite.check.arithmetic import check_sums
from gaisite.findings import Finding, Verdict
from gaisite.model.content import BLANK, Figure
from gaisite.model.forms import Axis
from tests.check.values import NOT_APPLICABLE, least_check, line, make_form, make_report, make_table, number

ROWS = (line("rules"), line("documents"))
COLUMNS = (line("issued"), line("repealed"), line("in_force"))
CHECK = least_check("in_force", ["issued"], ["repealed"], axis=Axis.COLUMNS)


def check(*rules: Figure) -> Finding:
    """What is said of the first row, while nothing is in the second."""
    form = make_form(make_table(ROWS, COLUMNS), checks=[CHECK])
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
