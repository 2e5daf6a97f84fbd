"""Form files: every mistake is found with its place, and nothing else is."""

import re
from collections import Counter
from pathlib import Path

import pytest

from gaisite.findings import Finding, Problems
from gaisite.model.form_checks import CheckKind
from gaisite.model.forms import Form, Relation
from gaisite.model.tables import Address, Axis, FigureType
from gaisite.read.coverage import condense, list_cells
from gaisite.read.files import Source, read_source
from gaisite.read.forms import check_forms, read_form, read_forms

EXAMPLES = Path(__file__).parents[1] / "examples" / "bad-forms"
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "forms.md"
EXPECT = re.compile(r"# expect: (.*)")
REQUESTS = """
form: requests
language: en
title: "{agency} {year}"
short: Requests
years: {first: 2001}
sections:
  facts: {heading: Facts, tables: [requests]}
tables:
  requests:
    caption: Requests
    corner: Kind
    columns: {all: All}
    rows: {received: Received}
"""


def read(*folders: Path) -> tuple[dict[str, Form], list[Finding]]:
    problems = Problems()
    forms = read_forms(folders, folders[0], problems)
    check_forms(forms, problems)
    return dict(forms), problems.findings


def read_text(text: str, name: str = "requests.yaml") -> tuple[Form | None, list[Finding]]:
    problems = Problems()
    return read_form(Source(file=name, text=text), problems), problems.findings


def expect(folder: Path) -> Counter[tuple[str, int, str]]:
    """What the comments of the example's files say: file, line and `check` or `check@column`."""
    found: Counter[tuple[str, int, str]] = Counter()
    for path in sorted(folder.glob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            comment = EXPECT.search(line)
            for word in comment[1].split(", ") if comment else ():
                found[path.name, number, word] += 1
    return found


@pytest.mark.parametrize("folder", sorted(EXAMPLES.iterdir()), ids=lambda path: path.name)
def test_bad_forms_give_exactly_the_findings_they_expect(folder: Path) -> None:
    expected = expect(folder)
    found: Counter[tuple[str, int, str]] = Counter()
    for finding in read(folder)[1]:
        place = finding.place
        exact = f"{finding.check}@{place.column}"
        key = (place.file, place.line, exact)
        found[key if key in expected else (place.file, place.line, finding.check)] += 1
    if folder.name == "nothing":
        expected["remark.yaml", 0, "form-empty"] = 1
    assert found == expected


def facts(findings: list[Finding], check: str) -> list[dict[str, str]]:
    return [{name: str(fact) for name, fact in each.facts} for each in findings if each.check == check]


def test_misspelt_names_are_answered_with_the_nearest() -> None:
    assert facts(read(EXAMPLES / "lines")[1], "form-line-unknown") == [
        {"line": "othr", "within": "total", "near": "other"}
    ]
    assert facts(read(EXAMPLES / "tables")[1], "form-table-unknown") == [{"table": "requets", "near": "requests"}]
    assert facts(read(EXAMPLES / "statements")[1], "form-address-unknown") == [
        {"found": "request", "form": "new", "near": "requests"},
        {"found": "requests.recieved", "form": "old", "near": "requests.received"},
    ]


def test_circle_of_totals_is_told_whole() -> None:
    circles = [each["circle"] for each in facts(read(EXAMPLES / "lines")[1], "form-sum-cycle")]
    assert circles == ["one → two → three → one", "alone → alone"]


def test_forgotten_cells_are_named_by_the_fewest_addresses() -> None:
    findings = read(EXAMPLES / "coverage")[1]
    assert facts(findings, "form-continuity-uncovered") == [
        {"form": "new", "address": "requests.ended.person"},
        {"form": "new", "address": "fees.waived"},
        {"form": "old", "address": "requests.ended.person"},
    ]


def test_cells_named_twice_name_the_line_of_the_first_statement() -> None:
    findings = read(EXAMPLES / "coverage")[1]
    assert facts(findings, "form-continuity-twice") == [
        {"form": "new", "address": "fees.paid", "first": "24"},
        {"form": "old", "address": "requests.received.total", "first": "20"},
        {"form": "old", "address": "requests.refused.total", "first": "22"},
    ]


def test_group_laid_over_a_row_names_what_has_no_partner_on_each_side() -> None:
    findings = read(EXAMPLES / "partners")[1]
    assert facts(findings, "form-continuity-partner") == [
        {"relation": "same", "form": "new", "other": "old", "address": "requests.refused"},
        {"relation": "same", "form": "old", "other": "new", "address": "requests.refused"},
    ]


def test_example_of_the_documentation_is_a_form_without_mistakes() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    form, findings = read_text(text, "permits-2030.yaml")
    assert findings == []
    assert form is not None
    assert [table.id for table in form.tables] == ["applications"]


def test_form_id_in_two_folders_keeps_the_first(tmp_path: Path) -> None:
    for name, text in (("a", REQUESTS), ("b", REQUESTS.replace("Requests", "Other"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "requests.yaml").write_text(text, encoding="utf-8")
    problems = Problems()
    forms = read_forms([tmp_path / "a", tmp_path / "b", tmp_path / "c"], tmp_path, problems)
    assert forms["requests"].short.official == "Requests"
    assert [(each.check, each.place.file, each.place.line) for each in problems.findings] == [
        ("form-twice", "b/requests.yaml", 2)
    ]
    assert facts(problems.findings, "form-twice") == [{"form": "requests", "first": "a/requests.yaml"}]


def test_unreadable_form_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_bytes("form: 格式".encode("gb18030"))
    (tmp_path / "requests.yaml").write_text(REQUESTS, encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("}", encoding="utf-8")
    forms, findings = read(tmp_path)
    assert list(forms) == ["requests"]
    assert [each.check for each in findings] == ["file-encoding"]


def test_least_form_is_read_with_its_defaults() -> None:
    form, findings = read_text(REQUESTS)
    assert findings == []
    assert form is not None
    table = form.table("requests")
    assert (form.language, form.first_year, form.last_year, form.checks) == ("en", 2001, None, ())
    assert (table.type, table.unit, table.principal, table.key_figures) == (FigureType.COUNT, None, "", ())


def test_form_with_mistakes_keeps_what_was_understood() -> None:
    form, findings = read_text(REQUESTS.replace("received: Received", "received: {label: Received, colour: red}"))
    assert form is not None
    assert form.table("requests").find(Axis.ROWS, "received") is not None
    assert [each.check for each in findings] == ["key-unknown"]


def test_form_without_an_id_is_none() -> None:
    assert read_text(REQUESTS.replace("form: requests", "form:"))[0] is None


TWO_VALUES = """
form: yearly
language: en
title: "{agency} {year}"
short: Yearly
years: {first: 2001, last: 2009}
sections:
  facts: {heading: Facts, tables: [figures]}
tables:
  figures:
    caption: Figures
    corner: Measure
    columns: {year: This year, since: Since the beginning}
    rows:
      received: {label: Received, unit: cases, sum_of: [by_post, in_person]}
      by_post: {label: 1. By post, unit: cases}
      in_person: {label: 2. In person, unit: cases}
      waived: {label: Fees waived, unit: yuan, type: amount}
checks:
  ways: {kind: total, table: figures, rows: [received], severity: warning, title: Received is the sum of the ways}
"""


def test_rows_may_have_units_and_types_of_their_own() -> None:
    form, findings = read_text(TWO_VALUES, "yearly.yaml")
    assert findings == []
    assert form is not None
    table = form.table("figures")
    year = table.leaves(Axis.COLUMNS)[0]
    cells = [(table.cell_unit(row, year), table.cell_type(row, year)) for row in table.leaves(Axis.ROWS)]
    assert [(unit.official if unit else "", figure_type.value) for unit, figure_type in cells] == [
        ("cases", "count"),
        ("cases", "count"),
        ("cases", "count"),
        ("yuan", "amount"),
    ]
    assert (form.checks[0].kind, form.checks[0].severity.value) == (CheckKind.TOTAL, "warning")


MERGED = """
form: later
language: en
title: "{agency} {year}"
short: Later
years: {first: 2010}
sections:
  facts: {heading: Facts, tables: [requests]}
tables:
  requests:
    caption: Requests
    corner: Kind
    unit: cases
    columns: {all: All}
    rows: {any_way: Received, fees: {label: Fees waived, unit: yuan, type: amount}}
continuity:
  form: yearly
  note: The form changed.
  lines:
    - relation: sum of
      here: requests.any_way.all
      there: [figures.by_post.year, figures.in_person.year]
      note: The two ways added up.
    - {relation: same, here: requests.fees.all, there: figures.waived.year}
    - {relation: only there, there: figures.*.since}
    - {relation: only there, there: figures.received.year}
"""


def test_row_may_continue_the_sum_of_rows_that_form_no_group(tmp_path: Path) -> None:
    (tmp_path / "yearly.yaml").write_text(TWO_VALUES, encoding="utf-8")
    (tmp_path / "later.yaml").write_text(MERGED, encoding="utf-8")
    forms, findings = read(tmp_path)
    assert findings == []
    (continuity,) = forms["later"].continuity
    statement = continuity.continuations[0]
    assert statement.relation is Relation.SUM_OF
    assert [str(address) for address in statement.there] == ["figures.by_post.year", "figures.in_person.year"]
    assert statement.place.line == 20


def test_condensing_names_every_cell_once() -> None:
    form = read_form(read_source(EXAMPLES / "coverage" / "old.yaml", EXAMPLES), Problems())
    assert form is not None
    cells = list(list_cells(form))
    assert list(condense(form, cells)) == [Address(table="requests"), Address(table="fees")]
    assert list(condense(form, [cell for cell in cells if cell.column == "total"])) == [
        Address(table="requests", column="total")
    ]
    assert list(condense(form, cells[:3])) == [Address(table="requests", row="received"), cells[2]]
    assert list(condense(form, [])) == []
