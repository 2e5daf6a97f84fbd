"""Notes: the findings that keep the preview from being the newest, or warn, as the overlay shows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from gaisite.build import BuildResult
from gaisite.findings import Finding, Place, Severity

MOST = 50
"""How many findings the overlay lists."""
WIDEST = 80
"""Characters of a source line that are shown before what is meant, and after it."""
LARGEST = 8 * 1024 * 1024
REPORT = re.compile(r"content/(.+/[0-9]{4})/[^/]+")
"""A file of a report, by its path in the project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A source line, parted around what is meant."""

    before: str
    meant: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that is wrong, in the reader's language."""

    severity: Severity = Severity.ERROR
    place: str = ""
    """`file:line:column`; empty where it is about no place."""
    check: str = ""
    sentence: str
    hint: str = ""
    excerpt: Excerpt | None = None
    href: str = ""
    """Where it can be seen: the report's page, the cell on it where it is about one; empty where nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why the site could not be made anew, or what there is to say of it though it was."""

    notes: tuple[Note, ...]
    stops: bool = True
    """Whether the site is not the newest for it."""
    more: int = 0
    """How many further findings are not listed."""


def note_findings(result: BuildResult, project: Path, language: str, *, strict: bool) -> Trouble | None:
    """What stopped a build, or the warnings of one that was not stopped; None where there is nothing to say."""
    stops = result.written is None
    wanted = {Severity.ERROR, Severity.WARNING} if strict or not stops else {Severity.ERROR}
    findings = [each for each in result.findings if result.catalogue.severity_of(each) in wanted]
    if not stops and not findings:
        return None
    notes = tuple(note_finding(each, result, project, language) for each in findings[:MOST])
    return Trouble(notes=notes, stops=stops, more=max(len(findings) - MOST, 0))


def note_finding(finding: Finding, result: BuildResult, project: Path, language: str) -> Note:
    """A finding with its words and its source line."""
    place, catalogue = finding.place, result.catalogue
    return Note(
        severity=catalogue.severity_of(finding),
        place=":".join([place.file, *(str(part) for part in (place.line, place.column) if part)]),
        check=finding.check,
        sentence=catalogue.say(finding, language),
        hint=catalogue.hint(finding, language),
        excerpt=next(excerpt_source(place, project), None),
        href=find_page(finding),
    )


def find_page(finding: Finding) -> str:
    """Where a finding about a report can be seen: its page, from the server's root; empty for any other."""
    report = REPORT.fullmatch(finding.place.file)
    anchor = f"#{quote(finding.at)}" if finding.at else ""
    return f"/{quote(report[1])}/{anchor}" if report else ""


def note_crash(error: Exception) -> Trouble:
    """What gaisite itself, or a template of the theme, failed with."""
    return Trouble(notes=(Note(sentence=f"{type(error).__name__}: {error}"),))


def excerpt_source(place: Place, project: Path) -> Iterator[Excerpt]:
    """The source line of a place; nothing where there is none or it can no longer be read."""
    path = project / place.file
    try:
        if not place.line or not path.is_file() or path.stat().st_size > LARGEST:
            return
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    if place.line <= len(lines):
        yield cut_line(lines[place.line - 1], place)


def cut_line(line: str, place: Place) -> Excerpt:
    """A line parted around what is meant, shortened at both ends."""
    start = place.column - 1 if place.column else 0
    end = start + place.length if place.column else 0
    return Excerpt(
        before=line[max(start - WIDEST, 0) : start], meant=line[start:end][:WIDEST], after=line[end : end + WIDEST]
    )
