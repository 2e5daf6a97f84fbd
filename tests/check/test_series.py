"""Years left out and counts that jump, told to the publisher."""

import pytest

from gaisite.check.series import check_gaps, check_outliers
from gaisite.findings import Finding, Place
from gaisite.model.content import BLANK, Figure
from gaisite.model.forms import Address, Continuation, Continuity, FigureType, Relation, Table
from tests.check.values import line, make_form, make_report, make_table, number, texts

PLACE = Place(file="content/a/agency.yaml")
TABLE = make_table((line("decisions"),), (line("count"), line("change", type=FigureType.CHANGE)))


def compare(last: Figure, now: Figure, table: Table = TABLE, column: str = "count") -> list[Finding]:
    form = make_form(table)
    cell = ("decisions", column)
    before, report = make_report(form, {"t": {cell: last}}, 2020), make_report(form, {"t": {cell: now}}, 2021)
    return list(check_outliers(report, before, {form.id: form}))


@pytest.mark.parametrize(
    ("years", "missing"),
    [
        ((), []),
        ((2020,), []),
        ((2019, 2020, 2021), []),
        ((2022, 2019, 2021), ["2020"]),
        ((2018, 2021, 2023), ["2019-2020", "2022"]),
    ],
)
def test_years_between_the_first_and_the_last_are_missed(years: tuple[int, ...], missing: list[str]) -> None:
    findings = list(check_gaps(years, PLACE))
    assert [each.at for each in findings] == missing
    assert {each.place for each in findings} <= {PLACE}


@pytest.mark.parametrize(("last", "now"), [(10, 100), (181, 2278), (2500, 200), (40, 0), (42, 0)])
def test_count_of_another_order_of_magnitude_is_told(last: int, now: int) -> None:
    (finding,) = compare(number(last), number(now, line=9))
    assert (finding.check, finding.at, finding.place.line) == ("outlier", "t.decisions.count", 9)
    said = dict(finding.facts)
    assert (said["printed"], said["last"], said["year"]) == (str(now), str(last), "2020")


@pytest.mark.parametrize(("last", "now"), [(10690, 2629), (9, 900), (100, 11), (39, 0), (0, 5000), (0, 0), (50, 5)])
def test_smaller_changes_and_small_counts_are_not(last: int, now: int) -> None:
    assert compare(number(last), number(now)) == []


def test_blank_is_no_zero() -> None:
    assert compare(number(500), BLANK) == []
    assert compare(BLANK, number(500)) == []


def test_changes_are_not_counts() -> None:
    assert compare(number(10), number(1000), column="change") == []


def test_only_the_column_that_stands_for_a_row_is_looked_at() -> None:
    table = make_table((line("decisions"),), (line("count"), line("total")), principal="total")
    assert compare(number(10), number(1000), table) == []
    assert len(compare(number(10), number(1000), table, "total")) == 1


@pytest.mark.parametrize(("relation", "told"), [(Relation.SAME, 1), (Relation.CAVEAT, 0), (Relation.NOT_COMPARABLE, 0)])
def test_jump_across_a_break_is_none(relation: Relation, told: int) -> None:
    whole = Address(table="t")
    statement = Continuation(relation=relation, here=(whole,), there=(whole,), place=PLACE)
    continuity = Continuity(form="earlier", note=texts("changed"), continuations=(statement,), place=PLACE)
    earlier, form = make_form(TABLE, id="earlier"), make_form(TABLE, id="now", continuity=continuity)
    cell = ("decisions", "count")
    before = make_report(earlier, {"t": {cell: number(10)}}, 2020)
    report = make_report(form, {"t": {cell: number(1000)}}, 2021)
    assert len(list(check_outliers(report, before, {"earlier": earlier, "now": form}))) == told
