"""The command line as a person uses it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from gaisite.cli import run
from tests.build.portals import make_portal


class Told(NamedTuple):
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


Gaisite = Callable[..., Told]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests counts; English is spoken unless a test says otherwise."""
    for name in tuple(os.environ):
        if name.startswith(("GAISITE_", "LC_", "LANG")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def gaisite(capsys: pytest.CaptureFixture[str]) -> Gaisite:
    """Runs a command line in this process."""

    def tell(*arguments: str | Path) -> Told:
        status = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Told(status, captured.out, captured.err)

    return tell


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small portal, in which the commands run."""
    folder = make_portal(tmp_path / "project")
    monkeypatch.chdir(folder)
    return folder
