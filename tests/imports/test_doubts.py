"""What nobody can decide is left blank, with what is printed and what it may be; nothing is dropped without a word."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gaisite.findings import Problems
from gaisite.imports.documents import make_grid
from gaisite.imports.grids import GridReader
from gaisite.imports.labels import find_label
from gaisite.imports.layout import FormLayout
from gaisite.imports.readings import Doubt, Findings, Reading
from gaisite.imports.streams import StreamReader
from gaisite.imports.values import looks_like_value, read_value, split_digits
from gaisite.model.tables import Address, FigureType
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS
from gaisite.texts import Texts

FORMS = dict(read_forms((PACKAGE_FORMS,), PACKAGE_FORMS, Problems()))
FORM = FormLayout(form=FORMS["cn-gai-2021"])
HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
APPLICANTS = [
    ["", "申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
]
COUNT, CHANGE, AMOUNT = FigureType.COUNT, FigureType.CHANGE, FigureType.AMOUNT


def read(*tables: list[list[str]]) -> Findings:
    return GridReader(form=FORM).read(make_grid(number, rows) for number, rows in enumerate(tables, 1))


def texts(found: Findings, row: str) -> list[str]:
    return ["?" if each.doubt else each.text for each in of_row(found, row)]


def of_row(found: Findings, row: str) -> Iterator[Reading]:
    return (each for each in found.readings.values() if f"{each.at.table}.{each.at.row}" == row)


def doubts(found: Findings) -> set[Doubt]:
    return {each.doubt for each in found.doubtful}


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("", COUNT, ("", True, ())),
        (" \u3000\xa0", COUNT, ("", True, ())),
        ("0", COUNT, ("0", True, ())),
        ("３３５", COUNT, ("335", True, ())),
        ("1,024", COUNT, ("1024", True, ())),
        ("1,02", COUNT, ("", False, ("102",))),
        ("1 024", COUNT, ("", False, ("1024", "1"))),
        ("2\n8", COUNT, ("", False, ("28", "2", "8"))),
        ("010", COUNT, ("", False, ("10",))),
        ("28件", COUNT, ("28", True, ())),
        ("28条", COUNT, ("", False, ())),
        ("/", COUNT, ("", False, ())),
        ("无", COUNT, ("", False, ())),
        ("n/a", COUNT, ("n/a", True, ())),
        ("-3", COUNT, ("", False, ())),
        ("+10", CHANGE, ("+10", True, ())),
        ("－18", CHANGE, ("-18", True, ())),
        ("52.6540", AMOUNT, ("52.6540", True, ())),
        ("1,234.50", AMOUNT, ("1234.50", True, ())),
        ("5.0", COUNT, ("", False, ())),
        ("28\u200b", COUNT, ("28", True, ())),
        ("9" * 30, COUNT, ("", False, ())),
    ],
)
def test_cell_is_read_or_doubted(text: str, type: FigureType, value: tuple[str, bool, tuple[str, ...]]) -> None:
    found = read_value(text, type, [Texts.of({"zh-CN": "件"})])
    assert (found.text, found.sure, found.candidates) == value


@pytest.mark.parametrize("text", ["3.其他", "1、其他", "（六）其他处理", "自然人", "2018年度合计数"])
def test_label_is_no_value(text: str) -> None:
    assert not looks_like_value(text)


@pytest.mark.parametrize(
    ("digits", "cells", "ways"),
    [
        ("007", 3, 1),
        ("0000000", 7, 1),
        ("4 0 0 0 0 0 4", 7, 1),
        ("", 2, 1),
        ("12", 1, 1),
        ("12 34", 1, 0),
        ("010", 1, 0),
    ],
)
def test_digits_without_borders_are_split_where_there_is_one_way(digits: str, cells: int, ways: int) -> None:
    assert len(split_digits(digits, [COUNT] * cells)) == ways


def test_digits_may_hide_blanks_so_that_one_a_cell_is_not_the_only_way() -> None:
    assert ("6", "0", "0", "0", "0", "1", "7") in split_digits("6000017", [COUNT] * 7)
    assert ("6", "0", "0", "0", "0", "17", "") in split_digits("6000017", [COUNT] * 7)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("先行有效件数", "现行有效件数"),
        ("现行有效件数（件）", "现行有效件数"),
        (" 现 行 有 效 件 数", "现行有效件数"),
        ("本年制发件数", "本年制发件数"),
        ("本年件数", None),
        ("本年制废件数", None),
    ],
)
def test_misprinted_label_is_taken_for_the_one_it_is_clearly_like(printed: str, meant: str | None) -> None:
    known = [(line.label, line) for line in FORM.tables[0].columns]
    found = find_label(printed, known)
    assert (found.meant.label.official if found else None) == meant


def test_labels_with_different_numbers_are_different() -> None:
    known = [(Texts.of({"en": "Requests under section 5"}), 5), (Texts.of({"en": "Requests under section 6"}), 6)]
    assert find_label("Requests under section 7", known) is None


def test_misprints_are_told() -> None:
    found = read([["信息内容", "本年制发件数", "本年废止件数", "先行有效件数"], ["规范性文件", "8", "0", "18"]])
    assert texts(found, "documents.normative_documents") == ["8", "0", "18"]
    assert {(each.printed, each.official) for each in found.misprints} == {
        ("先行有效件数", "现行有效件数"),
        ("规范性文件", "行政规范性文件"),
    }


@pytest.mark.parametrize(
    ("head", "row", "doubt"),
    [
        (HEAD, ["规章", "1", "2"], Doubt.CELLS),
        (HEAD, ["规章", "1", "2", "3", "4"], Doubt.CELLS),
        (HEAD, ["规章", "1", "二", "3"], Doubt.NUMBER),
        (HEAD, ["规章", "1", "2 件（含修订 1 件）", "3"], Doubt.NUMBER),
        ([*HEAD[:2], HEAD[3], HEAD[2]], ["规章", "1", "2", "3"], Doubt.HEAD),
        (HEAD[:3], ["规章", "1", "2", "3"], Doubt.HEAD),
        ([*HEAD, "备注"], ["规章", "1", "2", "3"], Doubt.HEAD),
        (None, ["规章", "1", "2", "3"], Doubt.HEAD),
    ],
)
def test_row_that_does_not_fit_is_left_blank(head: list[str] | None, row: list[str], doubt: Doubt) -> None:
    found = read([*([head] if head else []), row])
    doubtful = [each for each in of_row(found, "documents.rules") if each.doubt]
    assert {each.doubt for each in doubtful} == {doubt}
    assert all(each.text == "" and each.raw for each in doubtful)
    assert len(doubtful) == (1 if doubt is Doubt.NUMBER else 3)


def test_row_of_blanks_is_blank_however_many_there_are() -> None:
    found = read([HEAD, ["规章", "", ""]])
    assert texts(found, "documents.rules") == ["", "", ""]


def test_row_that_stands_there_twice_must_say_the_same() -> None:
    same = read([HEAD, ["规章", "1", "2", "3"]], [HEAD, ["规章", "1", "2", "3"]])
    assert texts(same, "documents.rules") == ["1", "2", "3"]
    other = read([HEAD, ["规章", "1", "2", "3"]], [HEAD, ["规章", "1", "5", "3"]])
    assert texts(other, "documents.rules") == ["1", "?", "3"]
    assert [(each.doubt, each.candidates) for each in other.doubtful] == [(Doubt.TWICE, ("2", "5"))]


def test_figures_beside_a_heading_are_told() -> None:
    found = read([*APPLICANTS, ["三、本年度办理结果", "（六）其他处理", *["0"] * 6, "4"]])
    (unknown,) = found.unknown
    assert (unknown.label, unknown.raw) == ("（六）其他处理", "0 | 0 | 0 | 0 | 0 | 0 | 4")


def test_row_that_the_form_does_not_have_is_told() -> None:
    found = read([HEAD, ["规章", "1", "2", "3"], ["自造的一行", "4", "5", "6"], ["行政规范性文件", "7", "8", "9"]])
    (unknown,) = found.unknown
    assert (unknown.label, unknown.raw) == ("自造的一行", "自造的一行 | 4 | 5 | 6")
    assert texts(found, "documents.normative_documents") == ["7", "8", "9"]


def test_figures_without_any_label_are_told() -> None:
    found = read([HEAD, ["规章", "1", "2", "3"], ["", "4", "5", "6"]])
    assert [each.raw for each in found.unknown] == ["| 4 | 5 | 6"]


def test_rows_of_the_reports_own_are_kept_under_the_row_that_they_split() -> None:
    layout = FormLayout(form=FORMS["cn-gai-2019"])
    rows = [
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "1", "0", "5"],
        ["其他对外管理服务事项", "行政检查", "0", "0", "0"],
        ["", "行政确认", "0", "+10", "2205"],
        ["第二十条第（六）项"],
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政处罚", "2", "+335", "445"],
    ]
    found = GridReader(form=layout).read([make_grid(1, rows)])
    assert [(row.host, row.label) for row in found.local_rows] == [
        ("other_services", "行政检查"),
        ("other_services", "行政确认"),
    ]
    assert texts(found, "licences.other_services.item_2") == ["0", "+10", "2205"]
    assert texts(found, "penalties.punishment") == ["2", "+335", "445"]
    assert found.unknown == []


def test_only_row_of_a_table_needs_no_label() -> None:
    head = [
        ["行政复议", "行政诉讼"],
        ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉"],
        ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2,
    ]
    found = read([*head, ["4", "", "", "", "4", *[""] * 10]])
    assert texts(found, "reviews.cases") == ["4", "", "", "", "4", *[""] * 10]
    short = read([*head, ["4", "", "", "", "4"]])
    assert doubts(short) == {Doubt.CELLS}


def test_unit_may_be_printed_in_a_cell_of_its_own_or_in_the_header() -> None:
    layout = FormLayout(form=FORMS["cn-gai-2019"])
    found = GridReader(form=layout).read(
        [
            make_grid(
                1, [["信息内容", "采购项目数量", "采购总金额（万元，保留四位小数）"], ["政府集中采购", "25", "52.6540"]]
            )
        ]
    )
    amount = found.readings[Address(table="procurement", row="centralised", column="amount")]
    assert (amount.text, amount.unit) == ("52.6540", "万元")
    assert found.misprints == []


def test_digits_that_run_together_are_doubted_closing_ways_first() -> None:
    text = "申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织法律服务机构其他一、本年新收政府信息公开申请数量200 000121二、上年结转政府信息公开申请数量0000000"
    found = Findings()
    reader = StreamReader(form=FORM, findings=found, text=text)
    reader.read()
    first = next(of_row(found, "applications.new"))
    assert (first.doubt, first.candidates[0], first.raw) == (Doubt.GLUED, "20 0 0 0 0 1 21", "200 000121")
    assert texts(found, "applications.carried_in") == ["0"] * 7
    assert reader.spans, "what was a table is no text"


def test_running_text_without_a_header_is_no_table() -> None:
    found = Findings()
    StreamReader(form=FORM, findings=found, text="本年新收政府信息公开申请数量28件，规章0件。").read()
    assert found.rows == {}


def test_figures_that_were_read_from_a_table_are_not_read_again_from_text() -> None:
    found = read([HEAD, ["规章", "1", "2", "3"]])
    before = replace(found, readings=dict(found.readings))
    StreamReader(form=FORM, findings=found, text="信息内容本年制发件数本年废止件数现行有效件数规章9 9 9").read()
    assert found.readings == before.readings
