"""Emphasis beside Chinese punctuation, line breaks between Chinese lines, and nothing changed elsewhere."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

from gaisite.read.cjk import IS_CJK, IS_HAN, joins_lines, scan_flanks
from gaisite.read.markdown import make_parser, parse_tokens

LIBRARY = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": make_parser().options.maxNesting})
LIBRARY.enable(["table", "strikethrough"]).disable("reference")
MARKED = "*_~ab1 .,()“”‘’—…\"'!`[]<>\\é€😀✅а\n"


def render(source: str) -> str:
    """What the parser makes of a text, before it is dressed for the page."""
    tokens, _ = parse_tokens(source)
    return RendererHTML().render(tokens, make_parser().options, {}).strip()


def inline(source: str) -> str:
    return render(source).removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**一是规范管理。**二是…", "<strong>一是规范管理。</strong>二是…"),
        ("危及**“三安全一稳定”**是", "危及<strong>“三安全一稳定”</strong>是"),
        ("**“三安全一稳定”**是", "<strong>“三安全一稳定”</strong>是"),
        ("依据**《条例》**公开", "依据<strong>《条例》</strong>公开"),
        ("本年**（含上年结转）**共", "本年<strong>（含上年结转）</strong>共"),
        ("共**28件**，其中", "共<strong>28件</strong>，其中"),
        ("办结率**100%**。", "办结率<strong>100%</strong>。"),
        ("办结率**100%**达标", "办结率<strong>100%</strong>达标"),
        ("**重点：**100件", "<strong>重点：</strong>100件"),
        ("**重点:**说明", "<strong>重点:</strong>说明"),
        ("**“放管服”**2020年", "<strong>“放管服”</strong>2020年"),
        ("共100**“三安全”**件", "共100<strong>“三安全”</strong>件"),
        ("**转变作风——**2020年", "<strong>转变作风——</strong>2020年"),
        ("**等等……**2020年", "<strong>等等……</strong>2020年"),
        ("“**重点**”工作", "“<strong>重点</strong>”工作"),
        ("这是*强调。*后文", "这是<em>强调。</em>后文"),
        ("这是***很强调。***后文", "这是<em><strong>很强调。</strong></em>后文"),
        ("**重点*强调*内容。**后文", "<strong>重点<em>强调</em>内容。</strong>后文"),
        ("*强调**重点。**内容。*后文", "<em>强调<strong>重点。</strong>内容。</em>后文"),
        ("删去~~旧文。~~新文", "删去<s>旧文。</s>新文"),
        ("甲~~~~~乙", "甲~~~~~乙"),
        ("**这个`代码。`**吗", "<strong>这个<code>代码。</code></strong>吗"),
        ("`**甲。**`乙", "<code>**甲。**</code>乙"),
        ("[**附件。**说明](#甲)", '<a href="#%E7%94%B2"><strong>附件。</strong>说明</a>'),
        (r"\**甲。*\*乙", "*<em>甲。</em>*乙"),
        ("この**「強調」**です", "この<strong>「強調」</strong>です"),
        ("**이 용어(This term)**를 강조", "<strong>이 용어(This term)</strong>를 강조"),
        ("漢\U000e0100**(注)**字", "漢\U000e0100<strong>(注)</strong>字"),
        ("，\ufe00**(注)**字", "，\ufe00<strong>(注)</strong>字"),
        ("甲 ** 乙 ** 丙", "甲 ** 乙 ** 丙"),
        ("甲　**乙。**　丙", "甲　<strong>乙。</strong>　丙"),
    ],
)
def test_emphasis_beside_chinese_punctuation(source: str, expected: str) -> None:
    assert inline(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("某_某_某", "某_某_某"),
        ("_某某。_某", "_某某。_某"),
        ("（_某某_）", "（<em>某某</em>）"),
        ("，__某某__。", "，<strong>某某</strong>。"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_underscores_stay_inside_words(source: str, expected: str) -> None:
    assert inline(source) == expected


@pytest.mark.parametrize("source", ["word—**(bold)**x", "“**(a)**b”", "a**“b”**c", "O’*(x)*y"])
def test_shared_marks_in_latin_text_are_latin(source: str) -> None:
    assert render(source) == LIBRARY.render(source).strip()


@given(st.text(st.characters(max_codepoint=127), max_size=200))
def test_ascii_is_read_as_by_the_library(source: str) -> None:
    assert render(source) == LIBRARY.render(source).strip()


@given(st.text(st.sampled_from(MARKED), max_size=60))
def test_markers_in_latin_text_are_read_as_by_the_library(source: str) -> None:
    assert render(source) == LIBRARY.render(source).strip()


@given(st.text(st.characters().filter(lambda c: not IS_CJK(c)) | st.sampled_from("*_~ "), max_size=100))
def test_whatever_is_not_cjk_is_read_as_by_the_library(source: str) -> None:
    assert render(source) == LIBRARY.render(source).strip()


@given(st.text(st.sampled_from("*_~甲。“”（）a1 `"), max_size=60).map("甲".__add__))
def test_no_character_but_markers_and_spaces_is_lost(source: str) -> None:
    tokens, _ = parse_tokens(source)
    text = re.sub(r"<[^>]*>", "", RendererHTML().render(tokens, make_parser().options, {}))
    kept = [c for c in source if c in "甲。“”（）a"]
    assert [c for c in text if c in "甲。“”（）a"] == kept


def test_flanks_end_with_the_text_that_is_read() -> None:
    assert scan_flanks("甲**]", 1, 3, 3, inside_words=True) == (False, True)
    assert scan_flanks("**甲", 0, 2, 3, inside_words=True) == (True, False)


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("规范管理", "二是", True),
        ("规范管理，", "二是", True),
        ("规范管理", "（二）", True),
        ("２０２０", "年", True),
        ("かな", "カナ", True),
        ("他说“好”", "然后", True),
        ("他说", "“好”", True),
        ("此外——", "然后", True),
        ("此外……", "“然后”", True),
        ("好", "”", True),
        ("”", "然后", True),
        ("共收到", "28件", False),
        ("28", "件", False),
        ("word", "word", False),
        ("said “so”", "然后", False),
        ("“", "”", False),
        ("한국어", "한국어", False),
        ("한국어。", "한국어", False),
        ("ﾊﾝｶｸ", "ｶﾅ", True),
        ("😀", "甲", False),
        ("", "甲", False),
        ("甲", "", False),
    ],
)
def test_line_break_between_chinese_lines(before: str, after: str, joined: bool) -> None:
    assert joins_lines(before, after) is joined


def test_cjk_is_what_the_amendments_define_but_for_symbols_and_what_is_not_assigned() -> None:
    """They define it by East Asian Width and by script; what differs here is no letter and no punctuation."""
    differing = {
        unicodedata.category(c)
        for c in map(chr, range(sys.maxunicode + 1))
        if bool(IS_CJK(c)) != is_defined_as_cjk(c) and not unicodedata.name(c, "").startswith("VARIATION SELECTOR")
    }
    assert differing <= {"So", "Sk", "Sm", "Cn", "Ps", "Pe", "Mn", "No"}


def is_defined_as_cjk(character: str) -> bool:
    wide = unicodedata.east_asian_width(character) in "WFH"
    return wide or unicodedata.name(character, "").startswith(("HANGUL", "HALFWIDTH HANGUL"))


def test_hangul_is_cjk_but_not_han() -> None:
    assert all(IS_CJK(c) and not IS_HAN(c) for c in "한ㄱᄀﾡ")
