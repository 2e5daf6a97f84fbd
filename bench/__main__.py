"""`python -m bench`: build 1,000 synthetic reports and write what each stage took to docs/performance.md."""

import argparse
import platform
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.corpus import write_corpus
from gaisite import __version__, build
from gaisite.build import BuildOptions, BuildResult, agency, build_site, examine
from gaisite.build.project import PACKAGE_FORMS
from gaisite.findings import Problems, Severity
from gaisite.read.forms import read_forms

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
STAGES = ("read", "check", "relate", "render", "write")


@dataclass(slots=True)
class Clock:
    """The seconds that each stage took; a stage inside another counts once, for the inner one."""

    seconds: dict[str, float] = field(default_factory=dict)
    inner: list[float] = field(default_factory=list)

    def add(self, stage: str, begun: float) -> None:
        """Count the time since `begun` for a stage, less what stages inside it took."""
        spent = time.perf_counter() - begun
        own = spent - self.inner.pop()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + own
        if self.inner:
            self.inner[-1] += spent

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function whose time is counted; what it yields is made inside."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            self.inner.append(0.0)
            begun = time.perf_counter()
            try:
                result = function(*args, **kwargs)
                return list(result) if isinstance(result, Iterator) else result
            finally:
                self.add(stage, begun)

        return timed


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--agencies", type=int, default=200)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--output", type=Path, default=DOCUMENT)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gaisite-bench-"))
    try:
        forms = dict(read_forms((PACKAGE_FORMS,), folder, Problems()))
        reports = write_corpus(folder, forms, arguments.agencies, arguments.years)
        runs = [measure_cold(folder) for _ in range(arguments.runs)]
        again = median(measure_again(folder) for _ in range(arguments.runs))
    finally:
        shutil.rmtree(folder)
    text = write_document(reports, runs, again)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(text, encoding="utf-8")
    print(text)


def measure_cold(project: Path) -> Clock:
    """One build from nothing, by stage."""
    for name in ("site", ".gaisite"):
        shutil.rmtree(project / name, ignore_errors=True)
    clock = Clock()
    wraps = {
        (agency, "read_agency_folder"): "read",
        (examine, "read_agency_folder"): "read",
        (examine, "read_reports"): "read",
        (examine, "check_words"): "check",
        (examine, "check_report"): "check",
        (examine, "check_agency"): "check",
        (agency, "relate_reports"): "relate",
        (agency, "write_pages"): "render",
        (build, "render_portal"): "render",
        (build, "write_site"): "write",
    }
    kept = {place: getattr(*place) for place in wraps}
    begun = time.perf_counter()
    try:
        for (module, name), stage in wraps.items():
            setattr(module, name, clock.wrap(stage, getattr(module, name)))
        require_clean(build_site(BuildOptions(project=project)))
    finally:
        for (module, name), function in kept.items():
            setattr(module, name, function)
    clock.seconds["whole"] = time.perf_counter() - begun
    return clock


def measure_again(project: Path) -> float:
    """The seconds of a build when nothing has changed."""
    begun = time.perf_counter()
    require_clean(build_site(BuildOptions(project=project)))
    return time.perf_counter() - begun


def require_clean(result: BuildResult) -> None:
    """Stop where the corpus does not build: its times would mean nothing."""
    if result.written is None or result.count(Severity.WARNING):
        raise SystemExit(f"the corpus does not build cleanly: {result.findings[:3]}")


def write_document(reports: int, runs: Iterable[Clock], again: float) -> str:
    """docs/performance.md."""
    runs = list(runs)
    rows = []
    for stage in (*STAGES, "whole"):
        spent = median(run.seconds.get(stage, 0.0) for run in runs)
        rows.append(f"| {stage} | {spent:.2f} | {spent * 1000 / reports:.2f} |\n")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    return (
        "# Performance\n\n"
        "Made by `make bench`; do not edit. A comparison with Hugo and larger sizes follow with the work on speed.\n\n"
        f"gaisite {__version__}, {reports:,} synthetic reports (a page each, with their agencies, comparisons, years\n"
        f"and forms), one process, {machine}; medians of {len(runs)} cold builds.\n\n"
        "| stage | seconds | ms a report |\n| --- | ---: | ---: |\n"
        f"{''.join(rows)}\n"
        "`write` holds hashing, linking and the exchange of folders, and what is not told apart in the agency loop.\n\n"
        f"Built again when nothing had changed: {again:.2f} s. Largest memory of the process: {memory} MiB.\n"
    )


if __name__ == "__main__":
    main()
