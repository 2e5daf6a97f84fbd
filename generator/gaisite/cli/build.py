"""`gaisite build`."""

from collections.abc import Callable
from pathlib import Path

import click

from gaisite.build import BuildOptions, BuildResult
from gaisite.build.recall import build_or_recall
from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.console import print_findings, say, show_path
from gaisite.cli.project import check_url, report_findings, require_project, show_progress, stops, summarise
from gaisite.findings import Problems


@click.command(
    cls=Command,
    help="读取、检查并生成网站；有错误时不改动已有的网站。 ¦ "
    "Read, check and write the site; an error leaves the present site as it is.",
)
@option(
    "--output",
    "-o",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="写到这个文件夹，默认为项目中的 site/。 ¦ Write to this folder instead of the project's site/.",
)
@option("--strict", is_flag=True, help="有警告也视为失败。 ¦ Warnings fail the build too.")
@option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    help="同时使用的进程数，默认为处理器数。 ¦ How many processes to use at once; as many as processors by default.",
)
@option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="由 Dask 调度程序的工作进程生成，例如 tcp://10.0.0.1:8786；见 docs/scale.md。 ¦ "
    "Let the workers of a Dask scheduler build, tcp://10.0.0.1:8786 for one; see docs/scale.md.",
)
@option("--full", is_flag=True, help="不用缓存，全部重新生成。 ¦ Render everything, ignoring the cache.")
@option(
    "--verify",
    is_flag=True,
    help="再从头生成一遍，逐字节比较。 ¦ Build once more from nothing and compare byte by byte.",
)
@option(
    "--fragment",
    is_flag=True,
    help="另在 fragments/ 中写出各页的内容部分，表格带样式，供粘贴到其他发布系统。 ¦ "
    "Also write each page's content alone, tables styled inline, into fragments/, to paste into another system.",
)
@option("--drafts", is_flag=True, help="包括草稿。 ¦ Include drafts.")
@option("--force", is_flag=True, help="允许写入不是 gaisite 生成的文件夹。 ¦ Write into a folder gaisite did not make.")
@option(
    "--base-url",
    metavar="URL",
    callback=check_url,
    help="网站的网址，代替 site.yaml 中的 base_url。 ¦ Where the site will lie, instead of base_url in site.yaml.",
)
@click.pass_context
def build(
    ctx: click.Context,
    output: Path | None,
    strict: bool,
    jobs: int | None,
    cluster: str,
    full: bool,
    verify: bool,
    fragment: bool,
    drafts: bool,
    force: bool,
    base_url: str | None,
) -> int:
    """Build the site and tell what came of it."""
    project, language = require_project(ctx), find_language(ctx)
    output = ctx.obj / output if output else project / "site"
    with show_progress(language) as progress:
        result = choose_build(verify=verify)(
            BuildOptions(
                project=project,
                output=output,
                strict=strict,
                jobs=jobs or 0,
                cluster=cluster,
                full=full,
                drafts=drafts,
                force=force,
                base_url=base_url,
                progress=progress,
            )
        )
    report_findings(result, project, language, err=True, informs=False)
    click.echo(summarise(result, language), err=stops(result, strict))
    click.echo(describe_outcome(result, output, language), err=result.written is None)
    if fragment and result.written is not None and not stops(result, strict):
        return keep_fragments(ctx, result, output, force=force)
    return 1 if stops(result, strict) or result.written is None else 0


def choose_build(*, verify: bool) -> Callable[[BuildOptions], BuildResult]:
    """What builds."""
    if not verify:
        return build_or_recall
    from gaisite.build.verify import verify_site

    return verify_site


def keep_fragments(ctx: click.Context, result: BuildResult, site: Path, *, force: bool) -> int:
    """Write the content of each page beside the site and tell so."""
    from gaisite.build.fragments import FOLDER, write_fragments

    project, language, problems = require_project(ctx), find_language(ctx), Problems()
    folder = site.parent / FOLDER
    with problems.gather():
        others = (project / "content", project, project / "themes")
        written = write_fragments(site, folder, result.base_url, others, force=force)
        pages = written.written + written.kept
        chinese, english = (
            f"已写入 {show_path(folder)}：{pages} 页的内容。",
            f"Wrote {show_path(folder)}: the content of {pages} pages.",
        )
        click.echo(say(language, chinese, english))
    print_findings(problems.findings, result.catalogue, project, language, err=True)
    return 1 if problems.findings else 0


def describe_outcome(result: BuildResult, site: Path, language: str) -> str:
    """What was written."""
    written = result.written
    shown = show_path(site)
    if written is None:
        if not site.exists():
            return say(language, "没有写入。", "Nothing was written.")
        return say(language, f"没有写入，{shown} 保持原样。", f"Nothing was written; {shown} is as it was.")
    if not written.changed:
        return say(language, f"没有变化，{shown} 保持原样。", f"Nothing changed; {shown} is as it was.")
    counts = f"新增或更新 {written.written} 个文件，未变 {written.kept} 个，删除 {written.removed} 个。"
    chinese = f"已写入 {shown}：{counts}"
    english = f"Wrote {shown}: {written.written} files new or changed, {written.kept} kept, {written.removed} removed."
    return say(language, chinese, english)
