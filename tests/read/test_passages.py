"""Passages: what a reader reads, with the place of every word in the file."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.model.prose import Passage, PassageKind
from gaisite.read.links import LinkFolder
from gaisite.read.passages import OBJECT
from gaisite.read.prose import MarkdownWords, read_markdown

FOLDER = LinkFolder(folder=Path("content/a/2021"), content=Path("content"))
WORDS = MarkdownWords(table_label="表 {number}")


def read(source: str) -> tuple[Passage, ...]:
    sections, _ = read_markdown(source, file="report.md", first_line=5, folder=FOLDER, words=WORDS)
    return tuple(passage for section in sections for passage in section.passages)


def pick(source: str, passage: Passage, word: str) -> str:
    """What stands in the source where the passage says that a word stands."""
    place = passage.place_of(passage.text.index(word), len(word))
    line = source.splitlines()[place.line - 5]
    return line[place.column - 1 : place.column - 1 + place.length]


@pytest.mark.parametrize(
    "source",
    [
        "新收28件。",
        "共新收**28**件，[见28](https://example.org/28/)，其中 28件。",
        "- 一项\n- 收到28件\n",
        "> 引文\n> 第二行28件",
        "前`28`后28件",
        "![28](files/28.png)再28件",
        "<https://example.org/28>，再28件",
        "甲\n乙28件",
        "甲  \n乙28件",
    ],
)
def test_a_word_is_found_where_it_was_typed(source: str) -> None:
    for passage in read(source):
        if "28件" in passage.text:
            assert pick(source, passage, "28件").replace("*", "") == "28件"


def test_what_is_no_prose_is_one_object() -> None:
    (passage,) = read("前`28`后![图](files/x.png)末")
    assert passage.text == f"前{OBJECT}后图末"  # the picture is not there: its text stays on the page


def test_an_escaped_character_has_no_place_of_its_own() -> None:
    (passage,) = read(r"甲\*乙28件")
    place = passage.place_of(passage.text.index("28"), 2)
    assert (place.line, place.column) == (5, 1)


def test_kinds_of_block() -> None:
    kinds = [passage.kind for passage in read("## 一\n\n### 甲\n\n文\n\n| a |\n| - |\n| b |\n")]
    assert kinds == [PassageKind.HEADING, PassageKind.TEXT, PassageKind.CELL, PassageKind.CELL]


@given(st.lists(st.sampled_from(["件", "28", "**", "*", "[", "](x)", "`", "~~", "\\", "&amp;", " "]), max_size=12))
def test_every_segment_is_what_stands_in_the_file(parts: list[str]) -> None:
    source = "甲" + "".join(parts) + "乙"
    for passage in read(source):
        for each in passage.segments:
            text = passage.text[each.start : each.start + each.length]
            assert source[each.column - 1 : each.column - 1 + each.length] == text
