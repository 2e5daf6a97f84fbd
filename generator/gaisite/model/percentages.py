"""Percentages, and when none may be given."""

from decimal import Decimal

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
    part_over, part_under = part.as_integer_ratio()
    whole_over, whole_under = whole.as_integer_ratio()
    over, under = part_over * whole_under * 1000, part_under * whole_over
    rounded = (2 * abs(over) + abs(under)) // (2 * abs(under))
    return Decimal(rounded if (over < 0) == (under < 0) else -rounded).scaleb(-1)
