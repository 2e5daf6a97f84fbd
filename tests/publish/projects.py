"""A small portal whose report for 2021 was published, recorded and corrected."""

import re
from pathlib import Path

from gaisite.publish.records import Recorded, RecordWishes, record_reports
from tests.build.portals import FIGURES_2021, OFFICE, make_portal

FIGURES = f"{OFFICE}/2021/figures.yaml"
REPORT = f"{OFFICE}/2021/report.md"
RECORD = f"{OFFICE}/2021/published.json"
FIRST = "2022-03-01"
SECOND = "2022-06-10"
GRANTED = [
    "applications.handled.granted.natural_person",
    "applications.handled.granted.total",
    "applications.handled.total.natural_person",
    "applications.handled.total.total",
]
LEFT = ["applications.carried_out.natural_person", "applications.carried_out.total"]


def correct(date: str, old: int, new: int, reason: str = "一件重复统计。") -> str:
    """The corrections that tell of another number of applications granted."""
    granted = f"  - {{date: {date}, at: [{', '.join(GRANTED)}], old: {old}, new: {new}, reason: {reason}}}\n"
    left = f"  - {{date: {date}, at: [{', '.join(LEFT)}], old: {7 - old}, new: {7 - new}, reason: {reason}}}\n"
    return granted + left


def write_granted(granted: int, *corrections: str) -> str:
    """The figures of 2021 with so many of the seven applications granted and the rest carried over."""
    text = re.sub(r"granted: \{.*?\}", f"granted: {{natural_person: {granted}, total: {granted}}}", FIGURES_2021)
    text = text.replace(
        "    total: {natural_person: 6, total: 6}", f"    total: {{natural_person: {granted}, total: {granted}}}"
    )
    left = 7 - granted
    text = re.sub(r"carried_out: \{.*?\}", f"carried_out: {{natural_person: {left}, total: {left}}}", text)
    told = "".join(corrections)
    return text.replace(
        "form: cn-gai-2021\n", f"form: cn-gai-2021\ncorrections:\n{told}" if told else "form: cn-gai-2021\n"
    )


def record(project: Path, *targets: str, date: str = "") -> Recorded:
    return record_reports(RecordWishes(project=project, targets=targets, date=date))


def make_recorded(project: Path, files: dict[str, str | bytes | None] | None = None) -> Path:
    """The portal with these files, its two reports recorded as they are."""
    make_portal(project, files or {})
    recorded = record(project)
    assert (recorded.written, recorded.findings) == (("office/2020", "office/2021"), ())
    return project


def write(project: Path, text: str, name: str = FIGURES) -> None:
    (project / name).write_text(text, encoding="utf-8")


def check(project: Path) -> list[tuple[str, str]]:
    """Check and place of every finding that weighs something."""
    from gaisite.build import BuildOptions, check_site

    return [(finding.check, finding.at) for finding in check_site(BuildOptions(project=project)).findings]
