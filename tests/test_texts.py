"""Texts: the right language is found, and where it is missing the official one stands in."""

import pytest

from gaisite.texts import Texts

LABEL = Texts.of({"zh-CN": "总计", "en-GB": "Total", "en": "Sum"})


def test_first_language_is_the_official_one() -> None:
    assert (LABEL.language, LABEL.official) == ("zh-CN", "总计")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-CN", "总计"),
        ("en", "Sum"),
        ("en-GB", "Total"),
        ("en-US", "Total"),
        ("zh", "总计"),
        ("fr", None),
        ("e", None),
    ],
)
def test_exact_language_goes_before_the_same_language_elsewhere(language: str, text: str | None) -> None:
    assert LABEL.get(language) == text


def test_official_text_stands_in_for_a_missing_language() -> None:
    assert LABEL.within("fr") == "总计"
    assert LABEL.within("en") == "Sum"


def test_empty_translation_is_a_text_and_not_a_missing_one() -> None:
    assert Texts.of({"zh-CN": "件", "en": ""}).within("en") == ""
