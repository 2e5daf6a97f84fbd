"""What each number of a sentence counts, by the words beside it.

Chinese names before the number (新收28件) or, where nothing is named there, behind it (3件不予公开); English the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gaisite.check.measure_words import Token
from gaisite.check.prose_numbers import Number
from gaisite.check.prose_sentences import LINK, Field, NumberedSentence
from gaisite.model.measures import Measure, Reading
from gaisite.model.tables import Address

EXAMPLE = re.compile(r"等(?!待)|such as")
"""Behind a word: it is an example of what is named after it."""
APART = re.compile(r"分别|respectively", re.IGNORECASE)
SHARE = re.compile(
    r"[\s，,、（(]*(?:约?占(?:比|总数|全部|比例)?[^，。；,;0-9]{0,10}|比例[为是]?|or|\bi\.e\.)?\s*", re.IGNORECASE
)
"""Between a number and the percentage that it is."""
EACH = re.compile(r"[均都各]|\b(?:each|both|all)\b", re.IGNORECASE)
"""Behind several measures: the number is that of each, not of all together."""
PART = re.compile(r"其中|of (?:which|these|them)", re.IGNORECASE)
COMPARED = re.compile(
    r"较|同比|环比|相比|(?:增长|上升|下降|回落)(?:了|约)?$|上年|去年|上一年|往年|累计|历年|平均|[月日人]均|半年|季度"
    r"|\b(?:than|compared|increase|decrease|previous|prior|last)\b",
    re.IGNORECASE,
)
"""Beside a number: it is about another time, or no figure of the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a number is said to count."""

    number: Number
    word: str
    """As written."""
    measures: tuple[Measure, ...]
    readings: tuple[Reading, ...]
    """What it may be, the first being meant."""
    confused: tuple[Reading, ...]
    """What reports wrongly give instead."""
    whole: Reading = ()
    """Of which it may be a share."""
    each: bool = False
    """Whether the number is that of each of several things: of a measure, and of what is named beside it."""
    count: Number | None = None
    """Of a share: the number before, whose share it is."""


def name_numbers(sentence: NumberedSentence) -> Iterator[Naming]:
    """What the numbers of a sentence count, as far as its words tell."""
    last: Naming | None = None
    pending: list[Token] = []
    free = sentence.start
    for position, number in enumerate(sentence.numbers):
        field = Field(sentence, position, free)
        tokens = field.tokens()
        if pending and not field.own_tokens():
            tokens = [pending.pop(0)]
        elif len(tokens) > 1 and APART.search(sentence.text, tokens[-1].end, number.start):
            tokens, pending = tokens[:1], tokens[1:]
        else:
            pending = []
        naming = name_number(sentence, number, field, tokens, last)
        free = max(free, *(token.end for token in tokens if token.start >= number.unit_end), sentence.start)
        if naming is not None:
            yield naming
        last = naming if not number.percent else last


def name_number(
    sentence: NumberedSentence, number: Number, field: Field, tokens: Sequence[Token], last: Naming | None
) -> Naming | None:
    """What one number counts; None where no word tells."""
    if number.percent and not tokens:
        return name_share(sentence, number, field, last)
    tokens = drop_examples(sentence.text, drop_repeated(tokens))
    if not tokens or not sentence.is_of_year(number.start) or is_compared(sentence, field, tokens):
        return None
    clause = sentence.clause(min(tokens[0].start, number.start), number.unit_end)
    chosen = [[each for each in token.named if applies(each, token, number, sentence, clause)] for token in tokens]
    if not all(chosen):
        return None
    linked = len(tokens) > 1 and are_linked(sentence.text, tokens)
    each = EACH.search(sentence.text, tokens[-1].end, number.start) is not None
    measures = tuple(measure for some in chosen for measure in some)
    readings = list_readings(chosen, sentence, number, linked=linked and not each)
    if not readings:
        return None
    return Naming(
        number=number,
        word=sentence.text[tokens[0].start : max(tokens[-1].end, tokens[0].end)],
        measures=measures,
        readings=readings,
        confused=tuple(reading for measure in measures for reading in measure.confused),
        whole=measures[0].whole,
        each=each,
    )


def name_share(sentence: NumberedSentence, number: Number, field: Field, last: Naming | None) -> Naming | None:
    """What a percentage is a share of: what the number before it counts, where it follows that as its share."""
    between = sentence.text[field.before : number.start]
    if last is None or not last.whole or not SHARE.fullmatch(between):
        return None
    return replace(last, number=number, confused=(), count=last.number)


def are_linked(text: str, tokens: Sequence[Token]) -> bool:
    """Whether only words like `and` stand between some words."""
    return all(LINK.fullmatch(text, one.end, other.start) for one, other in pairwise(tokens))


def drop_repeated(tokens: Sequence[Token]) -> list[Token]:
    """The words but for those that name once more what another one names: 没有现成信息、需要另行制作."""
    kept: list[Token] = []
    for token in tokens:
        if all(token.named != each.named for each in kept):
            kept.append(token)
    return kept


def drop_examples(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The words but for those that are given as examples of the one after: 因不掌握等原因无法提供."""
    return [
        token
        for position, token in enumerate(tokens)
        if position == len(tokens) - 1 or not EXAMPLE.match(text, token.end)
    ]


def is_compared(sentence: NumberedSentence, field: Field, tokens: Sequence[Token]) -> bool:
    """Whether the words that name nothing say that the number is about another time."""
    start = min(field.start, tokens[0].start)
    rest = list(sentence.text[start : field.number.start])
    for token in tokens:
        for index in range(max(token.start, start), min(token.end, field.number.start)):
            rest[index - start] = " "
    return COMPARED.search("".join(rest)) is not None


def applies(measure: Measure, token: Token, number: Number, sentence: NumberedSentence, clause: str) -> bool:
    """Whether a word names a measure here."""
    if number.percent and not measure.whole:
        return False
    if number.unit and not number.percent and number.unit not in measure.units:
        return False
    if measure.required and not any(has_word(sentence.words, word) for word in measure.required):
        return False
    if any(has_word(clause, word) for word in measure.excluded):
        return False
    if measure.after and not follows_topic(measure, number.start, sentence):
        return False
    return not is_part(measure, token, sentence)


def has_word(text: str, word: str) -> bool:
    """Whether a word stands in a text, letters in any case."""
    return word.casefold() in text.casefold()


def follows_topic(measure: Measure, index: int, sentence: NumberedSentence) -> bool:
    """Whether the topic named last before an index is one behind which the measure is to be read."""
    topics = [token.topic for token in sentence.tokens if token.topic and token.start <= index]
    return bool(topics) and not topics[-1].isdisjoint(measure.after)


def is_part(measure: Measure, token: Token, sentence: NumberedSentence) -> bool:
    """Whether the measure was named before, and what follows 其中 is a part of it: of one office, for one."""
    earlier = [each for each in sentence.tokens if each.end <= token.start and measure in each.named]
    if PART.match(sentence.words.lstrip()) and any(measure in each.named for each in sentence.earlier):
        return True
    return bool(earlier) and PART.search(sentence.text, earlier[-1].end, token.start) is not None


def list_readings(
    chosen: Sequence[Sequence[Measure]], sentence: NumberedSentence, number: Number, *, linked: bool
) -> tuple[Reading, ...]:
    """What a number may be: the sum of measures joined to one another, each alone, the more specific first."""
    rows = list(list_rows(sentence, number))
    each = [
        [reading for measure in one for cells in measure.cells for reading in expand(cells, rows)] for one in chosen
    ]
    if not all(each):
        return ()
    if linked:
        together = tuple(address for readings in each for address in readings[0])
        return tuple(dict.fromkeys((together, *(reading for readings in each for reading in readings))))
    readings = [reading for readings in reversed(each) for reading in readings]
    if len(each) == 1:
        return tuple(dict.fromkeys(readings))
    return tuple(dict.fromkeys(sorted(readings, key=lambda reading: not is_within(reading, readings))))


def is_within(reading: Reading, others: Sequence[Reading]) -> bool:
    """Whether all of a reading lies inside another one."""
    return any(
        other != reading and all(any(up.covers(address) and up != address for up in other) for address in reading)
        for other in others
    )


def list_rows(sentence: NumberedSentence, number: Number) -> Iterator[Reading]:
    """The rows that the sentence names before a number's end, the last first."""
    for token in reversed(sentence.tokens):
        if token.start < number.unit_end:
            yield from (measure.cells[0] for measure in token.named if all(each.row for each in measure.cells[0]))


def expand(cells: Reading, rows: Sequence[Reading]) -> Iterator[Reading]:
    """A reading with its rows; where it has none, once for each row that was named in the same table."""
    if all(address.row for address in cells):
        yield cells
        return
    table, column = cells[0].table, cells[0].column
    for reading in rows:
        if all(address.table == table for address in reading):
            yield tuple(Address(table=table, row=address.row, column=column) for address in reading)
