"""`gaisite record`."""

from typing import TYPE_CHECKING

import click

from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.completing import complete_reports
from gaisite.cli.console import print_findings, say
from gaisite.cli.project import count, require_project
from gaisite.read.fields import is_date
from gaisite.read.folders import name_agency

if TYPE_CHECKING:
    from gaisite.publish.records import Recorded


def check_date(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """A day; a usage error for anything else."""
    if value and not is_date(value):
        chinese, english = f"“{value}”不是 2022-01-20 这样的日期", f"“{value}” is no date like 2022-01-20"
        raise click.BadParameter(say(find_language(ctx), chinese, english), ctx, param)
    return value


@click.command(
    cls=Command,
    help="把已公布的数据记入 published.json，此后改动须写更正说明；不写对象则记录全部报告，草稿除外。 ¦ "
    "Record in published.json what was published: later changes then need a correction. Without a target, all "
    "reports but drafts.",
)
@click.argument("targets", metavar="[AGENCY | AGENCY/YEAR]...", nargs=-1, shell_complete=complete_reports)
@option(
    "--date",
    metavar="YYYY-MM-DD",
    default="",
    callback=check_date,
    help="公布日期，用于没有写明公开日期的报告。 ¦ The day of publication, for reports that do not state it.",
)
@click.pass_context
def record(ctx: click.Context, targets: tuple[str, ...], date: str) -> int:
    """Record what was published and tell what came of it."""
    from gaisite.publish.records import RecordWishes, UnknownTarget, record_reports

    project, language = require_project(ctx), find_language(ctx)
    names = tuple(name_agency(target) for target in targets)
    try:
        recorded = record_reports(RecordWishes(project=project, targets=names, date=date))
    except UnknownTarget as error:
        chinese = f"没有“{error.target}”这个机关或报告。" + (f"是不是 {error.near}？" if error.near else "")
        english = f"There is no agency or report “{error.target}”."
        english += f" Did you mean {error.near}?" if error.near else ""
        raise click.UsageError(say(language, chinese, english), ctx) from None
    print_findings(recorded.findings, recorded.result.catalogue, project, language, err=True)
    click.echo(describe_outcome(recorded, language), err=bool(recorded.findings))
    return 1 if recorded.findings else 0


def describe_outcome(recorded: "Recorded", language: str) -> str:
    """What was recorded."""
    if not recorded.written:
        if recorded.findings:
            return say(language, "没有记录。", "Nothing was recorded.")
        return say(language, "没有新的内容要记录。", "There was nothing new to record.")
    names = ", ".join(recorded.written)
    chinese = f"已记录 {len(recorded.written)} 份报告：{names}；未变 {recorded.unchanged} 份。"
    english = f"Recorded {count(len(recorded.written), 'report', 'reports')}: {names}; {recorded.unchanged} unchanged."
    return say(language, chinese, english)
