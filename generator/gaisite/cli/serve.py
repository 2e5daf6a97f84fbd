"""`gaisite serve`, also called `gaisite preview`."""

import traceback
import webbrowser
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from gaisite.build import BuildOptions, BuildResult, build_site
from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.console import say
from gaisite.cli.project import count, report_findings, require_project, show_progress
from gaisite.findings import Finding, Problems
from gaisite.read.files import read_source
from gaisite.read.places import SETTINGS, list_theme_roots
from gaisite.read.settings import read_portal

if TYPE_CHECKING:
    from gaisite.serve import CannotListen, Listener, Running


@click.command(
    cls=Command,
    help="生成预览并在浏览器中显示，保存后自动刷新；按 Ctrl-C 结束。 ¦ "
    "Build a preview, show it in the browser and reload it after every save; Ctrl-C ends it.",
)
@option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="GAISITE_SERVE_HOST",
    metavar="HOST",
    help="在这个地址上提供预览；其他地址会让别的电脑也能看到。 ¦ "
    "Serve at this address; any other lets other machines see the preview.",
)
@option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    envvar="GAISITE_SERVE_PORT",
    metavar="PORT",
    help="端口；已被占用时用下一个空闲的。 ¦ The port; where it is taken, the next free one.",
)
@option("--open", "open_browser", is_flag=True, envvar="GAISITE_SERVE_OPEN", help="打开浏览器。 ¦ Open the browser.")
@option("--drafts", is_flag=True, envvar="GAISITE_SERVE_DRAFTS", help="包括草稿。 ¦ Include drafts.")
@option("--strict", is_flag=True, envvar="GAISITE_SERVE_STRICT", help="有警告也视为失败。 ¦ Warnings fail a build too.")
@click.pass_context
def serve(ctx: click.Context, /, host: str, port: int, open_browser: bool, **how: bool) -> int:
    """Preview the project until it is interrupted."""
    project, language = require_project(ctx), find_language(ctx)
    open_url = webbrowser.open if open_browser else None
    try:
        run_preview(ctx, project, host=host, port=port, language=language, open_url=open_url, **how)
    except KeyboardInterrupt:
        click.echo(say(language, "\n预览已结束。", "\nThe preview has ended."))
    return 0


def run_preview(ctx: click.Context, project: Path, **wishes: Any) -> None:
    """Preview a project; a usage error where it cannot listen."""
    # Not before it is wanted: every other command starts sooner without a web server.
    from gaisite.serve import CannotListen, ServeOptions, serve_project

    mount, watched = find_mount(project), list_theme_roots(project)
    options = ServeOptions(project=project, mount=mount, watched=watched, **wishes)
    teller = Teller(project=project, language=options.language)
    try:
        serve_project(options, teller.listener, teller.build)
    except CannotListen as error:
        raise click.UsageError(explain_port(error, options.language), ctx) from error


def find_mount(project: Path) -> str:
    """The path at which the published site will lie; empty where the settings do not tell."""
    problems = Problems()
    with problems.gather():
        portal = read_portal(read_source(project / SETTINGS, project), problems)
        return "" if portal is None else urlsplit(portal.base_url).path
    return ""


@dataclass(slots=True, kw_only=True)
class Teller:
    """Tells on the terminal what the preview does."""

    project: Path
    language: str
    told: tuple[Finding, ...] = ()
    """The findings of the last build: those of a good one are not told twice."""

    @property
    def listener(self) -> "Listener":
        """Itself, as the preview knows it."""
        from gaisite.serve import Listener

        return Listener(running=self.tell_running, built=self.tell_built, crashed=self.tell_crash)

    def build(self, options: BuildOptions) -> BuildResult:
        """Build, with a progress bar where it takes long."""
        with show_progress(self.language) as progress:
            return build_site(replace(options, progress=progress))

    def tell_running(self, running: "Running") -> None:
        """Where to look."""
        if running.asked not in (0, running.port):
            self.tell(
                f"端口 {running.asked} 已被占用，改用 {running.port}。",
                f"Port {running.asked} is taken; {running.port} it is.",
            )
        if running.exposed:
            self.tell(
                "警告：同一网络里的其他电脑也能看到这个预览。",
                "Warning: other machines in this network can see the preview too.",
                err=True,
            )
        self.tell(f"预览在 {running.url} ，按 Ctrl-C 结束。", f"The preview is at {running.url} (Ctrl-C ends it).")

    def tell_built(self, result: BuildResult, seconds: float) -> None:
        """How a build came out."""
        if result.written is None or result.findings != self.told:
            report_findings(result, self.project, self.language, err=True)
        self.told = result.findings
        if result.written is None:
            self.tell(
                "没有更新：预览仍是上一次成功生成的网站，并列出以上问题。",
                "Not updated: the preview stays the last good site, with these findings over it.",
                err=True,
            )
            return
        changed = len(result.written.changed)
        chinese = f"已更新 {changed} 个文件（{seconds:.2f} 秒）。" if changed else "没有变化。"
        english = f"{count(changed, 'file', 'files')} updated in {seconds:.2f} s." if changed else "Nothing changed."
        self.tell(chinese, english)

    def tell_crash(self, error: Exception) -> None:
        """What a build failed with; the traceback is for whoever writes the template, or mends gaisite."""
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        self.tell("生成失败，预览没有更新。", "The build failed; the preview was not updated.", err=True)

    def tell(self, chinese: str, english: str, *, err: bool = False) -> None:
        """Print one of two sentences."""
        click.echo(say(self.language, chinese, english), err=err)


def explain_port(error: "CannotListen", language: str) -> str:
    """Why no port could be had."""
    where = f"{error.host}:{error.port}"
    if error.reason:
        return say(language, f"不能在 {where} 上提供预览：{error.reason}", f"Cannot serve at {where}: {error.reason}")
    chinese = f"{where} 及其后 20 个端口都已被占用。请用 --port 另选一个。"
    return say(language, chinese, f"{where} and the 20 ports after it are taken; choose another with --port.")
