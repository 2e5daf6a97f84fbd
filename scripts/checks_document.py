"""docs/checks.md from the catalogue and the forms of the package: `make docs`."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from gaisite.cli.explain import describe_kind
from gaisite.cli.known_checks import KnownCheck, list_checks, list_kinds, read_known_forms, show_pattern
from gaisite.model.catalogue import CatalogueEntry
from gaisite.model.form_checks import FormCheck
from gaisite.model.forms import Form
from gaisite.read.catalogue import read_catalogue
from gaisite.texts import Texts

DOCUMENT = Path(__file__).parents[1] / "docs" / "checks.md"
MEASURED = Path(__file__).parents[1] / "tests" / "numbers" / "result.json"
QUESTIONS = {
    "numbers": "numbers that count something, found among dates, clauses, approximations",
    "cells": "numbers of the tables, matched to their cell",
    "warnings": "numbers and statements that disagree with the tables, warned of",
}
LANGUAGES = ("zh-CN", "en")
SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*<|[]"})
INTRODUCTION = """\
# Checks

<!-- Made by `make docs` from generator/gaisite/checks.yaml and generator/gaisite/forms/: change those. -->

What gaisite checks; `gaisite explain ID` tells the same of one check, and of those that a portal's own forms add. A failed
**error** forbids the site, a **warning** does with `--strict`, **information** never does. A failure that the report was published
with is explained under `acknowledge` in figures.yaml (see [content.md](content.md)). In the sentences, `{names}` stand for what
was found. [output.md](output.md) describes the findings as JSON and SARIF.
"""
LINTER = """\
## How well numbers in prose are read

Measured on the prose of {samples} real reports, every number of which a reader annotated (`tests/numbers/`); the words of the
measures were made with these reports at hand, so expect less of others. Precision: of what is told, how much is right. Recall: of
what should be told, how much is.

| | wanted | told | right | precision | recall |
| --- | --- | --- | --- | --- | --- |"""
LIMITS = """\
The numbers behind a name are line, column and cell or check. What is known not to be seen: a number that equals another reading which the form
allows (72 natural persons where the table has 71 new and 1 carried in), numbers of offices inside the agency that are not said to be
parts (其中), English number words, and sentences that name a figure in words that the form does not list."""


def write_document() -> str:
    """The whole document."""
    catalogue, forms = read_catalogue(), read_known_forms(None)
    checks = list_checks(catalogue, forms)
    parts: list[str] = [INTRODUCTION, "## Checks of the forms\n"]
    parts += [describe_form_check(check) for check in checks if check.uses]
    parts.append("## How each kind is told\n")
    parts += [describe_entry(f"Kind: {kind.id}", kind.entry) for kind in list_kinds(catalogue) if kind.entry]
    parts.append("## General checks\n")
    parts += [describe_general(check) for check in checks if check.entry]
    parts.append(describe_linter())
    return "\n".join(parts)


def describe_linter() -> str:
    """How often the checks of numbers in prose are right, as the tests measured it."""
    measured = json.loads(MEASURED.read_text(encoding="utf-8"))
    rows = [describe_score(QUESTIONS[question], measured[question]) for question in QUESTIONS]
    wrong = [f"- told and not right: {each}" for question in QUESTIONS for each in measured[question]["wrong"]]
    missed = [f"- right and not told: {each}" for question in QUESTIONS for each in measured[question]["missed"]]
    return "\n".join(
        [LINTER.format(samples=measured["samples"]), *rows, "", *map(escape, (*wrong, *missed)), "", LIMITS]
    )


def describe_score(question: str, score: dict[str, int]) -> str:
    """A row of the table: how many, and the two shares."""
    right, told, wanted = score["right"], score["told"], score["wanted"]
    shares = " | ".join(f"{part / whole:.1%}" if whole else "–" for part, whole in ((right, told), (right, wanted)))
    return f"| {question} | {wanted} | {told} | {right} | {shares} |"


def describe_form_check(check: KnownCheck) -> str:
    """A check of forms, form by form."""
    lines = [line for form, used in check.uses for line in describe_use(form, used)]
    return "\n".join([f"### {check.id}\n", *lines, ""])


def describe_use(form: Form, check: FormCheck) -> Iterator[str]:
    """A check as one form lays it down."""
    yield f"- **{form.id}** ({check.severity.value}): {join_languages(check.title)}"
    yield f"  - `{describe_kind(check)}`"
    if check.clause is not None:
        yield f"  - {join_languages(check.clause)}"


def describe_general(check: KnownCheck) -> str:
    """A general check."""
    assert check.entry is not None
    return describe_entry(check.id, check.entry, f"Severity: {check.entry.severity.value}.")


def describe_entry(heading: str, entry: CatalogueEntry, *first: str) -> str:
    """The words of the catalogue in both languages."""
    lines = [f"### {heading}\n", *(f"{line}\n" for line in first)]
    lines += [f"- {' '.join(pick_sentences(entry, language))}" for language in LANGUAGES]
    if entry.clause is not None:
        lines.append(f"- {join_languages(entry.clause)}")
    return "\n".join([*lines, ""])


def pick_sentences(entry: CatalogueEntry, language: str) -> Iterable[str]:
    """Message and hint in one language."""
    return (escape(show_pattern(texts, language)) for texts in (entry.message, entry.hint) if texts)


def join_languages(texts: Texts) -> str:
    """A text in its languages, each once."""
    return " / ".join(dict.fromkeys(escape(text) for _, text in texts.by_language))


def escape(text: str) -> str:
    """A text that Markdown takes for nothing else."""
    return text.translate(SPECIAL)


if __name__ == "__main__":
    DOCUMENT.write_text(write_document(), encoding="utf-8")
