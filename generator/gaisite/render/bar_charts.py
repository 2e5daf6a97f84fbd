"""Bar charts and divided bars: where each bar, label and value stands."""

from collections.abc import Sequence
from decimal import Decimal

from gaisite.render.chart_figures import Part, Whole
from gaisite.render.chart_parts import (
    Bar,
    BarChart,
    ChartBlock,
    ChartFrame,
    ChartSegment,
    ChartText,
    Stack,
    StackedBar,
    StackKey,
)
from gaisite.render.chart_sentences import Speaker
from gaisite.render.chart_space import LINE, WIDTH, em, percent, scale, write_label

BAR = 9
"""How thick a bar is, in tenths of an em; a divided one is twice that."""
GAP = 7
"""Below a bar."""
SAMPLE = 55
"""How wide the sample of a filling is, in thousandths of the width."""
INDENT = 75
"""How far its label is set in."""
PATTERNS = ("", "hatch", "plain", "dots", "stripes", "cross")
"""The fillings of a bar's parts, in order; the first is the main colour."""


def draw_bars(frame: ChartFrame, whole: Whole, speaker: Speaker) -> BarChart:
    """A bar for each part, as long as its figure is large."""
    bars: list[Bar] = []
    top = 0
    longest = max(part.value for part in whole.parts)
    for part in whole.parts:
        lang = speaker.site.language_of(part.label)
        texts = write_label(speaker.site.say(part.label), speaker.write_value(whole, part), top, lang)
        top += len(texts) * LINE
        block = place_block(top, 0, scale(part.value, longest, WIDTH), BAR)
        bars.append(Bar(texts=texts, base=place_base(part, top), block=block))
        top += BAR + GAP
    return BarChart(frame=frame, height=em(top - GAP), bars=tuple(bars))


def place_base(part: Part, top: int) -> ChartSegment | None:
    """The line at which a bar begins; none where there is no figure."""
    if part.figure.value is None:
        return None
    return ChartSegment(x1=percent(0), y1=em(top), x2=percent(0), y2=em(top + BAR))


def place_block(top: int, left: int, width: int, height: int, pattern: str = "") -> ChartBlock | None:
    """A rectangle; none where it has no width."""
    if not width:
        return None
    return ChartBlock(x=percent(left), y=em(top), width=percent(width), height=em(height), pattern=pattern)


def draw_stacks(frame: ChartFrame, wholes: Sequence[Whole], speaker: Speaker) -> StackedBar:
    """A divided bar for each whole, as long as its sum is large; of those without one only the label."""
    stacks: list[Stack] = []
    top = 0
    longest = max(whole.sum for whole in wholes)
    for whole in wholes:
        stack, top = draw_stack(whole, scale(whole.sum, longest, WIDTH), top, speaker)
        stacks.append(stack)
    number = max(len(whole.parts) for whole in wholes)
    return StackedBar(
        frame=frame,
        height=em(top - GAP),
        stacks=tuple(stacks),
        patterns=tuple(pattern for pattern in PATTERNS[:number] if pattern),
    )


def draw_stack(whole: Whole, length: int, top: int, speaker: Speaker) -> tuple[Stack, int]:
    """A divided bar from a height down, and the height below it."""
    texts = label_stack(whole, top, speaker)
    top += len(texts) * LINE
    if not length:
        return Stack(texts=texts, blocks=(), keys=()), top + GAP
    blocks = tuple(divide_bar(whole, length, top))
    top += 2 * BAR + GAP // 2
    keys: list[StackKey] = []
    for part, pattern in zip(whole.parts, PATTERNS, strict=False):
        lang = speaker.site.language_of(part.label)
        value = speaker.write_value(whole, part)
        lines = write_label(speaker.site.say(part.label), value, top, lang, INDENT)
        sample = ChartBlock(y=em(top + 3), width=percent(SAMPLE), height=em(BAR), pattern=pattern)
        keys.append(StackKey(sample=sample, texts=lines))
        top += len(lines) * LINE
    return Stack(texts=texts, blocks=blocks, keys=tuple(keys)), top + GAP


def label_stack(whole: Whole, top: int, speaker: Speaker) -> tuple[ChartText, ...]:
    """The name of a whole with its total; none where it is all that the chart shows."""
    if whole.label is None:
        return ()
    value = speaker.write_total(whole)
    return write_label(speaker.site.say(whole.label), value, top, speaker.site.language_of(whole.label))


def divide_bar(whole: Whole, length: int, top: int) -> list[ChartBlock]:
    """The parts of a bar from left to right: each begins where the one before ends, the last ends with the bar."""
    blocks = []
    added: int | Decimal = 0
    left = 0
    for part, pattern in zip(whole.parts, PATTERNS, strict=False):
        added += part.value
        right = scale(added, whole.sum, length)
        block = place_block(top, left, right - left, 2 * BAR, pattern)
        if block is not None:
            blocks.append(block)
        left = right
    return blocks
