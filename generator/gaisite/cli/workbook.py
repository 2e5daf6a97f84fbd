"""`gaisite workbook`."""

from importlib.util import find_spec
from pathlib import Path

import click

from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.completing import complete_agencies, complete_forms, complete_next_years
from gaisite.cli.console import print_findings, say
from gaisite.cli.export import write
from gaisite.cli.project import require_project
from gaisite.findings import Problems
from gaisite.read.folders import name_agency


@click.command(
    cls=Command,
    help="写一个供填写的 Excel 文件：版式与法定表格相同，合计自动计算，核对不符变红；填好后用 gaisite import 导入。"
    " ¦ Write an Excel file to fill in: the layout of the statutory tables, sums that compute themselves, red where "
    "checks fail. gaisite import reads it back.",
)
@click.argument("agency", metavar="AGENCY", shell_complete=complete_agencies)
@click.argument("year", metavar="YEAR", type=click.IntRange(min=1), shell_complete=complete_next_years)
@option(
    "--form",
    default="",
    metavar="FORM",
    shell_complete=complete_forms,
    help="表格格式，默认为该年度的。 ¦ The form; by default that of the year.",
)
@option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="写到这个文件，默认为当前文件夹中的“机构-年份.xlsx”。 ¦ Write to this file; by default AGENCY-YEAR.xlsx here.",
)
@option(
    "--force",
    is_flag=True,
    help="文件已存在且内容不同时也覆盖。 ¦ Overwrite a file that is there and says something else.",
)
@click.pass_context
def workbook(ctx: click.Context, agency: str, year: int, form: str, output: Path | None, force: bool) -> int:
    """Write a workbook and tell what came of it."""
    from gaisite.read.catalogue import read_catalogue
    from gaisite.scaffold import ReportWishes, lay_out_workbook, read_ground

    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    if find_spec("xlsxwriter") is None:
        chinese = "写 Excel 文件需要附加组件 gaisite[office]，请运行 pip install 'gaisite[office]'。"
        english = "Writing Excel files takes the extra gaisite[office]: run pip install 'gaisite[office]'."
        raise click.UsageError(say(language, chinese, english), ctx)
    agency, content = name_agency(agency), None
    with problems.gather():
        ground = read_ground(project, problems)
        if ground is not None and not problems.findings:
            content = lay_out_workbook(ground, ReportWishes(agency=agency, year=year, form=form), problems)
    print_findings(problems.findings, read_catalogue(), project, language, err=True)
    if content is None:
        click.echo(say(language, "没有写文件。", "Nothing was written."), err=True)
        return 1
    path: Path = ctx.obj / (output or f"{agency.replace('/', '-')}-{year}.xlsx")
    click.echo(write(ctx, path, content, force=force))
    return 0
