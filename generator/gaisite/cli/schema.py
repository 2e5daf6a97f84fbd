"""`gaisite schema`."""

from pathlib import Path

import click

from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.completing import complete_forms
from gaisite.cli.console import say
from gaisite.read.fields import nearest
from gaisite.read.places import find_project


@click.command(
    cls=Command,
    help="写出某种格式的 figures.yaml 的 JSON Schema，编辑器据此补全和检查。 ¦ "
    "Write a form's JSON Schema of figures.yaml, with which an editor completes and checks it.",
)
@click.argument("form_id", metavar="FORM", shell_complete=complete_forms)
@option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="写到这个文件，默认为标准输出。 ¦ Write to this file instead of standard output.",
)
@click.pass_context
def schema(ctx: click.Context, form_id: str, output: Path | None) -> None:
    """Print the schema, or write it to a file."""
    from gaisite.cli.known_checks import read_known_forms
    from gaisite.cli.reports import dump
    from gaisite.read.figures_schema import write_schema

    forms, language = read_known_forms(find_project(ctx.obj)), find_language(ctx)
    if form_id not in forms:
        near, known = nearest(form_id, forms), ", ".join(forms)
        chinese = f"没有“{form_id}”这种格式。" + (f"是不是 {near}？" if near else f"可用的格式：{known}。")
        english = f"There is no form “{form_id}”. " + (f"Did you mean {near}?" if near else f"Known forms: {known}.")
        raise click.UsageError(say(language, chinese, english), ctx)
    document = dump(write_schema(forms[form_id])).encode()
    if output is None:
        click.echo(document, nl=False)
        return
    try:
        (ctx.obj / output).write_bytes(document)
    except OSError as error:
        reason = error.strerror or str(error)
        message = say(language, f"不能写 {output}：{reason}。", f"{output} cannot be written: {reason}.")
        raise click.UsageError(message, ctx) from None
