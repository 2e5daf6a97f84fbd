"""One year against the year before; never across a change of meaning."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gaisite.check.arithmetic import label_cell, measure_gap, say
from gaisite.findings import Finding, Verdict
from gaisite.model.content import Report
from gaisite.model.continuity import trace_cell
from gaisite.model.forms import Address, Axis, CheckKind, Form, FormCheck, Relation


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
        for column in table.table.leaves(Axis.COLUMNS):
            cell = find_source(forms, report, before, Address(table=check.table, row=source, column=column.id))
            if cell is None:
                continue
            earlier = before.tables[cell.table]
            last, now = earlier.figure(cell.row, cell.column), table.figure(line, column.id)
            if last.value is None or now.value is None:
                yield say(check, table, line, column.id, Verdict.NOT_ASSESSABLE)
                continue
            verdict = Verdict.PASS if last.value == now.value else Verdict.FAIL
            finding = say(
                check, table, line, column.id, verdict, printed=now.text, sum=last.text, year=str(before.year),
                difference=measure_gap(now.value, last.value),
            )  # fmt: skip
            yield add_source(finding, label_cell(earlier.table, cell.row, cell.column).official)


def add_source(finding: Finding, label: str) -> Finding:
    """The finding with the words for last year's cell."""
    return replace(finding, facts=(*finding.facts, ("source", label)))


def find_source(forms: Mapping[str, Form], report: Report, before: Report, cell: Address) -> Address | None:
    """Where last year's report prints the cell; None where the change of form breaks it."""
    if report.form == before.form:
        return cell
    form = forms[report.form]
    if form.continuity is None or form.continuity.form != before.form:
        return None
    descent = trace_cell(form, forms[before.form], cell)
    return descent.there[0] if descent.relation is Relation.SAME and descent.there else None
