"""The command line: `gaisite [-C DIR] COMMAND`."""

import sys
from pathlib import Path

import click

from gaisite import __version__
from gaisite.cli.bilingual import Group, find_language, option, set_language
from gaisite.cli.build import build
from gaisite.cli.check import check
from gaisite.cli.usage import explain_usage

CONTEXT = {"auto_envvar_prefix": "GAISITE", "help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(
    cls=Group,
    context_settings=CONTEXT,
    help="把法定年度数据和文字发布为无障碍静态网站。 ¦ "
    "Publish yearly statutory figures with their narrative as an accessible static site.",
)
@option(
    "--directory",
    "-C",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="在这个文件夹里运行；项目是它或它上级中含 content/site.yaml 的最近一个。 ¦ "
    "Run in this folder; the project is the nearest one upward with content/site.yaml.",
)
@option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    expose_value=False,
    callback=set_language,
    help="消息的语言。 ¦ Language of the messages.",
)
@click.version_option(__version__, "--version", prog_name="gaisite", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, directory: Path | None) -> None:
    """Keep where to run."""
    ctx.obj = directory or Path.cwd()


cli.add_command(build)
cli.add_command(check)


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit status of a command line: 0 fine, 1 errors found, 2 used wrongly, 3 a publish that did not finish."""
    try:
        status = cli.main(arguments, prog_name="gaisite", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        language = find_language(getattr(error, "ctx", None))
        click.echo(explain_usage(error, language), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        return 1
    return status if isinstance(status, int) else 0
