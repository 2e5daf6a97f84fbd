"""What Markdown lacks for Chinese and Japanese: emphasis beside full-width punctuation, line breaks without a space.

Emphasis follows the CommonMark CJK-friendly amendments (github.com/tats-u/markdown-cjk-friendly, specification.md).
The amendments do not see that `”` is Chinese in `**“放管服”**2020年`, because Unicode gives Chinese and English one
quotation mark; here such a mark counts as Chinese where its other neighbour is.
"""

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache

HAN = (
    r"\u2e80-\u3130\u3190-\ua4cf"  # radicals, punctuation, kana, bopomofo, Han, Yi
    r"\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uff9f\uffe0-\uffee"  # compatibility, vertical and full-width forms
    r"\U00016fe0-\U0001b2ff\U00020000-\U0003fffd"  # Tangut, Nushu, old kana, the rarer Han
    r"\U000e0100-\U000e01ef"  # selects a variant of the Han before it
)
HANGUL = r"\u20a9\u1100-\u11ff\u3131-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdf"
IS_HAN = re.compile(f"[{HAN}]").match
IS_CJK = re.compile(f"[{HAN}{HANGUL}]").match

SHARED_MARKS = "“”‘’—…·"
"""Punctuation of Chinese and of Latin text alike."""


class Kind(Enum):
    """What a character is to emphasis."""

    SPACE = auto()
    LETTER = auto()
    PUNCTUATION = auto()
    CJK = auto()
    """Punctuation included."""


def scan_flanks(text: str, start: int, end: int, limit: int, *, inside_words: bool) -> tuple[bool, bool]:
    """Whether the markers at `text[start:end]` can open and can close emphasis, in a text that ends at `limit`.

    `inside_words` is true of `*`, false of `_`, which snake_case names may hold.
    """
    last = skip_variant(text, start - 1)
    before = classify(text, last, -1) if last >= 0 else Kind.SPACE
    after = classify(text, end, 1) if end < limit else Kind.SPACE
    left = after is not Kind.SPACE and not (after is Kind.PUNCTUATION and before is Kind.LETTER)
    right = before is not Kind.SPACE and not (before is Kind.PUNCTUATION and after is Kind.LETTER)
    if inside_words:
        return left, right
    after_mark = last >= 0 and is_punctuation(text[last])
    before_mark = end < limit and is_punctuation(text[end])
    return left and (not right or after_mark), right and (not left or before_mark)


def skip_variant(text: str, index: int) -> int:
    """The index of a character; behind a CJK one may stand the selector of its shape, which is none by itself."""
    if index > 0 and "\ufe00" <= text[index] <= "\ufe0e" and IS_CJK(text[index - 1]):
        return index - 1
    return index


def classify(text: str, index: int, step: int) -> Kind:
    """The kind of a character; a shared mark is of its other neighbour's, seen in the direction of `step`."""
    character = text[index]
    if character in SHARED_MARKS and IS_CJK(skip_marks(text, index, step)):
        return Kind.CJK
    return classify_alone(character)


@lru_cache(maxsize=4096)
def classify_alone(character: str) -> Kind:
    """The kind of a character wherever it stands; of CommonMark's whitespace and punctuation, symbols included."""
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\n\v\f\r":
        return Kind.SPACE
    if IS_CJK(character):
        return Kind.CJK
    return Kind.PUNCTUATION if category[0] in "PS" else Kind.LETTER


def is_punctuation(character: str) -> bool:
    """Whether CommonMark calls a character Unicode punctuation, which symbols are too."""
    return unicodedata.category(character)[0] in "PS"


def skip_marks(text: str, index: int, step: int) -> str:
    """The first character from here that is no shared mark; empty where the text ends before."""
    while 0 <= index < len(text) and text[index] in SHARED_MARKS:
        index += step
    return text[index] if 0 <= index < len(text) else ""


def joins_lines(before: str, after: str) -> bool:
    """Whether a line break between two texts stands for nothing, as between Han or kana; in Korean it is a space."""
    if not before or not after:
        return False
    last, first = skip_marks(before, len(before) - 1, -1), skip_marks(after, 0, 1)
    if last and first:
        return bool(IS_HAN(last) and IS_HAN(first))
    return bool(IS_HAN(last or first))  # a text of shared marks alone goes with the other line
