"""A build that is killed: the site is the old one or the new one, and the next build finds nothing in its way."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gaisite.write import lock_site, read_manifest
from tests.soak import many
from tests.write.endless_builds import pages
from tests.write.modes import MODES, put_by
from tests.write.sites import build, litter, sha256, tree

ROOT = Path(__file__).parents[2]
KILLS = many(10, 200)
"""For each way of writing; that a build may die before any of its steps is tried by counting, not by chance."""


def start(script: str, mode: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.write.{script}", mode, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_at_a_random_moment(mode: str, site: Path, chance: random.Random) -> None:
    process = start("endless_builds", mode, site)
    assert process.stdout is not None
    assert process.stdout.readline(), process.communicate()
    time.sleep(chance.uniform(0, 0.4))
    process.kill()
    process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("mode", MODES)
def test_killed_build_leaves_a_whole_site_and_the_next_one_no_litter(site: Path, mode: str) -> None:
    chance = random.Random(2021)
    site.mkdir()
    for _ in range(KILLS):
        with put_by(mode, site):
            kill_at_a_random_moment(mode, site, chance)
            if mode == "exchange":
                assert_whole(site)
            with lock_site(site):
                if mode == "two renames":
                    assert_whole(site)
            build(site, pages(-1))
            assert tree(site) == pages(-1)
            assert litter(site) == []
    assert os.listdir(site.parent) == ["site"]


def assert_whole(site: Path) -> None:
    found = tree(site)
    generation = int(found["generation"])
    assert found == pages(generation)
    assert read_manifest(site) == {path: sha256(content) for path, content in pages(generation).items()}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
@pytest.mark.parametrize("mode", MODES)
def test_build_may_be_killed_before_any_of_its_steps(tmp_path: Path, mode: str) -> None:
    process = start("crashes", mode, tmp_path / "place")
    _, errors = process.communicate()
    assert process.returncode == 0, errors
