"""A number reads back to itself from any of its spellings; what is no number is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.check.numerals import narrow, read_chinese, read_digits, read_multiple

DIGITS = "零一二三四五六七八九"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def spell_section(number: int) -> str:
    """A number below 10000 in Chinese."""
    written, zero = "", False
    for step, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // step % 10
        if digit:
            written += ("零" if zero else "") + DIGITS[digit] + mark
        zero = bool(written) and not digit
    return written.removeprefix("一") if 10 <= number < 20 else written


def spell_chinese(number: int) -> str:
    """A number below 10^12 in Chinese."""
    written, gap = "", False
    for step, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // step % 10**4
        if section:
            spelt = spell_section(section) if not written or section // 10 != 1 else "一" + spell_section(section)
            written += ("零" if written and (gap or section < 1000) else "") + spelt + mark
        gap = bool(written) and not section
    return written or "零"


@given(st.integers(0, 10**9))
def test_chinese_numerals_read_back(number: int) -> None:
    assert read_chinese(spell_chinese(number)) == number


@given(st.integers(0, 10**12), st.sampled_from([",", "，", "\u00a0", "\u2009", "\u202f"]))
def test_separated_and_wide_digits_read_back(number: int, separator: str) -> None:
    written = f"{number:,}".replace(",", separator)
    assert read_digits(written) == number
    assert read_digits(narrow(str(number).translate(WIDE))) == number


@given(st.decimals(0, 10**6, places=4))
def test_decimals_read_exactly(number: Decimal) -> None:
    assert read_digits(format(number, "f")) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十", 10),
        ("二十八", 28),
        ("一百零五", 105),
        ("一百一十二", 112),
        ("两千三百", 2300),
        ("一万零五", 10005),
        ("两", 2),
    ],
)
def test_numerals_as_people_write_them(written: str, number: int) -> None:
    assert read_chinese(written) == number


@pytest.mark.parametrize(
    "written", ["一二", "百百", "一百五", "一万五", "二〇二〇", "千", "十十", "万", "零零", "", "一亿亿", "十零"]
)
def test_what_makes_no_number_or_two_is_none(written: str) -> None:
    assert read_chinese(written) is None


def test_a_rounded_number_knows_how_far_it_may_be_off() -> None:
    assert read_multiple("1.2", "万") == (12000, 1000)
    assert read_multiple("3", "千") == (3000, 1000)
    assert read_multiple("1.25", "亿") == (125_000_000, 1_000_000)
    assert read_multiple("1.23456", "千") == (Decimal("1234.56"), Decimal("0.01"))
    assert read_multiple("28", "") == (28, 0)
