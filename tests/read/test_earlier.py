"""A report put together again from its record: the same figures, rows and units; a record that does not fit is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gaisite.findings import ContentError, Place, Problems
from gaisite.model.content import BLANK, Figure, Report, State
from gaisite.model.record import LocalRow, Version
from gaisite.model.revisions import make_version
from gaisite.model.tables import Axis
from gaisite.read.earlier import restore_report
from gaisite.read.folders import scan_agencies
from gaisite.read.forms import read_forms
from gaisite.read.names import name_form
from gaisite.read.narratives import NarrativeContext
from gaisite.read.places import PACKAGE_FORMS
from gaisite.read.prose import MarkdownWords
from gaisite.read.reports import ReadingContext, make_binder, read_report, read_year
from gaisite.texts import Texts
from tests.examples import BASE, lay_out, list_cases

ROOT = Path(__file__).parents[2]
FORMS = {form_id: name_form(form) for form_id, form in read_forms((PACKAGE_FORMS,), PACKAGE_FORMS, Problems()).items()}
WORDS = MarkdownWords(table_label="Table {number}")
PLACE = Place(file="published.json")

Found = tuple[Report, NarrativeContext]


def read_all(project: Path) -> Iterator[Found]:
    """Every report of a project, and what reading its narrative needs."""
    content = project / "content"
    context = ReadingContext(project=project, content=content, forms=FORMS, words=WORDS)
    for agency in scan_agencies(content, project, Problems()):
        figures = {year.year: read_year(year, context, Problems()) for year in agency.years}
        for year in agency.years:
            report = read_report(agency.id, year, figures, context, Problems())
            assert report is not None
            yield (
                report,
                NarrativeContext(
                    form=FORMS[report.form].form,
                    folder=year,
                    content=content,
                    project=project,
                    words=WORDS,
                    binder=make_binder(year, figures, context),
                ),
            )


def read_base() -> Found:
    return list(read_all(BASE))[1]


def restore(report: Report, version: Version, context: NarrativeContext) -> Report:
    return restore_report(report, version, context, FORMS, PLACE)


def describe(report: Report) -> object:
    """What a record must keep of a report: its tables with local rows and units, and every figure."""
    return [(table.table, table.units, list(list_figures(report, name))) for name, table in report.tables.items()]


def list_figures(report: Report, name: str) -> Iterator[Figure]:
    """The figures of a table, wherever they stood, and whatever word there was for what does not apply."""
    table = report.tables[name]
    for row in table.table.leaves(Axis.ROWS):
        for figure in table.line_figures(Axis.ROWS, row.id):
            text = figure.text if figure.state is State.NUMBER else ""
            yield replace(figure, line=0, column=0, text=text)


def assert_the_same(project: Path) -> None:
    for report, context in read_all(project):
        text = (context.folder.path / "report.md").read_text(encoding="utf-8-sig")
        version = make_version(report, date="2022-01-20", narrative=text)
        again = restore(report, version, context)
        assert describe(again) == describe(report), report.id
        assert again.narrative.title == report.narrative.title
        assert {key: prose.text for key, prose in again.narrative.sections.items()} == {
            key: prose.text for key, prose in report.narrative.sections.items()
        }
        assert [(each.check, each.at) for each in again.acknowledgements] == [
            (each.check, each.at) for each in report.acknowledgements
        ]


@pytest.mark.parametrize("case", list_cases("good"), ids=lambda case: case.name)
def test_report_of_an_example_is_the_same_when_it_is_put_together_again(case: Path, tmp_path: Path) -> None:
    assert_the_same(lay_out(case, tmp_path))


def test_reports_of_the_demo_portal_are_the_same_when_they_are_put_together_again() -> None:
    assert_the_same(ROOT)


@pytest.mark.parametrize(
    "changes",
    [
        {"form": "cn-gai-1999"},
        {"form": "cn-gai-2019"},
        {"figures": {"applications.new.everybody": "5"}},
        {"figures": {"applications.new.total": "five"}},
        {"figures": {"applications.new.total": "5.5"}},
        {"figures": {"applications.new.total": "+5"}},
        pytest.param({"figures": {"applications.new.total": "5" * 5_000}}, id="too many digits"),
        {"computed": {"applications.nothing.total": ""}},
        {"units": {"fees.amount": "亿元"}},
        {"units": {"fees.nothing": "元"}},
        {"local_rows": (LocalRow(host="nothing", key="row", label=Texts((("zh-CN", "行"),))),)},
        {"local_rows": (LocalRow(host="documents.nothing", key="row", label=Texts((("zh-CN", "行"),))),)},
    ],
    ids=str,
)
def test_record_that_does_not_fit_its_form_is_told(changes: dict[str, object]) -> None:
    report, context = read_base()
    version = make_version(report, date="2022-01-20")
    assert restore(report, version, context).form == "cn-gai-2021"
    with pytest.raises(ContentError) as caught:
        restore(report, replace(version, **changes), context)  # type: ignore[arg-type]
    finding = caught.value.finding
    assert (finding.check, finding.place) == ("published-misfit", PLACE)
    assert dict(finding.facts) == {"date": "2022-01-20", "form": changes.get("form", "cn-gai-2021")}


def test_cell_that_the_form_got_later_is_blank() -> None:
    report, context = read_base()
    version = make_version(report, date="2022-01-20")
    older = {at: text for at, text in version.figures.items() if at != "applications.new.total"}
    again = restore(report, replace(version, figures=older), context)
    assert again.tables["applications"].figure("new", "total") == BLANK


def test_narrative_that_cannot_be_read_any_longer_leaves_the_figures(tmp_path: Path) -> None:
    report, context = read_base()
    version = make_version(report, date="2022-01-20", narrative="---\ntitle: nie geschlossen\n")
    again = restore(report, version, context)
    assert (again.narrative.title, dict(again.narrative.sections)) == ("", {})
    assert describe(again) == describe(report)
