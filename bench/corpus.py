"""A portal of any size with plausible reports: the same seed gives the same bytes."""

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from gaisite.model.form_checks import CheckKind
from gaisite.model.forms import Form
from gaisite.model.tables import Axis, Line, Table

TITLE = "测试汇编"
ADDRESS = "https://www.example.gov.cn/zwgk/"
Cells: TypeAlias = dict[tuple[str, str], str]
"""Texts by row id and column id."""
SENTENCES = (
    "{name}社区把政府信息公开列入重点工作，明确一名负责人，并由专人承办。",
    "**一是健全制度。**{name}片区修订了信息发布审核办法，先审查、后公开。",
    "通过政府网站、政务新媒体和{name}路公告栏公开各类信息，方便群众查阅。",
    "**二是规范办理。**对{name}居民的申请逐件登记，在法定期限内答复。",
    "下一步将加强{name}片区的业务培训，提高公开内容的及时性和完整性。",
    "依托{name}服务大厅设立查阅点，由工作人员协助老人查询。",
    "{name}小区的改造方案在开工前张贴公示，意见箱每周开启一次。",
    "在{name}中学举办开放日，学生参观了档案室并提出问题。",
    "**三是加强解读。**{name}水库的用水办法配了图解，并录制短片。",
    "对{name}村的补助名单逐户核对，公示七天没有异议后发放。",
    "{name}市场的抽检结果按月公布，不合格的商户一并列出。",
    "设在{name}站的自助终端可以打印办事指南，全天开放。",
    "联络员到{name}工地走访，收集工人最关心的事项，列成目录。",
    "目录按{name}年鉴的体例编排，过期的条目移入历史栏目。",
    "请{name}律师事务所审看答复文书，改正了引用条款的差错。",
    "发布前由{name}科校对，发布后一周内抽查链接和附件。",
    "群众在{name}留言板上的提问，由经办人署名答复。",
    "**四是强化监督。**{name}监督员旁听办公会议，提出书面建议。",
    "与{name}图书馆合作开设专架，摆放公报和汇编。",
    "旧有的{name}档案完成扫描，能够全文检索。",
    "派员到{name}镇跟班学习，带回了分类登记的做法。",
    "会议室改作{name}接待室，来访的人可以当面说明要什么材料。",
    "涉及{name}河治理的决策，会前公开草案，会后公开采纳情况。",
    "值班电话转接到{name}岗，节假日也有人接听。",
)
NAME_LETTERS = "东南西北安平福禄寿喜春夏秋冬山川林泉金玉兰桂松柏云霞明月长乐永宁新河石桥龙凤清和"
FEES = "本年度没有收取信息处理费。\n\n"
"""What a form may want stated in its last section."""
PARAGRAPHS = 2
"""A section; six sections of such paragraphs make about 4 KB in UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticReport:
    """A report that nobody ever made."""

    agency: int
    year: int
    form: Form
    cells: Mapping[str, Cells]
    """The text of each cell that is not blank, totals left out, by table."""
    sections: tuple[tuple[str, str], ...]
    """Heading and Markdown of each section of the narrative."""


def name_agency(number: int) -> str:
    """What an agency is called."""
    return f"第{number}街道办事处"


def name_folder(number: int) -> str:
    """Its folder in content/, and its address."""
    return f"agency-{number:05}"


def list_years(forms: Mapping[str, Form], years: int, before: int = 2) -> range:
    """The years that agencies report on: from some years before the latest form began."""
    first = max(form.first_year for form in forms.values()) - before
    return range(first, first + years)


def make_reports(
    forms: Mapping[str, Form], agencies: Iterable[int], years: int | range, seed: int = 1
) -> Iterator[SyntheticReport]:
    """The reports of agencies, by agency and year; their sums close."""
    span = years if isinstance(years, range) else list_years(forms, years)
    for agency in agencies:
        carried: dict[str, int] = {}
        for year in span:
            form = next(each for each in forms.values() if each.serves(year))
            numbers = random.Random(f"{seed}/{agency}/{year}")
            cells = {
                table.id: fill_balance(form, table, carried, numbers)
                if has_balance(form, table)
                else fill_plain(form, table, numbers)
                for table in form.tables
            }
            sections = tuple(write_sections(form, numbers))
            yield SyntheticReport(agency=agency, year=year, form=form, cells=cells, sections=sections)


def has_balance(form: Form, table: Table) -> bool:
    """Whether what comes into a table has to go out of it."""
    return any(check.kind is CheckKind.BALANCE and check.table == table.id for check in form.checks)


def write_corpus(project: Path, forms: Mapping[str, Form], agencies: int, years: int, settings: str = "") -> int:
    """Write a portal of `agencies` × `years` reports into a project folder; how many reports that is."""
    content = project / "content"
    content.mkdir(parents=True)
    (content / "site.yaml").write_text(f"title: {TITLE}\nbase_url: {ADDRESS}\n{settings}", encoding="utf-8")
    for number in range(agencies):
        folder = content / name_folder(number)
        folder.mkdir()
        (folder / "agency.yaml").write_text(f"name: {name_agency(number)}\nkind: township\n", encoding="utf-8")
    for report in make_reports(forms, range(agencies), years):
        write_report(content / name_folder(report.agency) / str(report.year), report)
    return agencies * years


def write_report(folder: Path, report: SyntheticReport, settings: Iterable[str] = (), front: str = "") -> None:
    """One report as gaisite reads it; `settings` are further lines of figures.yaml, `front` is the front matter."""
    folder.mkdir()
    lines = [f"form: {report.form.id}", *write_units(report.form), *settings]
    for table in report.form.tables:
        lines.append(f"{table.id}:")
        lines.extend(write_rows(table, table.rows, report.cells[table.id], 1))
    (folder / "figures.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_narrative(folder, report.sections, front)


def write_narrative(folder: Path, sections: Iterable[tuple[str, str]], front: str = "") -> None:
    """The narrative of a report, after its front matter where there is one."""
    text = "".join(f"## {heading}\n\n{body}" for heading, body in sections)
    (folder / "report.md").write_text(f"---\n{front}---\n{text}" if front else text, encoding="utf-8")


def write_units(form: Form) -> Iterator[str]:
    """A unit for each column whose unit the form leaves open."""
    columns = [(table, column) for table in form.tables for column in table.leaves(Axis.COLUMNS) if column.unit_choices]
    if columns:
        yield "units:"
    for table, column in columns:
        yield f"  {table.id}.{column.id}: {column.unit_choices[0].official}"


def write_rows(table: Table, rows: tuple[Line, ...], cells: Cells, depth: int) -> Iterator[str]:
    """The rows of a table, nested as in the form, one flow mapping a row."""
    indent = "  " * depth
    for row in rows:
        if row.lines:
            yield f"{indent}{row.key}:"
            yield from write_rows(table, row.lines, cells, depth + 1)
        else:
            yield f"{indent}{row.key}: {write_cells(row, table.columns, cells)}"


def write_cells(row: Line, columns: tuple[Line, ...], cells: Cells) -> str:
    """The cells of a row, nested as in the form; blank ones left out."""
    entries = []
    for column in columns:
        if column.lines:
            entries.append(f"{column.key}: {write_cells(row, column.lines, cells)}")
        elif (row.id, column.id) in cells:
            entries.append(f"{column.key}: {cells[row.id, column.id]}")
    return "{" + ", ".join(entries) + "}"


def fill_plain(form: Form, table: Table, numbers: random.Random) -> Cells:
    """Small numbers for a table, its totals left out; zeros where a check of the form relates lines or years."""
    checks = [check for check in form.checks if check.table == table.id]
    related = {line for check in checks for line in (*check.lines, *check.others, *check.plus, *check.minus)}
    cells = {}
    for row in table.leaves(Axis.ROWS):
        for column in table.leaves(Axis.COLUMNS):
            if not (row.sum_of or column.sum_of):
                quiet = row.id in related or column.id in related
                cells[row.id, column.id] = "0" if quiet else str(numbers.choice((0, 0, 0, 1, 2, 17)))
    return cells


def fill_balance(form: Form, table: Table, carried: dict[str, int], numbers: random.Random) -> Cells:
    """Applications that close: received and carried in, spread over results, some carried out; most cells blank.

    The first two rows and the last one are what comes in and what goes out, as on every form with a balance.
    """
    rows, columns = table.leaves(Axis.ROWS), table.leaves(Axis.COLUMNS)
    received, brought, out = rows[0], rows[1], rows[-1]
    told = {line for check in form.checks if check.kind is CheckKind.MENTIONS for line in check.lines}
    results = [row for row in rows[2:-1] if not row.sum_of and row.id not in told]
    cells: dict[tuple[str, str], int] = {}
    for column in (column for column in columns if not column.sum_of):
        if column is not columns[0] and numbers.random() < 0.7:
            carried_in, new = carried.get(column.id, 0), 0
        else:
            carried_in, new = carried.get(column.id, 0), numbers.randrange(60)
        left = min(numbers.randrange(4), carried_in + new)
        cells[received.id, column.id], cells[brought.id, column.id], cells[out.id, column.id] = new, carried_in, left
        for _ in range(carried_in + new - left):
            result = numbers.choice(results)
            cells[result.id, column.id] = cells.get((result.id, column.id), 0) + 1
        carried[column.id] = left
    return {cell: str(value) for cell, value in cells.items()}


def write_sections(form: Form, numbers: random.Random) -> Iterator[tuple[str, str]]:
    """A narrative of about 4 KB, with the form's headings; no two reports say the same."""
    for section in form.sections:
        paragraphs = [
            "".join(name_place(sentence, numbers) for sentence in numbers.sample(SENTENCES, 3)) + "\n\n"
            for _ in range(PARAGRAPHS)
        ]
        yield section.heading.official, "".join(paragraphs) + (FEES if section is form.sections[-1] else "")


def name_place(sentence: str, numbers: random.Random) -> str:
    """A sentence about some place."""
    return sentence.replace("{name}", "".join(numbers.choices(NAME_LETTERS, k=6)))
