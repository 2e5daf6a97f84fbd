"""What each stage of a build takes, in one process that is watched from inside."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gaisite.build import BuildOptions, BuildResult, agency, build_site, building, examine
from gaisite.findings import Severity

STAGES = ("read", "check", "relate", "export", "render", "write")


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
        (agency, "make_ledgers"): "relate",
        (agency, "export_data"): "export",
        (agency, "output_exports"): "export",
        (agency, "write_pages"): "render",
        (building, "render_portal"): "render",
        (building, "write_site"): "write",
    }
    kept = {place: getattr(*place) for place in wraps}
    begun = time.perf_counter()
    try:
        for (module, name), stage in wraps.items():
            setattr(module, name, clock.wrap(stage, getattr(module, name)))
        require_clean(build_site(BuildOptions(project=project, jobs=1)))
    finally:
        for (module, name), function in kept.items():
            setattr(module, name, function)
    clock.seconds["whole"] = time.perf_counter() - begun
    return clock


def require_clean(result: BuildResult) -> None:
    """Stop where the corpus does not build: its times would mean nothing."""
    if result.written is None or result.count(Severity.WARNING):
        raise SystemExit(f"the corpus does not build cleanly: {result.findings[:3]}")
