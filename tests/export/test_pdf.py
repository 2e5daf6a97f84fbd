"""PDF files of reports: every data cell has the header cells of the form, and read in again it is what it was."""

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest

from gaisite.build import BuildOptions, build_site
from gaisite.export import files
from gaisite.export.pdf import write_pdf
from gaisite.findings import ContentError
from gaisite.model.content import Figure, ReportTable
from gaisite.model.documents import ReportDocument
from gaisite.model.tables import Axis, Line, Table
from gaisite.read.catalogue import read_catalogue
from gaisite.texts import Texts
from tests.build.portals import build, change_files, make_portal
from tests.export.test_word import NARRATIVE, PIXEL, make_document, offer, read_back
from tests.imports.test_matrix import FORMS, YEARS

BIG = ("applications", "reviews")
LONG = "<p>" + "这是一段很长的文字，它把后面的表格推到下一页去了。" * 40 + "</p>"


# --- the structure, as a reader of the screen gets it


class Structure:
    """The structure of a PDF with the text of its elements."""

    def __init__(self, raw: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(raw))
        self.root = self.pdf.Root.StructTreeRoot
        numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.number = lambda element: numbers[element.Pg.objgen]
        self.texts: dict[tuple[int, int], str] = {}
        with pdfplumber.open(io.BytesIO(raw)) as read:
            for number, page in enumerate(read.pages):
                for char in page.chars:
                    if char["mcid"] is not None:
                        at = number, char["mcid"]
                        self.texts[at] = self.texts.get(at, "") + char["text"]

    def walk(self, element: Any) -> Iterator[Any]:
        yield element
        for kid in self.kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from self.walk(kid)

    def kids(self, element: Any) -> list[Any]:
        kids = element.get("/K", pikepdf.Array())
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]

    def find(self, kind: str, element: Any = None) -> list[Any]:
        return [each for each in self.walk(self.root if element is None else element) if each.get("/S") == kind]

    def text(self, element: Any) -> str:
        parts = []
        for each in self.walk(element):
            parts += [self.texts.get((self.number(each), kid), "") for kid in self.kids(each) if isinstance(kid, int)]
        return "".join(parts)


def list_labels(table: Table, axis: Axis, id: str, printed: ReportTable) -> list[str]:
    """The labels above a line and its own, with the unit that is printed behind it."""
    labels, parts = [], id.split(".")
    for depth in range(1, len(parts) + 1):
        line = table.find(axis, ".".join(parts[:depth]))
        assert line is not None
        unit = printed.units.get(line.id) or (line.unit if line.unit != table.unit else None)
        labels.append(line.label.official + (f"（单位：{unit.official}）" if unit else ""))
    return labels


def expect_cells(printed: ReportTable) -> Iterator[tuple[list[str], str]]:
    """Each data cell of a table row by row: its header texts by the form, and its text."""
    table = printed.table
    over_all = [table.column_head.official] if table.column_head else []
    for row in table.leaves(Axis.ROWS):
        for column in table.leaves(Axis.COLUMNS):
            rows = list_labels(table, Axis.ROWS, row.id, printed)
            columns = list_labels(table, Axis.COLUMNS, column.id, printed)
            figure = printed.figure(row.id, column.id)
            yield [*rows, *over_all, *columns], {"n/a": "不适用"}.get(figure.text, figure.text)


def read_cells(structure: Structure, table: Any) -> Iterator[tuple[list[str], str]]:
    """The same of a table in the structure."""
    heads = {bytes(each.ID): structure.text(each) for each in structure.find("/TH")}
    for cell in structure.find("/TD", table):
        yield [heads[bytes(id)] for id in cell.A.Headers], structure.text(cell)


def check_structure(document: ReportDocument, raw: bytes) -> int:
    """Compare every data cell with the form; gives how many there are."""
    structure = Structure(raw)
    tables = [table for section in document.sections for table in section.tables]
    found = structure.find("/Table")
    assert len(found) == len(tables)
    count = 0
    for printed, table in zip(tables, found, strict=True):
        wanted = list(expect_cells(printed))
        assert list(read_cells(structure, table)) == wanted
        count += len(wanted)
        scopes = {str(each.A.Scope) for each in structure.find("/TH", table)}
        assert scopes == {"/Row", "/Column"}
    ids = [bytes(each.ID) for each in structure.find("/TH")]
    listed = [bytes(each) for each in structure.root.IDTree.Kids[0].Names[::2]]
    assert listed == sorted(ids)
    assert len(set(ids)) == len(ids)
    return count


@pytest.mark.parametrize("form", YEARS)
def test_every_data_cell_has_the_header_cells_of_the_form(form: str) -> None:
    document = make_document(FORMS[form], YEARS[form])
    tables = [table.table.id for section in document.sections for table in section.tables]
    assert set(BIG) <= set(tables)
    assert check_structure(document, write_pdf(document)) > 150


def lengthen(line: Line) -> Line:
    """A line with many more below it where it has eight or so."""
    if not line.lines or line.lines[0].lines:
        return replace(line, lines=tuple(map(lengthen, line.lines)))
    last = line.lines[-1]
    more = (replace(last, id=f"{last.id}_{n}", label=Texts.of({"zh-CN": f"又一项{n}"})) for n in range(8))
    return replace(line, lines=(*line.lines, *more))


def test_a_table_over_several_pages_is_one_table_in_the_structure() -> None:
    document = make_document(FORMS["cn-gai-2021"], 2022)
    sections = list(document.sections)
    (table,) = sections[2].tables
    longer = replace(table, table=replace(table.table, rows=tuple(map(lengthen, table.table.rows))))
    sections[2] = replace(sections[2], tables=(longer,), html=LONG)
    document = replace(document, sections=tuple(sections))
    raw = write_pdf(document)
    check_structure(document, raw)
    with pdfplumber.open(io.BytesIO(raw)) as pdf:
        heads = [page for page in pdf.pages if "商业企" in page.extract_text().replace("\n", "")]
        left = [char for page in pdf.pages for char in page.chars if char["mcid"] is None]
    assert len(heads) > 1, "the head is printed again on each page"
    assert {char["tag"] for char in left} == {"Artifact"}


@pytest.mark.parametrize("form", YEARS)
def test_every_cell_and_state_is_read_back(form: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    for seed, html in ((0, ""), (1, LONG), (2, "")):
        document = make_document(FORMS[form], YEARS[form], seed=seed, html=html)
        document = replace(
            document, title=f"{document.author}{'及其所属机构' * seed}{YEARS[form]}年政府信息公开工作年度报告"
        )
        path.write_bytes(write_pdf(document))
        texts = [each.text for each in read_back(path, form, document).paragraphs]
        headings = [section.heading for section in document.sections]
        assert [text for text in texts if text in headings] == headings
        assert texts[0] == document.title
        parts = [text for text in texts if text.startswith("这是一段很长")]
        assert "".join(parts) == (LONG[3:-4] if html else "")
        assert len(parts) <= 2, "where a page ends with a sentence, nobody can tell whether the paragraph goes on"
        assert not any("—" in text for text in texts), "page numbers are no text"


def test_figures_of_many_digits_stand_in_one_line(tmp_path: Path) -> None:
    document = make_document(FORMS["cn-gai-2021"], 2022)
    sections = tuple(replace(each, tables=tuple(map(enlarge, each.tables))) for each in document.sections)
    document, path = replace(document, sections=sections), tmp_path / "report.pdf"
    path.write_bytes(write_pdf(document))
    read_back(path, "cn-gai-2021", document)


def enlarge(table: ReportTable) -> ReportTable:
    """A table with ten digits where there is a zero."""
    return replace(table, figures={at: make_long(each) for at, each in table.figures.items()})


def make_long(figure: Figure) -> Figure:
    """Ten digits instead of a zero."""
    return replace(figure, text="1234567890") if figure.text == "0" else figure


# --- what is around the tables


def test_what_the_file_says_of_itself() -> None:
    document = make_document(FORMS["cn-gai-2021"], 2022, html=NARRATIVE, published="2023-01-20 09:30")
    pictured = write_pdf(replace(document, pictures={"files/a.png": PIXEL}))
    structure = Structure(pictured)
    pdf = structure.pdf
    assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == (document.title, "某局")
    assert str(pdf.docinfo.CreationDate).startswith("D:20230120093000")
    assert str(pdf.Root.Lang) == "zh-CN"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert pdf.Root.MarkInfo.Marked
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == document.title
        assert [each.title for each in title.children] == [section.heading for section in document.sections]
    assert [round(float(side) / 72 * 25.4) for side in pdf.pages[0].MediaBox] == [0, 0, 210, 297]
    (figure,) = structure.find("/Figure")
    assert str(figure.Alt) == "图"
    assert "".join(map(structure.text, structure.find("/Link"))) == "己", "to a place in the site there is no way"
    assert [structure.text(each) for each in structure.find("/H3")] == ["（一）小标题"]
    assert "[矢量图]" in structure.text(structure.root), "of a picture that is not there the text stays"
    first = structure.find("/Table")[0]
    assert list(read_cells(structure, first)) == [(["项"], "甲"), (["数"], "1 < 2")]


def test_pdf_ua_is_not_claimed_where_something_is_against_it() -> None:
    document = make_document(FORMS["cn-gai-2021"], 2022, html='<p><img src="files/a.png" alt=""></p>\n')
    with pikepdf.open(io.BytesIO(write_pdf(document))) as pdf:
        assert b"pdfuaid:part" not in pdf.Root.Metadata.read_bytes()
        assert "/CreationDate" not in pdf.docinfo, "of a report without a date"
        assert "/ModDate" not in pdf.docinfo


def test_letters_without_a_glyph_are_an_error_that_names_them() -> None:
    document = replace(make_document(FORMS["cn-gai-2021"], 2022), title="某\U0002a6a5局年度报告")
    with pytest.raises(ContentError) as raised:
        write_pdf(document)
    finding = raised.value.finding
    said = read_catalogue().say(finding, "zh-CN")
    assert (finding.check, finding.place) == ("export-glyphs", document.place)
    assert "U+2A6A5" in said


def test_a_row_longer_than_a_page_is_an_error() -> None:
    row = "<tr>\n<td>甲</td>\n<td>" + "很长的字" * 900 + "</td>\n</tr>\n"
    table = f"<table>\n<thead>\n<tr>\n<th>一</th>\n<th>二</th>\n</tr>\n</thead>\n<tbody>\n{row}</tbody>\n</table>\n"
    with pytest.raises(ContentError) as raised:
        write_pdf(make_document(FORMS["cn-gai-2021"], 2022, html=table))
    assert raised.value.finding.check == "export-structure"


MADE = """
import hashlib, sys
from gaisite.export.pdf import write_pdf
from gaisite.findings import ContentError
from tests.export.test_pdf import FORMS, NARRATIVE, make_document
try:
    print(hashlib.sha256(write_pdf(make_document(FORMS["cn-gai-2021"], 2022, html=NARRATIVE))).hexdigest())
except ContentError as error:
    print(error.finding.check, dict(error.finding.facts)["count"])
"""


def run_apart(**environment: str) -> str:
    """What another process makes of the report."""
    command = [sys.executable, "-c", MADE]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_same_report_gives_the_same_bytes_in_any_process() -> None:
    document = make_document(FORMS["cn-gai-2021"], 2022, html=NARRATIVE)
    digest = hashlib.sha256(write_pdf(document)).hexdigest()
    assert digest == run_apart(PYTHONHASHSEED="7")


def test_a_machine_without_chinese_letters_makes_no_boxes(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    check, count = run_apart(FONTCONFIG_FILE=str(config)).split()
    assert check == "export-glyphs"
    assert int(count) > 100
    hint = read_catalogue().entries["export-glyphs"].hint
    assert hint is not None
    assert "fonts-noto-cjk" in hint.official
    assert "fonts-wqy-microhei" in hint.official


# --- as downloads of a portal


def test_portal_offers_pdf_files_and_keeps_them_while_nothing_changes(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    offer(project, "pdf")
    build(project)
    *_, path = sorted(project.glob("site/office/*/report.pdf"))
    page = (path.parent / "index.html").read_text(encoding="utf-8")
    assert 'href="report.pdf"' in page
    assert "年度报告全文（PDF，" in page
    assert build(project).rendered == 0
    report, before = f"content/office/{path.parent.name}/report.md", path.read_bytes()
    text = (project / report).read_text(encoding="utf-8")
    change_files(project, {report: text + "\n\n又一段\n"})
    build(project)
    assert path.read_bytes() != before
    change_files(project, {report: text + "\n\n又一段\U0002a6a5\n"})
    result = build_site(BuildOptions(project=project))
    assert [each.place.file for each in result.findings if each.check == "export-glyphs"] == [report]
    assert result.written is None


def test_without_the_extra_or_pango_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_portal(tmp_path)
    offer(project, "pdf")

    class Broken:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    with monkeypatch.context() as without:
        without.delitem(sys.modules, "weasyprint", raising=False)
        without.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
        without.setattr(files, "find_spec", lambda name: name)
        result = build_site(BuildOptions(project=project))
        (finding,) = {each.check: each for each in result.findings}.values()
        assert "libpango-1.0-0" in str(result.catalogue.entries[finding.check].hint)
    monkeypatch.setattr(files, "find_spec", lambda name: None)
    result = build_site(BuildOptions(project=project))
    (finding,) = [each for each in result.findings if each.check == "extra-missing"]
    assert "gaisite[pdf]" in result.catalogue.say(finding, "zh-CN")
    assert not (project / "site").exists()
