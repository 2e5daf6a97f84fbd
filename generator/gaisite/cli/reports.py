"""What `gaisite check` found, as documents for machines: JSON, SARIF 2.1.0, GitHub's annotations."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias
from urllib.parse import quote

from gaisite import __version__
from gaisite.build import BuildResult
from gaisite.cli.known_checks import KnownCheck, find_words, list_checks, read_known_forms, show_pattern
from gaisite.findings import Finding, Place, Severity
from gaisite.model.catalogue import Catalogue

Json: TypeAlias = Mapping[str, object]

FORMAT_VERSION = 1
"""Of the JSON document: raised when a field changes its meaning or goes, not when one is added."""
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
GITHUB_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "notice"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a run found, for one of the writers."""

    result: BuildResult
    project: Path
    language: str
    failed: bool
    """Whether the command fails."""

    @property
    def catalogue(self) -> Catalogue:
        """The words for the findings."""
        return self.result.catalogue

    def say(self, finding: Finding) -> str:
        """A finding's sentence and its hint, each on a line."""
        parts = (self.catalogue.say(finding, self.language), self.catalogue.hint(finding, self.language))
        return "\n".join(part for part in parts if part)


def dump(document: Json) -> str:
    """A document as text, with a newline at its end."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def write_json(report: CheckReport) -> str:
    """The findings as one JSON object; docs/output.md names its fields."""
    result = report.result
    counts = {
        "agencies": result.agencies,
        "reports": result.reports,
        "errors": result.count(Severity.ERROR),
        "warnings": result.count(Severity.WARNING),
        "information": result.count(Severity.INFORMATION),
        "acknowledged": result.acknowledged,
    }
    return dump(
        {
            "version": FORMAT_VERSION,
            "generator": f"gaisite {__version__}",
            "language": report.language,
            "failed": report.failed,
            "counts": counts,
            "findings": [describe_finding(report, *each) for each in report.result.failures()],
        }
    )


def describe_finding(report: CheckReport, finding: Finding, severity: Severity) -> Json:
    """One finding of the JSON document; null where there is no line, no column or no reason."""
    place = finding.place
    return {
        "check": finding.check,
        "severity": severity.value,
        "verdict": finding.verdict.value,
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "length": place.length if place.column else None,
        "at": finding.at,
        "message": report.catalogue.say(finding, report.language),
        "hint": report.catalogue.hint(finding, report.language),
        "fix": finding.fix or None,
        "acknowledged": finding.acknowledged or None,
    }


def write_sarif(report: CheckReport) -> str:
    """The findings as a log of SARIF 2.1.0, every check that gaisite knows among its rules."""
    checks = list_checks(report.catalogue, read_known_forms(report.project))
    positions = {check.id: position for position, check in enumerate(checks)}
    driver = {
        "name": "gaisite",
        "semanticVersion": __version__,
        "language": report.language,
        "rules": [describe_rule(check, report) for check in checks],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [describe_result(report, positions, *each) for each in report.result.failures()],
    }
    return dump({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def describe_rule(check: KnownCheck, report: CheckReport) -> Json:
    """A check as a rule of SARIF."""
    words = find_words(check, report.catalogue)
    hints = [show_pattern(entry.hint, report.language) for entry in words if entry.hint]
    messages = [show_pattern(entry.message, report.language) for entry in words]
    off = check.severity is Severity.OFF
    configuration: Json = {"enabled": False} if off else {"level": SARIF_LEVELS[check.severity]}
    return {
        "id": check.id,
        "shortDescription": {"text": show_pattern(check.title, report.language)},
        "fullDescription": {"text": "\n".join(messages)},
        "help": {"text": "\n".join(hints or messages)},
        "defaultConfiguration": configuration,
    }


def describe_result(report: CheckReport, positions: Mapping[str, int], finding: Finding, severity: Severity) -> Json:
    """A finding as a result of SARIF; an acknowledged one is suppressed, with its reason."""
    location: dict[str, object] = {"physicalLocation": locate(finding.place, report.project)}
    result: dict[str, object] = {"ruleId": finding.check}
    if finding.check in positions:
        result["ruleIndex"] = positions[finding.check]
    result |= {"level": SARIF_LEVELS[severity], "message": {"text": report.say(finding)}, "locations": [location]}
    if finding.at:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.at}]
        identity = "\0".join((finding.check, finding.place.file, finding.at))
        result["partialFingerprints"] = {"gaisiteFinding/v1": hashlib.sha256(identity.encode()).hexdigest()}
    if finding.acknowledged:
        suppression = {"kind": "inSource", "status": "accepted", "justification": finding.acknowledged}
        result["suppressions"] = [suppression]
    return result


def locate(place: Place, project: Path) -> Json:
    """A place as SARIF writes it; no region where the whole file is meant."""
    file = name_in_repository(place.file, project)
    uri = quote(file) if not PurePosixPath(file).is_absolute() else Path(file).as_uri()
    location: dict[str, object] = {"artifactLocation": {"uri": uri}}
    if place.line:
        region = {"startLine": place.line}
        if place.column:
            region |= {"startColumn": place.column, "endColumn": place.column + place.length}
        location["region"] = region
    return location


def name_in_repository(file: str, project: Path) -> str:
    """A file's path from the checkout in which GitHub runs this, where there is one: that need not be the project."""
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    path, root = (project / file).resolve(), Path(workspace).resolve()
    return path.relative_to(root).as_posix() if workspace and path.is_relative_to(root) else file


def write_github(report: CheckReport) -> str:
    """A workflow command for each finding; what is acknowledged needs no annotation."""
    return "".join(
        annotate(report, finding, severity)
        for finding, severity in report.result.failures()
        if not finding.acknowledged
    )


def annotate(report: CheckReport, finding: Finding, severity: Severity) -> str:
    """A finding as a line that GitHub shows at its place."""
    place = finding.place
    properties: dict[str, str | int] = {"file": name_in_repository(place.file, report.project)}
    if place.line:
        properties["line"] = place.line
    if place.line and place.column:
        properties |= {"col": place.column, "endColumn": place.column + place.length}
    properties["title"] = finding.check
    told = ",".join(f"{name}={escape_property(str(value))}" for name, value in properties.items())
    return f"::{GITHUB_COMMANDS[severity]} {told}::{escape_message(report.say(finding))}\n"


def escape_message(text: str) -> str:
    """A text as the message of a workflow command: on one line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """A text as a property of a workflow command, which ends at a comma or a colon."""
    return escape_message(text).replace(":", "%3A").replace(",", "%2C")


WRITERS: Mapping[str, Callable[[CheckReport], str]] = {
    "json": write_json,
    "sarif": write_sarif,
    "github": write_github,
}
"""The documents that `--format` may ask for."""
