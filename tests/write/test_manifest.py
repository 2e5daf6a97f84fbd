"""The list of what gaisite wrote."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaisite.write import MANIFEST, read_manifest
from gaisite.write.manifest import has_manifest, manifest_bytes, tree_digest
from tests.write.sites import build, sha256, tree

DIGEST = sha256(b"")


def test_manifest_has_one_sorted_line_a_file(site: Path) -> None:
    build(site, {"b": b"", "a/街道": b""})
    lines = (site / MANIFEST).read_text(encoding="utf-8").splitlines()
    whole = tree_digest({"a/街道": DIGEST, "b": DIGEST})
    assert lines[:2] == ["{", f'"digest": "{whole}",']
    assert lines[2:] == ['"files": {', f'"a/街道": "{DIGEST}",', f'"b": "{DIGEST}"', "},", '"version": 1', "}"]


def test_site_that_does_not_exist_has_no_files(site: Path) -> None:
    assert read_manifest(site) == {}
    assert not has_manifest(site)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\xff", b"[]", b"null", b"[" * 100_000, b'{"version": 1}', b'{"version": 1, "files": []}',
        b'{"version": 2, "files": {}}', b'{"version": 1, "files": {"a": 1}}', b'{"version": 1, "files": {"a": "00"}}',
        manifest_bytes({"../../etc/passwd": DIGEST}), manifest_bytes({"/etc/passwd": DIGEST}),
        manifest_bytes({MANIFEST: DIGEST}), manifest_bytes({"a": DIGEST}).replace(b'"a"', b'"b"'),
    ],
)  # fmt: skip
def test_unreadable_foreign_or_tampered_manifest_counts_as_none(site: Path, raw: bytes) -> None:
    site.mkdir()
    (site / MANIFEST).write_bytes(raw)
    assert read_manifest(site) == {}
    assert has_manifest(site)


@given(noise=st.binary(max_size=60), at=st.integers(0, 200), cut=st.booleans())
@settings(deadline=None)
def test_damaged_manifest_never_stops_a_build(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, cut: bool
) -> None:
    site = tmp_path_factory.mktemp("damaged") / "site"
    build(site, {"a": b"1", "b/c": b"2"})
    raw = (site / MANIFEST).read_bytes()
    (site / MANIFEST).write_bytes(raw[:at] + noise + (b"" if cut else raw[at:]))
    build(site, {"a": b"1", "b/c": b"3"})
    assert tree(site) == {"a": b"1", "b/c": b"3"}
    assert len(read_manifest(site)) == 2


def test_manifest_that_is_not_a_plain_file_is_none(site: Path, tmp_path: Path) -> None:
    site.mkdir()
    (tmp_path / "list").write_bytes(manifest_bytes({"a": DIGEST}))
    (site / MANIFEST).symlink_to(tmp_path / "list")
    assert read_manifest(site) == {}
    (site / MANIFEST).unlink()
    os.mkfifo(site / MANIFEST)
    assert read_manifest(site) == {}
