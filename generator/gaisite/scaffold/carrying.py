"""Figures of a new report that last year's report already tells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gaisite.check.arithmetic import name_cell, other_axis
from gaisite.check.years import find_source
from gaisite.findings import Place, Problems
from gaisite.model.content import BLANK, Figure, Narrative, Report
from gaisite.model.form_checks import FormCheck
from gaisite.model.forms import Form
from gaisite.model.sums import complete_totals
from gaisite.model.tables import Address, Axis, Table
from gaisite.read.figures import Figures, blank_table, read_figures
from gaisite.read.files import name_file, read_source
from gaisite.read.names import name_form
from gaisite.read.numbers import SPELLINGS
from gaisite.scaffold.ground import Ground
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedFigure:
    """A figure that goes on from last year's report."""

    figure: Figure
    source: Texts
    """The label of its row there."""


Carried = Mapping[Address, CarriedFigure]
"""By the cell of the new report."""


def read_last_report(ground: Ground, agency: str, year: int, problems: Problems) -> Report | None:
    """Last year's report as far as its figures can be read; None where there is none. Its mistakes are noted."""
    return read_report(ground, agency, year - 1, problems)


def read_report(ground: Ground, agency: str, year: int, problems: Problems) -> Report | None:
    """A report as far as its figures can be read; None where there is none. Its mistakes are noted."""
    path = ground.content / agency / str(year) / "figures.yaml"
    if not path.is_file():
        return None
    with problems.gather():
        source = read_source(path, ground.project)
        names = {form_id: name_form(form) for form_id, form in ground.forms.items()}
        figures = read_figures(source, names, problems)
        return None if figures is None else assemble_report(agency, year, figures, source.place())
    return None


def assemble_report(agency: str, year: int, figures: Figures, place: Place) -> Report:
    """A report of which only the figures matter."""
    return Report(
        agency=agency,
        year=year,
        form=figures.form,
        tables=figures.tables,
        acknowledgements=(),
        narrative=Narrative(place=place, sections={}),
        place=place,
        children=figures.children,
    )


def begin_report(ground: Ground, agency: str, year: int, form: Form) -> Report:
    """The new report, all of it blank."""
    path = ground.content / agency / str(year) / "figures.yaml"
    place = Place(file=name_file(path, ground.project))
    tables = {table.id: blank_table(table, place) for table in form.tables}
    return assemble_report(
        agency, year, Figures(form=form.id, tables=tables, acknowledgements=(), place=place, readable=True), place
    )


def carry_figures(report: Report, before: Report, forms: Mapping[str, Form]) -> Carried:
    """What the form's carry-over checks demand of a report, as last year's printed it; sums are left to the report.

    A total is carried only where the parts that are do not add up to it.
    """
    form = forms[report.form]
    carried: dict[Address, CarriedFigure] = {}
    for check in form.checks:
        if check.copies:
            for cell, last_cell in pair_cells(check, form.table(check.table)):
                source = find_source(forms, report, before, last_cell)
                figure = before.tables[source.table].figure(source.row, source.column) if source else BLANK
                if source and can_stand(figure, form.table(cell.table), cell):
                    label = label_row(forms[before.form].table(source.table), source.row)
                    carried[cell] = CarriedFigure(figure=figure, source=label)
    return {cell: each for cell, each in carried.items() if not is_computable(cell, carried, form.table(cell.table))}


def pair_cells(check: FormCheck, table: Table) -> Iterator[tuple[Address, Address]]:
    """Each cell that a check carries over, and the cell, named as in the same form, from which it does."""
    for across in table.leaves(other_axis(check.axis)):
        row, column = name_cell(check.axis, check.lines[0], across.id)
        source_row, source_column = name_cell(check.axis, check.others[0], across.id)
        here = Address(table=table.id, row=row, column=column)
        yield here, Address(table=table.id, row=source_row, column=source_column)


def can_stand(figure: Figure, table: Table, cell: Address) -> bool:
    """Whether a figure is a number that can be written in a cell."""
    row, column = table.find(Axis.ROWS, cell.row), table.find(Axis.COLUMNS, cell.column)
    if figure.value is None or row is None or column is None:
        return False
    return SPELLINGS[table.cell_type(row, column)].fullmatch(figure.text) is not None


def label_row(table: Table, row: str) -> Texts:
    """The label of a row."""
    line = table.find(Axis.ROWS, row)
    return line.label if line else table.caption


def is_total(table: Table, cell: Address) -> bool:
    """Whether a cell lies in a total row or a total column."""
    lines = table.find(Axis.ROWS, cell.row), table.find(Axis.COLUMNS, cell.column)
    return any(line is not None and line.sum_of for line in lines)


def is_computable(cell: Address, carried: Carried, table: Table) -> bool:
    """Whether a cell is a total that the other carried figures add up to."""
    if not is_total(table, cell):
        return False
    parts = {
        (other.row, other.column): each.figure
        for other, each in carried.items()
        if other.table == table.id and not is_total(table, other)
    }
    computed = complete_totals(table, parts).get((cell.row, cell.column), BLANK)
    return computed.value == carried[cell].figure.value
