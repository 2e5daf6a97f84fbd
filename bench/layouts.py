"""What the pages of the corpus look like, as data for the templates of another generator.

Tables are laid out by gaisite itself, over figures that say which cell they stand for: so both make the same tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from bench.corpus import SyntheticReport
from gaisite.build.project import Common
from gaisite.findings import Place
from gaisite.model.content import Figure, Narrative, Report, ReportTable, State
from gaisite.model.forms import Form
from gaisite.model.sums import complete_totals
from gaisite.relate import relate_reports
from gaisite.render.comparisons import compare_table, say_breaks
from gaisite.render.dictionary import list_key_cells
from gaisite.render.parts import DataCell, HeadCell, TableView
from gaisite.render.statutory import Marks, tabulate_statutory

NOWHERE = Place(file="")
STUB = ' class="stub"'
SIGN = "@"
"""Before the year and the address that stand in a cell of a layout instead of a figure."""


def lay_out_forms(common: Common) -> dict[str, Any]:
    """The sections and statutory tables of each form, and its key figures."""
    return {form.id: lay_out_form(common, form) for form in common.forms.values()}


def lay_out_form(common: Common, form: Form) -> dict[str, Any]:
    """One form."""
    marks = Marks(failed=(), anchors={}, corrected={})
    tables = {
        table.id: tabulate_statutory(common.site, name_figures(common, form, 0)[table.id], marks)
        for table in form.tables
    }
    return {
        "name": common.site.say(form.short),
        "title": form.title.official,
        "sections": [{"id": each.id, "heading": each.heading.official} for each in form.sections],
        "tables": {table: lay_out(view, by_year=False) for table, view in tables.items()},
        "keys": [{"cell": cell, "label": label, "unit": "件"} for cell, label, _ in list_key_cells(common.site, form)],
    }


def lay_out_comparison(common: Common, reports: Sequence[SyntheticReport]) -> dict[str, Any]:
    """The comparison of an agency that has these reports: as of every other of the corpus."""
    named = [name_report(common, report.form, report.year) for report in reports]
    history = relate_reports("agency", named, common.forms)
    sections = [compare_table(common.site, history, table) for table in history.tables]
    return {
        "breaks": list(say_breaks(common.site, history)),
        "years": list(history.years),
        "sections": [
            {
                "id": section.id,
                "heading": section.heading,
                "tables": [lay_out(table, by_year=True) for table in section.tables],
            }
            for section in sections
        ],
    }


def name_report(common: Common, form: Form, year: int) -> Report:
    """A report of figures that say where they stand."""
    return Report(
        agency="agency",
        year=year,
        form=form.id,
        tables=name_figures(common, form, year),
        acknowledgements=(),
        narrative=Narrative(place=NOWHERE, sections={}),
        place=NOWHERE,
    )


def name_figures(common: Common, form: Form, year: int) -> Mapping[str, ReportTable]:
    """The tables of a form, each figure's text being year and address of its cell."""
    tables = {}
    for table in form.tables:
        given = dict.fromkeys(table.components, Figure(State.NUMBER, 1, "1"))
        figures = {
            (row, column): replace(figure, text=f"{SIGN}{year} {table.id}.{row}.{column}")
            for (row, column), figure in complete_totals(table, given).items()
        }
        tables[table.id] = ReportTable(table=table, figures=figures, units={}, place=NOWHERE)
    return tables


def lay_out(view: TableView, *, by_year: bool) -> dict[str, Any]:
    """A table: its head in HTML, and for each row its heads in HTML and its cells."""
    groups = "".join(f'<colgroup{STUB if group.stub else ""} span="{group.span}"></colgroup>' for group in view.groups)
    rows = "\n".join(f"<tr>{''.join(map(write_head, row))}</tr>" for row in view.head)
    unit = f' <span class="unit">{escape(view.unit)}</span>' if view.unit else ""
    return {
        "id": view.id,
        "kind": view.kind,
        "head": f'<caption id="{view.id}-cap">{escape(view.caption)}{unit}</caption>\n{groups}\n'
        f"<thead>\n{rows}\n</thead>",
        "notes": [f"{note.mark} {note.text}".strip() for note in view.notes],
        "bodies": [
            [
                {"heads": "".join(map(write_head, row.heads)), "cells": list(lay_cells(row.cells, by_year=by_year))}
                for row in body
            ]
            for body in view.bodies
        ],
    }


def lay_cells(cells: Sequence[DataCell], *, by_year: bool) -> Iterator[dict[str, Any]]:
    """The cells of a row: where the figure is found, and what is printed around it."""
    for cell in cells:
        laid: dict[str, Any] = {"headers": cell.headers, "class": "num"}
        if cell.computed:
            laid["class"], laid["computed"] = "num computed", True
        if cell.after_break:
            laid["class"] += " after-break"
        if cell.note:
            laid["note"] = cell.note
        if cell.text.startswith(SIGN):
            year, laid["cell"] = cell.text.removeprefix(SIGN).split()
            if by_year:
                laid["year"] = year
        elif cell.kind == "not-in-form":
            laid["absent"] = cell.text
            laid["spoken"] = cell.spoken
        else:
            laid["change"] = True
        yield laid


def write_head(head: HeadCell) -> str:
    """A header cell in HTML."""
    return (
        f'<th scope="{head.scope}" id="{head.id}"'
        + (f' headers="{head.headers}"' if head.headers else "")
        + (f' rowspan="{head.rowspan}"' if head.rowspan > 1 else "")
        + (f' colspan="{head.colspan}"' if head.colspan > 1 else "")
        + (' class="num"' if head.numeric else "")
        + f">{escape(head.text)}"
        + (f' <span class="unit">{escape(head.unit)}</span>' if head.unit else "")
        + "</th>"
    )
