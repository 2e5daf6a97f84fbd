"""Sentences that say without a number how much there was: none, or all."""

from collections.abc import Iterator

from gaisite.check.measure_values import count_reading, label_reading, write_value
from gaisite.check.measure_words import Token
from gaisite.check.naming import has_word
from gaisite.check.prose_sentences import NumberedSentence
from gaisite.findings import Finding, fault
from gaisite.model.content import Report
from gaisite.model.measures import Measure
from gaisite.model.prose import Passage


def check_statements(passage: Passage, report: Report, sentence: NumberedSentence) -> Iterator[Finding]:
    """Each place of a sentence that says none, or all, where the table says otherwise."""
    for token in sentence.tokens:
        if not sentence.is_of_year(token.start):
            continue
        for measure in token.none:
            if fits(measure, token, sentence):
                yield from check_none(passage, report, token, measure)
        for measure in token.all:
            if fits(measure, token, sentence):
                yield from check_all(passage, report, token, measure)


def fits(measure: Measure, token: Token, sentence: NumberedSentence) -> bool:
    """Whether a statement is about a measure: nothing speaks against it, and its topic was named before."""
    clause = sentence.clause(token.start, token.end)
    if any(has_word(clause, word) for word in measure.excluded):
        return False
    if measure.required and not any(has_word(sentence.words, word) for word in measure.required):
        return False
    topics = {word for each in sentence.tokens if each.start <= token.start for word in each.topic}
    return not measure.after or not topics.isdisjoint(measure.after)


def check_none(passage: Passage, report: Report, token: Token, measure: Measure) -> Iterator[Finding]:
    """A statement that there was none, over a figure that is not 0."""
    counted = count_reading(report, measure.cells[0])
    if counted.values and all(counted.values):
        yield fault(
            "none-disagrees", passage.place_of(token.start, token.end - token.start), str(measure.cells[0][0]),
            words=passage.text[token.start : token.end], cell=label_reading(report, measure.cells[0]),
            value=write_value(counted),
        ).finding  # fmt: skip


def check_all(passage: Passage, report: Report, token: Token, measure: Measure) -> Iterator[Finding]:
    """A statement that all were so, where the table has less."""
    counted, whole = count_reading(report, measure.cells[0]), count_reading(report, measure.whole)
    if counted.values and whole.values and set(counted.values).isdisjoint(whole.values):
        yield fault(
            "all-disagrees", passage.place_of(token.start, token.end - token.start), str(measure.cells[0][0]),
            words=passage.text[token.start : token.end], cell=label_reading(report, measure.cells[0]),
            value=write_value(counted), whole=write_value(whole),
        ).finding  # fmt: skip
