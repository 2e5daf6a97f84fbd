"""`gaisite new` as people meet it: what it prints, asks, refuses, and the exit status."""

import io
from pathlib import Path

import pytest

from gaisite.cli import run


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A person who reads Chinese, in an empty folder, without a terminal."""
    monkeypatch.setenv("GAISITE_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())


class Terminal(io.StringIO):
    """Where somebody types, or reads what is written."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A portal with one agency, into which the person has gone."""
    assert run(["new", "demo"]) == 0
    monkeypatch.chdir(tmp_path / "demo")
    assert run(["new", "agency", "a", "--name", "甲局"]) == 0
    capsys.readouterr()
    return tmp_path / "demo"


def list_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_new_dir_makes_a_portal_and_tells_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "my site"]) == 0
    out = capsys.readouterr().out
    assert out == (
        "已新建：\n  my site/content/site.yaml\n  my site/content/pages/about.md\n  my site/README.txt\n"
        "  my site/.gitignore\n下一步：\n  cd 'my site'\n  gaisite new agency 文件夹名\n"
    )
    assert list_files(tmp_path / "my site") == [
        ".gitignore",
        "README.txt",
        "content/pages/about.md",
        "content/site.yaml",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["new", "site", "x"],
        ["new", "--title", "甲", "x"],
        ["new", "x", "--title", "甲"],
        ["new", "--", "x"],
        ["-C", ".", "new", "x"],
        ["new", "--lang", "en", "x"],
        ["new", "--lang=en", "site", "x"],
    ],
)
def test_site_may_be_left_out_and_options_may_come_first(tmp_path: Path, arguments: list[str]) -> None:
    assert run(arguments) == 0
    assert (tmp_path / "x/content/site.yaml").is_file()


def test_a_portal_in_english_in_the_folder_where_one_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    arguments = ["--lang", "en", "new", ".", "--language", "en", "--title", "Ours", "--base-url", "https://x.org/a"]
    assert run(arguments) == 0
    assert capsys.readouterr().out.endswith("Next:\n  gaisite new agency FOLDER\n")
    settings = (tmp_path / "content/site.yaml").read_text(encoding="utf-8")
    assert "\ntitle: Ours\n" in settings
    assert '\nbase_url: "https://x.org/a/"\n' in settings


def test_a_folder_in_which_a_file_would_be_overwritten_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.txt").write_text("mine")
    assert run(["new", "."]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("README.txt: 错误: ")
    assert captured.err.endswith(
        "[file-exists]\n    建议: 请直接编辑它；要重新生成，先把它改名或移走。\n没有写入任何文件。\n"
    )
    assert list_files(tmp_path) == ["README.txt"]


@pytest.mark.parametrize(
    ("language", "arguments", "sentence"),
    [
        ("zh", ["new", "x", "--base-url", "www.x.org"], "不是网址"),
        ("en", ["new", "x", "--base-url", "www.x.org"], "is no address"),
        ("en", ["new", "x", "--language", "fr"], "fr"),
        ("en", ["new", "site"], "DIR"),
        ("zh", ["new", "x", "--kind", "town"], "office"),
        ("zh", ["new", "x", "--name", "甲"], "要与 --kind 同用：office, district, foia"),
        ("en", ["new", "x", "--kind", "empty", "--year", "2024"], "need --kind"),
        ("en", ["new", "x", "--kind", "office", "--name", "A", "--name", "B"], "one agency only"),
        ("zh", ["new", "x", "--kind", "office", "--name", "甲" * 201], "最多 200 字"),
        ("en", ["new", "x", "--title", "\u200b"], "Nothing in it can be shown"),
        ("zh", ["new", "x", "--kind", "office", "--year", "99"], "不是四位数的年份"),
        ("zh", ["new", "agency", "a"], "content/site.yaml"),
        ("zh", ["new", "report", "a", "2020"], "content/site.yaml"),
        ("zh", ["new", "report", "a", "20"], "不是四位数的年份"),
        ("en", ["new", "report", "a", "next"], "no year of four digits"),
    ],
)
def test_what_is_used_wrongly_is_told_with_exit_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, arguments: list[str], sentence: str
) -> None:
    assert run(["--lang", language, *arguments]) == 2
    assert sentence in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def sit_at_a_terminal(monkeypatch: pytest.MonkeyPatch, typed: str) -> Terminal:
    """Type this; what the terminal shows."""
    screen = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setattr("sys.stderr", screen)
    return screen


def test_on_a_terminal_the_title_and_the_name_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = sit_at_a_terminal(monkeypatch, "甲区年报\n\n乙局\n")
    assert run(["new", "x", "--kind", "empty", "--language", "zh-CN"]) == 0
    assert run(["-C", "x", "new", "agency", "b"]) == 0
    assert "网站名称 [政府信息公开工作年度报告]: " in screen.getvalue()
    assert "机关名称: " in screen.getvalue()
    assert "请写一个答案。" in screen.getvalue()
    assert "\ntitle: 甲区年报\n" in (tmp_path / "x/content/site.yaml").read_text(encoding="utf-8")
    assert "\nname: 乙局\n" in (tmp_path / "x/content/b/agency.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("stream", ["sys.stdin", "sys.stdout", "sys.stderr"])
def test_nothing_is_asked_unless_all_is_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: str
) -> None:
    sit_at_a_terminal(monkeypatch, "")
    monkeypatch.setattr(stream, io.StringIO())
    assert run(["new", "x"]) == 0
    assert not list((tmp_path / "x/content").glob("*/agency.yaml"))


def test_who_gives_up_at_a_question_has_written_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for typed in ("", "1\n", "district\n\n\n2\n"):
        screen = sit_at_a_terminal(monkeypatch, typed)
        assert run(["new", "x"]) == 130
        assert screen.getvalue().endswith("\n没有写入任何文件。\n")
    assert list(tmp_path.iterdir()) == []


def test_the_language_of_messages_may_stand_before_any_command(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "--lang", "en", "agency", "b", "--name", "B"]) == 0
    assert capsys.readouterr().out.startswith("New files:\n  content/b/agency.yaml\n")
    assert run(["new", "--lang"]) == 2
    assert run(["new", "--lang", "en"]) == 2


def test_in_a_script_an_agency_needs_its_name(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "agency", "b", "--name", " "]) == 2
    assert "请用 --name 写明机关名称" in capsys.readouterr().err
    assert not (demo / "content/b").exists()


def test_new_agency_tells_of_parents_that_are_no_agencies(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "agency", "content/区/b/", "--name", "乙局", "--kind", "township"]) == 0
    assert capsys.readouterr().out == (
        "已新建：\n  content/区/b/agency.yaml\ncontent/区 没有 agency.yaml，不算上级机关。\n"
        "下一步：\n  gaisite new report 区/b 年份\n"
    )
    assert run(["--lang", "en", "new", "agency", "a/c", "--name", "C"]) == 0
    assert "has no agency.yaml" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "check"),
    [
        (["agency", "a", "--name", "x"], "file-exists"),
        (["agency", "b c", "--name", "x"], "agency-folder-name"),
        (["agency", "2020", "--name", "x"], "agency-folder-year"),
        (["agency", "b", "--name", "x", "--kind", "x"], "choice-unknown"),
        (["report", "b", "2020"], "agency-unknown"),
        (["report", "a", "1900"], "form-none"),
        (["report", "a", "2020", "--form", "x"], "form-unknown"),
    ],
)
def test_what_cannot_be_made_is_a_finding_with_exit_status_1(
    demo: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], check: str
) -> None:
    before = list_files(demo)
    for language in ("zh", "en"):
        assert run(["--lang", language, "new", *arguments]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert f"[{check}]\n" in captured.err
        assert "{" not in captured.err
    assert list_files(demo) == before


def test_settings_that_cannot_be_read_are_shown_with_their_line(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (demo / "content/site.yaml").write_text("title: [\n", encoding="utf-8")
    assert run(["new", "report", "a", "2020"]) == 1
    assert capsys.readouterr().err.startswith("content/site.yaml:")


def test_new_report_tells_what_it_was_made_of(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "report", "a", "2022"]) == 0
    assert capsys.readouterr().out == (
        "已新建：\n  content/a/2022/figures.yaml\n  content/a/2022/report.md\n格式：2021年格式 (cn-gai-2021)。\n"
        "填写 figures.yaml，撰写 report.md；写好后删去 report.md 中的 draft: true。\n"
        "下一步：\n  gaisite check --drafts\n"
    )
    assert run(["new", "report", "a", "2022"]) == 1
    err = capsys.readouterr().err
    assert "content/a/2022/figures.yaml: " in err
    assert "content/a/2022/report.md: " in err


def test_new_report_tells_what_was_carried_over(demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = demo / "content/a/2022/figures.yaml"
    last.parent.mkdir()
    last.write_text("form: cn-gai-2021\napplications:\n  carried_out: {natural_person: 3}\n", encoding="utf-8")
    assert run(["--lang", "en", "new", "report", "a", "2023", "--labels"]) == 0
    out = capsys.readouterr().out
    assert "Form: Form of 2021 (cn-gai-2021).\n1 figure carried over from the report of 2022.\n" in out
    assert "mistakes" not in out
    last.write_text("form: cn-gai-2021\napplications:\n  carried_out: {natural_person: x}\n", encoding="utf-8")
    assert run(["new", "report", "a", "2023", "--form", "cn-gai-2021"]) == 1
    (demo / "content/a/2023/figures.yaml").unlink()
    (demo / "content/a/2023/report.md").unlink()
    capsys.readouterr()
    assert run(["new", "report", "a", "2023"]) == 0
    out = capsys.readouterr().out
    assert "2022 年报告有错误" in out
    assert "带入 " not in out


def test_commands_to_run_next_fit_the_folder_where_one_is(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["-C", "demo", "new", "agency", "b", "--name", "乙局"]) == 0
    assert capsys.readouterr().out.endswith("  gaisite -C demo new report b 年份\n")
    monkeypatch.chdir(demo / "content")
    assert run(["new", "agency", "c", "--name", "丙局"]) == 0
    assert capsys.readouterr().out == "已新建：\n  c/agency.yaml\n下一步：\n  gaisite new report c 年份\n"


@pytest.mark.parametrize(("language", "word"), [("zh", "用法: gaisite new"), ("en", "Usage: gaisite new")])
def test_help_is_in_both_languages(capsys: pytest.CaptureFixture[str], language: str, word: str) -> None:
    for arguments in (
        ["new", "--help"],
        ["new", "site", "-h"],
        ["new", "agency", "--help"],
        ["new", "report", "--help"],
    ):
        assert run(["--lang", language, *arguments]) == 0
        out = capsys.readouterr().out
        assert out.startswith(word)
        assert "¦" not in out
    assert run(["--lang", language, "new"]) == 2
    assert word in capsys.readouterr().out
