"""Word files of reports: read in again every cell is what it was, and the file is laid out as official documents are."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from gaisite.build import BuildOptions, build_site
from gaisite.export import files
from gaisite.export.prose import Picture, RuleBlock, Span, TableBlock, TextBlock, take_apart
from gaisite.export.word import write_word
from gaisite.findings import Place
from gaisite.imports.documents import Document
from gaisite.imports.layout import FormLayout
from gaisite.imports.opening import open_document
from gaisite.imports.recognise import recognise_form
from gaisite.imports.reports import read_tables
from gaisite.model.content import Agency, AgencyName, Figure, Narrative, Report, ReportTable, State
from gaisite.model.documents import ReportDocument, compose_document, list_pictures
from gaisite.model.forms import Form
from gaisite.model.prose import Prose
from gaisite.model.tables import Axis
from gaisite.texts import Texts
from tests.build.portals import build, change_files, make_portal
from tests.imports.made import make_report
from tests.imports.test_matrix import FORMS, YEARS

PLACE = Place(file="content/a/2022/figures.yaml")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d4944415478da63f8cfc0f01f0005000"
    "1ff89993d1d0000000049454e44ae426082".replace(" ", "")
)
NARRATIVE = (
    '<p>甲<strong>乙</strong><em>丙</em><s>丁</s><code>戊</code><a href="https://www.example.gov.cn/">己</a>'
    '<a href="#t.a.b">7</a><br>下一行</p>\n<h3 id="n-1">（一）小标题</h3>\n<h4 id="n-2">小小标题</h4>\n'
    "<ul>\n<li>一\n<ul>\n<li>内</li>\n</ul>\n</li>\n<li>\n<p>二</p>\n<p>续</p>\n</li>\n</ul>\n"
    '<ol start="3">\n<li>三</li>\n</ol>\n<blockquote>\n<p>引用</p>\n</blockquote>\n<pre><code>a\nb\n</code></pre>\n<hr>\n'
    '<p><img src="files/a.png" alt="图"></p>\n<p>见<img src="files/b.svg" alt="矢量图">。</p>\n'
    '<div class="table-scroll" role="region" tabindex="0" aria-label="表格 1">\n<table>\n<thead>\n<tr>\n'
    '<th scope="col" class="align-right">项</th>\n<th scope="col">数</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>甲</td>\n'
    "<td>1 &lt; 2</td>\n</tr>\n</tbody>\n</table>\n</div>\n"
)


def make_table(form: Form, id: str, seed: int) -> ReportTable:
    """A table with blanks, zeros, numbers, and a cell that does not apply."""
    table, made = form.table(id), make_report(form, seed)
    figures = {}
    for at, text in made.figures.items():
        if at.table == id:
            sign = "＋" + text[1:] if text.startswith("+") else text
            figures[at.row, at.column] = Figure(State.NUMBER, 0, sign) if text else Figure(State.BLANK)
    figures[next(iter(figures))] = Figure(State.NOT_APPLICABLE, text="n/a")
    last = list(figures)[-1]
    figures[last] = replace(figures[last], state=State.NUMBER, value=5, text="5", computed=True)
    units = {line.id: line.unit_choices[-1] for line in table.leaves(Axis.COLUMNS) if line.unit_choices}
    return ReportTable(table=table, figures=figures, units=units, place=PLACE)


def make_document(form: Form, year: int, *, published: str = "", html: str = "", seed: int = 5) -> ReportDocument:
    prose = Prose(html=html, text="", place=PLACE)
    narrative = Narrative(
        place=PLACE, sections={form.sections[0].id: prose} if html else {}, published=published, keywords=("公开",)
    )
    report = Report(
        agency="a",
        year=year,
        form=form.id,
        tables={table.id: make_table(form, table.id, seed) for table in form.tables},
        acknowledgements=(),
        narrative=narrative,
        place=PLACE,
    )
    agency = Agency(id="a", names=(AgencyName(name=Texts.of({"zh-CN": "某局"})),), place=PLACE)
    pictures = {"files/a.png": PIXEL, "files/b.svg": b"<svg/>"}
    assert list(list_pictures(report)) == [address for address in pictures if address in html]
    return compose_document(report, form, agency, f"某局{year}年年度报告", pictures)


def expect(document: ReportDocument) -> dict[str, str]:
    """What import spells each cell."""
    spelt = {}
    for table in (table for section in document.sections for table in section.tables):
        for (row, column), figure in table.figures.items():
            spelt[f"{table.table.id}.{row}.{column}"] = figure.text.replace("＋", "+")
    return spelt


def read_back(path: Path, form: str, document: ReportDocument) -> Document:
    """Read a file in again and compare every cell with what the document says."""
    layouts = {form_id: FormLayout(form=each) for form_id, each in FORMS.items()}
    opened = open_document(path, ())
    layout = recognise_form(opened, layouts, YEARS[form])
    assert layout is not None
    assert layout.form.id == form
    found, _ = read_tables(opened, layout)
    assert (found.unknown, list(found.doubtful), found.misprints) == ([], [], [])
    assert {str(at): each.text for at, each in found.readings.items()} == expect(document)
    units = {(str(at.column), each.unit) for at, each in found.readings.items() if each.unit}
    stated = {(id, unit.official) for s in document.sections for t in s.tables for id, unit in t.units.items()}
    assert stated <= units
    return opened


@pytest.mark.parametrize("form", YEARS)
def test_every_cell_and_state_is_read_back(form: str, tmp_path: Path) -> None:
    for seed in range(4):
        document = make_document(FORMS[form], YEARS[form], seed=seed, html="<p>这一部分的说明，共 12 项。</p>")
        path = tmp_path / "report.docx"
        path.write_bytes(write_word(document))
        read_back(path, form, document)


def test_layout_is_that_of_official_documents() -> None:
    made = docx.Document(io.BytesIO(write_word(make_document(FORMS["cn-gai-2021"], 2022, html=NARRATIVE))))
    page = made.sections[0]
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]
    fonts = {
        name: made.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "Heading 2")
    }
    assert fonts == {"Normal": "仿宋", "Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体"}
    language = made.styles.element.find(f".//{qn('w:lang')}")
    assert {language.get(qn("w:val")), language.get(qn("w:eastAsia"))} == {"zh-CN"}
    headings = [each.text for each in made.paragraphs if each.style.name == "Heading 1"]
    assert headings == [section.heading.official for section in FORMS["cn-gai-2021"].sections]
    captions = [each.text for each in made.paragraphs if each.style.name == "Caption"]
    assert len(captions) == len(made.tables) - 1, "each statutory table has one, the narrative's own has none"
    for table in made.tables:
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.rows[len(table.rows) - 1]._tr.trPr.find(qn("w:tblHeader")) is None
    widest = max(made.tables, key=lambda table: len(table.rows))
    assert any(cell.grid_span > 1 for cell in widest.rows[0].cells), "header cells are merged as the form merges them"
    assert any("各项相加得出" in each.text for each in made.paragraphs)
    for foot in (made.sections[0].footer, made.sections[0].even_page_footer):
        assert "PAGE" in foot._element.xml


def test_narrative_is_real_structure() -> None:
    made = docx.Document(io.BytesIO(write_word(make_document(FORMS["cn-gai-2021"], 2022, html=NARRATIVE))))
    by_text = {paragraph.text: paragraph for paragraph in made.paragraphs}
    first = by_text["甲乙丙丁戊己7\n下一行"]
    looks = {run.text: run for run in first.runs}
    assert looks["乙"].bold
    assert looks["丙"].italic
    assert looks["丁"].font.strike
    assert [(link.text, link.address) for link in first.hyperlinks] == [("己", "https://www.example.gov.cn/")]
    assert by_text["（一）小标题"].style.name == "Heading 2"
    assert by_text["小小标题"].style.name == "Heading 3"
    marks = {
        text: (by_text[text]._p.pPr.numPr.ilvl.val, by_text[text]._p.pPr.numPr.numId.val)
        for text in ("一", "内", "二", "三")
    }
    assert marks == {"一": (0, 1), "内": (1, 2), "二": (0, 1), "三": (0, 3)}
    assert by_text["续"]._p.pPr.numPr is None
    assert 'w:startOverride w:val="3"' in made.part.numbering_part.element.xml
    assert by_text["引用"].style.name == "Quote"
    assert by_text["a\nb"].style.name == "macro"
    (picture,) = made.inline_shapes
    assert picture._inline.docPr.get("descr") == "图"
    assert "见[矢量图]。" in by_text, "of a picture that Word does not know the text stays"
    assert [cell.text for row in made.tables[0].rows for cell in row.cells] == ["项", "数", "甲", "1 < 2"]


def test_lists_of_several_sections_count_on_their_own() -> None:
    document = make_document(FORMS["cn-gai-2021"], 2022, html="<ol>\n<li>甲</li>\n</ol>\n")
    sections = tuple(replace(each, html=document.sections[0].html) for each in document.sections[:2])
    made = docx.Document(io.BytesIO(write_word(replace(document, sections=sections))))
    numbers = [each._p.pPr.numPr.numId.val for each in made.paragraphs if each.text == "甲"]
    assert numbers == [1, 2]


def test_a_wide_picture_is_as_wide_as_the_text() -> None:
    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (3000, 10)).save(stream, "PNG")
    document = make_document(FORMS["cn-gai-2021"], 2022, html=NARRATIVE)
    made = docx.Document(io.BytesIO(write_word(replace(document, pictures={"files/a.png": stream.getvalue()}))))
    assert round(made.inline_shapes[0].width.mm) == 156


def test_same_report_gives_the_same_bytes_with_dates_from_the_report() -> None:
    dated = make_document(FORMS["cn-gai-2019"], 2020, published="2021-01-20 09:30", html=NARRATIVE)
    assert write_word(dated) == write_word(dated)
    properties = docx.Document(io.BytesIO(write_word(dated))).core_properties
    assert (properties.title, properties.author, properties.language) == (dated.title, "某局", "zh-CN")
    assert properties.created == properties.modified
    assert f"{properties.created:%Y-%m-%d %H:%M}" == "2021-01-20 09:30"
    undated = write_word(make_document(FORMS["cn-gai-2019"], 2020))
    with zipfile.ZipFile(io.BytesIO(undated)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:" not in archive.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


def test_blocks_of_a_narrative() -> None:
    kinds = [type(block) for block in take_apart(NARRATIVE)]
    assert kinds.count(TableBlock) == kinds.count(RuleBlock) == 1
    assert take_apart("<p>甲</p>") == (TextBlock(spans=(Span(text="甲"),)),)
    assert take_apart('<p><img src="a" alt="b"></p>') == (TextBlock(spans=(Picture(address="a", text="b"),)),)
    assert take_apart("\n") == ()


# --- as downloads of a portal ---------------------------------------------------------------------------------------------


def offer(project: Path, formats: str) -> None:
    site = project / "content/site.yaml"
    site.write_text(site.read_text(encoding="utf-8") + f"downloads: [{formats}]\n", encoding="utf-8")


def test_portal_offers_word_files_and_keeps_them_while_nothing_changes(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    offer(project, "docx, csv")
    build(project)
    *_, path = sorted(project.glob("site/office/*/report.docx"))
    page = (path.parent / "index.html").read_text(encoding="utf-8")
    assert 'href="report.docx"' in page
    assert "年度报告全文（Word，" in page
    assert "wordprocessingml" not in page, "a document is no distribution of the data"
    assert build(project).rendered == 0
    before = path.read_bytes()
    report = f"content/office/{path.parent.name}/report.md"
    text = (project / report).read_text(encoding="utf-8")
    change_files(project, {report: text + "\n\n又一段 ![图](files/a.png)\n", f"{report[:-9]}files/a.png": PIXEL})
    build(project)
    assert path.read_bytes() != before
    assert len(docx.Document(str(path)).inline_shapes) == 1


def test_portal_of_documents_alone_has_no_page_of_data(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    offer(project, "docx")
    build(project)
    assert not (project / "site/data").exists()
    *_, path = sorted(project.glob("site/office/*/report.docx"))
    assert "data/index.html" not in (path.parent / "index.html").read_text(encoding="utf-8")


def test_without_the_extra_one_sentence_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_portal(tmp_path)
    offer(project, "docx")
    monkeypatch.setattr(files, "find_spec", lambda name: None)
    result = build_site(BuildOptions(project=project))
    assert result.written is None
    (finding,) = [each for each in result.findings if each.check == "extra-missing"]
    assert "gaisite[office]" in result.catalogue.say(finding, "zh-CN")
    assert not (project / "site").exists()
