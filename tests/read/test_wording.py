"""The words of a language are read whole, or the package says that it is damaged."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gaisite.model.wording import SILENT, choose_wording
from gaisite.read import wording
from gaisite.read.wording import KEYS, read_wordings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Words of its own in place of the package's."""
    monkeypatch.setattr(wording, "WORDINGS", tmp_path)
    read_wordings.cache_clear()
    yield tmp_path
    read_wordings.cache_clear()


def test_every_key_is_read(folder: Path) -> None:
    single = {"language": "zh", "year": "年", "month": "月", "day": "日", "ten": "十", "thousand": "千"}
    lines = [f"{key}: {single[key]}" if key in single else f"{key}: [{key}, 乙]" for key in KEYS]
    (folder / "zh.yaml").write_text("\n".join(lines), encoding="utf-8")
    read = read_wordings()["zh"]
    assert {key: getattr(read, key) for key in KEYS} == {key: single.get(key, (key, "乙")) for key in KEYS}


@pytest.mark.parametrize("text", ["language: en\n", "language: zh\nyaer: 年\n", "language: [\n", ""])
def test_damaged_package_says_so(folder: Path, text: str) -> None:
    (folder / "zh.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuntimeError, match="wording is damaged"):
        read_wordings()


def test_a_language_has_its_words_or_those_of_the_same_language_elsewhere_or_none() -> None:
    wordings = read_wordings()
    assert choose_wording(wordings, "zh-CN") is choose_wording(wordings, "zh-SG") is wordings["zh-CN"]
    assert choose_wording(wordings, "en-GB") is wordings["en"]
    assert choose_wording(wordings, "fr") is SILENT


def test_no_dates_are_read_in_english_where_years_may_be_fiscal() -> None:
    assert (read_wordings()["en"].year, read_wordings()["en"].as_of) == ("", ())
