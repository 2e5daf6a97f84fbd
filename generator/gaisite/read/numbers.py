"""Figures from text: each type has one spelling, any other is refused with the right one shown."""

import re
from decimal import Decimal

from gaisite.findings import ContentError, fault
from gaisite.model.content import Figure, State
from gaisite.model.tables import FigureType
from gaisite.read.fields import describe, place_node
from gaisite.read.files import Source
from gaisite.read.nodes import INVISIBLE, Scalar

MAX_DIGITS = 18
NOT_APPLICABLE = frozenset({"n/a", "N/A", "不适用"})
STROKES = frozenset({"/", "／", "-", "－", "—", "——", "–", "无", "没有", "none", "nil", "."})
"""What reports print in cells without a number; only the editor knows whether blank, zero or n/a is meant."""
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("−"): "-", ord("﹣"): "-"}
"""Full-width digits, signs and punctuation to plain ones. Not NFKC: that would make 52 of 5²."""
SPELLINGS = {
    FigureType.COUNT: re.compile(r"0|[1-9][0-9]*"),
    FigureType.CHANGE: re.compile(r"[+\-＋－−]?(?:0|[1-9][0-9]*)"),
    FigureType.AMOUNT: re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"),
}
THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[\s,_][0-9]{3})+(?:\.[0-9]+)?")
"""Digits in groups of three; in any other grouping, 1,5 or 12 34, nobody can tell what is meant."""
LOOSE = re.compile(r"([+-]?)\s*0*([0-9]+(?:\.[0-9]+)?)")


def read_figure(source: Source, node: Scalar, type: FigureType, at: str) -> Figure:
    """The figure written in a cell; ContentError with the right spelling where there is one."""
    text = node.text
    if SPELLINGS[type].fullmatch(text):
        if len(text) > MAX_DIGITS:
            raise fault("figure-too-long", place_node(source, node), at, found=describe(node), limit=MAX_DIGITS)
        value = Decimal(text) if type is FigureType.AMOUNT else int(text.translate(NARROW))
        return Figure(State.NUMBER, value, text, line=node.line, column=node.column)
    if node.is_null or not text.strip():
        return Figure(State.BLANK, line=node.line, column=node.column)
    if text in NOT_APPLICABLE:
        return Figure(State.NOT_APPLICABLE, text=text, line=node.line, column=node.column)
    raise explain_figure(source, node, type, at)


def explain_figure(source: Source, node: Scalar, type: FigureType, at: str) -> ContentError:
    """The error for a cell that cannot be read: why, and what to write where that is certain."""
    place, found = place_node(source, node), describe(node)
    if INVISIBLE.search(node.text):
        return fault("yaml-invisible", place, at, key=INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", found))
    text = node.text.strip()
    if text in STROKES:
        return fault("figure-stroke", place, at, found=found)
    plain = text.translate(NARROW)
    loose = LOOSE.fullmatch(re.sub(r"[\s,_]", "", plain) if THOUSANDS.fullmatch(plain) else plain)
    if not loose:
        return fault(f"figure-{type}", place, at, found=found)
    sign, digits = loose.groups()
    if sign == "-" and type is not FigureType.CHANGE:
        return fault("figure-negative", place, at, found=found)
    if "." in digits and type is not FigureType.AMOUNT:
        return fault("figure-decimal", place, at, found=found)
    wanted = digits if type is not FigureType.CHANGE else sign + digits
    if len(wanted) > MAX_DIGITS:
        return fault("figure-too-long", place, at, found=found, limit=MAX_DIGITS)
    return fault("figure-spelling", place, at, found=found, wanted=wanted)
