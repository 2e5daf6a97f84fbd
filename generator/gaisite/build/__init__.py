"""Building: the one place that knows the order of the stages."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from gaisite.build.addresses import check_addresses
from gaisite.build.agency import AgencyResult
from gaisite.build.cache import Cache
from gaisite.build.cluster import ClusterPool
from gaisite.build.crew import Crew, Task, count_processors, gather_crew
from gaisite.build.downloads import PortalData
from gaisite.build.first import Kept, build_first
from gaisite.build.keys import list_names, make_key
from gaisite.build.project import Common, read_common
from gaisite.build.search import SearchIndex
from gaisite.check.siblings import check_shared
from gaisite.findings import Finding, Place, Problems, Severity, fault
from gaisite.model.catalogue import Catalogue
from gaisite.model.summary import AgencySummary, release_contributions
from gaisite.read.catalogue import read_catalogue
from gaisite.read.files import name_file
from gaisite.read.folders import SETTINGS, AgencyFolder, find_project, list_ancestors, scan_agencies
from gaisite.render.editions import place_edition
from gaisite.render.portal import render_portal
from gaisite.render.site import page_path
from gaisite.write import Output, StaleOutput, Written, check_output_folder, lock_site, read_manifest, write_site

__all__ = [
    "BuildOptions",
    "BuildResult",
    "build_agency_first",
    "build_site",
    "check_site",
    "find_project",
]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An agency whose turn has not come yet."""

    task: Task
    key: str
    found: AgencySummary | Future[AgencyResult]
    """As it was kept, or what is to come of it."""


class BuildStopped(Exception):
    """Something is wrong: the site must stay as it is."""


@dataclass(slots=True)
class Build:
    """One run: gathers the findings and summaries while outputs stream to the write stage."""

    options: BuildOptions
    render: bool
    problems: Problems = field(default_factory=Problems)
    catalogue: Catalogue = field(default_factory=read_catalogue)
    summaries: dict[str, AgencySummary] = field(default_factory=dict)
    rendered: int = 0
    done: int = 0
    """Agencies that are concluded."""
    kept: Kept | None = None

    @property
    def cache(self) -> Cache:
        """What was kept of the last build; of a build that keeps nothing, nothing."""
        keeps = self.render and self.options.keep_cache
        return Cache(folder=self.options.project / ".gaisite" / "cache" if keeps else None)

    def outputs(self, present: Mapping[str, str]) -> Iterator[Output]:
        """The files of the new site; raises BuildStopped at the end where a finding forbids it.

        `present` is the manifest of the site as it is: what an unchanged agency made is taken from there.
        """
        common = read_common(
            self.options.project, self.problems, drafts=self.options.drafts, base_url=self.options.base_url
        )
        if common is not None:
            self.catalogue = common.catalogue
            folders = scan_agencies(common.content, common.project, self.problems)
            self.problems.extend(find_language_folders(folders, common))
            self.kept = Kept(common=common, folders=folders)
            yield from self.map_agencies(common, folders, present)
            self.compare_outermost()
            self.problems.extend(check_addresses(common, self.sorted_summaries()))
            if self.render and not self.is_stopped():
                yield from self.reduce(common, present)
        if common is None or self.is_stopped():
            raise BuildStopped

    def map_agencies(
        self, common: Common, folders: tuple[AgencyFolder, ...], present: Mapping[str, str]
    ) -> Iterator[Output]:
        """The outputs of all agencies, children before their parents."""
        by_id, names = {folder.id: folder for folder in folders}, list_names(folders)
        below: dict[str, list[str]] = {}
        for folder in folders:
            below.setdefault(folder.parent, []).append(folder.id)
        waiting: deque[Begun] = deque()
        cluster = self.options.cluster
        pool = ClusterPool(cluster, common) if cluster else None
        with gather_crew(common, render=self.render, jobs=self.options.jobs or count_processors(), pool=pool) as crew:
            for folder in reversed(folders):
                while any(child not in self.summaries for child in below.get(folder.id, ())):
                    yield from self.conclude(crew, waiting.popleft(), len(folders))
                children = [self.summaries[child] for child in below.get(folder.id, ())]
                task = Task(folder=folder, ancestors=list_ancestors(folder, by_id), children=children)
                key = make_key(common.key, folder, task.ancestors, children, names)
                waiting.append(self.begin(crew, task, key, present))
                while len(waiting) > crew.ahead:
                    yield from self.conclude(crew, waiting.popleft(), len(folders))
            while waiting:
                yield from self.conclude(crew, waiting.popleft(), len(folders))

    def begin(self, crew: Crew, task: Task, key: str, present: Mapping[str, str]) -> "Begun":
        """Find an agency in the cache, or let it be built."""
        kept = None if self.options.full else self.cache.load(task.folder.id, key)
        if kept is not None and all(present.get(path) == digest for path, digest in kept.outputs):
            return Begun(task=task, key=key, found=kept)
        return Begun(task=task, key=key, found=crew.begin(task))

    def conclude(self, crew: Crew, begun: "Begun", total: int) -> Iterator[Output]:
        """The outputs of an agency, once they are there; its summary and findings are remembered."""
        agency = begun.task.folder.id
        if isinstance(begun.found, AgencySummary):
            self.keep(begun.found, begun.task.children)
            yield from (Output(path=path, digest=digest, origin=agency) for path, digest in begun.found.outputs)
        else:
            result = crew.finish(begun.task, begun.found)
            self.keep(result.summary, begun.task.children)
            self.rendered += bool(result.outputs)
            yield from result.outputs
            if result.outputs:
                self.cache.store(agency, begun.key, result.summary)
        self.done += 1
        self.options.progress(self.done, total, agency)

    def keep(self, summary: AgencySummary, children: Sequence[AgencySummary]) -> None:
        """Remember a summary and its findings."""
        below = tuple(release_contributions(replace(child, children=())) for child in children)
        if self.render:
            self.summaries.update((child.id, release_contributions(child)) for child in children)
        self.summaries[summary.id] = replace(summary, children=below)
        self.problems.extend(summary.findings)

    def compare_outermost(self) -> None:
        """Compare the agencies that have none above them, which would compare the others."""
        found = check_shared(each for each in self.sorted_summaries() if not each.parent)
        self.problems.extend(each for each in found if self.catalogue.weigh(each) is not Severity.OFF)

    def reduce(self, common: Common, present: Mapping[str, str]) -> Iterator[Output]:
        """The portal's own files, from the summaries alone: its data, then the pages, which tell the size of that."""
        kept = {} if self.options.full else present
        data = PortalData(common=common, agencies=self.sorted_summaries(), cache=self.cache, present=kept)
        yield from data.outputs()
        searched = dict(self.list_searched())
        own = {page_path(page.slug) for page in common.site.pages}
        for path, content in render_portal(common.site, self.sorted_summaries(), data.files):
            if path in own:
                searched[path] = hashlib.sha256(content).hexdigest()
            yield Output(path=path, content=content, origin=SETTINGS)
        for site in common.others:
            for path, content in place_edition(site, render_portal(site, self.sorted_summaries(), data.files)):
                yield Output(path=path, content=content, origin=SETTINGS)
        if common.portal.search:
            yield from self.index(common, searched, kept)

    def list_searched(self) -> Iterator[tuple[str, str]]:
        """Path and sha256 of the agencies' pages that search is to find: their own, and their reports as they are."""
        for summary in self.sorted_summaries():
            wanted = {page_path(summary.id), *(page_path(f"{summary.id}/{report.year}") for report in summary.reports)}
            yield from (output for output in summary.outputs if output[0] in wanted)

    def index(self, common: Common, pages: Mapping[str, str], present: Mapping[str, str]) -> Iterator[Output]:
        """The index for full-text search."""
        place = common.portal.search_place or common.portal.place
        language = common.portal.language
        yield from SearchIndex(pages=pages, language=language, cache=self.cache, present=present, place=place).outputs()

    def sorted_summaries(self) -> tuple[AgencySummary, ...]:
        """The summaries by id."""
        return tuple(self.summaries[agency] for agency in sorted(self.summaries))

    def is_stopped(self) -> bool:
        """Whether a finding forbids writing the site."""
        stopping = {Severity.ERROR, Severity.WARNING} if self.options.strict else {Severity.ERROR}
        return any(self.catalogue.severity_of(finding) in stopping for finding in self.problems.findings)

    def result(self, written: Written | None) -> BuildResult:
        """What came of it."""
        findings = sorted(self.problems.findings, key=lambda each: each.place)
        return BuildResult(
            findings=tuple(findings),
            catalogue=self.catalogue,
            agencies=len(self.summaries),
            reports=sum(len(summary.reports) for summary in self.summaries.values()),
            rendered=self.rendered,
            written=written,
            summaries=self.sorted_summaries(),
            kept=self.kept if written is not None else None,
        )


def find_language_folders(folders: Iterable[AgencyFolder], common: Common) -> Iterator[Finding]:
    """A finding for each agency whose folder the pages in a further language would take."""
    taken = {site.prefix.rstrip("/") for site in common.others}
    for folder in folders:
        if folder.id in taken:
            place = Place(file=name_file(folder.path, common.project))
            yield fault("agency-folder-name", place, found=folder.id).finding


def build_site(options: BuildOptions) -> BuildResult:
    """read → check → relate → render → write: the site, or the findings that forbid it.

    A build that finds an error leaves the published site exactly as it was.
    """
    build = Build(options=options, render=True)
    written = None
    with build.problems.gather(), suppress(BuildStopped):
        check_output_folder(
            options.site, options.project / "content", options.project, options.project / "themes", force=options.force
        )  # fmt: skip
        with lock_site(options.site) as lock:
            try:
                present = read_manifest(options.site)
                written = write_site(options.site, build.outputs(present), force=options.force, lock=lock)
            except StaleOutput:
                # Somebody changed the output by hand: what was to be kept must be rendered after all.
                build.problems.findings.clear()
                build = Build(options=replace(options, full=True), render=True, problems=build.problems)
                written = write_site(options.site, build.outputs({}), force=options.force, lock=lock)
    return build.result(written)


def check_site(options: BuildOptions) -> BuildResult:
    """read → check: all findings, nothing written."""
    build = Build(options=options, render=False)
    with build.problems.gather(), suppress(BuildStopped):
        for _ in build.outputs({}):
            pass
    return build.result(None)


def build_agency_first(last: BuildResult, changes: tuple[str, ...]) -> Mapping[str, bytes]:
    """The pages of the agency in whose folder all the changed paths lie, by path; none where that takes a whole build.

    `last` is the build before the changes. Nothing is written.
    """
    return {} if last.kept is None else build_first(last.kept, changes)
