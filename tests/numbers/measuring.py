"""Precision and recall of the number linter on the real prose in ../shared/samples, against what a reader annotated."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gaisite.check.measure_words import read_vocabulary
from gaisite.check.prose import check_prose, is_manner_of_speaking
from gaisite.check.prose_sentences import split_sentences
from gaisite.findings import Finding, Severity
from gaisite.read.catalogue import read_catalogue
from tests.numbers.samples import tell_sample

FOLDER = Path(__file__).parent
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))[
    "numbers"
]
RESULT = FOLDER / "result.json"
ABOUT_ONE_CELL = ("number-unbound", "number-disagrees", "number-blank", "share-disagrees")

Spot = tuple[str, int, int]
"""Sample, line, column of a number's first digit."""


def measure() -> dict[str, Any]:
    """What the linter finds, what of it is right and what it misses."""
    numbers, cells, warnings = Score(), Score(), Score()
    for sample, expected in EXPECTED.items():
        report, form = tell_sample(sample)
        lines = [passage.text for passage in report.narrative.preamble.passages]  # type: ignore[union-attr]
        wanted = locate(sample, expected, lines)
        found = {
            (sample, line, number.start + 1)
            for line, text in enumerate(lines, 1)
            for sentence in split_sentences(text, read_vocabulary(form.measures), report.year)
            for number in sentence.numbers
            if not is_manner_of_speaking(number)
        }
        findings = list(check_prose(report, form))
        told = {spot_of(sample, each): each.at for each in findings if each.check in ABOUT_ONE_CELL}
        numbers.add(wanted, found)
        cells.add(
            {(*spot, each["cell"]) for spot, each in wanted.items() if each["cell"]},
            {(*spot, at) for spot, at in told.items()},
        )
        warnings.add(list_wanted(sample, wanted), list_told(sample, findings))
    return {"samples": len(EXPECTED), "numbers": numbers.tell(), "cells": cells.tell(), "warnings": warnings.tell()}


class Score:
    """What was wanted and what was told, over all samples."""

    def __init__(self) -> None:
        self.wanted: set[tuple[Any, ...]] = set()
        self.told: set[tuple[Any, ...]] = set()

    def add(self, wanted: Iterable[tuple[Any, ...]], told: Iterable[tuple[Any, ...]]) -> None:
        self.wanted.update(wanted)
        self.told.update(told)

    def tell(self) -> dict[str, Any]:
        return {
            "wanted": len(self.wanted),
            "told": len(self.told),
            "right": len(self.wanted & self.told),
            "missed": [" ".join(map(str, each)) for each in sorted(self.wanted - self.told)],
            "wrong": [" ".join(map(str, each)) for each in sorted(self.told - self.wanted)],
        }


def locate(sample: str, expected: list[dict[str, Any]], lines: list[str]) -> dict[Spot, dict[str, Any]]:
    """The annotated numbers by where they stand; each is looked for behind the one before."""
    spots, line, column = {}, 0, 0
    for each in expected:
        phrase = each["before"] + each["number"]
        while (start := lines[line].find(phrase, column)) < 0:
            line, column = line + 1, 0
        column = start + len(phrase)
        spots[sample, line + 1, start + len(each["before"]) + 1] = each
    return spots


def spot_of(sample: str, finding: Finding) -> Spot:
    return sample, finding.place.line, finding.place.column


def list_wanted(sample: str, wanted: dict[Spot, dict[str, Any]]) -> set[tuple[Any, ...]]:
    """The warnings that are right: at a number, or, of statements without one, once a sample for each figure."""
    at_numbers = {(*spot, check) for spot, each in wanted.items() for check in each.get("warnings", ())}
    return at_numbers | {
        (sample, check, each["cell"].rpartition(".")[0])
        for each in wanted.values()
        for check in each.get("statements", ())
    }


def list_told(sample: str, findings: list[Finding]) -> set[tuple[Any, ...]]:
    """The warnings that the linter gives."""
    entries = read_catalogue().entries
    grave = [each for each in findings if (each.severity or entries[each.check].severity) is Severity.WARNING]
    at_numbers = {(*spot_of(sample, each), each.check) for each in grave if each.check != "all-disagrees"}
    return at_numbers | {
        (sample, each.check, each.at.rpartition(".")[0]) for each in grave if each.check == "all-disagrees"
    }
