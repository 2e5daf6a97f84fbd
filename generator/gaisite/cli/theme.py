"""`gaisite theme`: a theme of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaisite.cli.bilingual import Command, Group, find_language, option
from gaisite.cli.completing import complete_theme_files
from gaisite.cli.console import print_findings, say
from gaisite.cli.first_files import print_files, print_steps
from gaisite.cli.fixing import style_line
from gaisite.cli.project import require_project
from gaisite.findings import Place, Problems
from gaisite.read.files import read_source
from gaisite.read.places import SETTINGS

if TYPE_CHECKING:
    from gaisite.scaffold.themes import ThemeFolders


@click.group(
    cls=Group,
    help="自己的主题：新建、取用默认主题的文件、查看改动。 ¦ "
    "A theme of your own: begin one, take over files of the default theme, see what you changed.",
)
def theme() -> None:
    """Do something with themes."""


@theme.command("new", cls=Command, help="新建主题，继承默认主题。 ¦ Begin a theme that extends the default one.")
@click.argument("name")
@click.pass_context
def new(ctx: click.Context, name: str) -> int:
    """Begin a theme and tell how to go on."""
    from gaisite.scaffold import write_scaffold
    from gaisite.scaffold.themes import lay_out_theme

    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    with problems.gather():
        scaffold = lay_out_theme(project, name, language)
        if write_scaffold(scaffold, problems):
            print_files(scaffold, language)
            chinese, english = f"在 {SETTINGS} 中写 theme: {name}", f"write theme: {name} in {SETTINGS}"
            print_steps(language, say(language, chinese, english), "gaisite serve")
    return finish(problems, project, language)


@theme.command("list", cls=Command, help="列出当前主题的文件。 ¦ List the files of the present theme.")
@click.pass_context
def list_(ctx: click.Context) -> int:
    """List every file with the theme that it is from."""
    from gaisite.read.themes import find_files, find_theme_folders

    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    name = name_theme(project, problems)
    folders = find_theme_folders(name, project, Place(file=SETTINGS), problems) if name else ()
    for path, file in sorted(find_files(folders).items()):
        click.echo(f"{path}  ({next(folder.name for folder in folders if file.is_relative_to(folder))})")
    return finish(problems, project, language)


@theme.command(
    "copy",
    cls=Command,
    help="把主题文件取用到自己的主题中，再修改。 ¦ Take over files of the theme that yours extends, to change them.",
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=complete_theme_files)
@click.pass_context
def copy(ctx: click.Context, files: tuple[str, ...]) -> int:
    """Take over files and remember what they were."""
    from gaisite.scaffold import write_scaffold
    from gaisite.scaffold.themes import copy_files, record_origins

    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    own = open_present_theme(project, problems)
    if own is not None:
        with problems.gather():
            scaffold = copy_files(own, files)
            if write_scaffold(scaffold, problems):
                record_origins(own, files)
                print_files(scaffold, language)
    return finish(problems, project, language)


@theme.command(
    "diff",
    cls=Command,
    help="查看自己的主题文件与原文件的不同，以及原文件此后有无变化。 ¦ "
    "How your files differ from those that they stand for, and whether these have changed since.",
)
@option("--brief", is_flag=True, help="只列文件名。 ¦ Names only.")
@click.pass_context
def diff(ctx: click.Context, /, *, brief: bool) -> int:
    """Show every difference."""
    from gaisite.scaffold.themes import compare_theme

    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    own = open_present_theme(project, problems)
    found = list(compare_theme(own)) if own is not None else []
    for each in found:
        if brief:
            click.echo(each.path)
        elif each.diff:
            click.echo("\n".join(style_line(line) for line in each.diff))
        else:
            chinese, english = "与原文件相同，可以删去。", "is the same as the original and can be deleted."
            click.echo(say(language, f"{each.path} {chinese}", f"{each.path} {english}"))
        if each.changed_since:
            chinese = f"注意：{each.path} 的原文件在取用之后有变化，请对照。"
            english = f"Note: the original of {each.path} has changed since it was taken over."
            click.echo(say(language, chinese, english), err=True)
    if own is not None and not found:
        click.echo(say(language, "没有取用的文件。", "No file stands for another."))
    return finish(problems, project, language)


def open_present_theme(project: Path, problems: Problems) -> "ThemeFolders | None":
    """The portal's theme, where it is the project's own."""
    from gaisite.scaffold.themes import open_own_theme

    name = name_theme(project, problems)
    return open_own_theme(project, name, problems) if name else None


def name_theme(project: Path, problems: Problems) -> str:
    """The theme that the portal asks for; empty where its settings cannot be read."""
    from gaisite.read.settings import read_portal

    with problems.gather():
        portal = read_portal(read_source(project / SETTINGS, project), problems, project)
        return portal.theme if portal is not None else ""
    return ""


def finish(problems: Problems, project: Path, language: str) -> int:
    """Tell what went wrong; the exit status."""
    from gaisite.read.catalogue import read_catalogue

    print_findings(problems.findings, read_catalogue(), project, language, err=True)
    return 1 if problems.findings else 0
