"""A project to preview."""

from pathlib import Path

import pytest

from tests.serve.fakes import save


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("title: A site\n", encoding="utf-8")
    save(tmp_path, "first")
    return tmp_path
