"""Whatever an editor types reads back as it was typed."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gaisite.findings import Problems
from gaisite.read.files import Source
from gaisite.read.links import LinkFolder
from gaisite.read.nodes import MappingNode, Scalar, read_nodes
from gaisite.read.prose import read_markdown
from gaisite.scaffold.spelling import clean_text, spell_heading, spell_scalar
from tests.scaffold.projects import WORDS

TEXTS = st.text(max_size=100).map(clean_text)


def read_pairs(text: str) -> list[tuple[str, str]]:
    """The keys and values of a YAML mapping of texts."""
    problems = Problems()
    root = read_nodes(Source(file="x", text=text), problems)
    assert problems.findings == []
    assert isinstance(root, MappingNode)
    pairs = [(key, value) for key, value in root.entries if isinstance(value, Scalar)]
    assert not any(value.is_null for _, value in pairs)
    return [(key.text, value.text) for key, value in pairs]


@settings(deadline=None)
@given(TEXTS)
@example("null")
@example("~")
@example("")
@example("- a")
@example("a: b")
@example("a #b")
@example("“a”，（b）: c")
@example('C:\\x "y"')
def test_a_text_is_the_same_as_key_and_as_value_in_block_and_in_flow(text: str) -> None:
    spelt = spell_scalar(text)
    assert read_pairs(f"{spelt}: {spelt}\n") == [(text, text)]
    assert read_pairs(f"{{{spelt}: {spelt}, ' ': x}}\n") == [(text, text), (" ", "x")]


@settings(deadline=None)
@given(TEXTS.filter(bool))
@example("1. *All* [of] them # now #")
@example("<b> &amp; `code` _x_ ~~y~~ \\")
def test_a_heading_is_the_same_in_markdown(text: str) -> None:
    folder = LinkFolder(folder=Path("/none"), content=Path("/none"))
    sections, findings = read_markdown(f"## {spell_heading(text)}\n", file="x", folder=folder, words=WORDS)
    assert findings == ()
    assert [section.heading for section in sections if section.heading] == [text]


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  甲\u3000局\n", "甲 局"),
        ("a\x07b\u200b\u2028c", "ab c"),
        ("\udce4", ""),
        ("e\u0301", "\u00e9"),
    ],
)
def test_what_cannot_be_printed_is_left_out(typed: str, cleaned: str) -> None:
    assert clean_text(typed) == cleaned


@pytest.mark.parametrize("text", ["政府信息公开年报", "2020 (draft)", "（一）予以公开", "《条例》", "本年增/减"])
def test_ordinary_texts_need_no_quotes(text: str) -> None:
    assert spell_scalar(text) == text
