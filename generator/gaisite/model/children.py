"""What a report says of the agencies below it: its figures are their sum, or are compared with it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gaisite.findings import Place


class ChildrenMode(StrEnum):
    """What the reports of the agencies below are to a report."""

    SUM = "sum"
    """It has no figures of its own: they are added up here."""
    COMPARE = "compare"
    """It has figures of its own, which are compared with the sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A difference between a figure and the sum of those below that the publisher documents."""

    at: str
    """Id of the cell, `penalties.punishment.decisions`."""
    by: int | Decimal
    """What is added to the sum; below 0 where something is taken away."""
    reason: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenRule:
    """`children` and `adjustments` of figures.yaml."""

    mode: ChildrenMode
    adjustments: tuple[Adjustment, ...] = ()
    place: Place
    """Of the word after `children:`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingYears:
    """The years for which an agency has to report; a year that is not given is not known."""

    first: int | None = None
    last: int | None = None

    def covers(self, year: int) -> bool:
        """Whether the agency has to report for a year."""
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


EVERY_YEAR = ReportingYears()
"""Of an agency that says nothing else."""
