"""`gaisite new`: the first files of a portal, an agency, a report."""

import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from gaisite.cli.bilingual import Command, Group, find_language, option
from gaisite.cli.build import show_path
from gaisite.cli.completing import complete_agencies, complete_forms, complete_new_year
from gaisite.cli.console import print_findings, say
from gaisite.cli.project import count, require_project
from gaisite.findings import Problems
from gaisite.read.catalogue import read_catalogue
from gaisite.read.folders import YEAR
from gaisite.read.settings import is_base_url
from gaisite.scaffold import (
    DEFAULT_TITLE,
    LANGUAGES,
    Ground,
    PortalWishes,
    ReportScaffold,
    ReportWishes,
    Scaffold,
    lay_out_agency,
    lay_out_portal,
    lay_out_report,
    name_agency,
    read_ground,
    write_scaffold,
)

Laid = TypeVar("Laid")
SAFE = re.compile(r"[\w@%+=:,./~-]+")
"""What needs no quotes on a command line, in any script."""


class NewGroup(Group):
    """A group whose first word, where it is no command of the group, is the folder of a new portal."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `new DIR` for `new site DIR`, after `--lang` too."""
        own = count_language(args)
        if args[own:] and args[own] not in self.commands and args[own] not in ctx.help_option_names:
            args = [*args[:own], "site", *args[own:]]
        return super().parse_args(ctx, args)


def count_language(args: list[str]) -> int:
    """How many words at the beginning say the language."""
    if not args or args[0].partition("=")[0] != "--lang":
        return 0
    return 1 if "=" in args[0] else min(2, len(args))


@click.group(
    cls=NewGroup,
    subcommand_metavar="DIR | COMMAND [ARGS]...",
    help="新建网站（new DIR）、机关或报告；已有的文件从不改动。 ¦ "
    "Begin a portal (new DIR), an agency or a report; a file that is there is never touched.",
)
def new() -> None:
    """Begin something."""


def check_url(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """An address with a final slash; a usage error for anything else."""
    url = value if not value or value.endswith("/") else f"{value}/"
    if url and not is_base_url(url):
        example = "https://www.example.gov.cn/zwgk/nb/"
        chinese, english = f"“{value}”不是网址，应写成 {example} 的样子", f"“{value}” is no address like {example}"
        raise click.BadParameter(say(find_language(ctx), chinese, english), ctx, param)
    return url


def check_year(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A year; a usage error for anything else."""
    if not YEAR.fullmatch(value):
        message = say(find_language(ctx), f"“{value}”不是四位数的年份", f"“{value}” is no year of four digits")
        raise click.BadParameter(message, ctx, param)
    return int(value)


def check_optional_year(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A year, or 0 where none is given; a usage error for anything else."""
    return check_year(ctx, param, value) if value else 0


@new.command(
    "site",
    cls=Command,
    help="新建网站；可省略 site。 ¦ Begin a portal; the word site may be left out.",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option("--title", default="", help="网站名称；在终端上会询问。 ¦ Title of the portal; asked for on a terminal.")
@option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="网页和文件中说明的语言。 ¦ Language of the pages, and of the comments in the files.",
)
@option(
    "--base-url",
    metavar="URL",
    default="",
    callback=check_url,
    help="网站发布后的网址。 ¦ Where the site will be published.",
)
@click.pass_context
def new_site(ctx: click.Context, folder: Path, title: str, language: str, base_url: str) -> int:
    """Begin a portal and tell how to go on."""
    spoken = find_language(ctx)
    if not title and is_terminal():
        question = say(spoken, "网站名称", "Title of the portal")
        title = click.prompt(question, default=DEFAULT_TITLE.within(language), err=True)
    root, problems = (ctx.obj / folder).resolve(), Problems()
    scaffold = lay_out_portal(root, PortalWishes(title=title, language=language, base_url=base_url))
    if not write_scaffold(scaffold, problems):
        return refuse(problems, root, spoken)
    print_files(scaffold, spoken)
    enter = [] if root == Path.cwd() else [f"cd {quote_word(show_path(root))}"]
    print_steps(spoken, *enter, f"gaisite new agency {say(spoken, '文件夹名', 'FOLDER')}")
    return 0


@new.command(
    "agency",
    cls=Command,
    help="新建机关；PATH 是 content/ 中的文件夹，下级机关写成 上级/下级。 ¦ "
    "Begin an agency; PATH is its folder in content/, PARENT/CHILD for one below another.",
)
@click.argument("path")
@option("--name", default="", help="机关名称；在终端上会询问。 ¦ Name of the agency; asked for on a terminal.")
@option("--kind", metavar="KIND", default="", help="机关类型，见格式中的期限。 ¦ Its kind, as in the forms' deadlines.")
@click.pass_context
def new_agency(ctx: click.Context, path: str, name: str, kind: str) -> int:
    """Begin an agency and tell how to go on."""
    project, language, agency, problems = require_project(ctx), find_language(ctx), name_agency(path), Problems()
    name = name if name.strip() else ask_name(ctx)
    laid = lay_out(project, problems, lambda ground: lay_out_agency(ground, agency, name=name, kind=kind))
    if laid is None or not write_scaffold(laid.scaffold, problems):
        return refuse(problems, project, language)
    print_files(laid.scaffold, language)
    for parent in laid.unnamed_parents:
        chinese = f"content/{parent} 没有 agency.yaml，不算上级机关。"
        english = f"content/{parent} has no agency.yaml, so it is no agency above this one."
        click.echo(say(language, chinese, english))
    year = say(language, "年份", "YEAR")
    print_steps(language, f"{write_command(project)} new report {quote_word(agency)} {year}")
    return 0


@new.command(
    "report",
    cls=Command,
    help="新建一个年度的报告；结转数取自上一年的报告。 ¦ "
    "Begin the report of a year; what was carried over is taken from last year's report.",
)
@click.argument("agency", shell_complete=complete_agencies)
@click.argument("year", callback=check_year, shell_complete=complete_new_year)
@option(
    "--form",
    metavar="FORM",
    default="",
    shell_complete=complete_forms,
    help="格式，默认为该年度最新的。 ¦ The form; otherwise the year's latest.",
)
@option(
    "--labels",
    is_flag=True,
    help="行、列用官方名称，不用代号。 ¦ Call lines by their labels, not their ids.",
)
@click.pass_context
def new_report(ctx: click.Context, agency: str, year: int, form: str, labels: bool) -> int:
    """Begin a report and tell how to go on."""
    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    wishes = ReportWishes(agency=name_agency(agency), year=year, form=form, labels=labels)
    laid = lay_out(project, problems, lambda ground: lay_out_report(ground, wishes, problems))
    if laid is None or not write_scaffold(laid.scaffold, problems):
        return refuse(problems, project, language)
    print_files(laid.scaffold, language)
    describe_report(laid, year, language)
    print_steps(language, f"{write_command(project)} check --drafts")
    return 0


def is_terminal() -> bool:
    """Whether there is a person to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask_name(ctx: click.Context) -> str:
    """The agency's name, asked for; a usage error where there is nobody to ask."""
    language = find_language(ctx)
    if not is_terminal():
        raise click.UsageError(say(language, "请用 --name 写明机关名称", "Give the agency's name with --name"), ctx)
    return str(click.prompt(say(language, "机关名称", "Name of the agency"), err=True))


def lay_out(project: Path, problems: Problems, make: Callable[[Ground], Laid | None]) -> Laid | None:
    """What is made for a project; None where something prevents it, which is noted."""
    with problems.gather():
        ground = read_ground(project, problems)
        return None if ground is None else make(ground)
    return None


def refuse(problems: Problems, root: Path, language: str) -> int:
    """Print what prevented a scaffold; the exit status."""
    print_findings(problems.findings, read_catalogue(), root, language, err=True)
    click.echo(say(language, "没有写入任何文件。", "Nothing was written."), err=True)
    return 1


def print_files(scaffold: Scaffold, language: str) -> None:
    """Print which files are new."""
    click.echo(say(language, "已新建：", "New files:"))
    for path in scaffold.files:
        click.echo(f"  {show_path(scaffold.root / path)}")


def describe_report(laid: ReportScaffold, year: int, language: str) -> None:
    """Print what a new report was made of, and what to do with it."""
    form = f"{laid.form.short.within(language)} ({laid.form.id})"
    carried, before = laid.carried, year - 1
    click.echo(say(language, f"格式：{form}。", f"Form: {form}."))
    if carried:
        english = f"{count(carried, 'figure', 'figures')} carried over from the report of {before}."
        click.echo(say(language, f"从 {before} 年报告带入 {carried} 个结转数。", english))
    if laid.last_findings:
        chinese = f"{before} 年报告有错误，可能有结转数没有带入，请用 gaisite check 查看。"
        english = f"The report of {before} has mistakes, so something may be missing here: see gaisite check."
        click.echo(say(language, chinese, english))
    chinese = "填写 figures.yaml，撰写 report.md；写好后删去 report.md 中的 draft: true。"
    english = "Fill in figures.yaml and write report.md; when they are ready, take draft: true out of report.md."
    click.echo(say(language, chinese, english))


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
