"""Figures that the narrative must not pass over in silence."""

from collections.abc import Iterator

from gaisite.check.arithmetic import name_cell, other_axis, say
from gaisite.findings import Finding, Verdict
from gaisite.model.content import Report, ReportTable
from gaisite.model.forms import CheckKind, Form, FormCheck


def check_mentions(report: Report, form: Form) -> Iterator[Finding]:
    """For each line that a section must speak of, whether it does where the line is not 0."""
    for check in form.checks:
        if check.kind is CheckKind.MENTIONS:
            for line in check.lines:
                yield check_mention(check, line, report, form)


def check_mention(check: FormCheck, line: str, report: Report, form: Form) -> Finding:
    """Whether the narrative speaks of a line; told at the figure that stands for it."""
    table = report.tables[check.table]
    row, column = choose_cell(check, table, line)
    figure, prose = table.figure(row, column), report.narrative.sections.get(check.section)
    if figure.value is None or (figure.value and prose is None):
        return say(check, table, row, column, Verdict.NOT_ASSESSABLE)
    text = prose.text.casefold() if prose else ""
    silent = figure.value > 0 and not any(word.casefold() in text for word in check.words)
    heading = next(section.heading for section in form.sections if section.id == check.section)
    return say(
        check, table, row, column, Verdict.FAIL if silent else Verdict.PASS, printed=figure.text, section=heading,
        words="/".join(check.words),
    )  # fmt: skip


def choose_cell(check: FormCheck, table: ReportTable, line: str) -> tuple[str, str]:
    """The cell that stands for a line: of those more than 0, otherwise of all numbers, the principal or first one."""
    cells = [name_cell(check.axis, line, across.id) for across in table.table.leaves(other_axis(check.axis))]
    principal = [cell for cell in cells if table.table.principal in cell]
    values = {cell: table.figure(*cell).value for cell in (*principal, *cells)}
    above = (cell for cell, value in values.items() if value is not None and value > 0)
    numbers = (cell for cell, value in values.items() if value is not None)
    return next(above, None) or next(numbers, None) or cells[0]
