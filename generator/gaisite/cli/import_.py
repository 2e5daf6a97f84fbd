"""`gaisite import`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaisite.cli.asking import is_terminal
from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.completing import complete_agencies, complete_forms, complete_next_years
from gaisite.cli.console import print_findings, say
from gaisite.cli.fixing import style_line
from gaisite.cli.project import check_optional_year, count, require_project
from gaisite.findings import Problems
from gaisite.model.tables import Address, Axis
from gaisite.read.folders import name_agency

if TYPE_CHECKING:
    from gaisite.imports import Batch, Imported
    from gaisite.imports.layout import TableLayout
    from gaisite.scaffold import Ground


@click.command(
    "import",
    cls=Command,
    help="从 Word、Excel、网页或文本文件导入报告；不能确定的数留空并说明，从不猜测。 ¦ "
    "Import reports from Word, Excel, web page or text files; what cannot be decided is left blank and told, "
    "never guessed.",
)
@click.argument(
    "files", metavar="FILE|FOLDER...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@option(
    "--agency",
    metavar="PATH",
    shell_complete=complete_agencies,
    default="",
    help="机关；不写则从文件名、标题中找。 ¦ The agency; else as name or title say.",
)
@option(
    "--year",
    default="",
    shell_complete=complete_next_years,
    callback=check_optional_year,
    help="年份；不写则从文件名、标题中找。 ¦ The year; else as name or title say.",
)
@option(
    "--form",
    metavar="FORM",
    shell_complete=complete_forms,
    default="",
    help="格式；不写则按项目名称识别。 ¦ The form; else the one whose labels it has.",
)
@option(
    "--labels",
    is_flag=True,
    help="行和列用官方名称，不用标识。 ¦ Call rows and columns by official labels, not by ids.",
)
@option("--dry-run", is_flag=True, help="只显示读到的数，不写文件。 ¦ Show what was read; write nothing.")
@option("--yes", is_flag=True, help="改动已有的报告时不再询问。 ¦ Change a report that is there without asking.")
@click.pass_context
def import_(ctx: click.Context, /, files: tuple[Path, ...], **options: object) -> int:
    """Import reports and tell what came of it."""
    from gaisite.imports import BatchWishes, import_batch
    from gaisite.read.catalogue import read_catalogue
    from gaisite.scaffold import read_ground

    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    ground = read_ground(project, problems)
    if ground is None:
        print_findings(problems.findings, read_catalogue(), project, language, err=True)
        return 1
    wishes = BatchWishes(
        paths=files,
        agency=name_agency(str(options["agency"])),
        year=int(str(options["year"])),
        form=check_form(ctx, ground, str(options["form"])),
        labels=bool(options["labels"]),
    )
    batch = import_batch(ground, wishes, problems)
    problems.extend(failure.finding for failure in batch.failures)
    dry = bool(options["dry_run"])
    saved = [report for report in batch.reports if handle_report(ctx, ground, report, options, problems)]
    print_findings(problems.findings, read_catalogue(), project, language, err=True)
    for line in summarise(batch, saved, language, dry=dry):
        click.echo(line)
    return 1 if problems.findings or (len(saved) < len(batch.reports) and not dry) else 0


def check_form(ctx: click.Context, ground: "Ground", form: str) -> str:
    """A form that there is, or none; a usage error for any other."""
    if form and form not in ground.forms:
        known = ", ".join(ground.forms)
        chinese, english = f"没有格式“{form}”；有：{known}", f"There is no form “{form}”; known: {known}"
        raise click.UsageError(say(find_language(ctx), chinese, english), ctx)
    return form


def handle_report(
    ctx: click.Context, ground: "Ground", report: "Imported", options: Mapping[str, object], problems: Problems
) -> bool:
    """Tell of one report and keep it, where that is wanted; whether it was kept."""
    from gaisite.imports import save_report
    from gaisite.read.catalogue import read_catalogue
    from gaisite.scaffold import is_unfilled

    language, project = find_language(ctx), ground.project
    print_findings(report.findings, read_catalogue(), project, language, err=True, most=None)
    if options["dry_run"]:
        click.echo("\n".join(show_figures(report, language)))
        return False
    unfilled = is_unfilled(ground, report.agency, report.year)
    if not unfilled and not wants_saving(project, report, language, yes=bool(options["yes"])):
        return False
    before = len(problems.findings)
    with problems.gather():
        save_report(project, report)
    return len(problems.findings) == before


def wants_saving(project: Path, report: "Imported", language: str, *, yes: bool) -> bool:
    """Whether to write: at once where nothing changes, else as the option or the answer on a terminal says."""
    from gaisite.imports import list_changes

    changes = list_changes(project, report)
    if not changes:
        return True
    for line in (line for change in changes if not change.name.endswith(".json") for line in change.diff()):
        click.echo(style_line(line))
    if yes:
        return True
    where = name_folder(report)
    if is_terminal():
        question = say(language, f"改动已有的 {where}？", f"Change {where}, which is there already?")
        return click.confirm(question, default=False)
    chinese = f"{where} 已经存在，没有改动；要改动请加 --yes。"
    english = f"{where} is there already and was left; add --yes to change it."
    click.echo(say(language, chinese, english))
    return False


def name_folder(report: "Imported") -> str:
    """Where a report lies."""
    return f"content/{report.agency}/{report.year}"


def show_figures(report: "Imported", language: str) -> Iterator[str]:
    """What was read, table by table, one line a row: `?` is undecided, `·` blank."""
    yield f"{report.document.name} → {name_folder(report)} ({report.layout.form.id})"
    local = {f"{each.host}.{each.key}": each.label for each in report.read.local_rows}
    for layout in report.layout.tables:
        rows = [row for row in report.read.rows if row.table == layout.table.id]
        if rows:
            yield f"  {layout.table.caption.within(language)}"
        for row in rows:
            line = layout.table.find(Axis.ROWS, row.row)
            label = line.label.within(language) if line is not None else local.get(row.row, row.row)
            yield f"    {label}: {'  '.join(show_cells(report, layout, row))}"


def show_cells(report: "Imported", layout: "TableLayout", row: Address) -> Iterator[str]:
    """The figures of a row."""
    for column in layout.columns:
        cell = report.read.readings[Address(table=row.table, row=row.row, column=column.id)]
        yield "?" if cell.doubt else cell.text or "·"


def summarise(batch: "Batch", saved: "Sequence[Imported]", language: str, *, dry: bool) -> Iterator[str]:
    """How it came out: each report, then how many were read, are doubtful, failed."""
    for report in batch.reports:
        chinese = f"{report.document.name} → {name_folder(report)}：{report.figures} 个数，{report.doubtful} 格存疑"
        english = f"{report.document.name} → {name_folder(report)}: {count(report.figures, 'figure', 'figures')}, "
        yield say(language, chinese, f"{english}{report.doubtful} undecided")
    doubtful = sum(bool(report.doubtful) for report in batch.reports)
    read, failed = len(batch.reports), len(batch.failures)
    chinese = f"读出 {read} 份报告，其中 {doubtful} 份有存疑的格（已留空）；{failed} 个文件没有读出。"
    english = (
        f"{count(read, 'report', 'reports')} read, {doubtful} of them with cells that are undecided and left blank; "
    )
    yield say(language, chinese, f"{english}{count(failed, 'file', 'files')} not read.")
    if dry or not saved:
        yield say(language, "没有写入任何文件。", "Nothing was written.")
    else:
        yield say(
            language, "请对照原件核对，再运行 gaisite check。", "Compare with the originals, then run gaisite check."
        )
