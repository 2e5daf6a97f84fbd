"""`gaisite new DIR`: a portal, empty or with agencies and drafts of their first reports."""

import datetime
from pathlib import Path
from typing import Any

import click

from gaisite.cli.asking import Asker, is_terminal
from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.console import say, show_path
from gaisite.cli.first_files import check_names, print_files, print_steps, quote_word, refuse
from gaisite.cli.project import check_optional_year, check_url
from gaisite.cli.site_questions import EMPTY, SiteWishes, ask_wishes
from gaisite.findings import Problems
from gaisite.scaffold import LANGUAGES, PortalWishes, lay_out_portal, read_kinds, write_scaffold
from gaisite.scaffold.beginnings import Beginning, lay_out_beginning, name_agencies
from gaisite.scaffold.files import find_obstacles

STEPS = ("gaisite serve --drafts --open", "gaisite check --drafts", "gaisite build --strict")
"""What is done with drafts: fill in and look, check, make the site."""


@click.command(
    "site",
    cls=Command,
    help="新建网站；可省略 site。机关和首份报告的草稿可以一并建好；在终端上逐项询问没有写明的。 ¦ "
    "Begin a portal; the word site may be left out. Agencies and drafts of their first reports can come with it; "
    "on a terminal what is not given is asked for.",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@option(
    "--kind",
    type=click.Choice([*read_kinds(), EMPTY]),
    help="office 一个机关；district 一个区县，数据由下级相加；foia 英文的《信息自由法》年报；"
    "empty 空的（不询问时的默认）。 ¦ "
    "office: one office; district: one with agencies below, whose figures are added up; foia: FOIA reports in English; "
    "empty: no agency (where nothing is asked, the default).",
)
@option("--title", default="", callback=check_names, help="网站名称。 ¦ Title of the portal.")
@option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="网页和文件中说明的语言；默认 zh-CN，foia 为 en。 ¦ "
    "Language of the pages, and of the comments in the files; zh-CN by default, en for foia.",
)
@option(
    "--name",
    "names",
    multiple=True,
    callback=check_names,
    help="机关名称，每个机关写一次，district 的第一个是上级。 ¦ "
    "Name of an agency, once for each; of a district the first is the one above.",
)
@option(
    "--folder",
    "folders",
    metavar="FOLDER",
    multiple=True,
    help="机关的文件夹名，也是网址中的名字；顺序同 --name。 ¦ "
    "Folder of an agency, which is also its name in addresses; in the order of --name.",
)
@option(
    "--year",
    default="",
    metavar="YEAR",
    callback=check_optional_year,
    help="第一份报告的年份，默认去年。 ¦ Year of the first reports; otherwise last year.",
)
@option(
    "--base-url",
    metavar="URL",
    default="",
    callback=check_url,
    help="网站发布后的网址。 ¦ Where the site will be published.",
)
@option("--yes", "-y", is_flag=True, help="不询问，没有写明的都用默认。 ¦ Ask nothing; take the defaults.")
@click.pass_context
def new_site(ctx: click.Context, /, folder: Path, base_url: str, yes: bool, **said: Any) -> int:
    """Begin a portal and tell how to go on."""
    root, last_year = (ctx.obj / folder).resolve(), find_last_year()
    wishes = SiteWishes(**{name: value for name, value in said.items() if value is not None})
    refuse_wishes(ctx, wishes)
    if not yes and is_terminal():
        problems = Problems()
        problems.extend(find_obstacles(lay_out_portal(root, PortalWishes())))
        if problems.findings:
            return refuse(problems, root, find_language(ctx))
        wishes = ask(ctx, wishes, last_year)
    portal = PortalWishes(title=wishes.title or wishes.default_title, language=wishes.tongue, base_url=base_url)
    if wishes.beginning is None:
        return begin_empty(ctx, root, portal)
    agencies = name_agencies(wishes.beginning, wishes.names, wishes.folders, portal.language)
    return begin(ctx, root, portal, Beginning(kind=wishes.beginning, agencies=agencies, year=wishes.year or last_year))


def find_last_year() -> int:
    """The year before this one: what the first reports are about, unless somebody says otherwise."""
    return datetime.datetime.now(datetime.UTC).year - 1


def refuse_wishes(ctx: click.Context, wishes: SiteWishes) -> None:
    """A usage error where something is said that the kind has no place for."""
    kind = wishes.beginning
    asked = not wishes.kind and is_terminal()
    if wishes.begins and kind is None and not asked:
        known = ", ".join(read_kinds())
        chinese = f"--name、--folder 和 --year 要与 --kind 同用：{known}"
        raise click.UsageError(
            say(find_language(ctx), chinese, f"--name, --folder and --year need --kind: {known}"), ctx
        )
    if kind is not None and kind.is_single and max(len(wishes.names), len(wishes.folders)) > 1:
        chinese, english = f"--kind {kind.id} 只有一个机关", f"--kind {kind.id} is for one agency only"
        raise click.UsageError(say(find_language(ctx), chinese, english), ctx)


def ask(ctx: click.Context, wishes: SiteWishes, year: int) -> SiteWishes:
    """What is not said, asked for; who gives up is told that nothing was written."""
    language = find_language(ctx)
    try:
        asked = ask_wishes(wishes, Asker(language), year)
    except (click.Abort, KeyboardInterrupt):
        click.echo(say(language, "\n没有写入任何文件。", "\nNothing was written."), err=True)
        raise
    refuse_wishes(ctx, asked)
    return asked


def begin_empty(ctx: click.Context, root: Path, portal: PortalWishes) -> int:
    """Write a portal without agencies; the exit status."""
    language, problems, scaffold = find_language(ctx), Problems(), lay_out_portal(root, portal)
    if not write_scaffold(scaffold, problems):
        return refuse(problems, root, language)
    print_files(scaffold, language)
    print_steps(language, *enter(root), f"gaisite new agency {say(language, '文件夹名', 'FOLDER')}")
    return 0


def begin(ctx: click.Context, root: Path, portal: PortalWishes, beginning: Beginning) -> int:
    """Write a portal with agencies and drafts of their reports; the exit status."""
    language, problems = find_language(ctx), Problems()
    with problems.gather():
        if write_scaffold(lay_out_beginning(root, portal, beginning), problems):
            describe(root, beginning, language)
            return 0
    return refuse(problems, root, language)


def describe(root: Path, beginning: Beginning, language: str) -> None:
    """Print what there is now, and what to do with it."""
    above = beginning.agencies[0] if beginning.kind.nested else None
    click.echo(say(language, f"已新建 {show_path(root)}：", f"New in {show_path(root)}:"))
    for path, label in (("content/site.yaml", say(language, "网站设置", "settings")), ("README.txt", "")):
        click.echo(f"  {path}  {label}".rstrip())
    for agency in beginning.agencies:
        chinese, english = f"{beginning.year} 年报告的草稿", f"draft of the report for {beginning.year}"
        if agency is above:
            chinese, english = f"{chinese}，数字由下级相加", f"{english}, added up from those below"
        folder = f"content/{agency.id}/{beginning.year}/"
        click.echo(f"  {folder}  {say(language, f'{agency.name}：{chinese}', f'{agency.name}: {english}')}")
    chinese = "填写 figures.yaml，撰写 report.md；草稿不公布，写好后删去 report.md 中的 draft: true。"
    english = (
        "Fill in figures.yaml and write report.md. A draft is not published: take draft: true out of report.md when "
    )
    english += "it is ready."
    click.echo(say(language, chinese, english))
    print_steps(
        language, *enter(root), "gaisite serve --drafts --open", "gaisite check --drafts", "gaisite build --strict"
    )


def enter(root: Path) -> list[str]:
    """The command to go into a folder, where one is not in it."""
    return [] if root == Path.cwd() else [f"cd {quote_word(show_path(root))}"]
