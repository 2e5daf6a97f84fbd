"""Whether the sections say enough and not too much, and whether what should be text or figures is only a picture."""

import re
from collections.abc import Iterator

from gaisite.check.paragraphs import HAN
from gaisite.check.sentences import is_unwritten, place_section
from gaisite.findings import Finding, fault
from gaisite.model.content import Report, State
from gaisite.model.forms import Form, Section
from gaisite.model.prose import Prose
from gaisite.model.wording import Wording

OTHER = re.compile("[^\\W_\u3400-\u4dbf\u4e00-\u9fff]+")
"""A number, or a word of another script."""
PICTURE = "<img"
SHOWN = 20
"""Characters of a short text that a finding shows."""


def check_sections(report: Report, form: Form, wording: Wording) -> Iterator[Finding]:
    """A finding for each section that is too long, says too little or is nothing but a picture."""
    for section in form.sections:
        prose = report.narrative.sections.get(section.id)
        if prose is None or is_unwritten(prose, report.narrative):
            continue
        place, at = place_section(prose, report.narrative), f"sections.{section.id}"
        if is_picture(prose):
            yield fault("picture-only", place, at, section=section.heading).finding
            continue
        length = count_words(prose) if section.at_most else 0
        if length > section.at_most:
            limit = str(section.at_most)
            yield fault("section-long", place, at, section=section.heading, found=str(length), limit=limit).finding
        if is_short(prose, section, wording):
            found, least = shorten(prose.text.strip()), str(section.at_least)
            empty = "" if found else "0"
            yield fault(
                "section-short", place, at, section=section.heading, found=found, empty=empty, least=least
            ).finding


def shorten(text: str) -> str:
    """A text, or its beginning."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def count_words(prose: Prose) -> int:
    """How long a section is, as word processors count: Han characters, numbers, words of other scripts."""
    text = "\n".join(passage.text for passage in prose.passages)
    return sum(map(len, HAN.findall(text))) + len(OTHER.findall(text))


def is_short(prose: Prose, section: Section, wording: Wording) -> bool:
    """Whether a section that must say something says less than the form wants, or that there is nothing to say."""
    if not section.at_least:
        return False
    length = count_words(prose)
    nothing = {squeeze(word) for word in wording.nothing}
    return length < section.at_least or (length <= SHOWN and squeeze(prose.text) in nothing)


def squeeze(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def is_picture(prose: Prose) -> bool:
    """Whether a section has a picture and not a word beside it."""
    return PICTURE in prose.html and count_words(prose) == 0


def check_blank_tables(report: Report) -> Iterator[Finding]:
    """A finding where no table has any figure while the report has pictures or files in which they may be."""
    figures = [figure for table in report.tables.values() for figure in table.figures.values()]
    pictures = any(PICTURE in prose.html for prose in report.narrative.sections.values())
    if all(figure.state is State.BLANK for figure in figures) and (pictures or report.narrative.attachments):
        yield fault("tables-blank", report.place, "tables").finding
