"""Files in the output folder that gaisite did not write."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaisite.texts import Texts
from gaisite.write import MANIFEST, Output
from gaisite.write.present import Kind, look_at_site
from tests.write.sites import NEW, OLD, build, litter, refused, state, tree


def test_foreign_files_links_and_folders_stay_as_they_are(site: Path, tmp_path: Path) -> None:
    build(site, OLD)
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "file").write_bytes(b"not to be read")
    (site / ".htaccess").write_bytes(b"deny")
    (site / "a/2019/note.txt").write_bytes(b"in a folder that goes")
    (site / "uploads/empty").mkdir(parents=True)
    (site / "elsewhere").symlink_to(tmp_path / "secret")
    (site / "nowhere").symlink_to("missing")
    os.mkfifo(site / "pipe")
    os.utime(site / ".htaccess", ns=(1, 1))
    build(site, NEW)
    assert tree(site).items() >= NEW.items()
    assert tree(site).keys() - NEW.keys() == {".htaccess", "a/2019/note.txt", "uploads/empty/", "elsewhere", "nowhere"}
    assert tree(site)["elsewhere"] == f"-> {tmp_path / 'secret'}"
    assert (site / ".htaccess").stat().st_mtime_ns == 1
    assert stat.S_ISFIFO((site / "pipe").lstat().st_mode)
    assert (tmp_path / "secret" / "file").read_bytes() == b"not to be read"


def test_foreign_folder_keeps_its_mode_and_a_folder_of_ours_gets_the_fixed_one(site: Path) -> None:
    build(site, OLD)
    for name in ("private/deep", "shared"):
        (site / name).mkdir(parents=True)
        (site / name / "file").write_bytes(b"theirs")
    for name in ("private/deep", "private", "shared"):
        (site / name).chmod(0o500)
    build(site, {**OLD, "shared/index.html": b"ours"})
    modes = {name: stat.S_IMODE((site / name).stat().st_mode) for name in ("private", "private/deep", "shared")}
    assert modes == {"private": 0o500, "private/deep": 0o500, "shared": 0o755}
    assert litter(site) == []


def test_foreign_files_alone_are_no_reason_to_write(site: Path) -> None:
    build(site, OLD)
    (site / "theirs").write_bytes(b"theirs")
    before = state(site)
    assert build(site, OLD).changed == ()
    assert state(site) == before


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("a.html", "a.html"), ("A.html", "a.html"), ("b", "b/index.html"), ("c/file", "c"), ("C/File", "c/file")],
)
def test_foreign_file_in_the_way_of_an_output_is_named(site: Path, theirs: str, ours: str) -> None:
    build(site, {"index.html": b"home"})
    (site / theirs).parent.mkdir(exist_ok=True)
    (site / theirs).write_bytes(b"theirs")
    before = tree(site)
    output = Output(path=ours, content=b"ours", origin="content/ours.md")
    facts = refused("output-foreign", lambda: build(site, [output]))
    assert (facts["file"], facts["path"], facts["origin"]) == (theirs, ours, "content/ours.md")
    assert facts["place"] == (site / theirs).as_posix()
    assert tree(site) == before
    assert litter(site) == []


def test_empty_foreign_folder_in_the_way_of_an_output_is_named(site: Path) -> None:
    build(site, {"index.html": b"home"})
    (site / "a").mkdir()
    assert refused("output-foreign", lambda: build(site, {"a": b"ours"}))["file"] == "a"


def test_file_of_ours_that_became_a_foreign_folder_is_not_lost(site: Path) -> None:
    build(site, {"a": b"ours"})
    (site / "a").unlink()
    (site / "a").mkdir()
    (site / "a" / "theirs").write_bytes(b"theirs")
    assert refused("output-foreign", lambda: build(site, {"a": b"ours"}))["file"] == "a/theirs"
    build(site, {})
    assert tree(site) == {"a/theirs": b"theirs"}


def test_folder_of_ours_that_became_a_foreign_link_is_not_followed(site: Path, tmp_path: Path) -> None:
    build(site, {"a/index.html": b"ours"})
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "index.html").write_bytes(b"ours")
    (site / "a" / "index.html").unlink()
    (site / "a").rmdir()
    (site / "a").symlink_to(tmp_path / "theirs")
    assert refused("output-foreign", lambda: build(site, {"a/index.html": b"ours"}))["file"] == "a"
    build(site, {"b": b"b"})
    assert tree(site) == {"a": f"-> {tmp_path / 'theirs'}", "b": b"b"}
    assert (tmp_path / "theirs" / "index.html").read_bytes() == b"ours"


def test_folder_with_foreign_files_only_is_refused(site: Path) -> None:
    site.mkdir()
    (site / "photos").mkdir()
    (site / "thesis.doc").write_bytes(b"mine")
    facts = refused("output-not-ours", lambda: build(site, OLD))
    assert (facts["folder"], facts["example"]) == (site.as_posix(), "photos")
    assert sorted(os.listdir(site)) == ["photos", "thesis.doc"]


def test_force_takes_over_a_folder_and_replaces_only_what_is_at_an_output_path(site: Path) -> None:
    site.mkdir()
    (site / "index.html").write_bytes(b"an older site")
    (site / "thesis.doc").write_bytes(b"mine")
    build(site, OLD, force=True)
    assert tree(site) == {**OLD, "thesis.doc": b"mine"}
    build(site, NEW)
    assert tree(site) == {**NEW, "thesis.doc": b"mine"}


def test_force_does_not_replace_a_foreign_folder_by_a_file(site: Path) -> None:
    build(site, OLD)
    (site / "b").mkdir()
    (site / "b" / "theirs").write_bytes(b"theirs")
    refused("output-foreign", lambda: build(site, {"b": b"ours"}, force=True))


def test_folder_of_a_new_disk_counts_as_empty(site: Path) -> None:
    (site / "lost+found").mkdir(parents=True)
    build(site, OLD)
    assert tree(site) == {**OLD, "lost+found/": "/"}


def test_foreign_file_with_an_undecodable_name_stays(site: Path) -> None:
    build(site, OLD)
    name = os.fsencode(site) + b"/\xb1\xa8\xb8\xe6.doc"
    with open(name, "wb") as file:
        file.write(b"GBK")
    build(site, NEW)
    assert os.path.exists(name)


def test_foreign_folder_that_may_not_be_read_stops_the_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site, OLD)
    (site / "closed").mkdir()
    listing = os.scandir

    def refuse(path: str | int) -> object:
        if str(path) == str(site / "closed"):
            raise PermissionError
        return listing(path)

    with monkeypatch.context() as closed:
        closed.setattr(os, "scandir", refuse)
        assert look_at_site(site).entries["closed"] is Kind.OTHER
        reason = refused("output-unwritable", lambda: build(site, NEW))["reason"]
    assert isinstance(reason, Texts)
    assert reason.get("en") == "permission is missing"
    assert tree(site) == {**OLD, "closed/": "/"}
    assert litter(site) == []


def test_another_site_inside_the_site_is_foreign(site: Path) -> None:
    build(site, {"index.html": b"outer"})
    build(site / "inner", {"index.html": b"inner"})
    build(site, {"index.html": b"outer again"})
    assert tree(site)["inner/index.html"] == b"inner"
    assert (site / "inner" / MANIFEST).exists()


def test_foreign_file_that_arrives_during_the_build_is_not_lost(site: Path) -> None:
    build(site, OLD)

    def render() -> Iterator[Output]:
        yield Output(path="index.html", content=b"new home")
        (site / "uploaded").write_bytes(b"theirs")
        yield Output(path="s.css", content=b"")

    build(site, render())
    assert tree(site) == {"index.html": b"new home", "s.css": b"", "uploaded": b"theirs"}
