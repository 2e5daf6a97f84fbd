"""Failures that the publisher knows of and explains; an explanation of what does not fail is an error."""

from collections.abc import Iterable
from dataclasses import replace

from gaisite.findings import Finding, Verdict, fault
from gaisite.model.content import Acknowledgement


def acknowledge_findings(findings: Iterable[Finding], acknowledgements: Iterable[Acknowledgement]) -> list[Finding]:
    """The findings, those acknowledged with their reason, and one more for each acknowledgement that meets none."""
    reasons = {(each.check, each.at): each for each in acknowledgements}
    met: set[tuple[str, str]] = set()
    result = []
    for finding in findings:
        key = (finding.check, finding.at)
        acknowledged = finding.verdict is Verdict.FAIL and key in reasons
        if acknowledged:
            met.add(key)
        result.append(replace(finding, acknowledged=reasons[key].reason) if acknowledged else finding)
    for key, each in reasons.items():
        if key not in met:
            result.append(fault("acknowledged-nothing", each.place, each.at, id=each.check).finding)
    return result
