"""`gaisite check --fix`: the changes as a diff, the question, the writing."""

import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaisite.cli.console import CONTROL, print_findings, say
from gaisite.findings import Problems

if TYPE_CHECKING:
    from gaisite.build import BuildResult
    from gaisite.build.fixes import FixedFile

COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def offer_fixes(result: "BuildResult", project: Path, language: str, *, yes: bool) -> bool:
    """Show the safe changes and, where they are wanted, write them; whether anything was written."""
    from gaisite.build.fixes import plan_fixes, write_fixes

    problems = Problems()
    files = plan_fixes(result.findings, project, problems)
    for line in (line for file in files for line in diff_file(file)):
        click.echo(style_line(line))
    number = sum(file.count for file in files)
    if not files:
        click.echo(say(language, "没有可以有把握地改写的数字。", "There is no number that could be rewritten safely."))
    written = write_fixes(files, problems) if files and wants_fixes(number, language, yes=yes) else 0
    print_findings(problems.findings, result.catalogue, project, language)
    if written:
        click.echo(say(language, f"已改写 {written} 处。", f"{written} changed."))
    return bool(written)


def wants_fixes(number: int, language: str, *, yes: bool) -> bool:
    """Whether to write: as the option says, or as the answer on a terminal does; elsewhere not, which is said."""
    if yes:
        return True
    if sys.stdin.isatty() and sys.stdout.isatty():
        question = say(language, f"写入这 {number} 处改动？", f"Write these {number} changes?")
        return click.confirm(question, default=False)
    chinese = f"以上 {number} 处改动尚未写入；要写入请加 --yes。"
    english = f"These {number} changes were not written; add --yes to write them."
    click.echo(say(language, chinese, english))
    return False


def diff_file(file: "FixedFile") -> Iterator[str]:
    """The lines of a unified diff of one file, without their line ends."""
    before, after = split_lines(file.text), split_lines(file.fixed)
    yield from difflib.unified_diff(before, after, f"a/{file.name}", f"b/{file.name}", lineterm="", n=1)


def split_lines(text: str) -> Sequence[str]:
    """The lines of a text without their ends, whatever these are."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def style_line(line: str) -> str:
    """A line of a diff in its colour, with nothing in it that a terminal would obey."""
    colour = COLOURS.get(line[:1])
    plain = CONTROL.sub("\N{REPLACEMENT CHARACTER}", line.replace("\t", "    "))
    return click.style(plain, fg=colour) if colour and not line.startswith(("+++", "---")) else plain
