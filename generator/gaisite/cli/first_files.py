"""What the commands that make first files share: telling which, what to do next, or what prevented them."""

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaisite.cli.bilingual import find_language
from gaisite.cli.console import print_findings, say, show_path
from gaisite.findings import Problems

if TYPE_CHECKING:
    from gaisite.scaffold import Scaffold

SAFE = re.compile(r"[\w@%+=:,./~-]+")
"""What needs no quotes on a command line, in any script."""


def check_names(ctx: click.Context, param: click.Parameter, value: tuple[str, ...] | str) -> tuple[str, ...] | str:
    """Names or a title that a page can show; a usage error for any other."""
    from gaisite.cli.asking import Asker
    from gaisite.cli.site_questions import find_name_fault

    find_fault = find_name_fault(Asker(find_language(ctx)))
    for name in (value,) if isinstance(value, str) else value:
        wrong = find_fault(name) if name.strip() else ""
        if wrong:
            raise click.BadParameter(wrong, ctx, param)
    return value


def refuse(problems: Problems, root: Path, language: str) -> int:
    """Print what prevented a scaffold; the exit status."""
    from gaisite.read.catalogue import read_catalogue

    print_findings(problems.findings, read_catalogue(), root, language, err=True)
    click.echo(say(language, "没有写入任何文件。", "Nothing was written."), err=True)
    return 1


def print_files(scaffold: "Scaffold", language: str) -> None:
    """Print which files are new."""
    click.echo(say(language, "已新建：", "New files:"))
    for path in scaffold.files:
        click.echo(f"  {show_path(scaffold.root / path)}")


def print_steps(language: str, *steps: str) -> None:
    """Print the commands to run next."""
    click.echo(say(language, "下一步：", "Next:"))
    for step in steps:
        click.echo(f"  {step}")


def write_command(project: Path) -> str:
    """How gaisite is called for a project from here."""
    return "gaisite" if Path.cwd().is_relative_to(project) else f"gaisite -C {quote_word(show_path(project))}"


def quote_word(word: str) -> str:
    """A word as a shell takes it."""
    return word if SAFE.fullmatch(word) else shlex.quote(word)
