"""The sentences of a passage, with their numbers and the words that may name these."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gaisite.check.measure_words import Token, Vocabulary
from gaisite.check.prose_numbers import Number, is_quoted, scan_numbers

SENTENCE_END = re.compile(r"[。！？!?]|\.(?=\s|$)")
DELIMITER = re.compile(r"[，,；;。！？!?（）()、\uFFFC]|\.(?=\s|$)")
CLAUSE_END = frozenset("，,；;。！？!?（）().")
YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年|\b(?:in|during|for|fiscal year|FY)\s+((?:19|20)[0-9]{2})\b", re.IGNORECASE)
LINK = re.compile(r"\s*(?:及|和|与|以及|或|或者|并|、|and|or|,)\s*", re.IGNORECASE)
"""What joins two measures that one number counts together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedSentence:
    """A sentence of a passage with its numbers and words."""

    text: str
    """Of the whole passage: places are counted in it."""
    start: int
    end: int
    numbers: tuple[Number, ...]
    tokens: tuple[Token, ...]
    earlier: tuple[Token, ...]
    """Those of the sentences before it."""
    delimiters: tuple[int, ...]
    year: int
    """Of the report."""

    @property
    def words(self) -> str:
        """Its text alone."""
        return self.text[self.start : self.end]

    def clause(self, start: int, end: int) -> str:
        """The clause around a part of it."""
        ends = [each for each in self.delimiters if self.text[each] in CLAUSE_END]
        first = max((each + 1 for each in ends if each < start), default=self.start)
        return self.text[first : min((each for each in ends if each >= end), default=self.end)]

    def is_of_year(self, index: int) -> bool:
        """Whether what stands there is about the year of the report: no other year was named last.

        A year inside the words of a measure is no other year: 结转至2022年办理.
        """
        years = [
            int(match[1] or match[2])
            for match in YEAR.finditer(self.text, self.start, index)
            if not any(token.start < match.start() < token.end for token in self.tokens)
        ]
        return not years or years[-1] == self.year


def split_sentences(text: str, vocabulary: Vocabulary, year: int) -> Iterator[NumberedSentence]:
    """The sentences of a passage; of one that has no number and makes no statement, none."""
    scanned = scan_numbers(text, vocabulary.units)
    if not scanned.numbers and not vocabulary.states(text):
        return
    tokens = [token for token in vocabulary.find(text) if not is_quoted(token.start, scanned.quoted)]
    inside = {index for number in scanned.numbers for index in range(number.start, number.end)}
    delimiters = [match.start() for match in DELIMITER.finditer(text) if match.start() not in inside]
    start = 0
    for end in (*(match.end() for match in SENTENCE_END.finditer(text)), len(text)):
        if end > start:
            yield NumberedSentence(
                text=text,
                start=start,
                end=end,
                numbers=tuple(each for each in scanned.numbers if start <= each.start < end),
                tokens=tuple(each for each in tokens if start <= each.start < end),
                earlier=tuple(each for each in tokens if each.start < start),
                delimiters=tuple(each for each in delimiters if start <= each < end),
                year=year,
            )
        start = end


@dataclass(frozen=True, slots=True)
class Field:
    """The words that may name one number of a sentence."""

    sentence: NumberedSentence
    position: int
    free: int
    """From where on words may name it: those before name an earlier number."""

    @property
    def number(self) -> Number:
        """The number."""
        return self.sentence.numbers[self.position]

    @property
    def before(self) -> int:
        """Where the number before ends with the words that name it, or the sentence begins."""
        end = self.sentence.numbers[self.position - 1].unit_end if self.position else self.sentence.start
        return max(end, self.free)

    @property
    def start(self) -> int:
        """Where the words before the number begin."""
        last = max((each + 1 for each in self.sentence.delimiters if each < self.number.start), default=0)
        start = max(last, self.before)
        explained = self.sentence.text[start - 1 : self.number.start].strip() == "）"
        opened = self.sentence.text.rfind("（", self.before, start) if explained else -1
        if opened < 0:
            return start
        return max([self.before, *(each + 1 for each in self.sentence.delimiters if each < opened)])

    def own_tokens(self) -> list[Token]:
        """The words before the number that name something, from the last delimiter on."""
        start, end = self.start, self.number.start
        return [each for each in self.sentence.tokens if start <= each.start < end and each.named]

    def tokens(self) -> list[Token]:
        """The words that name the number: before it with those joined to them, otherwise behind it."""
        own = self.own_tokens()
        if not own:
            return self.tokens_behind()
        earlier = [each for each in self.sentence.tokens if self.before <= each.start < own[0].start and each.named]
        while earlier and LINK.fullmatch(self.sentence.text, earlier[-1].end, own[0].start):
            own.insert(0, earlier.pop())
        return own

    def tokens_behind(self) -> list[Token]:
        """The words behind the number, up to the next delimiter; none where they lead to the next number."""
        number, following = self.number, self.sentence.numbers[self.position + 1 :]
        end = min((each for each in self.sentence.delimiters if each >= number.unit_end), default=self.sentence.end)
        limit = following[0].start if following and following[0].start < end else end
        behind = [each for each in self.sentence.tokens if number.unit_end <= each.start < limit and each.named]
        leads_on = behind and limit < end and not LINK.fullmatch(self.sentence.text, behind[-1].end, limit)
        return [] if leads_on else behind
