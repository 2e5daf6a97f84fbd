"""Questions on a terminal: each with its default, a wrong answer explained and asked for again."""

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

import click

from gaisite.cli.console import measure_width, say

FaultFinder = Callable[[str], str]
"""What is wrong with an answer, as a sentence; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few answers."""

    word: str
    label: str
    """What it means."""


def is_terminal() -> bool:
    """Whether there is a person to ask, who sees the questions and what comes of them."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks in one language."""

    language: str

    def ask(self, question: str, default: str = "", find_fault: FaultFinder = lambda _: "") -> str:
        """The answer to a question, or its default; click.Abort where the answers are at an end."""
        while True:
            answer = self.read_answer(f"{question} [{default}]: " if default else f"{question}: ") or default
            wrong = find_fault(answer) if answer else self.say("请写一个答案。", "Please give an answer.")
            if not wrong:
                return answer
            click.echo(f"  {wrong}")

    def choose(self, question: str, choices: Iterable[Choice], default: str) -> str:
        """The word of a choice, which may be answered by its number."""
        choices = tuple(choices)
        words = [choice.word for choice in choices]
        width = max(map(measure_width, words))
        click.echo(question)
        for number, choice in enumerate(choices, 1):
            click.echo(f"  {number}  {choice.word:<{width}}  {choice.label}")
        known = "、".join(words) if self.language == "zh-CN" else ", ".join(words)

        def find_fault(answer: str) -> str:
            chinese = f"没有“{answer}”这一项，请写 1 到 {len(words)} 的数，或者 {known}。"
            english = f"“{answer}” is none of these: write a number from 1 to {len(words)}, or {known}."
            return "" if find_choice(words, answer) else self.say(chinese, english)

        answer = self.ask(self.say("选哪一项", "Which one"), str(words.index(default) + 1), find_fault)
        return find_choice(words, answer)

    def read_answer(self, prompt: str) -> str:
        """One line, without what stands around it; click.Abort at the end of all input."""
        with suppress(ImportError):
            import readline  # noqa: F401 # lets Chinese be edited in the line, where there is such a module
        while True:
            try:
                return input(prompt).strip()
            except EOFError:
                raise click.Abort from None
            except UnicodeDecodeError:
                click.echo(self.say("  有不能识别的字符，请重写。", "  Some of it cannot be read: write it again."))

    def say(self, chinese: str, english: str) -> str:
        """One of two sentences."""
        return say(self.language, chinese, english)


def find_choice(words: list[str], answer: str) -> str:
    """The word that an answer names, itself or its number; empty where it names none."""
    named = {str(number): word for number, word in enumerate(words, 1)} | {word: word for word in words}
    return named.get(answer.casefold(), "")
