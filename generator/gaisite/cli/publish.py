"""`gaisite publish`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.completing import complete_targets
from gaisite.cli.console import print_findings, say
from gaisite.cli.project import ProgressBar, ProgressCall, check_url, count, report_findings, require_project
from gaisite.findings import Problems
from gaisite.read.fields import nearest
from gaisite.read.files import read_source

if TYPE_CHECKING:
    from gaisite.model.targets import Target
    from gaisite.publish.publishing import Publication

SERVERS = ("nginx", "apache", "iis", "headers")
"""Web servers whose settings can be printed; `headers` is the file `_headers` of Netlify and Cloudflare Pages."""


@click.command(
    cls=Command,
    help="把生成的网站发布到 site.yaml 中 publish 下的目标：只上传有变化的文件，只删除 gaisite 放上去的文件。"
    "只有一个目标时可以不写；也可以直接写网址。 ¦ "
    "Carry the built site over to a target under publish in site.yaml: only what has changed is sent, only what "
    "gaisite put there is deleted. A single target need not be named; a URL may be given instead.",
)
@click.argument("target", metavar="[TARGET | URL]", required=False, shell_complete=complete_targets)
@option("--build", is_flag=True, help="先生成网站。 ¦ Build the site first.")
@option("--dry-run", "-n", is_flag=True, help="只列出要做什么，什么都不改。 ¦ Tell what would be done; touch nothing.")
@option("--strict", is_flag=True, help="有警告就不发布。 ¦ Warnings forbid it too.")
@option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="网站所在的文件夹，默认为项目中的 site/。 ¦ Where the site was built, if not in the project's site/.",
)
@option(
    "--base-url",
    metavar="URL",
    callback=check_url,
    help="网站的网址，与生成时相同。 ¦ Where the site will lie, as it was said for the build.",
)
@option("--allow-delete", is_flag=True, help="允许删除很多文件。 ¦ Let many files be deleted.")
@option("--force", is_flag=True, help="允许覆盖不是 gaisite 发布的文件。 ¦ Over files that gaisite did not publish.")
@option("--break-lock", is_flag=True, help="不管别人留下的锁。 ¦ Though another publisher has left its lock.")
@option(
    "--server-settings",
    type=click.Choice(SERVERS),
    help="只打印这种服务器的设置：响应头、媒体类型、缓存、404 页。 ¦ "
    "Only print settings for such a server: headers, media types, caching, the 404 page.",
)
@click.pass_context
def publish(
    ctx: click.Context,
    target: str | None,
    build: bool,
    dry_run: bool,
    strict: bool,
    output: Path | None,
    base_url: str | None,
    allow_delete: bool,
    force: bool,
    break_lock: bool,
    server_settings: str | None,
) -> int:
    """Publish and tell what came of it."""
    from gaisite.publish.execution import Manner
    from gaisite.publish.publishing import Wishes, publish_site

    project, language = require_project(ctx), find_language(ctx)
    if build and dry_run:
        message = say(language, "--build 和 --dry-run 不能同时使用。", "--build and --dry-run exclude each other.")
        raise click.UsageError(message, ctx)
    if server_settings:
        return print_settings(project, language, server_settings, base_url)
    chosen = choose_target(ctx, project, target)
    if chosen is None:
        return 1
    with show_uploads(language) as progress:
        publication = publish_site(
            Wishes(
                project=project,
                target=chosen,
                output=ctx.obj / output if output else None,
                build=build,
                strict=strict,
                base_url=base_url,
                dry_run=dry_run,
                allow_delete=allow_delete,
                force=force,
                break_lock=break_lock,
                manner=Manner(progress=progress),
            )
        )
    report_findings(publication.result, project, language, err=True, informs=False)
    print_findings(publication.findings, publication.result.catalogue, project, language, err=True)
    if dry_run and publication.plan is not None and not publication.findings:
        print_plan(publication, language)
        return 0
    click.echo(describe_outcome(publication, chosen, language), err=not publication.finished)
    return tell_status(publication)


def print_settings(project: Path, language: str, server: str, base_url: str | None) -> int:
    """Print the settings for a web server, for where the site lies on it."""
    from gaisite.publish.hosting import write_settings
    from gaisite.read.catalogue import read_catalogue
    from gaisite.read.settings import read_portal

    problems = Problems()
    with problems.gather():
        portal = read_portal(read_source(project / "content" / "site.yaml", project), problems, project)
        if portal is not None:
            base = urlsplit(base_url or portal.base_url).path or "/"
            click.echo(write_settings(server, base, search=bool(portal.search)), nl=False)
            return 0
    print_findings(problems.findings, read_catalogue(), project, language, err=True)
    return 1


def choose_target(ctx: click.Context, project: Path, name: str | None) -> "Target | None":
    """The target to publish to; None where its settings are wrong, which is told; a usage error where there is none."""
    from gaisite.read.catalogue import read_catalogue
    from gaisite.read.settings import read_portal
    from gaisite.read.targets import find_target

    language, problems = find_language(ctx), Problems()
    portal = None
    with problems.gather():
        portal = read_portal(read_source(project / "content" / "site.yaml", project), problems, project)
    targets = portal.targets if portal else ()
    broken = [each for each in problems.findings if each.check.startswith(("target-", "base-url"))]
    chosen = find_target(targets, name, problems) if name else targets[0] if len(targets) == 1 else None
    if chosen is not None:
        return chosen
    if problems.findings and (broken or portal is None or (name and ":" in name)):
        print_findings(problems.findings, read_catalogue(), project, language, err=True)
        return None
    raise click.UsageError(explain_choice(targets, name, language), ctx)


def explain_choice(targets: "tuple[Target, ...]", name: str | None, language: str) -> str:
    """Why no target could be chosen, and what to write."""
    names = [target.name for target in targets]
    if name and ("/" in name or "\\" in name):
        address = f"file:{name.replace(chr(92), '/')}"
        return say(
            language,
            f"“{name}”不是发布目标。要发布到文件夹，请写 {address}；网站在其中的 current 里。",
            f"“{name}” is no target. For a folder write {address}; the site will be in its folder current.",
        )
    if not names:
        return say(
            language,
            'content/site.yaml 中没有发布目标。请写 publish: {web: "file:///srv/www/nb"}；写法见 docs/publish.md',
            "There is no target in content/site.yaml. Write for example "
            'publish: {web: "file:///srv/www/nb"}; docs/publish.md has all kinds',
        )
    listed = ", ".join(names)
    if name is None:
        return say(language, f"有几个发布目标，请写明是哪一个：{listed}", f"Name one of the targets: {listed}")
    near = nearest(name, names)
    chinese, english = f"没有发布目标“{name}”。", f"There is no target “{name}”."
    if near:
        return say(language, f"{chinese}是不是 {near}？", f"{english} Did you mean {near}?")
    return say(language, f"{chinese}已有的目标：{listed}", f"{english} There are: {listed}")


@contextmanager
def show_uploads(language: str) -> Iterator[ProgressCall]:
    """A progress bar on a terminal, once the work proves to be long."""
    if not sys.stderr.isatty():
        yield lambda done, total, path: None
        return
    bar = ProgressBar(say(language, "发布", "Publishing"))
    try:
        yield bar.advance
    finally:
        bar.close()


def print_plan(publication: "Publication", language: str) -> None:
    """What would be done, a line a file, and in how many files."""
    plan = publication.plan
    if plan is None:
        return
    for upload in plan.uploads:
        click.echo(f"{say(language, '上传', 'put')} {upload.path}")
    for path in plan.deletions:
        click.echo(f"{say(language, '删除', 'delete')} {path}")
    chinese = (
        f"将上传 {len(plan.uploads)} 个文件，删除 {len(plan.deletions)} 个，{plan.kept} 个不变；没有改动任何内容。"
    )
    english = f"{count(len(plan.uploads), 'file', 'files')} to put there, {len(plan.deletions)} to delete, {plan.kept} "
    click.echo(say(language, chinese, f"{english}unchanged; nothing was touched."))


def describe_outcome(publication: "Publication", target: "Target", language: str) -> str:
    """What was published."""
    plan = publication.plan
    if not publication.finished or plan is None:
        if publication.begun and plan is not None:
            total = len(plan.uploads) + len(plan.deletions)
            chinese = f"没有发布完：{total} 个文件中做了 {publication.done} 个。"
            return say(language, chinese, f"Not finished: {publication.done} of {count(total, 'file', 'files')} done.")
        return say(language, "没有发布。", "Nothing was published.")
    if plan.is_empty:
        chinese = f"{target.name} 上已是最新，{plan.kept} 个文件没有变化。"
        return say(language, chinese, f"{target.name} is up to date: {count(plan.kept, 'file', 'files')} unchanged.")
    chinese = (
        f"已发布到 {target.name}：上传 {len(plan.uploads)} 个文件，删除 {len(plan.deletions)} 个，{plan.kept} 个不变。"
    )
    english = f"Published to {target.name}: {count(len(plan.uploads), 'file', 'files')} put there, "
    return say(language, chinese, f"{english}{len(plan.deletions)} deleted, {plan.kept} unchanged.")


def tell_status(publication: "Publication") -> int:
    """The exit status: 0 published, 1 forbidden by a finding, 3 not finished."""
    if publication.finished:
        return 0
    checks = {finding.check for finding in publication.findings}
    return 3 if checks & {"publish-failed", "publish-unreachable"} else 1
