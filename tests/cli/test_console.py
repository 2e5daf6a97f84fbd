"""Findings on the terminal: place, sentence, the source line with a caret under what is meant, a hint."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gaisite.cli.console import MOST, excerpt_source, measure_width, shorten_line
from gaisite.findings import Place
from tests.build.portals import FIGURES_2021, OFFICE, change_files, edit, make_portal, own_theme, write_figures
from tests.cli.conftest import Gaisite

FIGURES = f"{OFFICE}/2021/figures.yaml"


def show(folder: Path, text: str | bytes, line: int, column: int, length: int = 1) -> list[str]:
    (folder / "a.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(excerpt_source(Place(file="a.yaml", line=line, column=column, length=length), folder))


# --- the caret ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("总计", 4), ("：", 2), ("３", 2), ("“a”", 3), ("é", 1), ("e\u0301", 1), ("①", 1), ("ﾊ", 1)],
)
def test_width_is_that_of_a_terminal(text: str, width: int) -> None:
    assert measure_width(text) == width


def test_caret_stands_under_the_number_with_chinese_before_it(tmp_path: Path) -> None:
    text = "一、本年新收: {自然人: 28, 总计: 29}\n"
    source, caret = show(tmp_path, text, 1, text.index("29") + 1, 2)
    shown = caret.replace("\x1b[32m", "").replace("\x1b[0m", "")
    before = source[: source.index("29")]
    assert shown == " " * 6 + "| " + " " * (measure_width(before) - 8) + "^^"


def test_caret_is_as_wide_as_what_it_underlines(tmp_path: Path) -> None:
    _, caret = show(tmp_path, "a: ３３５\n", 1, 4, 3)
    assert caret.count("^") == 6
    _, caret = show(tmp_path, "a: \n", 1, 4, 0)
    assert caret.count("^") == 1


def test_place_without_a_column_has_no_caret_and_one_without_a_line_no_source(tmp_path: Path) -> None:
    assert show(tmp_path, "a: 1\n", 1, 0) == ["    1 | a: 1"]
    assert show(tmp_path, "a: 1\n", 0, 0) == []


def test_line_that_is_not_there_is_not_shown(tmp_path: Path) -> None:
    assert show(tmp_path, "a: 1\n", 9, 1) == []
    assert list(excerpt_source(Place(file="lost.yaml", line=1), tmp_path)) == []
    assert show(tmp_path, b"a: \xff\n", 1, 1) == []
    (tmp_path / "folder").mkdir()
    assert list(excerpt_source(Place(file="folder", line=1), tmp_path)) == []


def test_byte_order_mark_does_not_shift_the_caret(tmp_path: Path) -> None:
    assert show(tmp_path, "\ufefftitle: x\n", 1, 8) == show(tmp_path, "title: x\n", 1, 8)


def test_lines_are_those_of_an_editor(tmp_path: Path) -> None:
    text = "a: form\x0cfeed\r\nb: next\x85line\r\nc: 3\r\n"
    assert show(tmp_path, text, 3, 0) == ["    3 | c: 3"]


def test_terminal_obeys_nothing_that_stands_in_a_source(tmp_path: Path) -> None:
    source, _ = show(tmp_path, "a:\t\x1b[31mred\x07\x9b0m\n", 1, 4)
    assert source == "    1 | a: �[31mred��0m"


@pytest.mark.parametrize("start", [0, 10, 100, 150, 290])
def test_long_line_is_cut_around_the_caret(start: int) -> None:
    line = "".join(chr(0x61 + number % 26) for number in range(300))
    cut, position = shorten_line(line, start)
    assert cut[position] == line[start]
    assert len(cut) <= 122
    assert (cut[0] == "…", cut[-1] == "…") == (start > 60, start < 180)


def test_short_line_is_not_cut() -> None:
    assert shorten_line("a" * 120, 7) == ("a" * 120, 7)


# --- whole runs ---------------------------------------------------------------------------------------------------------------


def test_wrong_total_is_told_with_place_sums_caret_and_hint(gaisite: Gaisite, project: Path) -> None:
    edit(project, FIGURES, "new: {natural_person: 5, total: 5}", "new: {自然人: 5, 总计: 6}")
    told = gaisite("check", "--lang", "zh")
    assert (told.status, told.err) == (1, "")
    number = next(
        n for n, line in enumerate((project / FIGURES).read_text(encoding="utf-8").split("\n"), 1) if "总计: 6" in line
    )
    column = "  new: {自然人: 5, 总计: 6}".index("6}") + 1
    first, source, caret, hint, *rest = told.out.split("\n")
    assert first.startswith(f"{FIGURES}:{number}:{column}: 错误: ")
    assert first.endswith("填写为 6，各分项相加为 5，相差 1。 [row-sum]")
    assert source == f"{number:>5} |   new: {{自然人: 5, 总计: 6}}"
    assert measure_width(caret) == measure_width(source[: source.index("6}")]) + 1
    assert hint.startswith("    建议: ")
    assert "共 1 个机关、2 份报告：2 个错误，0 个警告。" in rest


def test_findings_of_a_build_go_to_the_error_stream_and_those_of_a_check_are_its_result(
    gaisite: Gaisite, project: Path
) -> None:
    edit(project, FIGURES, "    partial: {}\n", "")
    checked, built = gaisite("check"), gaisite("build")
    assert "[missing-row]" in checked.out
    assert checked.err == ""
    assert "[missing-row]" in built.err
    assert "missing-row" not in built.out
    assert (checked.status, built.status) == (0, 0)
    assert (gaisite("check", "--strict").status, gaisite("build", "--strict").status) == (1, 1)


def test_no_more_than_fifty_findings_are_printed(gaisite: Gaisite, project: Path) -> None:
    change_files(project, {f"content/a{number}/agency.yaml": "name: a\nkin: b\n" for number in range(MOST + 7)})
    told = gaisite("check")
    assert told.out.count("[key-unknown]") == MOST
    assert "\n7 more are not shown.\n" in told.out
    assert f"{MOST + 8} agencies, 2 reports: {MOST + 7} errors, 0 warnings." in told.out
    assert "\n另有 7 条未列出。\n" in gaisite("check", "--lang", "zh").out
    assert gaisite("build").err.count("[key-unknown]") == MOST


def test_nothing_is_told_twice(gaisite: Gaisite, project: Path) -> None:
    edit(project, FIGURES, "total: 5}", "total: 6}")
    edit(project, FIGURES, "    partial: {}\n", "    partialy: {}\n")
    edit(project, f"{OFFICE}/2021/report.md", "## 六、其他需要报告的事项", "## 六、别的事项")
    change_files(
        project,
        {"content/stray.txt": "x", f"{OFFICE}/2019/agency.yaml": "name: x\n", f"{OFFICE}/team/agency.yaml": "nam: x\n"},
    )
    for command in ("check", "build"):
        told = gaisite(command)
        heads = [
            line for line in (told.out + told.err).split("\n") if re.match(r"content/\S+: (error|warning): ", line)
        ]
        assert len(heads) == len(set(heads)) >= 6
        assert told.status == 1


def test_acknowledged_failures_are_counted_and_not_printed(gaisite: Gaisite, project: Path) -> None:
    rest = "acknowledge: [{check: case-sum, at: reviews.cases.review.total, reason: 如此}]"
    figures = write_figures(rest=rest).replace("cases: {review: {upheld: 0", "cases: {review: {upheld: 1")
    change_files(project, {FIGURES: figures})
    english, chinese = gaisite("check"), gaisite("check", "--lang", "zh")
    assert english == (0, "1 agency, 2 reports: 0 errors, 0 warnings, 1 acknowledged failure.\n", "")
    assert chinese.out == "共 1 个机关、2 份报告：0 个错误，0 个警告，1 处不符已作说明。\n"


def test_information_is_told_and_fails_nothing(gaisite: Gaisite, project: Path) -> None:
    (project / OFFICE / "2021").rename(project / OFFICE / "2023")
    edit(project, f"{OFFICE}/2023/report.md", "2022-01-20", "2024-01-20")
    for language, name in (("en", ": information: "), ("zh", ": 提示: ")):
        told = gaisite("--lang", language, "check", "--strict")
        assert told.status == 0
        assert "[year-missing]" in told.out
        assert name in told.out


def test_colours_are_for_terminals_only(gaisite: Gaisite, project: Path) -> None:
    edit(project, FIGURES, "total: 5}", "total: 6}")
    assert "\x1b" not in gaisite("check").out


BROKEN = {
    "yaml-in-settings": {"content/site.yaml": "title: [a\nlanguage: zh-CN\n"},
    "yaml-in-agency": {f"{OFFICE}/agency.yaml": 'name: "某\n'},
    "yaml-in-figures": {FIGURES: FIGURES_2021 + "\tx: {\n"},
    "yaml-in-report": {f"{OFFICE}/2021/report.md": "---\npublished: [\n---\n"},
    "yaml-in-page": {"content/pages/a.md": "---\ntitle: {\n---\n"},
    "yaml-in-form": {"content/forms/a.yaml": "form: [\n"},
    "yaml-in-theme": {"themes/own/theme.yaml": "name: {\n", "content/site.yaml": "title: a\ntheme: own\n"},
    "bytes": {FIGURES: bytes(range(256))},
    "empty": {FIGURES: "", f"{OFFICE}/agency.yaml": "", f"{OFFICE}/2021/report.md": ""},
    "folder-in-place-of-a-file": {f"{FIGURES}/x": "x"},
    "scalar": {FIGURES: "7\n", f"{OFFICE}/agency.yaml": "[]\n"},
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("command", ["check", "build"])
def test_broken_file_is_a_finding_and_never_a_traceback(
    name: str, command: str, gaisite: Gaisite, project: Path
) -> None:
    if name == "folder-in-place-of-a-file":
        (project / FIGURES).unlink()
    change_files(project, BROKEN[name])  # type: ignore[arg-type]
    told = gaisite(command)
    assert told.status == 1
    assert ": error: " in told.out + told.err


@pytest.mark.parametrize("file", ["content/site.yaml", f"{OFFICE}/agency.yaml", FIGURES, f"{OFFICE}/2021/report.md"])
def test_file_that_cannot_be_opened_is_a_finding(file: str, gaisite: Gaisite, project: Path) -> None:
    (project / file).unlink()
    (project / file).symlink_to(Path(file).name)
    told = gaisite("check")
    assert told.status == (2 if file == "content/site.yaml" else 1)


@pytest.fixture
def shared_project() -> Iterator[Path]:
    """A portal in a folder that every user may enter."""
    with TemporaryDirectory(prefix="gaisite-") as folder:
        os.chmod(folder, 0o755)
        yield make_portal(Path(folder) / "project", {f"{OFFICE}/2021/files/a.pdf": b"a"})


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, to whom nothing is unreadable."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.parametrize(
    "file",
    ["content/site.yaml", f"{OFFICE}/agency.yaml", FIGURES, f"{OFFICE}/2021/report.md", f"{OFFICE}/2021", OFFICE],
)
def test_file_without_permission_is_a_finding(file: str, gaisite: Gaisite, shared_project: Path) -> None:
    assert gaisite("-C", shared_project, "check").status == 0
    (shared_project / file).chmod(0)
    try:
        with as_nobody():
            told = gaisite("-C", shared_project, "check")
    finally:
        (shared_project / file).chmod(0o755)
    assert told.status == 1
    assert f"{file}: error: This file cannot be read: Permission denied. [file-unreadable]" in told.out


def test_content_without_permission_is_no_project(gaisite: Gaisite, shared_project: Path) -> None:
    (shared_project / "content").chmod(0)
    try:
        with as_nobody():
            told = gaisite("-C", shared_project, "check")
    finally:
        (shared_project / "content").chmod(0o755)
    assert (told.status, told.out) == (2, "")


def test_template_that_fails_is_told_by_a_build(gaisite: Gaisite, project: Path) -> None:
    own_theme(project)
    edit(project, "themes/civic/templates/home.html", "{% block content %}", "{% block content %}{{ lost }}")
    told = gaisite("build")
    assert told.status == 1
    assert re.match(
        r"themes/civic/templates/home\.html:\d+: error: The template home\.html fails on the page .+: 'lost' is undefined",
        told.err,
    )
    assert gaisite("check").status == 0
