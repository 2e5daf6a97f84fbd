"""One year against the year before; never across a change of meaning."""

from collections.abc import Iterator, Mapping

from gaisite.check.arithmetic import label_cell, measure_gap, name_cell, other_axis, say
from gaisite.findings import Finding, Verdict
from gaisite.model.content import Report, ReportTable
from gaisite.model.continuity import trace_cell
from gaisite.model.forms import Address, CheckKind, Form, FormCheck, Relation


def check_carry_over(report: Report, before: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """What a form's carry-over checks say about a report, given that of the year before."""
    form = forms[report.form]
    for check in form.checks:
        if check.kind is CheckKind.CARRY_OVER:
            yield from check_line(check, report, before, forms)


def check_line(check: FormCheck, report: Report, before: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """Whether a line equals, cell by cell, the line of the year before that it carries over."""
    table = report.tables[check.table]
    for line, source in zip(check.lines, check.others, strict=True):
        for across in table.table.leaves(other_axis(check.axis)):
            row, column = name_cell(check.axis, source, across.id)
            cell = find_source(forms, report, before, Address(table=check.table, row=row, column=column))
            if cell is not None:
                yield check_cell(check, table, name_cell(check.axis, line, across.id), before, cell)


def check_cell(check: FormCheck, table: ReportTable, now_at: tuple[str, str], before: Report, cell: Address) -> Finding:
    """Whether a figure equals that of a cell of last year's report."""
    row, column = now_at
    earlier = before.tables[cell.table]
    last, now = earlier.figure(cell.row, cell.column), table.figure(row, column)
    if last.value is None or now.value is None:
        return say(check, table, row, column, Verdict.NOT_ASSESSABLE)
    verdict = Verdict.PASS if last.value == now.value else Verdict.FAIL
    return say(
        check, table, row, column, verdict, printed=now.text, sum=last.text, year=str(before.year),
        difference=measure_gap(now.value, last.value), source=label_cell(earlier.table, cell.row, cell.column),
    )  # fmt: skip


def find_source(forms: Mapping[str, Form], report: Report, before: Report, cell: Address) -> Address | None:
    """Where last year's report prints the cell; None where the change of form breaks it."""
    if report.form == before.form:
        return cell
    descent = trace_cell(forms[report.form], forms[before.form], cell)
    return descent.there[0] if descent.relation is Relation.SAME and descent.there else None
