"""By when a report must be public, as its form says for the kind of agency; dates are compared as they are written."""

from dataclasses import dataclass

from gaisite.model.forms import Form
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """The last day on which a report is published in time."""

    date: str
    """YYYY-MM-DD."""
    clause: Texts

    def is_missed(self, published: str) -> bool:
        """Whether a date, with or without a time, is a later day; that of a report without a date is not known."""
        return published[: len(self.date)] > self.date


def find_due_date(form: Form, kind: str, year: int) -> DueDate | None:
    """When the report of a year is due from a kind of agency; None where the form does not say."""
    named = (each for each in form.deadlines if kind and kind in each.kinds)
    others = (each for each in form.deadlines if not each.kinds)
    deadline = next(named, None) or next(others, None)
    if deadline is None:
        return None
    return DueDate(date=f"{year + 1}-{deadline.month:02}-{deadline.day:02}", clause=deadline.clause)
