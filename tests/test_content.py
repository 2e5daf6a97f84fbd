"""The portal in content/: its figures are those that were published, its narrative is its own, its errors are explained."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from gaisite.build import BuildOptions, check_site
from gaisite.findings import Problems, Severity
from gaisite.model.content import Figure, Report, State
from gaisite.model.forms import Form
from gaisite.model.tables import Axis
from gaisite.read.folders import scan_agencies
from gaisite.read.forms import read_forms
from gaisite.read.names import name_form
from gaisite.read.prose import MarkdownWords
from gaisite.read.reports import ReadingContext, read_report, read_year

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
SAMPLES = ROOT.parent / "shared" / "samples"

needs_samples = pytest.mark.skipif(
    not (SAMPLES / "figures.json").is_file(), reason="needs the real reports in ../shared/samples"
)

YONGDINGMENWAI = "dongcheng/yongdingmenwai/2020"
BEFORE_2019 = "pingtan/2018"
PINGTAN = ("pingtan/2019", "pingtan/2020", "pingtan/2021", "pingtan/2022")

# Every number that 东城区永定门外街道办事处 published for 2020; all other cells of its report are blank.
PUBLISHED_BY_YONGDINGMENWAI = {
    "documents.rules.made": "0",
    "documents.rules.published": "0",
    "documents.rules.public_total": "0",
    "documents.normative_documents.made": "0",
    "documents.normative_documents.published": "0",
    "documents.normative_documents.public_total": "0",
    "licences.permits.items_before": "0",
    "licences.permits.change": "0",
    "licences.permits.decisions": "0",
    "licences.other_services.inspection.items_before": "0",
    "licences.other_services.inspection.change": "0",
    "licences.other_services.inspection.decisions": "0",
    "licences.other_services.confirmation.items_before": "0",
    "licences.other_services.confirmation.change": "＋10",
    "licences.other_services.confirmation.decisions": "2205",
    "penalties.punishment.items_before": "2",
    "penalties.punishment.change": "＋335",
    "penalties.punishment.decisions": "445",
    "penalties.compulsion.items_before": "0",
    "penalties.compulsion.change": "＋19",
    "penalties.compulsion.decisions": "0",
    "fees.charges.items_before": "0",
    "fees.charges.change": "0",
    "procurement.centralised.projects": "25",
    "procurement.centralised.amount": "52.6540",
    "applications.new.natural_person": "28",
    "applications.new.total": "28",
    "applications.carried_in.natural_person": "0",
    "applications.carried_in.total": "0",
    "applications.handled.granted.natural_person": "1",
    "applications.handled.granted.total": "1",
    "applications.handled.partial.natural_person": "2",
    "applications.handled.partial.total": "2",
    "applications.handled.refused.process.natural_person": "3",
    "applications.handled.refused.process.total": "3",
    "applications.handled.unavailable.not_held.natural_person": "17",
    "applications.handled.unavailable.not_held.total": "17",
    "applications.handled.unavailable.not_ready_made.natural_person": "1",
    "applications.handled.unavailable.not_ready_made.total": "1",
    "applications.handled.total.natural_person": "24",
    "applications.handled.total.total": "24",
    "applications.carried_out.natural_person": "4",
    "applications.carried_out.total": "4",
    "reviews.cases.review.upheld": "4",
    "reviews.cases.review.total": "4",
}

# The names in figures.json and the ids of the forms.
COLUMNS = (
    "natural_person",
    "organisation.business",
    "organisation.research",
    "organisation.welfare",
    "organisation.legal",
    "organisation.other",
    "total",
)
ROWS = {
    "new": "new",
    "carried_in": "carried_in",
    "granted": "handled.granted",
    "partial": "handled.partial",
    "r1": "handled.refused.state_secret",
    "r2": "handled.refused.forbidden_by_law",
    "r3": "handled.refused.security_and_stability",
    "r4": "handled.refused.third_party",
    "r5": "handled.refused.internal_affairs",
    "r6": "handled.refused.process",
    "r7": "handled.refused.enforcement_files",
    "r8": "handled.refused.administrative_inquiry",
    "u1": "handled.unavailable.not_held",
    "u2": "handled.unavailable.not_ready_made",
    "u3": "handled.unavailable.unclear",
    "n1": "handled.not_processed.complaint",
    "n2": "handled.not_processed.repeated",
    "n3": "handled.not_processed.publication",
    "n4": "handled.not_processed.excessive",
    "n5": "handled.not_processed.confirmation",
    "o1": "handled.other.not_corrected",
    "o2": "handled.other.not_paid",
    "o3": "handled.other.other",
    "other": "handled.other",
    "total": "handled.total",
    "carried_out": "carried_out",
}
CASES = {"复议": "review", "诉讼_未经复议": "litigation.direct", "诉讼_复议后": "litigation.after_review"}
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
DISCLOSURE = {
    "2019": {
        "规章": ("documents.rules", ("made", "published", "public_total")),
        "规范性文件": ("documents.normative_documents", ("made", "published", "public_total")),
        "行政许可": ("licences.permits", ("items_before", "change", "decisions")),
        "其他对外管理服务事项": ("licences.other_services", ("items_before", "change", "decisions")),
        "行政处罚": ("penalties.punishment", ("items_before", "change", "decisions")),
        "行政强制": ("penalties.compulsion", ("items_before", "change", "decisions")),
        "行政事业性收费": ("fees.charges", ("items_before", "change")),
        "政府集中采购": ("procurement.centralised", ("projects", "amount")),
    },
    "2021": {
        "规章": ("documents.rules", ("issued", "repealed", "in_force")),
        "行政规范性文件": ("documents.normative_documents", ("issued", "repealed", "in_force")),
        "行政许可": ("licences.permits", ("decisions",)),
        "行政处罚": ("penalties.punishment", ("decisions",)),
        "行政强制": ("penalties.compulsion", ("decisions",)),
        "行政事业性收费_万元": ("fees.charges", ("amount",)),
    },
}


@pytest.fixture(scope="module")
def forms() -> dict[str, Form]:
    return dict(read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems()))


@pytest.fixture(scope="module")
def reports(forms: dict[str, Form]) -> dict[str, Report]:
    """All reports of the portal by id; nothing may be wrong with any."""
    problems = Problems()
    names = {form_id: name_form(form) for form_id, form in forms.items()}
    words = MarkdownWords(table_label="{number}")
    context = ReadingContext(project=ROOT, content=CONTENT, forms=names, words=words)
    agencies = scan_agencies(CONTENT, ROOT, problems)
    figures = {
        agency.id: {year.year: read_year(year, context, problems) for year in agency.years} for agency in agencies
    }
    found = (
        read_report(agency.id, year, figures[agency.id], context, problems)
        for agency in agencies
        for year in agency.years
    )
    by_id = {report.id: report for report in found if report}
    assert problems.findings == []
    return by_id


def list_cells(report: Report) -> dict[str, Figure]:
    """Every cell of every table of a report, by its id."""
    return {
        f"{table_id}.{row.id}.{column.id}": table.figure(row.id, column.id)
        for table_id, table in report.tables.items()
        for row in table.table.leaves(Axis.ROWS)
        for column in table.table.leaves(Axis.COLUMNS)
    }


def write_cells(report: Report) -> dict[str, str | None]:
    """What each cell of a report says; None where it is blank."""
    cells = list_cells(report)
    assert {figure.state for figure in cells.values()} <= {State.NUMBER, State.BLANK}
    return {cell: None if figure.state is State.BLANK else figure.text for cell, figure in cells.items()}


def load_sample(report: str) -> dict[str, Any]:
    """What figures.json says about a report of 平潭综合实验区."""
    samples = json.loads((SAMPLES / "figures.json").read_text(encoding="utf-8"))
    return samples[f"平潭综合实验区-{report.partition('/')[2]}"]


def write_sample(sample: dict[str, Any]) -> dict[str, str | None]:
    """What each cell of a transcribed report says, under the ids of its form; None where it is null."""
    cells: dict[str, object] = {}
    for name, values in sample["section2"].items():
        row, columns = DISCLOSURE[sample["format"]][name]
        cells |= {f"{row}.{column}": value for column, value in zip(columns, list_values(values), strict=True)}
    for name, values in sample["applications"]["rows"].items():
        row = f"applications.{ROWS[name]}"
        cells |= {f"{row}.{column}": value for column, value in zip(COLUMNS, values, strict=True)}
    for name, block in CASES.items():
        row = f"reviews.cases.{block}"
        values = sample["review_litigation"][name]
        cells |= {f"{row}.{outcome}": value for outcome, value in zip(OUTCOMES, values, strict=True)}
    return {cell: None if value is None else str(value) for cell, value in cells.items()}


def list_values(values: Any) -> list[Any]:
    """The values of a row of section II, which figures.json writes in three ways."""
    if isinstance(values, dict):
        return [values["项目"], values["金额"]]
    return values if isinstance(values, list) else [values]


def test_portal_holds_these_reports(reports: dict[str, Report]) -> None:
    assert set(reports) == {YONGDINGMENWAI, BEFORE_2019, *PINGTAN}


def test_yongdingmenwai_has_the_published_numbers_and_is_blank_elsewhere(reports: dict[str, Report]) -> None:
    cells = write_cells(reports[YONGDINGMENWAI])
    assert {cell: text for cell, text in cells.items() if text is not None} == PUBLISHED_BY_YONGDINGMENWAI
    assert len(cells) == 25 + 23 * 7 + 15


def test_yongdingmenwai_prints_its_own_rows_in_place(reports: dict[str, Report]) -> None:
    rows = reports[YONGDINGMENWAI].tables["licences"].table.leaves(Axis.ROWS)
    assert [row.label.official for row in rows] == ["行政许可", "行政检查", "行政确认"]
    assert [row.local for row in rows] == [False, True, True]


@needs_samples
@pytest.mark.parametrize("report", PINGTAN)
def test_pingtan_has_the_transcribed_figures_in_every_cell(reports: dict[str, Report], report: str) -> None:
    assert write_cells(reports[report]) == write_sample(load_sample(report))


@needs_samples
def test_pingtan_before_2019_has_the_transcribed_figures_in_every_cell(reports: dict[str, Report]) -> None:
    table = reports[BEFORE_2019].tables["statistics"]
    rows = [row for row in table.table.leaves(Axis.ROWS) if row.id != "fees"]
    found = {
        re.sub(r"^(其中：)?([0-9]\.)?", "", row.label.official): [
            table.figure(row.id, column.id).value for column in table.table.leaves(Axis.COLUMNS)
        ]
        for row in rows
    }
    assert found == load_sample(BEFORE_2019)["pre2019_table"]["rows"]
    assert {table.figure("fees", column.id).state for column in table.table.leaves(Axis.COLUMNS)} == {State.BLANK}
    assert "原报告没有“政府信息公开收费减免金额”一行" in "".join(reports[BEFORE_2019].narrative.notes)


@needs_samples
@pytest.mark.parametrize("report", [BEFORE_2019, *PINGTAN])
def test_pingtan_names_its_source_and_the_date_in_its_address(reports: dict[str, Report], report: str) -> None:
    narrative = reports[report].narrative
    assert narrative.source_url == load_sample(report)["source_url"]
    assert f"/t{narrative.published.replace('-', '')}_" in narrative.source_url


@needs_samples
@pytest.mark.parametrize("report", PINGTAN)
def test_figures_that_the_page_does_not_part_are_told_with_their_digits(
    reports: dict[str, Report], report: str
) -> None:
    section = load_sample(report)["section2"]
    notes = "".join(reports[report].narrative.notes)
    for name in load_sample(report)["section2_split_by_judgement"]:
        assert f"{name}“{''.join(map(str, section[name]))}”" in notes
    if "政府集中采购" in section:
        assert section["政府集中采购"]["raw"] in notes


def test_no_total_is_computed_here(reports: dict[str, Report]) -> None:
    computed = [
        (report.id, cell)
        for report in reports.values()
        for cell, figure in list_cells(report).items()
        if figure.computed
    ]
    assert computed == []


def test_units_are_those_of_the_sources(reports: dict[str, Report]) -> None:
    units = {
        report.id: unit.official
        for report in reports.values()
        for table in report.tables.values()
        for unit in table.units.values()
    }
    assert units == {YONGDINGMENWAI: "万元", "pingtan/2019": "元", "pingtan/2020": "元"}


def test_nothing_is_found_but_what_is_acknowledged_and_information() -> None:
    result = check_site(BuildOptions(project=ROOT, strict=True))
    acknowledged = [(each.place.file, each.check, each.at) for each in result.findings if each.acknowledged]
    rest = {result.catalogue.severity_of(each) for each in result.findings if not each.acknowledged}
    assert acknowledged == [
        ("content/pingtan/2020/figures.yaml", "public-total", "documents.rules.public_total"),
        *(
            ("content/pingtan/2020/figures.yaml", "column-sum", f"applications.handled.total.{column}")
            for column in ("natural_person", "total")
        ),
    ]
    assert rest <= {Severity.INFORMATION}


def test_every_section_has_a_narrative(reports: dict[str, Report], forms: dict[str, Form]) -> None:
    for report in reports.values():
        sections = report.narrative.sections
        assert [section.id for section in forms[report.form].sections if sections[section.id].text] == list(sections)


@needs_samples
def test_narrative_is_written_anew(reports: dict[str, Report], forms: dict[str, Form]) -> None:
    samples = [keep_han(path.read_text(encoding="utf-8")) for path in sorted(SAMPLES.glob("*.txt"))]
    labels = sorted({label for form in forms.values() for label in list_labels(form)}, key=len, reverse=True)
    shared = {
        run
        for report in reports.values()
        for piece in leave_out(write_narrative(report), labels)
        for run in cut_runs(keep_han(piece), 16)
        if any(run in sample for sample in samples)
    }
    assert samples
    assert shared == set()


def write_narrative(report: Report) -> str:
    """The whole narrative of a report as its readers see it."""
    prose = (report.narrative.preamble, *report.narrative.sections.values())
    return "\n".join(part.text for part in prose if part)


def list_labels(form: Form) -> Iterator[str]:
    """The long official labels of a form; a short one must not part a copied sentence."""
    for table in form.tables:
        for line in (*table.leaves(Axis.ROWS), *table.leaves(Axis.COLUMNS)):
            if len(line.label.official) >= 10:
                yield line.label.official


def leave_out(text: str, labels: list[str]) -> list[str]:
    """The pieces of a text between official labels and titles in 《》."""
    return re.split("|".join(["《[^》]*》", *map(re.escape, labels)]), text)


def keep_han(text: str) -> str:
    """The Han characters of a text, so that neither a comma nor a number breaks a copied sentence."""
    return re.sub(r"[^\u4e00-\u9fff]", "", text)


def cut_runs(text: str, length: int) -> Iterator[str]:
    """All runs of so many characters."""
    return (text[start : start + length] for start in range(len(text) - length + 1))


def test_about_page_explains_the_signs_that_the_theme_prints() -> None:
    words = yaml.safe_load((ROOT / "themes/civic/translations/zh-CN.yaml").read_text(encoding="utf-8"))
    about = (CONTENT / "pages" / "about.md").read_text(encoding="utf-8").replace("\\", "")
    signs = ("blank_text", "blank_spoken", "not_in_form_text", "not_applicable_text", "computed_text", "notes")
    assert [words[sign] for sign in signs if f"“{words[sign]}”" not in about] == []
