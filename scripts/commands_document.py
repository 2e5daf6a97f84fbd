"""The command reference of the documentation, in both languages, from the commands themselves: `make docs`."""

from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A command in a language."""

    path: str
    """`gaisite new site`."""
    usage: str
    """What follows it."""
    text: str
    aliases: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    """Its own, as they are written, each with what it does."""


def describe_commands(language: str) -> Iterator[Described]:
    """All commands in the order of the work, each before those below it."""
    top = click.Context(cli, info_name="gaisite", **cli.context_settings)
    top.meta[META] = language
    for name in COMMANDS:
        command = cli.get_command(top, name)
        assert command is not None
        yield from describe_command(command, click.Context(command, info_name=name, parent=top))


def describe_command(command: click.Command, ctx: click.Context) -> Iterator[Described]:
    """A command and those below it."""
    yield Described(
        path=ctx.command_path,
        usage=" ".join(command.collect_usage_pieces(ctx)),
        text=pick(command.help, ctx),
        aliases=tuple(alias for alias, name in ALIASES.items() if name == ctx.info_name),
        options=describe_options(command, ctx),
    )
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None
            yield from describe_command(below, click.Context(below, info_name=name, parent=ctx))


def describe_options(command: click.Command, ctx: click.Context) -> tuple[tuple[str, str], ...]:
    """The options of a command but for those that every command has."""
    options = [option for option in command.get_params(ctx) if isinstance(option, click.Option)]
    records = [option.get_help_record(ctx) for option in options if COMMON.isdisjoint(option.opts)]
    return tuple(record for record in records if record)


def write_document(language: str) -> str:
    """The page of all commands in a language."""
    parts = [INTRODUCTIONS[language]]
    for each in describe_commands(language):
        parts.append(f"{'#' * (1 + each.path.count(' '))} {each.path}\n")
        parts.append(f"```text\n{each.path} {each.usage}\n```\n")
        parts.append(f"{each.text}\n")
        if each.aliases:
            parts.append(f"{ALIAS[language]} `gaisite {'`, `'.join(each.aliases)}`.\n")
        # Brackets in pairs would be taken for a bound figure.
        lines = [f"- `{option}`: {text.replace('[[', chr(92) + '[[')}" for option, text in each.options]
        if lines:
            parts.append("\n".join([*lines, ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    for language, name in FILES.items():
        (PAGES / name).write_text(write_document(language), encoding="utf-8")
