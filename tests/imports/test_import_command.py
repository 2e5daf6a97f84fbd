"""`gaisite import` as a clerk meets it: what is written, asked and refused."""

import io
import json
import shutil
import stat
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from gaisite.cli import run
from gaisite.findings import ContentError, Problems
from gaisite.imports import legacy, office, opening
from gaisite.imports.documents import Grid, Paragraph
from gaisite.imports.opening import open_document
from gaisite.imports.sheets import spell, split_sheet
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS
from tests.imports import made
from tests.imports.made import make_report

FORMS = dict(read_forms((PACKAGE_FORMS,), PACKAGE_FORMS, Problems()))
REPORT = make_report(FORMS["cn-gai-2021"], seed=4)


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    project = tmp_path / "portal"
    assert run(["new", str(project), "--title", "x"]) == 0
    assert run(["-C", str(project), "new", "agency", "office", "--name", "某局"]) == 0
    capsys.readouterr()
    return project


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "某局2022年年报.html"
    page = made.write_html(REPORT).decode()
    page = page.replace("<p>这一部分", "<p>发布日期：2023年1月9日 08:05</p><p>这一部分", 1)
    page = page.replace(
        "</body>",
        '<p>附件：<a href="原件%201.pdf">盖章原件</a> <a href="http://a.cn/b.pdf">外站</a> <a href="../x.pdf">上级</a>'
        f' <a href="https://[::1/c.pdf">坏</a> <a href="{"x" * 300}.pdf">长</a></p></body>',
    )
    path.write_text(page, encoding="utf-8")
    (tmp_path / "原件 1.pdf").write_bytes(b"%PDF")
    return path


def tell(project: Path, capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, str]:
    status = run(["-C", str(project), "--lang", "en", "import", *command])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_report_is_imported_whole(project: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = tell(project, capsys, str(source))
    assert status == 0, told
    assert "1 report read, 0 of them" in told
    folder = project / "content/office/2022"
    assert sorted(path.name for path in folder.iterdir()) == ["figures.yaml", "files", "import.json", "report.md"]
    assert [path.name for path in (folder / "files").iterdir()] == ["原件 1.pdf"]
    report = (folder / "report.md").read_text(encoding="utf-8")
    assert report.startswith(
        "---\npublished: 2023-01-09 08:05\nattachments: [{file: files/原件 1.pdf, title: 盖章原件}]\n---\n"
    )
    receipt = json.loads((folder / "import.json").read_text(encoding="utf-8"))
    assert receipt["source"]["file"] == source.name
    assert len(receipt["source"]["sha256"]) == 64
    cell = receipt["cells"]["applications.new.total"]
    assert cell.keys() == {"table", "row", "column", "raw", "sure", "figure"}
    assert cell["sure"] is True
    assert run(["-C", str(project), "build"]) in (0, 1)


def test_dry_run_shows_the_table_and_writes_nothing(
    project: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = tell(project, capsys, str(source), "--agency", "office", "--year", "2022", "--dry-run")
    assert status == 0
    assert "  Article 20 (1)" in told
    assert "Nothing was written." in told
    assert not (project / "content/office/2022").exists()


def test_report_that_is_there_is_changed_only_with_consent(
    project: Path, source: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tell(project, capsys, str(source))[0] == 0
    assert tell(project, capsys, str(source))[0] == 0, "the same again changes nothing"
    figures = project / "content/office/2022/figures.yaml"
    figures.write_text(figures.read_text(encoding="utf-8").replace("form:", "# mine\nform:"), encoding="utf-8")
    status, told = tell(project, capsys, str(source))
    assert status == 1
    assert "-# mine" in told
    assert "add --yes to change it" in told
    assert "# mine" in figures.read_text(encoding="utf-8")
    for answer, kept in (("n\n", True), ("y\n", False)):
        terminal = io.TextIOWrapper(BytesIO(answer.encode()), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", terminal)
        monkeypatch.setattr("gaisite.cli.import_.is_terminal", lambda: True)
        tell(project, capsys, str(source))
        assert ("# mine" in figures.read_text(encoding="utf-8")) is kept
    figures.write_text("# mine\n", encoding="utf-8")
    assert tell(project, capsys, str(source), "--yes")[0] == 0
    assert "# mine" not in figures.read_text(encoding="utf-8")


def test_a_draft_that_nobody_has_filled_in_takes_the_report_without_a_question(
    project: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = ["-C", str(project), "--lang", "en", "new", "report", "office", "2022"]
    folder = project / "content/office/2022"
    assert run(new) == 0
    blank = {name: (folder / name).read_text(encoding="utf-8") for name in ("figures.yaml", "report.md")}
    for name, old, written in (
        ("figures.yaml", "rules: {issued: ,", "rules: {issued: 7,"),
        ("report.md", "\ndraft: true\n", "\n"),
        ("report.md", "\n---\n\n## ", "\n---\n\nMine.\n\n## "),
    ):
        changed = blank[name].replace(old, written, 1)
        assert changed != blank[name]
        (folder / name).write_text(changed, encoding="utf-8")
        assert tell(project, capsys, str(source))[0] == 1, "somebody has begun it"
        assert (folder / name).read_text(encoding="utf-8") == changed
        (folder / name).write_text(blank[name], encoding="utf-8")
    status, told = tell(project, capsys, str(source))
    assert status == 0
    assert "add --yes" not in told
    assert "import.json" in {path.name for path in folder.iterdir()}
    assert "\ndraft: true\n" in (folder / "report.md").read_text(encoding="utf-8")


def test_what_is_undecided_makes_a_draft_with_comments(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = made.change_cells(REPORT, lambda text: "1 282" if text == "1282" else text)
    path = tmp_path / "a.docx"
    path.write_bytes(made.write_docx(report))
    status, told = tell(project, capsys, str(path), "--agency", "office", "--year", "2022", "--labels")
    assert status == 0
    assert "“1 282”, which cannot be decided; left blank; perhaps 1282" in told
    folder = project / "content/office/2022"
    assert (folder / "report.md").read_text(encoding="utf-8").startswith("---\ndraft: true\n")
    figures = (folder / "figures.yaml").read_text(encoding="utf-8")
    assert "存疑，请对照原件填写；原文为“1 282”，可能是 1282" in figures
    assert "自然人" in figures, "by official labels"
    receipt = json.loads((folder / "import.json").read_text(encoding="utf-8"))
    doubtful = [cell for cell in receipt["cells"].values() if not cell["sure"]]
    assert doubtful
    assert {cell["doubt"] for cell in doubtful} == {"number"}


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 40_000_000)
    return stream.getvalue()


def formula() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>'
)


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("a.odt", b"x", "import-kind"),
        ("a", b"x", "import-kind"),
        ("a.docx", b"no zip", "import-damaged"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "import-damaged"),
        ("a.docx", opening.OLE + b"x" * 600, "import-encrypted"),
        ("a.xls", b"no book", "import-damaged"),
        ("a.pdf", b"%PDF-1.4 no pdf", "import-damaged"),
        ("a.docx", bomb(), "import-large"),
        ("a.xlsx", formula(), "import-formula"),
        ("a.html", b"", "import-damaged"),
        ("a.html", b"<p>x</p>", "import-form"),
        ("a.html", ENTITY, "import-form"),
        ("a.txt", b"\xff\xfe\x00", "import-damaged"),
        ("a.txt", b"\x81\xff", "import-damaged"),
        ("a.md", "# 某局2022年年报\n".encode(), "import-form"),
    ],
    # The time in an archive would name the test: another name in each process.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_file_that_cannot_be_read_is_refused_with_the_reason(
    name: str, content: bytes, check: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, name, content)
    status, told = tell(project, capsys, str(path), "--agency", "office", "--year", "2022")
    assert status == 1
    assert f"[{check}]" in told
    assert "Traceback" not in told
    assert "root:" not in told
    assert "1 file not read." in told
    assert not (project / "content/office/2022").exists()


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a.txt", b"x" * 100)
    monkeypatch.setattr(opening, "LARGEST", 10)
    assert refuse(path) == "import-large"
    assert refuse(tmp_path / "nowhere.txt") == "import-missing"


def refuse(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        open_document(path, ())
    return caught.value.finding.check


@pytest.mark.parametrize(
    ("name", "check"), [("a.docx", "import-extra"), ("a.html", "import-extra"), ("a.pdf", "import-extra")]
)
def test_missing_extra_is_named(name: str, check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "find_spec", lambda module: None)
    assert refuse(write(tmp_path, name, b"x")) == check


def test_pdf_of_pictures_is_told(tmp_path: Path) -> None:
    import pikepdf

    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "a.pdf")
    assert refuse(tmp_path / "a.pdf") == "import-scan"


def test_nothing_to_read_although_the_form_is_known(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "a.txt", "某局2022年年报\n".encode())
    status, told = tell(project, capsys, str(path), "--agency", "office", "--year", "2022", "--form", "cn-gai-2021")
    assert (status, "[import-nothing]" in told) == (1, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--year", "22"], "is no year of four digits"),
        (["--form", "cn-2021"], "There is no form “cn-2021”"),
        (["--agency", "nowhere", "--year", "2022"], "[agency-unknown]"),
        (["--agency", "office"], "[import-year-unknown]"),
        (["--year", "2022"], "[import-agency]"),
    ],
)
def test_what_is_not_known_is_told(
    options: list[str], said: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "a.html", made.write_html(REPORT).replace("某局2022年".encode(), b""))
    status, told = tell(project, capsys, str(path), *options)
    assert status in (1, 2)
    assert said in told


def test_two_files_of_one_report_are_told(project: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(source, source.with_name("某局2022年年报副本.html"))
    status, told = tell(project, capsys, str(source.parent))
    assert (status, "[import-same]" in told) == (1, True)


def test_form_of_another_year_is_told(project: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = tell(project, capsys, str(source), "--year", "2019")
    assert status == 0
    assert "which does not serve 2019. [import-year]" in told


def test_folder_that_cannot_be_written_is_told(project: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/office/2022").write_text("in the way", encoding="utf-8")
    status, told = tell(project, capsys, str(source))
    assert (status, "[file-unwritable]" in told) == (1, True)


def test_folder_that_leads_out_is_refused(project: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project.parent / "elsewhere").mkdir()
    (project / "content/office/2022").symlink_to(project.parent / "elsewhere")
    status, told = tell(project, capsys, str(source))
    assert (status, "[file-outside]" in told) == (1, True)


def test_project_that_cannot_be_read_is_told(project: Path, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/site.yaml").write_text("title: [", encoding="utf-8")
    assert tell(project, capsys, str(source))[0] == 1


# --- kinds of file ------------------------------------------------------------------------------------------------------


def test_word_file_keeps_headings_lists_and_emphasis(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("一、总体情况", 2)
    paragraph = document.add_paragraph("共 ")
    paragraph.add_run("12").bold = True
    paragraph.add_run(" 项*，")
    document.add_paragraph("第一", style="List Bullet")
    document.add_paragraph("")
    stream = BytesIO()
    document.save(stream)
    found = open_document(write(tmp_path, "a.docx", stream.getvalue()), ()).blocks
    assert found[:2] == (
        Paragraph(text="一、总体情况", markdown="一、总体情况", level=2),
        Paragraph(text="共 12 项*，", markdown="共 **12** 项\\*，"),
    )
    assert len(found) == 3


def test_sheet_of_one_column_is_the_narrative() -> None:
    from gaisite.imports.documents import Cell

    rows = [
        (Cell(text="一、总体情况", row=1, column=1),),
        (Cell(text="", row=2, column=1),),
        (Cell(text="甲\n乙", row=3, column=1),),
    ]
    assert [block.text for block in split_sheet(1, "正文", rows) if isinstance(block, Paragraph)] == [
        "一、总体情况",
        "甲",
        "乙",
    ]


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (None, "", ""),
        (3, "General", "3"),
        (3.0, "General", "3"),
        (52.654, "0.0000", "52.6540"),
        (1.5, "0", "1.5"),
        (True, "", "True"),
        ("a", "", "a"),
        (1e-7, "General", "0.0000001"),
    ],
)
def test_value_of_a_sheet_is_spelt_as_it_is_shown(value: object, pattern: str, text: str) -> None:
    assert spell(value, pattern) == text


def test_old_word_file_goes_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = write(tmp_path, "ready.docx", made.write_docx(REPORT))
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{ready}" "${{last%.doc}}.docx"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(office, "find_program", lambda: str(program))
    for name in ("a.doc", "a.wps"):
        assert (
            sum(isinstance(block, Grid) for block in open_document(write(tmp_path, name, opening.OLE), ()).blocks) == 6
        )
    program.write_text(
        '#!/bin/sh\nfor last; do :; done\n[ -e "${last%.txt}.txt" ] && touch "${last%.txt}.docx"\n', encoding="utf-8"
    )
    assert refuse(tmp_path / "a.doc") == "import-damaged"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    assert refuse(tmp_path / "a.doc") == "import-program", "a LibreOffice without Writer"
    monkeypatch.setattr(office, "find_program", lambda: "")
    assert refuse(tmp_path / "a.doc") == "import-program"


def test_real_old_files_are_read(tmp_path: Path) -> None:
    program = office.find_program()
    if not program or not legacy.opens_texts(program):
        pytest.skip("no LibreOffice with Writer is installed")
    write(tmp_path, "a.docx", made.write_docx(REPORT))
    old = legacy.convert(tmp_path / "a.docx", "doc:MS Word 97", program)
    assert old is not None
    assert sum(isinstance(block, Grid) for block in open_document(old, ()).blocks) == 6
