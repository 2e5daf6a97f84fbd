"""What may safely be written better in the content, and writing it: the files as they are, and as they would be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import ContentError, Finding, Place, Problems, fault
from gaisite.read.files import decode, read_bytes
from gaisite.write.faults import reason_of
from gaisite.write.whole import replace_file

LINE = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
"""Where a line begins, as a narrative's lines are counted."""
LINK = re.compile(r"\[[^\[\]]*\]\(|`[^`]*`")
"""What a bound figure must not stand in: the text of a link, code."""
MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedFile:
    """A file of the content with its fixes."""

    name: str
    """From the project folder, with `/`."""
    path: Path
    before: bytes
    text: str
    """As it is, without a byte order mark."""
    fixed: str
    """As it would be."""
    count: int
    """How many fixes."""


def plan_fixes(findings: Iterable[Finding], project: Path, problems: Problems) -> tuple[FixedFile, ...]:
    """The files that have fixes, by name; nothing is written. A file that cannot be read is noted."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.fix and not finding.acknowledged:
            by_file.setdefault(finding.place.file, []).append(finding)
    files = []
    for name, own in sorted(by_file.items()):
        with problems.gather():
            content = read_bytes(project / name, project)
            text = decode(content, name).text
            edits = dict(find_edits(text, own))
            if edits:
                fixed = apply_edits(text, edits)
                path = (project / name).resolve()
                files.append(
                    FixedFile(name=name, path=path, before=content, text=text, fixed=fixed, count=len(edits))
                )  # fmt: skip
    return tuple(files)


def find_edits(text: str, findings: Iterable[Finding]) -> Iterator[tuple[tuple[int, int], str]]:
    """The spans of a text that have a fix, each with what to write there: only where what was found stands there."""
    lines = LINE.split(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    for finding in findings:
        place, written = finding.place, str(dict(finding.facts).get("number", ""))
        if not 0 < place.line <= len(lines) or not place.column:
            continue
        start = starts[place.line - 1] + place.column - 1
        end = start + place.length
        found = text[start:end]
        linked = any(match.start() < place.column - 1 < match.end() for match in LINK.finditer(lines[place.line - 1]))
        if found and written.startswith(found) and not linked:
            yield (start, end), finding.fix


def apply_edits(text: str, edits: Mapping[tuple[int, int], str]) -> str:
    """A text with some spans written otherwise; of two that overlap, the later one."""
    limit = len(text)
    for (start, end), written in sorted(edits.items(), reverse=True):
        if end <= limit:
            text, limit = text[:start] + written + text[end:], start
    return text


def write_fixes(files: Iterable[FixedFile], problems: Problems) -> int:
    """Write the files with their fixes, each whole or not at all; how many fixes were written.

    A file that has changed meanwhile stays as it is, which is noted.
    """
    written = 0
    for file in files:
        with problems.gather():
            write_fix(file)
            written += file.count
    return written


def write_fix(file: FixedFile) -> None:
    """Write one file beside itself, then exchange the two; ContentError where that cannot be."""
    place = Place(file=file.name)
    try:
        if file.path.read_bytes() != file.before:
            raise fault("file-changed", place)
        mark = MARK if file.before.startswith(MARK.encode()) else ""
        replace_file(file.path, (mark + file.fixed).encode())
    except OSError as error:
        raise unwritable(place, error) from error


def unwritable(place: Place, error: OSError) -> ContentError:
    """The error for a file that the system does not let us write."""
    return fault("file-unwritable", place, reason=reason_of(error))
