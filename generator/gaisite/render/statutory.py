"""The statutory tables of a report, in the official layout, with the figures as published."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from gaisite.findings import Finding, Verdict
from gaisite.model.content import BLANK, ReportTable, tell_apart
from gaisite.model.roll_up import RollUp
from gaisite.model.tables import Axis, Line
from gaisite.render.cells import make_cell
from gaisite.render.parts import DataCell, TableNote, TableView
from gaisite.render.roll_ups import note_sums
from gaisite.render.site import Site
from gaisite.render.tables import Label, TablePlan, lay_out_table, make_frame
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is marked at the figures of a page."""

    failed: Sequence[Finding]
    anchors: Mapping[int, str]
    """The id on the page for each finding, by the finding's identity."""
    corrected: Mapping[str, str]
    """The id of what is told of each corrected cell, by the cell's id."""
    draft: bool = False
    """Whether the report is one, so that what is blank is not filled in yet."""
    sums: RollUp | None = None
    """Where the figures come from, if the report has none of its own: each table says once that all are computed."""


def tabulate_statutory(site: Site, table: ReportTable, marks: Marks) -> TableView:
    """A statutory table; a figure whose check failed, or that was corrected, leads to what is told of it."""
    form_table = table.table
    partial, notes = note_sums(site, form_table.id, marks.sums) if marks.sums is not None else ({}, ())
    differences = {finding.at: finding for finding in marks.failed if finding.verdict is Verdict.FAIL}

    def cell(row: Line, column: Line, headers: str) -> DataCell:
        address = f"{form_table.id}.{row.id}.{column.id}"
        figure = table.figure(row.id, column.id)
        shown = figure if marks.sums is None else replace(figure, computed=False)
        note = partial.get(address, "")
        made = make_cell(shown, site.words, headers, draft=marks.draft, id=address, note=note)
        return mark_cell(site, made, differences.get(address), marks)

    columns = [column.id for column in form_table.leaves(Axis.COLUMNS)]

    def tell(row: Line) -> tuple[Hashable, ...]:
        find, line = table.figures.get, row.id
        return tuple([tell_apart(find((line, column), BLANK)) for column in columns])

    marked = (
        marks.draft
        or marks.sums is not None
        or any(at.startswith(f"{form_table.id}.") for at in (*differences, *marks.corrected))
    )
    plan = TablePlan(
        id=f"t-{form_table.id}",
        caption=site.say(form_table.caption),
        unit=say_unit(site, form_table.unit),
        table=form_table,
        say=site.say,
        label=lambda line: label_line(site, table, line),
        cell=cell,
        tell=None if marked else tell,
        notes=(*((TableNote(text=site.say(form_table.note)),) if form_table.note else ()), *notes),
    )
    frame = site.frames.find(form_table, tuple(table.units.items()), lambda: make_frame(plan))
    return lay_out_table(replace(plan, frame=frame), site.words)


def mark_cell(site: Site, cell: DataCell, finding: Finding | None, marks: Marks) -> DataCell:
    """A cell with the difference that a check found, and the mark of a correction, where there are any."""
    if finding is not None:
        href = f"#{marks.anchors[id(finding)]}"
        cell = replace(cell, difference=say_difference(site, finding), difference_href=href)
    if cell.id in marks.corrected:
        cell = replace(cell, corrected=site.words.corrected, corrected_href=f"#{marks.corrected[cell.id]}")
    return cell


def say_difference(site: Site, finding: Finding) -> str:
    """The words beside a figure whose check failed; empty where there is no difference to give."""
    difference = dict(finding.facts).get("difference")
    return "" if difference is None else site.words.fill("difference", difference=difference)


def say_unit(site: Site, unit: Texts | None) -> str:
    """A unit as captions and headers print it."""
    return site.words.fill("unit", unit=site.say(unit)) if unit else ""


def label_line(site: Site, table: ReportTable, line: Line) -> Label:
    """The header of a row or column, with the unit where it has one of its own."""
    stated = table.units.get(line.id)
    own = line.unit if line.unit != table.table.unit else None
    return Label(text=site.say(line.label), lang=site.language_of(line.label), unit=say_unit(site, stated or own))
