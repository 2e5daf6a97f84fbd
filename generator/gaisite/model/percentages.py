"""Percentages, and when none may be given."""

from decimal import Decimal
from fractions import Fraction

from gaisite.model.history import Guard

SMALLEST_BASE = 10
"""A percentage of fewer than ten says more than it knows."""


def guard_percentage(base: int | Decimal) -> Guard:
    """Why a percentage of this number would mislead; NONE where it would not."""
    if not base:
        return Guard.ZERO
    return Guard.SMALL if base < SMALLEST_BASE else Guard.NONE


def take_percentage(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """How many percent of a whole a part is, to one decimal, half away from zero; the whole is not 0."""
    thousandths = Fraction(part) * 1000 / Fraction(whole)
    rounded = int(abs(thousandths) + Fraction(1, 2))
    return Decimal(rounded if thousandths >= 0 else -rounded).scaleb(-1)
