"""Figures, changes and sizes in words."""

from decimal import Decimal

import pytest

from gaisite.findings import ContentError
from gaisite.model.numbers import write_change, write_number
from gaisite.render.words import Words, write_size

WORDS = Words("en", {"size_bytes": "{size} bytes", "hello": "Hello {name}"})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (6, "+6"),
        (-3, "−3"),
        (0, "0"),
        (Decimal("0.5"), "+0.5"),
        (Decimal("-0.0001"), "−0.0001"),
        (Decimal("0.0"), "0.0"),
        (Decimal("-0.0"), "0.0"),
        (Decimal("1E+2"), "+100"),
    ],
)
def test_change_is_written_with_its_sign_unless_it_is_none(value: int | Decimal, text: str) -> None:
    assert write_change(value) == text


def test_number_keeps_its_zeros_and_never_has_an_exponent() -> None:
    assert write_number(Decimal("52.6540")) == "52.6540"
    assert write_number(Decimal("0E-7")) == "0.0000000"
    assert write_number(10**17) == "1" + "0" * 17


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (366_600, "367 KB"),
        (1_000_000, "1.0 MB"),
        (2_340_000, "2.3 MB"),
    ],
)
def test_size_is_written_for_people(size: int, text: str) -> None:
    assert write_size(size, WORDS) == text


def test_word_is_an_attribute_and_may_be_optional() -> None:
    assert WORDS.fill("hello", name="you") == "Hello you"
    assert (WORDS.optional("hello"), WORDS.optional("lost")) == ("Hello {name}", "")
    assert not hasattr(WORDS, "lost")


def test_word_that_is_missing_is_a_finding() -> None:
    with pytest.raises(ContentError) as caught:
        WORDS.fill("lost")
    assert caught.value.finding.place.file == "translations/en.yaml"


@pytest.mark.parametrize("wrong", ["{agenzy}", "{agency", "{0}", "{agency.lost.more}", "{agency[lost]}"])
def test_word_that_cannot_be_filled_in_is_a_finding(wrong: str) -> None:
    with pytest.raises(ContentError) as caught:
        Words("zh-CN", {"sentence": wrong}).fill("sentence", agency="某局")
    assert caught.value.finding.check == "template-error"
    assert wrong in str(dict(caught.value.finding.facts)["reason"])
