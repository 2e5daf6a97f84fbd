"""What all tests share: patience on a busy machine, and the portal in content/, built once a session."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gaisite.build import BuildOptions, build_site

ROOT = Path(__file__).parents[1]

settings.register_profile("gaisite", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("gaisite")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the portal in content/, with the themes of this repository."""
    portal = tmp_path_factory.mktemp("demo")
    for part in ("content", "themes"):
        shutil.copytree(ROOT / part, portal / part)
    result = build_site(BuildOptions(project=portal))
    assert result.written is not None, [finding.check for finding in result.findings]
    return portal / "site"
