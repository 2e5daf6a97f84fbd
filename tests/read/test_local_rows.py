"""Rows that a report adds: printed in place, told apart from the form's, refused where they cannot stand."""

from pathlib import Path

import pytest

from gaisite.findings import Finding, Problems
from gaisite.model.content import ReportTable
from gaisite.model.tables import Axis
from gaisite.read.figures import read_figures
from gaisite.read.files import Source
from gaisite.read.forms import read_forms
from gaisite.read.local_rows import MAX_ROWS
from gaisite.read.names import name_form

ROOT = Path(__file__).parents[2]
FORMS = {
    form_id: name_form(form)
    for form_id, form in read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems()).items()
}
FORM = "cn-gai-2019"


def read(text: str) -> tuple[dict[str, ReportTable], list[Finding]]:
    problems = Problems()
    figures = read_figures(Source(file="f.yaml", text=f"form: {FORM}\n{text}"), FORMS, problems)
    assert figures is not None
    return dict(figures.tables), problems.findings


def refuse(text: str) -> list[tuple[str, int, int, int]]:
    """Check, line after that of the form, column and length of each mistake."""
    return [(each.check, each.place.line - 1, each.place.column, each.place.length) for each in read(text)[1]]


def list_rows(table: ReportTable) -> list[tuple[str, str, bool]]:
    return [(row.id, row.label.official, row.local) for row in table.table.leaves(Axis.ROWS)]


@pytest.mark.parametrize(
    "host", ["licences.other_services", "第二十条第（五）项.其他对外管理服务事项", "licences.其他 对外管理服务事项"]
)
def test_line_with_rows_of_its_own_becomes_a_group(host: str) -> None:
    tables, findings = read(
        f"local_rows: {{{host}: {{inspection: 行政检查, check: {{zh-CN: 行政确认, en: Confirmation}}}}}}\n"
        "licences:\n  other_services: {inspection: {change: 0}, 行政确认: {change: ＋10}}\n  permits: {}\n"
    )
    assert findings == []
    assert list_rows(tables["licences"]) == [
        ("permits", "行政许可", False),
        ("other_services.inspection", "行政检查", True),
        ("other_services.check", "行政确认", True),
    ]
    assert tables["licences"].figure("other_services.check", "change").text == "＋10"
    assert tables["licences"].missing_rows == ()


def test_table_gets_rows_at_its_end() -> None:
    tables, findings = read("local_rows: {documents: {other: 其他文件}}\ndocuments: {其他文件: {made: 3}}\n")
    assert findings == []
    assert [row for row, *_ in list_rows(tables["documents"])] == ["rules", "normative_documents", "other"]
    assert tables["documents"].figure("other", "made").value == 3


def test_rows_of_one_report_are_not_those_of_another() -> None:
    read("local_rows: {documents: {other: 其他文件}}\n")
    assert len(list_rows(read("")[0]["documents"])) == 2


def test_one_line_may_get_rows_in_two_places() -> None:
    tables, findings = read(
        "local_rows: {licences.other_services: {a: 甲}, 第二十条第（五）项.其他对外管理服务事项: {b: 乙}}\n"
    )
    assert findings == []
    assert [row for row, *_ in list_rows(tables["licences"])] == ["permits", "other_services.a", "other_services.b"]


def test_parts_of_a_split_row_are_added_up_where_a_total_names_the_row() -> None:
    tables, findings = read(
        "local_rows: {applications.handled.granted: {early: 按时, late: 逾期}}\n"
        "applications: {handled: {granted: {early: {natural_person: 2}, late: {natural_person: 3}}, partial: {natural_person: 4}}}\n"
    )
    assert findings == []
    assert tables["applications"].figure("handled.total", "natural_person").value == 9


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("local_rows: {licence: {a: 甲}}", [("local-row-host", 1, 14, 7)]),
        ("local_rows: {licences.permit: {a: 甲}}", [("local-row-host", 1, 14, 15)]),
        ("local_rows: {applications.handled.total: {a: 甲}}", [("local-row-host", 1, 14, 26)]),
        ("local_rows: [licences]", [("mapping-expected", 1, 13, 1)]),
        ("local_rows: {licences: 行政检查}", [("mapping-expected", 1, 24, 4)]),
        ("local_rows: {licences: }", [("mapping-expected", 1, 24, 1)]),
        ("local_rows: {licences: {行政检查: 行政检查}}", [("id-invalid", 1, 25, 4)]),
        ("local_rows: {licences: {A: 甲, 1a: 乙, a.b: 丙}}", [("id-invalid", 1, 25, 1), ("id-invalid", 1, 31, 2), ("id-invalid", 1, 38, 3)]),
        ("local_rows: {licences: {a: }}", [("key-missing", 1, 25, 1)]),
        ('local_rows: {licences: {a: ""}}', [("key-missing", 1, 25, 1)]),
        ("local_rows: {licences: {a: {en: }}}", [("key-missing", 1, 25, 1)]),
        ("local_rows: {licences: {a: [甲]}}", [("text-expected", 1, 28, 1)]),
        ("local_rows: {licences: {permits: 另一行}}", [("line-twice", 1, 25, 7)]),
        ("local_rows: {licences: {a: 行政 许可}}", [("line-twice", 1, 25, 1)]),
        ("local_rows: {licences: {a: 甲, b: 甲}}", [("line-twice", 1, 31, 1)]),
        ("local_rows: {licences: {a: 甲}, 第二十条第（五）项: {a: 乙}}", [("line-twice", 1, 44, 1)]),
        ("local_rows: {licences.permits: {a: 甲}, 第二十条第（五）项.行政许可: {a: 乙}}", [("line-twice", 1, 57, 1)]),
    ],
)  # fmt: skip
def test_mistake_is_told_at_its_place(text: str, mistakes: list[tuple[str, int, int, int]]) -> None:
    assert refuse(text) == mistakes


def test_wrong_place_is_answered_with_the_nearest() -> None:
    _, (finding,) = read("local_rows: {licences.other_service: {a: 甲}}")
    assert dict(finding.facts) == {"found": "licences.other_service", "near": "licences.other_services"}


def test_mistake_in_one_row_leaves_the_others() -> None:
    tables, findings = read("local_rows: {documents: {a: 甲, B: 乙, c: 丙}}")
    assert len(findings) == 1
    assert [row for row, *_ in list_rows(tables["documents"])] == ["rules", "normative_documents", "a", "c"]


def test_added_rows_are_limited() -> None:
    def declare(number: int) -> str:
        return "local_rows:\n  applications:\n" + "".join(f"    r{each}: 行{each}\n" for each in range(number))

    tables, findings = read(declare(MAX_ROWS))
    assert (len([row for row in list_rows(tables["applications"]) if row[2]]), findings) == (MAX_ROWS, [])
    tables, (finding,) = read(declare(MAX_ROWS + 1))
    assert not any(local for _, _, local in list_rows(tables["applications"]))
    assert (finding.check, dict(finding.facts)) == ("local-row-many", {"number": MAX_ROWS + 1, "limit": MAX_ROWS})
