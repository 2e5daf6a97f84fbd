"""The words of a form's measures, found in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gaisite.check.prose_numbers import UnitWords
from gaisite.model.measures import Measure, Measures

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
class WordList:
    """Words ready to be searched: one pattern of all would be tried at every character, a hundred times slower."""

    first: re.Pattern[str]
    """The characters with which they begin."""
    by_first: Mapping[str, tuple[re.Pattern[str], tuple[str, ...]]]
    """By their first character: a pattern of those, longer ones first, each in a group of its own; and the words."""

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where in a text words begin and end, and which they are; none inside another."""
        lowered, end = lower(text), 0
        for begun in self.first.finditer(lowered):
            start = begun.start()
            if start >= end:
                pattern, words = self.by_first[begun[0]]
                match = pattern.match(lowered, start)
                if match is not None:
                    end = match.end()
                    yield start, end, words[(match.lastindex or 1) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All words of a form's measures, and what each of them says."""

    words: WordList
    statements: WordList
    """Of these, those that say something without a number."""
    named: Mapping[str, tuple[Measure, ...]]
    none: Mapping[str, tuple[Measure, ...]]
    all: Mapping[str, tuple[Measure, ...]]
    topics: frozenset[str]
    sections: re.Pattern[str]
    units: UnitWords

    def find(self, text: str) -> Iterator[Token]:
        """The words in a text, none inside another."""
        return (self.make_token(*found) for found in self.words.find(text))

    def states(self, text: str) -> bool:
        """Whether a text has words that say something without a number."""
        return next(self.statements.find(text), None) is not None

    def make_token(self, start: int, end: int, word: str) -> Token:
        """A word that stands in a text."""
        return Token(
            start=start,
            end=end,
            named=self.named.get(word, ()),
            none=self.none.get(word, ()),
            all=self.all.get(word, ()),
            topic=self.read_topic(word),
        )

    def read_topic(self, word: str) -> frozenset[str]:
        """The topic that a word is, or those that are part of it: 制定规范性文件."""
        return frozenset({word}) if word in self.topics else frozenset(each for each in self.topics if each in word)


@lru_cache(maxsize=64)
def read_vocabulary(measures: Measures) -> Vocabulary:
    """The words of a form's measures, put in order once a form."""
    figures = measures.figures
    named = index((word, each) for each in figures for word in each.words)
    none = index((word, each) for each in figures for word in each.none)
    whole = index((word, each) for each in figures for word in each.all)
    topics = frozenset(word for each in figures for word in each.after)
    return Vocabulary(
        words=list_words((*named, *none, *whole, *topics)),
        statements=list_words((*none, *whole)),
        named=named,
        none=none,
        all=whole,
        topics=topics,
        sections=join_words(measures.sections),
        units=UnitWords(counters=frozenset(measures.counters), units=frozenset(measures.units)),
    )


def list_words(words: Iterable[str]) -> WordList:
    """Some words, ready to be searched."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0].lower(), []).append(word)
    return WordList(
        first=re.compile(f"[{re.escape(''.join(by_first))}]") if by_first else NEVER,
        by_first={first: (join_words(those), tuple(those)) for first, those in by_first.items()},
    )


def index(pairs: Iterable[tuple[str, Measure]]) -> dict[str, tuple[Measure, ...]]:
    """The measures of each word, in written order."""
    found: dict[str, tuple[Measure, ...]] = {}
    for word, measure in pairs:
        found[word] = (*found.get(word, ()), measure)
    return found


def lower(text: str) -> str:
    """A text in small letters, where none of them takes another place by that."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def join_words(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that finds the first of some words that fits, each in its group; of no words, nothing."""
    return re.compile("|".join(f"({spell_word(word.lower())})" for word in words)) if words else NEVER


def spell_word(word: str) -> str:
    """A pattern for one word; letters are not to stand in the middle of another word."""
    spelt = GAP.join(re.escape(part) for part in word.split("…"))
    before = r"\b" if word[0].isascii() and word[0].isalnum() else ""
    after = r"\b" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + spelt.replace(r"\ ", r"\s+") + after
