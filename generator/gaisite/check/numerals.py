"""What a number written in prose is worth: digits, full-width ones, thousands set apart, Chinese numerals."""

import re
from decimal import Decimal

NARROW = str.maketrans("０１２３４５６７８９．％＋－−", "0123456789.%+--")
WIDE = re.compile("[０-９．％＋－−]")
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"亿": 100_000_000, "万": 10_000}
CHINESE = "零〇一二两三四五六七八九十百千万亿"
SEPARATORS = ",，\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"
"""What sets thousands apart."""
DIGIT, TENS = "[一二两三四五六七八九]", "[一二三四五六七八九]?十[一二三四五六七八九]?"
HUNDREDS = f"{DIGIT}百(?:零{DIGIT}|{TENS})?"
SECTION = re.compile(f"{DIGIT}千(?:零{TENS}|零{DIGIT}|{HUNDREDS})?|{HUNDREDS}|{TENS}|{DIGIT}")
PARTS = re.compile(f"{DIGIT}?[千百十]|{DIGIT}")
SEPARATED = re.compile(f"[{SEPARATORS}]")


def narrow(text: str) -> str:
    """A text with plain digits and signs, one for one: a place in it stays the same place."""
    return text.translate(NARROW) if WIDE.search(text) else text


def read_digits(text: str) -> int | Decimal:
    """The value of digits, with or without thousands set apart and a decimal part; exact."""
    plain = SEPARATED.sub("", text)
    return Decimal(plain) if "." in plain else int(plain)


def read_multiple(text: str, times: str) -> tuple[int | Decimal, int | Decimal]:
    """The value of digits before 万 and the like, 1.2万, and the step to the next such number.

    The value is a whole number wherever it is one.
    """
    factor = (STEPS | MYRIADS).get(times, 1)
    value = read_digits(text) * factor
    if factor == 1:
        return value, 0
    decimals = len(text.partition(".")[2])
    step = Decimal(factor).scaleb(-decimals)
    return as_whole(value), as_whole(step)


def as_whole(value: int | Decimal) -> int | Decimal:
    """A value as a whole number where it is one."""
    return int(value) if value == int(value) else value


def read_chinese(text: str) -> int | None:
    """The value of a Chinese numeral; None where the characters make none, 一二, or two, 一百五."""
    total = 0
    for mark, step in MYRIADS.items():
        head, found, text = text.partition(mark) if mark in text else ("", "", text)
        if found:
            value = read_section(head.removeprefix("零") if total else head)
            if not value:
                return None
            total += value * step
    if not text:
        return total or None
    value = read_section(text.removeprefix("零") if total else text)
    stands_alone = not total or text.startswith("零") or (value or 0) >= 1000
    return total + value if value is not None and stands_alone else None


def read_section(text: str) -> int | None:
    """The value of a numeral below 10000; None where it is none."""
    if text == "零":
        return 0
    if not text or not SECTION.fullmatch(text):
        return None
    return sum(DIGITS.get(part[0], 1) * STEPS.get(part[-1], 1) for part in PARTS.findall(text))
