"""Several processes build what one does: the same bytes, the same findings in the same order, and no death unnoticed."""

import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from gaisite.build import BuildOptions, BuildResult, check_site, crew
from gaisite.build.agency import AgencyResult
from gaisite.findings import Place, fault
from gaisite.render.words import WordMissing, Words
from tests.build.portals import FIGURES_2021, OFFICE, build, make_portal, read_tree
from tests.examples import BASE

NUMBER = 6
FILES = {
    f"content/office/part-{number}/{name}": text
    for number in range(NUMBER)
    for name, text in (("agency.yaml", f"name: 第{number}科\n"), ("2021/figures.yaml", FIGURES_2021))
}
"""Agencies below the office, each with a report that has no narrative: so each has findings of its own."""
REPORT = tuple(
    (f"2021/{path.name}", path.read_text(encoding="utf-8")) for path in sorted((BASE / OFFICE / "2021").glob("*.*"))
)


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    return make_portal(tmp_path / "project", FILES)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let others be started with the second report."""
    monkeypatch.setattr(crew, "ALONE", 1)


def tell(result: BuildResult) -> list[tuple[str, str]]:
    return [(finding.check, str(finding.place)) for finding in result.findings]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_any_number_of_processes_gives_the_same(portal: Path, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "choose_context", lambda: multiprocessing.get_context(method))
    alone = check_site(BuildOptions(project=portal, jobs=1))
    for jobs in (2, 3):
        assert tell(check_site(BuildOptions(project=portal, jobs=jobs))) == tell(alone)
    assert len(alone.findings) == NUMBER


def test_sites_are_the_same(tmp_path: Path) -> None:
    files = {
        f"content/agency-{number}/{name}": text
        for number in range(NUMBER)
        for name, text in (("agency.yaml", f"name: 第{number}局\n"), *REPORT)
    }
    trees = []
    for jobs in (1, 2):
        project = make_portal(tmp_path / str(jobs), files)
        build(project, jobs=jobs)
        trees.append(read_tree(project / "site"))
    assert trees[0] == trees[1]


def test_a_dead_process_is_an_error_that_names_the_agency(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "choose_context", lambda: multiprocessing.get_context("fork"))
    monkeypatch.setattr(crew, "build_agency", die_beside(os.getpid(), crew.build_agency))
    result = check_site(BuildOptions(project=portal, jobs=2))
    finding = next(finding for finding in result.findings if finding.check == "build-worker-died")
    assert finding.place.file.startswith("content/office")
    assert dict(finding.facts)["agency"] in finding.place.file


def die_beside(here: int, build_agency: Any) -> Any:
    """Builds in this process; dies in any other."""

    def die(*args: Any, **kwargs: Any) -> AgencyResult:
        if os.getpid() != here:
            os._exit(9)
        result: AgencyResult = build_agency(*args, **kwargs)
        return result

    return die


def test_processes_are_copies_only_of_one_without_threads() -> None:
    expected = "fork" if threading.active_count() == 1 else "spawn"
    assert crew.choose_context().get_start_method() == expected
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert crew.choose_context().get_start_method() == "spawn"
    finally:
        stop.set()
        thread.join()


def test_processors_are_counted_where_the_system_does_not_tell_which(monkeypatch: pytest.MonkeyPatch) -> None:
    assert crew.count_processors() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert crew.count_processors() == 1


def test_what_goes_to_another_process_comes_back_whole() -> None:
    words = pickle.loads(pickle.dumps(Words("en", {"home": "Home"})))
    assert (words.home, words.language) == ("Home", "en")
    error = pickle.loads(pickle.dumps(WordMissing(fault("template-error", Place(file="a"), reason="b").finding)))
    assert isinstance(error, WordMissing)
    assert error.finding.check == "template-error"


KILLED = """
import os, sys, time
from pathlib import Path
from gaisite.build import BuildOptions, check_site, crew

def wait(*_, **__):
    os.write(1, b"%d %s" % (os.getpid(), os.linesep.encode()))
    time.sleep(60)

crew.ALONE, crew.build_agency = 0, wait
check_site(BuildOptions(project=Path(sys.argv[1]), jobs=2))
"""


def test_a_build_that_is_killed_leaves_no_process(portal: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, portal], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        workers = [int(process.stdout.readline()) for _ in range(2)]
        process.kill()
    for worker in workers:
        assert is_gone(worker)


def is_gone(worker: int) -> bool:
    """Whether a process has ended, or does so within ten seconds; its entry may stay where nobody asks for it."""
    for _ in range(200):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{worker}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_only_a_process_of_a_build_waits_for_its_end() -> None:
    crew.end_with_build()
