"""The manual page gaisite(1) in both languages, from the commands themselves: `make docs`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from gaisite import __version__
from gaisite.cli import cli
from gaisite.cli.bilingual import HELP, META, pick
from scripts.commands_document import ALIAS, Described, describe_commands

FOLDER = Path(__file__).parents[1] / "docs" / "man"
FILES = {"en": "man1/gaisite.1", "zh-CN": "zh_CN/man1/gaisite.1"}
"""Below share/man, where the wheel puts them."""
WORDS = re.compile(r"[A-Z][A-Z_]+(?![a-z])")
"""What stands for something else: DIR, YEAR."""
PUNCTUATION = re.compile("[，；：、。）](?=[^，；：、。）])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the page says besides what the commands say of themselves."""

    manual: str
    name: str
    synopsis: str
    description: str
    project: str
    """How the project is found; its files and what is written there."""
    common: str
    commands: str
    status: str
    statuses: tuple[tuple[str, str], ...]
    environment: str
    variables: tuple[tuple[str, str], ...]
    files: str
    listed: tuple[tuple[str, str], ...]


WORDING = {
    "en": Wording(
        manual="gaisite manual",
        name="NAME",
        synopsis="SYNOPSIS",
        description="DESCRIPTION",
        project="The project is the nearest folder upward with content/site.yaml; what an editor writes lies in its folder "
        "content. A build that finds an error leaves the site as it is.",
        common="OPTIONS",
        commands="COMMANDS",
        status="EXIT STATUS",
        statuses=(
            ("0", "Fine."),
            ("1", "Errors were found; warnings too with --strict."),
            ("2", "A mistaken command."),
            ("3", "A publish that did not finish."),
        ),
        environment="ENVIRONMENT",
        variables=(
            ("GAISITE_LANG", "The language of messages, zh or en; otherwise that of the locale."),
            ("GAISITE_COMMAND_OPTION", "An option of a command: GAISITE_BUILD_STRICT=1 is gaisite build --strict."),
        ),
        files="FILES",
        listed=(
            ("content/site.yaml", "The settings of the portal."),
            ("content/AGENCY/agency.yaml", "An agency; agencies below it lie in folders of its own."),
            ("content/AGENCY/YEAR/figures.yaml", "The figures of a year's report."),
            ("content/AGENCY/YEAR/report.md", "Its narrative."),
            ("site/", "The site that was built."),
            (".gaisite/", "What the next build need not do again; may be deleted."),
        ),
    ),
    "zh-CN": Wording(
        manual="gaisite 手册",
        name="名称",
        synopsis="概要",
        description="描述",
        project="项目是当前文件夹或它上级中含 content/site.yaml 的最近一个；编辑的内容都在它的 content 文件夹里。"
        "生成时发现错误，已有的网站保持原样。",
        common="选项",
        commands="命令",
        status="退出状态",
        statuses=(
            ("0", "正常。"),
            ("1", "有错误；加 --strict 时含警告。"),
            ("2", "命令写错了。"),
            ("3", "发布没有完成。"),
        ),
        environment="环境变量",
        variables=(
            ("GAISITE_LANG", "消息的语言，zh 或 en；不写则按系统的语言。"),
            ("GAISITE_COMMAND_OPTION", "某条命令的选项：GAISITE_BUILD_STRICT=1 就是 gaisite build --strict。"),
        ),
        files="文件",
        listed=(
            ("content/site.yaml", "网站的设置。"),
            ("content/AGENCY/agency.yaml", "一个机关；下级机关在它的文件夹里。"),
            ("content/AGENCY/YEAR/figures.yaml", "某一年度报告的数据。"),
            ("content/AGENCY/YEAR/report.md", "这份报告的文字。"),
            ("site/", "生成的网站。"),
            (".gaisite/", "下次生成时不必重做的部分，可以删除。"),
        ),
    ),
}


def escape(text: str) -> str:
    """A text as roff prints it: hyphens that can be typed, no letter that begins a request or ends an argument.

    Behind the punctuation of Chinese, which has no spaces, a line may end.
    """
    text = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    text = PUNCTUATION.sub(r"\g<0>\\:", text)
    return rf"\&{text}" if text[:1] in {".", "'"} else text


def write_usage(path: str, usage: str) -> str:
    """A command line: the command bold, what stands for something else slanted."""
    shown = WORDS.sub(r"\\fI\g<0>\\fR", escape(usage))
    return rf"\fB{escape(path)}\fR {shown}"


def write_pairs(pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Terms, each with what it means."""
    for term, text in pairs:
        yield ".TP"
        yield rf"\fB{escape(term)}\fR"
        yield escape(text)


def write_command(command: Described, language: str) -> Iterator[str]:
    """A command with its options."""
    yield f'.SS "{write_usage(command.path, command.usage)}"'
    yield escape(command.text)
    if command.aliases:
        yield ".PP"
        yield escape(f"{ALIAS[language]} {', '.join(f'gaisite {alias}' for alias in command.aliases)}.")
    yield from write_pairs(command.options)


def describe_common(language: str) -> tuple[tuple[str, str], ...]:
    """The options that stand before the command; every command has two of them."""
    ctx = click.Context(cli, info_name="gaisite", **cli.context_settings)
    ctx.meta[META] = language
    params = [param for param in cli.get_params(ctx) if isinstance(param, click.Option)]
    records = {tuple(param.opts): record for param in params if (record := param.get_help_record(ctx))}
    # A command keeps the help option that it was first asked for, with the names that were asked for then.
    helping = ", ".join(HELP["help_option_names"])
    return tuple((helping if "--help" in opts else term, text) for opts, (term, text) in records.items())


def write_page(language: str) -> str:
    """The page in a language."""
    words = WORDING[language]
    ctx = click.Context(cli, info_name="gaisite", **cli.context_settings)
    ctx.meta[META] = language
    purpose = pick(cli.help, ctx).rstrip("。.")
    # The page has no date: it is that of the version.
    lines = [
        r".\" Written by `make docs` from the commands.",
        f'.TH GAISITE 1 "" "gaisite {__version__}" "{words.manual}"',
        # Justified lines of Chinese would have gaps, and split commands cannot be typed.
        ".ad l",
        ".nh",
    ]
    lines += [f'.SH "{words.name}"', rf"gaisite \- {escape(purpose)}"]
    lines += [f'.SH "{words.synopsis}"', write_usage("gaisite", "[-C DIR] COMMAND [ARGS]...")]
    lines += [f'.SH "{words.description}"', escape(words.project)]
    lines += [f'.SH "{words.common}"', *write_pairs(describe_common(language))]
    lines += [f'.SH "{words.commands}"']
    for command in describe_commands(language):
        lines.extend(write_command(command, language))
    for heading, pairs in (
        (words.status, words.statuses),
        (words.environment, words.variables),
        (words.files, words.listed),
    ):
        lines += [f'.SH "{heading}"', *write_pairs(pairs)]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    for language, name in FILES.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_page(language), encoding="utf-8")
