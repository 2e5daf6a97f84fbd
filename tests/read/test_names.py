"""What an editor may call a table or a line: its id or label, at its place or where it is unmistakable."""

from pathlib import Path

import pytest

from gaisite.findings import Problems
from gaisite.model.forms import Form
from gaisite.model.tables import Axis, Line, Table
from gaisite.read.files import Source
from gaisite.read.forms import read_form
from gaisite.read.names import (
    FormNames,
    list_missing,
    name_form,
    name_lines,
    normalise_label,
    read_ordinal,
    strip_ordinal,
)
from gaisite.texts import Texts

FORM = """
form: f
language: zh-CN
title: "{agency}{year}"
short: f
years: {first: 2001}
sections:
  facts: {heading: 情况, tables: [requests, other]}
tables:
  requests:
    caption: {zh-CN: 第二十条第（一）项, en: Article 20 (1)}
    corner: 项目
    columns: {person: {label: {zh-CN: 自然人, en: Natural persons}}, total: {label: 总计, sum_of: [person]}}
    rows:
      new: {label: 一、本年新收, optional: true}
      handled:
        label: 三、办理结果
        lines:
          granted: （一）予以公开
          refused:
            label: （三）不予公开
            lines: {secret: 1.属于“国家秘密”, other: 2.其他, all: {label: 3.小计, sum_of: [secret, other]}}
          other: （六）其他
          both: 7.同名
          same: 8.同名
      other: 四、其他
  other: {caption: 其他表, corner: 项目, columns: {n: 数}, rows: {n: 数}}
"""


@pytest.fixture(scope="module")
def form() -> Form:
    problems = Problems()
    form = read_form(Source(file="f.yaml", text=FORM), problems)
    assert problems.findings == []
    assert form is not None
    return form


@pytest.fixture(scope="module")
def names(form: Form) -> FormNames:
    return name_form(form)


def find_row(names: FormNames, parent: str, name: str) -> str | None:
    line = names.tables["requests"].rows.find(parent, name)
    return line.id if line else None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("第二十条第（一）项", "第二十条第(一)项"),
        (" 其他　对外 管理\n服务事项", "其他对外管理服务事项"),
        ("１．属于“国家秘密”", '1.属于"国家秘密"'),
        ("「三安全」", '"三安全"'),
        ("applicant’s", "applicant's"),
    ],
)
def test_labels_are_the_same_whatever_spaces_widths_and_quotes(text: str, same: str) -> None:
    assert normalise_label(text) == normalise_label(same)


@pytest.mark.parametrize(
    "text",
    ["一、总体情况", "总体情况", "（一）总体情况", "(一) 总体情况", "1.总体情况", "1、总体情况", "12．总体情况", "1) 总体情况",
     "（3）总体情况", "十二、总体情况", " 六、总体 情况", "IV. 总体情况"],
)  # fmt: skip
def test_ordinals_are_stripped(text: str) -> None:
    assert strip_ordinal(text) == "总体情况"


@pytest.mark.parametrize("text", ["一总体情况", "2020年情况", "第一部分", "Overview", "Civil. Law"])
def test_what_only_begins_like_an_ordinal_stays(text: str) -> None:
    assert strip_ordinal(text) == normalise_label(text)


@pytest.mark.parametrize(
    "name", ["requests", "第二十条第（一）项", "第二十条第(一)项", "Article 20 (1)", "Article20(1)"]
)
def test_table_is_found_by_id_and_caption(names: FormNames, name: str) -> None:
    found = names.find(name)
    assert found is not None
    assert found.table.id == "requests"


def test_unknown_table_is_not_found(names: FormNames) -> None:
    assert names.find("第二十条") is None


@pytest.mark.parametrize(
    ("parent", "name", "row"),
    [
        ("", "new", "new"),
        ("", "一、本年新收", "new"),
        ("", "本年新收", "new"),
        ("", "handled", "handled"),
        ("handled", "granted", "handled.granted"),
        ("handled", "(一)予以公开", "handled.granted"),
        ("handled", "予以公开", "handled.granted"),
        ("", "予以公开", "handled.granted"),
        ("", "secret", "handled.refused.secret"),
        ("", '1. 属于"国家秘密"', "handled.refused.secret"),
        ("handled.refused", "属于「国家秘密」", "handled.refused.secret"),
        ("", "other", "other"),
        ("handled", "other", "handled.other"),
        ("handled.refused", "other", "handled.refused.other"),
        ("", "其他", "other"),
        ("handled", "其他", "handled.other"),
        ("handled.refused", "其他", "handled.refused.other"),
        ("handled", "7.同名", "handled.both"),
        ("handled", "同名", None),
        ("", "同名", None),
        ("handled.refused", "予以公开", None),
        ("handled", "new", None),
        ("nowhere", "new", None),
        ("", "handled.granted", None),
    ],
)
def test_row_is_found_at_its_place_or_where_it_is_unmistakable(
    names: FormNames, parent: str, name: str, row: str | None
) -> None:
    assert find_row(names, parent, name) == row


@pytest.mark.parametrize("name", ["person", "自然人", "自 然 人", "Natural persons", "Ｎatural　persons"])
def test_column_is_found_in_each_language(names: FormNames, name: str) -> None:
    found = names.tables["requests"].columns.find("", name)
    assert found is not None
    assert found.id == "person"


def test_name_of_two_lines_is_known_for_neither() -> None:
    def line(id: str, label: str, *lines: Line) -> Line:
        return Line(id=id, label=Texts((("en", label),)), lines=lines)

    names = name_lines((line("a", "A", line("a.x", "X")), line("b", "B", line("b.x", "X"), line("b.y", "Y"))))
    assert names.find("", "X") is None
    assert names.find("", "x") is None
    assert names.find("b", "X") is names.find("b", "x")
    below = names.find("", "Y")
    assert below is not None
    assert below.id == "b.y"


def test_names_to_suggest_are_those_of_the_place(names: FormNames) -> None:
    rows = names.tables["requests"].rows
    assert {"secret", "1.属于“国家秘密”", '属于"国家秘密"'} <= set(rows.known("handled.refused"))
    assert rows.known("nowhere") == ()


def test_missing_rows_are_neither_totals_nor_optional(form: Form) -> None:
    table = form.table("requests")
    assert list_missing(table, {"handled.granted"}) == (
        "handled.refused.secret", "handled.refused.other", "handled.other", "handled.both", "handled.same", "other",
    )  # fmt: skip


def test_every_line_of_the_official_forms_is_found_by_each_of_its_names() -> None:
    folder = Path(__file__).parents[2] / "generator" / "gaisite" / "forms"
    for path in sorted(folder.glob("*.yaml")):
        form = read_form(Source(file=path.name, text=path.read_text(encoding="utf-8")), Problems())
        assert form is not None
        for table in form.tables:
            names = name_form(form).tables[table.id]
            for axis, lines in ((Axis.ROWS, names.rows), (Axis.COLUMNS, names.columns)):
                for parent, below in list_families(table, axis):
                    for line in below:
                        texts = [line.key, *(text for _, text in line.label.by_language)]
                        assert {lines.find(parent, text) for text in texts} == {line}


def list_families(table: Table, axis: Axis) -> list[tuple[str, tuple[Line, ...]]]:
    """Each parent's id with the lines under it, the root's first."""
    families = [("", table.lines(axis))]
    for _, lines in families:
        families.extend((line.id, line.lines) for line in lines if line.lines)
    return families


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一、总体情况", 1),
        ("十、其他", 10),
        ("十二、其他", 12),
        ("二十、其他", 20),
        ("二十三、其他", 23),
        ("（三）不予公开", 3),
        ("(4) 其他", 4),
        ("5.其他", 5),
        ("IV. Reviews", 4),
        ("XXIX. Reviews", 29),
        ("VI.", 6),
        ("1" * 5_000 + "、总体情况", int("1" * 20)),
        ("总体情况", 0),
        ("2021年总体情况", 0),
    ],
)
def test_ordinals_are_read(text: str, number: int) -> None:
    assert read_ordinal(text) == number
