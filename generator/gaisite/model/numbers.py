"""Numbers as text: exact, never a float."""

from decimal import Decimal


def write_number(value: int | Decimal) -> str:
    """A number as digits, a decimal with the zeros it has."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def write_change(value: int | Decimal) -> str:
    """A change with its sign: +6, −3, 0; the minus is the typographic one, as wide as the plus."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + write_number(value).lstrip("-")
