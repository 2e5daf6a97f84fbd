"""What a site looks like after a build."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaisite.write import MANIFEST, Opener, Output, StaleOutput, lock_site, read_manifest, write_site
from tests.write.sites import NEW, OLD, build, kept, litter, outputs_of, refused, sha256, state, tree


def test_new_site_consists_of_the_outputs_and_a_manifest(site: Path) -> None:
    written = build(site, OLD)
    assert tree(site) == OLD
    assert read_manifest(site) == {path: sha256(content) for path, content in OLD.items()}
    assert (written.written, written.kept, written.removed) == (len(OLD), 0, 0)
    assert written.bytes == sum(map(len, OLD.values()))
    assert written.changed == tuple(sorted(OLD))
    assert litter(site) == []


def test_folders_above_the_site_are_made(tmp_path: Path) -> None:
    build(tmp_path / "public" / "site", OLD)
    assert tree(tmp_path / "public" / "site") == OLD


def test_site_without_outputs_holds_only_its_manifest(site: Path) -> None:
    build(site, {})
    assert os.listdir(site) == [MANIFEST]


def test_empty_folder_becomes_the_site(site: Path) -> None:
    site.mkdir()
    build(site, OLD)
    assert tree(site) == OLD


def test_next_site_replaces_changed_files_and_removes_dropped_ones(site: Path) -> None:
    build(site, OLD)
    written = build(site, NEW)
    assert tree(site) == NEW
    assert (written.written, written.kept, written.removed) == (7, 1, 3)
    assert written.changed == tuple(sorted((set(OLD) | set(NEW)) - {"a/2020/index.html"}))
    assert written.bytes == sum(len(NEW[path]) for path in NEW if path != "a/2020/index.html")
    assert litter(site) == []


def test_unchanged_file_is_the_same_file_on_disk(site: Path) -> None:
    build(site, OLD)
    before = (site / "a/2020/index.html").stat()
    build(site, NEW)
    after = (site / "a/2020/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert after.st_nlink == 1


def test_build_without_a_change_touches_nothing(site: Path) -> None:
    build(site, OLD)
    before = state(site)
    written = build(site, OLD)
    assert state(site) == before
    assert (written.written, written.kept, written.removed, written.changed) == (0, len(OLD), 0, ())


def test_same_outputs_give_the_same_bytes_and_digest_in_any_order(tmp_path: Path) -> None:
    one = build(tmp_path / "one", OLD)
    other = build(tmp_path / "other", dict(reversed(OLD.items())))
    assert one.digest == other.digest
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "other" / MANIFEST).read_bytes()


def test_digest_tells_sites_apart_by_path_and_by_content(tmp_path: Path) -> None:
    sites = [{"a": b"1"}, {"b": b"1"}, {"a": b"2"}, {}]
    assert len({build(tmp_path / str(number), files).digest for number, files in enumerate(sites)}) == len(sites)


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_modes_do_not_depend_on_the_umask(site: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        build(site, OLD)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in site.rglob("*") if path.is_file()}
    folder_modes = {stat.S_IMODE(path.stat().st_mode) for path in [site, *site.rglob("*")] if path.is_dir()}
    assert (modes, folder_modes) == ({0o644}, {0o755})


def test_kept_file_gets_its_mode_back(site: Path) -> None:
    build(site, OLD)
    (site / "index.html").chmod(0o600)
    build(site, OLD)
    assert stat.S_IMODE((site / "index.html").stat().st_mode) == 0o644


def test_file_that_someone_edited_is_written_again(site: Path) -> None:
    build(site, OLD)
    (site / "index.html").write_bytes(b"by hand!")
    assert build(site, OLD).changed == ("index.html",)
    assert tree(site) == OLD


def test_file_that_someone_deleted_is_written_again(site: Path) -> None:
    build(site, OLD)
    (site / "index.html").unlink()
    assert build(site, OLD).changed == ("index.html",)
    assert tree(site) == OLD


def test_file_that_became_a_link_is_written_again_and_the_target_left_alone(site: Path, tmp_path: Path) -> None:
    build(site, OLD)
    target = tmp_path / "elsewhere.html"
    target.write_bytes(OLD["index.html"])
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(target)
    build(site, NEW)
    assert tree(site) == NEW
    assert target.read_bytes() == OLD["index.html"]


def test_digest_keeps_the_file_of_the_present_site(site: Path) -> None:
    build(site, OLD)
    written = build(site, [kept("index.html", OLD["index.html"]), Output(path="b.html", content=b"b")])
    assert tree(site) == {"index.html": OLD["index.html"], "b.html": b"b"}
    assert (written.written, written.kept) == (1, 1)


def test_digests_of_missing_edited_and_other_files_are_all_named_as_stale(site: Path) -> None:
    build(site, OLD)
    (site / "index.html").write_bytes(b"by hand")
    before = tree(site)
    paths = {"index.html": OLD["index.html"], "missing.html": b"", "shape": b"another"}
    with pytest.raises(StaleOutput) as caught:
        build(site, [Output(path="b.html", content=b"b"), *(kept(path, content) for path, content in paths.items())])
    assert caught.value.paths == ("index.html", "missing.html", "shape")
    assert caught.value.path == "index.html"
    assert tree(site) == before
    assert litter(site) == []


def test_attachment_is_copied_and_kept_while_it_is_the_same(site: Path, tmp_path: Path) -> None:
    source = tmp_path / "报告.docx"
    source.write_bytes(b"word" * 1_000_000)
    outputs = [Output(path="files/报告.docx", source=source)]
    assert build(site, outputs).bytes == 4_000_000
    assert build(site, outputs).kept == 1
    source.write_bytes(b"WORD" * 1_000_000)
    assert build(site, outputs).written == 1
    assert tree(site) == {"files/报告.docx": source.read_bytes()}
    assert source.stat().st_nlink == 1


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_attachment_that_cannot_be_read_is_named_and_the_site_left_alone(site: Path, tmp_path: Path, kind: str) -> None:
    build(site, OLD)
    source = tmp_path / "source"
    if kind == "folder":
        source.mkdir()
    if kind == "pipe":
        os.mkfifo(source)
    output = Output(path="files/a.pdf", source=source, origin="content/a/2020/files/a.pdf")
    facts = refused("output-source-unreadable", lambda: build(site, [output]))
    assert facts["place"] == "content/a/2020/files/a.pdf"
    assert (facts["path"], facts["source"]) == ("files/a.pdf", source.as_posix())
    assert tree(site) == OLD
    assert litter(site) == []


def join(*paths: str) -> Output:
    """A file made of others."""

    def compose(opener: Opener) -> Iterator[bytes]:
        for path in paths:
            with opener(path) as file:
                yield file.read()

    return Output(path="all.txt", compose=compose)


def test_file_is_composed_of_files_that_came_before_fresh_ones_and_kept_ones(site: Path) -> None:
    build(site, {"a.txt": b"a", "b.txt": b"b"})
    kept = Output(path="a.txt", digest=sha256(b"a"))
    build(site, [kept, Output(path="b.txt", content=b"c"), join("a.txt", "b.txt")])
    assert tree(site) == {"a.txt": b"a", "b.txt": b"c", "all.txt": b"ac"}
    written = build(site, [kept, Output(path="b.txt", content=b"c"), join("a.txt", "b.txt")])
    assert (written.changed, written.kept) == ((), 3)


def test_file_that_is_composed_of_one_that_cannot_be_kept_is_stale_too(site: Path) -> None:
    build(site, {"a.txt": b"a"})
    with pytest.raises(StaleOutput) as caught:
        build(site, [Output(path="a.txt", digest=sha256(b"other")), join("a.txt")])
    assert set(caught.value.paths) == {"a.txt"}
    assert tree(site) == {"a.txt": b"a"}


def test_output_says_exactly_one_thing_about_its_content() -> None:
    for wrong in ({}, {"content": b"", "digest": "0" * 64}, {"source": Path("a"), "content": b""}):
        with pytest.raises(ValueError, match="exactly one"):
            Output(path="a", **wrong)


def test_empty_file_is_content(site: Path) -> None:
    build(site, {".nojekyll": b""})
    assert tree(site) == {".nojekyll": b""}


def test_outputs_may_come_one_by_one(site: Path) -> None:
    build(site, (output for output in outputs_of(OLD)))
    assert tree(site) == OLD


def test_lock_of_another_site_is_refused(site: Path, tmp_path: Path) -> None:
    with lock_site(tmp_path / "other") as lock, pytest.raises(ValueError, match="the lock is for"):
        write_site(site, [], lock=lock)


def test_link_to_the_output_folder_stays_a_link(site: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    site.symlink_to("disk")
    build(site, OLD)
    build(site, NEW)
    assert site.readlink() == Path("disk")
    assert tree(tmp_path / "disk") == NEW
    assert read_manifest(site) == read_manifest(tmp_path / "disk")
    assert sorted(os.listdir(tmp_path)) == ["disk", "site"]


def test_collision_of_two_outputs_names_both_origins_and_leaves_the_site_alone(site: Path) -> None:
    build(site, OLD)
    outputs = [Output(path="A.html", content=b"", origin="one"), Output(path="a.html", content=b"", origin="two")]
    facts = refused("output-collision", lambda: build(site, outputs))
    assert facts == {"place": "two", "path": "a.html", "origin": "two", "other": "A.html", "other_origin": "one"}
    assert tree(site) == OLD
    assert litter(site) == []


def test_lost_manifest_lets_our_files_be_replaced_and_keeps_the_rest(site: Path) -> None:
    build(site, OLD)
    (site / MANIFEST).write_bytes(b"{")
    assert read_manifest(site) == {}
    build(site, {"index.html": b"new home"})
    assert tree(site) == {**OLD, "index.html": b"new home"}
    assert list(read_manifest(site)) == ["index.html"]


def test_lost_manifest_is_written_again_even_where_the_site_is_empty(site: Path) -> None:
    build(site, {})
    (site / MANIFEST).write_bytes(b"{")
    build(site, {})
    assert (site / MANIFEST).read_bytes() != b"{"
