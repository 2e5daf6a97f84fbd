"""Commands and options whose help is in Chinese and English: both texts stand in one string, parted by ` ¦ `."""

import locale
import os
import re
from collections.abc import Callable, Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

PARTING = " ¦ "
LANGUAGES = {"zh": "zh-CN", "zh-CN": "zh-CN", "en": "en"}
META = "gaisite.language"
ASKED = re.compile(r"(?:^| )--lang[ =](zh-CN|zh|en)(?= |$)")
HEADINGS = {
    "Usage": "用法",
    "Options": "选项",
    "Commands": "命令",
}


def guess_language() -> str:
    """The language of the person at the terminal: GAISITE_LANG, the locale, or English."""
    for variable in ("GAISITE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return LANGUAGES["zh" if value.lower().startswith("zh") else "en"]
    name = locale.getlocale()[0] or ""
    return LANGUAGES["zh" if name.lower().startswith(("zh", "chinese")) else "en"]


def find_language(ctx: click.Context | None, arguments: Sequence[str] = ()) -> str:
    """The language of a run: as `--lang` says, otherwise as the environment does.

    The arguments tell where a mistake among them kept `--lang` from being read.
    """
    asked = ASKED.findall(" ".join(arguments))
    kept = ctx.meta.get(META) if ctx else None
    return str(kept or (LANGUAGES[asked[-1]] if asked else guess_language()))


def set_language(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    """Keep what `--lang` says."""
    if value:
        ctx.meta[META] = LANGUAGES[value]


def pick(text: str | None, ctx: click.Context | None) -> str:
    """The part of a bilingual text in the language of the run."""
    parts = (text or "").split(PARTING)
    return parts[0] if find_language(ctx) == LANGUAGES["zh"] else parts[-1]


def write_heading(heading: str, ctx: click.Context) -> str:
    """A heading of the help page."""
    return HEADINGS[heading] if find_language(ctx) == LANGUAGES["zh"] else heading


class Option(click.Option):
    """An option with help in both languages; it also reads GAISITE_…."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's lines on the help page."""
        record = super().get_help_record(ctx)
        return None if record is None else (record[0], pick(self.help, ctx) + self.describe_default(ctx))

    def describe_default(self, ctx: click.Context) -> str:
        """The default value, in words."""
        if not self.show_default:
            return ""
        word = "默认" if find_language(ctx) == LANGUAGES["zh"] else "default"
        return f" [{word}: {self.get_default(ctx)}]"


LANGUAGE_OPTION = Option(
    ["--lang"],
    type=click.Choice(list(LANGUAGES)),
    is_eager=True,
    expose_value=False,
    callback=set_language,
    help="消息的语言。 ¦ Language of the messages.",
)


def translate_items(items: list[CompletionItem[str]], ctx: click.Context) -> list[CompletionItem[str]]:
    """What a shell may complete, its help in the language of the run."""
    return [CompletionItem(item.value, item.type, pick(item.help, ctx) or None) for item in items]


HELP = {"help_option_names": ["-h", "--help"]}


class Command(click.Command):
    """A command with help in both languages, and with `--lang`, which may stand before or after its name."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        # A command keeps the help option that it was first asked for: every context must give it the same names.
        settings["context_settings"] = {**HELP, **(settings.get("context_settings") or {})}
        super().__init__(*arguments, **settings)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's parameters, `--lang` next to last."""
        params = super().get_params(ctx)
        return [*params[:-1], LANGUAGE_OPTION, params[-1]]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of the help page."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{write_heading('Usage', ctx)}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(pick(self.help, ctx))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and for a group its commands."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for param in options if (record := param.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(write_heading("Options", ctx)):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, in both languages."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = pick("显示这页说明。 ¦ Show this page.", ctx)
        return option

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The options that begin so, and for a group its commands."""
        return translate_items(super().shell_complete(ctx, incomplete), ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The command's line in a list of commands."""
        return pick(self.help, click.get_current_context(silent=True)).split("\n\n")[0]


class Group(Command, click.Group):
    """A group of commands with help in both languages."""

    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        self.write_commands(ctx, formatter, [(name, each.get_short_help_str()) for name, each in commands if each])

    def write_commands(self, ctx: click.Context, formatter: click.HelpFormatter, rows: list[tuple[str, str]]) -> None:
        """Names and lines under their heading."""
        if rows:
            with formatter.section(write_heading("Commands", ctx)):
                formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are added, which is that of the work."""
        return list(self.commands)


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """An option of a command, bilingual."""
    return click.option(*names, cls=Option, **settings)
