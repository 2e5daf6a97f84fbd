"""`gaisite export`: one report as a file, what it tells, and its exit status."""

import io
from pathlib import Path

import docx
import pdfplumber
import pytest

from tests.build.portals import build
from tests.cli.conftest import Gaisite
from tests.examples import lay_out, list_cases
from tests.export.test_word import offer

REPORT = "content/office/2021/report.md"


def test_the_file_is_the_one_that_the_site_offers(gaisite: Gaisite, project: Path) -> None:
    offer(project, "docx, pdf")
    build(project)
    assert gaisite("export", "content/office/", "2021") == (0, f"Wrote {project}/office-2021.docx.\n", "")
    assert (project / "office-2021.docx").read_bytes() == (project / "site/office/2021/report.docx").read_bytes()
    assert gaisite("export", "office", "2021", "-o", "年报.pdf").status == 0
    assert (project / "年报.pdf").read_bytes() == (project / "site/office/2021/report.pdf").read_bytes()
    assert gaisite("export", "office", "2021", "--format", "pdf", "-o", "report").status == 0
    with pdfplumber.open(io.BytesIO((project / "report").read_bytes())) as pdf:
        assert pdf.pages


def test_what_somebody_changed_is_overwritten_only_when_asked_for(gaisite: Gaisite, project: Path) -> None:
    gaisite("export", "office", "2021")
    assert gaisite("export", "office", "2021").out == "office-2021.docx is unchanged.\n"
    (project / "office-2021.docx").write_bytes(b"mine")
    told = gaisite("--lang", "zh", "export", "office", "2021")
    assert told.status == 2
    assert "内容不同：要覆盖请加 --force" in told.err
    assert (project / "office-2021.docx").read_bytes() == b"mine"
    assert gaisite("export", "office", "2021", "--force").status == 0
    assert docx.Document(str(project / "office-2021.docx")).tables


def test_a_draft_is_written_and_a_report_with_errors_is_not(gaisite: Gaisite, project: Path) -> None:
    path = project / REPORT
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("---\n", "---\ndraft: true\n", 1), encoding="utf-8")
    assert gaisite("export", "office", "2021").status == 0
    path.write_text(text + "\n\n[某处](files/none.docx)\n", encoding="utf-8")
    told = gaisite("export", "office", "2021", "-o", "other.docx")
    assert (told.status, told.out) == (1, "")
    assert REPORT in told.err
    assert told.err.endswith("Nothing was written.\n")
    assert not (project / "other.docx").exists()
    assert gaisite("export", "office", "2020").status == 0, "what is wrong in another report is its own affair"


def test_a_report_that_is_the_sum_of_those_below(
    gaisite: Gaisite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (case,) = [case for case in list_cases("good") if case.name == "roll-up-sum"]
    monkeypatch.chdir(project := lay_out(case, tmp_path))
    offer(project, "docx")
    build(project)
    offered = sorted(project.glob("site/**/report.docx"), key=lambda path: len(path.parts))
    agency, year = offered[0].parent.relative_to(project / "site").parent, offered[0].parent.name
    assert gaisite("export", agency.as_posix(), year, "-o", "sum.docx").status == 0
    assert (project / "sum.docx").read_bytes() == offered[0].read_bytes()


def test_mistakes_in_the_command_are_told(gaisite: Gaisite, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no report “offic/2021”. Did you mean office/2021?" in gaisite("export", "offic", "2021").err
    assert "没有“office/1990”这份报告。" in gaisite("--lang", "zh", "export", "office", "1990").err
    assert "give --format docx" in gaisite("export", "office", "2021", "-o", "a.odt").err
    assert "cannot be written" in gaisite("export", "office", "2021", "-o", "none/a.docx").err
    monkeypatch.setattr("gaisite.export.files.find_missing_extra", lambda format: "pdf")
    told = gaisite("export", "office", "2021", "--format", "pdf")
    assert (told.status, "run pip install 'gaisite[pdf]'" in told.err) == (2, True)


def test_a_portal_that_cannot_be_read_is_told(gaisite: Gaisite, project: Path) -> None:
    (project / "content/site.yaml").write_text("title: [\n", encoding="utf-8")
    told = gaisite("export", "office", "2021")
    assert told.status == 1
    assert "content/site.yaml" in told.err
