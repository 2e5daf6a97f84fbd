"""figures.yaml: every cell says what was written, where it was written; nothing is lost, guessed or repaired."""

import json
import random
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gaisite.findings import ContentError, Finding, Place, Problems
from gaisite.model.content import BLANK, Figure, ReportTable, State
from gaisite.model.sums import add_figures, list_parts
from gaisite.model.tables import Axis, FigureType, Line, Table
from gaisite.read.figures import Figures, read_figures
from gaisite.read.files import Source, decode
from gaisite.read.forms import read_forms
from gaisite.read.names import name_form

ROOT = Path(__file__).parents[2]
FORMS = {
    form_id: name_form(form)
    for form_id, form in read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems()).items()
}
NEW, OLD = "cn-gai-2021", "cn-gai-2019"


def read_text(text: str) -> tuple[Figures | None, list[Finding]]:
    problems = Problems()
    return read_figures(Source(file="f.yaml", text=text), FORMS, problems), problems.findings


def read(text: str, form: str = NEW) -> tuple[Figures, list[Finding]]:
    figures, findings = read_text(f"form: {form}\n{text}")
    assert figures is not None
    return figures, findings


def accept(text: str, form: str = NEW) -> dict[str, ReportTable]:
    figures, findings = read(text, form)
    assert findings == []
    return dict(figures.tables)


def refuse(text: str, form: str = NEW) -> list[tuple[str, int, int, int, str]]:
    """Check, line after that of the form, column, length and cell of each mistake."""
    return [
        (each.check, each.place.line - 1, each.place.column, each.place.length, each.at) for each in read(text, form)[1]
    ]


def facts(text: str, form: str = NEW) -> dict[str, object]:
    return dict(read(text, form)[1][0].facts)


# --- where figures stand ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "applications: {handled: {refused: {process: {organisation: {research: 3}}}}}",
        "applications:\n  三、本年度办理结果:\n    （三）不予公开:\n      6.属于四类过程性信息: {法人或其他组织: {科研机构: 3}}",
        "收到和处理政府信息公开申请情况:\n  (三) 不予公开:\n    属于四类过程性信息: {科研机构: 3}",
        "applications: {process: {research: 3}}",
        '"Applications for government information received and processed":\n  process: {"Research institutions": 3}',
    ],
)
def test_cell_is_found_by_ids_and_by_labels_at_its_place_or_where_it_is_unmistakable(text: str) -> None:
    figure = accept(text)["applications"].figure("handled.refused.process", "organisation.research")
    assert (figure.state, figure.value, figure.text) == (State.NUMBER, 3, "3")


def test_figure_knows_its_line_and_column_behind_chinese() -> None:
    table = accept("applications:\n  一、本年新收政府信息公开申请数量: {自然人: 28, 总计: 28}\n")["applications"]
    figure = table.figure("new", "total")
    assert (figure.line, figure.column) == (3, 35)
    assert table.place_of("new", "total") == Place(file="f.yaml", line=3, column=35, length=2)


def test_cell_that_is_not_written_has_the_place_of_its_table() -> None:
    table = accept("# 说明\napplications: {new: {natural_person: 1}}\n")["applications"]
    assert table.place_of("carried_in", "natural_person") == Place(file="f.yaml", line=3, column=1, length=12)
    assert table.place_of("new", "total") == table.place


def test_every_table_is_there_missing_ones_blank_and_without_rows() -> None:
    tables = accept("fees: {charges: {amount: 1.50}}\n")
    assert list(tables) == [table.id for table in FORMS[NEW].form.tables]
    documents = tables["documents"]
    assert documents.place == Place(file="f.yaml")
    assert documents.missing_rows == ("rules", "normative_documents")
    assert documents.line_figures(Axis.ROWS, "rules") == (BLANK, BLANK, BLANK)
    assert documents.line_figures(Axis.COLUMNS, "issued") == (BLANK, BLANK)
    assert tables["fees"].missing_rows == ()


def test_only_row_of_a_table_may_go_unnamed() -> None:
    for text in (
        "fees: {amount: 7}",
        "fees: {charges: {amount: 7}}",
        "第二十条第（八）项: {本年收费金额（单位：万元）: 7}",
    ):
        table = accept(text)["fees"]
        assert table.figure("charges", "amount").value == Decimal(7)
        assert table.missing_rows == ()


@pytest.mark.parametrize("text", ["fees:", "fees: {}", "fees: ~"])
def test_table_without_rows_has_none(text: str) -> None:
    assert accept(text)["fees"].missing_rows == ("charges",)


def test_row_without_cells_is_there_and_blank() -> None:
    table = accept("documents: {rules: {}, normative_documents: }")["documents"]
    assert table.missing_rows == ()
    assert table.figures == {}


def test_four_states_stay_apart() -> None:
    table = accept("documents: {rules: {issued: 0, repealed: , in_force: n/a}}")["documents"]
    states = [figure.state for figure in table.line_figures(Axis.ROWS, "rules")]
    assert states == [State.NUMBER, State.BLANK, State.NOT_APPLICABLE]
    assert [figure.value for figure in table.line_figures(Axis.ROWS, "rules")] == [0, None, None]
    assert [bool(figure.line) for figure in table.line_figures(Axis.ROWS, "rules")] == [True, True, True]


def test_type_of_a_cell_is_that_of_the_form() -> None:
    tables = accept(
        "licences: {permits: {change: ＋10}}\nprocurement: {centralised: {projects: 25, amount: 52.6540}}", OLD
    )
    assert tables["licences"].figure("permits", "change").value == 10
    assert tables["licences"].figure("permits", "change").text == "＋10"
    assert tables["procurement"].figure("centralised", "amount").text == "52.6540"
    assert refuse("licences: {permits: {items_before: +10}}", OLD)[0][0] == "figure-spelling"


# --- mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("applicatons: {}", [("key-unknown", 1, 1, 11, "")]),
        ("申请情况: {}", [("key-unknown", 1, 1, 4, "")]),
        ("fees: {}\n第二十条第（八）项: {}", [("key-duplicate", 2, 1, 9, "")]),
        ("applications: {处理结果: {}}", [("row-unknown", 1, 16, 4, "applications")]),
        ("applications: {handled: {new: {}}}", [("row-unknown", 1, 26, 3, "applications.handled")]),
        ("applications:\n  new：{total: 1}", [("colon-full-width", 2, 3, 10, "applications")]),
        ("applications: {new: {合计: 1}}", [("column-unknown", 1, 22, 2, "applications.new")]),
        ("applications: {new: {total：1}}", [("colon-full-width", 1, 22, 7, "applications.new")]),
        ("applications: {new: {organisation: {total: 1}}}", [("column-unknown", 1, 37, 5, "applications.new")]),
        ("applications: {new: 28}", [("cells-expected", 1, 21, 2, "new")]),
        ("applications: {new: 自然人：28}", [("colon-full-width", 1, 21, 6, "new")]),
        ("applications: {handled: [1]}", [("cells-expected", 1, 25, 1, "handled")]),
        ("applications: [1]", [("cells-expected", 1, 15, 1, "applications")]),
        ("applications: {new: {organisation: 3}}", [("cells-expected", 1, 36, 1, "new")]),
        ("applications: {new: {total: {}}}", [("figure-expected", 1, 29, 1, "applications.new.total")]),
        ("applications: {new: {total: [1]}}", [("figure-expected", 1, 29, 1, "applications.new.total")]),
        ("applications: {new: {自然人: 二十八}}", [("figure-count", 1, 27, 3, "applications.new.natural_person")]),
        ("applications: {new: {total: 1, 总计: 1}}", [("line-twice", 1, 32, 2, "applications.new.total")]),
        ("applications: {new: {}, 本年新收政府信息公开申请数量: {}}", [("line-twice", 1, 25, 14, "applications.new")]),
        ("applications: {process: {}, handled: {refused: {process: {}}}}",
         [("line-twice", 1, 49, 7, "applications.handled.refused.process")]),
    ],
)  # fmt: skip
def test_mistake_is_told_at_its_place(text: str, mistakes: list[tuple[str, int, int, int, str]]) -> None:
    assert refuse(text) == mistakes


def test_unknown_names_are_answered_with_the_nearest() -> None:
    assert facts("applicatons: {}") == {"key": "applicatons", "near": "applications"}
    assert facts("applications: {carried: {}}")["near"] == "carried_in"
    assert facts("applications: {new: {自然: 1}}")["near"] == "自然人"
    assert facts("fees: {}\n第二十条第（八）项: {}") == {"key": "第二十条第（八）项", "first": 2}


def test_one_wrong_cell_leaves_the_others() -> None:
    figures, findings = read(
        "documents: {rules: {issued: 1, repealed: x, in_force: 3}, normative_documents: {issued: 4}}"
    )
    assert len(findings) == 1
    documents = figures.tables["documents"]
    assert [documents.figure("rules", column).value for column in ("issued", "repealed", "in_force")] == [1, None, 3]
    assert documents.figure("normative_documents", "issued").value == 4


@pytest.mark.parametrize(
    ("cells", "found", "wanted", "column", "length"),
    [
        ("{total: 1,024}", "1,024", "1024", 29, 5),
        ("{total: 1,024,000}", "1,024,000", "1024000", 29, 9),
        ("{total: 12,345, natural_person: 3}", "12,345", "12345", 29, 6),
        ("{natural_person: 3, total: +1,024}", "+1,024", "1024", 48, 6),
    ],
)
def test_thousands_separator_in_braces_is_told_as_what_it_is(
    cells: str, found: str, wanted: str, column: int, length: int
) -> None:
    text = f"applications: {{new: {cells}}}"
    assert refuse(text) == [("figure-spelling", 1, column, length, "applications.new.total")]
    assert facts(text) == {"found": found, "wanted": wanted}


def test_thousands_separator_in_an_amount_keeps_the_decimals() -> None:
    assert facts("fees: {amount: 1,024.50}") == {"found": "1,024.50", "wanted": "1024.50"}


@pytest.mark.parametrize(
    "cells", ["{total: 1,5}", "{total: 1,0240}", "{024: , total: 1}", "{total: x, 024: }", "{total: 1, 024: 5}"]
)
def test_no_number_is_guessed_from_what_is_no_thousands_separator(cells: str) -> None:
    assert "figure-spelling" not in {check for check, *_ in refuse(f"applications: {{new: {cells}}}")}
    assert "column-unknown" in {check for check, *_ in refuse(f"applications: {{new: {cells}}}")}


# --- the form ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "check", "line", "column"),
    [
        ("", "figures-empty", 0, 0),
        ("# 说明\n", "figures-empty", 0, 0),
        ("- 1\n", "mapping-expected", 1, 1),
        ("form：cn-gai-2021\n", "colon-full-width", 1, 1),
        ("fees: {}\n", "key-missing", 1, 1),
        ("form:\n", "key-missing", 1, 1),
        ('form: ""\n', "key-missing", 1, 1),
        ("form: [cn-gai-2021]\n", "text-expected", 1, 7),
        ("fees: {}\nform: cn-gai-2012\n", "form-unknown", 2, 7),
        ("form: cn-gai-2021\nfees: {charges: {amount: 1}\n", "yaml-bracket", 3, 1),
    ],
)
def test_file_without_a_form_gives_no_figures_and_says_why(text: str, check: str, line: int, column: int) -> None:
    figures, findings = read_text(text)
    assert figures is None
    assert [(finding.check, finding.place.line, finding.place.column) for finding in findings] == [
        (check, line, column)
    ]


def test_empty_file_is_told_even_where_other_files_have_mistakes_too() -> None:
    problems = Problems()
    for name in ("a.yaml", "b.yaml"):
        assert read_figures(Source(file=name, text=""), FORMS, problems) is None
    assert [(finding.check, finding.place.file) for finding in problems.findings] == [
        ("figures-empty", "a.yaml"), ("figures-empty", "b.yaml"),
    ]  # fmt: skip


def test_unknown_form_is_answered_with_those_there_are() -> None:
    _, (finding,) = read_text("form: cn-gai-2012\n")
    assert dict(finding.facts) == {"found": "cn-gai-2012", "near": NEW, "known": ", ".join(FORMS)}


# --- units and acknowledgements ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["procurement.amount", "第二十条第（九）项.采购总金额"])
def test_unit_is_stated_where_the_form_leaves_it_open(key: str) -> None:
    table = accept(f"units: {{{key}: 万元}}\n", OLD)["procurement"]
    row, (projects, amount) = table.table.leaves(Axis.ROWS)[0], table.table.leaves(Axis.COLUMNS)
    stated = table.unit(row, amount)
    assert stated is not None
    assert (stated.official, table.unit(row, projects)) == ("万元", None)


def test_unit_that_the_form_lays_down_is_that_of_the_column_or_else_of_the_table() -> None:
    table = accept("", OLD)["licences"]
    units = [table.unit(table.table.rows[0], column) for column in table.table.leaves(Axis.COLUMNS)]
    assert [unit.official if unit else "" for unit in units] == ["项", "项", "件"]


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("units: {procurment.amount: 元}", [("key-unknown", 1, 9, 17, "")]),
        ("units: {procurement: 元}", [("key-unknown", 1, 9, 11, "")]),
        ("units: {procurement.projects: 元}", [("unit-not-open", 1, 9, 20, "")]),
        ("units: {procurement.amount: 亿元}", [("unit-unknown", 1, 29, 2, "")]),
        ("units: {procurement.amount: }", [("unit-unknown", 1, 29, 1, "")]),
        ("units: {procurement.amount: [元]}", [("unit-unknown", 1, 29, 1, "")]),
        ("units: {procurement.amount: 元, 第二十条第（九）项.amount: 万元}", [("line-twice", 1, 32, 16, "")]),
        ("units: [元]", [("mapping-expected", 1, 8, 1, "")]),
    ],
)
def test_mistake_in_the_units_is_told_at_its_place(text: str, mistakes: list[tuple[str, int, int, int, str]]) -> None:
    assert [(check, line, column, length, at) for check, line, column, length, at in refuse(text, OLD)] == mistakes


def test_mistakes_in_the_units_say_what_is_known() -> None:
    assert facts("units: {procurment.amount: 元}", OLD) == {"key": "procurment.amount", "near": "procurement.amount"}
    assert facts("units: {procurement.project: 元}", OLD)["near"] != "procurement.projects"
    assert facts("units: {procurement.amount: 亿元}", OLD) == {"found": "亿元", "choices": "元, 万元"}


def test_one_acknowledgement_may_name_several_places() -> None:
    figures, findings = read(
        "acknowledge:\n  - {check: balance, at: [甲, 乙], reason: 原文如此}\n  - {check: x, at: 丙, reason: r}\n"
    )
    assert findings == []
    assert [(each.check, each.at, each.reason, each.place.line) for each in figures.acknowledgements] == [
        ("balance", "甲", "原文如此", 3), ("balance", "乙", "原文如此", 3), ("x", "丙", "r", 4),
    ]  # fmt: skip


def test_acknowledgement_needs_check_place_and_reason() -> None:
    figures, findings = read("acknowledge:\n  - {chek: balance, at: , reason: ''}\n")
    assert [finding.check for finding in findings] == ["key-unknown"] + ["key-missing"] * 3
    assert figures.acknowledgements == ()


# --- whatever is written ----------------------------------------------------------------------------------------------


def choose_text(type: FigureType, chance: random.Random) -> str:
    """What a cell of a type may say."""
    number = str(chance.choice([0, 1, 7, 28, chance.randrange(10**6)]))
    if type is FigureType.CHANGE:
        number = chance.choice(["", "+", "-", "＋", "－", "−"]) + number
    elif type is FigureType.AMOUNT:
        number += chance.choice(["", ".0", ".6540", ".00"])
    return chance.choice([number] * 6 + ["", "n/a", "不适用"])


def choose_name(line: Line, chance: random.Random) -> str:
    """One of a line's names, as a key of YAML."""
    names = [line.key, *(text for _, text in line.label.by_language)]
    return json.dumps(chance.choice(names), ensure_ascii=False)


Cells = dict[tuple[str, str], str]


def choose_cells(table: Table, chance: random.Random) -> Cells:
    """What some of a table's cells say."""
    return {
        (row.id, column.id): choose_text(table.cell_type(row, column), chance)
        for row in table.leaves(Axis.ROWS)
        for column in table.leaves(Axis.COLUMNS)
        if chance.random() < 0.7
    }


def write_row(table: Table, row: Line, cells: Cells, chance: random.Random) -> str:
    """A row as a flow mapping."""

    def write(columns: tuple[Line, ...]) -> Iterator[str]:
        for column in columns:
            if column.lines:
                yield f"{choose_name(column, chance)}: {{{', '.join(write(column.lines))}}}"
            elif (row.id, column.id) in cells:
                yield f"{choose_name(column, chance)}: {cells[row.id, column.id]}"

    return f"{{{', '.join(write(table.columns))}}}"


def write_rows(
    table: Table, rows: tuple[Line, ...], cells: Cells, chance: random.Random, depth: int = 1
) -> Iterator[str]:
    """The lines of a table's rows."""
    for row in rows:
        key = f"{'  ' * depth}{choose_name(row, chance)}:"
        if row.lines:
            yield key
            yield from write_rows(table, row.lines, cells, chance, depth + 1)
        else:
            yield f"{key} {write_row(table, row, cells, chance)}"


def check_table(table: ReportTable, cells: Cells, lines: list[str]) -> None:
    """Every cell says what was written where it was written; what was not written is blank or a computed total."""
    for row in table.table.leaves(Axis.ROWS):
        for column in table.table.leaves(Axis.COLUMNS):
            figure, text = table.figure(row.id, column.id), cells.get((row.id, column.id))
            if text is None:
                assert not figure.line
                assert figure == BLANK or (figure.computed and (row.sum_of or column.sum_of))
                continue
            assert figure.text == text
            assert not figure.computed
            assert lines[figure.line - 1][figure.column - 1 :].startswith(text or "}") or not text
            check_value(figure, text)


def check_value(figure: Figure, text: str) -> None:
    """The state and the value of a cell that says this."""
    if text in ("", "n/a", "不适用"):
        assert figure.state is (State.NOT_APPLICABLE if text else State.BLANK)
        assert figure.value is None
    else:
        assert figure.state is State.NUMBER
        assert figure.value == Decimal(text.translate(str.maketrans("＋－−", "+--")))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), form=st.sampled_from([NEW, OLD]))
def test_table_written_by_ids_or_labels_is_read_back_cell_by_cell(seed: int, form: str) -> None:
    chance = random.Random(seed)
    lines, written = [f"form: {form}"], {}
    for table in FORMS[form].form.tables:
        names = [table.id, *(text for _, text in table.caption.by_language)]
        lines.append(f"{json.dumps(chance.choice(names), ensure_ascii=False)}:")
        written[table.id] = choose_cells(table, chance)
        lines.extend(write_rows(table, table.rows, written[table.id], chance))
    figures, findings = read_text("\n".join(lines) + "\n")
    assert findings == []
    assert figures is not None
    for table_id, cells in written.items():
        assert figures.tables[table_id].missing_rows == ()
        check_table(figures.tables[table_id], cells, lines)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_totals_left_out_are_the_sums_of_their_parts_and_blank_where_these_are(seed: int) -> None:
    chance = random.Random(seed)
    table = FORMS[NEW].form.table("applications")
    totals = {line.id for axis in Axis for line in table.leaves(axis) if line.sum_of}
    cells = {cell: text for cell, text in choose_cells(table, chance).items() if not totals & set(cell)}
    text = "\n".join([f"form: {NEW}", "applications:", *write_rows(table, table.rows, cells, chance)])
    figures, findings = read_text(text)
    assert figures is not None
    assert findings == []
    read = figures.tables["applications"]
    row_parts = list_parts(table, Axis.ROWS, next(row for row in table.leaves(Axis.ROWS) if row.sum_of))
    for column in table.leaves(Axis.COLUMNS):
        parts = [read.figure(part, column.id) for part in row_parts]
        check_total(read.figure("handled.total", column.id), parts)
    people = [column.id for column in table.leaves(Axis.COLUMNS) if not column.sum_of]
    for row in table.leaves(Axis.ROWS):
        check_total(read.figure(row.id, "total"), [read.figure(row.id, column) for column in people])


def check_total(total: Figure, parts: list[Figure]) -> None:
    """A computed total is the sum of the numbers among its parts; without any it is blank."""
    expected = add_figures(parts)
    assert total.value == expected
    assert (total == BLANK) if expected is None else (total.computed and total.text == str(expected))


def quote(text: str) -> str:
    """A text as a double-quoted scalar in one line."""
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))).strip()


HEAD = f"form: {NEW}\napplications:\n  new: {{自然人: 1, total: "


@settings(max_examples=300, deadline=None)
@given(text=st.text() | st.text("0123456789 +-.,，．/\"'{}[]:：#&*!\n\t\\e　＋件~n/a", max_size=12))
def test_any_text_in_a_cell_is_a_figure_or_a_mistake_at_its_place(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    figures, findings = read_text(HEAD + text + "}\n")
    for finding in findings:
        assert finding.place.line >= 3
        assert finding.place.column >= 1
    if figures is not None and not findings:
        figure = figures.tables["applications"].figure("new", "total")
        assert (figure.line, figure.state is State.NUMBER) == (3, figure.value is not None) or set("\r\n") & set(text)
        assert figure.value is None or figure.text in text


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_quoted_text_in_a_cell_is_a_figure_or_one_mistake_exactly_there(text: str) -> None:
    figures, findings = read_text(HEAD + quote(text) + "}\n")
    for finding in findings:
        assert (finding.place.line, finding.place.column) == (3, len("  new: {自然人: 1, total: ") + 1)
    assert len(findings) <= 1
    if not findings:
        assert figures is not None
        assert figures.tables["applications"].figure("new", "total").text in (text, "")


@settings(max_examples=200, deadline=None)
@given(content=st.binary(), form=st.booleans())
def test_any_bytes_are_figures_or_told(content: bytes, form: bool) -> None:
    problems = Problems()
    with problems.gather():
        source = decode((f"form: {NEW}\n".encode() if form else b"") + content, "figures.yaml")
        figures = read_figures(source, FORMS, problems)
        assert figures is not None or problems.findings
    assert all(finding.place.file == "figures.yaml" for finding in problems.findings)


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.none() | st.integers() | st.text("abc中：. ", max_size=5) | st.sampled_from([NEW, "total", "元"]),
                    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(
                        ["applications", "new", "total", "handled", "organisation", "x", "fees", "amount", "check", "at"]),
                        below, max_size=3), max_leaves=10),
       st.sampled_from(["applications", "fees", "units", "local_rows", "acknowledge", "form", "第二十条第（八）项"]))  # fmt: skip
def test_any_value_under_any_key_is_read_or_told(value: object, key: str) -> None:
    text = f"{json.dumps({key: value}, ensure_ascii=False)[:-1]}, fom: 1}}"
    read_text(text if key == "form" else f'{{"form": {NEW}, {text[1:]}')


def test_nothing_but_mistakes_in_the_content_is_raised_by_a_cell() -> None:
    with pytest.raises(ContentError):
        decode(b"\xff", "figures.yaml")


def test_largest_table_of_the_forms_is_read_in_no_time() -> None:
    table = FORMS[NEW].form.table("applications")
    cells = {(row.id, column.id): "1" for row in table.leaves(Axis.ROWS) for column in table.leaves(Axis.COLUMNS)}
    text = "\n".join([f"form: {NEW}", "applications:", *write_rows(table, table.rows, cells, random.Random(0))])
    taken = []
    for _ in range(3):  # the least of three: whatever else this process collects or traces is not the reader's time
        begun = time.process_time()
        read_text(text)
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.2
