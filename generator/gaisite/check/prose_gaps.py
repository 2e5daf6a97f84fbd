"""Where a number should stand in prose and none does; and how many sections a report says that it has."""

import re
from collections.abc import Iterator

from gaisite.check.measure_words import Vocabulary
from gaisite.check.numerals import CHINESE, narrow, read_chinese
from gaisite.findings import Finding, fault
from gaisite.model.content import Passage
from gaisite.model.forms import Form

SIGNS = "××xXＸ_＿○△"
"""What drafts have where a number is to be filled in."""
EMPTY = re.compile(
    rf"(?<=[\u4e00-\u9fffA-Za-z（])(?:[ \t\u3000]{{2,}}|\u00a0[ \u00a0]*| ?[{SIGNS}]{{1,8}} ?|\(\s+\)|（\s+）)"
)
"""A gap of two spaces or more, or such a sign, behind a word."""
COUNTED = re.compile(rf"(?:(?<![0-9第])(?P<digits>[0-9]{{1,2}})|(?<![{CHINESE}第])(?P<chinese>[{CHINESE}]{{1,3}}))$")


def check_gaps_in_prose(passage: Passage, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Each place of a passage where a unit follows a gap: 累计发布   条."""
    for match in EMPTY.finditer(passage.text):
        unit = next((each for each in vocabulary.units.longest_first if follows(passage.text, match.end(), each)), "")
        if unit:
            start, end = match.start(), match.end() + len(unit)
            before = passage.text[max(start - 8, 0) : start].rpartition("\n")[2]
            yield fault("number-missing", passage.place_of(start, end - start), words=before, unit=unit).finding


def follows(text: str, index: int, unit: str) -> bool:
    """Whether a unit stands at an index, as a word of its own."""
    return text.startswith(unit, index) and not (unit[-1].isascii() and text[index + len(unit) :][:1].isalpha())


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
