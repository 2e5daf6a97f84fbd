"""The data dictionary: what a form asks for, line by line, and what became of it from the forms before."""

from collections.abc import Iterator, Sequence

from gaisite.findings import Severity
from gaisite.model.forms import Continuation, Continuity, Deadline, Form
from gaisite.model.summary import AgencySummary
from gaisite.model.tables import Address, Axis, Line, Table, walk_lines
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_table
from gaisite.render.parts import InfoRow, LinkView, TableNote, TableView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.statutory import say_unit
from gaisite.render.templates import render_template
from gaisite.render.views import CheckItem, ContinuityItem, FormView


def render_form(site: Site, form: Form, agencies: Sequence[AgencySummary]) -> bytes:
    """form.html."""
    path = page_path(f"forms/{form.id}")
    words = site.words
    view = FormView(
        page=frame_page(site, path, PageHead(heading=words.fill("form_heading", form=site.say(form.short)))),
        information=(
            InfoRow(label=words.line_id, text=form.id),
            InfoRow(label=words.years_in_force, text=write_years(site, form)),
        ),
        notices=tuple(InfoRow(label=each.number, text=f"{site.say(each.title)} {each.date}") for each in form.notices),
        deadlines=tuple(view_deadline(site, deadline) for deadline in form.deadlines),
        sections=tuple(
            InfoRow(label=site.say(each.heading), text=site.say(each.guidance) or words.nothing_text)
            for each in form.sections
        ),
        tables=tuple(tabulate_lines(site, table, axis) for table in form.tables for axis in Axis),
        checks=tuple(view_checks(site, form)),
        continuity=tuple(view_continuity(site, form, each) for each in form.continuity),
        reports=tuple(link_reports(site, path, form, agencies)),
    )
    return render_template(site.theme, "form.html", view, words)


def write_years(site: Site, form: Form) -> str:
    """The reporting years that a form serves."""
    last = site.words.still_in_force if form.last_year is None else str(form.last_year)
    return site.words.fill("years_range", first=form.first_year, last=last)


def view_deadline(site: Site, deadline: Deadline) -> InfoRow:
    """By when which kinds of agency must have published."""
    kinds = [site.words.optional(f"kind_{kind}") or kind for kind in deadline.kinds] or [site.words.all_others]
    date = site.words.fill("deadline_date", month=deadline.month, day=deadline.day)
    clause = site.say(deadline.clause)
    return InfoRow(label=site.words.list_separator.join(kinds), text=f"{date} {clause}".strip())


def view_checks(site: Site, form: Form) -> Iterator[CheckItem]:
    """The form's checks that the portal makes."""
    for check in form.checks:
        severity = site.catalogue.decide(check.id, check.severity)
        if severity is not Severity.OFF:
            word = getattr(site.words, f"severity_{severity}")
            yield CheckItem(id=check.id, title=site.say(check.title), severity=word, clause=site.say(check.clause))


def tabulate_lines(site: Site, table: Table, axis: Axis) -> TableView:
    """The rows or the columns of a statutory table, one a row: id, translation, type, unit, note."""
    words = site.words
    other = next(language for language in ("en", "zh-CN") if language != site.language.split("-")[0])
    columns = (
        Column(label=words.line_id),
        Column(label=words.line_translation),
        Column(label=words.line_type),
        Column(label=words.line_unit),
        Column(label=words.line_note),
    )
    caption = words.fill(f"dictionary_{axis}", table=site.say(table.caption))
    notes = (TableNote(text=site.say(table.clause)),) if table.clause and axis is Axis.ROWS else ()
    plan = ListPlan(
        id=f"{axis}-{table.id}",
        caption=caption,
        corner=words.line_label,
        columns=columns,
        rows=tuple(list_line(site, table, line, other) for line in walk_lines(table.lines(axis))),
        notes=notes,
    )
    return make_table(plan, words)


def list_line(site: Site, table: Table, line: Line, other: str) -> Row:
    """One line of the dictionary; a group has neither type nor unit."""
    words = site.words
    translation = line.label.get(other) or ""
    type = words.type_group if line.lines else getattr(words, f"type_{line.type or table.type}")
    units = [line.unit, *line.unit_choices] if line.unit or line.unit_choices else [table.unit]
    unit = "" if line.lines else words.list_separator.join(site.say(each) for each in units if each)
    entries = (
        Entry(text=f"{table.id}.{line.id}"),
        Entry(text=translation, lang=other if translation else ""),
        Entry(text=type),
        Entry(text=unit),
        Entry(text=describe_line(site, line)),
    )
    return Row(label=site.say(line.label), lang=site.language_of(line.label), entries=entries)


def describe_line(site: Site, line: Line) -> str:
    """The form's note on a line, and what a total adds up."""
    texts = [site.say(line.note)] if line.note else []
    if line.sum_of:
        texts.append(site.words.fill("sum_of_lines", lines=site.words.list_separator.join(line.sum_of)))
    return " ".join(texts)


def view_continuity(site: Site, form: Form, continuity: Continuity) -> ContinuityItem:
    """What continues from one earlier form, statement by statement."""
    words = site.words
    earlier = site.forms.get(continuity.form)
    name = site.say(earlier.short) if earlier else continuity.form
    columns = (Column(label=words.relation_there), Column(label=words.relation), Column(label=words.line_note))
    plan = ListPlan(
        id=f"continuity-{continuity.form}",
        caption=words.fill("continuity_caption", form=name),
        corner=words.relation_here,
        columns=columns,
        rows=tuple(list_continuation(site, form, earlier, each) for each in continuity.continuations),
    )
    return ContinuityItem(note=site.say(continuity.note), table=make_table(plan, words))


def list_continuation(site: Site, form: Form, earlier: Form | None, statement: Continuation) -> Row:
    """One statement; a side without lines says so."""
    words = site.words
    relation = getattr(words, "relation_" + statement.relation.replace(" ", "_"))
    there = describe_addresses(site, earlier, statement.there) if earlier else ""
    entries = (Entry(text=there), Entry(text=relation), Entry(text=site.say(statement.note)))
    return Row(label=describe_addresses(site, form, statement.here) or words.nothing_text, entries=entries)


def describe_addresses(site: Site, form: Form, addresses: Sequence[Address]) -> str:
    """Addresses in words."""
    return site.words.list_separator.join(describe_address(site, form, address) for address in addresses)


def describe_address(site: Site, form: Form, address: Address) -> str:
    """A table, a line or a cell in words: caption, row, column."""
    table = form.table(address.table)
    row = table.find(Axis.ROWS, address.row) if address.row else None
    column = table.find(Axis.COLUMNS, address.column) if address.column else None
    parts = [table.caption, *(line.label for line in (row, column) if line is not None)]
    return " › ".join(site.say(part) for part in parts)


def link_reports(site: Site, path: str, form: Form, agencies: Sequence[AgencySummary]) -> Iterator[LinkView]:
    """The years of the portal that use the form."""
    years = {report.year for agency in agencies for report in agency.reports if report.form == form.id}
    for year in sorted(years, reverse=True):
        yield LinkView(label=site.words.fill("year", year=year), href=link_to(path, page_path(f"years/{year}")))


def list_key_cells(site: Site, form: Form) -> tuple[tuple[str, str, str], ...]:
    """The key figures of a form's reports: cell id, label, unit."""
    if form.id not in site.key_labels:
        site.key_labels[form.id] = tuple(name_key_cells(site, form))
    return site.key_labels[form.id]


def name_key_cells(site: Site, form: Form) -> Iterator[tuple[str, str, str]]:
    """The same, not remembered."""
    for address in form.key_cells(site.portal.key_cells):
        table = form.table(address.table)
        row, column = table.find(Axis.ROWS, address.row), table.find(Axis.COLUMNS, address.column)
        if row is not None and column is not None:
            unit = say_unit(site, table.cell_unit(row, column))
            own = table.key_labels.get(f"{row.id}.{column.id}")
            label = site.say(own) if own else label_key_figure(site, table, row, column)
            yield str(address), label, unit


def label_key_figure(site: Site, table: Table, row: Line, column: Line) -> str:
    """A key figure's label: its row alone where one column stands for rows, otherwise the path of its column too.

    The only row of a table says nothing that the columns over it do not say.
    """
    path = [line for line in walk_lines(table.columns) if column.id == line.id or column.id.startswith(line.id + ".")]
    lines = [row] if column.id == table.principal else [row, *path]
    if len(path) > 1 and len(table.leaves(Axis.ROWS)) == 1:
        lines = path
    return " › ".join(site.say(line.label) for line in lines)
