"""One report: figures and narrative together; the one is read though the other is missing."""

import shutil
from pathlib import Path

import pytest

from gaisite.findings import Finding, Problems
from gaisite.model.content import Report
from gaisite.read.folders import scan_agencies
from gaisite.read.forms import read_forms
from gaisite.read.names import name_form
from gaisite.read.prose import MarkdownWords
from gaisite.read.reports import ReadingContext, read_report, read_year
from tests.examples import BASE

ROOT = Path(__file__).parents[2]
FORMS = {
    form_id: name_form(form)
    for form_id, form in read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems()).items()
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "project")
    return tmp_path / "project"


def year(project: Path, name: str = "") -> Path:
    return project / "content" / "office" / "2021" / name


def read(project: Path) -> tuple[Report | None, list[Finding]]:
    problems = Problems()
    (agency,) = scan_agencies(project / "content", project, problems)
    context = ReadingContext(
        project=project, content=project / "content", forms=FORMS, words=MarkdownWords(table_label="表{number}")
    )
    folder = next(folder for folder in agency.years if folder.year == 2021)
    years = {2021: read_year(folder, context, problems)}
    return read_report(agency.id, folder, years, context, problems), problems.findings


def tell(findings: list[Finding]) -> list[tuple[str, str, int]]:
    return [(each.check, each.place.file.rpartition("/")[2], each.place.line) for each in findings]


def test_report_is_figures_and_narrative(project: Path) -> None:
    report, findings = read(project)
    assert findings == []
    assert report is not None
    assert (report.id, report.agency, report.year, report.form) == ("office/2021", "office", 2021, "cn-gai-2021")
    assert report.tables["applications"].figure("handled.granted", "natural_person").value == 6
    assert report.narrative.published == "2022-01-20 09:30"
    assert report.narrative.preamble is not None
    assert list(report.narrative.sections) == [section.id for section in FORMS["cn-gai-2021"].form.sections]
    assert (report.place.file, report.readable) == ("content/office/2021/figures.yaml", True)


def test_report_without_figures_is_none_and_says_so(project: Path) -> None:
    year(project, "figures.yaml").unlink()
    report, findings = read(project)
    assert report is None
    assert tell(findings) == [("file-missing", "figures.yaml", 0)]


@pytest.mark.parametrize(
    ("content", "check"),
    [
        (b"", "figures-empty"), (b"form: x\n", "form-unknown"), ("form: 年报".encode("gbk"), "file-encoding"),
        (b"form: cn-gai-2021\nfees: [", "yaml-bracket"), ("form: x\n".encode("utf-16-le"), "yaml-character"), ("form: x\n".encode("utf-16"), "file-encoding"),
    ],
)  # fmt: skip
def test_figures_that_cannot_be_read_give_no_report(project: Path, content: bytes, check: str) -> None:
    year(project, "figures.yaml").write_bytes(content)
    report, findings = read(project)
    assert report is None
    assert [finding.check for finding in findings] == [check]


def test_report_without_narrative_keeps_its_figures(project: Path) -> None:
    year(project, "report.md").unlink()
    report, findings = read(project)
    assert tell(findings) == [("report-missing", "report.md", 0)]
    assert dict(findings[0].facts) == {"year": "2021"}
    assert report is not None
    assert report.narrative.sections == {}
    assert report.narrative.place.file == "content/office/2021/report.md"
    assert report.readable


@pytest.mark.parametrize(
    ("content", "check", "line"),
    [("依据".encode("gbk"), "file-encoding", 1), (b"---\ndraft: true\n", "front-matter-open", 1)],
)
def test_narrative_that_cannot_be_read_keeps_the_figures(project: Path, content: bytes, check: str, line: int) -> None:
    year(project, "report.md").write_bytes(content)
    report, findings = read(project)
    assert tell(findings) == [(check, "report.md", line)]
    assert report is not None
    assert report.narrative.sections == {}


def test_report_with_a_figure_that_cannot_be_read_is_not_to_be_added_up(project: Path) -> None:
    path = year(project, "figures.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("total: 5}", "total: 五}"), encoding="utf-8")
    report, findings = read(project)
    assert tell(findings) == [("figure-count", "figures.yaml", 13)]
    assert report is not None
    assert not report.readable


def test_mistake_in_the_narrative_does_not_touch_the_sums(project: Path) -> None:
    path = year(project, "report.md")
    path.write_text(path.read_text(encoding="utf-8").replace("published", "publised"), encoding="utf-8")
    report, findings = read(project)
    assert [finding.check for finding in findings] == ["key-unknown"]
    assert report is not None
    assert report.readable
