"""What is printed in a cell: a figure as figures.yaml spells it, a blank, or something that nobody can decide."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gaisite.model.tables import FigureType
from gaisite.read.numbers import MAX_DIGITS, NARROW, NOT_APPLICABLE, SPELLINGS, STROKES
from gaisite.texts import Texts

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
VALUE = re.compile(r"[+-]?\s*[0-9](?:[0-9\s,]|\.(?=[0-9]))*[^\d\s.、)]{0,3}|[/\-—–]+")
"""What looks like something that stands in a cell, and not like a label."""
PIECES = re.compile(r"\s+")
MOST = 2000
"""How many ways to split digits are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a cell holds."""

    text: str = ""
    """As figures.yaml spells it; empty where it is blank, or undecided."""
    sure: bool = True
    candidates: tuple[str, ...] = ()
    """What it may be, where it is undecided."""
    unit: str = ""
    """What is printed behind the number."""


BLANK = Value()


def looks_like_value(text: str) -> bool:
    """Whether something printed in a cell is no label."""
    plain = narrow(text).strip()
    return not plain or VALUE.fullmatch(plain) is not None or plain in NOT_APPLICABLE | STROKES


def narrow(text: str) -> str:
    """A text with plain digits, signs and spaces, and without what cannot be seen."""
    return INVISIBLE.sub("", text).translate(NARROW).replace("\u3000", " ").replace("\xa0", " ")


def read_value(text: str, type: FigureType, units: Sequence[Texts] = ()) -> Value:
    """What a cell holds; `units` may stand behind its number."""
    plain = narrow(text).strip()
    if not plain:
        return BLANK
    if plain in NOT_APPLICABLE:
        return Value(text="n/a")
    number, unit = split_unit(plain, units)
    if spelt := spell_number(number, type):
        return Value(text=spelt, unit=unit)
    return Value(sure=False, candidates=tuple(guess_numbers(number, type)), unit=unit)


def split_unit(text: str, units: Sequence[Texts]) -> tuple[str, str]:
    """A number and the unit behind it, where that is one of those it may have."""
    names = sorted({name for unit in units for _, name in unit.by_language}, key=len, reverse=True)
    for name in names:
        if text.endswith(name) and text[: -len(name)].strip():
            return text[: -len(name)].strip(), name
    return text, ""


def spell_number(text: str, type: FigureType) -> str:
    """A number as figures.yaml spells it; empty where it is none, or can be read in two ways."""
    number = text.replace(",", "") if THOUSANDS.fullmatch(text) else text
    sign = number[:1] if number[:1] in "+-" else ""
    number = sign + number[len(sign) :].strip()
    fits = SPELLINGS[type].fullmatch(number) is not None and len(number) <= MAX_DIGITS
    return number if number and fits else ""


def guess_numbers(text: str, type: FigureType) -> Iterator[str]:
    """What digits that are no number may be meant for: without their spaces, without a zero before them."""
    joined = re.sub(r"[\s,]", "", text)
    pieces = PIECES.split(text)
    for number in dict.fromkeys([joined, joined.lstrip("0") or "0", *(pieces if len(pieces) > 1 else ())]):
        if number != text and spell_number(number, type):
            yield number


def split_digits(text: str, types: Sequence[FigureType]) -> tuple[tuple[str, ...], ...]:
    """Every way in which digits that lost their borders fill the cells of a row, blanks too; at most MOST.

    Spaces are borders that were kept. No number begins with a zero, so that `007` is 0, 0 and 7 and nothing else.
    """
    pieces = tuple(piece for piece in PIECES.split(narrow(text).strip()) if piece)
    found: list[tuple[str, ...]] = []
    for way in fill_cells(pieces, tuple(types)):
        found.append(way)
        if len(found) == MOST:
            break
    return tuple(found)


def fill_cells(pieces: tuple[str, ...], types: tuple[FigureType, ...]) -> Iterator[tuple[str, ...]]:
    """The ways to spread pieces of digits over cells of these types."""
    if not types or len(pieces) > len(types):
        yield from ((),) if not types and not pieces else ()
        return
    if pieces:
        first, rest = pieces[0], pieces[1:]
        for size in range(1, len(first) + 1):
            if spell_number(first[:size], types[0]):
                left = (first[size:], *rest) if size < len(first) else rest
                yield from ((first[:size], *way) for way in fill_cells(left, types[1:]))
    yield from (("", *way) for way in fill_cells(pieces, types[1:]))
