"""Sums inside one report, case by case: what is said, where, and with which numbers."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from gaisite.check.arithmetic import check_sums
from gaisite.findings import Finding, Verdict
from gaisite.model.content import BLANK, Figure, Report
from gaisite.model.form_checks import FormCheck
from gaisite.model.labels import label_cell
from gaisite.model.tables import Axis, FigureType, Line, Table, insert_rows
from gaisite.texts import Texts
from tests.check.values import (
    FILE,
    NOT_APPLICABLE,
    balance_check,
    carry_check,
    line,
    make_form,
    make_report,
    make_report_table,
    make_table,
    number,
    texts,
    total_check,
)

ROWS = (
    line("new"),
    line("carried_in"),
    line(
        "handled",
        line("handled.granted"),
        line("handled.refused", line("handled.refused.secret"), line("handled.refused.other")),
        line("handled.total", sum_of=["handled.granted", "handled.refused"]),
    ),
    line("carried_out"),
)
COLUMNS = (line("person"), line("company"), line("total", sum_of=["person", "company"]))
CHECKS = (
    total_check(Axis.COLUMNS, "total", id="row-sum"),
    total_check(Axis.ROWS, "handled.total", id="column-sum"),
    balance_check(Axis.ROWS, ["new", "carried_in"], ["handled.total", "carried_out"]),
)
RIGHT = {
    "new": [7, 2, 9],
    "carried_in": [1, 0, 1],
    "handled.granted": [3, 1, 4],
    "handled.refused.secret": [2, 0, 2],
    "handled.refused.other": [1, 1, 2],
    "handled.total": [6, 2, 8],
    "carried_out": [2, 0, 2],
}


def lay_out(rows: dict[str, Sequence[int | str | Figure | None]], table: Table) -> dict[tuple[str, str], Figure]:
    columns = [leaf.id for leaf in table.leaves(Axis.COLUMNS)]
    figures = {None: BLANK}
    return {
        (row, column): value if isinstance(value, Figure) else figures.get(value) or number(value)  # type: ignore[arg-type]
        for row, values in rows.items()
        for column, value in zip(columns, values, strict=False)
    }


def check(
    rows: dict[str, Sequence[int | str | Figure | None]],
    checks: Sequence[FormCheck] = CHECKS,
    table: Table | None = None,
) -> dict[tuple[str, str], Finding]:
    """What is found, by check and place."""
    table = table or make_table(ROWS, COLUMNS)
    form = make_form(table, checks=checks)
    findings = list(check_sums(make_report(form, {"t": lay_out(rows, table)}), form))
    found = {(each.check, each.at): each for each in findings}
    assert len(found) == len(findings)
    return found


def list_failed(findings: dict[tuple[str, str], Finding]) -> set[tuple[str, str]]:
    return {key for key, each in findings.items() if each.verdict is Verdict.FAIL}


def facts(finding: Finding) -> dict[str, object]:
    return dict(finding.facts)


def test_closing_report_passes_every_check_at_every_total() -> None:
    findings = check(RIGHT)
    assert {each.verdict for each in findings.values()} == {Verdict.PASS}
    assert len(findings) == 7 + 3 + 3


def test_wrong_total_names_both_sums() -> None:
    found = check({**RIGHT, "carried_out": [2, 0, 5]})["row-sum", "t.carried_out.total"]
    assert found.verdict is Verdict.FAIL
    assert found.sentence == "total"
    said = facts(found)
    assert (said["printed"], said["sum"], said["parts"], said["difference"]) == ("5", 2, "2", 3)
    assert said["title"] == texts("sums")


def test_parts_are_written_as_a_reader_would_add_them_up() -> None:
    found = check({**RIGHT, "new": [7, 2, 8]})["row-sum", "t.new.total"]
    assert (facts(found)["parts"], facts(found)["difference"]) == ("7+2=9", 1)


def test_signed_parts_are_written_with_their_signs() -> None:
    columns = (line("a"), line("b"), line("c"), line("total", sum_of=["a", "b", "c"]))
    table = make_table((line("r"),), columns, type=FigureType.CHANGE)
    signed = [Figure(number(value).state, value, text) for value, text in ((335, "＋335"), (-18, "－18"), (-2, "−2"))]
    found = check({"r": [*signed, 0]}, [total_check(Axis.COLUMNS, "total")], table)
    assert facts(found["columns-sum", "t.r.total"])["parts"] == "335-18-2=315"


def test_amounts_are_added_exactly() -> None:
    table = make_table((line("r"),), COLUMNS, type=FigureType.AMOUNT)
    checks = [total_check(Axis.COLUMNS, "total")]
    exact = check({"r": ["52.6540", "0.0001", "52.6541"]}, checks, table)
    assert list_failed(exact) == set()
    wrong = check({"r": ["52.6540", "-0.0001", "52.654"]}, checks, table)["columns-sum", "t.r.total"]
    assert (str(facts(wrong)["sum"]), str(facts(wrong)["difference"])) == ("52.6539", "0.0001")
    assert facts(wrong)["parts"] == "52.6540-0.0001=52.6539"


def test_printed_balance_may_hold_while_the_columns_fail() -> None:
    """平潭 2020: 21 + 0 = 21 + 0, as the form demands, yet the results add up to 27."""
    rows = {
        **RIGHT,
        "new": [20, 1, 21],
        "carried_in": [0, 0, 0],
        "handled.granted": [6, 1, 7],
        "handled.refused.secret": [20, 0, 20],
        "handled.refused.other": [0, 0, 0],
        "handled.total": [20, 1, 21],
        "carried_out": [0, 0, 0],
    }
    findings = check(rows)
    assert list_failed(findings) == {("column-sum", "t.handled.total.person"), ("column-sum", "t.handled.total.total")}
    found = facts(findings["column-sum", "t.handled.total.total"])
    assert (found["printed"], found["sum"], found["difference"]) == ("21", 27, 6)
    assert findings["balance", "t.handled.total.total"].verdict is Verdict.PASS


def test_columns_may_close_while_the_balance_fails() -> None:
    findings = check({**RIGHT, "carried_out": [3, 0, 3]})
    assert list_failed(findings) == {("balance", "t.handled.total.person"), ("balance", "t.handled.total.total")}
    found = facts(findings["balance", "t.handled.total.person"])
    assert (found["sum"], found["parts"], found["printed"], found["other_parts"]) == (8, "7+1=8", 9, "6+3=9")
    assert found["difference"] == 1


RESULTS = make_table(
    (line("person"), line("both", sum_of=["person"]), line("ship")), (line("granted"), line("refused")), id="r"
)
PROCESSED = make_table((line("person"), line("both", sum_of=["person"]), line("own")), (line("processed"),))
ACROSS = replace(balance_check(Axis.COLUMNS, ["processed"], ["granted", "refused"]), other_table="r")


def set_beside(processed: Figure, granted: Figure, refused: Figure) -> list[Finding]:
    """What is said of a balance between two tables that have two of their rows in common, by one row's figures."""
    form = make_form(PROCESSED, RESULTS, checks=[ACROSS])
    here = {("person", "processed"): processed, ("own", "processed"): number(9)}
    there = {("person", "granted"): granted, ("person", "refused"): refused, ("ship", "granted"): number(7)}
    findings = list(check_sums(make_report(form, {"t": here, "r": there}), form))
    assert {each.at for each in findings} == {"r.person.granted", "r.both.granted"}
    return [each for each in findings if each.at == "r.person.granted"]


def test_balance_may_be_between_lines_of_two_tables_at_what_both_have_across() -> None:
    assert [each.verdict for each in set_beside(number(5), number(3), number(2))] == [Verdict.PASS]
    (failed,) = set_beside(number(6), number(3, line=8, column=4), number(2))
    found = facts(failed)
    assert (failed.verdict, failed.place.line) == (Verdict.FAIL, 8)
    assert (found["parts"], found["other_parts"], found["difference"]) == ("6", "3+2=5", 1)


@pytest.mark.parametrize(("processed", "granted"), [(BLANK, number(3)), (number(3), BLANK)])
def test_balance_between_tables_with_nothing_on_one_side_cannot_be_assessed(processed: Figure, granted: Figure) -> None:
    assert [each.verdict for each in set_beside(processed, granted, BLANK)] == [Verdict.NOT_ASSESSABLE]


@pytest.mark.parametrize("table", ["t", "r"])
def test_balance_over_a_blank_total_of_either_table_cannot_be_assessed(table: str) -> None:
    form = make_form(PROCESSED, RESULTS, checks=[ACROSS])
    cells = {
        "t": {("person", "processed"): number(5)},
        "r": {("person", "granted"): number(5), ("both", "refused"): number(0)},
    }
    cells[table]["both", "processed" if table == "t" else "granted"] = BLANK
    findings = {each.at: each.verdict for each in check_sums(make_report(form, cells), form)}
    assert findings == {"r.person.granted": Verdict.PASS, "r.both.granted": Verdict.NOT_ASSESSABLE}


def test_blank_adds_nothing_to_a_sum() -> None:
    rows = {**RIGHT, "carried_in": [1, None, 1], "carried_out": [2, None, 2], "handled.refused.secret": [2, None, 2]}
    assert list_failed(check(rows)) == set()


def test_balance_of_zeros_holds() -> None:
    findings = check({row: [0, None, 0] for row in RIGHT})
    assert findings["balance", "t.handled.total.person"].verdict is Verdict.PASS
    assert list_failed(findings) == set()


def test_balance_over_nothing_but_blanks_cannot_be_assessed() -> None:
    rows = {row: [values[0], None, values[0]] for row, values in RIGHT.items()}
    findings = check(rows)
    assert findings["balance", "t.handled.total.company"].verdict is Verdict.NOT_ASSESSABLE
    assert findings["balance", "t.handled.total.person"].verdict is Verdict.PASS


def test_balance_with_one_blank_side_cannot_be_assessed() -> None:
    rows = {**RIGHT, "handled.total": [None, 2, 8], "carried_out": [None, 0, 2]}
    assert check(rows)["balance", "t.handled.total.person"].verdict is Verdict.NOT_ASSESSABLE


def test_total_over_blanks_must_be_zero_or_blank() -> None:
    blank = {**RIGHT, "carried_in": [None, None, None]}
    assert check(blank)["row-sum", "t.carried_in.total"].verdict is Verdict.NOT_ASSESSABLE
    assert check({**RIGHT, "carried_in": [None, None, 0]})["row-sum", "t.carried_in.total"].verdict is Verdict.PASS
    found = check({**RIGHT, "carried_in": [None, None, 1]})["row-sum", "t.carried_in.total"]
    assert (found.verdict, facts(found)["parts"]) == (Verdict.FAIL, "0")


def test_blank_total_over_numbers_is_a_warning_of_its_own() -> None:
    findings = check({**RIGHT, "new": [7, 2, None]})
    assert findings["row-sum", "t.new.total"].verdict is Verdict.NOT_ASSESSABLE
    warning = findings["blank-total", "t.new.total"]
    assert (warning.sentence, warning.severity, facts(warning)["sum"]) == ("", None, 9)


def test_sum_over_a_blank_total_cannot_be_assessed() -> None:
    """上海市人民政府办公厅 2019: eleven row totals are blank, so the total column adds up to nothing sensible."""
    findings = check({**RIGHT, "handled.granted": [3, 1, None]})
    assert findings["column-sum", "t.handled.total.total"].verdict is Verdict.NOT_ASSESSABLE
    assert findings["column-sum", "t.handled.total.person"].verdict is Verdict.PASS
    assert list_failed(findings) == {("blank-total", "t.handled.granted.total")}


def test_balance_over_a_blank_total_cannot_be_assessed() -> None:
    findings = check({**RIGHT, "new": [7, 2, None]})
    assert findings["balance", "t.handled.total.total"].verdict is Verdict.NOT_ASSESSABLE


def test_blank_total_over_zeros_is_nothing_to_add() -> None:
    rows = {**RIGHT, "handled.refused.secret": [0, 0, None], "handled.total": [4, 2, 6], "carried_out": [4, 0, 4]}
    findings = check(rows)
    assert findings["column-sum", "t.handled.total.total"].verdict is Verdict.PASS
    assert list_failed(findings) == set()


def test_cell_that_does_not_apply_adds_nothing() -> None:
    rows = {**RIGHT, "carried_in": [1, NOT_APPLICABLE, 1], "handled.refused.secret": [2, NOT_APPLICABLE, 2]}
    assert list_failed(check(rows)) == set()


def test_total_that_was_left_out_is_not_checked() -> None:
    findings = check({row: values[:2] for row, values in RIGHT.items() if row != "handled.total"})
    assert {key[0] for key in findings} == {"balance"}
    assert list_failed(findings) == set()


def test_balance_counts_a_group_by_its_parts() -> None:
    checks = [balance_check(Axis.ROWS, ["new", "carried_in"], ["handled", "carried_out"])]
    assert list_failed(check(RIGHT, checks)) == set()
    assert ("balance", "t.handled.person") in list_failed(check({**RIGHT, "handled.granted": [4, 1, 4]}, checks))


def test_balance_of_columns_is_checked_row_by_row() -> None:
    checks = [balance_check(Axis.COLUMNS, ["person", "company"], ["total"])]
    findings = check({**RIGHT, "new": [7, 2, 8]}, checks)
    assert list_failed(findings) == {("balance", "t.new.total")}
    assert facts(findings["balance", "t.new.total"])["line"] == texts("new")


def test_finding_points_at_the_figure_and_at_the_table_where_none_is_written() -> None:
    table = make_table((line("r"),), COLUMNS)
    form = make_form(table, checks=[total_check(Axis.COLUMNS, "total")])
    cells = {("r", "person"): number(3), ("r", "company"): number(4), ("r", "total"): number(12345, line=14, column=22)}
    (found,) = check_sums(make_report(form, {"t": cells}), form)
    assert (found.place.file, found.place.line, found.place.column, found.place.length) == (FILE, 14, 22, 5)
    (blank,) = check_sums(make_report(form, {"t": {("r", "total"): BLANK}}), form)
    assert (blank.place.line, blank.verdict) == (0, Verdict.NOT_ASSESSABLE)


def test_check_of_a_line_that_a_table_has_not_says_nothing() -> None:
    assert check(RIGHT, [total_check(Axis.ROWS, "handled.lost"), carry_check("carried_in", "carried_out")]) == {}


def test_rows_that_a_report_adds_count_as_parts_of_the_row_they_split() -> None:
    table = make_table(ROWS, COLUMNS)
    local = (line("handled.granted.fast", local=True), line("handled.granted.slow", local=True))
    own = insert_rows(table, "handled.granted", local)
    form = make_form(table, checks=CHECKS)

    def fill(granted: Sequence[int]) -> Report:
        rows = {row: values for row, values in RIGHT.items() if row != "handled.granted"}
        split = {"handled.granted.fast": [1, 1, 2], "handled.granted.slow": granted}
        return make_report(form, lambda _: make_report_table(own, lay_out({**rows, **split}, own)))

    assert {each.verdict for each in check_sums(fill([2, 0, 2]), form)} == {Verdict.PASS}
    failed = [each.at for each in check_sums(fill([3, 0, 3]), form) if each.verdict is Verdict.FAIL]
    assert failed == ["t.handled.total.person", "t.handled.total.total"]


@pytest.mark.parametrize(
    ("row", "column", "label"),
    [
        ("new", "person", "new › person"),
        ("handled.refused.secret", "total", "handled › handled.refused › handled.refused.secret › total"),
        ("lost", "person", "person"),
    ],
)
def test_cell_is_called_by_the_labels_that_lead_to_it(row: str, column: str, label: str) -> None:
    assert label_cell(make_table(ROWS, COLUMNS), row, column) == texts(label)


def test_cell_is_called_in_every_language_of_its_column() -> None:
    column = Line(id="c", label=Texts((("zh-CN", "列"), ("en", "column"))))
    named = label_cell(make_table((Line(id="r", label=Texts((("zh-CN", "行"),))),), (column,)), "r", "c")
    assert named == Texts((("zh-CN", "行 › 列"), ("en", "行 › column")))


def test_severity_is_the_forms() -> None:
    form = make_form(make_table(ROWS, COLUMNS), checks=CHECKS)
    assert {each.severity for each in check_sums(make_report(form, {}), form)} == {CHECKS[0].severity}
