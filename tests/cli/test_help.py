"""Help in Chinese and English: every command, every option, nothing left in the other language."""

import re

import click
import pytest

from gaisite.cli import ALIASES, COMMANDS, cli
from gaisite.cli.bilingual import PARTING
from tests.cli.conftest import Gaisite

HAN = re.compile("[\u4e00-\u9fff]")
PATHS = [(), *((name,) for name in (*COMMANDS, *ALIASES)), ("new", "site"), ("new", "agency"), ("new", "report")]


def find_command(path: tuple[str, ...]) -> tuple[click.Command, click.Context]:
    command: click.Command = cli
    context = click.Context(cli, info_name="gaisite")
    for name in path:
        assert isinstance(command, click.Group)
        found = command.get_command(context, name)
        assert found is not None
        command, context = found, click.Context(found, info_name=name, parent=context)
    return command, context


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "gaisite")
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_is_in_the_language_asked_for(path: tuple[str, ...], flag: str, gaisite: Gaisite) -> None:
    for language, heading, options in (("en", "Usage: gaisite", "Options:"), ("zh", "用法: gaisite", "选项:")):
        told = gaisite("--lang", language, *path, flag)
        assert (told.status, told.err) == (0, "")
        assert told.out.startswith(heading)
        assert options in told.out
        assert PARTING.strip() not in told.out
        assert (HAN.search(told.out) is not None) == (language == "zh")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "gaisite")
def test_help_names_every_option_and_every_command(path: tuple[str, ...], gaisite: Gaisite) -> None:
    command, context = find_command(path)
    for language in ("en", "zh"):
        told = gaisite("--lang", language, *path, "--help").out
        for param in command.get_params(context):
            if isinstance(param, click.Option):
                assert all(name in told for name in param.opts), (language, param.opts)
                assert param.help
        for name in command.list_commands(context) if isinstance(command, click.Group) else ():
            assert re.search(rf"^  {name} +\S", told, re.MULTILINE), (language, name)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "gaisite")
def test_every_text_of_a_command_is_there_in_both_languages(path: tuple[str, ...]) -> None:
    command, context = find_command(path)
    texts = [command.help, *(param.help for param in command.get_params(context) if isinstance(param, click.Option))]
    for text in texts:
        if text in ("显示这页说明。", "Show this page."):
            continue
        chinese, parting, english = str(text).partition(PARTING)
        assert HAN.search(chinese), text
        assert parting, text
        assert not HAN.search(english), text


def test_language_may_stand_before_or_after_the_command(gaisite: Gaisite) -> None:
    before, after = gaisite("--lang", "zh", "build", "--help"), gaisite("build", "--lang", "zh", "--help")
    assert before == after
    assert gaisite("--lang", "en", "build", "--lang", "zh-CN", "--help") == before


@pytest.mark.parametrize(
    ("variable", "value", "chinese"),
    [
        ("GAISITE_LANG", "zh", True),
        ("GAISITE_LANG", "zh-CN", True),
        ("GAISITE_LANG", "en", False),
        ("LC_ALL", "zh_CN.UTF-8", True),
        ("LC_ALL", "zh_TW", True),
        ("LC_ALL", "de_DE.UTF-8", False),
        ("LANG", "zh_CN.UTF-8", True),
    ],
)
def test_language_is_that_of_the_environment(
    variable: str, value: str, chinese: bool, gaisite: Gaisite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_ALL")
    monkeypatch.setenv(variable, value)
    assert gaisite("check", "--help").out.startswith("用法" if chinese else "Usage")


@pytest.mark.parametrize(
    ("name", "chinese"), [("zh_CN", True), ("Chinese (Simplified)_China", True), ("de_DE", False), (None, False)]
)
def test_language_is_that_of_the_system_where_the_environment_is_silent(
    name: str | None, chinese: bool, gaisite: Gaisite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LC_ALL")
    monkeypatch.setattr("locale.getlocale", lambda: (name, "UTF-8"))
    assert gaisite("check", "--help").out.startswith("用法" if chinese else "Usage")


def test_language_of_the_command_line_counts_before_the_environment(
    gaisite: Gaisite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAISITE_LANG", "zh")
    assert gaisite("--lang", "en", "--help").out.startswith("Usage")


def test_default_of_an_option_is_shown_in_words(gaisite: Gaisite) -> None:
    assert "[default: 127.0.0.1]" in gaisite("--lang", "en", "serve", "--help").out
    assert "[默认: 127.0.0.1]" in gaisite("--lang", "zh", "serve", "--help").out


def test_version_is_told(gaisite: Gaisite) -> None:
    told = gaisite("--version")
    assert re.fullmatch(r"gaisite \d+\.\d+\.\S+\n", told.out)
    assert told.status == 0


def test_no_command_shows_the_help_and_is_a_mistake(gaisite: Gaisite) -> None:
    told = gaisite()
    assert told.status == 2
    assert (told.out + told.err).count("Usage: gaisite") == 1


def test_alias_is_the_command_itself(gaisite: Gaisite) -> None:
    assert gaisite("preview", "--help").out.split("\n")[1:] == gaisite("serve", "--help").out.split("\n")[1:]
    assert "preview" not in gaisite("--help").out


def test_help_loads_neither_the_builder_nor_the_server() -> None:
    import subprocess
    import sys

    code = "import sys; from gaisite.cli import run; run(['--help']); print([m for m in ('gaisite.build', 'livereload') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"
