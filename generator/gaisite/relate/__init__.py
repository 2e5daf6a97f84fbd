"""Relating years: a series for each cell, joined only where the forms say that it may be."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from gaisite.model.content import Report
from gaisite.model.continuity import Descent, find_path, trace_cell
from gaisite.model.forms import Form
from gaisite.model.history import Break, History, KeyFigure, Point, TableHistory
from gaisite.model.tables import Address
from gaisite.relate.changes import compare_points
from gaisite.relate.courses import Known, TableCourses, find_spot, make_spot_point, plan_courses
from gaisite.texts import Texts


def relate_reports(agency: str, reports: Iterable[Report], forms: Mapping[str, Form]) -> History:
    """The history of an agency from its reports."""
    by_year = {report.year: report for report in sorted(reports, key=lambda report: report.year)}
    published = tuple(by_year)
    years = tuple(range(published[0], published[-1] + 1)) if published else ()
    layout = plan_courses(by_year, years, forms)
    return History(
        agency=agency,
        years=years,
        published=published,
        forms={year: report.form for year, report in by_year.items()},
        breaks=find_breaks(by_year, forms),
        tables=tuple(read_courses(planned, by_year, layout.known) for planned in layout.tables),
        drafts=frozenset(report.year for report in by_year.values() if report.narrative.draft),
    )


def read_courses(planned: TableCourses, by_year: Mapping[int, Report], known: Known) -> TableHistory:
    """The series of one table."""
    return TableHistory(
        form=planned.form,
        table=planned.table,
        rows=planned.rows,
        columns=planned.columns,
        series={cell: course.read(by_year, known) for cell, course in planned.courses.items()},
    )


def relate_key_figures(
    report: Report, before: Report | None, forms: Mapping[str, Form], chosen: Iterable[str]
) -> tuple[KeyFigure, ...]:
    """The figures that summarise a report, each with its change from the report of the year before, if there is one."""
    form = forms[report.form]
    return tuple(relate_key_figure(report, before, forms, cell) for cell in form.key_cells(chosen))


def relate_key_figure(report: Report, before: Report | None, forms: Mapping[str, Form], cell: Address) -> KeyFigure:
    """One figure and its change; none is told across forms that do not join it."""
    earlier: tuple[Address, ...] = (cell,)
    descent = None
    if before is not None and before.form != report.form:
        descent = trace_cell(forms[report.form], forms[before.form], cell)
        earlier = descent.there if descent.joined else ()
    now = read_point(report.year, report, (cell,), descent)
    last = read_point(report.year - 1, before, earlier, None)
    return KeyFigure(cell=cell, figure=now.figure, unit=now.unit, change=compare_points(last, now))


def read_point(year: int, report: Report | None, cells: tuple[Address, ...], descent: Descent | None) -> Point:
    """One year of a figure; `descent` is given where the form changed since the report before."""
    if report is None:
        return make_spot_point(year, ())
    spot = find_spot(report, cells, descent)
    return make_spot_point(spot, spot.read(report))


def find_breaks(by_year: Mapping[int, Report], forms: Mapping[str, Form]) -> tuple[Break, ...]:
    """The years between which the form changed, with the later form's words for it."""
    breaks = []
    reports = list(by_year.values())
    for before, after in pairwise(reports):
        if before.form != after.form:
            note = explain_break(forms[after.form], before.form, forms)
            breaks.append(Break(before=before.year, after=after.year, note=note))
    return tuple(breaks)


def explain_break(later: Form, earlier: str, forms: Mapping[str, Form]) -> Texts:
    """The later form's words for the change; its name where it does not go back to the earlier one."""
    path = find_path(later, (earlier,), forms)
    continuity = later.continuity_with(path[1].id) if len(path) > 1 else None
    return continuity.note if continuity is not None else later.short
