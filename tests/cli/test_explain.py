"""`gaisite explain`: what each check says, with and without a project."""

from pathlib import Path

import pytest

from gaisite.cli import run
from gaisite.cli.known_checks import list_checks, read_known_forms
from gaisite.read.catalogue import read_catalogue
from tests.examples import EXAMPLES, lay_out

FORM = """\
form: local-form
language: en
title: "{year} {agency}"
short: Local
years: {first: 2024}
sections:
  figures: {heading: Figures, tables: [cases]}
tables:
  cases:
    caption: Cases
    corner: Item
    columns:
      open: {label: Open}
      closed: {label: Closed}
      total: {label: Total, sum_of: [open, closed]}
    rows:
      all: {label: All}
checks:
  local-sum: {kind: total, table: cases, columns: [total], severity: warning, title: It adds up, clause: Clause 7}
"""


def explain(capsys: pytest.CaptureFixture[str], folder: Path, *words: str, language: str = "en") -> tuple[int, str]:
    status = run(["-C", str(folder), "explain", "--lang", language, *words])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_a_general_check_is_explained_with_severity_message_and_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = explain(capsys, tmp_path, "figure-count")
    assert status == 0
    assert told.splitlines() == [
        "figure-count",
        "  severity: error",
        "  message: “{found}” is no count.",
        "  hint: Write 0 or a whole number; leave it empty where the report does, write n/a where it says not applicable.",
    ]


def test_a_check_of_forms_is_explained_for_every_form_that_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forms = read_known_forms(None)
    _, told = explain(capsys, tmp_path, "carry-over", language="zh")
    having = [(form, check) for form in forms.values() for check in form.checks if check.id == "carry-over"]
    assert len(having) > 1
    for form, check in having:
        assert f"  {form.id}: {check.title.official}\n" in told
        assert check.clause is not None
        assert f"依据: {check.clause.official}" in told
    assert "种类: carry-over, applications, rows: [carried_in], from: [carried_out]" in told
    assert told.count("消息: ") == 1


def test_checks_of_the_projects_own_forms_are_known_inside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay_out(EXAMPLES / "good/acknowledged", tmp_path)
    (project / "content/forms").mkdir(exist_ok=True)
    (project / "content/forms/local-form.yaml").write_text(FORM, encoding="utf-8")
    status, told = explain(capsys, project, "local-sum")
    assert status == 0
    assert "  local-form: It adds up\n    severity: warning\n" in told
    assert "    clause: Clause 7\n" in told
    assert explain(capsys, tmp_path, "local-sum")[0] == 2


def test_a_kind_that_is_no_checks_id_can_be_explained_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = explain(capsys, tmp_path, "total")
    assert status == 0
    assert "its parts give" in told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_an_id_every_check_has_a_line(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = list_checks(read_catalogue(), read_known_forms(None))
    status, told = explain(capsys, tmp_path, language=language)
    assert status == 0
    assert [line.split()[0] for line in told.splitlines()] == [check.id for check in checks]
    assert ("错误" in told) == (language == "zh")


@pytest.mark.parametrize("check", list_checks(read_catalogue(), read_known_forms(None)), ids=lambda check: check.id)
def test_every_check_can_be_explained(check: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_id = check.id  # type: ignore[attr-defined]
    for language, word in (("zh", "消息"), ("en", "message")):
        status, told = explain(capsys, tmp_path, check_id, language=language)
        assert status == 0
        assert f"  {word}: " in told


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "There is no check “colum-sum”. Did you mean column-sum?"),
        ("zh", "没有“colum-sum”这项检查。是不是 column-sum？"),
    ],
)
def test_an_unknown_id_is_a_usage_error_with_the_nearest(
    language: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = explain(capsys, tmp_path, "colum-sum", language=language)
    assert status == 2
    assert told.startswith(expected + "\n")


def test_where_nothing_is_near_the_list_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = explain(capsys, tmp_path, "zzzzzz")
    assert status == 2
    assert "gaisite explain lists them all." in told
