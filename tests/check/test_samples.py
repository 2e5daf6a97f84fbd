"""The real reports in ../shared/samples: the checks find what was found by hand, and nothing else."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from gaisite.check.arithmetic import check_sums
from gaisite.check.rows import check_form_year, check_rows
from gaisite.check.series import check_outliers, check_unit_leaps
from gaisite.check.years import check_carry_over
from gaisite.findings import Finding, Problems, Verdict
from gaisite.model.content import BLANK, Figure, Report, ReportTable, State
from gaisite.model.forms import Form
from gaisite.model.tables import Axis, FigureType, Table
from gaisite.read.forms import read_forms
from tests.check.values import make_report, make_report_table, number
from tests.test_content import COLUMNS, ROWS, write_sample

ROOT = Path(__file__).parents[2]
FILE = ROOT.parent / "shared" / "samples" / "figures.json"
SAMPLES: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
REPORTS = [name for name, sample in SAMPLES.items() if sample.get("format") in ("2019", "2021")]
LABELS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")

pytestmark = pytest.mark.skipif(not SAMPLES, reason="needs the real reports in ../shared/samples")


@pytest.fixture(scope="module")
def forms() -> dict[str, Form]:
    return dict(read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems()))


def read_sample(name: str, forms: dict[str, Form]) -> Report:
    """The report of a sample, every cell given; what is left open in the sample is blank."""
    sample = SAMPLES[name]
    form = forms[f"cn-gai-{sample['format']}"]
    cells = write_sample(sample)

    def fill(table: Table) -> ReportTable:
        figures = {
            (row.id, column.id): read(cells.pop(f"{table.id}.{row.id}.{column.id}"), table.cell_type(row, column))
            for row in table.leaves(Axis.ROWS)
            for column in table.leaves(Axis.COLUMNS)
        }
        return make_report_table(table, figures)

    report = make_report(form, fill, year=sample["year"])
    assert cells == {}
    return report


def read(text: str | None, type: FigureType) -> Figure:
    if text is None:
        return BLANK
    return number(text) if type is FigureType.AMOUNT else Figure(State.NUMBER, int(text), text)


def list_failed(findings: list[Finding]) -> dict[tuple[str, str], Finding]:
    return {(each.check, each.at): each for each in findings if each.verdict is Verdict.FAIL}


def pick(finding: Finding, *names: str) -> list[str]:
    facts = dict(finding.facts)
    return [str(facts[name]) for name in names]


@pytest.mark.parametrize("name", REPORTS)
def test_sums_fail_where_they_were_found_to_fail_and_nowhere_else(name: str, forms: dict[str, Form]) -> None:
    report = read_sample(name, forms)
    failed = list_failed(list(check_sums(report, forms[report.form])))
    expected: dict[tuple[str, str], list[str]] = {}
    for each in SAMPLES[name]["arithmetic_violations"]:
        assert each["rule"] == "column-sum（七）"
        column = COLUMNS[LABELS.index(each["col"])]
        expected["column-sum", f"applications.handled.total.{column}"] = [str(each["printed"]), str(each["sum"])]
    for each in SAMPLES[name].get("blank_totals", ()):
        expected["blank-total", f"applications.{ROWS[each['row']]}.total"] = [str(each["sum"])]
    told = {
        key: pick(each, *(("sum",) if key[0] == "blank-total" else ("printed", "sum"))) for key, each in failed.items()
    }
    assert told == expected


@pytest.mark.parametrize("name", REPORTS)
def test_samples_are_complete_and_in_the_form_of_their_year(name: str, forms: dict[str, Form]) -> None:
    report = read_sample(name, forms)
    assert [*check_rows(report), *check_form_year(report, forms[report.form])] == []


def test_shanghai_closes_but_for_eleven_blank_row_totals(forms: dict[str, Form]) -> None:
    report = read_sample("上海市人民政府办公厅-2019", forms)
    findings = list(check_sums(report, forms[report.form]))
    assert [key[0] for key in list_failed(findings)] == ["blank-total"] * 11
    total = [
        each.verdict for each in findings if (each.check, each.at) == ("column-sum", "applications.handled.total.total")
    ]
    assert total == [Verdict.NOT_ASSESSABLE]
    by_person = "applications.handled.total.natural_person"
    assert [each.verdict for each in findings if each.at == by_person] == [Verdict.PASS, Verdict.PASS]


def test_pingtan_2020_holds_its_printed_balance_in_every_column(forms: dict[str, Form]) -> None:
    report = read_sample("平潭综合实验区-2020", forms)
    balances = [each for each in check_sums(report, forms[report.form]) if each.check == "balance"]
    assert [each.verdict for each in balances] == [Verdict.PASS] * 7


def test_pingtan_carries_over_from_year_to_year_and_from_form_to_form(forms: dict[str, Form]) -> None:
    reports = [read_sample(f"平潭综合实验区-{year}", forms) for year in (2019, 2020, 2021, 2022)]
    for before, report in itertools.pairwise(reports):
        findings = [each for each in check_carry_over(report, before, forms) if each.check == "carry-over"]
        assert [each.verdict for each in findings] == [Verdict.PASS] * 7


def test_pingtan_fails_where_a_total_rose_without_anything_published_and_nowhere_else(forms: dict[str, Form]) -> None:
    failed: dict[tuple[str, str], list[str]] = {}
    verdicts: dict[str, list[Verdict]] = {}
    reports = [read_sample(f"平潭综合实验区-{year}", forms) for year in (2019, 2020, 2021, 2022)]
    for before, report in itertools.pairwise(reports):
        findings = list(check_carry_over(report, before, forms))
        failed |= {key: pick(each, "year", "printed", "parts") for key, each in list_failed(findings).items()}
        for each in findings:
            if each.check != "carry-over":
                verdicts.setdefault(f"{report.year} {each.check}", []).append(each.verdict)
    assert failed == {("public-total", "documents.rules.public_total"): ["2019", "7", "0+0=0"]}
    holds = Verdict.PASS
    assert verdicts == {
        "2020 licence-items": [holds] * 2,
        "2020 penalty-items": [holds] * 2,
        "2020 fee-items": [holds],
        "2020 public-total": [Verdict.FAIL, holds],
        "2022 stock": [holds] * 2,
    }


def test_pingtan_jumps_twice_within_one_meaning(forms: dict[str, Form]) -> None:
    reports = [read_sample(f"平潭综合实验区-{year}", forms) for year in (2019, 2020, 2021, 2022)]
    told = [
        (report.year, each.at, *pick(each, "last", "printed"))
        for before, report in itertools.pairwise(reports)
        for each in check_outliers(report, before, forms)
    ]
    assert told == [
        (2020, "licences.permits.decisions", "181", "2278"),
        (2022, "penalties.compulsion.decisions", "42", "0"),
    ]


def test_no_unit_is_mixed_up_in_pingtan(forms: dict[str, Form]) -> None:
    reports = [read_sample(f"平潭综合实验区-{year}", forms) for year in (2019, 2020, 2021, 2022)]
    pairs = itertools.pairwise(reports)
    assert [each for before, report in pairs for each in check_unit_leaps(report, before, forms)] == []
