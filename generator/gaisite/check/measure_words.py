"""The words of a form's measures, found in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gaisite.check.prose_numbers import UnitWords
from gaisite.model.forms import Axis, Form, Measure, Measures, Table, walk_lines

GAP = r"[^，。；：！？、,;:!?（）()\n\uFFFC]{0,12}?"
"""What `…` in a word may stand for."""
NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word of some measures in a text."""

    start: int
    end: int
    named: tuple[Measure, ...]
    """Those that it names beside a number."""
    none: tuple[Measure, ...]
    """Those that it says to be 0."""
    all: tuple[Measure, ...]
    """Those that it says to be the whole."""
    topic: frozenset[str]
    """The words in it behind which some measures are to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All words of a form's measures, ready to be searched."""

    pattern: re.Pattern[str]
    """Of all words, longer ones first; each in a group of its own."""
    words: tuple[str, ...]
    """By the number of their group."""
    named: Mapping[str, tuple[Measure, ...]]
    none: Mapping[str, tuple[Measure, ...]]
    all: Mapping[str, tuple[Measure, ...]]
    topics: frozenset[str]
    sections: re.Pattern[str]
    units: UnitWords

    def find(self, text: str) -> Iterator[Token]:
        """The words in a text, none inside another."""
        for match in self.pattern.finditer(text):
            word = self.words[(match.lastindex or 1) - 1]
            yield Token(
                start=match.start(),
                end=match.end(),
                named=self.named.get(word, ()),
                none=self.none.get(word, ()),
                all=self.all.get(word, ()),
                topic=self.read_topic(word),
            )

    def read_topic(self, word: str) -> frozenset[str]:
        """The topic that a word is, or those that are part of it: 制定规范性文件."""
        return frozenset({word}) if word in self.topics else frozenset(each for each in self.topics if each in word)


def read_vocabulary(form: Form) -> Vocabulary:
    """The words of a form."""
    return make_vocabulary(form.measures, form.tables)


@lru_cache(maxsize=64)
def make_vocabulary(measures: Measures, tables: tuple[Table, ...]) -> Vocabulary:
    """The words of some measures, and the units of the tables."""
    figures = measures.figures
    named = index((word, each) for each in figures for word in each.words)
    none = index((word, each) for each in figures for word in each.none)
    whole = index((word, each) for each in figures for word in each.all)
    topics = frozenset(word for each in figures for word in each.after)
    words = sorted({*named, *none, *whole, *topics}, key=lambda word: (-len(word), word))
    return Vocabulary(
        pattern=join_words(words),
        words=tuple(words),
        named=named,
        none=none,
        all=whole,
        topics=topics,
        sections=join_words(measures.sections),
        units=UnitWords(counters=frozenset(measures.counters), units=frozenset(list_units(tables))),
    )


def index(pairs: Iterable[tuple[str, Measure]]) -> dict[str, tuple[Measure, ...]]:
    """The measures of each word, in written order."""
    found: dict[str, tuple[Measure, ...]] = {}
    for word, measure in pairs:
        found[word] = (*found.get(word, ()), measure)
    return found


def list_units(tables: Iterable[Table]) -> Iterator[str]:
    """The units of some tables in every language, lines and choices too."""
    for table in tables:
        lines = [line for axis in Axis for line in walk_lines(table.lines(axis))]
        texts = [table.unit, *(line.unit for line in lines), *(each for line in lines for each in line.unit_choices)]
        yield from (text for unit in texts if unit is not None for _, text in unit.by_language)


def join_words(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds the first of some words that fits, each in its group; of no words, nothing."""
    if not words:
        return NEVER
    return re.compile("|".join(f"({spell_word(word)})" for word in words), re.IGNORECASE)


def spell_word(word: str) -> str:
    """A pattern for one word; letters are not to stand in the middle of another word."""
    spelt = GAP.join(re.escape(part) for part in word.split("…"))
    before = r"\b" if word[0].isascii() and word[0].isalnum() else ""
    after = r"\b" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + spelt.replace(r"\ ", r"\s+") + after
