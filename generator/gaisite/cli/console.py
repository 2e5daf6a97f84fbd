"""Printing findings: place, sentence, the source line with a caret, a hint."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from gaisite.findings import Finding, Place, Severity
from gaisite.model.catalogue import Catalogue

MOST = 50
"""How many findings one run prints."""
NAMES = {
    Severity.ERROR: ("错误", "error", "red"),
    Severity.WARNING: ("警告", "warning", "yellow"),
    Severity.INFORMATION: ("提示", "information", "cyan"),
}
WIDEST = 120
"""Columns of a source line that are shown; a longer one is cut around the caret."""
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal would obey instead of showing it."""


def say(language: str, chinese: str, english: str) -> str:
    """One of two sentences."""
    return chinese if language == "zh-CN" else english


def print_findings(
    findings: Sequence[Finding],
    catalogue: Catalogue,
    project: Path,
    language: str,
    *,
    err: bool = False,
    most: int | None = MOST,
) -> None:
    """Print findings that matter in the order of places; of more than `most`, the gravest. None: all."""
    shown = [each for each in findings if catalogue.severity_of(each) is not Severity.OFF]
    most = len(shown) if most is None else most
    for finding in pick_gravest(shown, catalogue, most):
        click.echo(format_finding(finding, catalogue, project, language), err=err)
    if len(shown) > most:
        rest = len(shown) - most
        click.echo(say(language, f"另有 {rest} 条未列出。", f"{rest} more are not shown."), err=err)


def pick_gravest(findings: Sequence[Finding], catalogue: Catalogue, most: int = MOST) -> list[Finding]:
    """As many findings as one run prints, in their order: information never crowds out a warning or an error."""
    grave = list(NAMES)
    chosen = sorted(range(len(findings)), key=lambda index: grave.index(catalogue.severity_of(findings[index])))[:most]
    return [findings[index] for index in sorted(chosen)]


def format_finding(finding: Finding, catalogue: Catalogue, project: Path, language: str) -> str:
    """A finding as lines of text."""
    severity = catalogue.severity_of(finding)
    chinese, english, colour = NAMES[severity]
    name = click.style(say(language, chinese, english), fg=colour, bold=True)
    sentence = catalogue.say(finding, language)
    lines = [f"{click.style(format_place(finding.place), bold=True)}: {name}: {sentence} [{finding.check}]"]
    lines.extend(excerpt_source(finding.place, project))
    hint = catalogue.hint(finding, language)
    if hint:
        lines.append(f"    {say(language, '建议', 'hint')}: {hint}")
    return "\n".join(lines)


def format_place(place: Place) -> str:
    """A place as editors read it: file:line:column."""
    return ":".join([place.file, *(str(part) for part in (place.line, place.column) if part)])


def excerpt_source(place: Place, project: Path) -> Iterable[str]:
    """The source line of a place, with a caret under what is meant; nothing where it cannot be read."""
    if not place.line:
        return []
    try:
        text = (project / place.file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    lines = text.split("\n")
    if place.line > len(lines):
        return []
    line = CONTROL.sub("\N{REPLACEMENT CHARACTER}", lines[place.line - 1].replace("\t", " "))
    start = max(place.column - 1, 0)
    line, start = shorten_line(line, start)
    margin = f"{place.line:>5} | "
    shown = [f"{margin}{line}"]
    if place.column:
        caret = "^" * max(measure_width(line[start : start + place.length]), 1)
        shown.append(f"{'':>5} | {' ' * measure_width(line[:start])}{click.style(caret, fg='green')}")
    return shown


def shorten_line(line: str, start: int) -> tuple[str, int]:
    """A line cut around a position where it is too long, with `…` where it was cut; and the position in it."""
    if len(line) <= WIDEST:
        return line, start
    cut = max(start - WIDEST // 2, 0)
    before, after = "…" if cut else "", "…" if cut + WIDEST < len(line) else ""
    return before + line[cut : cut + WIDEST] + after, start - cut + len(before)


def measure_width(text: str) -> int:
    """The columns that a text takes on a terminal: Chinese characters take two."""
    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def show_path(path: Path) -> str:
    """A path as short as it can be told from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
