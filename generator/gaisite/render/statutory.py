"""The statutory tables of a report, in the official layout, with the figures as published."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gaisite.findings import Finding, Verdict
from gaisite.model.content import ReportTable
from gaisite.model.forms import Line
from gaisite.model.roll_up import RollUp
from gaisite.render.cells import make_cell
from gaisite.render.parts import DataCell, TableNote, TableView
from gaisite.render.roll_ups import note_sums
from gaisite.render.site import Site
from gaisite.render.tables import Label, TablePlan, lay_out_table
from gaisite.texts import Texts


def tabulate_statutory(
    site: Site, table: ReportTable, findings: Sequence[Finding], anchors: Mapping[int, str], sums: RollUp | None = None
) -> TableView:
    """A statutory table; a figure whose check failed carries the difference and leads to its explanation.

    `anchors` gives the id on the page for each finding, by the finding's identity; `sums` tells where the figures come
    from if the report has none of its own: then the table says once that all are computed.
    """
    form_table = table.table
    marks, notes = note_sums(site, form_table.id, sums) if sums is not None else ({}, ())
    differences = {finding.at: finding for finding in findings if finding.verdict is Verdict.FAIL}

    def cell(row: Line, column: Line, headers: str) -> DataCell:
        address = f"{form_table.id}.{row.id}.{column.id}"
        finding = differences.get(address)
        figure = table.figure(row.id, column.id)
        return replace(
            make_cell(replace(figure, computed=False) if sums is not None else figure, site.words, headers),
            id=address,
            note=marks.get(address, ""),
            difference=say_difference(site, finding) if finding else "",
            difference_href=f"#{anchors[id(finding)]}" if finding else "",
        )

    return lay_out_table(
        TablePlan(
            id=f"t-{form_table.id}",
            caption=site.say(form_table.caption),
            unit=say_unit(site, form_table.unit),
            table=form_table,
            say=site.say,
            label=lambda line: label_line(site, table, line),
            cell=cell,
            notes=(*((TableNote(text=site.say(form_table.note)),) if form_table.note else ()), *notes),
        ),
        site.words,
    )


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
