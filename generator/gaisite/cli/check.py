"""`gaisite check`."""

import click

from gaisite.build import BuildOptions, check_site
from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.project import report_findings, require_project, show_progress, stops, summarise


@click.command(
    cls=Command,
    help="读取并检查全部内容，不写任何文件。 ¦ Read and check everything; write nothing.",
)
@option("--strict", is_flag=True, help="有警告也视为失败。 ¦ Warnings fail the check too.")
@option("--drafts", is_flag=True, help="包括草稿。 ¦ Include drafts.")
@click.pass_context
def check(ctx: click.Context, strict: bool, drafts: bool) -> int:
    """Check the content and tell what was found."""
    project, language = require_project(ctx), find_language(ctx)
    with show_progress(language) as progress:
        result = check_site(BuildOptions(project=project, strict=strict, drafts=drafts, progress=progress))
    report_findings(result, project, language, err=False)
    click.echo(summarise(result, language))
    return 1 if stops(result, strict) else 0
