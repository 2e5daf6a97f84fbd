"""`gaisite completion`: what the Tab key completes in a project, outside one, and in a real shell."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete

from gaisite.cli import COMMANDS, cli
from gaisite.cli.completion import SHELLS, VARIABLE
from tests.build.portals import change_files, edit
from tests.cli.conftest import Gaisite

Complete = Callable[..., list[str]]


def list_items(*words: str) -> list[CompletionItem[str]]:
    *args, incomplete = words
    return BashComplete(cli, {}, "gaisite", VARIABLE).get_completions(args, incomplete)


def complete(*words: str) -> list[str]:
    """What may stand for the last word."""
    return [item.value for item in list_items(*words)]


@pytest.fixture
def busy(project: Path) -> Path:
    """A portal with an agency below another, a form, two targets and a theme of its own."""
    agency = (project / "content" / "office" / "agency.yaml").read_text(encoding="utf-8")
    form = (Path(__file__).parents[2] / "generator/gaisite/forms/us-foia.yaml").read_text(encoding="utf-8")
    settings = (project / "content" / "site.yaml").read_text(encoding="utf-8")
    targets = "publish:\n  web: file:///srv/www/nb\n  mirror: zip:nb.zip\ntheme: mine\n"
    change_files(
        project,
        {
            "content/office/below/agency.yaml": agency,
            "content/other/agency.yaml": agency,
            "content/forms/local.yaml": form.replace("us-foia", "local-foia"),
            "content/site.yaml": settings + targets,
            "themes/mine/theme.yaml": "name: mine\nextends: civic\n",
        },
    )
    return project


def test_commands_complete_without_being_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaisite.cli.LazyGroup.get_command", lambda *_: pytest.fail("a command was imported"))
    assert complete("") == list(COMMANDS)
    assert complete("ch") == ["check"]
    assert {"--directory", "--version", "--lang"} <= set(complete("--"))


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "读取并检查全部内容，不写任何文件。"), ("en", "Read and check everything; write nothing.")],
)
def test_help_beside_what_completes_is_in_one_language(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAISITE_LANG", language)
    assert [item.help for item in list_items("check")] == [said]
    texts = [str(item.help) for words in (("build", "--"), ("theme", ""), ("--",)) for item in list_items(*words)]
    assert len(texts) > 15
    assert not any("¦" in text for text in texts)


def test_agencies_complete(busy: Path) -> None:
    assert complete("export", "") == ["office", "office/below", "other"]
    assert complete("export", "office/") == ["office/below"]
    assert complete("workbook", "of") == ["office", "office/below"]
    assert complete("new", "report", "ot") == ["other"]
    assert complete("import", "年报.docx", "--agency", "content/ot") == ["content/other"]


def test_what_is_no_agency_does_not_complete(busy: Path) -> None:
    change_files(
        busy,
        {
            "content/group/inside/agency.yaml": "name: x\n",
            "content/.git/agency.yaml": "",
            "content/2020/agency.yaml": "",
        },
    )
    (busy / "content" / "around").symlink_to(busy / "content")
    assert complete("export", "") == ["group/inside", "office", "office/below", "other"]
    assert complete("export", "group") == ["group/inside"]


def test_years_are_those_of_the_agency_that_stands_before(busy: Path) -> None:
    change_files(
        busy,
        {f"content/office/{year}/figures.yaml": "" for year in (2021, 2023)} | {"content/office/20xx/figures.yaml": ""},
    )
    there = sorted(path.name for path in (busy / "content" / "office").glob("20??") if path.name != "20xx")
    assert there[-1] == "2023"
    assert complete("export", "office", "") == there
    assert complete("export", "content/office/", "2021") == ["2021"]
    assert complete("workbook", "office", "") == [*there, "2024"]
    assert complete("import", "年报.docx", "--agency", "office", "--year", "") == [*there, "2024"]
    assert complete("new", "report", "office", "") == ["2024"]
    assert complete("export", "other", "") == complete("new", "report", "other", "") == []
    assert complete("import", "年报.docx", "--year", "") == []


def test_reports_complete_once_their_agency_is_written(busy: Path) -> None:
    assert complete("record", "o") == ["office", "office/below", "other"]
    found = complete("record", "office", "office/")
    assert found[-1] == "office/below"
    assert [name.rpartition("/")[0] for name in found[:-1]] == ["office"] * (len(found) - 1)
    assert len(found) > 1


def test_forms_checks_and_targets_complete(busy: Path) -> None:
    assert complete("schema", "lo") == ["local-foia"]
    assert complete("new", "report", "--form", "us") == ["us-foia"]
    assert complete("explain", "column-s") == ["column-sum"]
    assert complete("publish", "") == ["web", "mirror"]
    assert complete("publish", "m") == ["mirror"]


def test_kinds_of_a_new_portal_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert complete("new", "portal", "--kind", "") == ["office", "district", "foia", "empty"]
    assert complete("new", "site", "portal", "--kind", "f") == ["foia"]
    assert "--kind" in complete("new", "portal", "--k")


def test_files_of_the_theme_complete(busy: Path) -> None:
    assert complete("theme", "copy", "templates/ho") == ["templates/home.html"]
    assert "css/tokens.css" in complete("theme", "copy", "templates/home.html", "css/")
    edit(busy, "content/site.yaml", "theme: mine", "theme: nowhere")
    assert complete("theme", "copy", "") == []


def test_a_theme_that_cannot_be_read_has_no_files(busy: Path) -> None:
    change_files(busy, {"themes/mine/theme.yaml": b"\xff\xfe"})
    assert complete("theme", "copy", "templates/") == []


def test_another_folder_is_looked_in_where_the_command_line_names_it(
    busy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert complete("export", "") == []
    assert complete("-C", str(busy), "export", "ot") == ["other"]
    assert complete("--directory", "nowhere", "export", "ot") == []


ARGUMENTS = (
    ("export", ""),
    ("export", "office", ""),
    ("new", "report", "office", ""),
    ("record", "office/"),
    ("schema", ""),
    ("explain", ""),
    ("publish", ""),
    ("theme", "copy", ""),
)


SLOW = ("gaisite.build", "gaisite.render", "gaisite.export", "gaisite.scaffold", "gaisite.imports", "gaisite.publish")
"""What takes several times as long to import as all that completing needs."""


@pytest.mark.parametrize(
    "words",
    [*ARGUMENTS, ("import", "a.docx", "--agency", ""), ("workbook", "office", ""), ("new", "report", "--form", "")],
    ids=" ".join,
)
def test_who_presses_the_tab_key_waits_for_no_module_that_is_not_needed(words: tuple[str, ...], busy: Path) -> None:
    program = (
        "import sys; from click.shell_completion import BashComplete; from gaisite.cli import cli; "
        "*args, incomplete = sys.argv[1:]; "
        "found = BashComplete(cli, {}, 'gaisite', '_GAISITE_COMPLETE').get_completions(args, incomplete); "
        "print(len(found), *(name for name in sys.modules if name.startswith('gaisite.')))"
    )
    command = [sys.executable, "-c", program, *words]
    told = subprocess.run(command, cwd=busy, check=True, capture_output=True, text=True)
    found, *imported = told.stdout.split()
    assert int(found) > 0
    assert [name for name in imported if name.startswith(SLOW)] == []


@pytest.mark.parametrize("words", ARGUMENTS, ids=" ".join)
def test_nothing_goes_wrong_outside_a_project(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (complete(*words) == []) == (words[0] not in {"schema", "explain"})


@pytest.mark.parametrize(
    "settings", ["title: [", b"\xff\xfe", "publish: 7\n", ""], ids=["broken", "binary", "wrong", "empty"]
)
@pytest.mark.parametrize("words", ARGUMENTS, ids=" ".join)
def test_nothing_goes_wrong_where_the_content_is_wrong(
    words: tuple[str, ...], settings: str | bytes, busy: Path
) -> None:
    change_files(
        busy, {"content/site.yaml": settings, "content/forms/local.yaml": settings, "themes/mine/theme.yaml": settings}
    )
    complete(*words)


def test_a_folder_that_cannot_be_read_is_passed_over(busy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "office":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr("os.scandir", refuse)
    assert complete("export", "") == ["office", "other"]


@pytest.mark.parametrize(("shell", "made"), SHELLS.items())
def test_script_is_the_one_for_the_shell(
    shell: str, made: type[BashComplete | FishComplete | ZshComplete], gaisite: Gaisite
) -> None:
    told = gaisite("completion", shell)
    assert told.status == 0
    assert told.out == made(cli, {}, "gaisite", "_GAISITE_COMPLETE").source()


def test_another_shell_is_a_mistake_that_names_the_three(gaisite: Gaisite) -> None:
    told = gaisite("completion", "cmd")
    assert told.status == 2
    assert all(shell in told.err for shell in SHELLS)


def test_bash_completes(busy: Path, tmp_path: Path) -> None:
    program = tmp_path / "bin" / "gaisite"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m gaisite "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = """
        source <(gaisite completion bash)
        complete -p gaisite
        ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _gaisite_completion gaisite; echo "${COMPREPLY[*]}"; }
        ask gaisite expo
        ask gaisite export ""
        ask gaisite export office --format ""
    """
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=busy,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "complete -o nosort -F _gaisite_completion gaisite",
        "export",
        "office office/below other",
        "docx pdf",
    ]
