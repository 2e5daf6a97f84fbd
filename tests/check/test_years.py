"""What a report carries over from the report of the year before, across a change of form too."""

from collections.abc import Sequence

import pytest

from gaisite.check.years import check_carry_over
from gaisite.findings import Finding, Place, Verdict
from gaisite.model.content import BLANK, Figure
from gaisite.model.form_checks import FormCheck
from gaisite.model.forms import Continuation, Continuity, Form, Relation
from gaisite.model.tables import Address, Axis, Table
from tests.check.values import carry_check, line, make_form, make_report, make_table, number, texts

ROWS = (line("carried_in"), line("done"), line("carried_out"))
COLUMNS = (line("person"), line("company"))
CHECK = carry_check("carried_in", "carried_out")


def lay_out(*rows: Sequence[int | None]) -> dict[tuple[str, str], Figure]:
    return {
        (row.id, column.id): BLANK if value is None else number(value, line=10 + index, column=3)
        for index, (row, values) in enumerate(zip(ROWS, rows, strict=True))
        for column, value in zip(COLUMNS, values, strict=True)
    }


BEFORE = lay_out([0, 0], [5, 5], [4, 1])


def compare(
    now: dict[tuple[str, str], Figure],
    before: dict[tuple[str, str], Figure] = BEFORE,
    *,
    earlier: Form | None = None,
    check: FormCheck = CHECK,
    continuity: Continuity | None = None,
) -> list[Finding]:
    form = make_form(make_table(ROWS, COLUMNS), id="now", checks=[check], continuity=continuity)
    earlier = earlier or form
    table = earlier.tables[0].id
    forms = {form.id: form, earlier.id: earlier}
    report, last = make_report(form, {"t": now}, 2021), make_report(earlier, {table: before}, 2020)
    return list(check_carry_over(report, last, forms))


def continue_from(form: str, *statements: tuple[Relation, str, str]) -> Continuity:
    here, there = make_table(ROWS, COLUMNS), make_table(ROWS, COLUMNS)

    def find(table: Table, text: str) -> Address:
        address = table.find_address(text) if text else Address(table=table.id)
        assert address is not None
        return address

    continuations = tuple(
        Continuation(relation=relation, here=(find(here, one),), there=(find(there, other),), place=Place(file="f"))
        for relation, one, other in statements
    )
    return Continuity(form=form, note=texts("another form"), continuations=continuations, place=Place(file="f"))


def list_verdicts(findings: list[Finding]) -> dict[str, Verdict]:
    return {finding.at: finding.verdict for finding in findings}


def test_what_was_carried_out_is_carried_in_column_by_column() -> None:
    findings = compare(lay_out([4, 1], [0, 0], [4, 1]))
    assert list_verdicts(findings) == {"t.carried_in.person": Verdict.PASS, "t.carried_in.company": Verdict.PASS}


def test_difference_names_both_years() -> None:
    failed = [each for each in compare(lay_out([4, 3], [0, 0], [4, 3])) if each.verdict is Verdict.FAIL]
    assert [each.at for each in failed] == ["t.carried_in.company"]
    said = dict(failed[0].facts)
    assert (said["printed"], said["sum"], said["difference"], said["year"]) == ("3", "1", 2, "2020")
    assert said["source"] == texts("carried_out › company")
    assert (failed[0].place.line, failed[0].sentence) == (10, "carry-over")


@pytest.mark.parametrize(
    ("now", "before"),
    [
        (lay_out([None, 1], [0, 0], [0, 0]), BEFORE),
        (lay_out([4, 1], [0, 0], [0, 0]), lay_out([0, 0], [0, 0], [None, 1])),
    ],
)
def test_blank_of_either_year_cannot_be_assessed(
    now: dict[tuple[str, str], Figure], before: dict[tuple[str, str], Figure]
) -> None:
    assert list_verdicts(compare(now, before)) == {
        "t.carried_in.person": Verdict.NOT_ASSESSABLE,
        "t.carried_in.company": Verdict.PASS,
    }


def test_columns_are_carried_over_row_by_row() -> None:
    check = carry_check("person", "company", axis=Axis.COLUMNS)
    findings = compare(lay_out([0, 9], [5, 9], [2, 9]), check=check)
    assert list_verdicts(findings) == {
        "t.carried_in.person": Verdict.PASS,
        "t.done.person": Verdict.PASS,
        "t.carried_out.person": Verdict.FAIL,
    }


STOCK = carry_check("carried_out", "carried_out", plus=["carried_in"], minus=["done"])


def test_stock_is_that_of_last_year_plus_and_minus_lines_of_this_year() -> None:
    findings = compare(lay_out([88, 2], [55, 0], [698, 2]), lay_out([0, 0], [0, 0], [665, 1]), check=STOCK)
    assert list_verdicts(findings) == {"t.carried_out.person": Verdict.PASS, "t.carried_out.company": Verdict.FAIL}
    said = [dict(each.facts) for each in findings]
    assert [each["parts"] for each in said] == ["665+88−55=698", "1+2−0=3"]
    assert (said[1]["printed"], said[1]["difference"], said[1]["source"]) == ("2", 1, "")


def test_several_lines_of_last_year_are_added_up_with_their_signs() -> None:
    check = carry_check("carried_in", "carried_in", "done")
    findings = compare(lay_out([2630, 9], [0, 0], [0, 0]), lay_out([2648, 0], [-18, 0], [0, 0]), check=check)
    assert list_verdicts(findings) == {"t.carried_in.person": Verdict.PASS, "t.carried_in.company": Verdict.FAIL}
    assert [dict(each.facts)["parts"] for each in findings] == ["2648−18=2630", "0+0=0"]


@pytest.mark.parametrize("row", [0, 1, 2])
def test_sum_with_a_blank_term_cannot_be_assessed(row: int) -> None:
    now = [[1, 1], [1, 1], [1, 1]]
    now[row][0] = None  # type: ignore[call-overload]
    verdicts = list_verdicts(compare(lay_out(*now), lay_out([0, 0], [0, 0], [1, 1]), check=STOCK))
    assert verdicts == {"t.carried_out.person": Verdict.NOT_ASSESSABLE, "t.carried_out.company": Verdict.PASS}


def test_sum_is_not_told_where_one_of_its_terms_means_something_else() -> None:
    earlier = make_form(make_table(ROWS, COLUMNS), id="earlier")
    check = carry_check("carried_in", "carried_in", "done")
    continuity = continue_from("earlier", (Relation.SAME, "", ""), (Relation.CAVEAT, "done.person", "done.person"))
    findings = compare(lay_out([99, 5], [0, 0], [0, 0]), earlier=earlier, check=check, continuity=continuity)
    assert list_verdicts(findings) == {"t.carried_in.company": Verdict.PASS}


def test_check_of_another_kind_is_left_to_others() -> None:
    balance = FormCheck(id="b", kind=CHECK.kind.BALANCE, table="t", axis=Axis.ROWS, lines=("done",), title=texts("b"))
    assert compare(BEFORE, check=balance) == []


def test_carry_over_reaches_across_forms_where_the_cells_are_the_same() -> None:
    earlier = make_form(make_table(ROWS, COLUMNS), id="earlier")
    findings = compare(
        lay_out([4, 2], [0, 0], [0, 0]), earlier=earlier, continuity=continue_from("earlier", (Relation.SAME, "", ""))
    )
    assert list_verdicts(findings) == {"t.carried_in.person": Verdict.PASS, "t.carried_in.company": Verdict.FAIL}


@pytest.mark.parametrize("relation", [Relation.CAVEAT, Relation.NOT_COMPARABLE, Relation.SUM_OF])
def test_carry_over_never_crosses_a_change_of_meaning(relation: Relation) -> None:
    earlier = make_form(make_table(ROWS, COLUMNS), id="earlier")
    continuity = continue_from(
        "earlier", (Relation.SAME, "", ""), (relation, "carried_out.person", "carried_out.person")
    )  # fmt: skip
    findings = compare(lay_out([99, 1], [0, 0], [0, 0]), earlier=earlier, continuity=continuity)
    assert list_verdicts(findings) == {"t.carried_in.company": Verdict.PASS}


def test_nothing_is_carried_over_where_the_forms_are_not_linked() -> None:
    earlier = make_form(make_table(ROWS, COLUMNS), id="earlier")
    now = lay_out([99, 99], [0, 0], [0, 0])
    assert compare(now, earlier=earlier) == []
    assert compare(now, earlier=earlier, continuity=continue_from("another", (Relation.SAME, "", ""))) == []


def test_nothing_is_carried_over_from_a_cell_that_the_earlier_form_has_not() -> None:
    small = make_form(make_table((line("done"),), COLUMNS), id="earlier")
    form = make_form(
        make_table(ROWS, COLUMNS), id="now", checks=[CHECK], continuity=continue_from("earlier", (Relation.SAME, "", ""))
    )  # fmt: skip
    report, last = make_report(form, {"t": BEFORE}, 2021), make_report(small, {}, 2020)
    assert list(check_carry_over(report, last, {"now": form, "earlier": small})) == []
