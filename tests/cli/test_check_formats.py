"""`gaisite check --format`: documents for machines, and nothing else on stdout."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from gaisite.cli import run
from gaisite.cli.reports import escape_message, escape_property
from tests.examples import EXAMPLES, lay_out

FIELDS = [
    "check",
    "severity",
    "verdict",
    "file",
    "line",
    "column",
    "length",
    "at",
    "message",
    "hint",
    "fix",
    "acknowledged",
]
FORMATS = ["json", "sarif", "github"]


@pytest.fixture(autouse=True)
def no_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside GitHub, wherever the tests run."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def check(capsys: pytest.CaptureFixture[str], project: Path, name: str, *options: str) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of a check."""
    status = run(["-C", str(project), "check", "--lang", "en", "--format", name, *options])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def lay(tmp_path: Path, case: str) -> Path:
    return lay_out(EXAMPLES / case, tmp_path)


def read_run(document: str) -> dict[str, Any]:
    log = json.loads(document)
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == 1
    return log["runs"][0]


@pytest.mark.parametrize("name", FORMATS)
def test_only_the_document_is_on_stdout_and_the_exit_status_is_that_of_the_text(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay(tmp_path, "bad/total-wrong")
    status, text, _ = check(capsys, project, "text")
    summary = text.splitlines()[-1]
    found, document, told = check(capsys, project, name)
    assert found == status == 1
    assert summary not in document
    assert told == f"{summary}\n"


def test_json_says_of_a_finding_all_that_the_text_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = lay(tmp_path, "bad/total-wrong")
    _, text, _ = check(capsys, project, "text")
    document = json.loads(check(capsys, project, "json")[1])
    assert list(document) == ["version", "generator", "language", "failed", "counts", "findings"]
    assert (document["version"], document["language"], document["failed"]) == (1, "en", True)
    assert document["counts"]["errors"] == len(document["findings"]) == text.count(": error: ")
    for finding in document["findings"]:
        assert list(finding) == FIELDS
        place = f"{finding['file']}:{finding['line']}:{finding['column']}"
        assert f"{place}: error: {finding['message']} [{finding['check']}]" in text
        assert f"hint: {finding['hint']}" in text


def test_json_keeps_acknowledged_failures_with_their_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = check(capsys, lay(tmp_path, "good/acknowledged"), "json")
    document = json.loads(out)
    reasons = [finding["acknowledged"] for finding in document["findings"]]
    assert status == 0
    assert not document["failed"]
    assert document["counts"]["errors"] == 0
    assert document["counts"]["acknowledged"] == len(reasons) > 0
    assert all(reasons)
    assert {finding["verdict"] for finding in document["findings"]} == {"fail"}
    assert {finding["severity"] for finding in document["findings"]} <= {"error", "warning"}


def test_a_place_without_a_line_is_null_in_json_and_has_no_region_in_sarif(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay(tmp_path, "bad/report-missing")
    whole = [each for each in json.loads(check(capsys, project, "json")[1])["findings"] if each["line"] is None]
    assert whole
    assert {(each["column"], each["length"]) for each in whole} == {(None, None)}
    results = read_run(check(capsys, project, "sarif")[1])["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert sum("region" not in place for place in places) == len(whole)
    _, commands, _ = check(capsys, project, "github")
    assert "line=0" not in commands


def test_warnings_alone_fail_only_where_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = lay(tmp_path, "bad/missing-row")
    status, out, _ = check(capsys, project, "json")
    assert (status, json.loads(out)["failed"]) == (0, False)
    status, out, _ = check(capsys, project, "json", "--strict")
    assert (status, json.loads(out)["failed"]) == (1, True)


def test_every_result_of_sarif_points_to_its_rule_and_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay(tmp_path, "bad/total-wrong")
    findings = json.loads(check(capsys, project, "json")[1])["findings"]
    found = read_run(check(capsys, project, "sarif")[1])
    rules = found["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert {"column-sum", "carry-over", "figure-count"} <= {rule["id"] for rule in rules}
    assert "total" not in {rule["id"] for rule in rules}
    assert len(found["results"]) == len(findings)
    assert found["columnKind"] == "unicodeCodePoints"
    for finding, result in zip(findings, found["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["check"]
        assert result["level"] == "error"
        assert result["message"]["text"] == f"{finding['message']}\n{finding['hint']}"
        assert result["locations"][0]["physicalLocation"] == {
            "artifactLocation": {"uri": finding["file"]},
            "region": {
                "startLine": finding["line"],
                "startColumn": finding["column"],
                "endColumn": finding["column"] + finding["length"],
            },
        }
        assert "suppressions" not in result


def test_sarif_suppresses_what_is_acknowledged_and_gives_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay(tmp_path, "good/acknowledged")
    findings = json.loads(check(capsys, project, "json")[1])["findings"]
    results = read_run(check(capsys, project, "sarif")[1])["results"]
    assert [result["suppressions"] for result in results] == [
        [{"kind": "inSource", "status": "accepted", "justification": finding["acknowledged"]}] for finding in findings
    ]


def test_a_finding_keeps_its_fingerprint_when_lines_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = lay(tmp_path, "bad/total-wrong")
    before = read_run(check(capsys, project, "sarif")[1])["results"]
    for path in project.glob("content/**/figures.yaml"):
        path.write_text(f"# one line more\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    after = read_run(check(capsys, project, "sarif")[1])["results"]
    assert before != after
    assert [each["partialFingerprints"] for each in before] == [each["partialFingerprints"] for each in after]


def test_sarif_writes_addresses_and_not_file_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = lay(tmp_path, "bad/folder-with-space")
    results = read_run(check(capsys, project, "sarif")[1])["results"]
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results]
    assert any("%20" in uri for uri in uris)
    assert all(re.fullmatch(r"[\w/.%-]+", uri, re.ASCII) for uri in uris)


def test_github_is_told_on_one_line_for_each_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = lay(tmp_path, "bad/total-wrong")
    findings = json.loads(check(capsys, project, "json")[1])["findings"]
    _, out, _ = check(capsys, project, "github")
    lines = out.splitlines()
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        place = f"file={finding['file']},line={finding['line']},col={finding['column']}"
        end = finding["column"] + finding["length"]
        message = escape_message(f"{finding['message']}\n{finding['hint']}")
        assert line == f"::error {place},endColumn={end},title={finding['check']}::{message}"


def test_github_is_not_told_of_what_is_acknowledged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = check(capsys, lay(tmp_path, "good/acknowledged"), "github")
    assert (status, out) == (0, "")
    assert "acknowledged" in err


def test_workflow_commands_escape_what_would_end_them() -> None:
    assert escape_message("50%: a,\r\nb") == "50%25: a,%0D%0Ab"
    assert escape_property("50%: a,\nb") == "50%25%3A a%2C%0Ab"


@pytest.mark.parametrize("name", ["sarif", "github"])
def test_in_a_checkout_files_are_named_from_its_root(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay(tmp_path, "bad/total-wrong")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    _, out, _ = check(capsys, project, name)
    assert "project/content/" in out


def test_more_findings_than_the_text_shows_are_all_in_the_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay(tmp_path, "good/acknowledged")
    figures = next(iter(sorted(project.glob("content/**/figures.yaml"))))
    more = "".join(f"unknown_{number}: 1\n" for number in range(60))
    figures.write_text(figures.read_text(encoding="utf-8") + more, encoding="utf-8")
    _, text, _ = check(capsys, project, "text")
    assert "more are not shown" in text
    document = json.loads(check(capsys, project, "json")[1])
    assert sum(finding["check"] == "key-unknown" for finding in document["findings"]) == 60


def test_an_unknown_format_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = check(capsys, lay(tmp_path, "good/acknowledged"), "xml")
    assert (status, out) == (2, "")
    assert "xml" in err
