"""A workbook for one report: what is known already is in it, of the report itself or from last year's."""

from collections.abc import Iterator

from gaisite.check.years import find_source
from gaisite.export.entry_books import EntryBook, write_entry_book
from gaisite.export.entry_checks import name_cell
from gaisite.findings import Problems
from gaisite.model.content import Figure, Report
from gaisite.model.forms import Form
from gaisite.model.tables import Address, Axis
from gaisite.scaffold.carrying import begin_report, carry_figures, read_last_report, read_report
from gaisite.scaffold.choosing import find_neighbour
from gaisite.scaffold.ground import Ground, find_agency
from gaisite.scaffold.narratives import read_texts
from gaisite.scaffold.reports import ReportWishes, find_form, write_title


def lay_out_workbook(ground: Ground, wishes: ReportWishes, problems: Problems) -> bytes | None:
    """The workbook; None where the agency or the report cannot be read, their mistakes noted.

    ContentError where there is no such agency or no form for the year.
    """
    agency = find_agency(ground, wishes.agency, problems)
    folder = ground.content / wishes.agency / str(wishes.year)
    present = read_report(ground, wishes.agency, wishes.year, problems)
    if agency is None or problems.findings:
        return None
    neighbour = find_neighbour(ground, wishes.agency, wishes.year)
    form = ground.forms[present.form] if present is not None else find_form(ground, wishes, neighbour)
    report = present or begin_report(ground, wishes.agency, wishes.year, form)
    before = read_last_report(ground, wishes.agency, wishes.year, Problems())
    carried = carry_figures(report, before, ground.forms) if before and present is None else {}
    entry = EntryBook(
        form=form,
        title=write_title(form, agency, wishes.year, ground.language),
        language=form.language,
        tables=report.tables,
        carried={cell: each.figure for cell, each in carried.items()},
        texts=read_texts(folder / "report.md", form),
        filled=present is not None,
        last=dict(find_last(ground, report, before, form)) if before else {},
    )
    return write_entry_book(entry)


def find_last(ground: Ground, report: Report, before: Report, form: Form) -> Iterator[tuple[Address, Figure]]:
    """What last year's report says in each cell that a check of this one asks for."""
    for check in form.checks:
        across = Axis.COLUMNS if check.axis is Axis.ROWS else Axis.ROWS
        for line in form.table(check.table).leaves(across) if check.looks_back else ():
            for other in check.others:
                cell = name_cell(check.table, check.axis, other, line.id)
                source = find_source(ground.forms, report, before, cell)
                if source is not None:
                    yield cell, before.tables[source.table].figure(source.row, source.column)
