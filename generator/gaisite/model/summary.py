"""What the portal's own pages need to know of an agency, without its reports."""

from collections.abc import Mapping
from dataclasses import dataclass

from gaisite.findings import Finding
from gaisite.model.content import Figure
from gaisite.model.downloads import DataFile
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How the checks of one report came out."""

    passed: int = 0
    failed: int = 0
    acknowledged: int = 0
    """Of those that failed."""
    not_assessable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSummary:
    """One report, in brief."""

    year: int
    form: str
    title: str
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
