"""Where a number should stand in prose and none does; and how many sections a report says that it has."""

import re
from collections.abc import Iterator

from gaisite.check.measure_words import Vocabulary
from gaisite.check.numerals import CHINESE, narrow, read_chinese
from gaisite.check.prose_numbers import find_quoted, is_quoted
from gaisite.findings import Finding, fault
from gaisite.model.forms import Form
from gaisite.model.prose import Passage

SIGNS = "××xXＸ○△"
"""What drafts have where a number is to be filled in."""
EMPTY = re.compile(
    rf"(?<=[\u4e00-\u9fffA-Za-z（])(?:[ \t\u00a0]{{2,}}|\u3000+|_{{2,}}|＿+| ?[{SIGNS}]{{1,8}} ?|\(\s+\)|（\s+）)"
)
"""A gap of two spaces or more, or such a sign, behind a word."""
COUNTER = re.compile(
    r"(?!项目|个[人别]|条[例件款]|人[员民大]|件数|次[数序]|期[间限]|场所|起草|例[如行]|份额)[条次篇期场人个项件份宗起例]"
)
"""What Chinese prose counts with, and no other word that begins so."""
WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z ]{1,12}$")
COUNTED = re.compile(rf"(?:(?<![0-9第])(?P<digits>[0-9]{{1,2}})|(?<![{CHINESE}第])(?P<chinese>[{CHINESE}]{{1,3}}))$")


def check_gaps_in_prose(passage: Passage, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Each place of a passage where a unit follows a gap: 累计发布   条."""
    for match in EMPTY.finditer(passage.text):
        unit = find_unit(passage.text, match.end(), vocabulary)
        if unit and not is_quoted(match.start(), find_quoted(passage.text)):
            start, end = match.start(), match.end() + len(unit)
            words = WORDS.search(passage.text[:start])
            before = words[0].strip() if words else ""
            yield fault("number-missing", passage.place_of(start, end - start), words=before, unit=unit).finding


def find_unit(text: str, index: int, vocabulary: Vocabulary) -> str:
    """The unit that begins at an index, as a word of its own; empty where there is none."""
    counter = COUNTER.match(text, index)
    if counter:
        return counter[0]
    for unit in vocabulary.units.longest_first:
        if text.startswith(unit, index) and not text[index + len(unit) : index + len(unit) + 1].isalpha():
            return unit
    return ""


def check_section_count(passage: Passage, vocabulary: Vocabulary, form: Form) -> Iterator[Finding]:
    """Whether a passage that says how many sections the report has is right."""
    for match in vocabulary.sections.finditer(passage.text):
        number = COUNTED.search(narrow(passage.text[: match.start()]))
        if number is None or not any(word in passage.text for word in form.measures.sections_of):
            continue
        value = int(number["digits"]) if number["digits"] else read_chinese(number["chinese"])
        if value is not None and value != len(form.sections):
            place = passage.place_of(number.start(), len(number[0]))
            yield fault("section-count", place, number=number[0], sections=len(form.sections)).finding
