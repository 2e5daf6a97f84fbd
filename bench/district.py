"""`python -m bench.district`: a portal of a district to look at and to measure, of made-up agencies marked as examples.

The district is 平潭综合实验区 in name only: agencies, dates and figures are nobody's, and every page says so. Reports
are missing and late, some do not add up and say why; the district adds up what is below it.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from bench.corpus import (
    NAME_LETTERS,
    Cells,
    SyntheticReport,
    list_years,
    make_reports,
    write_narrative,
    write_report,
)
from gaisite.findings import Problems
from gaisite.model.deadlines import find_due_date
from gaisite.model.forms import Form
from gaisite.model.tables import Axis
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS

TOP = "pingtan"
"""The district's folder."""
KIND = "county"
OFFICES = (
    ("片区管理局", "department"),
    ("镇人民政府", "township"),
    ("街道办事处", "township"),
    ("服务中心", "department"),
)
"""What agencies are called after their place, and their kind."""
SITE = """\
title: 平潭综合实验区政府信息公开年报（示例）
description: 示例：本站只用来演示一个区的年报汇编，其中的机关、日期和数据都是虚构的，不是任何机关公布的数据。
base_url: https://www.example.gov.cn/pingtan/
owner: 示例
host: {header: host/header.html}
"""
NOTICE = '<aside class="breadcrumb" aria-label="说明"><p><strong>示例</strong> 本站的机关、日期和数据都是虚构的，不是任何机关公布的数据。</p></aside>\n'
"""Above every page, where the theme puts what leads to it."""
DESCRIPTION = "示例机关，数据是虚构的。"
FRONT = "published: {published}\nsource: 示例\nnotes: [示例：本报告的机关和数据是虚构的。]\n"
REASON = "示例：原报告如此印发，来源文件未作更正。"
OTHERS = "示例：两年汇总的下级机关不同，上年有机关未报告。"
CASES = "reviews"
"""The table in which some agencies print a wrong total."""
CARRIED = "applications"
"""The table that carries over from year to year: its second row takes what the last one of the year before leaves."""
COMPARED = 2
"""In so many years before the last, the district publishes figures of its own, which are compared with the sum."""
FEW = 10
"""From so many reports on; of fewer no sum is sure to be as large as what is taken away from it."""
ADJUSTED, MORE = "licences.permits.decisions", 3
"""The figure that is so much above the sum, for a reason."""
EXPLAINED = "penalties.punishment.decisions"
"""The figure that is half the sum: more than late reports could explain, and acknowledged."""


def main() -> None:
    """Write the project."""
    parser = argparse.ArgumentParser(prog="python -m bench.district", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write the project; it must not be there yet")
    parser.add_argument("--agencies", type=int, default=60)
    parser.add_argument("--years", type=int, default=7, help="the last of them: seven are those of 2018 to 2024")
    parser.add_argument("--settings", default="", help="further lines of site.yaml")
    arguments = parser.parse_args()
    forms = read_forms((PACKAGE_FORMS,), arguments.folder, Problems())
    reports = write_district(arguments.folder, forms, arguments.agencies, arguments.years, arguments.settings)
    print(f"{arguments.agencies + 1} agencies with {reports} reports are in {arguments.folder}")


def write_district(project: Path, forms: Mapping[str, Form], agencies: int, years: int, settings: str = "") -> int:
    """Write the portal of a district with so many agencies below it; how many reports that is."""
    top = project / "content" / TOP
    (project / "content" / "host").mkdir(parents=True)
    (project / "content" / "host" / "header.html").write_text(NOTICE, encoding="utf-8")
    (project / "content" / "site.yaml").write_text(SITE + settings, encoding="utf-8")
    write_agency(top, "平潭综合实验区（示例）", KIND)
    for number in range(agencies):
        name, kind = name_agency(number)
        write_agency(top / name_folder(number), name, kind)
    span = list_years(forms, 7, before=3)[-years:]
    written = [report for report in make_reports(forms, range(agencies), span) if not is_missing(report)]
    for report in written:
        write_child(top / name_folder(report.agency) / str(report.year), report)
    for report in make_reports(forms, (agencies,), span):
        below = Below(*([each for each in written if each.year == year] for year in (report.year - 1, report.year)))
        write_parent(top / str(report.year), report, below, compare=report.year == span[-1] - COMPARED)
    return len(written) + years


def write_agency(folder: Path, name: str, kind: str) -> None:
    """The folder of an agency."""
    folder.mkdir()
    text = f"name: {name}\nkind: {kind}\ndescription: {DESCRIPTION}\n"
    (folder / "agency.yaml").write_text(text, encoding="utf-8")


def name_folder(number: int) -> str:
    """The folder of an agency in that of the district."""
    return f"example-{number + 1:04}"


def name_agency(number: int) -> tuple[str, str]:
    """What an agency is called, the word example first, and its kind."""
    place, office = divmod(number, len(OFFICES))
    first, second = divmod(place, len(NAME_LETTERS))
    name, kind = OFFICES[office]
    return f"示例{NAME_LETTERS[second]}{NAME_LETTERS[(first * 7 + second + 1) % len(NAME_LETTERS)]}{name}", kind


def is_missing(report: SyntheticReport) -> bool:
    """Whether an agency has not handed in: one in thirteen, each year others."""
    return (report.agency + report.year) % 13 == 5


def is_late(report: SyntheticReport) -> bool:
    """Whether an agency published too late: one in eleven, each year others."""
    return (report.agency + 3 * report.year) % 11 == 0


def is_wrong(report: SyntheticReport) -> bool:
    """Whether a total is printed that is not the sum of its parts: one in seventeen, each year others."""
    return (report.agency + report.year) % 17 == 3


def write_child(folder: Path, report: SyntheticReport) -> None:
    """The report of an agency below the district."""
    front = write_front(report, name_agency(report.agency)[1], late=is_late(report))
    misprint = find_misprint(report) if is_wrong(report) else None
    if misprint is None:
        write_report(folder, report, front=front)
        return
    (row, column), value = misprint
    cells = {**report.cells, CASES: {**report.cells[CASES], (row, column): str(value)}}
    settings = explain("case-sum", f"{CASES}.{row}.{column}")
    write_report(folder, replace(report, cells=cells), settings, front)


def find_misprint(report: SyntheticReport) -> tuple[tuple[str, str], int] | None:
    """The first total of the cases, and a value one above it; None on a form that has none."""
    table = next((each for each in report.form.tables if each.id == CASES), None)
    if table is None:
        return None
    row, cells = table.leaves(Axis.ROWS)[0], report.cells[CASES]
    total = next(column for column in table.leaves(Axis.COLUMNS) if column.sum_of)
    return (row.id, total.id), sum(int(cells[row.id, part]) for part in total.sum_of) + 1


def explain(check: str, *cells: str, reason: str = REASON) -> tuple[str, ...]:
    """The lines of figures.yaml that acknowledge what a check finds in some cells; none for no cell."""
    lines = tuple(f"  - {{check: {check}, at: {at}, reason: {reason}}}" for at in cells)
    return ("acknowledge:", *lines) if lines else ()


def write_front(report: SyntheticReport, kind: str, *, late: bool = False) -> str:
    """The front matter: published some days before the last in time, or after it."""
    due = find_due_date(report.form, kind, report.year)
    last = date.fromisoformat(due.date if due else f"{report.year + 1}-01-31")
    days = 1 + (report.agency * 7 + report.year) % 18
    return FRONT.format(published=last + timedelta(days=days if late else -days))


@dataclass(frozen=True, slots=True)
class Below:
    """The reports below the district, of the year before and of this one."""

    before: list[SyntheticReport]
    now: list[SyntheticReport]

    def list_gaps(self) -> Iterator[str]:
        """The cells in which not the same is carried in as was carried out: not the same agencies have reported."""
        tables = [
            {table.id for table in reports[0].form.tables} if reports else set() for reports in (self.before, self.now)
        ]
        if CARRIED not in set.intersection(*tables):
            return
        out, into = add_cells(CARRIED, self.before), add_cells(CARRIED, self.now)
        rows = [reports[0].form.table(CARRIED).leaves(Axis.ROWS) for reports in (self.before, self.now)]
        columns = self.now[0].form.table(CARRIED).leaves(Axis.COLUMNS)
        gaps = {
            column.id: int(into.get((rows[1][1].id, column.id), 0)) - int(out.get((rows[0][-1].id, column.id), 0))
            for column in columns
            if not column.sum_of
        }
        gaps |= {column.id: sum(gaps.values()) for column in columns if column.sum_of}
        yield from (f"{CARRIED}.{rows[1][1].id}.{column}" for column, gap in gaps.items() if gap)


def write_parent(folder: Path, report: SyntheticReport, below: Below, *, compare: bool) -> None:
    """The district's report: a sum of those below, or figures of its own, of which two are not that sum."""
    front = write_front(report, KIND)
    if not compare or len(below.now) < FEW:
        folder.mkdir()
        lines = (f"form: {report.form.id}", "children: sum", *explain("carry-over", *below.list_gaps(), reason=OTHERS))
        (folder / "figures.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        write_narrative(folder, report.sections, front)
        return
    cells = {table.id: add_cells(table.id, below.now) for table in report.form.tables}
    change_cell(cells, ADJUSTED, MORE)
    table, row, column = EXPLAINED.split(".")
    change_cell(cells, EXPLAINED, -(int(cells[table][row, column]) // 2))
    adjustment = f"  - {{at: {ADJUSTED}, by: +{MORE}, reason: 示例：含不在本站报告的机关。}}"
    gaps = explain("carry-over", *below.list_gaps(), reason=OTHERS)[1:]
    settings = ("children: compare", "adjustments:", adjustment, *explain("roll-up", EXPLAINED), *gaps)
    write_report(folder, replace(report, cells=cells), settings, front)


def add_cells(table: str, reports: Iterable[SyntheticReport]) -> Cells:
    """The cells of a table added up; blank where all are."""
    sums: dict[tuple[str, str], int] = {}
    for report in reports:
        for cell, text in report.cells[table].items():
            sums[cell] = sums.get(cell, 0) + int(text)
    return {cell: str(value) for cell, value in sums.items()}


def change_cell(cells: Mapping[str, Cells], at: str, by: int) -> None:
    """Add to one figure of a report."""
    table, row, column = at.split(".")
    cells[table][row, column] = str(int(cells[table][row, column]) + by)


if __name__ == "__main__":
    main()
