"""The charts that a form asks for."""

from dataclasses import dataclass
from enum import StrEnum

from gaisite.model.tables import Axis
from gaisite.texts import Texts


class ChartKind(StrEnum):
    """How a chart of a form draws its lines."""

    BAR = "bar"
    """A bar for each line."""
    PARTS = "parts"
    """One bar, divided among the lines."""
    STACKED = "stacked"
    """A bar for each line, a group, divided among those directly below it."""
    LINE = "line"
    """Each line over the years of an agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLine:
    """A line that a chart draws."""

    id: str
    label: Texts | None = None
    """A name short enough for a chart; None: the line's own label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChart:
    """A chart that stands after a table; a group counts as the sum of its lines that are no totals."""

    id: str
    kind: ChartKind
    title: Texts
    table: str
    axis: Axis
    """The direction of the lines."""
    lines: tuple[ChartLine, ...]
    across: str
    """Id of the line with cells, in the other direction, along which they are read."""
