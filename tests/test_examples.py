"""Every good example builds without a word; every bad one is told exactly as its expected.txt says.

To write the expectations anew after a change of words: GAISITE_EXPECT=write pytest tests/test_examples.py
"""

import os
import re
from pathlib import Path

import pytest

from gaisite.cli import run
from gaisite.cli.known_checks import list_checks, read_known_forms
from gaisite.read.catalogue import read_catalogue
from tests.examples import EXAMPLES, lay_out, list_cases

NOT_OF_CONTENT = re.compile(
    r"(build|cluster|export|file|import|output|publish|record|search|template|theme|verify)-.*"
    r"|published-misfit|agency-folder-taken|agency-unknown|extra-missing"
)
"""Mistakes of the machine, of a theme or of a command: each is tested where it arises."""
TOO_LARGE = frozenset(
    {
        "form-empty", "form-none", "form-twice", "local-row-many", "markdown-brackets",
        "markdown-line-too-long", "markdown-paragraph-too-long", "markdown-too-large", "yaml-too-many",
    }
)  # fmt: skip
"""What would make a large example, or a package without forms."""


def tell(capsys: pytest.CaptureFixture[str], project: Path, language: str, *command: str) -> tuple[int, str]:
    """Exit status and output of a command, without colours."""
    status = run(["-C", str(project), "--lang", language, *command])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


@pytest.mark.parametrize("case", list_cases("good"), ids=lambda case: case.name)
def test_good_example_builds_without_findings(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = lay_out(case, tmp_path)
    status, told = tell(capsys, project, "en", "build", "--strict")
    assert status == 0, told
    assert "0 errors, 0 warnings" in told
    assert (project / "site" / "index.html").is_file()


@pytest.mark.parametrize("case", list_cases("bad"), ids=lambda case: case.name)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_bad_example_is_told_as_expected(
    case: Path, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = lay_out(case, tmp_path)
    status, told = tell(capsys, project, language, "check")
    expectation = case / ("expected.txt" if language == "zh" else "expected.en.txt")
    if os.environ.get("GAISITE_EXPECT") == "write":
        expectation.write_text(told, encoding="utf-8")
    assert told == expectation.read_text(encoding="utf-8")
    assert "Traceback" not in told
    warns_only = "：0 个错误" in told or ": 0 errors" in told
    assert status == (0 if warns_only else 1)


def test_bad_example_leaves_the_site_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = next(case for case in list_cases("bad") if case.name == "total-wrong")
    project = lay_out(case, tmp_path)
    right = lay_out(next(iter(list_cases("good"))), tmp_path / "right")
    assert tell(capsys, right, "en", "build", "-o", str(project / "site"))[0] == 0
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    assert tell(capsys, project, "en", "build")[0] == 1
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before


def test_every_check_of_content_has_a_bad_example() -> None:
    told = {
        check
        for path in (EXAMPLES / "bad").rglob("expected.txt")
        for check in re.findall(r"\[([a-z0-9-]+)\]$", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    marked = (path.read_text(encoding="utf-8") for path in (EXAMPLES / "bad-forms").rglob("*.yaml"))
    expected = (found for text in marked for line in re.findall(r"# expect: (.*)", text) for found in line.split(","))
    told |= {found.strip().partition("@")[0] for found in expected}
    known = {check.id for check in list_checks(read_catalogue(), read_known_forms(None))}
    assert {check for check in known - told - TOO_LARGE if not NOT_OF_CONTENT.fullmatch(check)} == set()
