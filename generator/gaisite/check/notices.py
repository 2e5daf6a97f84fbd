"""The notice that laid down the form, as the narrative cites it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from gaisite.check.sentences import list_prose
from gaisite.findings import Finding, Place, fault
from gaisite.model.content import Narrative, Report
from gaisite.model.forms import Form

OPENING, CLOSING = "〔[［【(（", "〕]］】)）"
"""Brackets in which the year of a document number is written."""


def check_notice(report: Report, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """A finding where the narrative cites the notice of a form that does not serve its year, and not its own form's."""
    form = forms[report.form]
    if not form.notices or find_number(report.narrative, form.notices[0].number):
        return
    right = form.notices[0]
    for other in forms.values():
        number = other.notices[0].number if other.notices else ""
        known = {notice.number for notice in form.notices}
        found = find_number(report.narrative, number) if not other.serves(report.year) and number not in known else None
        if found:
            section, place = found
            yield fault(
                "notice-wrong", place, f"sections.{section}", found=number, form=other.short, year=str(report.year),
                wanted=right.number,
            ).finding  # fmt: skip


def find_number(narrative: Narrative, number: str) -> tuple[str, Place] | None:
    """The section and the place where a document is cited first; None where it is not."""
    pattern = make_number_pattern(number)
    for section, prose in list_prose(narrative):
        for passage in prose.passages:
            found = pattern.search(passage.text)
            if found:
                return section, passage.place_of(found.start(), len(found[0]))
    return None


@cache
def make_number_pattern(number: str) -> re.Pattern[str]:
    """Matches a document number with any brackets and blanks; nothing where there is none."""
    brackets = {**dict.fromkeys(OPENING, OPENING), **dict.fromkeys(CLOSING, CLOSING)}
    parts = [f"[{re.escape(brackets[letter])}]" if letter in brackets else re.escape(letter) for letter in number]
    return re.compile(r"\s*".join(parts) or "(?!)")
