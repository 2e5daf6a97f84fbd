"""Room in charts: whatever the label, it fits into the narrowest page, and no character is lost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.render.chart_space import ROOM, em, measure, percent, scale, wrap, write_label

HAN = st.text(alphabet="甲乙丙（），、。 ab", max_size=80)


@pytest.mark.parametrize(("length", "written"), [(0, "0"), (9, "0.9"), (10, "1"), (1000, "100"), (857, "85.7")])
def test_lengths_are_written_without_needless_zeros(length: int, written: str) -> None:
    assert (em(length), percent(length)) == (f"{written}em", f"{written}%")


@given(HAN, st.sampled_from(["", "7", "1234（75.0%）"]))
def test_lines_of_a_label_have_room_and_lose_nothing(text: str, value: str) -> None:
    lines = wrap(text, value)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line) <= ROOM for line in lines)
    assert not value or measure(f"{lines[-1]} {value}") <= ROOM


def test_words_of_latin_letters_are_not_torn_apart() -> None:
    assert wrap("Legal persons or other organisations of any kind") == (
        "Legal persons or other",
        "organisations of any kind",
    )


def test_value_that_has_no_room_gets_a_line_of_its_own() -> None:
    texts = write_label("不" * 19, "18", 0)
    assert [(text.text, text.value, text.y) for text in texts] == [("不" * 19, "", "1.1em"), ("", "18", "2.6em")]


@given(st.integers(0, 10**18), st.integers(1, 10**18))
def test_only_nothing_is_drawn_as_nothing(value: int, top: int) -> None:
    length = scale(min(value, top), top, 1000)
    assert 0 <= length <= 1000
    assert (length == 0) == (value == 0)


def test_amounts_are_scaled_exactly() -> None:
    assert scale(Decimal("0.0001"), Decimal("39573802895.90"), 1000) == 1
    assert scale(Decimal("52.6540"), Decimal("52.6540"), 1000) == 1000
