"""Percentages, and when none may be given."""

from decimal import ROUND_HALF_UP, Decimal

from gaisite.model.history import Guard

SMALLEST_BASE = 10
"""A percentage of fewer than ten says more than it knows."""


def guard_percentage(base: int | Decimal) -> Guard:
    """Why a percentage of this number would mislead; NONE where it would not."""
    if not base:
        return Guard.ZERO
    return Guard.SMALL if base < SMALLEST_BASE else Guard.NONE


def take_percentage(part: int | Decimal, base: int | Decimal) -> Decimal:
    """How many hundredths of a number another is, rounded to one decimal."""
    return (Decimal(part) * 100 / Decimal(base)).quantize(Decimal("0.1"), ROUND_HALF_UP)
