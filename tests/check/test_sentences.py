"""A narrative as sentences, each with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.check.sentences import list_sentences, place_section, split_sentences
from gaisite.model.prose import PassageKind
from tests.check.narratives import write_narrative


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲。乙！丙？丁；戊", ["甲。", "乙！", "丙？", "丁；", "戊"]),
        ("他说：“甲。”乙。", ["他说：“甲。”", "乙。"]),
        ("收费3.5万元。", ["收费3.5万元。"]),
        ("It is 3.5. So it is.", ["It is 3.5.", "So it is."]),
        ("甲\n乙。 丙", ["甲\n乙。", "丙"]),
        (" 。。", ["。。"]),
        ("", []),
    ],
)
def test_text_is_split_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert [sentence for _, sentence in split_sentences(text)] == sentences


@given(st.text("甲乙。！；”. \n3"))
def test_no_letter_is_lost_and_each_sentence_stands_where_it_says(text: str) -> None:
    pieces = list(split_sentences(text))
    assert all(text[start : start + len(piece)] == piece for start, piece in pieces)
    assert "".join("".join(piece.split()) for _, piece in pieces) == "".join(text.split())


def test_sentences_of_a_report_know_section_kind_and_place() -> None:
    report = write_narrative({"preamble": "前言。", "overview": "### 标题\n\n甲。**乙丙**。\n\n|格|\n|-|"})
    told = [(each.section, each.kind, each.text) for each in list_sentences(report.narrative)]
    assert told == [
        ("preamble", PassageKind.TEXT, "前言。"),
        ("overview", PassageKind.HEADING, "标题"),
        ("overview", PassageKind.TEXT, "甲。"),
        ("overview", PassageKind.TEXT, "乙丙。"),
        ("overview", PassageKind.CELL, "格"),
    ]
    place = next(each for each in list_sentences(report.narrative) if each.text == "乙丙。").place_of(1, 2)
    assert (place.line, place.column, place.length) == (7, 6, 1)


def test_section_stands_at_its_text_its_heading_or_nowhere() -> None:
    narrative = write_narrative({"overview": "甲。"}).narrative
    assert place_section(narrative.sections["overview"], narrative).line == 5
    assert place_section(narrative.sections["improvement"], narrative).line == 19
    assert place_section(None, narrative).line == 0
