"""What the stages know, as the values that other programs are given."""

from collections.abc import Iterable, Iterator

from gaisite.api.values import Cell, Checked, Finding, Form, FormLine, FormTable, Language, Report
from gaisite.build import BuildResult
from gaisite.findings import Finding as FoundFinding
from gaisite.model.catalogue import Catalogue
from gaisite.model.datasets import Observation, ReportData
from gaisite.model.forms import Form as StatutoryForm
from gaisite.model.tables import Line


def describe_check(result: BuildResult, language: Language) -> Checked:
    """What was checked, as other programs see it."""
    findings = tuple(describe_finding(each, result.catalogue, language) for each, _ in result.failures())
    return Checked(findings=findings, agencies=result.agencies, reports=result.reports)


def describe_finding(finding: FoundFinding, catalogue: Catalogue, language: Language) -> Finding:
    """A finding in words."""
    return Finding(
        check=finding.check,
        severity=catalogue.weigh(finding),
        message=catalogue.say(finding, language),
        hint=catalogue.hint(finding, language),
        file=finding.place.file,
        line=finding.place.line or None,
        column=finding.place.column or None,
        at=finding.at,
        acknowledged=finding.acknowledged,
    )


def describe_report(report: ReportData) -> Report:
    """A report as other programs see it."""
    return Report(
        agency=report.agency,
        agency_name=report.name.official,
        year=report.year,
        form=report.form,
        title=report.title,
        published=report.published,
        cells=tuple(describe_cell(each) for each in report.observations),
    )


def describe_cell(observation: Observation) -> Cell:
    """A cell as other programs see it."""
    name, figure = observation.cell, observation.figure
    return Cell(
        id=name.id,
        table=name.table,
        row=name.row,
        column=name.column,
        row_labels=name.row_labels,
        column_labels=name.column_labels,
        state=figure.state,
        value=figure.value,
        text=figure.text,
        computed=figure.computed,
        unit=observation.unit,
        failed=observation.failed,
        acknowledged=observation.acknowledged,
    )


def describe_form(form: StatutoryForm) -> Form:
    """A form as other programs see it."""
    return Form(
        id=form.id,
        name=form.short.official,
        language=form.language,
        first_year=form.first_year,
        last_year=form.last_year,
        tables=tuple(
            FormTable(
                id=table.id,
                caption=table.caption.official,
                rows=tuple(describe_lines(table.rows)),
                columns=tuple(describe_lines(table.columns)),
            )
            for table in form.tables
        ),
        checks=tuple(check.id for check in form.checks),
    )


def describe_lines(lines: Iterable[Line], depth: int = 0) -> Iterator[FormLine]:
    """The lines of a tree, as other programs see them."""
    for line in lines:
        yield FormLine(
            id=line.id, label=line.label.official, depth=depth, has_cells=not line.lines, total=bool(line.sum_of)
        )
        yield from describe_lines(line.lines, depth + 1)
