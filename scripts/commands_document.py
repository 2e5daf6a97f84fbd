"""The command reference of the documentation, in both languages, from the commands themselves: `make docs`."""

from collections.abc import Iterator
from pathlib import Path

import click

from gaisite.cli import ALIASES, COMMANDS, cli
from gaisite.cli.bilingual import META, pick

PAGES = Path(__file__).parents[1] / "docs" / "content" / "pages"
FILES = {"zh-CN": "commands.md", "en": "commands.en.md"}
COMMON = frozenset({"--lang", "--help"})
"""Options that every command has."""
INTRODUCTIONS = {
    "zh-CN": """\
---
title: 命令
description: 每一条命令和它的选项。
order: 8
---

`gaisite [-C DIR] 命令`。项目是当前文件夹或它上级中含 `content/site.yaml` 的最近一个；`-C` 从别的文件夹开始找。
每条命令都有 `--lang zh|en`（消息的语言）和 `--help`。每个选项也可以用环境变量给出，例如 `GAISITE_BUILD_STRICT=1`。

退出状态：0 正常；1 有错误（加 `--strict` 时含警告）；2 命令写错了；3 发布没有完成。

要让 Tab 键补全命令、选项、机关、年份等，把下面一行存入所用 shell 的设置文件，再打开一个新的终端：

```text
bash   ~/.bashrc                    eval "$(gaisite completion bash)"
zsh    ~/.zshrc（compinit 之后）     eval "$(gaisite completion zsh)"
fish   ~/.config/fish/config.fish   gaisite completion fish | source
```
""",
    "en": """\
---
title: Commands
description: Every command and its options.
order: 8
---

`gaisite [-C DIR] COMMAND`. The project is the nearest folder upward with `content/site.yaml`; `-C` starts looking elsewhere.
Every command has `--lang zh|en` (the language of messages) and `--help`. Every option can also be given by the environment, as in `GAISITE_BUILD_STRICT=1`.

Exit status: 0 fine; 1 errors found (warnings too with `--strict`); 2 a mistaken command; 3 a publish that did not finish.

For the Tab key to complete commands, options, agencies, years and more, put a line into the settings of your shell and open a new terminal:

```text
bash   ~/.bashrc                    eval "$(gaisite completion bash)"
zsh    ~/.zshrc (after compinit)    eval "$(gaisite completion zsh)"
fish   ~/.config/fish/config.fish   gaisite completion fish | source
```
""",
}
ALIAS = {"zh-CN": "也可以写作", "en": "Also called"}


def write_document(language: str) -> str:
    """The page of all commands in a language."""
    top = click.Context(cli, info_name="gaisite")
    top.meta[META] = language
    parts = [INTRODUCTIONS[language]]
    for name in COMMANDS:
        command = cli.get_command(top, name)
        assert command is not None
        parts.extend(describe_command(command, click.Context(command, info_name=name, parent=top), language))
    return "\n".join(parts)


def describe_command(command: click.Command, ctx: click.Context, language: str) -> Iterator[str]:
    """A command and those below it: how it is called, what it does, its options."""
    yield f"{'#' * (1 + ctx.command_path.count(' '))} {ctx.command_path}\n"
    pieces = " ".join(command.collect_usage_pieces(ctx))
    yield f"```text\n{ctx.command_path} {pieces}\n```\n"
    yield f"{pick(command.help, ctx)}\n"
    aliases = [alias for alias, name in ALIASES.items() if name == ctx.info_name]
    if aliases:
        yield f"{ALIAS[language]} `gaisite {'`, `'.join(aliases)}`.\n"
    options = [option for option in command.get_params(ctx) if isinstance(option, click.Option)]
    records = [option.get_help_record(ctx) for option in options if COMMON.isdisjoint(option.opts)]
    # Brackets in pairs would be taken for a bound figure.
    lines = [f"- `{record[0]}`: {record[1].replace('[[', chr(92) + '[[')}" for record in records if record]
    if lines:
        yield "\n".join([*lines, ""])
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None
            yield from describe_command(below, click.Context(below, info_name=name, parent=ctx), language)


if __name__ == "__main__":
    for language, name in FILES.items():
        (PAGES / name).write_text(write_document(language), encoding="utf-8")
