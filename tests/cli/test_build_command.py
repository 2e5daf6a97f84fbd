"""`gaisite build`: what it says of what it wrote, and the bar of a long build."""

import io
import re
import sys
from pathlib import Path

import pytest

from gaisite.cli import project as shared
from gaisite.cli import run
from gaisite.cli.build import show_path
from gaisite.cli.project import ProgressBar, show_progress
from tests.build.portals import OFFICE, edit
from tests.cli.conftest import Gaisite

WRONG = ("new: {natural_person: 5, total: 5}", "new: {natural_person: 5, total: 6}")


def test_build_says_what_it_wrote(gaisite: Gaisite, project: Path) -> None:
    first = gaisite("build")
    assert (first.status, first.err) == (0, "")
    assert re.fullmatch(
        r"1 agency, 2 reports: 0 errors, 0 warnings\.\nWrote site: \d\d files new or changed, 0 kept, 0 removed\.\n",
        first.out,
    )
    assert gaisite("build").out.endswith("\nNothing changed; site is as it was.\n")
    edit(project, f"{OFFICE}/agency.yaml", "某街道办事处", "某镇")
    assert re.search(r"\nWrote site: \d+ files new or changed, [1-9]\d* kept, 0 removed\.\n$", gaisite("build").out)


def test_build_says_it_in_chinese(gaisite: Gaisite, project: Path) -> None:
    first = gaisite("--lang", "zh", "build")
    assert re.fullmatch(
        r"共 1 个机关、2 份报告：0 个错误，0 个警告。\n已写入 site：新增或更新 \d\d 个文件，未变 0 个，删除 0 个。\n",
        first.out,
    )
    assert gaisite("--lang", "zh", "build").out.endswith("\n没有变化，site 保持原样。\n")


def test_failing_build_says_that_nothing_was_written(gaisite: Gaisite, project: Path) -> None:
    edit(project, f"{OFFICE}/2021/figures.yaml", *WRONG)
    for language, words in (("en", "Nothing was written."), ("zh", "没有写入。")):
        told = gaisite("--lang", language, "build")
        assert (told.status, told.out) == (1, "")
        assert told.err.endswith(f"\n{words}\n")
    edit(project, f"{OFFICE}/2021/figures.yaml", *reversed(WRONG))
    assert gaisite("build").status == 0
    edit(project, f"{OFFICE}/2021/figures.yaml", *WRONG)
    for language, words in (("en", "Nothing was written; site is as it was."), ("zh", "没有写入，site 保持原样。")):
        assert gaisite("--lang", language, "build").err.endswith(f"\n{words}\n")


def test_output_that_is_refused_is_told_without_a_summary_of_errors_in_the_content(
    gaisite: Gaisite, project: Path
) -> None:
    told = gaisite("build", "-o", "content")
    assert told.status == 1
    assert "[output-overlaps]" in told.err


def test_options_of_the_build_reach_it(gaisite: Gaisite, project: Path, tmp_path: Path) -> None:
    edit(project, f"{OFFICE}/2021/report.md", "---\npublished", "---\ndraft: true\npublished")
    assert "1 agency, 1 report:" in gaisite("build").out
    assert "1 agency, 2 reports:" in gaisite("build", "--drafts").out
    assert "1 agency, 1 report:" in gaisite("check").out
    assert "1 agency, 2 reports:" in gaisite("check", "--drafts").out
    assert gaisite("build", "--base-url", "https://b.cn/x").status == 0
    assert 'href="https://b.cn/x/office/"' in (project / "site/office/index.html").read_text(encoding="utf-8")
    assert gaisite("build", "--full", "--verify").status == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("mine", encoding="utf-8")
    assert gaisite("build", "-o", tmp_path / "mine").status == 1
    assert gaisite("build", "-o", tmp_path / "mine", "--force").status == 0


def test_verification_that_fails_is_told(gaisite: Gaisite, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaisite.build.turns.make_key", lambda *_: "the same for ever")
    gaisite("build")
    edit(project, f"{OFFICE}/agency.yaml", "某街道办事处", "某镇")
    told = gaisite("build", "--verify")
    assert told.status == 1
    assert "[verify-differs]" in told.err


def test_path_is_shown_as_short_as_it_can_be_told(project: Path) -> None:
    assert show_path(project / "site") == "site"
    assert show_path(project.parent / "other") == str(project.parent / "other")
    assert show_path(Path("out")) == "out"


# --- progress -------------------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A screen that nobody looks at."""

    def isatty(self) -> bool:
        return True


def sit_down(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal for the rest of the test; a fixture would be too early, for pytest takes the streams back."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(shared, "SOON", -1.0)
    return screen


def test_short_work_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = sit_down(monkeypatch)
    monkeypatch.setattr(shared, "SOON", 60.0)
    with show_progress("en") as progress:
        for done in range(1, 4):
            progress(done, 3, "a")
    assert terminal.getvalue() == ""


def test_long_work_shows_a_bar_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = sit_down(monkeypatch)
    with show_progress("zh-CN") as progress:
        for done in range(1, 4):
            progress(done, 3, "a")
    shown = terminal.getvalue()
    assert "生成" in shown
    assert "100%" in shown
    assert shown.rstrip().endswith("\x1b[2K")


def test_bar_goes_away_when_the_work_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = sit_down(monkeypatch)
    with pytest.raises(RuntimeError), show_progress("en") as progress:  # noqa: PT012 -- the work is the block
        progress(1, 2, "a")
        raise RuntimeError
    assert "Building" in terminal.getvalue()
    assert terminal.getvalue().rstrip().endswith("\x1b[2K")


def test_bar_opens_once_when_two_seconds_have_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    now, opened, updates = [100.0], [], []
    monkeypatch.setattr(shared.time, "monotonic", lambda: now[0])
    bar = ProgressBar("Building")

    def open_bar() -> None:
        opened.append(now[0])
        bar.update = lambda done, total: updates.append((done, total))

    monkeypatch.setattr(bar, "open", open_bar)
    for now[0], done in ((101.0, 1), (102.0, 2), (102.1, 3), (110.0, 4)):
        bar.advance(done, 4, "a")
    assert opened == [102.1]
    assert updates == [(3, 4), (4, 4)]
    bar.close()


def test_progress_of_a_pipe_is_silent(gaisite: Gaisite, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "SOON", -1.0)
    assert gaisite("build").err == ""


def test_build_on_a_terminal_shows_its_bar(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = sit_down(monkeypatch)
    assert run(["build"]) == 0
    assert "Building" in terminal.getvalue()
