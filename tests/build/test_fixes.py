"""Fixes: exactly what was found is rewritten, nothing else of a file changes, and a file changed meanwhile is left alone."""

import os
import stat
from pathlib import Path

import pytest

from gaisite.build.fixes import FixedFile, plan_fixes, write_fixes
from gaisite.findings import Finding, Place, Problems

NAME = "content/a/2021/report.md"


def fixable(line: int, column: int, number: str, fix: str, length: int = 0) -> Finding:
    place = Place(file=NAME, line=line, column=column, length=length or len(number))
    return Finding(check="number-unbound", place=place, facts=(("number", number),), fix=fix)


def lay(folder: Path, content: bytes) -> Path:
    path = folder / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def plan(folder: Path, *findings: Finding) -> tuple[FixedFile, ...]:
    problems = Problems()
    files = plan_fixes(findings, folder, problems)
    assert problems.findings == []
    return files


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_the_byte_order_mark_stay(tmp_path: Path, end: str, mark: bytes) -> None:
    path = lay(tmp_path, mark + f"---{end}---{end}新收28件，办结24件。{end}{end}结转4件".encode())
    path.chmod(0o640)
    files = plan(
        tmp_path,
        fixable(3, 3, "28件", "[[new]]"),
        fixable(3, 9, "24件", "[[#total]]", 2),
        fixable(5, 3, "4件", "[[out]]"),
    )
    assert [file.count for file in files] == [3]
    assert write_fixes(files, Problems()) == 3
    assert path.read_bytes() == mark + f"---{end}---{end}新收[[new]]，办结[[#total]]件。{end}{end}结转[[out]]".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert os.listdir(path.parent) == ["report.md"]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("新收28件。", fixable(1, 4, "28件", "[[new]]")),
        ("新收28件。", fixable(2, 3, "28件", "[[new]]")),
        ("新收28件。", fixable(1, 0, "28件", "[[new]]")),
        ("新收[28件](../2019/)。", fixable(1, 4, "28件", "[[new]]")),
        ("新收`28件`。", fixable(1, 4, "28件", "[[new]]")),
        ("新收28件。", Finding(check="number-unbound", place=Place(file=NAME, line=1, column=3, length=3))),
    ],
)
def test_what_is_not_exactly_as_found_is_left_alone(tmp_path: Path, text: str, finding: Finding) -> None:
    lay(tmp_path, text.encode())
    assert plan(tmp_path, finding) == ()


def test_a_file_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = lay(tmp_path, "新收28件。".encode())
    files = plan(tmp_path, fixable(1, 3, "28件", "[[new]]"))
    path.write_text("新收28件，已改。", encoding="utf-8")
    problems = Problems()
    assert write_fixes(files, problems) == 0
    assert [each.check for each in problems.findings] == ["file-changed"]
    assert path.read_text(encoding="utf-8") == "新收28件，已改。"


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    path = lay(tmp_path, "新收28件。".encode())
    files = plan(tmp_path, fixable(1, 3, "28件", "[[new]]"))
    path.unlink()
    problems = Problems()
    assert write_fixes(files, problems) == 0
    assert [each.check for each in problems.findings] == ["file-unwritable"]
    assert plan_fixes([fixable(1, 3, "28件", "[[new]]")], tmp_path, problems) == ()
    assert problems.findings[-1].check == "file-missing"


def test_a_failed_exchange_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lay(tmp_path, "新收28件。".encode())
    files = plan(tmp_path, fixable(1, 3, "28件", "[[new]]"))

    def refuse(source: str, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("gaisite.write.whole.os.replace", refuse)
    problems = Problems()
    assert write_fixes(files, problems) == 0
    assert [each.check for each in problems.findings] == ["file-unwritable"]
    assert os.listdir(path.parent) == ["report.md"]
    assert path.read_text(encoding="utf-8") == "新收28件。"
