"""What a narrative may write between `[[` and `]]`: figures by name, and the ways to put them together.

Read by hand, a name or a sign at a time: this is no language, and nothing that an editor writes is ever evaluated.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from gaisite.findings import Place, fault

MAX_REFERENCES = 30
SHOWN = 40
"""How many characters of a binding a message repeats."""
FLAGS = re.compile(r"\s*([#＃])?\s*([+＋−－–-](?=\s))?\s*")
OPERATOR = re.compile(r"(?<=\s)(?:->|[→+＋−－–/／÷-])(?=\s)")
"""Signs stand alone between spaces, since labels hold them too."""
PLAIN = str.maketrans({"＋": "+", "−": "-", "－": "-", "–": "-", "／": "/", "÷": "/", "→": ">"})
YEAR = re.compile(r"(\d{4})\s*[:：]\s*")
STEP = re.compile(r"[>›＞]")
IDS = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")

Placer: TypeAlias = Callable[[int, int], Place]
"""The place in the file of so many characters from an offset of the binding's text."""


class Operation(StrEnum):
    """How the figures of a binding are put together."""

    SUM = "sum"
    """Added up, those behind a minus taken away; of a single figure the figure itself."""
    SHARE = "share"
    """The first in percent of the second."""
    CHANGE = "change"
    """From the first to the second, in percent of the first."""


class Direction(StrEnum):
    """What the words around a figure say of its sign, which is then left out."""

    UP = "+"
    DOWN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A figure by the name that a binding gives it."""

    name: str
    """As written, without the year."""
    path: tuple[str, ...]
    """Ids or labels of table, row and column, as far as they are named."""
    year: int | None
    """None: that of the report."""
    taken: bool
    """Behind a minus."""
    start: int
    """Offset in the binding's text."""
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What stands between the brackets."""

    operation: Operation
    references: tuple[Reference, ...]
    bare: bool
    """Without its unit."""
    direction: Direction | None


def read_binding(text: str, place: Placer) -> Binding:
    """The binding that a text is; ContentError where it is none."""
    flags = FLAGS.match(text)
    bare, direction, start = (flags[1], flags[2], flags.end()) if flags else ("", "", 0)
    signs = list(OPERATOR.finditer(text, start))
    operators = [sign[0].translate(PLAIN)[-1] for sign in signs]
    operation = choose_operation(operators)
    starts = [start, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(text)]
    taken = [False, *(operator == "-" for operator in operators)]
    references = tuple(read_reference(text, *part) for part in zip(starts, ends, taken, strict=True))
    if operation is None or not all(all(each.path) for each in references):
        written = " ".join(text.split())
        written = written if len(written) <= SHOWN else written[: SHOWN - 1] + "…"
        raise fault("bound-syntax", place(-2, len(text) + 4), written=written)
    return Binding(
        operation=operation,
        references=references,
        bare=bool(bare),
        direction=Direction(direction.translate(PLAIN)) if direction else None,
    )


def choose_operation(operators: list[str]) -> Operation | None:
    """How figures between such signs are put together; None where the signs do not go together."""
    if len(operators) < MAX_REFERENCES and all(operator in "+-" for operator in operators):
        return Operation.SUM
    if len(operators) > 1:
        return None
    return Operation.SHARE if operators[0] == "/" else Operation.CHANGE


def read_reference(text: str, start: int, end: int, taken: bool) -> Reference:
    """The figure named in a part of a binding; a name without words has an empty step in its path."""
    written = text[start:end].strip()
    start += len(text[start:end]) - len(text[start:end].lstrip())
    year = YEAR.match(written)
    name = written[year.end() :] if year else written
    return Reference(
        name=" ".join(name.split()),
        path=tuple(part for step in STEP.split(name) for part in split_ids(step.strip())),
        year=int(year[1]) if year else None,
        taken=taken,
        start=start,
        length=max(len(written), 1),
    )


def split_ids(step: str) -> list[str]:
    """The parts of a dotted id; a label, which may have full stops, is one part."""
    return step.split(".") if IDS.fullmatch(step) else [step]
