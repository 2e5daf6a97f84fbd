"""The package's catalogue of checks is read whole, or the package says that it is damaged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gaisite.findings import Severity
from gaisite.read import catalogue
from gaisite.read.catalogue import read_catalogue
from gaisite.texts import Texts


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A catalogue of its own in place of the package's."""
    path = tmp_path / "checks.yaml"
    monkeypatch.setattr(catalogue, "CATALOGUE", path)
    read_catalogue.cache_clear()
    yield path
    read_catalogue.cache_clear()


def test_entry_has_severity_message_hint_and_clause(file: Path) -> None:
    file.write_bytes(
        "total:\n  severity: warning\n  message: {en: Wrong, zh-CN: 错}\n  hint: 改\n  clause: {zh-CN: 第一条}\nx:\n  message: 甲\n".encode()
    )
    entries = read_catalogue().entries
    assert list(entries) == ["total", "x"]
    assert entries["total"].severity is Severity.WARNING
    assert entries["total"].message == Texts((("zh-CN", "错"), ("en", "Wrong")))
    assert entries["total"].hint == Texts((("zh-CN", "改"),))
    assert entries["total"].clause == Texts((("zh-CN", "第一条"),))
    assert (entries["x"].id, entries["x"].severity, entries["x"].hint, entries["x"].clause) == (
        "x",
        Severity.ERROR,
        None,
        None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "a: [\n",
        "x: {severity: warning}\n",
        "x: {message: a, severty: off}\n",
        "x: {message: a}\nx: {message: b}\n",
    ],
)
def test_damaged_package_says_so(file: Path, text: str) -> None:
    file.write_bytes(text.encode())
    with pytest.raises(RuntimeError, match=r"checks\.yaml is damaged"):
        read_catalogue()


def test_catalogue_is_read_once() -> None:
    assert read_catalogue() is read_catalogue()
