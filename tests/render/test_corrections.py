"""A corrected report: the notice, the marks, the pages as they were before, and what lists and feeds say of it."""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from gaisite.publish import records
from tests.build.portals import OFFICE, build, change_files, edit, read_tree, write_report
from tests.publish.projects import (
    FIGURES,
    FIRST,
    GRANTED,
    LEFT,
    RECORD,
    REPORT,
    SECOND,
    correct,
    make_recorded,
    record,
    write,
    write_granted,
)
from tests.render.pages import Element, find_pages, find_tables, read_page, tag_names

ATOM = "{http://www.w3.org/2005/Atom}"
PRESENT = "office/2021/index.html"
BEFORE_FIRST = f"office/2021/before-{FIRST}/index.html"
BEFORE_SECOND = f"office/2021/before-{SECOND}/index.html"
TITLE = "某街道办事处2021年政府信息公开工作年度报告"
FRONT = """published: 2022-01-20 09:30
attachments:
  - {file: files/原件.pdf, title: 原件}
  - {file: files/附表.pdf, title: 附表}"""
LINKS = """旧稿文字，见[上年](../2020/)、[原件](files/原件.pdf)、[附表](files/附表.pdf)、[条例](https://www.gov.cn/)、\
[表](#applications.new.total)。

![示意图](files/图.png)

"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published with links and attachments, recorded, corrected and recorded, corrected again and not yet recorded."""
    files = {f"{OFFICE}/2021/files/{name}": b"%PDF" for name in ("原件.pdf", "附表.pdf", "图.png")}
    project = make_recorded(
        tmp_path_factory.mktemp("corrected") / "project", {REPORT: write_report(FRONT, preamble=LINKS), **files}
    )
    change_files(project, {REPORT: write_report(preamble="新稿文字。\n"), f"{OFFICE}/2021/files/附表.pdf": None})
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    assert record(project).written == ("office/2021",)
    write(project, write_granted(4, correct(FIRST, 6, 5), correct(SECOND, 5, 4, "另一件由他机关办理。")))
    build(project)
    return project


@pytest.fixture(scope="module")
def pages(project: Path) -> dict[str, Element]:
    site = project / "site"
    return {path.relative_to(site).as_posix(): read_page(path) for path in find_pages(site)}


def figure(page: Element, cell: str) -> str:
    return page.one("td", id=cell).text


# --- the page as it is ------------------------------------------------------------------------------------------------


def test_notice_tells_every_correction_with_its_date_cell_and_reason(pages: dict[str, Element]) -> None:
    notice = pages[PRESENT].one("section", class_="corrections")
    items = notice.all("li")
    assert [item.get("id") for item in items] == [f"correction-{number}" for number in range(1, 13)]
    assert [item.one("time").get("datetime") for item in items] == [FIRST] * 6 + [SECOND] * 6
    assert [item.one("a").get("href") for item in items] == [f"#{cell}" for cell in (*GRANTED, *LEFT)] * 2
    assert items[0].text == (
        f"{FIRST} 三、本年度办理结果 › （一）予以公开 › 自然人 由 6 更正为 5。更正原因： 一件重复统计。"
    )
    assert items[11].text.endswith("由 2 更正为 3。更正原因： 另一件由他机关办理。")


def test_notice_stands_before_the_contents_under_a_heading_that_names_it(pages: dict[str, Element]) -> None:
    main = pages[PRESENT].one("main")
    order = [
        element.classes[0] for element in main.walk() if {"corrections", "contents", "prose"} & set(element.classes)
    ]
    assert order[:3] == ["corrections", "contents", "prose"]
    notice = main.one("section", class_="corrections")
    heading = notice.one("h2")
    assert (heading.text, notice.get("aria-labelledby")) == ("更正说明", heading.get("id"))


def test_each_corrected_figure_has_a_mark_that_leads_to_its_last_correction(pages: dict[str, Element]) -> None:
    page = pages[PRESENT]
    marks = {
        cell.get("id"): cell.one("a", class_="corrected")
        for cell in page.all("td")
        if cell.all("a", class_="corrected")
    }
    assert set(marks) == {*GRANTED, *LEFT}
    for cell, mark in marks.items():
        item = page.one("li", id=mark.get("href").removeprefix("#"))
        assert item.one("a").get("href") == f"#{cell}"
        assert item.one("time").text == SECOND
        assert mark.text == "更正，查看更正说明"
    assert figure(page, GRANTED[0]) == "4 更正，查看更正说明"
    table = page.one("table", id="t-applications")
    assert "“更正”表示" in page.one("div", id=f"{table.get('id')}-note").text


def test_page_leads_to_every_earlier_one(pages: dict[str, Element]) -> None:
    links = [link.get("href") for link in pages[PRESENT].one("section", class_="corrections").all("a")]
    assert [link for link in links if not link.startswith("#")] == [
        f"before-{FIRST}/index.html", f"before-{SECOND}/index.html",
    ]  # fmt: skip


# --- the pages as they were -------------------------------------------------------------------------------------------


def test_earlier_pages_show_the_figures_as_they_were_published(pages: dict[str, Element]) -> None:
    first, second, present = pages[BEFORE_FIRST], pages[BEFORE_SECOND], pages[PRESENT]
    assert [figure(first, cell) for cell in (*GRANTED, *LEFT)] == ["6"] * 4 + ["1"] * 2
    assert [figure(second, cell).split()[0] for cell in (*GRANTED, *LEFT)] == ["5"] * 4 + ["2"] * 2
    changed = {*GRANTED, *LEFT}
    for page in (first, second):
        cells = {cell.get("id"): cell.text for cell in page.all("td")}
        assert {at: text for at, text in cells.items() if at not in changed} == {
            cell.get("id"): cell.text for cell in present.all("td") if cell.get("id") not in changed
        }
        assert [section.get("id") for section in page.all("h2") if section.get("id").startswith("s-")] == [
            section.get("id") for section in present.all("h2") if section.get("id").startswith("s-")
        ]


def test_earlier_page_tells_only_what_was_corrected_until_then(pages: dict[str, Element]) -> None:
    assert pages[BEFORE_FIRST].all("section", class_="corrections") == []
    assert pages[BEFORE_FIRST].all("a", class_="corrected") == []
    notice = pages[BEFORE_SECOND].one("section", class_="corrections")
    assert {item.one("time").text for item in notice.all("li")} == {FIRST}
    assert [link.get("href") for link in notice.all("a")][-1] == f"../before-{FIRST}/index.html"


@pytest.mark.parametrize(("path", "date"), [(BEFORE_FIRST, FIRST), (BEFORE_SECOND, SECOND)])
def test_earlier_page_says_first_that_it_no_longer_holds(path: str, date: str, pages: dict[str, Element]) -> None:
    page = pages[path]
    assert page.one("h1").text == f"{TITLE}（{date} 更正前）"
    assert [child.tag for child in page.one("main").walk()][:2] == ["h1", "div"]
    assert page.one("main").all("div")[0].classes == ["superseded"]
    assert date in page.one("div", class_="superseded").text
    assert page.one("div", class_="superseded").one("a").get("href") == "../index.html"


@pytest.mark.parametrize("path", [BEFORE_FIRST, BEFORE_SECOND])
def test_search_engines_are_sent_to_the_present_page(path: str, pages: dict[str, Element]) -> None:
    tags = tag_names(pages[path])
    assert tags["robots"] == "noindex"
    assert "PubDate" not in tags
    assert pages[path].one("link", rel="canonical").get("href") == "https://www.example.gov.cn/zwgk/nb/office/2021/"
    assert "robots" not in tag_names(pages[PRESENT])


def test_sitemap_and_feed_know_no_earlier_page(project: Path) -> None:
    for name in ("sitemap.xml", "feed.xml"):
        assert "before-" not in (project / "site" / name).read_text(encoding="utf-8")


def test_earlier_narrative_is_the_one_of_then(pages: dict[str, Element]) -> None:
    assert "旧稿文字" in pages[BEFORE_FIRST].one("main").text
    assert "新稿文字" in pages[BEFORE_SECOND].one("main").text
    assert "旧稿文字" not in pages[PRESENT].one("main").text


def test_links_of_the_earlier_narrative_still_lead_there_and_those_to_what_is_gone_are_text(
    pages: dict[str, Element],
) -> None:
    prose = pages[BEFORE_FIRST].one("main").all("div", class_="prose")[0]
    links = {link.text: link.get("href") for link in prose.all("a")}
    assert links == {
        "上年": "../../2020/index.html",
        "原件": "../files/%E5%8E%9F%E4%BB%B6.pdf",
        "条例": "https://www.gov.cn/",
        "表": "#applications.new.total",
    }
    assert "、附表、" in prose.text
    assert prose.one("img").get("src") == "../files/%E5%9B%BE.png"


def test_attachments_of_the_earlier_page_lead_there_and_one_that_is_gone_is_named(pages: dict[str, Element]) -> None:
    page = pages[BEFORE_FIRST]
    heading = page.one("h2", id="attachments")
    items = next(each for each in page.all("section") if heading in each.children).all("li")
    assert [item.text for item in items] == ["原件（PDF，4 字节）", "附表"]
    assert [link.get("href") for item in items for link in item.all("a")] == ["../files/%E5%8E%9F%E4%BB%B6.pdf"]


def test_every_link_inside_the_site_leads_somewhere(pages: dict[str, Element], project: Path) -> None:
    site = (project / "site").resolve()
    for path, page in pages.items():
        if path == "404.html":
            continue
        for target, anchor in list_targets(page):
            file = (site / path).parent / target if target else site / path
            assert file.resolve().is_relative_to(site), (path, target)
            assert file.is_file(), (path, target)
            if anchor and file.suffix == ".html":
                ids = {each.get("id") for each in pages[file.resolve().relative_to(site).as_posix()].walk()}
                assert anchor in ids, (path, target, anchor)


def list_targets(page: Element) -> Iterator[tuple[str, str]]:
    """File and anchor of each link and picture that stays in the site."""
    for element in page.walk():
        url = urlsplit(element.get("href") or element.get("src"))
        if not url.scheme and (url.path or url.fragment):
            yield unquote(url.path), unquote(url.fragment)


def test_ids_are_unique_and_tables_sound_on_every_page_of_the_report(pages: dict[str, Element]) -> None:
    for path in (PRESENT, BEFORE_FIRST, BEFORE_SECOND):
        ids = [element.get("id") for element in pages[path].walk() if element.get("id")]
        assert len(ids) == len(set(ids)), path
        for table in find_tables(pages[path]):
            assert list(table.find_faults()) == []
            for cell in table.cells:
                headers = cell.element.get("headers").split()
                assert set(headers) <= set(ids)
                assert cell.is_header or headers


# --- lists and feeds --------------------------------------------------------------------------------------------------


def test_feed_says_that_the_report_was_revised_and_when(project: Path) -> None:
    feed = ET.parse(project / "site" / "feed.xml").getroot()
    corrected, other = feed.findall(f"{ATOM}entry")
    assert corrected.findtext(f"{ATOM}title") == f"〔更正〕{TITLE}"
    assert corrected.findtext(f"{ATOM}updated") == f"{SECOND}T00:00:00+08:00"
    assert corrected.findtext(f"{ATOM}published") == "2022-01-20T09:30:00+08:00"
    assert feed.findtext(f"{ATOM}updated") == f"{SECOND}T00:00:00+08:00"
    assert (other.findtext(f"{ATOM}published"), other.findtext(f"{ATOM}updated")) == (None, "2021-01-20T09:30:00+08:00")


def test_sitemap_has_the_date_of_the_last_correction(project: Path) -> None:
    text = (project / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert f"office/2021/</loc><lastmod>{SECOND}</lastmod>" in text


def test_agency_and_year_pages_mark_the_report(pages: dict[str, Element]) -> None:
    reports = [item.text for item in pages["office/index.html"].one("ul", class_="report-list").all("li")]
    assert [f"{SECOND} 更正" in text for text in reports] == [True, False]
    assert f"2022-01-20 09:30（{SECOND} 更正）" in pages["years/2021/index.html"].one("table").text
    assert "更正" not in pages["years/2020/index.html"].one("table").text


# --- other portals ----------------------------------------------------------------------------------------------------


def test_recording_a_correction_changes_no_byte_of_the_site(tmp_path: Path) -> None:
    project = make_recorded(tmp_path)
    write(project, write_granted(4, correct(SECOND, 5, 4), correct(FIRST, 6, 5)))
    build(project, full=True)
    before = read_tree(project / "site")
    assert BEFORE_FIRST not in before
    assert BEFORE_SECOND in before
    assert record(project).written == ("office/2021",)
    build(project, full=True)
    assert read_tree(project / "site") == before


def test_first_record_changes_no_byte_of_the_site(tmp_path: Path) -> None:
    project = make_recorded(tmp_path)
    build(project)
    recorded = read_tree(project / "site")
    change_files(project, {RECORD: None, f"{OFFICE}/2020/published.json": None})
    build(project)
    assert read_tree(project / "site") == recorded


def test_correction_of_what_was_built_gives_what_a_clean_build_gives(tmp_path: Path) -> None:
    project = make_recorded(tmp_path)
    build(project)
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    build(project)
    record(project)
    build(project)
    write(project, write_granted(4, correct(FIRST, 6, 5), correct(SECOND, 5, 4)))
    build(project)
    grown = read_tree(project / "site")
    build(project, output=tmp_path / "clean", full=True, keep_cache=False)
    assert read_tree(tmp_path / "clean") == grown
    assert {BEFORE_FIRST, BEFORE_SECOND} <= grown.keys()


def test_link_of_an_earlier_narrative_is_looked_at_anew_when_its_target_goes(tmp_path: Path) -> None:
    other = {f"content/other/{name}": "name: 另一机关\n" for name in ("agency.yaml",)}
    project = make_recorded(tmp_path, {REPORT: write_report(preamble="见[另一机关](../../other/)。\n\n"), **other})
    change_files(project, {REPORT: write_report()})
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    build(project)
    earlier = project / "site" / BEFORE_FIRST
    assert "../../../other/index.html" in earlier.read_text(encoding="utf-8")
    change_files(project, {"content/other": None})
    build(project)
    assert "other/index.html" not in earlier.read_text(encoding="utf-8")
    assert "另一机关" in read_page(earlier).one("main").text


def test_computed_total_is_told_as_a_consequence_and_marked(tmp_path: Path) -> None:
    project = make_recorded(
        tmp_path, {FIGURES: write_granted(6).replace("6, total: 6}\n    partial", "6}\n    partial")}
    )
    told = correct(FIRST, 6, 5).replace(f"{GRANTED[1]}, ", "")
    write(project, write_granted(5, told).replace("5, total: 5}\n    partial", "5}\n    partial"))
    build(project)
    page = read_page(project / "site" / PRESENT)
    item = page.one("section", class_="corrections").all("li")[-1]
    assert item.text == (f"{FIRST} 三、本年度办理结果 › （一）予以公开 › 总计 由 6 变为 5，为本站按各分项相加得出。")
    assert page.one("td", id=GRANTED[1]).one("a", class_="corrected").get("href") == f"#{item.get('id')}"


def test_failure_that_the_earlier_report_was_published_with_still_stands_on_its_page(tmp_path: Path) -> None:
    reason = "acknowledge:\n  - {check: column-sum, at: applications.handled.total.total, reason: 原报告如此。}\n"
    reason += "  - {check: row-sum, at: applications.handled.total.total, reason: 原报告如此。}\n"
    reason += "  - {check: balance, at: applications.handled.total.total, reason: 原报告如此。}\n"
    wrong = write_granted(6).replace(
        "    total: {natural_person: 6, total: 6}", "    total: {natural_person: 6, total: 5}"
    )
    project = make_recorded(tmp_path, {FIGURES: reason + wrong})
    told = f"  - {{date: {FIRST}, at: applications.handled.total.total, old: 5, new: 6, reason: 误植。}}\n"
    write(project, write_granted(6, told))
    build(project)
    earlier, present = read_page(project / "site" / BEFORE_FIRST), read_page(project / "site" / PRESENT)
    assert len(earlier.one("div", class_="findings").all("li")) == 3
    assert "原报告如此。" in earlier.one("div", class_="findings").text
    assert (
        earlier.one("td", id="applications.handled.total.total").one("a", class_="difference").text.startswith("差 1")
    )
    assert present.all("div", class_="findings") == []


def test_blank_unit_and_form_are_told_in_words(tmp_path: Path) -> None:
    name = f"{OFFICE}/2020/figures.yaml"
    project = make_recorded(tmp_path)
    edit(project, name, "procurement.amount: 元", "procurement.amount: 万元")
    edit(project, name, "charges: {items_before: 0, change: 0}", "charges: {items_before: n/a}")
    told = "corrections:\n"
    for at, old, new in (
        ("procurement.amount", "元", "万元"),
        ("fees.charges.items_before", "0", "不适用"),
        ("fees.charges.change", "0", ""),
    ):
        told += f"  - {{date: {FIRST}, at: {at}, old: {old}, new: {new}, reason: 误植。}}\n"
    edit(project, name, "form: cn-gai-2019\n", f"form: cn-gai-2019\n{told}")
    build(project)
    items = (
        read_page(project / "site" / "office" / "2020" / "index.html").one("section", class_="corrections").all("li")
    )
    assert [item.one("strong").text for item in items] == [
        "由 元 更正为 万元。", "由 0 更正为 不适用。", "由 0 更正为 未填。",
    ]  # fmt: skip
    assert items[0].all("a") == []
    assert "采购总金额" in items[0].text


def test_report_in_another_form_is_told_by_the_names_of_both(tmp_path: Path) -> None:
    project = make_recorded(tmp_path)
    change_files(project, {"content/site.yaml": "title: 年报汇编\nchecks: {wrong-form: off}\n"})
    old = (project / OFFICE / "2020" / "figures.yaml").read_text(encoding="utf-8")
    old = old.replace("carried_in: {natural_person: 0, total: 0}", "carried_in: {natural_person: 2, total: 2}")
    old = old.replace("granted: {natural_person: 3, total: 3}", "granted: {natural_person: 6, total: 6}")
    old = old.replace("    total: {natural_person: 3, total: 3}", "    total: {natural_person: 6, total: 6}")
    old = old.replace("carried_out: {natural_person: 2, total: 2}", "carried_out: {natural_person: 1, total: 1}")
    told = f"corrections:\n  - {{date: {FIRST}, at: form, old: cn-gai-2021, new: cn-gai-2019, reason: 格式用错。}}\n"
    write(project, told + old)
    build(project)
    present, earlier = read_page(project / "site" / PRESENT), read_page(project / "site" / BEFORE_FIRST)
    assert present.one("section", class_="corrections").one("li").text == (
        f"{FIRST} 报告格式 由 2021年格式 更正为 2019年格式。更正原因： 格式用错。"
    )
    assert earlier.all("td", id="documents.rules.in_force")
    assert present.all("td", id="documents.rules.in_force") == []


def test_row_that_the_report_no_longer_has_is_told_by_its_label(tmp_path: Path) -> None:
    rows = "local_rows:\n  licences: {inspection: 行政检查}\n"
    table = "  permits: {decisions: 0}\n"
    assert table in write_granted(6)
    project = make_recorded(
        tmp_path, {FIGURES: rows + write_granted(6).replace(table, table + "  inspection: {decisions: 7}\n")}
    )
    told = f"  - {{date: {FIRST}, at: licences.inspection.decisions, old: 7, new: , reason: 不属本表。}}\n"
    write(project, write_granted(6, told))
    build(project)
    item = read_page(project / "site" / PRESENT).one("section", class_="corrections").one("li")
    assert "行政检查" in item.text
    assert item.all("a") == []
    assert figure(read_page(project / "site" / BEFORE_FIRST), "licences.inspection.decisions") == "7"


def test_portal_in_english_speaks_english_of_corrections(tmp_path: Path) -> None:
    project = make_recorded(tmp_path)
    change_files(project, {"content/site.yaml": "title: Reports\nlanguage: en\nbase_url: https://a.cn/\n"})
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    build(project)
    page = read_page(project / "site" / PRESENT)
    notice = page.one("section", class_="corrections")
    assert notice.one("h2").text == "Corrections"
    assert "Corrected from 6 to 5." in notice.text
    assert "Use the corrected page." in read_page(project / "site" / BEFORE_FIRST).one("div", class_="superseded").text
    assert "<title>Revised: " in (project / "site" / "feed.xml").read_text(encoding="utf-8")


def test_portal_that_does_not_know_its_address_still_keeps_earlier_pages_from_search_engines(tmp_path: Path) -> None:
    project = make_recorded(tmp_path)
    change_files(project, {"content/site.yaml": "title: 年报汇编\n"})
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    build(project)
    earlier = read_page(project / "site" / BEFORE_FIRST)
    assert tag_names(earlier)["robots"] == "noindex"
    assert earlier.all("link", rel="canonical") == []


def test_report_that_states_no_date_is_dated_by_its_correction(tmp_path: Path) -> None:
    project = make_recorded(tmp_path)
    change_files(project, {REPORT: write_report(front="source: 某街道办事处")})
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    build(project)
    feed = ET.parse(project / "site" / "feed.xml").getroot()
    entry = feed.findall(f"{ATOM}entry")[0]
    assert (entry.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}published")) == (f"{FIRST}T00:00:00+08:00", None)
    assert (
        f"原报告未载明（{FIRST} 更正）"
        in read_page(project / "site" / "years" / "2021" / "index.html").one("table").text
    )


def test_the_text_of_an_earlier_page_says_the_figures_of_its_time(tmp_path: Path) -> None:
    text = "公开**[[applications.handled.granted.total]]**，上年[[2020:applications.new.total]]，再次[[# 予以公开]]。\n"
    project = make_recorded(tmp_path, {REPORT: write_report(preamble=text)})
    kept = (project / RECORD).read_text(encoding="utf-8")
    assert "公开**6件**，上年" in kept
    assert "[[" not in kept
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    build(project)
    page = read_page(project / "site" / BEFORE_FIRST)
    assert "公开6件，上年" in page.text
    assert "再次6。" in page.text
    assert not page.all("section", class_="key-figures")
    assert "公开5件，上年" in read_page(project / "site" / PRESENT).text


def test_a_binding_left_in_a_record_means_the_figures_of_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "print_bound", lambda text, narrative: text)
    text = "公开[[予以公开]]，上年[[2020:applications.new.total]]。\n"
    project = make_recorded(tmp_path, {REPORT: write_report(preamble=text)})
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    build(project)
    page = read_page(project / "site" / BEFORE_FIRST)
    (own, other) = page.all("a", class_="figure")
    assert (own.text, own.get("href")) == ("6件", "#applications.handled.granted.total")
    assert other.get("href").startswith("../../2020/index.html#")


def test_data_says_when_a_figure_was_corrected(tmp_path: Path) -> None:
    project = make_recorded(tmp_path)
    write(project, write_granted(4, correct(FIRST, 6, 5), correct(SECOND, 5, 4)))
    build(project)
    with (project / "site/office/2021/data.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["更正日期"]]
    revised = {f"{row['表标识']}.{row['行标识']}.{row['列标识']}": row["更正日期"] for row in rows}
    assert revised == dict.fromkeys((*GRANTED, *LEFT), SECOND)
