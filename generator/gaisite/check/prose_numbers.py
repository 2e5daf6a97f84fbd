"""The numbers of a text, each with its value, unit and place: no dates, clauses, telephone numbers and the like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from gaisite.check.numerals import CHINESE, SEPARATORS, STEPS, narrow, read_chinese, read_digits, read_multiple

MAX_DIGITS = 100
"""A longer row of digits is no number that a table could hold, and Python reads none of more than 4,300."""
HAN = "\u4e00-\u9fff"
CANDIDATE = re.compile(
    rf"(?P<sign>(?<![0-9A-Za-z])[+-])?(?P<digits>[0-9]{{1,3}}(?:[{SEPARATORS}][0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?"
    rf"|[0-9]+(?:\.[0-9]+)?)(?P<times>[万亿](?!元)|千(?![克米瓦字])|百)?(?P<percent>\s?(?:%|per ?cent\b))?"
    rf"|(?P<hundredth>百分之)?(?P<chinese>[{CHINESE}]+)"
)
FIRST = re.compile(rf"[+\-0-9{CHINESE}]")
"""With what a candidate begins: looking for this is much faster than trying the whole at every character."""
TITLE = re.compile(r"《[^《》]*》|\[\[[^\[\]]*\]\]")
"""Titles, and what was to bind a figure and could not: whatever stands in them counts nothing."""
RUN = re.compile(r"[!-~]+")
ADDRESS = re.compile(r"@|://|www\.")
"""What makes an address of a run: looked for in the run, since one pattern for both takes a square of its length."""
QUOTES = ("《", "[[", "@", "://", "www.")
APPROXIMATE = (
    r"大约|约有?|将近|(?<![最附靠临就])近|逾|超过?|不足|至少|最多|不少于|不低于|不超过|多达"
    r"|\b(?:about|around|nearly|almost|over|some|roughly|approximately|at (?:least|most)|up to)\s"
    r"|\b(?:more|fewer|less) than\s"
)
MONTH = r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s"
CITED = (
    r"§\s?|\b(?:sections?|articles?|titles?|parts?|chapters?|no\.|exemptions?|tables?|pages?)\s"
    r"|\b(?:rooms?|suite|fiscal year|FY)\s"
)
BEFORE = re.compile(
    rf"(?:第\s?|[A-Za-z_]|[0-9][.\-－—–~～至到:：/×xX*]\s?|[〔［\[]|{APPROXIMATE}|{MONTH}(?:[0-9]{{1,2}},\s)?|(?i:{CITED}))$"
)
"""What makes no quantity of the number behind it: an ordinal, a code, the end of a range, about."""
DURATION = "小时|分钟|秒|天|日|周|星期|工作日|月|季度|年|岁"
AFTER = re.compile(
    rf"\s?(?:个(?:多)?(?:{DURATION})|{DURATION}|[号楼室层幢栋版]|单元|点(?!击)|分之|[-－—–~～至到:：/×]\s?[0-9]|[.,][0-9]|[A-Za-z](?<!\s.)|\s?[A-Z]\.[A-Z]"
    rf"|余|多|几|来|\+|[{HAN}]{{0,2}}?(?:左右|以[上下内]|上下)|{MONTH.removeprefix(chr(92) + 'b')}?)"
)
ENUMERATED = re.compile(r"(?:^|[。；;\n])\s*$")
ENUMERATION = re.compile(r"\s?[.、．)）](?![0-9])")
BRACKETED = re.compile(r"[（(]\s?$")
CLOSED = re.compile(r"\s?[)）]")
CALLED = re.compile(r"(?:电话|传真|热线|手机|邮编|邮政编码|号码|QQ|(?i:tel|phone|fax)\.?)[：:为是\s（(]{0,3}$")
HOTLINE = re.compile(rf"[{HAN}“”]{{0,10}}热线")
DATED = re.compile(r"\b(?:in|of|for|since|during|from|until|through|by|to|and|year)\s$", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
WORD = re.compile(r"\s?[A-Za-z]+")
UNIT = re.compile(rf"\s?((?:[万亿])?元|人次|件次|个?百分点|平方米|公里|[{HAN}])|\s([A-Za-z]+)")
NO_UNIT = frozenset("的是和为在均中及与等后由被经按其且并也都不予无未已从对向将或至到")
NO_UNIT_WORDS = frozenset(
    [
        "in",
        "of",
        "were",
        "was",
        "and",
        "by",
        "to",
        "on",
        "at",
        "from",
        "for",
        "during",
        "that",
        "which",
        "as",
        "with",
        "had",
        "have",
        "has",
        "or",
        "the",
        "a",
        "an",
        "is",
        "are",
        "but",
        "when",
        "we",
        "under",
        "within",
        "full",
        "part",
    ]
)
WINDOW = 24
"""How many characters before a number may tell what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in prose that counts something."""

    start: int
    end: int
    """Behind its digits, 万 or percent sign."""
    unit_end: int
    """Behind its unit."""
    written: str
    """With its unit."""
    digits: str
    """Without it."""
    value: int | Decimal
    """Without a sign."""
    step: int | Decimal = 0
    """Of a rounded number, 1.2万: how far it may be from the exact one; 0 where it is exact."""
    unit: str = ""
    percent: bool = False

    @property
    def decimals(self) -> int:
        """How many decimal places are written."""
        return len(self.digits.rstrip("% ").partition(".")[2])


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The units that a form knows."""

    counters: frozenset[str]
    """After which a Chinese numeral is a number and no manner of speaking."""
    units: frozenset[str]
    all: frozenset[str] = field(init=False, compare=False)
    first: frozenset[str] = field(init=False, compare=False)
    """The characters with which they begin."""
    longest_first: tuple[str, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        every = self.counters | self.units
        object.__setattr__(self, "all", every)
        object.__setattr__(self, "first", frozenset(unit[0] for unit in every))
        object.__setattr__(self, "longest_first", tuple(sorted(every, key=lambda unit: (-len(unit), unit))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What was found in a text."""

    numbers: tuple[Number, ...]
    quoted: tuple[tuple[int, int], ...]
    """Spans of titles and addresses."""


def scan_numbers(text: str, units: UnitWords) -> Scanned:
    """The numbers of a text in order, and the titles in which nothing counts."""
    plain = narrow(text)
    quoted = find_quoted(text)
    numbers = [read_number(text, plain, match, units) for match in find_candidates(plain)]
    counting = (each for each in numbers if each is not None and not is_quoted(each.start, quoted))
    return Scanned(numbers=tuple(counting), quoted=quoted)


def find_candidates(plain: str) -> Iterator[re.Match[str]]:
    """Whatever is written like a number."""
    end = 0
    for begun in FIRST.finditer(plain):
        match = CANDIDATE.match(plain, begun.start()) if begun.start() >= end else None
        if match is not None:
            end = match.end()
            yield match


def is_quoted(index: int, quoted: tuple[tuple[int, int], ...]) -> bool:
    """Whether nothing counts at an index of a text."""
    return bool(quoted) and any(start <= index < end for start, end in quoted)


def find_quoted(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of a text in which nothing counts."""
    if not any(mark in text for mark in QUOTES):
        return ()
    titles = (match.span() for match in TITLE.finditer(text))
    addresses = (match.span() for match in RUN.finditer(text) if ADDRESS.search(match[0]))
    return (*titles, *addresses)


def read_number(text: str, plain: str, match: re.Match[str], units: UnitWords) -> Number | None:
    """The number of a candidate; None where it counts nothing."""
    end, chinese = match.end(), match["chinese"]
    if chinese and not match["hundredth"] and plain[end : end + 2].strip()[:1] not in units.first:
        return None  # most Chinese numerals are manners of speaking: told at once
    percent = bool(match["percent"] or match["hundredth"])
    value, step = value_of(match)
    if value is None or (not percent and AFTER.match(plain, end)):
        return None
    unit, unit_end = read_unit(plain, end, units)
    if chinese and not percent and not counts(chinese, unit, units):
        return None
    if is_no_quantity(plain, match, unit in units.all):
        return None
    return Number(
        start=match.start(),
        end=end,
        unit_end=end if percent else unit_end,
        written=text[match.start() : end if percent else unit_end],
        digits=text[match.start() : end],
        value=value,
        step=step,
        unit="%" if percent else unit,
        percent=percent,
    )


def value_of(match: re.Match[str]) -> tuple[int | Decimal | None, int | Decimal]:
    """The value of a candidate and its step; None where it is no number."""
    if match["chinese"]:
        return read_chinese(match["chinese"]), 0
    if len(match["digits"]) > MAX_DIGITS:
        return None, 0
    if match["times"]:
        return read_multiple(match["digits"], match["times"])
    return read_digits(match["digits"]), 0


def counts(numeral: str, unit: str, units: UnitWords) -> bool:
    """Whether a Chinese numeral is a number: 二十八件 is one, 三项措施 is a manner of speaking."""
    return unit in units.counters or (len(numeral) > 1 and unit in units.units)


def is_vague(before: str, numeral: str) -> bool:
    """Whether a Chinese numeral is the rest of 数十 or 几百."""
    return before.endswith(("数", "几", "上")) and numeral[0] in STEPS


def read_unit(plain: str, end: int, units: UnitWords) -> tuple[str, int]:
    """The unit behind a number, empty where there is none, and where it ends."""
    start = end + 1 if plain[end : end + 1].isspace() else end
    known = ""
    if plain[start : start + 1] in units.first:
        known = next((unit for unit in units.longest_first if plain.startswith(unit, start)), "")
    if known and not (known[-1].isascii() and plain[start + len(known) : start + len(known) + 1].isalpha()):
        return known, start + len(known)
    match = UNIT.match(plain, end)
    if match is None or match[1] in NO_UNIT or (match[2] or "").lower() in NO_UNIT_WORDS:
        return "", end
    return match[1] or match[2].lower(), match.end()


def is_no_quantity(plain: str, match: re.Match[str], has_unit: bool) -> bool:
    """Whether what stands around a number makes it an ordinal, a clause, an approximation, a telephone number."""
    before, end = plain[max(match.start() - WINDOW, 0) : match.start()], match.end()
    if BEFORE.search(before):
        return True
    if match["chinese"]:
        return is_vague(before, match["chinese"])
    digits = match["digits"]
    return any(tell_apart(plain, before, end, digits, has_unit))


def tell_apart(plain: str, before: str, end: int, digits: str, has_unit: bool) -> Iterator[bool]:
    """The reasons for which a number may count nothing, one after the other."""
    if len(digits) <= 2:
        yield bool(ENUMERATED.search(before) and ENUMERATION.match(plain, end))
        yield bool(BRACKETED.search(before) and CLOSED.match(plain, end))
    if not digits.isdigit():
        return
    if len(digits) >= 5 and not has_unit:
        yield bool(CALLED.search(before))
        yield len(digits) == 5 and bool(HOTLINE.match(plain, end))
        yield len(digits) >= 7 and not WORD.match(plain, end) and not UNIT.match(plain, end)
    if YEAR.fullmatch(digits) and not has_unit:
        yield bool(DATED.search(before))
