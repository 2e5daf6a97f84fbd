"""What several commands share: finding the project, telling what came of a build."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaisite.cli.bilingual import find_language
from gaisite.cli.console import say
from gaisite.findings import Problems, Severity
from gaisite.read.files import read_source
from gaisite.read.places import SETTINGS, find_project

if TYPE_CHECKING:
    from gaisite.build import BuildResult
    from gaisite.model.portal import Portal

SOON = 2.0
"""Seconds after which a build is long enough for a progress bar."""

ProgressCall = Callable[[int, int, str], None]


def require_project(ctx: click.Context) -> Path:
    """The project of a run; a usage error where there is none."""
    start: Path = ctx.obj
    project = find_project(start)
    if project is None:
        language = find_language(ctx)
        chinese = f"{start} 及其上级都没有 content/site.yaml。要新建网站，请运行 gaisite new 文件夹"
        english = f"Neither {start} nor a folder above it has content/site.yaml. To begin: gaisite new DIR"
        raise click.UsageError(say(language, chinese, english), ctx)
    return project


def read_settings(project: Path) -> "Portal | None":
    """What site.yaml says; None where it cannot be read: what is wrong in it, `check` tells."""
    from gaisite.read.settings import read_portal

    problems = Problems()
    with problems.gather():
        return read_portal(read_source(project / SETTINGS, project), problems, project)
    return None


def check_url(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """An address with a final slash; a usage error for anything else."""
    url = value if not value or value.endswith("/") else f"{value}/"
    if url and not is_address(url):
        example = "https://www.example.gov.cn/zwgk/nb/"
        chinese, english = f"“{value}”不是网址，应写成 {example} 的样子", f"“{value}” is no address like {example}"
        raise click.BadParameter(say(find_language(ctx), chinese, english), ctx, param)
    return url


def check_year(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A year; a usage error for anything else."""
    from gaisite.read.folders import YEAR

    if not YEAR.fullmatch(value):
        message = say(find_language(ctx), f"“{value}”不是四位数的年份", f"“{value}” is no year of four digits")
        raise click.BadParameter(message, ctx, param)
    return int(value)


def check_optional_year(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """A year, or 0 where none is given; a usage error for anything else."""
    return check_year(ctx, param, value) if value else 0


def is_address(url: str) -> bool:
    """Whether this may be an address of the site."""
    from gaisite.read.settings import is_base_url

    return is_base_url(url)


def stops(result: "BuildResult", strict: bool) -> bool:
    """Whether the findings make the command fail."""
    return bool(result.count(Severity.ERROR) or (strict and result.count(Severity.WARNING)))


def report_findings(result: "BuildResult", project: Path, language: str, *, err: bool, informs: bool = True) -> None:
    """Print the findings of a run; without `informs` only errors and warnings."""
    from gaisite.cli.console import print_findings

    severity_of = result.catalogue.severity_of
    told = [each for each in result.findings if informs or severity_of(each) is not Severity.INFORMATION]
    print_findings(told, result.catalogue, project, language, err=err)


def summarise(result: "BuildResult", language: str) -> str:
    """How many agencies and reports were checked, and how it came out."""
    errors, warnings = result.count(Severity.ERROR), result.count(Severity.WARNING)
    chinese = f"共 {result.agencies} 个机关、{result.reports} 份报告：{errors} 个错误，{warnings} 个警告"
    english = f"{count(result.agencies, 'agency', 'agencies')}, {count(result.reports, 'report', 'reports')}: "
    english += f"{count(errors, 'error', 'errors')}, {count(warnings, 'warning', 'warnings')}"
    informations = result.count(Severity.INFORMATION)
    if informations:
        chinese += f"，{informations} 条提示"
        english += f", {count(informations, 'piece', 'pieces')} of information"
    if result.acknowledged:
        chinese += f"，{result.acknowledged} 处不符已作说明"
        english += f", {count(result.acknowledged, 'acknowledged failure', 'acknowledged failures')}"
    return say(language, chinese + "。", english + ".")


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many}"


@contextmanager
def show_progress(language: str) -> Iterator[ProgressCall]:
    """A progress bar on a terminal, once the work proves to be long; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total, agency: None
        return
    bar = ProgressBar(say(language, "生成", "Building"))
    try:
        yield bar.advance
    finally:
        bar.close()


class ProgressBar:
    """A bar that appears when the work has taken two seconds: short builds stay quiet."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.begun = time.monotonic()
        self.close: Callable[[], None] = lambda: None
        self.update: Callable[[int, int], None] | None = None

    def advance(self, done: int, total: int, agency: str) -> None:
        """Show how far the work is."""
        if self.update is None and time.monotonic() - self.begun > SOON:
            self.open()
        if self.update is not None:
            self.update(done, total)

    def open(self) -> None:
        """Put the bar on the screen."""
        from rich.console import Console
        from rich.progress import Progress

        progress = Progress(console=Console(stderr=True), transient=True)
        task = progress.add_task(self.label)
        progress.start()
        self.update = lambda done, total: progress.update(task, completed=done, total=total)
        self.close = progress.stop
