"""The forms of the package against the official ones: every label in order, every span, every line of continuity."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

import gaisite
from gaisite.findings import Problems, Severity
from gaisite.model.continuity import trace_cell
from gaisite.model.form_checks import CheckKind
from gaisite.model.forms import Form, Relation
from gaisite.model.grids import Grid, HeaderKind, lay_out
from gaisite.model.tables import Address, Axis, Line, Table, walk_lines
from gaisite.read.coverage import list_cells
from gaisite.read.forms import check_forms, read_forms
from gaisite.texts import Texts

FOLDER = Path(gaisite.__file__).parent / "forms"
STATUTORY_TABLES = Path(__file__).parents[3] / "shared" / "reference" / "statutory-tables.html"

SECTIONS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
BANDS = {
    "cn-gai-2019": {
        "第二十条第（一）项": (
            "信息内容 本年新制作数量 本年新公开数量 对外公开总数量",
            "规章 规范性文件",
            "count count count",
            "件 件 件",
        ),
        "第二十条第（五）项": (
            "信息内容 上一年项目数量 本年增/减 处理决定数量",
            "行政许可 其他对外管理服务事项",
            "count change count",
            "项 项 件",
        ),
        "第二十条第（六）项": (
            "信息内容 上一年项目数量 本年增/减 处理决定数量",
            "行政处罚 行政强制",
            "count change count",
            "项 项 件",
        ),
        "第二十条第（八）项": ("信息内容 上一年项目数量 本年增/减", "行政事业性收费", "count change", "项 项"),
        "第二十条第（九）项": ("信息内容 采购项目数量 采购总金额", "政府集中采购", "count amount", "- 元|万元"),
    },
    "cn-gai-2021": {
        "第二十条第（一）项": (
            "信息内容 本年制发件数 本年废止件数 现行有效件数",
            "规章 行政规范性文件",
            "count count count",
            "件 件 件",
        ),
        "第二十条第（五）项": ("信息内容 本年处理决定数量", "行政许可", "count", "件"),
        "第二十条第（六）项": ("信息内容 本年处理决定数量", "行政处罚 行政强制", "count", "件"),
        "第二十条第（八）项": ("信息内容 本年收费金额（单位：万元）", "行政事业性收费", "amount", "万元"),
    },
}
APPLICANTS = [
    "自然人",
    "法人或其他组织",
    " 商业企业",
    " 科研机构",
    " 社会公益组织",
    " 法律服务机构",
    " 其他",
    "总计",
]
BEFORE_OTHER = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果",
    " （一）予以公开",
    " （二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    " （三）不予公开",
    "  1.属于国家秘密",
    "  2.其他法律行政法规禁止公开",
    "  3.危及“三安全一稳定”",
    "  4.保护第三方合法权益",
    "  5.属于三类内部事务信息",
    "  6.属于四类过程性信息",
    "  7.属于行政执法案卷",
    "  8.属于行政查询事项",
    " （四）无法提供",
    "  1.本机关不掌握相关政府信息",
    "  2.没有现成信息需要另行制作",
    "  3.补正后申请内容仍不明确",
    " （五）不予处理",
    "  1.信访举报投诉类申请",
    "  2.重复申请",
    "  3.要求提供公开出版物",
    "  4.无正当理由大量反复申请",
    "  5.要求行政机关确认或重新出具已获取信息",
    " （六）其他处理",
]
OTHER_HANDLING = {
    "cn-gai-2019": [],
    "cn-gai-2021": [
        "  1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "  2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "  3.其他",
    ],
}
AFTER_OTHER = [" （七）总计", "四、结转下年度继续办理"]
OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REVIEWS = [
    "行政复议",
    *(f" {outcome}" for outcome in OUTCOMES),
    "行政诉讼",
    " 未经复议直接起诉",
    *(f"  {outcome}" for outcome in OUTCOMES),
    " 复议后起诉",
    *(f"  {outcome}" for outcome in OUTCOMES),
]
RULE = "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和。"

both = pytest.mark.parametrize("form_id", ["cn-gai-2019", "cn-gai-2021"])


@cache
def read_official() -> Mapping[str, Form]:
    problems = Problems()
    forms = read_forms([FOLDER], FOLDER, problems)
    check_forms(forms, problems)
    assert problems.findings == []
    return forms


def outline(lines: tuple[Line, ...], depth: int = 0) -> Iterator[str]:
    """The official labels in order, each indented by its level."""
    for line in lines:
        yield " " * depth + line.label.official
        yield from outline(line.lines, depth + 1)


def describe_units(table: Table, column: Line) -> str:
    unit = table.cell_unit(table.leaves(Axis.ROWS)[0], column)
    return "|".join(choice.official for choice in column.unit_choices) or (unit.official if unit else "-")


@both
def test_sections_have_the_official_headings(form_id: str) -> None:
    form = read_official()[form_id]
    assert [section.heading.official for section in form.sections] == SECTIONS
    assert form.sections[2].tables == ("applications",)
    assert form.sections[3].tables == ("reviews",)


@both
def test_bands_of_section_two_are_the_official_ones(form_id: str) -> None:
    form = read_official()[form_id]
    found = {}
    for table in (form.table(each) for each in form.sections[1].tables):
        columns, row = table.leaves(Axis.COLUMNS), table.leaves(Axis.ROWS)[0]
        found[table.caption.official] = (
            " ".join([table.corner.official, *outline(table.columns)]),
            " ".join(outline(table.rows)),
            " ".join(table.cell_type(row, column) for column in columns),
            " ".join(describe_units(table, column) for column in columns),
        )
    assert found == BANDS[form_id]
    assert list(found) == list(BANDS[form_id])


@both
def test_applications_have_the_official_lines_in_order(form_id: str) -> None:
    table = read_official()[form_id].table("applications")
    assert list(outline(table.columns)) == APPLICANTS
    assert list(outline(table.rows)) == [*BEFORE_OTHER, *OTHER_HANDLING[form_id], *AFTER_OTHER]
    assert table.column_head is not None
    assert table.column_head.official == "申请人情况"
    assert table.note is not None
    assert table.note.official == RULE
    assert len(table.leaves(Axis.ROWS)) == {"cn-gai-2019": 23, "cn-gai-2021": 25}[form_id]
    assert len(table.leaves(Axis.COLUMNS)) == 7


@both
def test_reviews_have_the_official_lines_in_order(form_id: str) -> None:
    table = read_official()[form_id].table("reviews")
    assert list(outline(table.columns)) == REVIEWS
    assert list(outline(table.rows)) == ["件数"]
    assert len(table.leaves(Axis.COLUMNS)) == 15


@pytest.mark.parametrize("form_id", ["cn-gai-2021", "cn-gai-2019", "cn-gai-2014", "cn-fj-2008", "us-foia"])
def test_everything_has_a_text_in_both_languages(form_id: str) -> None:
    form = read_official()[form_id]
    texts = [form.title, form.short]
    texts += [text for section in form.sections for text in (section.heading, section.guidance) if text]
    texts += [text for check in form.checks for text in (check.title, check.clause) if text]
    texts += [each.title for each in form.notices] + [each.clause for each in form.deadlines]
    for table in form.tables:
        texts += [text for text in (table.caption, table.corner, table.column_head, table.note) if text]
        texts += [text for text in (table.unit, table.clause) if text]
        for line in (*walk_lines(table.rows), *walk_lines(table.columns)):
            texts += [text for text in (line.label, line.note, line.unit, *line.unit_choices) if text]
    for continuity in form.continuity:
        texts += [continuity.note, *(each.note for each in continuity.continuations if each.note)]
    assert [text.official for text in texts if not text.get("en") or not text.get("zh-CN")] == []
    assert {text.language for text in texts} == {form.language}


@both
def test_captions_and_headings_are_unique(form_id: str) -> None:
    form = read_official()[form_id]
    for language in ("zh-CN", "en"):
        captions = [table.caption.within(language) for table in form.tables]
        assert len(set(captions)) == len(captions)


def sums(form: Form, table_id: str) -> dict[str, tuple[str, ...]]:
    table = form.table(table_id)
    lines = (*walk_lines(table.rows), *walk_lines(table.columns))
    return {line.id: line.sum_of for line in lines if line.sum_of}


@both
def test_totals_say_what_they_add_up(form_id: str) -> None:
    form = read_official()[form_id]
    results = ("granted", "partial", "refused", "unavailable", "not_processed", "other")
    assert sums(form, "applications") == {
        "handled.total": tuple(f"handled.{each}" for each in results),
        "total": ("natural_person", "organisation"),
    }
    outcomes = ("upheld", "corrected", "other", "pending")
    assert sums(form, "reviews") == {
        f"{block}.total": tuple(f"{block}.{each}" for each in outcomes)
        for block in ("review", "litigation.direct", "litigation.after_review")
    }


@both
def test_checks_are_those_of_the_notice(form_id: str) -> None:
    form = read_official()[form_id]
    printed = [check for check in form.checks if check.clause and check.table in ("applications", "reviews")]
    found = {
        check.id: (check.kind, check.table, check.axis, check.lines, check.others)
        for check in printed
        if check.kind in (CheckKind.TOTAL, CheckKind.BALANCE, CheckKind.CARRY_OVER)
    }
    totals = ("review.total", "litigation.direct.total", "litigation.after_review.total")
    assert found == {
        "row-sum": (CheckKind.TOTAL, "applications", Axis.COLUMNS, ("total",), ()),
        "column-sum": (CheckKind.TOTAL, "applications", Axis.ROWS, ("handled.total",), ()),
        "balance": (
            CheckKind.BALANCE,
            "applications",
            Axis.ROWS,
            ("new", "carried_in"),
            ("handled.total", "carried_out"),
        ),
        "case-sum": (CheckKind.TOTAL, "reviews", Axis.COLUMNS, totals, ()),
        "carry-over": (CheckKind.CARRY_OVER, "applications", Axis.ROWS, ("carried_in",), ("carried_out",)),
    }


def test_figures_of_proactive_disclosure_go_on_from_year_to_year() -> None:
    found = {
        form_id: {
            check.id: (check.table, check.lines, check.others, check.plus, check.minus, check.severity)
            for check in read_official()[form_id].checks
            if check.kind is CheckKind.CARRY_OVER and not check.copies
        }
        for form_id in ("cn-gai-2019", "cn-gai-2021")
    }
    before, items = ("items_before",), ("items_before", "change")
    assert found["cn-gai-2019"] == {
        "licence-items": ("licences", before, items, (), (), Severity.ERROR),
        "penalty-items": ("penalties", before, items, (), (), Severity.ERROR),
        "fee-items": ("fees", before, items, (), (), Severity.ERROR),
        "public-total": (
            "documents", ("public_total",), ("public_total",), ("published",), (), Severity.WARNING,
        ),
    }  # fmt: skip
    assert found["cn-gai-2021"] == {
        "stock": ("documents", ("in_force",), ("in_force",), ("issued",), ("repealed",), Severity.WARNING)
    }


def test_years_notices_and_deadlines() -> None:
    old, new = read_official()["cn-gai-2019"], read_official()["cn-gai-2021"]
    assert (old.first_year, old.last_year, new.first_year, new.last_year) == (2019, 2020, 2021, None)
    assert [(notice.number, notice.date) for notice in old.notices] == [("国办公开办函〔2019〕60号", "2019-11-23")]
    assert [(notice.number, notice.date) for notice in new.notices] == [
        ("国办公开办函〔2021〕30号", "2021-09-26"),
        ("国办函〔2020〕109号", "2020-11-17"),
    ]
    days = {kind: (each.month, each.day) for each in new.deadlines for kind in each.kinds}
    assert days == {
        "department": (1, 31),
        "township": (1, 31),
        "county": (2, 20),
        "prefecture": (3, 10),
        "province": (3, 31),
        "vertical": (3, 31),
    }
    assert {(each.month, each.day) for each in old.deadlines} == {(1, 31), (3, 31)}


def body_spans(grid: Grid) -> list[tuple[str, int, int]]:
    """Label, colspan and rowspan of each row header that spans more than one row."""
    headers = [header for body in grid.bodies for row in body.rows for header in row.headers]
    return [(header.label.official, header.colspan, header.rowspan) for header in headers if header.rowspan > 1]


def test_applications_span_as_the_notices_print_them() -> None:
    old = lay_out(read_official()["cn-gai-2019"].table("applications"))
    new = lay_out(read_official()["cn-gai-2021"].table("applications"))
    groups = [("（三）不予公开", 1, 8), ("（四）无法提供", 1, 3), ("（五）不予处理", 1, 5)]
    assert body_spans(old) == [("三、本年度办理结果", 1, 20), *groups]
    assert body_spans(new) == [("三、本年度办理结果", 1, 22), *groups, ("（六）其他处理", 1, 3)]
    for grid in (old, new):
        head = [[(each.label.official, each.colspan, each.rowspan) for each in row] for row in grid.head]
        assert head == [
            [("办理情况", 3, 3), ("申请人情况", 7, 1)],
            [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
            [(each.strip(), 1, 1) for each in APPLICANTS if each.startswith(" ")],
        ]
        widths = {row.line.id: row.headers[-1].colspan for body in grid.bodies for row in body.rows}
        assert {line: widths[line] for line in ("new", "handled.granted", "handled.refused.process")} == {
            "new": 3,
            "handled.granted": 2,
            "handled.refused.process": 1,
        }
        assert grid.colgroups == (1, 5, 1)


@both
def test_reviews_span_as_the_notices_print_them(form_id: str) -> None:
    grid = lay_out(read_official()[form_id].table("reviews"))
    assert [[(each.label.official, each.colspan, each.rowspan) for each in row] for row in grid.head] == [
        [("项目", 1, 3), ("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((each, 1, 2) for each in OUTCOMES), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [(each, 1, 1) for each in OUTCOMES * 2],
    ]


# --- against the measured markup --------------------------------------------------------------------------------------

Measured = list[object]


class TableReader(HTMLParser):
    """The structure of each table of a page, as `describe` gives it for ours."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Measured] = []
        self.text: str | None = None
        self.attributes: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "table":
            self.tables.append([])
        elif tag == "colgroup":
            self.tables[-1].append(("colgroup", int(attributes.get("span") or 1)))
        elif tag in ("tbody", "tr"):
            self.tables[-1].append(tag)
        elif tag == "th":
            self.text, self.attributes = "", attributes

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "th" and self.text is not None:
            spans = (int(self.attributes.get("colspan") or 1), int(self.attributes.get("rowspan") or 1))
            self.tables[-1].append((self.text, self.attributes["scope"], *spans))
            self.text = None


def describe(grid: Grid) -> Measured:
    measured: Measured = [("colgroup", grid.stub), *(("colgroup", span) for span in grid.colgroups)]
    for head in grid.head:
        measured += ["tr", *((each.label.official, each.scope.value, each.colspan, each.rowspan) for each in head)]
    for body in grid.bodies:
        measured.append("tbody")
        for row in body.rows:
            measured.append("tr")
            measured += [(each.label.official, each.scope.value, each.colspan, each.rowspan) for each in row.headers]
    return measured


def split_services(table: Table) -> Table:
    """The table with the local rows of the first sample."""
    own = tuple(
        Line(id=f"other_services.{line_id}", label=Texts((("zh-CN", text),)), local=True)
        for line_id, text in (("inspection", "行政检查"), ("confirmation", "行政确认"))
    )
    return replace(
        table, rows=tuple(replace(row, lines=own) if row.id == "other_services" else row for row in table.rows)
    )


@pytest.mark.skipif(not STATUTORY_TABLES.exists(), reason="shared/reference/statutory-tables.html is not here")
def test_spans_and_scopes_equal_the_measured_markup() -> None:
    page = STATUTORY_TABLES.read_text(encoding="utf-8")
    reader = TableReader()
    reader.feed(re.sub(r"采购总金额（万元）", "采购总金额", page))  # the unit is the report's, not the form's
    form = read_official()["cn-gai-2019"]
    ours = [describe(lay_out(split_services(table) if table.id == "licences" else table)) for table in form.tables]
    assert len(reader.tables) == len(ours) == 7
    for found, measured in zip(ours, reader.tables, strict=True):
        assert found == measured


def test_corner_is_the_first_header_of_every_table() -> None:
    for form in read_official().values():
        assert {lay_out(table).head[0][0].kind for table in form.tables} == {HeaderKind.CORNER}


# --- what continues ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "relation", "there"),
    [
        ("applications.new.total", Relation.SAME, "applications.new.total"),
        ("applications.handled.refused.process.total", Relation.SAME, "applications.handled.refused.process.total"),
        ("applications.handled.other.natural_person", Relation.SUM_OF, "applications.handled.other.natural_person"),
        ("applications.handled.other.not_paid.total", Relation.ONLY_HERE, ""),
        ("reviews.cases.litigation.direct.pending", Relation.SAME, "reviews.cases.litigation.direct.pending"),
        ("documents.rules.issued", Relation.CAVEAT, "documents.rules.made"),
        ("documents.normative_documents.issued", Relation.CAVEAT, "documents.normative_documents.made"),
        ("documents.rules.repealed", Relation.ONLY_HERE, ""),
        ("documents.normative_documents.in_force", Relation.NOT_COMPARABLE, None),
        ("licences.permits.decisions", Relation.CAVEAT, "licences.permits.decisions"),
        ("penalties.compulsion.decisions", Relation.CAVEAT, "penalties.compulsion.decisions"),
        ("fees.charges.amount", Relation.NOT_COMPARABLE, None),
    ],
)
def test_cells_continue_as_the_notices_allow(here: str, relation: Relation, there: str | None) -> None:
    old, new = read_official()["cn-gai-2019"], read_official()["cn-gai-2021"]
    address = new.find_address(here)
    assert address is not None
    descent = trace_cell(new, old, address)
    assert descent.relation is relation
    if there is not None:
        assert [str(each) for each in descent.there] == ([there] if there else [])
    assert descent.note is not None or relation in (Relation.SAME, Relation.ONLY_HERE)


def test_what_ended_is_said_of_every_line() -> None:
    new = read_official()["cn-gai-2021"]
    (continuity,) = new.continuity
    ended = [each for each in continuity.continuations if each.relation is Relation.ONLY_THERE]
    assert [str(address) for each in ended for address in each.there] == [
        "documents.*.published",
        "licences.permits.items_before",
        "licences.permits.change",
        "licences.other_services",
        "penalties.*.items_before",
        "penalties.*.change",
        "procurement",
    ]


JOINED_BEFORE_2019 = {
    "cn-gai-2014": {
        "documents.normative_documents.made": (Relation.CAVEAT, "disclosure.normative_issued"),
        "applications.new.total": (Relation.CAVEAT, "requests.received"),
        "applications.handled.granted.total": (Relation.SUM_OF, "requests.already_public requests.granted"),
        "applications.handled.partial.total": (Relation.CAVEAT, "requests.partial"),
        "applications.handled.other.total": (Relation.SUM_OF, "requests.to_be_amended requests.other_channels"),
        "applications.handled.total.total": (Relation.CAVEAT, "requests.answered"),
        "reviews.cases.review.total": (Relation.CAVEAT, "reviews.total"),
    },
    "cn-fj-2008": {"reviews.cases.review.total": (Relation.CAVEAT, "reviews")},
}


@pytest.mark.parametrize("earlier", JOINED_BEFORE_2019)
def test_only_these_cells_continue_what_was_before_2019(earlier: str) -> None:
    new, old = read_official()["cn-gai-2019"], read_official()[earlier]
    found = {}
    for cell in list_cells(new):
        descent = trace_cell(new, old, cell)
        if descent.joined:
            found[str(cell)] = (descent.relation, " ".join(each.row for each in descent.there))
    assert found == JOINED_BEFORE_2019[earlier]


def test_what_could_not_be_provided_continues_as_a_sum_only() -> None:
    new, old = read_official()["cn-gai-2019"], read_official()["cn-gai-2014"]
    group = Address(table="applications", row="handled.unavailable", column="total")
    descent = trace_cell(new, old, group)
    assert descent.relation is Relation.SUM_OF
    assert [each.row for each in descent.there] == ["requests.not_this_agency", "requests.not_existing"]


# --- the forms before 2019 --------------------------------------------------------------------------------------------

FUJIAN = [
    "主动公开文件数 条",
    "其中：1.政府网站公开数 条",
    "2.政府公报公开数 条",
    "受理依申请公开信息总数 条",
    "其中：1.当面申请数 条",
    "2.网上申请数 条",
    "3.信函、传真申请数 条",
    "对申请的答复总数 条",
    "其中：1.同意公开答复数 条",
    "2.同意部分公开答复数 条",
    "3.不予公开答复数 条",
    "4.其他类型答复数 条",
    "政府信息公开收费减免金额 元",
    "接受行政诉讼(申诉)、举报数 件",
    "行政复议数 件",
    "行政诉讼数 件",
]


def write_units(form: Form, table_id: str) -> list[str]:
    """Label and unit of each row with cells."""
    table = form.table(table_id)
    first = table.leaves(Axis.COLUMNS)[0]
    units = [(row, table.cell_unit(row, first)) for row in table.leaves(Axis.ROWS)]
    return [f"{row.label.official} {unit.official if unit else '-'}" for row, unit in units]


def test_table_of_fujian_has_the_printed_lines_in_order() -> None:
    form = read_official()["cn-fj-2008"]
    table = form.table("statistics")
    assert write_units(form, "statistics") == FUJIAN
    assert list(outline(table.columns)) == ["年度", "历年累计"]
    assert [row.id for row in table.rows if row.optional] == ["fees"]
    assert sums(form, "statistics") == {
        "received": ("in_person", "online", "letter_or_fax"),
        "answered": ("granted", "partial", "refused", "other_answers"),
    }


def test_national_table_marks_every_label_that_was_not_compared() -> None:
    form = read_official()["cn-gai-2014"]
    table = form.table("statistics")
    read = [line.label.official for line in walk_lines(table.rows) if line.note is None]
    assert read == [
        "一、主动公开情况",
        "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
        "其中：主动公开规范性文件数",
        "制发规范性文件总数",
    ]
    assert [row.label.official[:2] for row in table.rows] == [f"{each}、" for each in "一二三四五六七八九"]
    assert [column.id for column in table.leaves(Axis.COLUMNS)] == ["count"]
    assert all(row.unit for row in table.leaves(Axis.ROWS))


def test_national_table_adds_up_ways_answers_and_refusals_but_no_channels() -> None:
    form = read_official()["cn-gai-2014"]
    checked = [line for check in form.checks for line in check.lines if check.kind is CheckKind.TOTAL]
    assert checked == ["requests.received", "requests.answered", "requests.refused"]
    totals = sums(form, "statistics")
    assert [len(totals[line]) for line in checked] == [4, 8, 6]
    assert set(totals) == {*checked, "reviews.total", "litigation.total"}


def test_national_table_discloses_no_more_than_its_channels_do() -> None:
    form = read_official()["cn-gai-2014"]
    (check,) = [check for check in form.checks if check.kind is CheckKind.AT_MOST]
    channels = form.table("statistics").find(Axis.ROWS, "disclosure.channels")
    assert channels is not None
    assert (check.lines, check.severity) == (("disclosure.published",), Severity.WARNING)
    assert check.plus == tuple(line.id for line in channels.lines)


def test_running_total_of_fujian_is_at_least_this_years_figure_and_the_total_before() -> None:
    form = read_official()["cn-fj-2008"]
    found = [(each.lines, each.plus, each.others) for each in form.checks if each.kind is CheckKind.AT_LEAST]
    assert found == [(("cumulative",), ("year",), ()), (("cumulative",), (), ("cumulative",))]


def test_forms_before_2019_serve_the_same_years_side_by_side() -> None:
    national, fujian = read_official()["cn-gai-2014"], read_official()["cn-fj-2008"]
    assert (national.first_year, national.last_year) == (2014, 2018)
    assert (fujian.first_year, fujian.last_year) == (2008, 2018)
    assert [each.form for each in read_official()["cn-gai-2019"].continuity] == ["cn-gai-2014", "cn-fj-2008"]


# --- another country --------------------------------------------------------------------------------------------------


def test_foia_report_balances_requests_and_adds_up_dispositions() -> None:
    form = read_official()["us-foia"]
    assert form.language == "en"
    sides = ("pending_start", "received"), ("processed", "pending_end")
    found = {check.id: (check.kind, check.table, check.lines, check.others) for check in form.checks}
    assert found == {
        "requests-balance": (CheckKind.BALANCE, "requests", *sides),
        "requests-carry-over": (CheckKind.CARRY_OVER, "requests", ("pending_start",), ("pending_end",)),
        "disposition-sum": (CheckKind.TOTAL, "dispositions", ("total",), ()),
        "processed-dispositions": (CheckKind.BALANCE, "requests", ("processed",), ("total",)),
    }
    assert [check.other_table for check in form.checks] == ["", "", "", "dispositions"]
    dispositions = form.table("dispositions")
    assert len(dispositions.leaves(Axis.COLUMNS)) == 3 + 9 + 1
    assert sums(form, "dispositions") == {
        "total": ("full_grants", "partial_grants", "full_denials", "other_reasons"),
    }


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("applications", Address(table="applications")),
        ("applications.handled.total", Address(table="applications", row="handled.total")),
        ("applications.handled.total.total", Address(table="applications", row="handled.total", column="total")),
        ("applications.handled.other.other", Address(table="applications", row="handled.other.other")),
        (
            "applications.handled.other.organisation.other",
            Address(table="applications", row="handled.other", column="organisation.other"),
        ),
        ("applications.*.total", Address(table="applications", column="total")),
        ("applications.*", None),
        ("applications.new.nobody", None),
        ("nothing.new", None),
    ],
)
def test_longest_row_of_an_address_counts(text: str, address: Address | None) -> None:
    assert read_official()["cn-gai-2021"].find_address(text) == address
    assert address is None or str(address) == text
