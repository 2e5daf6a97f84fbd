"""Writing a scaffold: all or nothing, and never over anything."""

from pathlib import Path

import pytest

from gaisite.findings import ContentError, Problems
from gaisite.read.catalogue import read_catalogue
from gaisite.scaffold import Scaffold, write_scaffold
from gaisite.scaffold.files import Writing
from gaisite.texts import Texts
from tests.scaffold.projects import write


def try_to_write(root: Path, *paths: str) -> list[tuple[str, str]]:
    """What prevents some files: check and file of each finding; all of these have their words."""
    problems = Problems()
    assert not write_scaffold(Scaffold(root=root, files=dict.fromkeys(paths, "new")), problems)
    for finding in problems.findings:
        assert read_catalogue().say(finding, "zh-CN")
    return [(finding.check, finding.place.file) for finding in problems.findings]


def test_files_are_written_with_their_folders_in_utf8_and_unix_lines(tmp_path: Path) -> None:
    problems = Problems()
    assert write_scaffold(Scaffold(root=tmp_path / "x", files={"a/b/c": "年\n", "d": ""}), problems)
    assert (tmp_path / "x/a/b/c").read_bytes() == "年\n".encode()
    assert (tmp_path / "x/d").read_bytes() == b""
    assert problems.findings == []


def test_each_file_that_is_there_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path / "b", "old")
    write(tmp_path / "c/d", "old")
    assert try_to_write(tmp_path, "a/x", "b", "c/d") == [("file-exists", "b"), ("file-exists", "c/d")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c"]
    assert (tmp_path / "b").read_text() == "old"


def test_a_link_to_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "elsewhere")
    assert try_to_write(tmp_path, "a") == [("file-exists", "a")]
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "project/a").symlink_to(tmp_path / "outside")
    assert try_to_write(tmp_path / "project", "b", "a/c") == [("file-outside", "a/c")]
    assert not (tmp_path / "project/b").exists()
    assert list((tmp_path / "outside").iterdir()) == []


def test_what_was_written_is_taken_back_where_a_later_file_cannot_be(tmp_path: Path) -> None:
    write(tmp_path / "b", "a file, no folder")
    assert try_to_write(tmp_path, "a/x/y", "b/z") == [("file-unwritable", "b/z")]
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_file_that_somebody_else_makes_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    writing = Writing(tmp_path)
    writing.add("a/b", "new")
    write(tmp_path / "a/c", "another's")
    with pytest.raises(ContentError) as caught:
        writing.add("a/c", "new")
    assert caught.value.finding.check == "file-exists"
    writing.undo()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["c"]
    assert (tmp_path / "a/c").read_text() == "another's"


def test_a_name_too_long_for_the_system_is_told_in_both_languages(tmp_path: Path) -> None:
    problems = Problems()
    (tmp_path / "full").mkdir()
    scaffold = Scaffold(root=tmp_path / "full", files={"a/b": "x", "c" * 300: "y"})
    assert not write_scaffold(scaffold, problems)
    (finding,) = problems.findings
    assert finding.check == "file-unwritable"
    assert isinstance(dict(finding.facts)["reason"], Texts)
    assert list((tmp_path / "full").iterdir()) == []


def test_nothing_stays_where_writing_is_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add = Writing.add

    def interrupt(writing: Writing, path: str, text: str) -> None:
        if path == "b/z":
            raise KeyboardInterrupt
        add(writing, path, text)

    monkeypatch.setattr(Writing, "add", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_scaffold(Scaffold(root=tmp_path, files={"a/x/y": "1", "b/z": "2"}), Problems())
    assert not list(tmp_path.iterdir())
