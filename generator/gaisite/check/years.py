"""One year against the year before; never across a change of meaning."""

from collections.abc import Iterator, Mapping, Sequence

from gaisite.check.arithmetic import (
    compare,
    measure_gap,
    name_cell,
    other_axis,
    pick_figure,
    say,
    write_terms,
)
from gaisite.findings import Fact, Finding, Verdict
from gaisite.model.content import Report, ReportTable
from gaisite.model.continuity import trace_cell
from gaisite.model.form_checks import FormCheck
from gaisite.model.forms import Form, Relation
from gaisite.model.labels import label_cell
from gaisite.model.sums import add_terms
from gaisite.model.tables import Address, Line
from gaisite.texts import Texts


def check_carry_over(report: Report, before: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """What a form's checks with lines of last year say about a report, given the last one before it.

    Where that is of a year further back, only the bounds that any earlier report sets are told.
    """
    form = forms[report.form]
    for check in form.checks:
        if check.looks_back and (check.spans_gaps or before.year == report.year - 1):
            yield from check_line(check, report, before, forms)


def check_line(check: FormCheck, report: Report, before: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """Whether a line is, cell by cell, what comes of the year before; not across a break in one of its terms."""
    table = report.tables[check.table]
    for across in table.table.leaves(other_axis(check.axis)):
        named = [name_cell(check.axis, source, across.id) for source in check.others]
        cells = [Address(table=check.table, row=row, column=column) for row, column in named]
        found = [source for cell in cells if (source := find_source(forms, report, before, cell)) is not None]
        if len(found) == len(cells):
            yield check_cell(check, table, across, before, found)


def check_cell(
    check: FormCheck, table: ReportTable, across: Line, before: Report, sources: Sequence[Address]
) -> Finding:
    """Whether a figure is what the sum of cells of last year's report, plus and minus figures beside it, demands.

    Of what passes and what cannot be assessed the facts are told too: the ledger of an agency shows them.
    """
    row, column = name_cell(check.axis, check.lines[0], across.id)
    now = table.figure(row, column)
    added = [
        *(before.tables[each.table].figure(each.row, each.column) for each in sources),
        *(pick_figure(table, check.axis, line, across.id) for line in check.plus),
    ]
    taken = [pick_figure(table, check.axis, line, across.id) for line in check.minus]
    expected = add_terms(added, taken)
    facts: dict[str, Fact] = {"year": str(before.year), "source_at": str(sources[0])}
    if expected is None or now.value is None:
        known = "" if expected is None else write_terms(added, taken, expected)
        return say(check, table, row, column, Verdict.NOT_ASSESSABLE, printed=now.text, sum=known, **facts)
    written = write_terms(added, taken, expected)
    return say(
        check, table, row, column, compare(check.kind, now.value, expected), printed=now.text, sum=written,
        parts="" if check.copies else written, difference=measure_gap(now.value, expected),
        source=name_source(check, before, sources), **facts,
    )  # fmt: skip


def name_source(check: FormCheck, before: Report, sources: Sequence[Address]) -> Texts | str:
    """The label of the cell that is carried over as it was; empty for a sum, which the check's title tells."""
    cell = sources[0]
    return label_cell(before.tables[cell.table].table, cell.row, cell.column) if check.copies else ""


def find_source(forms: Mapping[str, Form], report: Report, before: Report, cell: Address) -> Address | None:
    """Where last year's report prints the cell; None where the change of form breaks it."""
    if report.form == before.form:
        return cell
    descent = trace_cell(forms[report.form], forms[before.form], cell)
    return descent.there[0] if descent.relation is Relation.SAME and descent.there else None
