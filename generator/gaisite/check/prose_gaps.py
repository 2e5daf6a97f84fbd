"""Where a number should stand in prose and none does; and how many sections a report says that it has."""

import re
from collections.abc import Iterator

from gaisite.check.measure_words import Vocabulary
from gaisite.check.numerals import CHINESE, NARROW, read_chinese
from gaisite.findings import Finding, fault
from gaisite.model.content import Passage
from gaisite.model.forms import Form

SIGNS = "××xXＸ_＿○△"
"""What drafts have where a number is to be filled in."""
EMPTY = re.compile(rf"(?<=[\u4e00-\u9fffA-Za-z（])(?:[ \t\u3000]{{2,}}|\u00a0[ \u00a0]*| ?[{SIGNS}]{{1,8}} ?|\(\s+\)|（\s+）)")
"""A gap of two spaces or more, or such a sign, behind a word."""
COUNTED = re.compile(rf"(?<![0-9第])(?P<digits>[0-9]{{1,2}})|(?<!第)(?P<chinese>[{CHINESE}]{{1,3}})")


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
    if not any(word in passage.text for word in form.measures.sections_of):
        return
    plain = passage.text.translate(NARROW)
    for match in COUNTED.finditer(plain):
        value = int(match["digits"]) if match["digits"] else read_chinese(match["chinese"])
        if value is not None and value != len(form.sections) and vocabulary.sections.match(plain, match.end()):
            place = passage.place_of(match.start(), len(match[0]))
            yield fault("section-count", place, number=match[0], sections=len(form.sections)).finding
