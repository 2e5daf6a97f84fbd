"""Lists in prose that are to add up: 公开64条，其中……54条."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gaisite.check.arithmetic import measure_gap
from gaisite.check.naming import PART
from gaisite.check.prose_numbers import Number
from gaisite.check.prose_sentences import NumberedSentence
from gaisite.findings import Finding, Severity, fault
from gaisite.model.numbers import write_number
from gaisite.model.prose import Passage

OPEN = re.compile(r"等(?!待)|主要|包括|包含|渠道|方式|途径|平台|including|channel|mainly", re.IGNORECASE)
"""Words of a list that need not add up: it is not whole, or one item is counted in several channels."""
END = re.compile(r"[；;]")


def check_lists(passage: Passage, sentences: Sequence[NumberedSentence], named: frozenset[int]) -> Iterator[Finding]:
    """The lists of a passage that do not add up, but for those of figures: `named` are where numbers of these begin."""
    for position, sentence in enumerate(sentences):
        parts = list(PART.finditer(sentence.words))
        if len(parts) != 1:
            continue
        start = sentence.start + parts[0].end()
        heads = [each for each in sentence.numbers if each.end <= start]
        if not heads and position and not sentence.text[sentence.start : start - len(parts[0][0])].strip():
            heads = list(sentences[position - 1].numbers)
        terms = list_terms(sentence, start)
        if heads and not any(each.start in named for each in (*terms, heads[-1])):
            yield from check_list(passage, sentence, heads[-1], terms)


def list_terms(sentence: NumberedSentence, start: int) -> list[Number]:
    """The numbers of the list that begins at an index; what stands in brackets explains one of them."""
    ending = END.search(sentence.text, start, sentence.end)
    end = ending.start() if ending else sentence.end
    return [
        each
        for each in sentence.numbers
        if start <= each.start < end and not is_bracketed(sentence.text[start : each.start])
    ]


def is_bracketed(text: str) -> bool:
    """Whether a bracket is open at the end of a text."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def check_list(
    passage: Passage, sentence: NumberedSentence, head: Number, terms: Sequence[Number]
) -> Iterator[Finding]:
    """A list whose numbers, of the same unit, give another sum.

    More than the whole is wrong; where it is less, something may have been left out: that is for information.
    """
    own = [each for each in terms if each.unit == head.unit and not each.step]
    if len(own) < 2 or head.percent or head.step or not head.unit or not sentence.is_of_year(head.start):
        return
    sums = list(itertools.accumulate(each.value for each in own))
    if head.value in sums or OPEN.search(sentence.text, min(head.end, own[0].start), own[-1].unit_end + 1):
        return
    finding = fault(
        "list-sum", passage.place_of(head.start, head.unit_end - head.start), number=head.written,
        parts="+".join(write_number(each.value) for each in own) + f"={write_number(sums[-1])}",
        difference=measure_gap(sums[-1], head.value),
    ).finding  # fmt: skip
    yield finding if sums[-1] > head.value else replace(finding, severity=Severity.INFORMATION)
