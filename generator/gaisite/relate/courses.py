"""Which cell each series is read from in each year: the same for all agencies whose reports were on the same forms."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from gaisite.model.content import BLANK, NOT_IN_FORM, Figure, Report, tell_apart
from gaisite.model.continuity import Descent, find_path, list_summed_groups, trace_cell
from gaisite.model.forms import Continuity, Form, Relation
from gaisite.model.history import Point, Series
from gaisite.model.sums import compute_figure, read_cell, read_unit
from gaisite.model.tables import Address, Axis, Line, Table, insert_rows, walk_lines
from gaisite.relate.changes import compare_points
from gaisite.texts import Texts

SERIES_LIMIT, LAYOUTS_LIMIT = 3000, 20
"""So many series of a layout are kept, and so many layouts: most of a portal's are alike, others need not stay."""
Known: TypeAlias = dict[Hashable, Series]
"""Series that were read, by their course and what decides them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a series is read in one year."""

    year: int
    cells: tuple[Address, ...]
    """None: that year's form has no such cell. Several: their sum."""
    leaf: tuple[str, str] | None
    """Row and column, where it is one plain cell."""
    relation: Relation
    note: Texts | None
    unit: Texts | None

    def read(self, report: Report) -> tuple[Figure, ...]:
        """The figures of a report that the series has here."""
        if self.leaf is not None:
            return (report.tables[self.cells[0].table].figures.get(self.leaf, BLANK),)
        return tuple(read_cell(report.tables[cell.table], cell) for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A series before its figures are read."""

    cell: Address
    row: Line
    column: Line
    spots: tuple[Spot | int, ...]
    """By year; where there is no report, the year alone."""

    def read(self, by_year: Mapping[int, Report], known: Known) -> Series:
        """The series of an agency; the very same as another agency's where the figures are the same."""
        figures = [spot.read(by_year[spot.year]) if isinstance(spot, Spot) else () for spot in self.spots]
        key = (id(self), *[tuple([tell_apart(figure) for figure in each]) for each in figures])
        series = known.get(key)
        if series is None:
            if len(known) >= SERIES_LIMIT:
                known.clear()
            series = known[key] = self.make(figures)
        return series

    def make(self, figures: Iterable[tuple[Figure, ...]]) -> Series:
        """The series with these figures, by year."""
        points = tuple(make_spot_point(spot, own) for spot, own in zip(self.spots, figures, strict=True))
        changes = tuple(compare_points(before, now) for before, now in zip((None, *points), points, strict=False))
        return Series(cell=self.cell, row=self.row, column=self.column, points=points, changes=changes)


def make_spot_point(spot: Spot | int, figures: tuple[Figure, ...]) -> Point:
    """One year of a series."""
    if isinstance(spot, int):
        return Point(year=spot, figure=NOT_IN_FORM, published=False)
    if not figures:
        return Point(year=spot.year, figure=NOT_IN_FORM)
    return Point(
        year=spot.year,
        figure=figures[0] if len(figures) == 1 else compute_figure(figures),
        relation=spot.relation,
        note=spot.note,
        unit=spot.unit,
        cells=spot.cells,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCourses:
    """The courses of one statutory table."""

    form: str
    table: Table
    rows: tuple[Line, ...]
    """Leaves, and the groups that count as one figure, in printed order."""
    columns: tuple[Line, ...]
    courses: Mapping[tuple[str, str], Course]
    """By row id and column id; cells that another table's series continue are absent."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where all series of an agency are read."""

    tables: tuple[TableCourses, ...]
    known: Known = field(default_factory=dict, repr=False, compare=False)
    """Series that were read so; it goes with the courses that its keys name."""


class Planner:
    """Lays out the series of one agency, latest form first, each cell of each form in exactly one series."""

    def __init__(self, by_year: Mapping[int, Report], years: tuple[int, ...], chain: tuple[Form, ...]) -> None:
        self.by_year = by_year
        self.years = years
        self.chain = chain
        self.taken: set[tuple[str, str]] = set()

    def plan_tables(self) -> Iterator[TableCourses]:
        """The courses of all tables, those of the latest form first."""
        for position, form in enumerate(self.chain):
            if not any(report.form == form.id for report in self.by_year.values()):
                continue
            for table in form.tables:
                planned = self.plan_table(position, form, self.with_local_rows(form, table))
                if planned.courses:
                    yield planned

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

    def plan_table(self, position: int, form: Form, table: Table) -> TableCourses:
        """The courses of one table; cells that a later form's series continue are left to those."""
        groups = self.find_groups(position, table.id) | list_split_lines(form, table)
        rows = tuple(line for line in walk_lines(table.rows) if not line.lines or line.id in groups)
        columns = table.leaves(Axis.COLUMNS)
        courses = {}
        for row in rows:
            for column in columns:
                cell = Address(table=table.id, row=row.id, column=column.id)
                if (form.id, str(cell)) not in self.taken:
                    courses[row.id, column.id] = self.plan_course(position, cell, row, column)
        return TableCourses(form=form.id, table=table, rows=rows, columns=columns, courses=courses)

    def plan_course(self, position: int, cell: Address, row: Line, column: Line) -> Course:
        """Where the series of one cell is read, from its form back through the earlier ones."""
        ancestry = self.trace(position, cell)
        spots: list[Spot | int] = []
        previous = ""
        for year in self.years:
            report = self.by_year.get(year)
            if report is None:
                spots.append(year)
                continue
            cells, descent = ancestry.get(report.form, ((), None))
            crossing = previous not in ("", report.form)
            spots.append(find_spot(report, cells, descent if crossing else None))
            previous = report.form
        return Course(cell=cell, row=row, column=column, spots=tuple(spots))

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


def plan_courses(by_year: Mapping[int, Report], years: tuple[int, ...], forms: Mapping[str, Form]) -> Layout:
    """The courses of an agency; those of another where its reports were on the same forms.

    They are kept with the latest form, as is what its cells were in the forms before it.
    """
    chain = chain_forms(tuple(dict.fromkeys(report.form for report in by_year.values())), forms)
    if not chain or any(has_own_lines(report, forms[report.form]) for report in by_year.values()):
        return Layout(tuple(Planner(by_year, years, chain).plan_tables()))
    key = (years, tuple(map(id, chain)), tuple(tell_layout(by_year[year]) for year in by_year))
    kept = chain[0].courses.get(key)
    # Forms are told apart by what they are, not by their ids: those that were read anew may say something else.
    if kept is None or any(one is not other for one, other in zip(kept[0], chain, strict=True)):
        if len(chain[0].courses) >= LAYOUTS_LIMIT:
            chain[0].courses.clear()
        kept = chain[0].courses[key] = (chain, Layout(tuple(Planner(by_year, years, chain).plan_tables())))
    layout: Layout = kept[1]
    return layout


def has_own_lines(report: Report, form: Form) -> bool:
    """Whether a report has rows that its form has not, or was read with another form."""
    return any(report.tables[table.id].table is not table for table in form.tables)


def tell_layout(report: Report) -> Hashable:
    """What decides where series are read in a report, besides its form: its year and the units that it states."""
    units = tuple((id, tuple(table.units.items())) for id, table in report.tables.items() if table.units)
    return report.year, report.form, units


def chain_forms(used: tuple[str, ...], forms: Mapping[str, Form]) -> tuple[Form, ...]:
    """The forms in use and those between them, latest first; forms of other chains follow in use order."""
    chain: list[Form] = []
    for form_id in reversed(used):
        if forms[form_id] not in chain:
            chain.extend(form for form in find_path(forms[form_id], used, forms) if form not in chain)
    return tuple(chain)


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


def find_spot(report: Report, cells: tuple[Address, ...], descent: Descent | None) -> Spot:
    """Where a series is read in a report; `descent` is given where the form changed since the report before."""
    relation = descent.relation if descent and cells else Relation.SAME
    return Spot(
        year=report.year,
        cells=cells,
        leaf=find_leaf(report, cells),
        relation=relation,
        note=descent.note if descent and relation is not Relation.SAME else None,
        unit=read_unit(report.tables[cells[0].table], cells[0]) if cells else None,
    )


def find_leaf(report: Report, cells: tuple[Address, ...]) -> tuple[str, str] | None:
    """Row and column of a single cell; None where figures have to be added up, or the report has no such row."""
    if len(cells) != 1:
        return None
    row = report.tables[cells[0].table].table.find(Axis.ROWS, cells[0].row)
    return (cells[0].row, cells[0].column) if row is not None and not row.lines else None
