"""The build itself: the one place that knows the order of the stages."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace

from gaisite.build.addresses import check_addresses
from gaisite.build.agency import AgencyResult, hash_output
from gaisite.build.cache import Cache
from gaisite.build.cluster import ClusterPool
from gaisite.build.crew import Crew, Task, count_processors, gather_crew
from gaisite.build.downloads import PortalData
from gaisite.build.first import Kept
from gaisite.build.known import File, Known, Memory, join_hashes, know, read_memory, strip, write_memory
from gaisite.build.project import Common, read_common
from gaisite.build.results import BuildOptions, BuildResult
from gaisite.build.search import SearchIndex
from gaisite.build.settled import Seen, find_settled
from gaisite.build.turns import Turn, Turns
from gaisite.check.siblings import check_shared
from gaisite.findings import Finding, Place, Problems, Severity, fault
from gaisite.model.catalogue import Catalogue
from gaisite.model.downloads import DataFile, Format
from gaisite.model.summary import AgencySummary, release_contributions
from gaisite.read.catalogue import read_catalogue
from gaisite.read.files import name_file
from gaisite.read.folders import AgencyFolder, scan_agencies
from gaisite.read.places import SETTINGS
from gaisite.render.editions import place_edition
from gaisite.render.portal import render_portal
from gaisite.render.site import page_path
from gaisite.write import Output, StaleOutput, Written, check_output_folder, lock_site, read_manifest, write_site


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """An agency that is not concluded yet."""

    turn: Turn
    task: Task | None
    """None: nothing is to be done."""
    found: Known | AgencySummary | Future[AgencyResult]
    """What is known of it, its summary as it was kept, or what is to come of it."""


class BuildStopped(Exception):
    """Something is wrong: the site must stay as it is."""


class Forgotten(Exception):
    """The summary of an agency is wanted that was known to be kept, and is not."""


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
    seen: Seen | None = None
    known: dict[str, Known] = field(default_factory=dict)
    """All that are concluded; of these, `summaries` has those that were wanted."""
    memory: Memory = field(default_factory=Memory)
    """Of the last build."""
    shared: tuple[str, tuple[Finding, ...]] = ("", ())
    portal: tuple[str, tuple[File, ...]] = ("", ())
    """For the memory of this one."""

    @property
    def recalls(self) -> bool:
        """Whether what the last build left is asked for."""
        return self.options.keep_cache and not self.options.full

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
            self.memory = read_memory(self.cache.folder) if self.recalls else Memory()
            yield from self.map_agencies(common, folders, present)
            self.compare_outermost()
            self.problems.extend(check_addresses(common, self.list_known() or self.sorted_summaries()))
            if self.render and not self.is_stopped():
                yield from self.reduce(common, present)
        if common is None or self.is_stopped():
            raise BuildStopped

    def map_agencies(
        self, common: Common, folders: tuple[AgencyFolder, ...], present: Mapping[str, str]
    ) -> Iterator[Output]:
        """The outputs of all agencies, children before their parents."""
        turns = Turns(
            common=common, folders=folders, render=self.render, seen=self.seen, memory=self.memory, known=self.known
        )
        waiting: deque[Begun] = deque()
        cluster = self.options.cluster
        pool = ClusterPool(cluster, common) if cluster else None
        with gather_crew(common, render=self.render, jobs=self.options.jobs or count_processors(), pool=pool) as crew:
            for folder in reversed(folders):
                while any(child not in self.summaries and child not in self.known for child in turns.below(folder)):
                    yield from self.conclude(crew, waiting.popleft(), len(folders))
                waiting.append(self.begin(crew, turns.take(folder), present))
                while len(waiting) > crew.ahead:
                    yield from self.conclude(crew, waiting.popleft(), len(folders))
            while waiting:
                yield from self.conclude(crew, waiting.popleft(), len(folders))

    def begin(self, crew: Crew, turn: Turn, present: Mapping[str, str]) -> Begun:
        """Remember an agency, find it in the cache, or let it be built."""
        known = self.memory.agencies.get(turn.folder.id)
        if known is not None and known.key == turn.key and is_present(known.outputs, present):
            return Begun(turn=turn, task=None, found=replace(known, own=turn.own, status=turn.status))
        children = [self.find_summary(child) for child in turn.children]
        task = Task(folder=turn.folder, ancestors=turn.ancestors, children=children)
        kept = None if self.options.full else self.cache.load(turn.folder.id, turn.key)
        if kept is not None and is_present(kept.outputs, present):
            return Begun(turn=turn, task=task, found=kept)
        return Begun(turn=turn, task=task, found=crew.begin(task))

    def conclude(self, crew: Crew, begun: Begun, total: int) -> Iterator[Output]:
        """The outputs of an agency, once they are there; what is known of it and its findings are remembered."""
        turn, agency = begun.turn, begun.turn.folder.id
        if isinstance(begun.found, Known):
            self.known[agency] = begun.found
            self.problems.extend(begun.found.findings)
            yield from (Output(path=path, digest=digest, origin=agency) for path, digest in begun.found.outputs)
        elif isinstance(begun.found, AgencySummary):
            self.keep(begun.found, begun.task, turn)
            yield from (Output(path=path, digest=digest, origin=agency) for path, digest in begun.found.outputs)
        elif begun.task is not None:
            result = crew.finish(begun.task, begun.found)
            self.keep(result.summary, begun.task, turn)
            self.rendered += bool(result.outputs)
            yield from result.outputs
            if result.outputs:
                self.cache.store(agency, turn.key, result.summary)
        self.done += 1
        self.options.progress(self.done, total, agency)

    def keep(self, summary: AgencySummary, task: Task | None, turn: Turn) -> None:
        """Remember a summary and its findings."""
        children = task.children if task is not None else ()
        if self.render:
            self.known[summary.id] = know(summary, turn.key, turn.own, turn.status)
        below = tuple(release_contributions(replace(child, children=())) for child in children)
        if self.render:
            self.summaries.update((child.id, release_contributions(child)) for child in children)
        self.summaries[summary.id] = replace(summary, children=below)
        self.problems.extend(summary.findings)

    def find_summary(self, agency: str) -> AgencySummary:
        """The summary of a concluded agency; Forgotten where it is not kept any more."""
        if agency not in self.summaries:
            kept = self.cache.load(agency, self.known[agency].key)
            if kept is None:
                raise Forgotten
            self.summaries[agency] = kept
        return self.summaries[agency]

    def compare_outermost(self) -> None:
        """Compare the agencies that have none above them, which would compare the others."""
        key = join_hashes((each.id, each.sketched) for each in self.list_known() if not each.parent)
        found = self.memory.shared[1]
        if not self.render or self.memory.shared[0] != key:
            found = tuple(check_shared(each for each in self.sorted_summaries() if not each.parent))
        self.shared = (key, found)
        self.problems.extend(each for each in found if self.catalogue.weigh(each) is not Severity.OFF)

    def reduce(self, common: Common, present: Mapping[str, str]) -> Iterator[Output]:
        """The portal's own files, from the summaries alone: its data, then the pages, which tell the size of that."""
        kept = {} if self.options.full else present
        data = PortalData(common=common, agencies=self.list_known(), cache=self.cache, present=kept)
        yield from data.outputs()
        searched = dict(self.list_searched())
        own = {page_path(page.slug) for page in common.site.pages}
        made = []
        for output in self.make_portal(common, data.files, kept):
            digest = hash_output(output)
            made.append((output.path, digest))
            if output.path in own:
                searched[output.path] = digest
            yield output
        self.portal = (self.portal[0], tuple(made))
        if common.portal.search:
            yield from self.index(common, searched, kept)

    def make_portal(self, common: Common, files: Sequence[DataFile], present: Mapping[str, str]) -> Iterator[Output]:
        """The portal's pages; those of the last build where all that they are made from is as it was."""
        shown = join_hashes((each.id, each.shown) for each in self.list_known())
        key = join_hashes([(common.key, shown, repr(files))])
        self.portal = (key, ())
        if self.memory.portal[0] == key and is_present(self.memory.portal[1], present):
            yield from (Output(path=path, digest=digest, origin=SETTINGS) for path, digest in self.memory.portal[1])
            return
        agencies = [strip(summary) for summary in self.sorted_summaries()]
        for path, content in render_portal(common.site, agencies, files):
            yield Output(path=path, content=content, origin=SETTINGS)
        for site in common.others:
            for path, content in place_edition(site, render_portal(site, agencies, files)):
                yield Output(path=path, content=content, origin=SETTINGS)

    def list_searched(self) -> Iterator[tuple[str, str]]:
        """Path and sha256 of the agencies' pages that search is to find: their own, and their reports as they are."""
        for known in self.list_known():
            wanted = {page_path(known.id), *(page_path(f"{known.id}/{year}") for year, _ in known.reports)}
            yield from (output for output in known.outputs if output[0] in wanted)

    def index(self, common: Common, pages: Mapping[str, str], present: Mapping[str, str]) -> Iterator[Output]:
        """The index for full-text search."""
        place = common.portal.search_place or common.portal.place
        language = common.portal.language
        yield from SearchIndex(pages=pages, language=language, cache=self.cache, present=present, place=place).outputs()

    def list_known(self) -> list[Known]:
        """What is known of the agencies, by id; nothing where nothing is rendered."""
        return [self.known[agency] for agency in sorted(self.known)]

    def sorted_summaries(self) -> tuple[AgencySummary, ...]:
        """The summaries by id; Forgotten where one is not kept any more."""
        for agency in self.known.keys() - self.summaries.keys():
            self.summaries[agency] = release_contributions(self.find_summary(agency))
        return tuple(self.summaries[agency] for agency in sorted(self.summaries))

    def remember(self) -> None:
        """Keep what is known for the next build."""
        write_memory(self.cache.folder, Memory(agencies=self.known, shared=self.shared, portal=self.portal))

    def is_stopped(self) -> bool:
        """Whether a finding forbids writing the site."""
        stopping = {Severity.ERROR, Severity.WARNING} if self.options.strict else {Severity.ERROR}
        return any(self.catalogue.severity_of(finding) in stopping for finding in self.problems.findings)

    def result(self, written: Written | None) -> BuildResult:
        """What came of it."""
        findings = sorted(self.problems.findings, key=lambda each: each.place)
        portal = self.kept.common.portal if self.kept else None
        told: Mapping[str, Known | AgencySummary] = self.known or self.summaries
        return BuildResult(
            findings=tuple(findings),
            catalogue=self.catalogue,
            agencies=len(told),
            reports=sum(len(each.reports) for each in told.values()),
            rendered=self.rendered,
            written=written,
            summaries=tuple(self.summaries[agency] for agency in sorted(self.summaries)),
            base_url=portal.base_url if portal else "",
            sets_type=portal is not None and Format.PDF in portal.documents,
            kept=self.kept if written is not None else None,
        )


def is_present(files: Iterable[File], present: Mapping[str, str]) -> bool:
    """Whether the site has all of some files as they are."""
    return all(present.get(path) == digest for path, digest in files)


def find_language_folders(folders: Iterable[AgencyFolder], common: Common) -> Iterator[Finding]:
    """A finding for each agency whose folder the pages in a further language would take."""
    taken = {site.prefix.rstrip("/") for site in common.others}
    for folder in folders:
        if folder.id in taken:
            place = Place(file=name_file(folder.path, common.project))
            yield fault("agency-folder-name", place, found=folder.id).finding


def build_site(options: BuildOptions, seen: Seen | None = None) -> BuildResult:
    """`build.build_site`."""
    build = Build(options=options, render=True, seen=seen)
    written = None
    with build.problems.gather(), suppress(BuildStopped):
        check_output_folder(
            options.site, options.project / "content", options.project, options.project / "themes", force=options.force
        )  # fmt: skip
        with lock_site(options.site) as lock:
            try:
                settled = find_settled(options, seen.site) if seen and build.recalls else frozenset[str]()
                present = read_manifest(options.site)
                outputs = build.outputs(present)
                written = write_site(options.site, outputs, force=options.force, lock=lock, settled=settled)
            except (StaleOutput, Forgotten):
                # Somebody changed the output or the cache by hand: what was to be kept must be rendered after all.
                build.problems.findings.clear()
                build = Build(options=replace(options, full=True), render=True, problems=build.problems, seen=seen)
                written = write_site(options.site, build.outputs({}), force=options.force, lock=lock)
            build.remember()
    return build.result(written)


def check_site(options: BuildOptions) -> BuildResult:
    """read → check: all findings, nothing written."""
    build = Build(options=options, render=False)
    with build.problems.gather(), suppress(BuildStopped):
        for _ in build.outputs({}):
            pass
    return build.result(None)
