"""Years and days in a sentence, in digits or spelled, as far as the words of a language tell them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from gaisite.model.wording import Wording

CITED = re.compile(r"《[^《》]*》|〔[^〔〕]*〕|［[^［］]*］|\[[^\[\]]*\]")
"""Titles of laws and numbers of documents: the years in them are theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A year, or a day of it, in a sentence."""

    start: int
    end: int
    """Behind the last character of what was read."""
    year: int
    month: int = 0
    """0 where only the year is given."""
    day: int = 0

    @property
    def calendar(self) -> tuple[int, int, int]:
        """Year, month and day, to be compared."""
        return self.year, self.month, self.day


def find_dates(text: str, wording: Wording) -> list[Date]:
    """The dates of a text in order, but for those in titles and document numbers; none where dates are not known."""
    if not wording.year or wording.year not in text:
        return []
    hidden = CITED.sub(lambda found: "\N{OBJECT REPLACEMENT CHARACTER}" * len(found[0]), text)
    return list(read_dates(hidden, wording))


def read_dates(text: str, wording: Wording) -> Iterator[Date]:
    """Each date in a text."""
    for found in make_date_pattern(wording).finditer(text):
        year = int(found["digits"]) if found["digits"] else spell_year(found["spelled"], wording)
        if year:
            month, day = int(found["month"] or 0), int(found["day"] or 0)
            yield Date(start=found.start(), end=found.end(), year=year, month=month, day=day)


@cache
def make_date_pattern(wording: Wording) -> re.Pattern[str]:
    """Matches a year, and the month and day that follow it."""
    letters = "".join((*wording.digits, wording.ten, wording.thousand))
    spelled = rf"(?<![{letters}])(?P<spelled>[{letters}]{{4,7}})" if letters else r"(?P<spelled>(?!))"
    year = rf"(?:(?<!\d)(?P<digits>[12１２]\d{{3}})|{spelled})\s*{re.escape(wording.year)}"
    return re.compile(rf"{year}(?:\s*{write_day_pattern(wording)})?")


def write_day_pattern(wording: Wording) -> str:
    """What matches a month, and the day that may follow it."""
    month, day = re.escape(wording.month), re.escape(wording.day)
    return rf"(?P<month>\d{{1,2}})\s*{month}(?:\s*(?P<day>\d{{1,2}})\s*{day})?"


def spell_year(text: str, wording: Wording) -> int:
    """The year that is spelled by its digits or in words, 二〇二一 or 二千零二十一; 0 where it is none."""
    values = {letter: value for value, letters in enumerate(wording.digits) for letter in letters}
    thousands, thousand, rest = text.partition(wording.thousand or "\0")
    if not thousand:
        digits = [values.get(letter, -1) for letter in text]
        return int("".join(map(str, digits))) if len(digits) == 4 and min(digits) >= 0 else 0
    before, ten, after = rest.partition(wording.ten or "\0")
    tens, ones = (before, after) if ten else ("", rest)
    parts = [sum(values.get(letter, 0) for letter in part) for part in (thousands, tens, ones)]
    return parts[0] * 1000 + (parts[1] or bool(ten)) * 10 + parts[2]


def find_periods(text: str, dates: Sequence[Date], wording: Wording) -> Iterator[tuple[Date, Date]]:
    """The first and the last day of each period in a text; the year of the last day may be left out."""
    pattern = make_period_pattern(wording)
    for first in dates:
        found = pattern.match(text, first.end) if first.day else None
        if found is None:
            continue
        last = next((date for date in dates if date.start == found.end("until")), None)
        if last is not None:
            yield first, last
        elif found["day"]:
            bare = replace(first, start=found.start("month"), end=found.end())
            yield first, replace(bare, month=int(found["month"]), day=int(found["day"]))


@cache
def make_period_pattern(wording: Wording) -> re.Pattern[str]:
    """Matches what joins the days of a period, up to the second."""
    until = "|".join(map(re.escape, wording.until)) or "(?!)"
    return re.compile(rf"(?P<until>[^。；]{{0,4}}?(?:{until})\s*)(?:{write_day_pattern(wording)})?")
