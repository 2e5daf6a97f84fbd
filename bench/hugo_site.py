"""The same portal for Hugo, in two ways: front matter a page, or one JSON file an agency and a content adapter."""

import json
import shutil
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.corpus import SyntheticReport, list_years, make_reports, name_agency, name_folder
from bench.layouts import lay_out_comparison, lay_out_forms
from gaisite.build.project import Common
from gaisite.model.content import Figure, State
from gaisite.model.sums import complete_totals

TEMPLATES = Path(__file__).resolve().parent / "hugo"


class Way(StrEnum):
    """How Hugo gets its content."""

    FRONT_MATTER = "front matter"
    ADAPTER = "content adapter"


def write_hugo_site(project: Path, common: Common, agencies: int, years: int, way: Way) -> None:
    """Write the project of Hugo: its templates, the layout of the tables, the reports."""
    shutil.copytree(TEMPLATES, project)
    data, content = project / "data", project / "content"
    data.mkdir()
    (data / "forms.json").write_text(dump(lay_out_forms(common)), encoding="utf-8")
    one = tuple(make_reports(common.forms, range(1), years))
    (data / "comparison.json").write_text(dump(lay_out_comparison(common, one)), encoding="utf-8")
    (project / "assets").mkdir()
    (project / "assets" / "style.css").write_bytes(common.site.theme.stylesheet)
    (content / "years").mkdir(parents=True)
    (content / "years" / "_index.md").write_text("---\nbuild: {render: never}\n---\n", encoding="utf-8")
    for year in list_years(common.forms, years):
        front = {"title": f"{year}年政府信息公开工作年度报告", "layout": "year", "year": year}
        (content / "years" / f"{year}.md").write_text(dump(front) + "\n", encoding="utf-8")
    if way is Way.ADAPTER:
        (content / "_content.gotmpl").write_text((TEMPLATES / "adapter.gotmpl").read_text())
        (project / "assets" / "agencies").mkdir()
    (project / "adapter.gotmpl").unlink()
    write = write_agency_pages if way is Way.FRONT_MATTER else write_agency_file
    for number, reports in groupby(
        make_reports(common.forms, range(agencies), years), key=lambda report: report.agency
    ):
        write(project, number, list(reports))


def write_agency_pages(project: Path, number: int, reports: list[SyntheticReport]) -> None:
    """The pages of an agency: figures in the front matter, the narrative below."""
    folder = project / "content" / name_folder(number)
    folder.mkdir()
    name = name_agency(number)
    (folder / "_index.md").write_text(f"---\ntitle: {name}\ntype: agency\n---\n", encoding="utf-8")
    front = f"---\ntitle: {name}历年数据对比\ntype: agency\nlayout: comparison\nagency: {name}\n---\n"
    (folder / "comparison.md").write_text(front, encoding="utf-8")
    for report in reports:
        lines = [f"title: {title_report(report)}", "type: agency", "layout: report"]
        lines += [f"year: {report.year}", f"form: {report.form.id}", f"agency: {name}", "figures:"]
        lines += [f"  {cell}: '{text}'" for cell, text in list_figures(report)]
        text = "---\n" + "\n".join(lines) + "\n---\n" + write_body(report)
        (folder / f"{report.year}.md").write_text(text, encoding="utf-8")


def write_agency_file(project: Path, number: int, reports: list[SyntheticReport]) -> None:
    """All that is known of an agency in one file, which the content adapter reads."""
    agency: dict[str, Any] = {
        "path": name_folder(number),
        "name": name_agency(number),
        "reports": [
            {
                "year": report.year,
                "form": report.form.id,
                "title": title_report(report),
                "figures": dict(list_figures(report)),
                "body": write_body(report),
            }
            for report in reports
        ],
    }
    path = project / "assets" / "agencies" / f"{name_folder(number)}.json"
    path.write_text(dump(agency), encoding="utf-8")


def title_report(report: SyntheticReport) -> str:
    """The title of a report."""
    return report.form.title.official.format(agency=name_agency(report.agency), year=report.year)


def list_figures(report: SyntheticReport) -> Iterator[tuple[str, str]]:
    """Address and text of each figure that is not blank, totals too: Hugo need not add up."""
    for table in report.form.tables:
        cells = report.cells[table.id]
        given = {cell: Figure(State.NUMBER, int(text), text) for cell, text in cells.items()}
        for (row, column), figure in complete_totals(table, given).items():
            if figure.state is State.NUMBER:
                yield f"{table.id}.{row}.{column}", figure.text


def write_body(report: SyntheticReport) -> str:
    """The narrative, a shortcode for each table at the end of its section."""
    parts = []
    for section, (heading, text) in zip(report.form.sections, report.sections, strict=True):
        tables = "".join(f'{{{{< table "{table}" >}}}}\n\n' for table in section.tables)
        parts.append(f"## {heading} {{#s-{section.id}}}\n\n{text}{tables}")
    return "".join(parts)


def dump(value: object) -> str:
    """JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
