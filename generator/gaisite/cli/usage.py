"""Mistakes on the command line, in words."""

import click

from gaisite.cli.console import say


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
        return f"{name} 的值不对：{error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 用得不对：{error.message}"
    return error.format_message()
