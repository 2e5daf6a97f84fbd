"""Numbers as text, and what part of another a number is: exact, never a float."""

from decimal import Decimal
from fractions import Fraction


def write_number(value: int | Decimal) -> str:
    """A number as digits, a decimal with the zeros it has."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def write_change(value: int | Decimal) -> str:
    """A change with its sign: +6, −3, 0; the minus is the typographic one, as wide as the plus."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + write_number(value).lstrip("-")


def take_percentage(part: int | Decimal, whole: int | Decimal) -> Decimal:
    """How many percent of a whole a part is, to one decimal, half away from zero; the whole is not 0."""
    thousandths = Fraction(part) * 1000 / Fraction(whole)
    rounded = int(abs(thousandths) + Fraction(1, 2))
    return Decimal(rounded if thousandths >= 0 else -rounded).scaleb(-1)
