"""What the portal's own pages need to know of an agency, without its reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from gaisite.findings import Finding, Verdict
from gaisite.model.children import EVERY_YEAR, ReportingYears
from gaisite.model.content import Figure
from gaisite.model.contributions import Contribution
from gaisite.model.downloads import DataFile
from gaisite.model.portal import Redirect
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How checks came out, by how many cells."""

    passed: int = 0
    failed: int = 0
    acknowledged: int = 0
    """Of those that failed."""
    not_assessable: int = 0

    @property
    def total(self) -> int:
        """How many cells were checked, or could not be."""
        return self.passed + self.failed + self.not_assessable


def tally_findings(findings: Iterable[Finding]) -> Tally:
    """How the findings of forms' checks came out; other findings do not count."""
    told = [finding for finding in findings if finding.sentence]
    return Tally(
        passed=sum(finding.verdict is Verdict.PASS for finding in told),
        failed=sum(finding.verdict is Verdict.FAIL for finding in told),
        acknowledged=sum(bool(finding.acknowledged) for finding in told),
        not_assessable=sum(finding.verdict is Verdict.NOT_ASSESSABLE for finding in told),
    )


def tally_by_check(findings: Iterable[Finding]) -> dict[str, Tally]:
    """How each check of a form came out, by its id, in the order in which they were made."""
    by_check: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.sentence:
            by_check.setdefault(finding.check, []).append(finding)
    return {check: tally_findings(found) for check, found in by_check.items()}


def add_tallies(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    tallies = list(tallies)
    return Tally(
        passed=sum(each.passed for each in tallies),
        failed=sum(each.failed for each in tallies),
        acknowledged=sum(each.acknowledged for each in tallies),
        not_assessable=sum(each.not_assessable for each in tallies),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A paragraph in so few values that those of thousands of reports can be compared."""

    section: str
    """Id of its section."""
    line: int
    """In report.md."""
    begin: str
    """Its first characters."""
    size: int
    """How many pieces of text it has."""
    values: str
    """The smallest hashes of these, four bytes each, in base64."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSummary:
    """One report, in brief."""

    year: int
    form: str
    titles: Texts
    """The title in each language of the portal, the main one first."""
    name: Texts
    """What the agency was called that year."""
    published: str
    """As written in report.md; empty where it is not stated."""
    source_url: str
    key_figures: Mapping[str, Figure]
    """By cell id, in the form's order of importance."""
    tally: Tally
    failed: tuple[Finding, ...] = ()
    """What its checks found, acknowledged or not."""
    by_check: Mapping[str, Tally] = field(default_factory=dict)
    """How each check of its form came out; those that said nothing are absent."""
    contribution: Contribution | None = None
    """What it gives to the sum of the agency above; None where there is none above, or not all of it can be read."""
    below: tuple[int, int] | None = None
    """Of how many of how many agencies below it adds up the reports, or is compared with; None where it is neither."""
    draft: bool = False
    """Whether it is told of before its publication: what is blank in it is not filled in yet."""
    corrected: tuple[str, ...] = ()
    """The days on which published figures of it were corrected, the earliest first."""

    @property
    def title(self) -> str:
        """The title in the portal's main language."""
        return self.titles.official

    @property
    def changed(self) -> str:
        """When it was last published or corrected; empty where neither is known."""
        return max((self.published, *self.corrected))

    narrative: str = ""
    """report.md as findings name it."""
    sketches: tuple[Sketch, ...] = ()
    """Of its paragraphs, to be compared with those of its siblings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySummary:
    """One agency, in brief: all that other pages may say of it."""

    id: str
    parent: str
    name: Texts
    kind: str
    reports: tuple[ReportSummary, ...]
    """By year."""
    findings: tuple[Finding, ...]
    """Those that did not pass."""
    outputs: tuple[tuple[str, str], ...]
    """Path and sha256 of each file made for it."""
    data: tuple[DataFile, ...] = ()
    """Its figures over all its years, for download."""
    children: tuple["AgencySummary", ...] = ()
    """The agencies directly below, themselves without theirs."""
    reporting: ReportingYears = EVERY_YEAR
    redirects: tuple[Redirect, ...] = ()
    """The former addresses of its pages."""

    def find_report(self, year: int) -> ReportSummary | None:
        """The report for a year."""
        return next((report for report in self.reports if report.year == year), None)

    def is_expected(self, year: int) -> bool:
        """Whether there should be a report for a year; where there is one, there should."""
        return self.reporting.covers(year) or self.find_report(year) is not None


def release_contributions(summary: AgencySummary) -> AgencySummary:
    """A summary without what only the agency above has use for."""
    return replace(summary, reports=tuple(replace(report, contribution=None) for report in summary.reports))
