"""Room in a chart: lengths in percent and em, the width of a text, long labels in several lines.

Down, everything is in tenths of an em; across, in thousandths of the width. The narrowest page is 284 pixels wide, the
text of a chart at least 14: what fits into 19 em fits everywhere.
"""

import unicodedata
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache

from gaisite.render.chart_parts import ChartText

WIDTH = 1000
"""Thousandths of the chart's width."""
ROOM = 190
"""Of the narrowest chart, in tenths of an em."""
LINE = 15
"""From one line of text to the next."""
ASCENT = 11
"""From the top of a line of text to its base line."""


@lru_cache(maxsize=4096)
def em(tenths: int) -> str:
    """A length down, as SVG has it."""
    return f"{write_tenths(tenths)}em"


@lru_cache(maxsize=4096)
def percent(thousandths: int) -> str:
    """A length across, as SVG has it."""
    return f"{write_tenths(thousandths)}%"


def write_tenths(number: int) -> str:
    """So many tenths, without needless zeros."""
    whole, rest = divmod(number, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def scale(value: int | Decimal, top: int | Decimal, length: int) -> int:
    """How long a value is drawn where `top` is as long as `length`: nothing only for zero."""
    return int((Decimal(value) * length / Decimal(top)).to_integral_value(ROUND_CEILING))


@lru_cache(maxsize=4096)
def measure(text: str) -> int:
    """The width of a text in tenths of an em: at most, whatever the font."""
    return sum(10 if unicodedata.east_asian_width(each) in "WFA" else 6 for each in text)


@lru_cache(maxsize=4096)
def wrap(text: str, value: str = "", room: int = ROOM) -> tuple[str, ...]:
    """A text in lines that have room, the last of them for the value too; a line of its own for that is empty."""
    lines = [""]
    for piece in split_pieces(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip()) > room:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece
    if value and measure(f"{lines[-1]} {value}") > room:
        lines.append("")
    return tuple(lines)


def split_pieces(text: str) -> list[str]:
    """Where a text may be broken: between Han characters and after spaces."""
    pieces = [""]
    for each in text:
        pieces[-1] += each
        if each == " " or unicodedata.east_asian_width(each) == "W":
            pieces.append("")
    return [piece for piece in pieces if piece]


def write_label(label: str, value: str, top: int, lang: str = "", x: int = 0) -> tuple[ChartText, ...]:
    """A label with its value from a height down, in as many lines as it needs."""
    lines = wrap(label, value, ROOM - x * ROOM // WIDTH)
    last = len(lines) - 1
    return tuple(
        ChartText(
            x=percent(x),
            y=em(top + ASCENT + number * LINE),
            text=line,
            value=value if number == last else "",
            lang=lang,
        )
        for number, line in enumerate(lines)
    )
