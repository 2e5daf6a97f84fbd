"""A report against those below: what agrees passes, what differs is named, what nobody can know is not assessable."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.check.roll_up import check_roll_up
from gaisite.findings import Finding, Verdict
from gaisite.model.children import Adjustment, ChildrenMode, ChildrenRule, ReportingYears
from gaisite.model.content import BLANK, Figure, Report
from gaisite.model.forms import Deadline, Form
from gaisite.model.roll_up import fill_sums, roll_up_children
from gaisite.model.summary import AgencySummary
from gaisite.model.tables import FigureType
from gaisite.texts import Texts
from tests.check.values import PLACE, Cells, line, make_form, make_report, make_report_table, make_table, number, texts
from tests.model.children import make_child

TABLE = make_table(
    [line("a"), line("b"), line("total", sum_of=["a", "b"]), line("fees", type=FigureType.AMOUNT)],
    [line("x"), line("y"), line("sum", sum_of=["x", "y"])],
)
CHANGES = make_table([line("r")], [line("up", type=FigureType.CHANGE)], id="c")
FORM = replace(
    make_form(TABLE, CHANGES),
    deadlines=(Deadline(kinds=("township",), month=1, day=31, clause=texts("section 4")),),
)
IN_TIME, LATE = "2022-01-31 23:59", "2022-02-01"


def child(cells: Cells | None = None, id: str = "a/c", published: str = IN_TIME, **settings: object) -> AgencySummary:
    report = make_report(FORM, {"t": cells or {}})
    return make_child(id, report, FORM, kind="township", published=published, **settings)  # type: ignore[arg-type]


def absent(id: str = "a/z", **settings: object) -> AgencySummary:
    return make_child(id, None, FORM, kind="township", **settings)  # type: ignore[arg-type]


def compare(
    cells: Cells, children: Sequence[AgencySummary], *adjustments: Adjustment, form: Form = FORM
) -> list[Finding]:
    report = make_report(form, {"t": cells})
    rule = ChildrenRule(mode=ChildrenMode.COMPARE, adjustments=adjustments, place=PLACE)
    return list(check_roll_up(report, form, roll_up_children(rule, form, report.year, children)))


def list_failed(findings: Sequence[Finding]) -> list[str]:
    return [finding.at for finding in findings if finding.verdict is Verdict.FAIL]


def judge(printed: Figure, children: Sequence[AgencySummary], *adjustments: Adjustment, row: str = "a") -> Verdict:
    (finding,) = [each for each in compare({(row, "x"): printed}, children, *adjustments) if each.at == f"t.{row}.x"]
    return finding.verdict


def adjust(at: str, by: int | str) -> Adjustment:
    return Adjustment(at=at, by=by if isinstance(by, int) else Decimal(by), reason="so", place=PLACE)


cells = st.fixed_dictionaries(
    {
        cell: st.one_of(st.just(BLANK), st.integers(0, 10**6).map(number))
        for cell in TABLE.components
        if cell[0] != "fees"
    }
    | {("fees", "x"): st.one_of(st.just(BLANK), st.decimals(0, 10**6, places=6).map(lambda value: number(str(value))))}
)


def add_up(given_: Sequence[Cells]) -> Report:
    """The report that is the sum, as one that publishes it would have it."""
    report = make_report(FORM, {})
    rule = ChildrenRule(mode=ChildrenMode.SUM, place=PLACE)
    children = [child(each, id=f"a/c{position}") for position, each in enumerate(given_)]
    return replace(report, tables=fill_sums(report.tables, FORM, roll_up_children(rule, FORM, report.year, children)))


@given(st.lists(cells, min_size=1, max_size=5))
def test_a_report_that_is_the_sum_agrees_cell_by_cell(given_: list[Cells]) -> None:
    printed = dict(add_up(given_).tables["t"].figures)
    children = [child(each, id=f"a/c{position}") for position, each in enumerate(given_)]
    findings = compare(printed, children)
    assert {finding.verdict for finding in findings} <= {Verdict.PASS}
    filled = [f"t.{row}.{column}" for row, column in TABLE.components if printed[row, column].value is not None]
    assert sorted(finding.at for finding in findings) == sorted(filled)


@given(st.lists(cells, min_size=1, max_size=4), st.data())
def test_one_changed_cell_of_one_child_is_named_and_nothing_else(given_: list[Cells], data: st.DataObject) -> None:
    printed = dict(add_up(given_).tables["t"].figures)
    counts = [cell for cell in TABLE.components if cell[0] != "fees" and printed[cell].value is not None]
    if not counts:
        return
    cell = data.draw(st.sampled_from(counts))
    position = data.draw(st.integers(0, len(given_) - 1))
    before = int(given_[position][cell].value or 0)
    after = data.draw(st.integers(0, 10**6).filter(lambda value: value != before))
    changed = [{**each, cell: number(after)} if at == position else each for at, each in enumerate(given_)]
    findings = compare(printed, [child(each, id=f"a/c{at}") for at, each in enumerate(changed)])
    assert list_failed(findings) == [f"t.{cell[0]}.{cell[1]}"]
    (finding,) = [each for each in findings if each.verdict is Verdict.FAIL]
    facts = dict(finding.facts)
    assert facts["difference"] == str(abs(after - before))
    assert (finding.check, finding.sentence) == ("roll-up", "roll-up")


def test_printed_totals_are_neither_added_nor_compared() -> None:
    children = [child({("a", "x"): number(3), ("total", "x"): number(99), ("a", "sum"): number(0)})]
    findings = compare({("a", "x"): number(3), ("total", "x"): number(1), ("a", "sum"): number(7)}, children)
    assert [(finding.at, finding.verdict) for finding in findings] == [("t.a.x", Verdict.PASS)]


@pytest.mark.parametrize(
    ("printed", "below", "verdict"),
    [
        ("18651.06", "18651.064104", Verdict.PASS),
        ("18651.07", "18651.065", Verdict.PASS),
        ("18651.06", "18651.065", Verdict.FAIL),
        ("18651", "18650.5", Verdict.PASS),
        ("18651.0641", "18651.06", Verdict.FAIL),
        ("18651.0600", "18651.06", Verdict.PASS),
    ],
)
def test_an_amount_agrees_when_the_sum_rounds_to_its_decimals(printed: str, below: str, verdict: Verdict) -> None:
    assert judge(number(printed), [child({("fees", "x"): number(below)})], row="fees") is verdict


def test_a_blank_is_no_zero_on_either_side() -> None:
    five = [child({("a", "x"): number(5)})]
    assert judge(BLANK, five) is Verdict.NOT_ASSESSABLE
    assert compare({("a", "x"): BLANK}, [child()]) == []
    assert judge(number(0), [child()]) is Verdict.PASS
    (finding,) = compare({("a", "x"): number(5)}, [child()])
    assert finding.verdict is Verdict.FAIL
    assert [dict(finding.facts)[name] for name in ("sum", "unfilled", "difference")] == ["", "0", "5"]


def test_adjustments_are_part_of_the_sum() -> None:
    children = [child({("a", "x"): number(846)})]
    assert judge(number(1100), children) is Verdict.FAIL
    assert judge(number(1100), children, adjust("t.a.x", 200), adjust("t.a.x", 54)) is Verdict.PASS
    (finding,) = compare({("a", "x"): number(1100)}, children, adjust("t.a.x", -46))
    facts = dict(finding.facts)
    assert [facts[name] for name in ("sum", "adjustment", "expected", "difference")] == ["846", "−46", "800", "300"]


def test_with_missing_reports_only_a_sum_that_is_too_great_already_fails() -> None:
    children = [child({("a", "x"): number(846)}), absent()]
    assert judge(number(1100), children) is Verdict.NOT_ASSESSABLE
    assert judge(number(846), children) is Verdict.PASS
    assert judge(number(845), children) is Verdict.FAIL


def test_a_report_on_another_form_is_missing_from_the_sum() -> None:
    other = make_child("a/o", replace(make_report(FORM, {}), form="other"), FORM)
    assert judge(number(1100), [child({("a", "x"): number(846)}), other]) is Verdict.NOT_ASSESSABLE


def test_a_sum_below_that_lacks_reports_leaves_the_sum_above_incomplete() -> None:
    assert judge(number(1100), [child({("a", "x"): number(846)}, incomplete=True)]) is Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        (99, Verdict.FAIL),
        (100, Verdict.NOT_ASSESSABLE),
        (120, Verdict.NOT_ASSESSABLE),
        (130, Verdict.PASS),
        (131, Verdict.FAIL),
    ],
)
def test_what_a_late_report_gives_may_not_be_in_the_figure_yet(printed: int, verdict: Verdict) -> None:
    children = [child({("a", "x"): number(100)}), child({("a", "x"): number(30)}, id="a/l", published=LATE)]
    assert judge(number(printed), children) is verdict


def test_an_agency_that_need_not_report_is_not_missing() -> None:
    children = [child({("a", "x"): number(846)}), absent(reporting=ReportingYears(first=2022))]
    assert judge(number(1100), children) is Verdict.FAIL


def test_changes_with_signs_cannot_be_bounded_while_reports_are_missing() -> None:
    def judge_change(children: Sequence[AgencySummary]) -> Verdict:
        report = make_report(FORM, {"c": {("r", "up"): number(-3)}})
        rule = ChildrenRule(mode=ChildrenMode.COMPARE, place=PLACE)
        (finding,) = check_roll_up(report, FORM, roll_up_children(rule, FORM, report.year, children))
        return finding.verdict

    plus = make_child("a/c", make_report(FORM, {"c": {("r", "up"): number(2)}}), FORM)
    assert judge_change([plus]) is Verdict.FAIL
    assert judge_change([plus, absent()]) is Verdict.NOT_ASSESSABLE


def test_nothing_to_add_up_is_told_once() -> None:
    (finding,) = compare({("a", "x"): number(5)}, [absent()])
    assert (finding.check, finding.place) == ("roll-up-nothing", PLACE)


def test_figures_in_different_units_are_not_compared() -> None:
    units = tuple(Texts.of({"en": unit}) for unit in ("yuan", "million"))
    table = make_table([line("r")], [line("money", type=FigureType.AMOUNT, unit_choices=units)], id="u")
    form = make_form(table)

    def report(unit: Texts | None, amount: str) -> Report:
        stated = {"money": unit} if unit else {}
        return make_report(form, lambda each: make_report_table(each, {("r", "money"): number(amount)}, units=stated))

    def tell(own: Report, *below: Report) -> list[tuple[str, Verdict]]:
        rule = ChildrenRule(mode=ChildrenMode.COMPARE, place=PLACE)
        children = [make_child(f"a/c{position}", each, form) for position, each in enumerate(below)]
        findings = check_roll_up(own, form, roll_up_children(rule, form, own.year, children))
        return [(finding.check, finding.verdict) for finding in findings]

    yuan, million = units
    assert tell(report(yuan, "3"), report(yuan, "1"), report(yuan, "2")) == [("roll-up", Verdict.PASS)]
    assert tell(report(million, "3"), report(yuan, "3")) == [("roll-up", Verdict.NOT_ASSESSABLE)]
    assert tell(report(None, "3"), report(yuan, "3")) == [("roll-up", Verdict.NOT_ASSESSABLE)]
    mixed = tell(report(yuan, "3"), report(yuan, "1"), report(million, "2"))
    assert mixed == [("roll-up-units", Verdict.FAIL), ("roll-up", Verdict.NOT_ASSESSABLE)]
    assert tell(report(yuan, "3"), report(yuan, "3"), report(None, "0")) == [("roll-up", Verdict.PASS)]
