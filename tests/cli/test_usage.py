"""Wrong command lines: exit status 2, one sentence in the reader's language, and where to look."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from gaisite import cli as package
from gaisite.cli.usage import explain_usage, translate_sentence
from tests.cli.conftest import Gaisite

MISTAKES = [
    (["lost"], "No such command 'lost'.", "没有命令 lost。", "gaisite"),
    (["build", "--strictt"], "No such option", "没有选项 --strictt。是不是 --strict？", "gaisite build"),
    (["build", "--zzz"], "No such option", "没有选项 --zzz。", "gaisite build"),
    (["build", "more"], "Got unexpected extra argument (more)", "多写了 more。", "gaisite build"),
    (["build", "-o"], "Option '-o' requires an argument.", "选项 -o 后面缺少内容。", "gaisite"),
    (
        ["build", "--strict=1"],
        "Option '--strict' does not take a value.",
        "选项 --strict 后面不能写内容。",
        "gaisite",
    ),
    (["-C", "/lost/folder", "check"], "Directory '/lost/folder' does not exist.", "没有 /lost/folder。", "gaisite"),
    (["build", "-o", __file__], "is a file.", f"{__file__} 不是文件夹。", "gaisite build"),
    (["build", "--base-url", "here"], "“here” is no address like", "“here”不是网址", "gaisite build"),
    (["serve", "--port", "x"], "'x' is not a valid", "“x”不是整数。", "gaisite serve"),
    (["new", "report"], "Missing argument 'AGENCY'", "缺少 AGENCY。", "gaisite new report"),
]


@pytest.mark.parametrize(
    ("line", "english", "chinese", "where"),
    MISTAKES,
    ids=lambda each: " ".join(each) if isinstance(each, list) else None,
)
def test_mistake_is_explained_in_the_language_of_the_run(
    line: list[str], english: str, chinese: str, where: str, gaisite: Gaisite, project: Path
) -> None:
    for language, sentence, more in (("en", english, f"See {where} --help"), ("zh", chinese, f"用法见 {where} --help")):
        told = gaisite("--lang", language, *line)
        assert (told.status, told.out) == (2, "")
        first, *rest = told.err.rstrip("\n").split("\n")
        assert sentence in first
        assert rest == [more]
    assert not (project / "site").exists()


def test_group_without_a_command_says_so(gaisite: Gaisite) -> None:
    assert gaisite("new", "--lang", "zh") == (2, "", "缺少命令。\n用法见 gaisite new --help\n")
    assert gaisite("new", "--lang=en") == (2, "", "Missing command.\nSee gaisite new --help\n")


def test_language_that_is_none_is_refused(gaisite: Gaisite, monkeypatch: pytest.MonkeyPatch) -> None:
    assert gaisite("--lang", "fr", "check").status == 2
    monkeypatch.setenv("GAISITE_LANG", "fr")
    told = gaisite("check")
    assert told.status == 2
    assert "'fr' is not one of" in told.err


def test_unknown_sentence_stays_as_it_is() -> None:
    assert translate_sentence("Something else.") == "Something else."
    assert explain_usage(click.ClickException("Something else."), "zh-CN") == "Something else.\n用法见 gaisite --help"
    assert explain_usage(click.MissingParameter(param_hint="X"), "zh-CN").startswith("缺少 X。")
    assert explain_usage(click.BadParameter("'q' is not one of 'a', 'b'.", param_hint="--x"), "zh-CN").startswith(
        "--x 的值不对：“q”不是可选的值，可选 'a', 'b'。"
    )


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_command_outside_a_project_says_how_to_begin(command: str, gaisite: Gaisite, tmp_path: Path) -> None:
    english, chinese = gaisite("-C", tmp_path, command), gaisite("-C", tmp_path, "--lang", "zh", command)
    assert (english.status, chinese.status, english.out, chinese.out) == (2, 2, "", "")
    assert f"Neither {tmp_path} nor a folder above it has content/site.yaml. To begin: gaisite new DIR" in english.err
    assert f"{tmp_path} 及其上级都没有 content/site.yaml" in chinese.err


# --- where and with what ----------------------------------------------------------------------------------------------------


def test_command_runs_in_the_folder_it_is_told(
    gaisite: Gaisite, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert gaisite("-C", project / "content" / "office" / "2021", "check").status == 0
    assert gaisite("-C", "project", "build", "-o", "out").status == 0
    assert (project / "out" / "index.html").is_file()
    assert not (tmp_path / "out").exists()
    absolute = tmp_path / "elsewhere"
    assert gaisite("-C", "project", "build", "-o", absolute).status == 0
    assert (absolute / "index.html").is_file()


def test_option_is_read_from_the_environment(gaisite: Gaisite, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = project / "content" / "office" / "2021" / "figures.yaml"
    figures.write_text(figures.read_text(encoding="utf-8").replace("    partial: {}\n", ""), encoding="utf-8")
    assert (gaisite("check").status, gaisite("build").status) == (0, 0)
    monkeypatch.setenv("GAISITE_BUILD_STRICT", "1")
    assert (gaisite("check").status, gaisite("build").status) == (0, 1)
    monkeypatch.setenv("GAISITE_CHECK_STRICT", "true")
    assert gaisite("check").status == 1
    monkeypatch.setenv("GAISITE_BUILD_STRICT", "0")
    assert gaisite("build").status == 0
    monkeypatch.setenv("GAISITE_BUILD_STRICT", "perhaps")
    told = gaisite("--lang", "zh", "build")
    assert (told.status, told.err.split("\n")[0]) == (2, "--strict 的值不对：“perhaps”不是开关值，请写 1 或 0。")


def test_folder_and_output_are_read_from_the_environment(
    gaisite: Gaisite, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAISITE_DIRECTORY", str(project))
    monkeypatch.setenv("GAISITE_BUILD_OUTPUT", "public")
    monkeypatch.setenv("GAISITE_BUILD_BASE_URL", "https://b.cn/x")
    assert gaisite("build").status == 0
    assert "https://b.cn/x/office/" in (project / "public" / "office" / "index.html").read_text(encoding="utf-8")


# --- how a run may end ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "status"), [(KeyboardInterrupt(), 130), (click.Abort(), 130), (BrokenPipeError(), 1)]
)
def test_interrupted_run_ends_quietly(
    error: BaseException, status: int, gaisite: Gaisite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(package.cli, "main", interrupt)
    assert gaisite("check") == (status, "", "")


def test_command_that_returns_nothing_is_fine(gaisite: Gaisite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package.cli, "main", lambda *_, **__: None)
    assert gaisite("check").status == 0


def test_module_runs_as_the_command_does(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gaisite", "check"],
        cwd=project,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "1 agency, 2 reports: 0 errors, 0 warnings.\n", "")


def test_main_leaves_with_the_exit_status(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "argv", ["gaisite", "-C", str(tmp_path), "check"])
    with pytest.raises(SystemExit) as ended:
        package.main()
    assert ended.value.code == 2
