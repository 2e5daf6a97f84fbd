"""What charts are made of, ready to place: across in percent of the width, down in em, so that no text ever shrinks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFrame:
    """What every chart says of itself."""

    id: str
    caption: str
    unit: str = ""
    """As captions print it; empty where there is none."""
    sentences: tuple[str, ...] = ()
    """What the chart shows, in words."""
    notes: tuple[str, ...] = ()
    """What readers must know to read it rightly."""
    title: str
    """The caption and the sentences, for those who do not see the chart."""
    description: str
    """Every figure that is drawn or missing, for the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartText:
    """A line of text in a chart."""

    x: str = "0%"
    y: str
    """Of its baseline."""
    text: str = ""
    value: str = ""
    """A figure, after the text; empty where it stands elsewhere or there is none."""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBlock:
    """A rectangle."""

    x: str = "0%"
    y: str
    width: str
    height: str
    pattern: str = ""
    """What it is filled with: `hatch`, `dots`, `cross`, `stripes` or `plain`; empty: the main colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSegment:
    """A straight line."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar with what is written over it."""

    texts: tuple[ChartText, ...]
    """A label that is too long for one line has several."""
    base: ChartSegment | None
    """Where the bar begins, so that a zero is seen to be there; None for a figure that is missing."""
    block: ChartBlock | None
    """None for a zero and for a figure that is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """A bar for each figure."""

    frame: ChartFrame
    height: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackKey:
    """What one part of a divided bar is: a sample of its filling, a label and a value."""

    sample: ChartBlock
    texts: tuple[ChartText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A bar divided into parts."""

    texts: tuple[ChartText, ...]
    """Over the bar; none where it is the only one."""
    blocks: tuple[ChartBlock, ...]
    """From left to right; none for a part that is zero or missing."""
    keys: tuple[StackKey, ...]
    """Under the bar, one for each part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBar:
    """Bars that are divided into parts."""

    frame: ChartFrame
    height: str
    stacks: tuple[Stack, ...]
    patterns: tuple[str, ...]
    """Those that the blocks are filled with; each is defined once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPoint:
    """A figure of a line."""

    x: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBreak:
    """Where the form of the report changed: a line down through the chart, and a word on it."""

    line: ChartSegment
    label: ChartText
    anchor: str
    """`start` or `end`: the side of the label that lies at the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePanel:
    """One line, over its own base line; all panels of a chart have one scale."""

    labels: tuple[ChartText, ...]
    """A name that is too long for one line has several."""
    base: ChartSegment
    segments: tuple[ChartSegment, ...]
    """None across a change of form, and none from or to a year without a figure."""
    points: tuple[ChartPoint, ...]
    values: tuple[ChartText, ...]
    """The figures for which there is room, the last and the first always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Figures over the years, each line in a panel of its own, one below the other."""

    frame: ChartFrame
    height: str
    panels: tuple[LinePanel, ...]
    breaks: tuple[ChartBreak, ...]
    years: tuple[ChartText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A figure of a sparkline, in its own units."""

    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """A line without axis or text, as wide as a word, in a box of 120 by 32 units."""

    id: str
    label: str
    year: str
    """Of the latest figure."""
    unit: str = ""
    """Empty where there is none."""
    value: str
    """The latest figure as published."""
    title: str
    """What the line shows, in words."""
    description: str
    lines: tuple[str, ...]
    """Points `x,y` of each unbroken piece."""
    breaks: tuple[int, ...]
    """Where the form of the report changed."""
    dots: tuple[Dot, ...]
    """Figures with none beside them, and the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChart:
    """A chart of a report: one of the two."""

    bar: BarChart | None = None
    stacked: StackedBar | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCharts:
    """The charts that stand after a table."""

    table: str
    """The id of the table."""
    charts: tuple[ReportChart, ...]
