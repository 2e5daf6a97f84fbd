"""A small portal that has been built, for each test anew."""

import shutil
from pathlib import Path

import pytest

from tests.publish.sites import make_site


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once; not to be changed."""
    return make_site(tmp_path_factory.mktemp("built") / "project")


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(built, tmp_path / "project"))
