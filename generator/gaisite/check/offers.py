"""What the narrative offers its readers: a file to download, a number to call."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from gaisite.check.sentences import list_prose, split_sentences
from gaisite.findings import Finding, fault
from gaisite.model.content import Agency, Report
from gaisite.model.wording import Wording

LINK_TO_FILE = 'href="files/'
"""In a section's HTML: the file lies beside the report and is linked where it is offered."""
NUMBER = r"[0-9０-９][0-9０-９()（）\-－—– ]{5,}[0-9０-９]"
SEPARATOR = re.compile(r"[、,，;；/]")


def check_download(report: Report, wording: Wording) -> Iterator[Finding]:
    """A finding where a sentence offers the report as a file and the report has none."""
    linked = any(LINK_TO_FILE in prose.html for _, prose in list_prose(report.narrative))
    if report.narrative.attachments or linked:
        return
    for section, prose in list_prose(report.narrative):
        for passage in prose.passages:
            for start, length in find_offers(passage.text.casefold(), wording):
                yield fault("download-missing", passage.place_of(start, length), f"sections.{section}").finding


def find_offers(text: str, wording: Wording) -> Iterator[tuple[int, int]]:
    """Where sentences of a text speak of a download of a file of the report: index and length of the word."""
    if any(word in text for word in wording.electronic):
        for start, sentence in split_sentences(text):
            word = next((word for word in wording.download if word in sentence), "")
            if word and any(each in sentence for each in wording.electronic):
                yield start + sentence.index(word), len(word)


def check_contact(report: Report, agency: Agency, wording: Wording) -> Iterator[Finding]:
    """A finding where none of the telephone numbers in the narrative is the one in agency.yaml."""
    known = [strip_number(each) for each in SEPARATOR.split(agency.contact.phone)]
    known = [number for number in known if number]
    found = [
        (section, passage, match)
        for section, prose in list_prose(report.narrative)
        for passage in prose.passages
        for match in make_phone_pattern(wording).finditer(passage.text)
    ]
    if not known or any(is_same(strip_number(match["number"]), number) for *_, match in found for number in known):
        return
    for section, passage, match in found[:1]:
        number = match["number"]
        place = passage.place_of(match.start("number"), len(number))
        yield fault("contact-differs", place, f"sections.{section}", found=number, known=agency.contact.phone).finding


@cache
def make_phone_pattern(wording: Wording) -> re.Pattern[str]:
    """Matches a telephone number behind a word for it."""
    words = "|".join(map(re.escape, wording.phone)) or "(?!)"
    return re.compile(rf"(?:{words})[^0-9０-９。；]{{0,8}}(?P<number>{NUMBER})", re.IGNORECASE)


def strip_number(text: str) -> str:
    """The digits of a telephone number."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isdigit())


def is_same(one: str, other: str) -> bool:
    """Whether two numbers are the same but for an area code that one leaves out."""
    return one.endswith(other) or other.endswith(one)
