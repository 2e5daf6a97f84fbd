"""`gaisite check`."""

from dataclasses import replace

import click

from gaisite.build import BuildOptions, BuildResult, check_site
from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.console import say
from gaisite.cli.fixing import offer_fixes
from gaisite.cli.project import report_findings, require_project, show_progress, stops, summarise
from gaisite.cli.reports import WRITERS, CheckReport

TEXT = "text"


@click.command(
    cls=Command,
    help="读取并检查全部内容，不写任何文件。 ¦ Read and check everything; write nothing.",
)
@option("--strict", is_flag=True, help="有警告也视为失败。 ¦ Warnings fail the check too.")
@option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    help="同时使用的进程数，默认为处理器数。 ¦ How many processes to use at once; as many as processors by default.",
)
@option("--drafts", is_flag=True, help="包括草稿。 ¦ Include drafts.")
@option(
    "--format",
    "document",
    type=click.Choice([TEXT, *WRITERS]),
    default=TEXT,
    show_default=True,
    help="输出的格式；除 text 外供其他程序读取，见 docs/output.md。 ¦ "
    "How to tell it; all but text are for other programs, see docs/output.md.",
)
@option(
    "--fix",
    is_flag=True,
    help="把正文中有把握的数字改写成与表格关联的 [[…]]：先显示改动，确认后写入。 ¦ "
    "Bind the numbers of narratives that are certain, as [[…]]: shows the changes first, and asks.",
)
@option("--yes", is_flag=True, help="与 --fix 同用：不再询问。 ¦ With --fix: do not ask.")
@click.pass_context
def check(ctx: click.Context, strict: bool, jobs: int | None, drafts: bool, document: str, fix: bool, yes: bool) -> int:
    """Check the content and tell what was found."""
    project, language = require_project(ctx), find_language(ctx)
    check_options(ctx, document, fix=fix, yes=yes)
    options = BuildOptions(project=project, strict=strict, jobs=jobs or 0, drafts=drafts)
    result = run_check(options, language)
    if fix and offer_fixes(result, project, language, yes=yes):
        result = run_check(options, language)
    failed = stops(result, strict)
    if document == TEXT:
        report_findings(result, project, language, err=False)
    else:
        print_document(document, CheckReport(result=result, project=project, language=language, failed=failed))
    click.echo(summarise(result, language), err=document != TEXT)
    return 1 if failed else 0


def check_options(ctx: click.Context, document: str, *, fix: bool, yes: bool) -> None:
    """A usage error for options that do not go together."""
    if fix and document != TEXT:
        chinese, english = "--fix 不能与 --format 同用", "--fix and --format do not go together"
        raise click.UsageError(say(find_language(ctx), chinese, english), ctx)
    if yes and not fix:
        raise click.UsageError(say(find_language(ctx), "--yes 要与 --fix 同用", "--yes goes with --fix"), ctx)


def run_check(options: BuildOptions, language: str) -> BuildResult:
    """What is found, with a progress bar where that takes its time."""
    with show_progress(language) as progress:
        return check_site(replace(options, progress=progress))


def print_document(document: str, report: CheckReport) -> None:
    """Print the findings for a program: in UTF-8, whatever the terminal speaks."""
    click.echo(WRITERS[document](report).encode(), nl=False)
