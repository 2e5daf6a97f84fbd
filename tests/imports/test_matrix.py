"""Every form, every kind of file, every layout: each cell is read right."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gaisite.findings import Problems
from gaisite.imports.layout import FormLayout
from gaisite.imports.opening import open_document
from gaisite.imports.recognise import recognise_form
from gaisite.imports.reports import read_tables
from gaisite.model.forms import Form
from gaisite.model.tables import Address
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS
from tests.imports import made
from tests.imports.made import Report, make_report

FORMS = dict(read_forms((PACKAGE_FORMS,), PACKAGE_FORMS, Problems()))
YEARS = {"cn-gai-2019": 2020, "cn-gai-2021": 2022}
KINDS: dict[str, Callable[[Report], bytes]] = {
    "docx": made.write_docx,
    "xlsx": made.write_xlsx,
    "html": made.write_html,
    "txt": made.write_txt,
}
LAYOUTS: dict[str, Callable[[Report], Report]] = {
    "clean": lambda report: report,
    "paragraphs": made.add_paragraphs,
    "split": made.split_tables,
    "missing": made.leave_row_out,
    "wide": made.widen_digits,
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", YEARS)
def test_every_cell_is_read_right(form: str, kind: str, layout: str, tmp_path: Path) -> None:
    report = LAYOUTS[layout](make_report(FORMS[form], seed=len(kind) + len(layout)))
    path = tmp_path / f"report.{kind}"
    path.write_bytes(KINDS[kind](report))
    read_and_compare(path, report, FORMS[form], YEARS[form])


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", YEARS)
def test_pdf_is_read_right_or_doubted(form: str, layout: str, tmp_path: Path) -> None:
    report = LAYOUTS[layout](make_report(FORMS[form], seed=3 + len(layout)))
    path = tmp_path / "report.pdf"
    path.write_bytes(made.write_pdf(report))
    form_layout = FormLayout(form=FORMS[form])
    found, _ = read_tables(open_document(path, ()), form_layout)
    wanted = list_wanted(report)
    read = {at: each.text for at, each in found.readings.items() if not each.doubt}
    assert {at: text for at, text in read.items() if wanted.get(at) != text} == {}
    assert len(read) > 0.9 * len(wanted)
    lost = wanted.keys() - found.readings.keys()
    assert {at.row for at in lost if wanted[at]} == set(), "a row that a page's end cut out is found in the text"


def list_wanted(report: Report) -> dict[Address, str]:
    """The figures of the rows that a report has."""
    left_out = {(row.table, row.row) for row in report.missing}
    return {at: text for at, text in report.figures.items() if (at.table, at.row) not in left_out}


def read_and_compare(path: Path, report: Report, form: Form, year: int) -> None:
    layouts = {form_id: FormLayout(form=each) for form_id, each in FORMS.items()}
    letters = frozenset().union(*(each.letters for each in layouts.values()))
    document = open_document(path, letters)
    recognised = recognise_form(document, layouts, year)
    assert recognised is not None
    assert recognised.form.id == form.id
    found, _ = read_tables(document, recognised)
    assert found.unknown == []
    assert list(found.doubtful) == []
    assert found.local_rows == []
    assert {at: each.text for at, each in found.readings.items()} == list_wanted(report)


def test_web_page_in_gb18030(tmp_path: Path) -> None:
    report = make_report(FORMS["cn-gai-2021"], seed=7)
    for encoding in ("gb2312", "gbk", "gb18030"):
        raw = made.write_html(report, "gb18030").replace(b'charset="gb18030"', f'charset="{encoding}"'.encode())
        path = tmp_path / f"{encoding}.html"
        path.write_bytes(raw)
        read_and_compare(path, report, FORMS["cn-gai-2021"], 2022)
