"""The record of what was published: `published.json` beside each report, which only ever grows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gaisite.build import BuildOptions, BuildResult, check_site
from gaisite.build.examine import read_reports
from gaisite.build.project import Common, read_common
from gaisite.findings import Finding, Place, Problems, Severity, fault
from gaisite.model.content import Narrative, Report
from gaisite.model.revisions import compare_versions, make_version, reconcile
from gaisite.model.summary import AgencySummary
from gaisite.read.fields import nearest
from gaisite.read.files import name_file, read_source
from gaisite.read.folders import AgencyFolder, YearFolder, scan_agencies
from gaisite.read.published import FILE, write_record
from gaisite.write.faults import reason_of
from gaisite.write.whole import replace_file


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWishes:
    """What to record."""

    project: Path
    targets: tuple[str, ...] = ()
    """Agencies by id, or reports as `agency/year`; none: every report that is no draft."""
    date: str = ""
    """The day of the publication, YYYY-MM-DD, for reports that do not state theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of it."""

    result: BuildResult
    """Of the check that comes first."""
    findings: tuple[Finding, ...]
    """What kept it from being done."""
    written: tuple[str, ...] = ()
    """Ids of the reports of which a version was added."""
    unchanged: int = 0
    """How many reports say what they said before."""


class UnknownTarget(Exception):
    """There is no such agency or report."""

    def __init__(self, target: str, near: str) -> None:
        super().__init__(target)
        self.target = target
        self.near = near


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A report that is to be recorded."""

    folder: YearFolder
    report: Report | None
    """None for a draft, and for one that cannot be read."""
    named: bool
    """Whether its very year was asked for."""


@dataclass(slots=True)
class Plan:
    """What to write, before anything is written."""

    problems: Problems = field(default_factory=Problems)
    files: dict[str, tuple[Path, str]] = field(default_factory=dict)
    """Path and text by the report's id."""
    unchanged: int = 0


def record_reports(wishes: RecordWishes) -> Recorded:
    """Add to the records what is published now; nothing is written where anything chosen has an error.

    Raises UnknownTarget. A record that says already what the report says stays as it is, byte for byte.
    """
    project, plan = wishes.project, Plan()
    result = check_site(BuildOptions(project=project))
    common = read_common(project, Problems(), drafts=False, base_url=None)
    folders = scan_agencies(project / "content", project, Problems())
    chosen = list(choose_reports(common, folders, wishes.targets, result.summaries)) if common is not None else []
    plan.problems.extend(find_errors(result, folders, [each.folder for each in chosen], project))
    if not plan.problems.findings:
        for each in chosen:
            with plan.problems.gather():
                plan_version(plan, each, wishes, project)
    written: list[str] = []
    if not plan.problems.findings:
        with plan.problems.gather():
            for report, (path, text) in plan.files.items():
                write_whole(path, text, project)
                written.append(report)
    findings = tuple(sorted(plan.problems.findings, key=lambda each: each.place))
    return Recorded(result=result, findings=findings, written=tuple(written), unchanged=plan.unchanged)


def choose_reports(
    common: Common, folders: Sequence[AgencyFolder], targets: Sequence[str], summaries: Sequence[AgencySummary]
) -> Iterator[Chosen]:
    """The reports that the targets name, each once; UnknownTarget for a name that nothing bears.

    `summaries` are those of all agencies: a report may be the sum of those below.
    """
    known = {folder.id for folder in folders} | {f"{each.id}/{year.year}" for each in folders for year in each.years}
    for target in targets:
        if target not in known:
            raise UnknownTarget(target, nearest(target, known))
    below: dict[str, list[AgencySummary]] = {}
    for summary in summaries:
        below.setdefault(summary.parent, []).append(summary)
    for folder in folders:
        named = [year for year in folder.years if f"{folder.id}/{year.year}" in targets]
        wanted = folder.years if not targets or folder.id in targets else tuple(named)
        read = read_reports(common, folder, below.get(folder.id, ()), Problems()) if wanted else ()
        reports = {report.year: report for report, _ in read}
        for year in wanted:
            yield Chosen(folder=year, report=reports.get(year.year), named=year in named)


def find_errors(
    result: BuildResult, folders: Sequence[AgencyFolder], chosen: Sequence[YearFolder], project: Path
) -> Iterator[Finding]:
    """The errors that concern the chosen reports: theirs, their agencies', and those of what all agencies share."""
    own = {name_file(path, project) for year in chosen for path in (year.path, year.path.parent / "agency.yaml")}
    others = {name_file(folder.path, project) for folder in folders}
    for finding in result.findings:
        if result.catalogue.severity_of(finding) is Severity.ERROR:
            path = Path(finding.place.file)
            places = {path.as_posix(), *(parent.as_posix() for parent in path.parents)}
            if own & places or not others & places:
                yield finding


def plan_version(plan: Plan, chosen: Chosen, wishes: RecordWishes, project: Path) -> None:
    """Plan what must be recorded of a report; ContentError where its date is not known, or a draft was asked for."""
    path, report = chosen.folder.path, chosen.report
    if report is None:
        if chosen.named:
            raise fault("record-draft", Place(file=name_file(path / "report.md", project)))
        return
    if report.record and not compare_versions(report.record[-1], make_version(report)):
        plan.unchanged += 1
        return
    narrative = read_source(path / "report.md", project).text.replace("\r\n", "\n")
    printed = print_bound(narrative, report.narrative)
    version = make_version(report, date=find_date(report, wishes.date), narrative=printed)
    plan.files[report.id] = (path / FILE, write_record((*report.record, version)))


def print_bound(text: str, narrative: Narrative) -> str:
    """The text of report.md with its bound figures as printed: they may change later, what was read may not."""
    lines = text.split("\n")
    prose = [each for each in (narrative.preamble, *narrative.sections.values()) if each is not None]
    bound = [each for part in prose for passage in part.passages for each in passage.bound]
    for place, printed in sorted(bound, reverse=True):
        line, start = lines[place.line - 1], place.column - 1
        if line.startswith("[[", start):
            lines[place.line - 1] = line[:start] + printed + line[start + place.length :]
    return "\n".join(lines)


def find_date(report: Report, given: str) -> str:
    """The day of a new version: of the publication, then of the latest correction; never that of the clock."""
    if report.record:
        return reconcile(report).revisions[-1].date
    date = report.narrative.published[:10] or given
    if not date:
        raise fault("record-date", report.narrative.place)
    return date


def write_whole(path: Path, text: str, project: Path) -> None:
    """Put a file in its place in one step: killed at any moment, it leaves the old one or the new one."""
    try:
        replace_file(path, text.encode())
    except OSError as error:
        raise fault("file-unwritable", Place(file=name_file(path, project)), reason=reason_of(error)) from error
