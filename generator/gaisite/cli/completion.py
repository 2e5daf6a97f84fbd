"""`gaisite completion`."""

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from gaisite.cli.bilingual import Command

SHELLS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
VARIABLE = "_GAISITE_COMPLETE"
"""With which the script asks gaisite itself what may follow; click's own name for it."""


@click.command(
    cls=Command,
    help="打印 shell 的脚本，使 Tab 键补全命令、选项、机关、年份、格式、检查、主题文件和发布目标；"
    "把它存入 shell 读取补全的文件夹。 ¦ "
    "Print the script with which a shell completes commands, options, agencies, years, forms, checks, files of the "
    "theme and targets by the Tab key; keep it where your shell looks for completions.",
)
@click.argument("shell", metavar="|".join(SHELLS), type=click.Choice(tuple(SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script."""
    script = SHELLS[shell](ctx.find_root().command, {}, "gaisite", VARIABLE).source()
    click.echo(script.encode(), nl=False)
