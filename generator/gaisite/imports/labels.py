"""Labels as they are really printed: compared without what people vary, and, where one letter is wrong, by likeness."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Generic, TypeVar

from gaisite.read.names import ORDINAL
from gaisite.texts import Texts

Meant = TypeVar("Meant")

VARIANTS = str.maketrans({"钩": "勾", "〇": "零", "巳": "已"})
BRACKETS = re.compile(r"\([^()]*\)")
LIKE = 0.74
"""How much alike two labels must be, from 0 to 1, to be taken for the same one misprinted."""
LEAD = 0.12
"""By how much it must be more like that one than like any other."""
SHORTEST = 4
"""Letters of a label that may be misprinted: of three, one wrong one makes another word."""


@lru_cache(maxsize=20_000)
def simplify(text: str) -> str:
    """A label in its letters and digits alone."""
    plain = unicodedata.normalize("NFKC", text).translate(VARIANTS).casefold()
    return "".join(char for char in plain if char.isalnum())


@lru_cache(maxsize=20_000)
def shorten(text: str) -> str:
    """The same without its number."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return simplify(ORDINAL.sub("", plain))


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """The same without what stands in brackets: `采购总金额（万元，保留四位小数）` is `采购总金额`."""
    plain = unicodedata.normalize("NFKC", text)
    outside = BRACKETS.sub("", ORDINAL.sub("", re.sub(r"\s+", "", plain)))
    return simplify(outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[Meant]):
    """What a printed label means."""

    meant: Meant
    official: str
    """What should be printed."""
    exact: bool
    """Whether it is, but for spaces, brackets and the number before it."""


def find_label(printed: str, known: Iterable[tuple[Texts, Meant]]) -> Found[Meant] | None:
    """What a printed label means among some; None where it is like none of them, or like several."""
    names = [(official, meant) for texts, meant in known for _, official in texts.by_language]
    for compare in (simplify, shorten, bare):
        text = compare(printed)
        same = [(official, meant) for official, meant in names if text and compare(official) == text]
        if same and (compare is not bare or len({id(meant) for _, meant in same}) == 1):
            official, meant = same[0]
            return Found(meant=meant, official=official, exact=compare is not bare)
    return find_like(shorten(printed), names)


def find_like(text: str, known: list[tuple[str, Meant]]) -> Found[Meant] | None:
    """The label that a misprinted one is like, and clearly more than any other."""
    if len(text) < SHORTEST:
        return None
    scores = [(measure(text, shorten(official)), place) for place, (official, _) in enumerate(known)]
    likeness = sorted(scores, reverse=True)
    if not likeness or likeness[0][0] < LIKE:
        return None
    official, meant = known[likeness[0][1]]
    rivals = (score for score, place in likeness[1:] if known[place][1] != meant)
    if likeness[0][0] - next(rivals, 0.0) < LEAD:
        return None
    return Found(meant=meant, official=official, exact=False)


@lru_cache(maxsize=100_000)
def measure(one: str, other: str) -> float:
    """How much alike two labels are, from 0 to 1; numbers in them must be the same."""
    if re.findall("[0-9]+", one) != re.findall("[0-9]+", other):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= LIKE else 0.0
