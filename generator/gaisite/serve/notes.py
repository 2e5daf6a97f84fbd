"""Notes: the findings that keep the preview from being the newest, as the overlay shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gaisite.build import BuildResult
from gaisite.findings import Finding, Place, Severity

MOST = 50
"""How many findings the overlay lists."""
WIDEST = 80
"""Characters of a source line that are shown before what is meant, and after it."""
LARGEST = 8 * 1024 * 1024


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why the site could not be made anew."""

    notes: tuple[Note, ...]
    more: int = 0
    """How many further findings are not listed."""


def note_findings(result: BuildResult, project: Path, language: str, *, strict: bool) -> Trouble | None:
    """What stopped a build; None where it was not stopped."""
    if result.written is not None:
        return None
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    findings = [each for each in result.findings if result.catalogue.severity_of(each) in stopping]
    notes = tuple(note_finding(each, result, project, language) for each in findings[:MOST])
    return Trouble(notes=notes, more=max(len(findings) - MOST, 0))


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
    )


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
