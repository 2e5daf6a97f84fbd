"""Relating years: a series for each cell, joined only where the forms say that it may be."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from gaisite.model.content import NOT_IN_FORM, Report, State
from gaisite.model.continuity import Descent, find_path, list_summed_groups, trace_cell
from gaisite.model.forms import Continuity, Form, Relation
from gaisite.model.history import Break, Change, Guard, History, KeyFigure, Point, Series, TableHistory
from gaisite.model.percentages import guard_percentage, take_percentage
from gaisite.model.sums import compute_figure, read_cell, read_unit
from gaisite.model.tables import Address, Axis, Line, Table, insert_rows, walk_lines
from gaisite.texts import Texts


def relate_reports(agency: str, reports: Iterable[Report], forms: Mapping[str, Form]) -> History:
    """The history of an agency from its reports."""
    by_year = {report.year: report for report in sorted(reports, key=lambda report: report.year)}
    published = tuple(by_year)
    years = tuple(range(published[0], published[-1] + 1)) if published else ()
    chain = chain_forms(tuple(dict.fromkeys(report.form for report in by_year.values())), forms)
    relater = Relater(by_year, years, chain)
    return History(
        agency=agency,
        years=years,
        published=published,
        forms={year: report.form for year, report in by_year.items()},
        breaks=find_breaks(by_year, forms),
        tables=tuple(relater.relate_tables()),
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
    now = make_point(report.year, report, (cell,), descent)
    last = make_point(report.year - 1, before, earlier, None)
    return KeyFigure(cell=cell, figure=now.figure, unit=now.unit, change=compare_points(last, now))


def chain_forms(used: tuple[str, ...], forms: Mapping[str, Form]) -> tuple[Form, ...]:
    """The forms in use and those between them, latest first; forms of other chains follow in use order."""
    chain: list[Form] = []
    for form_id in reversed(used):
        if forms[form_id] not in chain:
            chain.extend(form for form in find_path(forms[form_id], used, forms) if form not in chain)
    return tuple(chain)


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


class Relater:
    """Builds the series of one agency, latest form first, each cell of each form in exactly one series."""

    def __init__(self, by_year: Mapping[int, Report], years: tuple[int, ...], chain: tuple[Form, ...]) -> None:
        self.by_year = by_year
        self.years = years
        self.chain = chain
        self.taken: set[tuple[str, str]] = set()

    def relate_tables(self) -> Iterable[TableHistory]:
        """The histories of all tables, those of the latest form first."""
        for position, form in enumerate(self.chain):
            if not any(report.form == form.id for report in self.by_year.values()):
                continue
            for table in form.tables:
                history = self.relate_table(position, form, self.with_local_rows(form, table))
                if history.series:
                    yield history

    def find_link(self, position: int) -> Continuity | None:
        """What the form at a position in the chain says of the one that follows it there."""
        following = self.chain[position + 1 :]
        return self.chain[position].continuity_with(following[0].id) if following else None

    def find_groups(self, position: int, table_id: str) -> frozenset[str]:
        """The row groups that have a series of their own: their sum continues a figure of the form before.

        Where the reports go back to no form before, those of which that holds for each of the forms before.
        """
        link = self.find_link(position)
        links = (link,) if link is not None else self.chain[position].continuity
        groups = [list_summed_groups(each, table_id) for each in links]
        return frozenset.intersection(*groups) if groups else frozenset()

    def with_local_rows(self, form: Form, table: Table) -> Table:
        """The table with the rows that any report of the form adds to it: they have series too."""
        for report in self.by_year.values():
            if report.form == form.id:
                table = adopt_local_rows(table, report.tables[table.id].table)
        return table

    def relate_table(self, position: int, form: Form, table: Table) -> TableHistory:
        """The series of one table; cells that a later form's series continue are left to those."""
        groups = self.find_groups(position, table.id) | list_split_lines(form, table)
        rows = tuple(line for line in walk_lines(table.rows) if not line.lines or line.id in groups)
        columns = table.leaves(Axis.COLUMNS)
        series = {}
        for row in rows:
            for column in columns:
                cell = Address(table=table.id, row=row.id, column=column.id)
                if (form.id, str(cell)) not in self.taken:
                    series[row.id, column.id] = self.relate_cell(position, cell, row, column)
        return TableHistory(form=form.id, table=table, rows=rows, columns=columns, series=series)

    def relate_cell(self, position: int, cell: Address, row: Line, column: Line) -> Series:
        """The series of one cell, from its form back through the earlier ones."""
        ancestry = self.trace(position, cell)
        points = []
        previous = ""
        for year in self.years:
            report = self.by_year.get(year)
            cells, descent = ancestry.get(report.form, ((), None)) if report else ((), None)
            crossing = report is not None and previous not in ("", report.form)
            points.append(make_point(year, report, cells, descent if crossing else None))
            previous = report.form if report else previous
        changes = tuple(compare_points(before, now) for before, now in zip([None, *points], points, strict=False))
        return Series(cell=cell, row=row, column=column, points=tuple(points), changes=changes)

    def trace(self, position: int, cell: Address) -> dict[str, tuple[tuple[Address, ...], Descent | None]]:
        """The cells it is in each form it goes back to, and what leads from there to the form before."""
        ancestry: dict[str, tuple[tuple[Address, ...], Descent | None]] = {}
        cells: tuple[Address, ...] = (cell,)
        for step, form in enumerate(self.chain[position:], position):
            if not cells:
                break
            self.taken.update((form.id, str(each)) for each in cells)
            linked = self.find_link(step) is not None
            descent = trace_cell(form, self.chain[step + 1], cells[0]) if linked else None
            ancestry[form.id] = (cells, descent)
            cells = descent.there if descent is not None and descent.joined else ()
        return ancestry


def adopt_local_rows(table: Table, own: Table) -> Table:
    """A table with another's local rows that it does not have yet."""
    for line in walk_lines(own.rows):
        if line.local and table.find(Axis.ROWS, line.id) is None:
            table = insert_rows(table, line.id.rpartition(".")[0], (line,))
    return table


def list_split_lines(form: Form, table: Table) -> frozenset[str]:
    """Ids of the form's lines that a report splits into rows of its own: their sum stays a series."""
    leaves = {line.id for line in form.table(table.id).leaves(Axis.ROWS)}
    return frozenset(line.id for line in walk_lines(table.rows) if line.lines and line.id in leaves)


def make_point(year: int, report: Report | None, cells: tuple[Address, ...], descent: Descent | None) -> Point:
    """One year of a series; `descent` is given where the form changed since the report before."""
    if report is None:
        return Point(year=year, figure=NOT_IN_FORM, published=False)
    if not cells:
        return Point(year=year, figure=NOT_IN_FORM)
    figures = [read_cell(report.tables[cell.table], cell) for cell in cells]
    relation = descent.relation if descent else Relation.SAME
    return Point(
        year=year,
        figure=figures[0] if len(figures) == 1 else compute_figure(figures),
        relation=relation,
        note=descent.note if descent and relation is not Relation.SAME else None,
        unit=read_unit(report.tables[cells[0].table], cells[0]),
        cells=cells,
    )


def compare_points(before: Point | None, now: Point) -> Change:
    """The change from one year to the next, as far as it may be told."""
    guard = guard_change(before, now)
    if before is None or guard is not Guard.NONE or now.figure.value is None or before.figure.value is None:
        return Change(absolute=None, percent=None, guard=guard)
    absolute = now.figure.value - before.figure.value
    caveat = now.relation is Relation.CAVEAT
    guard = guard_percentage(before.figure.value)
    if guard is not Guard.NONE:
        return Change(absolute=absolute, percent=None, guard=guard, caveat=caveat)
    percent = take_percentage(absolute, before.figure.value)
    return Change(absolute=absolute, percent=percent, guard=guard, caveat=caveat)


def guard_change(before: Point | None, now: Point) -> Guard:
    """Why no change may be told; NONE where it may."""
    if before is None or not now.published or not before.published:
        return Guard.GAP
    if State.NOT_IN_FORM in (now.figure.state, before.figure.state):
        return Guard.BREAK
    if now.figure.value is None or before.figure.value is None:
        return Guard.NO_FIGURE
    if now.unit is not None and before.unit is not None and now.unit.official != before.unit.official:
        return Guard.UNIT
    return Guard.NONE
