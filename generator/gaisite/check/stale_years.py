"""Years that the narrative kept from an earlier report, and dates of which digits were lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gaisite.check.dates import Date, find_dates, find_periods
from gaisite.check.sentences import Sentence, list_sentences
from gaisite.findings import Finding, Place, fault
from gaisite.model.content import Report
from gaisite.model.prose import PassageKind
from gaisite.model.wording import Wording

OPENING = 2
"""Letters that may stand before the year with which a sentence opens: 一是, （一）."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A sentence as this report must be read."""

    sentence: Sentence
    year: int
    """Of the report."""
    wording: Wording

    @property
    def text(self) -> str:
        """The sentence."""
        return self.sentence.text

    def has(self, words: tuple[str, ...]) -> bool:
        """Whether one of some words stands in the sentence."""
        return any(word in self.text for word in words)

    def quote(self, start: int, end: int) -> str:
        """A part of the sentence, in one line."""
        return "".join(self.text[start:end].split("\n"))

    def point(self, start: int, end: int, other: int) -> tuple[Place, str]:
        """Place and address of a part of the sentence that gives another year."""
        return self.sentence.place_of(start, end), f"sections.{self.sentence.section}.{other}"


def check_years(report: Report, wording: Wording) -> Iterator[Finding]:
    """A finding for each year that is not the report's where the words around it ask for the report's."""
    if wording.year:
        for sentence in list_sentences(report.narrative):
            reading = Reading(sentence=sentence, year=report.year, wording=wording)
            yield from check_glued(reading)
            yield from check_dates(reading)


def check_glued(reading: Reading) -> Iterator[Finding]:
    """A finding for each date whose digits run together: one between them was lost."""
    for found in make_glued_pattern(reading.wording).finditer(reading.text):
        place, section = reading.sentence.place_of(found.start(), found.end()), reading.sentence.section
        yield fault("date-glued", place, f"sections.{section}", found=found[0]).finding


@cache
def make_glued_pattern(wording: Wording) -> re.Pattern[str]:
    """Matches a year whose digits run into those of month or day."""
    return re.compile(rf"(?<!\d)[12１２][09０９]\d{{3,}}\s*(?:{re.escape(wording.month)}|{re.escape(wording.day)})")


def check_dates(reading: Reading) -> Iterator[Finding]:
    """A finding for each period and each year of a sentence that is out of the report's year."""
    dates = find_dates(reading.text, reading.wording)
    if not dates:
        return
    periods = list(find_periods(reading.text, dates, reading.wording))
    for first, last in periods:
        if is_wrong(first, last, reading):
            other = first.year if first.year != reading.year else last.year
            place, at = reading.point(first.start, last.end, other)
            found = reading.quote(first.start, last.end)
            yield fault("period-wrong", place, at, found=found, year=str(reading.year)).finding
    within = {date.start for period in periods for date in period}
    own = any(date.year == reading.year for date in dates)
    for date in dates:
        if date.start not in within:
            yield from check_date(date, reading, own=own)


def is_wrong(first: Date, last: Date, reading: Reading) -> bool:
    """Whether a period should be the report's year and is not.

    It should where the sentence says that the figures are for it, or where it is one whole year.
    """
    begin, end = (reading.year, 1, 1), (reading.year, 12, 31)
    if reading.has(reading.wording.period) and not reading.has(reading.wording.comparing):
        return (first.calendar, last.calendar) != (begin, end)
    whole = first.year == last.year and (first.calendar[1:], last.calendar[1:]) == (begin[1:], end[1:])
    return whole and first.year != reading.year


def check_date(date: Date, reading: Reading, *, own: bool) -> Iterator[Finding]:
    """A finding where a date is the day of counting, the time of a plan, or opens a sentence, and is out of its year.

    `own` says whether the sentence names the report's year too.
    """
    before = reading.text[: date.start].rstrip()
    as_of = max((word for word in reading.wording.as_of if before.endswith(word)), key=len, default="")
    start = len(before) - len(as_of) if as_of else date.start
    plan = 0 if as_of else find_plan(before, date, reading)
    place, at = reading.point(start, plan or date.end, date.year)
    found, year, other = reading.quote(start, plan or date.end), str(reading.year), str(date.year)
    if as_of:
        if date.year != reading.year:
            yield fault("stale-year", place, at, found=found, year=year, other=other).finding
    elif plan:
        if date.year <= reading.year:
            yield fault("stale-plan", place, at, found=found, year=year, other=other).finding
    elif date.year < reading.year and not own and opens_sentence(date, reading):
        yield fault("other-year", place, at, found=found, year=year, other=other).finding


def find_plan(before: str, date: Date, reading: Reading) -> int:
    """Where a plan for the year of a date ends in the sentence; 0 where none is made for it."""
    found = make_plan_pattern(reading.wording).match(reading.text, date.end)
    if found:
        return found.end()
    return date.end if before.endswith(reading.wording.plans) else 0


@cache
def make_plan_pattern(wording: Wording) -> re.Pattern[str]:
    """Matches what follows the year of a plan: perhaps who plans, then that it is planned."""
    plans = "|".join(map(re.escape, wording.plans)) or "(?!)"
    return re.compile(rf"\w?[，,]?\s*[^，,。；、]{{0,12}}?(?:{plans})")


def opens_sentence(date: Date, reading: Reading) -> bool:
    """Whether a sentence opens with a year and compares or counts nothing with it: all of it is about that year."""
    before, after = reading.text[: date.start].rstrip(), reading.text[date.end :].lstrip()
    wording = reading.wording
    related = before.endswith(wording.since) or after.startswith(wording.until) or reading.has(wording.comparing)
    return reading.sentence.kind is PassageKind.TEXT and len(re.sub(r"\W", "", before)) <= OPENING and not related
