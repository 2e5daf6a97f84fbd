"""`gaisite new`: the first files of a portal, an agency, a report."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from gaisite.cli.asking import Asker, is_terminal
from gaisite.cli.bilingual import Command, Group, find_language, option
from gaisite.cli.completing import complete_agencies, complete_forms, complete_new_year
from gaisite.cli.console import say
from gaisite.cli.first_files import check_names, print_files, print_steps, quote_word, refuse, write_command
from gaisite.cli.project import check_year, count, require_project
from gaisite.findings import Problems
from gaisite.read.folders import name_agency

if TYPE_CHECKING:
    from gaisite.scaffold import Ground, ReportScaffold

Laid = TypeVar("Laid")
SITE = "site"


class NewGroup(Group):
    """A group whose first word, where it is no command of the group, is the folder of a new portal."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, that for a portal first."""
        return [SITE, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called so; that for a portal asks many questions and is imported when it is asked for."""
        if cmd_name != SITE:
            return super().get_command(ctx, cmd_name)
        from gaisite.cli.new_site import new_site

        return new_site

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `new DIR` for `new site DIR`, after `--lang` too."""
        own = count_language(args)
        if args[own:] and args[own] not in self.list_commands(ctx) and args[own] not in ctx.help_option_names:
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


@new.command(
    "agency",
    cls=Command,
    help="新建机关；PATH 是 content/ 中的文件夹，下级机关写成 上级/下级。 ¦ "
    "Begin an agency; PATH is its folder in content/, PARENT/CHILD for one below another.",
)
@click.argument("path")
@option(
    "--name",
    default="",
    callback=check_names,
    help="机关名称；在终端上会询问。 ¦ Name of the agency; asked for on a terminal.",
)
@option("--kind", metavar="KIND", default="", help="机关类型，见格式中的期限。 ¦ Its kind, as in the forms' deadlines.")
@click.pass_context
def new_agency(ctx: click.Context, path: str, name: str, kind: str) -> int:
    """Begin an agency and tell how to go on."""
    from gaisite.scaffold import lay_out_agency, write_scaffold

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
    from gaisite.scaffold import ReportWishes, lay_out_report, write_scaffold

    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    wishes = ReportWishes(agency=name_agency(agency), year=year, form=form, labels=labels)
    laid = lay_out(project, problems, lambda ground: lay_out_report(ground, wishes, problems))
    if laid is None or not write_scaffold(laid.scaffold, problems):
        return refuse(problems, project, language)
    print_files(laid.scaffold, language)
    describe_report(laid, year, language)
    print_steps(language, f"{write_command(project)} check --drafts")
    return 0


def ask_name(ctx: click.Context) -> str:
    """The agency's name, asked for; a usage error where there is nobody to ask."""
    from gaisite.cli.site_questions import find_name_fault

    language = find_language(ctx)
    if not is_terminal():
        raise click.UsageError(say(language, "请用 --name 写明机关名称", "Give the agency's name with --name"), ctx)
    asker = Asker(language)
    return asker.ask(asker.say("机关名称", "Name of the agency"), find_fault=find_name_fault(asker))


def lay_out(project: Path, problems: Problems, make: "Callable[[Ground], Laid | None]") -> Laid | None:
    """What is made for a project; None where something prevents it, which is noted."""
    from gaisite.scaffold import read_ground

    with problems.gather():
        ground = read_ground(project, problems)
        return None if ground is None else make(ground)
    return None


def describe_report(laid: "ReportScaffold", year: int, language: str) -> None:
    """Print what a new report was made of, and what to do with it."""
    from gaisite.model.children import ChildrenMode

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
    chinese, english = "填写 figures.yaml，撰写 report.md", "Fill in figures.yaml and write report.md"
    if laid.children is ChildrenMode.SUM:
        chinese = "与上一份报告一样，数字由下级机关的报告相加（children: sum），不用填写；撰写 report.md"
        english = "As in the report before, the figures are added up from those below (children: sum). Write report.md"
    chinese += "；写好后删去 report.md 中的 draft: true。"
    english += "; when it is ready, take draft: true out of report.md."
    click.echo(say(language, chinese, english))
