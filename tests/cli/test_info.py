"""`gaisite info`: what runs here, without a word of the content or of the person who asks."""

import json
import platform
import re
from importlib import metadata
from pathlib import Path

import pytest

from gaisite import __version__
from gaisite.cli.info import find_program, find_version, hide_home, read_requirements
from tests.build.portals import change_files, edit
from tests.cli.conftest import Gaisite


def test_versions_are_told(gaisite: Gaisite, project: Path) -> None:
    told = gaisite("info")
    assert (told.status, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0] == f"gaisite {__version__}"
    assert lines[1].startswith(f"Python {platform.python_version()} ({platform.python_implementation()}), ")
    assert f"  click {metadata.version('click')}" in lines
    assert f"  parquet: installed (pyarrow {metadata.version('pyarrow')})" in lines


def test_it_is_told_in_chinese_too(gaisite: Gaisite, project: Path) -> None:
    lines = gaisite("--lang", "zh", "info").out.splitlines()
    assert "程序库：" in lines
    assert any(line.startswith("  parquet: 已安装 (pyarrow ") for line in lines)
    assert re.fullmatch(r"  机关 1 个，报告 \d+ 份，自有格式 0 个", lines[-2])
    assert lines[-1].startswith("  语言 zh-CN；下载 ")


def test_the_document_for_programs_says_the_same(gaisite: Gaisite, project: Path) -> None:
    told = json.loads(gaisite("info", "--format", "json").out)
    assert set(told) == {
        "version", "gaisite", "python", "system", "encoding", "language", "libraries", "extras", "programs", "writer",
        "project",
    }  # fmt: skip
    assert told["version"] == 1
    assert told["libraries"]["click"] == metadata.version("click")
    assert told["extras"]["office"]["python-docx"] == metadata.version("python-docx")
    assert set(told["programs"]) == {"LibreOffice", "git", "ssh", "rsync"}
    assert told["project"]["agencies"] == 1


def test_every_library_of_every_extra_is_named() -> None:
    required = read_requirements()
    assert set(required) == {"", *metadata.metadata("gaisite").get_all("Provides-Extra")}
    assert "webdav4" in required["webdav"]
    assert "pagefind" in required["search"]


def test_what_is_not_installed_is_missing(gaisite: Gaisite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "gaisite.cli.info.metadata.requires", lambda _: ["click>=8", "no-such-library>=1; extra == 'odd'"]
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    told = gaisite("-C", tmp_path, "info").out
    assert "  odd: not installed (no-such-library missing)" in told
    assert "  LibreOffice: not found (imports .doc)" in told
    assert json.loads(gaisite("-C", tmp_path, "info", "--format", "json").out)["extras"] == {
        "odd": {"no-such-library": None}
    }


def test_gaisite_that_was_not_installed_says_so(
    gaisite: Gaisite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr("gaisite.cli.info.metadata.requires", refuse)
    told = gaisite("-C", tmp_path, "info").out
    assert "not known: gaisite was not installed" in told
    assert "Extras:" not in told
    assert find_version("no-such-library") is None


def test_the_project_is_told_in_numbers_and_not_in_words(gaisite: Gaisite, project: Path, tmp_path: Path) -> None:
    edit(project, "content/site.yaml", "title:", "languages: [zh-CN, en]\ndownloads: [csv, xlsx]\ntitle:")
    reports = len([path for path in (project / "content" / "office").iterdir() if path.is_dir()])
    told = gaisite("info").out
    assert told.splitlines()[-2:] == [
        f"  agencies 1, reports {reports}, forms of its own 0",
        "  languages zh-CN, en; downloads csv, xlsx; theme of the package; search none",
    ]
    assert str(tmp_path) not in told
    assert "office" not in told.partition("Project:")[2]


def test_a_theme_of_the_projects_own_and_search_are_told(gaisite: Gaisite, project: Path) -> None:
    edit(project, "content/site.yaml", "title:", "theme: mine\nsearch: pagefind\ntitle:")
    change_files(project, {"themes/mine/theme.yaml": "name: mine\nextends: civic\n"})
    assert gaisite("info").out.endswith("theme its own; search yes\n")


def test_settings_with_mistakes_do_not_keep_it_from_telling(gaisite: Gaisite, project: Path) -> None:
    change_files(project, {"content/site.yaml": "title: ["})
    told = gaisite("info")
    assert (told.status, told.err) == (0, "")
    assert told.out.splitlines()[-1] == "  site.yaml has mistakes: see gaisite check"


def test_there_need_be_no_project(gaisite: Gaisite, tmp_path: Path) -> None:
    assert gaisite("-C", tmp_path, "info").out.endswith("Project: none here\n")
    assert json.loads(gaisite("-C", tmp_path, "info", "--format", "json").out)["project"] is None


def test_no_path_names_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    program = tmp_path / "bin" / "git"
    change_files(tmp_path, {"bin/git": "#!/bin/sh\n"})
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    assert find_program(("git",)) == "~/bin/git"
    assert hide_home(f"{tmp_path}x/git") == f"{tmp_path}x/git"


def test_a_user_without_a_home_is_told_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Path:
        raise RuntimeError

    monkeypatch.setattr("gaisite.cli.info.Path.home", refuse)
    assert hide_home("/usr/bin/git") == "/usr/bin/git"


@pytest.mark.parametrize(
    ("files", "writer", "told"),
    [
        (["share/registry/main.xcd", "share/registry/writer.xcd"], True, "(imports .doc)"),
        (["share/registry/main.xcd", "share/.registry/main.xcd", "share/.registry/writer.xcd"], True, "(imports .doc)"),
        (["share/registry/main.xcd", "share/registry/calc.xcd"], False, "(without Writer: cannot import .doc)"),
        ([], None, "(imports .doc)"),
    ],
)
def test_libreoffice_without_writer_is_told(
    files: list[str], writer: bool | None, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gaisite: Gaisite
) -> None:
    """As Debian installs it: the program is a link to where it lies. It is not run."""
    change_files(tmp_path, {f"opt/office/{name}": "" for name in files})
    change_files(tmp_path, {"opt/office/program/soffice": "#!/bin/sh\nexit 1\n", "bin/keep": ""})
    (tmp_path / "opt/office/program/soffice").chmod(0o755)
    (tmp_path / "bin/soffice").symlink_to("../opt/office/program/soffice")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert f"  LibreOffice: {tmp_path}/bin/soffice {told}" in gaisite("info").out.splitlines()
    assert json.loads(gaisite("info", "--format", "json").out)["writer"] is writer
