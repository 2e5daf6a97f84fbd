"""Figures over the years: breaks marked, gaps said, what is not comparable never joined."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gaisite.model.content import NOT_IN_FORM, State, tell_apart
from gaisite.model.downloads import Content
from gaisite.model.history import Change, History, Point, Series, TableHistory
from gaisite.model.numbers import write_change
from gaisite.model.summary import AgencySummary
from gaisite.model.tables import Axis, Line, Table
from gaisite.render.cells import make_cell
from gaisite.render.chart_courses import find_unit
from gaisite.render.dictionary import list_key_cells
from gaisite.render.downloads import find_csv, link_file, list_downloads, offer_plain, title_years
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.history_charts import draw_history_charts
from gaisite.render.measures import MeasureTree
from gaisite.render.parts import DataCell, LinkView, TableNote, TableView
from gaisite.render.row_sentences import say_rows
from gaisite.render.shares import tabulate_shares
from gaisite.render.site import Site
from gaisite.render.statutory import say_unit
from gaisite.render.tables import Label, TablePlan, lay_out_table, make_frame
from gaisite.render.templates import render_template
from gaisite.render.views import ComparisonSection, ComparisonView
from gaisite.render.year_columns import YEAR, list_year_columns, plain, year_of

SUM = "sum:"
"""Before the id of a group of rows: the row of its sum."""


@dataclass(slots=True)
class Marks:
    """The notes of one table, each with its mark, in the order in which they come up."""

    site: Site
    drafts: frozenset[int] = frozenset()
    """The years whose reports are drafts."""
    marks: dict[str, str] = field(default_factory=dict)

    def mark_point(self, point: Point) -> str:
        """The mark of what has to be known of a figure; empty where there is none, or nothing to know."""
        if point.note is None or point.figure.state is State.NOT_IN_FORM:
            return ""
        return self.mark(self.site.say(point.note))

    def mark(self, text: str) -> str:
        """The mark of a note: the same text has one mark."""
        if text not in self.marks:
            self.marks[text] = write_mark(len(self.marks) + 1)
        return self.marks[text]

    def notes(self) -> tuple[TableNote, ...]:
        """The notes for under the table."""
        return tuple(TableNote(mark=mark, text=text) for text, mark in self.marks.items())


def write_mark(number: int) -> str:
    """A circled number up to ⑳, then one in brackets."""
    return chr(0x245F + number) if number <= 20 else f"({number})"


def render_comparison(
    site: Site, path: str, history: History, trail: Sequence[LinkView], summary: AgencySummary
) -> bytes:
    """comparison.html: every figure of an agency over all its years."""
    words, name = site.words, site.say(summary.name)
    file = find_csv(summary.data, Content.SERIES)
    link = link_file(site, path, file, words.data_series) if file else None
    sections = tuple(offer_series(compare_table(site, history, table), table.table, link) for table in history.tables)
    view = ComparisonView(
        page=frame_page(site, path, PageHead(heading=words.fill("comparison_of", agency=name), trail=tuple(trail))),
        introduction=words.fill("comparison_introduction", agency=name, first=history.years[0], last=history.years[-1]),
        breaks=say_breaks(site, history),
        contents=tuple(LinkView(label=section.heading, href=f"#{section.id}") for section in sections),
        sections=sections,
        downloads=list_downloads(site, path, summary.data, title_years(site)),
    )
    return render_template(site.theme, "comparison.html", view, words)


def offer_series(section: ComparisonSection, table: Table, link: LinkView | None) -> ComparisonSection:
    """A section whose last table has a link to the series as a plain table, where the form's table is no plain one."""
    return replace(section, tables=(*section.tables[:-1], offer_plain(section.tables[-1], table, link)))


def say_breaks(site: Site, history: History) -> tuple[str, ...]:
    """A sentence for each break."""
    return tuple(
        site.words.fill("break_sentence", year=each.after, note=site.say(each.note)) for each in history.breaks
    )


def compare_table(site: Site, history: History, table: TableHistory) -> ComparisonSection:
    """One statutory table over the years: its figures by year, and where a row has many columns, all of them."""
    form = site.forms[table.form]
    heading = site.say(table.table.caption)
    if table.form != history.forms[history.years[-1]]:
        heading = site.words.fill("form_table", table=heading, form=site.say(form.short))
    anchor = f"{table.form}-{table.table.id}"
    tree = MeasureTree(table=table, subtotal=plain(site.words.subtotal))
    rows = tree.list_figures()
    tables = [tabulate_figures(site, history, tree, anchor, heading), *tabulate_shares(site, history, table, anchor)]
    if table.table.principal and len(table.columns) > 1:
        tables.append(tabulate_columns(site, history, table, anchor, heading))
    charts = tuple(draw_history_charts(site, history, table, anchor))
    sentences = say_rows(site, rows, tree.series, history.drafts) if len(history.years) > 1 else ()
    return ComparisonSection(
        id=anchor, heading=heading, charts=charts, tables=tuple(tables), sentences=sentences, notes=()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPlan:
    """A table of series before it is laid out."""

    id: str
    caption: str
    table: Table
    """Whose unit and corner it has."""
    rows: tuple[Line, ...]
    series: Mapping[str, Series]
    """By the id of the row leaf that stands for it."""
    base: Table | None = None
    """The form's table that it is made from, where it is another one; then the labels of the rows are its own."""
    labels: tuple[str, ...] = ()


def tabulate_figures(site: Site, history: History, tree: MeasureTree, anchor: str, heading: str) -> TableView:
    """Figures by year: lines down, years across, the latest change last."""
    table, rows = tree.table, tree.list_figures()
    column = table.table.find(Axis.COLUMNS, table.table.principal or tree.only_column())
    part = site.say(column.label) if column else site.words.all_figures
    caption = site.words.fill("figures_by_year", table=heading, part=part)
    plan = SeriesPlan(id=f"{anchor}-years", caption=caption, table=table.table, rows=rows, series=tree.series)
    return tabulate_series(site, history, plan)


def tabulate_series(site: Site, history: History, plan: SeriesPlan) -> TableView:
    """A table of series: rows as planned, years across."""
    marks = Marks(site=site, drafts=history.drafts)
    firsts = {each.after for each in history.breaks}

    def cell(row: Line, column: Line, headers: str) -> DataCell:
        year = year_of(column)
        if year is None:
            return make_change(site, plan.series[row.id].changes[-1], headers)
        point = find_point(plan.series[row.id], year)
        return make_point(site, point, headers, marks, after_break=year in firsts)

    def tell(row: Line) -> tuple[Hashable, ...]:
        series = plan.series[row.id]
        told = [tell_point(point, marks) for point in series.points]
        return (*told, tell_change(series.changes[-1])) if len(history.years) > 1 else tuple(told)

    layout = TablePlan(
        id=plan.id,
        caption=plan.caption,
        unit=say_unit(site, plan.table.unit),
        table=plan.table,
        say=site.say,
        label=lambda line: label_series(site, line, plan),
        cell=cell,
        tell=None if history.drafts else tell,
        kind="comparison",
    )
    units = tuple((line, find_unit(series)) for line, series in plan.series.items())
    key = (plan.id, history.years, tuple(history.forms.items()), plan.labels, units)
    frame = site.frames.find(
        plan.base or plan.table, key, lambda: make_frame(replace(layout, table=list_by_year(site, history, plan)))
    )
    return add_notes(lay_out_table(replace(layout, frame=frame), site.words), marks)


def list_by_year(site: Site, history: History, plan: SeriesPlan) -> Table:
    """The table with the planned rows and a column for each year."""
    return replace(plan.table, rows=plan.rows, columns=list_year_columns(site, history), column_head=None)


def label_series(site: Site, line: Line, plan: SeriesPlan) -> Label:
    """The header of a row or a year; a series whose unit is not the table's says so."""
    own = plan.series.get(line.id)
    unit = find_unit(own) if own else None
    shown = say_unit(site, unit) if unit is not None and unit != plan.table.unit else ""
    return Label(text=site.say(line.label), lang=site.language_of(line.label), unit=shown)


def add_notes(view: TableView, marks: Marks) -> TableView:
    """A table with the notes that its cells asked for, before those on its signs."""
    return replace(view, notes=(*marks.notes(), *view.notes))


def find_point(series: Series, year: int) -> Point:
    """The point of a year; one outside the form where there is none."""
    position = year - series.points[0].year
    return series.points[position] if 0 <= position < len(series.points) else Point(year=year, figure=NOT_IN_FORM)


def make_point(site: Site, point: Point, headers: str, marks: Marks, *, after_break: bool) -> DataCell:
    """The cell of one year: the figure, a gap, or a year whose form has no such figure; caveats as a note."""
    if not point.published:
        words = site.words
        return DataCell(
            headers=headers,
            kind="no-report",
            text=words.no_report_text,
            spoken=words.no_report_spoken,
            after_break=after_break,
        )
    draft, note = point.year in marks.drafts, marks.mark_point(point)
    return make_cell(point.figure, site.words, headers, draft=draft, note=note, after_break=after_break)


def tell_point(point: Point, marks: Marks) -> Hashable:
    """What decides the cell of a year: mostly the figure alone."""
    if point.note is None and point.published:
        return tell_apart(point.figure)
    return tell_apart(point.figure), point.published, marks.mark_point(point)


def tell_change(change: Change) -> Hashable:
    """What decides the cell of a change; as text, since 5.0 is not 5.00."""
    return str(change.absolute), str(change.percent), change.guard.name


def make_change(site: Site, change: Change, headers: str) -> DataCell:
    """The cell of a change, or the reason why there is none."""
    words = site.words
    if change.absolute is None:
        reason = getattr(words, f"change_{change.guard.name.lower()}")
        return DataCell(headers=headers, kind="no-change", text=reason)
    text = write_change(change.absolute)
    if change.percent is not None:
        text = words.fill("change_percent", change=text, percent=write_change(change.percent))
    return DataCell(headers=headers, text=text)


def tabulate_columns(site: Site, history: History, table: TableHistory, anchor: str, heading: str) -> TableView:
    """Every figure: each row with its years under it, the columns as in the report."""
    firsts = {each.after for each in history.breaks}
    marks = Marks(site=site, drafts=history.drafts)

    def cell(row: Line, column: Line, headers: str) -> DataCell:
        row_id, year = split_row(row)
        series = table.series.get((row_id, column.id))
        point = find_point(series, year) if series else Point(year=year, figure=NOT_IN_FORM)
        return make_point(site, point, headers, marks, after_break=year in firsts)

    columns = [column.id for column in table.table.leaves(Axis.COLUMNS)]
    places = {year: place for place, year in enumerate(history.years)}

    def tell(row: Line) -> tuple[Hashable, ...]:
        row_id, year = split_row(row)
        place = places[year]
        found = [table.series.get((row_id, column)) for column in columns]
        return tuple([tell_point(series.points[place], marks) if series else None for series in found])

    plan = TablePlan(
        id=f"{anchor}-all",
        caption=site.words.fill("figures_by_column", table=heading),
        unit=say_unit(site, table.table.unit),
        table=table.table,
        say=site.say,
        label=lambda line: Label(text=site.say(line.label), lang=site.language_of(line.label)),
        cell=cell,
        tell=None if history.drafts else tell,
        kind="comparison",
    )
    key = (plan.id, history.years, tuple(row.id for row in table.rows), tuple(table.series))
    frame = site.frames.find(
        table.table, key, lambda: make_frame(replace(plan, table=add_years_below(site, history, table)))
    )
    return add_notes(lay_out_table(replace(plan, frame=frame), site.words), marks)


def add_years_below(site: Site, history: History, table: TableHistory) -> Table:
    """The table with a row for each year under each of its rows that has figures."""
    rows = tuple(add_years(site, history, table, line) for line in table.table.rows if has_series(table, line))
    return replace(table.table, rows=rows)


def has_series(table: TableHistory, line: Line) -> bool:
    """Whether a row, or one below it, has figures that are not continued under another table."""
    return any(row == line.id or row.startswith(line.id + ".") for row, _ in table.series)


def add_years(site: Site, history: History, table: TableHistory, line: Line) -> Line:
    """A row with a row for each year under it."""
    if line.lines:
        below = tuple(add_years(site, history, table, each) for each in line.lines if has_series(table, each))
        if any(row.id == line.id for row in table.rows):
            total = replace(line, id=f"{SUM}{line.id}", lines=(), label=plain(site.words.subtotal))
            below = (list_years(site, history, total), *below)
        return replace(line, lines=below)
    return list_years(site, history, line)


def list_years(site: Site, history: History, line: Line) -> Line:
    """A row with its years under it."""
    years = (
        Line(id=f"{line.id}.{YEAR}{year}", label=plain(site.words.fill("year", year=year))) for year in history.years
    )
    return replace(line, lines=tuple(years))


def split_row(line: Line) -> tuple[str, int]:
    """The row and the year that a line of `list_years` stands for."""
    row, _, year = line.id.rpartition(f".{YEAR}")
    return row.removeprefix(SUM), int(year)


def tabulate_key_figures(site: Site, history: History) -> TableView | None:
    """The key figures of the latest form over the years; None where it names none."""
    form = site.forms[history.forms[history.published[-1]]]
    found = find_key_series(site, history)
    if not found:
        return None
    plan = SeriesPlan(
        id="key-figures",
        caption=site.words.key_figures,
        table=replace(form.tables[0], unit=None, corner=plain(site.words.item)),
        rows=tuple(Line(id=cell, label=plain(label)) for cell, (label, _) in found.items()),
        series={cell: series for cell, (_, series) in found.items()},
        base=form.tables[0],
        labels=tuple(label for label, _ in found.values()),
    )
    return tabulate_series(site, history, plan)


def find_key_series(site: Site, history: History) -> Mapping[str, tuple[str, Series]]:
    """Label and series of each key figure of the latest form, by cell, in order of importance."""
    form = site.forms[history.forms[history.published[-1]]]
    found = ((cell, label, history.series(cell)) for cell, label, _ in list_key_cells(site, form))
    return {cell: (label, series) for cell, label, series in found if series is not None}
