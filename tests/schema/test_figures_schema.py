"""The schema of figures.yaml: it says what gaisite says, of right files and of wrong ones."""

import json
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from gaisite.findings import Problems
from gaisite.read.figures import read_figures
from gaisite.read.figures_schema import write_schema
from gaisite.read.files import Source
from gaisite.read.forms import read_forms
from gaisite.read.names import name_form
from tests.examples import EXAMPLES
from tests.schema.documents import ODD_VALUES, changed_documents, right_documents

ROOT = Path(__file__).parents[2]
FORMS = {
    form_id: name_form(form)
    for form_id, form in read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems()).items()
}
SCHEMAS = {form_id: write_schema(names.form) for form_id, names in FORMS.items()}
VALIDATORS = {form_id: Draft202012Validator(json.loads(json.dumps(schema))) for form_id, schema in SCHEMAS.items()}
TWICE = {"line-twice", "key-duplicate"}
NEW, OLD = "cn-gai-2021", "cn-gai-2019"


def find_checks(document: Any) -> set[str]:
    """The checks that gaisite finds failing when it reads a document."""
    problems = Problems()
    text = json.dumps(document, ensure_ascii=False)
    assert yaml.safe_load(text) == document
    read_figures(Source(file="f.yaml", text=text), FORMS, problems)
    return {finding.check for finding in problems.findings}


def accepts(form: str, document: Any) -> bool:
    return bool(VALIDATORS[form].is_valid(document))


@pytest.mark.parametrize("form", FORMS)
def test_the_schema_is_one_of_2020_12(form: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[form])
    assert SCHEMAS[form]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=120)
@given(data=st.data())
def test_what_gaisite_reads_the_schema_accepts(form: str, data: st.DataObject) -> None:
    document = data.draw(right_documents(FORMS[form]))
    assert find_checks(document) == set()
    assert accepts(form, document), next(VALIDATORS[form].iter_errors(document)).message


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=250)
@given(data=st.data())
def test_of_a_changed_file_schema_and_gaisite_say_the_same(form: str, data: st.DataObject) -> None:
    document = data.draw(changed_documents(FORMS[form]))
    checks = find_checks(document)
    assume(not checks & TWICE)
    if document.get("local_rows"):
        # Rows that were not declared are beyond a schema; what is right is accepted all the same.
        assert accepts(form, document) or checks
    else:
        assert accepts(form, document) == (not checks), checks


CELLS = {
    "count": (NEW, "applications", "new", "total"),
    "change": (OLD, "fees", "charges", "change"),
    "amount": (NEW, "fees", "charges", "amount"),
}


@pytest.mark.parametrize("value", ODD_VALUES, ids=repr)
@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_holds_what_gaisite_reads_in_it(cell: str, value: object) -> None:
    form, table, row, column = CELLS[cell]
    document = {"form": form, table: {row: {column: value}}}
    assert accepts(form, document) == (not find_checks(document))


@pytest.mark.parametrize("path", sorted(ROOT.glob("content/**/figures.yaml")), ids=lambda path: path.parent.as_posix())
def test_the_reports_of_the_demo_portal_are_accepted(path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert accepts(document["form"], document)


@pytest.mark.parametrize(
    "case",
    [
        "labels-as-keys",
        "local-rows",
        "four-states",
        "totals-left-out",
        "acknowledged",
        "roll-up-sum",
        "roll-up-compare",
    ],
)
def test_the_good_examples_are_accepted(case: str) -> None:
    for path in (EXAMPLES / "good" / case).glob("**/figures.yaml"):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert accepts(document["form"], document)


@pytest.mark.parametrize("case", ["corrected", "corrected-twice", "corrected-unit"])
def test_the_good_examples_of_corrections_are_accepted(case: str) -> None:
    for path in (EXAMPLES / "good" / case).glob("**/figures.yaml"):
        document = read_as_an_editor(path)
        assert document["corrections"]
        assert accepts(document["form"], document)


def test_an_incomplete_correction_is_refused() -> None:
    right = {"date": "2022-03-01", "at": "t.r.c", "old": None, "new": 7, "reason": "漏填"}
    for key in right:
        assert not accepts(
            NEW, {"form": NEW, "corrections": [{**right, key: [1]} if key != "at" else {**right, key: {}}]}
        )
        assert not accepts(NEW, {"form": NEW, "corrections": [{each: right[each] for each in right if each != key}]})
    assert accepts(NEW, {"form": NEW, "corrections": [right]})


def read_as_an_editor(path: Path) -> Any:
    """A document as YAML 1.2 has it, in which a day is a text."""

    class Loader(yaml.SafeLoader):
        yaml_implicit_resolvers: ClassVar = {
            first: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
            for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(path.read_text(encoding="utf-8"), Loader)


@pytest.mark.parametrize(
    "case",
    [
        "cells-missing-space", "colon-in-braces", "column-unknown", "figure-decimal-comma", "figure-footnote",
        "figure-list", "figure-negative", "figure-no-word", "figure-stroke", "figure-unit", "figure-word",
        "form-missing", "form-unknown", "local-row-host", "local-row-id", "local-row-without-label", "row-unknown",
        "table-unknown", "unit-key-unknown", "unit-not-open", "unit-unknown",
    ],
)  # fmt: skip
def test_the_bad_examples_of_figures_are_refused(case: str) -> None:
    for path in (EXAMPLES / "bad" / case).glob("**/figures.yaml"):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        form = document.get("form") if isinstance(document, dict) else NEW
        assert not accepts(form if form in FORMS else NEW, document)


@pytest.mark.parametrize("case", ["adjustments", "adjustments-alone", "children-sum-table", "children-word"])
def test_the_bad_examples_of_sums_are_refused(case: str) -> None:
    path = EXAMPLES / "bad" / case / "content" / "office" / "2021" / "figures.yaml"
    assert not accepts(NEW, yaml.safe_load(path.read_text(encoding="utf-8")))


AMOUNT, COUNT = "fees.charges.amount", "penalties.punishment.decisions"


@pytest.mark.parametrize(
    "value", [*ODD_VALUES, "+1.5", "-1.5", "+" + "1" * 18, "+" + "1" * 19, "+", "−2", -1.5], ids=repr
)
@pytest.mark.parametrize("at", [AMOUNT, COUNT, "applications.new.total", "x"])
def test_an_adjustment_is_by_what_gaisite_reads_there(at: str, value: object) -> None:
    document = {"form": NEW, "children": "compare", "adjustments": [{"at": at, "by": value, "reason": "照录"}]}
    assert accepts(NEW, document) == (not find_checks(document))


def test_local_rows_open_the_table_that_has_them_and_no_other() -> None:
    table = {"other_services": {"inspection": {"decisions": 5}}}
    declared = {"licences.other_services": {"inspection": "检查"}}
    assert not accepts(OLD, {"form": OLD, "licences": table})
    assert accepts(OLD, {"form": OLD, "licences": table, "local_rows": declared})
    assert not accepts(OLD, {"form": OLD, "penalties": {"x": {}}, "local_rows": declared})


def test_an_editor_is_offered_ids_and_official_labels_with_the_labels_as_descriptions() -> None:
    rows = SCHEMAS[NEW]["$defs"]["applications:rows:"]["properties"]  # type: ignore[index]
    line = next(line for line in FORMS[NEW].form.table("applications").rows if line.id == "new")
    assert list(rows)[:3] == ["new", line.label.official, line.label.within("en")]
    assert rows["new"]["description"] == f"{line.label.official} / {line.label.within('en')}"
    assert "granted" not in rows
    assert accepts(NEW, {"form": NEW, "applications": {"granted": {"total": 1}}})


def test_the_schema_says_what_it_cannot_tell() -> None:
    assert "Only gaisite check notices" in str(SCHEMAS[NEW]["description"])
