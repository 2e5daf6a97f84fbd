"""Mistakes on the command line, in words."""

import re

import click

from gaisite.cli.console import say

SENTENCES = (
    (r"No such command '(.*)'\.", r"没有命令 \1。"),
    (r"Missing command\.", "缺少命令。"),
    (r"Got unexpected extra arguments? \((.*)\)", r"多写了 \1。"),
    (r"(?:Directory|File|Path) '(.*)' does not exist\.", r"没有 \1。"),
    (r"Directory '(.*)' is a file\.", r"\1 不是文件夹。"),
    (r"'(.*)' is not one of (.*)\.", r"“\1”不是可选的值，可选 \2。"),
    (r"'(.*)' is not a valid boolean\..*", r"“\1”不是开关值，请写 1 或 0。"),
    (r"'(.*)' is not a valid integer.*", r"“\1”不是整数。"),
    (r"Option '(.*)' requires an argument\.", r"选项 \1 后面缺少内容。"),
    (r"Option '(.*)' does not take a value\.", r"选项 \1 后面不能写内容。"),
)
"""Sentences of click, and what they mean."""


def explain_usage(error: click.ClickException, language: str) -> str:
    """What is wrong with a command line, and where to look."""
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx is not None else "gaisite"
    more = say(language, f"用法见 {path} --help", f"See {path} --help")
    if language != "zh-CN":
        return f"{error.format_message()}\n{more}"
    return f"{translate_usage(error)}\n{more}"


def translate_usage(error: click.ClickException) -> str:
    """What is wrong, in Chinese; click's own sentence where there is no other."""
    if isinstance(error, click.NoSuchOption):
        near = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}。" + (f"是不是 {near}？" if near else "")
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else error.param_hint
        return f"缺少 {name}。"
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param else error.param_hint
        return f"{name} 的值不对：{translate_sentence(error.message)}"
    return translate_sentence(error.format_message())


def translate_sentence(sentence: str) -> str:
    """A sentence of click in Chinese; one that is not known, or is Chinese already, as it is."""
    for english, chinese in SENTENCES:
        found = re.fullmatch(english, sentence, re.DOTALL)
        if found:
            return found.expand(chinese)
    return sentence
