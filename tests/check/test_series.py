"""Years left out and counts that jump, told to the publisher."""

import pytest

from gaisite.check.series import check_gaps, check_outliers, check_unit_leaps
from gaisite.findings import Finding, Place
from gaisite.model.content import BLANK, Figure, Report
from gaisite.model.forms import Continuation, Continuity, Relation
from gaisite.model.tables import Address, FigureType, Table
from gaisite.texts import Texts
from tests.check.values import line, make_form, make_report, make_report_table, make_table, number, texts

PLACE = Place(file="content/a/agency.yaml")
CENTS, DOLLARS = texts("cents"), texts("dollars")
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


def weigh(last: tuple[str, Texts | None], now: tuple[str, Texts | None], **settings: object) -> list[Finding]:
    """What is said of an amount, given that of the year before; each with the unit that its report states."""
    cell = ("spent", "amount")
    table = make_table((line("spent"),), (line("amount", type=FigureType.AMOUNT, **settings),))
    form = make_form(table)

    def state(figure: str, unit: Texts | None, year: int) -> Report:
        filled = make_report_table(table, {cell: number(figure)}, units={"amount": unit} if unit else {})
        return make_report(form, lambda _: filled, year)

    return list(check_unit_leaps(state(*now, 2021), state(*last, 2020), {form.id: form}))


OPEN: dict[str, object] = {"unit_choices": (CENTS, DOLLARS), "unit_factors": (1, 100)}


@pytest.mark.parametrize(("last", "now"), [("1.186", "1186"), ("1186", "1.186"), ("0.01", "900")])
def test_amount_a_thousand_times_another_is_told_with_the_units_that_may_be_mixed_up(last: str, now: str) -> None:
    (finding,) = weigh((last, DOLLARS), (now, DOLLARS), **OPEN)
    said = dict(finding.facts)
    assert (finding.check, finding.at) == ("unit-leap", "t.spent.amount")
    assert (said["printed"], said["last"], said["year"], said["unit"]) == (now, last, "2020", DOLLARS)
    assert said["choices"] == texts("cents/dollars")


@pytest.mark.parametrize(("last", "now"), [("1.187", "1186"), ("0", "5000"), ("5000", "0"), ("3", "3")])
def test_amount_less_than_a_thousand_times_another_and_nothing_at_all_are_not(last: str, now: str) -> None:
    assert weigh((last, DOLLARS), (now, DOLLARS), **OPEN) == []


@pytest.mark.parametrize(
    ("last", "now", "told"),
    [
        (("12.5", DOLLARS), ("1300", CENTS), 0),
        (("12.5", DOLLARS), ("125000", CENTS), 0),
        (("12.5", DOLLARS), ("1250000", CENTS), 1),
        (("1250", CENTS), ("1250", DOLLARS), 0),
        (("12.5", DOLLARS), ("125000", None), 0),
        (("12.5", None), ("125000", None), 1),
    ],
)
def test_amounts_are_compared_in_one_unit(
    last: tuple[str, Texts | None], now: tuple[str, Texts | None], told: int
) -> None:
    assert len(weigh(last, now, **OPEN)) == told


def test_amounts_in_different_units_are_not_compared_where_the_form_does_not_say_how() -> None:
    loose: dict[str, object] = {"unit_choices": (CENTS, DOLLARS)}
    assert weigh(("1", DOLLARS), ("5000", CENTS), **loose) == []
    assert len(weigh(("1", CENTS), ("5000", CENTS), **loose)) == 1


def test_unit_that_the_form_lays_down_is_doubted_without_another_to_name() -> None:
    (finding,) = weigh(("1", None), ("5000", None), unit=DOLLARS)
    said = dict(finding.facts)
    assert (said["unit"], said["last_unit"], said["choices"]) == (DOLLARS, DOLLARS, "")


def test_blank_amount_and_counts_have_no_unit_to_doubt() -> None:
    assert [each.check for each in compare(number(1), number(5000))] == []
    form = make_form(make_table((line("spent"),), (line("amount", type=FigureType.AMOUNT), line("count"))))
    before = make_report(form, {"t": {("spent", "amount"): number("1"), ("spent", "count"): number(1)}}, 2020)
    report = make_report(form, {"t": {("spent", "amount"): BLANK, ("spent", "count"): number(9000)}}, 2021)
    assert list(check_unit_leaps(report, before, {form.id: form})) == []


def test_amounts_of_different_meaning_are_not_compared() -> None:
    table = make_table((line("spent"),), (line("amount", type=FigureType.AMOUNT),))
    earlier, form = make_form(table, id="earlier"), make_form(table, id="now")
    cell = ("spent", "amount")
    before = make_report(earlier, {"t": {cell: number("1")}}, 2020)
    report = make_report(form, {"t": {cell: number("9000")}}, 2021)
    assert list(check_unit_leaps(report, before, {"earlier": earlier, "now": form})) == []
