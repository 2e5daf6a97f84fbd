"""`gaisite export`."""

from pathlib import Path

import click

from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.completing import complete_agencies, complete_years
from gaisite.cli.console import print_findings, say
from gaisite.cli.project import require_project
from gaisite.model.downloads import Format
from gaisite.read.folders import name_agency

FORMATS = {"docx": Format.DOCX, "pdf": Format.PDF}


@click.command(
    cls=Command,
    help="把一份报告（草稿也可）写成 Word 或 PDF 文件，不生成网站；报告有错误时不写。 ¦ "
    "Write one report, a draft too, as a Word or PDF file; no site is made, and nothing written where it has errors.",
)
@click.argument("agency", metavar="AGENCY", shell_complete=complete_agencies)
@click.argument("year", metavar="YEAR", type=click.IntRange(min=1), shell_complete=complete_years)
@option(
    "--format",
    "format_name",
    type=click.Choice(tuple(FORMATS)),
    help="文件格式，默认看 FILE 的扩展名，否则为 docx。 ¦ The format; by default that of FILE's ending, or else docx.",
)
@option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="写到这个文件，默认为当前文件夹中的“机构-年份”。 ¦ Write to this file; by default AGENCY-YEAR in this folder.",
)
@option(
    "--force",
    is_flag=True,
    help="文件已存在且内容不同时也覆盖。 ¦ Overwrite a file that is there and says something else.",
)
@click.pass_context
def export(
    ctx: click.Context, agency: str, year: int, format_name: str | None, output: Path | None, force: bool
) -> int:
    """Write a report as a document and tell what came of it."""
    from gaisite.build.documents import DocumentWishes, UnknownReport, build_document

    project, language = require_project(ctx), find_language(ctx)
    agency = name_agency(agency)
    form = choose_format(ctx, format_name, output)
    path: Path = ctx.obj / (output or f"{agency.replace('/', '-')}-{year}.{form}")
    try:
        result = build_document(DocumentWishes(project=project, agency=agency, year=year, format=form))
    except UnknownReport as error:
        raise click.UsageError(refuse_report(error.name, error.near, language), ctx) from None
    print_findings(result.findings, result.catalogue, project, language, err=True)
    if result.content is None:
        click.echo(say(language, "没有写文件。", "Nothing was written."), err=True)
        return 1
    click.echo(write(ctx, path, result.content, force=force))
    return 0


def choose_format(ctx: click.Context, name: str | None, output: Path | None) -> Format:
    """The format that is asked for; a usage error where its extra is missing, or where FILE ends otherwise."""
    from gaisite.export.files import find_missing_extra

    ending, language = output.suffix.lower().removeprefix(".") if output else "", find_language(ctx)
    if ending and ending not in FORMATS and name is None:
        chinese = f"不知道 {output} 该用哪种格式，请写 --format docx 或 --format pdf。"
        english = f"Which format {output} should have is not known: give --format docx or --format pdf."
        raise click.UsageError(say(language, chinese, english), ctx)
    form = FORMATS[name or ending or "docx"]
    if extra := find_missing_extra(form):
        chinese = f"写 {form} 文件需要附加组件 gaisite[{extra}]，请运行 pip install 'gaisite[{extra}]'。"
        english = f"Writing {form} files takes the extra gaisite[{extra}]: run pip install 'gaisite[{extra}]'."
        raise click.UsageError(say(language, chinese, english), ctx)
    return form


def refuse_report(name: str, near: str, language: str) -> str:
    """That there is no such report, and which may be meant."""
    chinese = f"没有“{name}”这份报告。" + (f"是不是 {near}？" if near else "")
    english = f"There is no report “{name}”." + (f" Did you mean {near}?" if near else "")
    return say(language, chinese, english)


def write(ctx: click.Context, path: Path, content: bytes, *, force: bool) -> str:
    """Write the file, and the sentence that says so; a usage error where it may not or cannot be written."""
    from gaisite.write.whole import replace_file

    language = find_language(ctx)
    try:
        present = path.read_bytes() if path.exists() else None
        if present == content:
            return say(language, f"{path.name} 未变。", f"{path.name} is unchanged.")
        if present is not None and not force:
            chinese = f"{path} 已存在，内容不同：要覆盖请加 --force，或用 -o 写到别的文件。"
            english = f"{path} is there and says something else: overwrite it with --force, or name another with -o."
            raise click.UsageError(say(language, chinese, english), ctx)
        replace_file(path, content)
    except OSError as error:
        reason = error.strerror or str(error)
        message = say(language, f"不能写 {path}：{reason}。", f"{path} cannot be written: {reason}.")
        raise click.UsageError(message, ctx) from None
    return say(language, f"已写 {path}。", f"Wrote {path}.")
