"""The command line: `gaisite [-C DIR] COMMAND`."""

import importlib
import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from gaisite import __version__
from gaisite.cli.bilingual import Group, Option, find_language, option, pick, translate_items

CONTEXT = {"auto_envvar_prefix": "GAISITE", "max_content_width": 100}
COMMANDS = {
    "new": "新建网站、机关或报告。 ¦ Begin a portal, an agency or a report.",
    "import": "从 Word、Excel、网页或文本导入报告。 ¦ Import reports from Word, Excel, web pages or text.",
    "workbook": "写一个供填写的 Excel 文件。 ¦ Write an Excel file to fill in.",
    "check": "读取并检查全部内容，不写任何文件。 ¦ Read and check everything; write nothing.",
    "explain": "说明一项检查。 ¦ Explain a check.",
    "schema": "写出 figures.yaml 的 JSON Schema，供编辑器使用。 ¦ Write the JSON Schema of figures.yaml for editors.",
    "build": "读取、检查并生成网站。 ¦ Read, check and write the site.",
    "export": "把一份报告写成 Word 或 PDF 文件。 ¦ Write one report as a Word or PDF file.",
    "publish": "发布：只上传有变化的文件。 ¦ Publish the site: only what has changed is sent.",
    "record": "记录已公布的数据，供日后更正时对照。 ¦ Record what was published, to hold later changes against it.",
    "theme": "自己的主题：新建、取用文件、查看改动。 ¦ A theme of your own: begin, take over files, see changes.",
    "serve": "预览：生成网站，改动后自动刷新浏览器。 ¦ Preview the site; the browser reloads after each change.",
    "info": "显示版本和运行环境，供报告问题时粘贴。 ¦ Show versions and what runs here, for a report of a mistake.",
    "completion": "按 Tab 键补全：打印 shell 的脚本。 ¦ Completion by the Tab key: print the script for a shell.",
}
"""Each command is a module of this package, imported only when it runs; here is its line in the list."""
ALIASES = {"preview": "serve"}
KEYWORDS = frozenset({"import"})
"""Commands that no module can be called; theirs has a stroke behind its name."""


class LazyGroup(Group):
    """Commands by name; a command's module is imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called so, by its name or its alias."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        name = f"{name}_" if name in KEYWORDS else name
        command: click.Command = getattr(importlib.import_module(f"gaisite.cli.{name}"), name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The commands and options that begin so, no command imported."""
        names = [
            CompletionItem(name, help=pick(COMMANDS[name], ctx)) for name in COMMANDS if name.startswith(incomplete)
        ]
        return [*names, *translate_items(click.Command.shell_complete(self, ctx, incomplete), ctx)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, none of them imported."""
        self.write_commands(ctx, formatter, [(name, pick(text, ctx)) for name, text in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
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
@click.version_option(
    __version__,
    "--version",
    prog_name="gaisite",
    message="%(prog)s %(version)s",
    cls=Option,
    help="显示版本号。 ¦ Show the version.",
)
@click.pass_context
def cli(ctx: click.Context, directory: Path | None) -> None:
    """Keep where to run."""
    ctx.obj = directory or Path.cwd()


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
        from gaisite.cli.usage import explain_usage

        click.echo(explain_usage(error, find_language(getattr(error, "ctx", None), arguments)), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        return 1
    return status if isinstance(status, int) else 0
