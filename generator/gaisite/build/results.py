"""What a build is asked for, and what comes of it. Little is imported here: a build may have nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gaisite.findings import Finding, Severity
from gaisite.model.catalogue import Catalogue

if TYPE_CHECKING:
    from gaisite.build.first import Kept
    from gaisite.model.summary import AgencySummary
    from gaisite.write.outputs import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build."""

    project: Path
    output: Path | None = None
    """None: the project's folder site/."""
    strict: bool = False
    """Warnings stop the build too."""
    full: bool = False
    """Render everything, whatever the cache says."""
    keep_cache: bool = True
    """Remember what was rendered for the next build."""
    drafts: bool = False
    base_url: str | None = None
    """Instead of that of site.yaml."""
    force: bool = False
    """Write into a folder that gaisite did not make."""
    jobs: int = 0
    """How many processes may build agencies at once; 0: as many as there are processors."""
    cluster: str = ""
    """Address of a Dask scheduler whose workers build the agencies; empty: they are built here."""
    progress: Callable[[int, int, str], None] = lambda done, total, agency: None
    """Told after each agency: how many of how many, and its id."""

    @property
    def site(self) -> Path:
        """The output folder."""
        return self.output or self.project / "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What came of a build or a check."""

    findings: tuple[Finding, ...]
    """Sorted by place; only what failed."""
    catalogue: Catalogue
    agencies: int = 0
    reports: int = 0
    rendered: int = 0
    """Agencies that were rendered, not taken from the cache."""
    written: Written | None = None
    """None: nothing was written, since something was wrong or only a check was asked for."""
    summaries: tuple[AgencySummary, ...] = ()
    """Of the agencies; of a build, only those that were wanted."""
    base_url: str = ""
    """Where the site will lie."""
    sets_type: bool = False
    """Whether files were set in this machine's fonts."""
    kept: Kept | None = None
    """What a build of one agency may start from; None where nothing was written."""

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(self.catalogue.severity_of(finding) is severity for finding in self.findings)

    def failures(self) -> Iterator[tuple[Finding, Severity]]:
        """What failed and is not switched off, acknowledged or not, and how much it would matter."""
        for finding in self.findings:
            severity = self.catalogue.severity_of(replace(finding, acknowledged=""))
            if severity is not Severity.OFF:
                yield finding, severity

    @property
    def acknowledged(self) -> int:
        """How many failures the publisher explains."""
        return sum(bool(finding.acknowledged) for finding in self.findings)
