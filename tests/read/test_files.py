"""Opening files: only regular ones inside the project, of a bearable size, in UTF-8; nothing else is ever opened."""

import hashlib
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import ContentError, Finding
from gaisite.read.files import MAX_BYTES, decode, hash_file, name_file, open_regular, printable, read_bytes, read_source

needs_links = pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def _nothing_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every attempt to open a file fail the test: a pipe would never answer."""

    def refuse(*arguments: Any, **options: Any) -> NoReturn:
        pytest.fail("a file was opened")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    monkeypatch.setattr(Path, "open", refuse)


def refuse(path: Path, project: Path) -> Finding:
    with pytest.raises(ContentError) as caught:
        read_source(path, project)
    return caught.value.finding


def test_file_is_read_under_its_name_in_the_project(project: Path) -> None:
    path = project / "内容" / "a.yaml"
    path.parent.mkdir()
    path.write_bytes("﻿总计: 1\r\n".encode())
    source = read_source(path, project)
    assert source.file == "内容/a.yaml"
    assert source.text == "总计: 1\r\n"
    assert source.place(3, 4, 2).file == "内容/a.yaml"


def test_file_outside_the_project_bears_its_whole_name(tmp_path: Path, project: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_bytes(b"a")
    assert read_source(path, project).file == path.as_posix()


def test_missing_file_is_named(project: Path) -> None:
    finding = refuse(project / "a" / "b.yaml", project)
    assert (finding.check, finding.place.file, finding.place.line) == ("file-missing", "a/b.yaml", 0)


def test_file_in_place_of_a_folder_is_told(project: Path) -> None:
    (project / "a").write_bytes(b"")
    finding = refuse(project / "a" / "b.yaml", project)
    assert (finding.check, finding.place.file) == ("file-unreadable", "a/b.yaml")


def put(path: Path, size: int = 1) -> None:
    """A file of nothing but zeros; written without what the fixture forbids."""
    with open(path, "wb") as file:
        file.truncate(size)


@pytest.mark.usefixtures("_nothing_opened")
class TestSpecialFiles:
    """What is no regular file is refused without being opened."""

    def test_folder(self, project: Path) -> None:
        (project / "a.yaml").mkdir()
        assert refuse(project / "a.yaml", project).check == "file-special"

    @needs_pipes
    def test_pipe(self, project: Path) -> None:
        os.mkfifo(project / "a.yaml")
        assert refuse(project / "a.yaml", project).check == "file-special"

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device")
    def test_device(self, project: Path) -> None:
        (project / "a.yaml").symlink_to("/dev/zero")
        assert refuse(project / "a.yaml", project).check == "file-special"

    @needs_links
    def test_ring_of_links(self, project: Path) -> None:
        (project / "a.yaml").symlink_to("a.yaml")
        assert refuse(project / "a.yaml", project).check == "file-unreadable"

    @needs_links
    def test_dangling_link(self, project: Path) -> None:
        (project / "a.yaml").symlink_to("nothing")
        assert refuse(project / "a.yaml", project).check == "file-missing"

    @needs_links
    def test_link_out_of_the_project(self, tmp_path: Path, project: Path) -> None:
        put(tmp_path / "secret")
        (project / "a.yaml").symlink_to("../secret")
        finding = refuse(project / "a.yaml", project)
        assert finding.check == "file-outside"
        assert dict(finding.facts) == {"target": (tmp_path / "secret").resolve().as_posix()}

    @needs_links
    def test_file_in_a_linked_folder_out_of_the_project(self, tmp_path: Path, project: Path) -> None:
        (tmp_path / "other").mkdir()
        put(tmp_path / "other" / "a.yaml")
        (project / "folder").symlink_to("../other")
        assert refuse(project / "folder" / "a.yaml", project).check == "file-outside"

    @needs_links
    def test_neighbour_whose_name_begins_alike_is_outside(self, tmp_path: Path, project: Path) -> None:
        (tmp_path / "project2").mkdir()
        put(tmp_path / "project2" / "a.yaml")
        (project / "a.yaml").symlink_to("../project2/a.yaml")
        assert refuse(project / "a.yaml", project).check == "file-outside"

    def test_too_large_a_file(self, project: Path) -> None:
        put(project / "a.yaml", size=MAX_BYTES + 1)
        finding = refuse(project / "a.yaml", project)
        assert finding.check == "file-too-large"
        assert dict(finding.facts) == {"size": MAX_BYTES + 1, "limit": MAX_BYTES}


@needs_links
def test_link_inside_the_project_is_followed(project: Path) -> None:
    (project / "a.yaml").write_bytes(b"a: 1")
    (project / "b.yaml").symlink_to("a.yaml")
    assert read_source(project / "b.yaml", project).text == "a: 1"


@needs_links
def test_project_may_itself_be_reached_by_a_link(tmp_path: Path, project: Path) -> None:
    (project / "a.yaml").write_bytes(b"a: 1")
    (tmp_path / "alias").symlink_to("project")
    assert read_source(tmp_path / "alias" / "a.yaml", tmp_path / "alias").file == "a.yaml"


def test_largest_file_is_read(project: Path) -> None:
    assert MAX_BYTES == 8 * 1024 * 1024
    (project / "a.yaml").write_bytes(b" " * 10)
    assert read_bytes(project / "a.yaml", project, limit=10) == b" " * 10
    with pytest.raises(ContentError):
        read_bytes(project / "a.yaml", project, limit=9)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_file_that_the_system_does_not_let_read_is_told_with_the_reason(
    project: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    (project / "a.yaml").write_bytes(b"a: 1")

    def fail(*arguments: Any, **options: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fail)
    monkeypatch.setattr(Path, "open", fail)
    finding = refuse(project / "a.yaml", project)
    assert (finding.check, dict(finding.facts)) == ("file-unreadable", {"reason": error.strerror})
    with pytest.raises(ContentError) as caught:
        hash_file(project / "a.yaml", project)
    assert caught.value.finding == finding


def test_reason_without_words_of_the_system_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path) -> NoReturn:
        raise OSError("no words")

    monkeypatch.setattr(Path, "stat", fail)
    with pytest.raises(ContentError) as caught:
        open_regular(project / "a.yaml", project)
    assert dict(caught.value.finding.facts) == {"reason": "no words"}


def test_file_without_permission_is_told(project: Path) -> None:
    (project / "a.yaml").write_bytes(b"a: 1")
    (project / "a.yaml").chmod(0)
    if os.access(project / "a.yaml", os.R_OK):
        pytest.skip("this user may read everything")
    assert refuse(project / "a.yaml", project).check == "file-unreadable"


@pytest.mark.parametrize(
    ("content", "line", "guess"),
    [
        ("甲: 1\n总计: 二十八\n".encode("gbk"), 1, "GB18030"),
        ("\na: 1\nb: 二十八\n".encode("gb18030"), 3, "GB18030"),
        ("总计: 1\n".encode("utf-16"), 1, "UTF-16"),
        (b"\xfe\xff" + "总计: 1\n".encode("utf-16-be"), 1, "UTF-16"),
        ("a: 1\r\nb: 1\r\ncaf\xe9 \n".encode("latin-1"), 3, "?"),
        ("总计".encode()[:-1], 1, "?"),
    ],
)
def test_other_encodings_are_named_with_the_first_line_that_is_not_utf8(content: bytes, line: int, guess: str) -> None:
    with pytest.raises(ContentError) as caught:
        decode(content, "a.yaml")
    finding = caught.value.finding
    assert (finding.check, finding.place.file, finding.place.line) == ("file-encoding", "a.yaml", line)
    assert dict(finding.facts) == {"guess": guess}


@given(st.text().filter(lambda text: not text.startswith("\ufeff")), st.booleans())
def test_byte_order_mark_makes_no_difference(text: str, marked: bool) -> None:
    content = text.encode("utf-8", "ignore")
    assert decode((b"\xef\xbb\xbf" if marked else b"") + content, "a").text == content.decode()


@given(st.binary())
def test_any_bytes_are_text_or_told(content: bytes) -> None:
    try:
        assert decode(content, "a").file == "a"
    except ContentError as error:
        assert error.finding.check == "file-encoding"
        assert 1 <= error.finding.place.line <= content.count(b"\n") + 1


def test_hash_is_that_of_the_content(project: Path) -> None:
    (project / "a.pdf").write_bytes(b"x" * 300_000)
    assert hash_file(project / "a.pdf", project) == hashlib.sha256(b"x" * 300_000).hexdigest()


def test_names_in_findings_can_be_printed_and_written_anywhere(project: Path) -> None:
    garbled = os.fsdecode("原件.pdf".encode("gbk"))
    assert name_file(project / "a" / garbled, project).encode()
    assert name_file(project / "a\nb\x1b[31m.pdf", project) == "a�b�[31m.pdf"
    assert printable("原　件-é.pdf") == "原　件-é.pdf"
