"""What the narrative must not pass over in silence: some figures, and what a form wants stated in any case."""

from collections.abc import Iterator

from gaisite.check.arithmetic import name_cell, other_axis, say
from gaisite.check.sentences import is_unwritten, place_section
from gaisite.findings import Finding, Verdict
from gaisite.model.content import Report, ReportTable
from gaisite.model.form_checks import CheckKind, FormCheck
from gaisite.model.forms import Form
from gaisite.model.prose import Prose
from gaisite.texts import Texts


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
    silent = figure.value > 0 and not has_word(check, prose)
    return say(
        check, table, row, column, Verdict.FAIL if silent else Verdict.PASS, printed=figure.text,
        section=name_section(check, form), words="/".join(check.words),
    )  # fmt: skip


def has_word(check: FormCheck, prose: Prose | None) -> bool:
    """Whether one of a check's words stands in a section."""
    text = prose.text.casefold() if prose else ""
    return any(word.casefold() in text for word in check.words)


def name_section(check: FormCheck, form: Form) -> Texts:
    """The heading of the section that a check is about."""
    return next(section.heading for section in form.sections if section.id == check.section)


def check_statements(report: Report, form: Form) -> Iterator[Finding]:
    """For each section that must state something in any case, whether it does."""
    for check in form.checks:
        if check.kind is CheckKind.STATES:
            yield check_statement(check, report, form)


def check_statement(check: FormCheck, report: Report, form: Form) -> Finding:
    """Whether a section has one of the words; not known of one that is missing or not yet written."""
    prose = report.narrative.sections.get(check.section)
    unknown = prose is None or is_unwritten(prose, report.narrative)
    stated = Verdict.PASS if has_word(check, prose) else Verdict.FAIL
    return Finding(
        check=check.id,
        sentence=check.kind.value,
        severity=check.severity,
        place=place_section(prose, report.narrative),
        verdict=Verdict.NOT_ASSESSABLE if unknown else stated,
        at=f"sections.{check.section}",
        facts=(("title", check.title), ("section", name_section(check, form)), ("words", "/".join(check.words))),
    )


def choose_cell(check: FormCheck, table: ReportTable, line: str) -> tuple[str, str]:
    """The cell that stands for a line: of those more than 0, otherwise of all numbers, the principal or first one."""
    cells = [name_cell(check.axis, line, across.id) for across in table.table.leaves(other_axis(check.axis))]
    principal = [cell for cell in cells if table.table.principal in cell]
    values = {cell: table.figure(*cell).value for cell in (*principal, *cells)}
    above = (cell for cell, value in values.items() if value is not None and value > 0)
    numbers = (cell for cell, value in values.items() if value is not None)
    return next(above, None) or next(numbers, None) or cells[0]
