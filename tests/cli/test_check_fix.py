"""`gaisite check --fix`: the diff first, the question, then a report that says the same."""

import re
from pathlib import Path

import click
import pytest

from gaisite.cli import run
from gaisite.cli.console import MOST, pick_gravest
from gaisite.findings import Finding, Place, Severity
from gaisite.read.catalogue import read_catalogue
from tests.examples import EXAMPLES, lay_out

REPORT = "content/office/2021/report.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return lay_out(EXAMPLES / "good" / "numbers", tmp_path)


def tell(capsys: pytest.CaptureFixture[str], project: Path, *command: str) -> tuple[int, str]:
    status = run(["-C", str(project), "--lang", "en", *command])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def read_text(project: Path) -> str:
    page = (project / "site" / "office" / "2021" / "index.html").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page))


def test_without_a_terminal_the_changes_are_shown_and_nothing_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (project / REPORT).read_bytes()
    status, told = tell(capsys, project, "check", "--fix")
    assert status == 0
    assert f"--- a/{REPORT}\n+++ b/{REPORT}\n" in told
    assert "\n-全年新收申请四十件，上年结转2件，" in told
    assert "\n+全年新收申请四十件，上年结转[[applications.carried_in.total]]，" in told
    assert "changes were not written; add --yes" in told
    assert "\x1b[" not in told
    assert (project / REPORT).read_bytes() == before


def test_with_yes_they_are_written_and_the_page_says_the_same(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell(capsys, project, "build")[0] == 0
    before = read_text(project)
    status, told = tell(capsys, project, "check", "--fix", "--yes")
    assert status == 0, told
    assert " changed.\n" in told
    assert "0 errors, 0 warnings" in told
    fixed = (project / REPORT).read_text(encoding="utf-8")
    assert "[[applications.handled.total.total]]" in fixed
    assert "全年新收申请四十件" in fixed
    assert tell(capsys, project, "build", "--strict")[0] == 0
    assert read_text(project) == before
    status, told = tell(capsys, project, "check", "--fix", "--yes")
    assert status == 0
    assert told.startswith("There is no number that could be rewritten safely.\n")
    assert (project / REPORT).read_text(encoding="utf-8") == fixed


@pytest.mark.parametrize(("answer", "written"), [(True, True), (False, False)])
def test_on_a_terminal_it_asks(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, answer: bool, written: bool
) -> None:
    before = (project / REPORT).read_bytes()
    asked: list[str] = []

    def confirm(question: str, *, default: bool) -> bool:
        assert default is False
        asked.append(question)
        return answer

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(click, "confirm", confirm)
    status, _ = tell(capsys, project, "check", "--fix")
    assert status == 0
    assert len(asked) == 1
    assert re.fullmatch(r"Write these [0-9]+ changes\?", asked[0])
    assert ((project / REPORT).read_bytes() != before) is written


@pytest.mark.parametrize("options", [("--fix", "--format", "json"), ("--yes",)])
def test_options_that_do_not_go_together_are_refused(
    project: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert tell(capsys, project, "check", *options)[0] == 2


def test_information_never_crowds_out_what_is_grave() -> None:
    catalogue = read_catalogue()
    severities = [Severity.INFORMATION] * MOST + [Severity.WARNING, Severity.ERROR]
    findings = [
        Finding(check="number-unbound", severity=severity, place=Place(file="a", line=line))
        for line, severity in enumerate(severities, 1)
    ]
    shown = pick_gravest(findings, catalogue)
    assert [each.place.line for each in shown] == [*range(1, MOST - 1), MOST + 1, MOST + 2]
