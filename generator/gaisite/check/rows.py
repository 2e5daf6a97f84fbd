"""Whether a report has every row of its form, and belongs to the form's years."""

from collections.abc import Iterator

from gaisite.findings import Finding
from gaisite.model.content import Report
from gaisite.model.forms import Form
from gaisite.model.labels import label_cell
from gaisite.model.tables import Axis


def check_rows(report: Report) -> Iterator[Finding]:
    """A finding for each table and each row that the report leaves out."""
    for table_id, table in report.tables.items():
        leaves = [row.id for row in table.table.leaves(Axis.ROWS) if not row.sum_of and not row.optional]
        if leaves and list(table.missing_rows) == leaves:
            caption = (("table", table.table.caption),)
            yield Finding(check="missing-table", place=table.place, at=table_id, facts=caption)
            continue
        first_column = table.table.leaves(Axis.COLUMNS)[0].id
        for row in table.missing_rows:
            line = table.table.find(Axis.ROWS, row)
            label = line.label if line else label_cell(table.table, row, first_column)
            facts = (("row", label), ("table", table.table.caption))
            yield Finding(check="missing-row", place=table.place, at=f"{table_id}.{row}", facts=facts)


def check_units(report: Report) -> Iterator[Finding]:
    """A finding for each figure whose unit the form leaves open and the report does not state."""
    for table_id, table in report.tables.items():
        for column in table.table.leaves(Axis.COLUMNS):
            stated = column.id in table.units or not column.unit_choices
            numbers = [figure for figure in table.line_figures(Axis.COLUMNS, column.id) if figure.value is not None]
            if stated or not numbers:
                continue
            choices = "/".join(choice.official for choice in column.unit_choices)
            facts = (("column", column.label), ("choices", choices), ("key", f"{table_id}.{column.id}"))
            yield Finding(check="unit-missing", place=table.place, at=f"{table_id}.{column.id}", facts=facts)


def check_form_year(report: Report, form: Form) -> Iterator[Finding]:
    """A finding where the report's year is not one of the form's."""
    if not form.serves(report.year):
        facts = (("year", str(report.year)), ("form", form.short), ("id", form.id))
        yield Finding(check="wrong-form", place=report.place, at="form", facts=facts)
