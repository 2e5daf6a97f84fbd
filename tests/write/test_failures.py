"""A build that fails leaves the site as it was."""

import errno
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaisite.findings import Place, fault
from gaisite.texts import Texts
from gaisite.write import Output
from tests.write.sites import NEW, OLD, build, litter, outputs_of, refused, tree


@pytest.fixture
def small_disk() -> Iterator[None]:
    """A system that refuses to write more than 100 kB to a file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("small_disk")
def test_write_error_leaves_the_old_site(site: Path) -> None:
    build(site, OLD)
    facts = refused("output-unwritable", lambda: build(site, {**NEW, "z": b"x" * 200_000}))
    assert (facts["place"], facts["folder"]) == (site.as_posix(), site.as_posix())
    assert isinstance(facts["reason"], Texts)
    assert tree(site) == OLD
    assert litter(site) == []


@pytest.mark.usefixtures("small_disk")
def test_write_error_in_the_first_build_leaves_nothing(site: Path) -> None:
    refused("output-unwritable", lambda: build(site, {**NEW, "z": b"x" * 200_000}))
    assert list(site.parent.iterdir()) == []


def test_write_error_while_copying_an_attachment_is_not_blamed_on_the_attachment(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(b"x")
    opening = open

    def open_full(path: Path, mode: str) -> object:
        return opening("/dev/full", "wb") if mode == "xb" else opening(path, mode)

    monkeypatch.setattr("builtins.open", open_full)
    refused("output-unwritable", lambda: build(site, [Output(path="a.pdf", source=source)]))


@pytest.mark.parametrize("error", [RuntimeError("hook"), KeyboardInterrupt(), OSError(5, "in a theme"), SystemExit(1)])
def test_any_error_in_the_build_itself_is_passed_on_and_the_old_site_left(site: Path, error: BaseException) -> None:
    build(site, OLD)

    def fail_midway() -> Iterator[Output]:
        yield from outputs_of(NEW)
        raise error

    with pytest.raises(type(error)) as caught:
        build(site, fail_midway())
    assert caught.value is error
    assert tree(site) == OLD
    assert litter(site) == []


def test_fault_in_the_content_is_passed_on_and_the_old_site_left(site: Path) -> None:
    build(site, OLD)

    def fail_midway() -> Iterator[Output]:
        yield from outputs_of(NEW)
        raise fault("total-row", Place(file="figures.yaml"))

    refused("total-row", lambda: build(site, fail_midway()))
    assert tree(site) == OLD


@pytest.mark.parametrize("step", ["os.link", "os.fsync", "os.mkdir", "os.chmod", "os.scandir", "os.rename"])
def test_error_at_any_step_before_the_exchange_leaves_the_old_site(
    site: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    build(site, OLD)
    before = tree(site)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(step, refuse)
        broken.setattr("gaisite.write.exchange.exchange_folders", lambda *_: False)
        if step == "os.link":
            broken.setattr("shutil.copyfile", refuse)
        facts = refused("output-unwritable", lambda: build(site, NEW))
    assert facts["reason"] == "Input/output error"
    assert tree(site) == before
    build(site, NEW)
    assert tree(site) == NEW
    assert litter(site) == []


def test_path_too_long_for_the_disk_is_a_fault(site: Path) -> None:
    refused("output-unwritable", lambda: build(site, {"/".join(["a" * 200] * 30): b""}))
    assert list(site.parent.iterdir()) == []


def test_disk_without_hard_links_gets_copies(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    build(site, OLD)
    (site / "theirs").write_bytes(b"theirs")
    os.utime(site / "theirs", ns=(10**9, 10**9))
    assert build(site, NEW).kept == 1
    assert tree(site) == {**NEW, "theirs": b"theirs"}
    assert (site / "theirs").stat().st_mtime_ns == 10**9


def test_disk_without_modes_and_owners_is_written_all_the_same(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    build(site, OLD)
    (site / "theirs").mkdir()
    monkeypatch.setattr(os, "chmod", refuse)
    monkeypatch.setattr(os, "chown", refuse)
    build(site, NEW)
    assert tree(site) == {**NEW, "theirs/": "/"}


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP])
def test_disk_that_cannot_sync_folders_is_written_all_the_same(
    site: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(_: int) -> None:
        raise OSError(code, "not for folders")

    monkeypatch.setattr(os, "fsync", refuse)
    build(site, OLD)
    assert tree(site) == OLD


def test_file_that_can_no_longer_be_read_is_written_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(site, OLD)
    opening = open

    def refuse(path: Path, mode: str) -> object:
        if path == site / "shape":
            raise PermissionError
        return opening(path, mode)

    with monkeypatch.context() as broken:
        broken.setattr("builtins.open", refuse)
        assert build(site, OLD).changed == ("shape",)
    assert tree(site) == OLD
