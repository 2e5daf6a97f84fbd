"""`gaisite check`."""

import click

from gaisite.build import BuildOptions, check_site
from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.project import report_findings, require_project, show_progress, stops, summarise
from gaisite.cli.reports import WRITERS, CheckReport

TEXT = "text"


@click.command(
    cls=Command,
    help="读取并检查全部内容，不写任何文件。 ¦ Read and check everything; write nothing.",
)
@option("--strict", is_flag=True, help="有警告也视为失败。 ¦ Warnings fail the check too.")
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
@click.pass_context
def check(ctx: click.Context, strict: bool, drafts: bool, document: str) -> int:
    """Check the content and tell what was found."""
    project, language = require_project(ctx), find_language(ctx)
    with show_progress(language) as progress:
        result = check_site(BuildOptions(project=project, strict=strict, drafts=drafts, progress=progress))
    failed = stops(result, strict)
    if document == TEXT:
        report_findings(result, project, language, err=False)
    else:
        print_document(document, CheckReport(result=result, project=project, language=language, failed=failed))
    click.echo(summarise(result, language), err=document != TEXT)
    return 1 if failed else 0


def print_document(document: str, report: CheckReport) -> None:
    """Print the findings for a program: in UTF-8, whatever the terminal speaks."""
    click.echo(WRITERS[document](report).encode(), nl=False)
