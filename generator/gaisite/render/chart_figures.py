"""The figures of a chart: those of some lines of a table, as published, and whether they add up to what is printed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from gaisite.model.content import Figure, ReportTable, State
from gaisite.model.form_charts import ChartLine, FormChart
from gaisite.model.history import Guard
from gaisite.model.percentages import guard_percentage, take_percentage
from gaisite.model.sums import add_figures, compute_figure, list_components, list_parts
from gaisite.model.tables import Axis, Line, Table
from gaisite.texts import Texts

NOTHING_LEFT_OUT = frozenset({State.NUMBER, State.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is drawn as one bar, or as one part of a bar."""

    label: Texts
    figure: Figure
    """Of a group: the sum of its lines that are no totals."""
    complete: bool
    """Whether none of the figures in it is missing."""

    @property
    def value(self) -> int | Decimal:
        """The number to draw: 0 where there is none, which draws nothing either."""
        return self.figure.value or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Parts that are compared with one another."""

    label: Texts | None
    """None where it is all that the chart shows."""
    parts: tuple[Part, ...]
    has_total: bool
    """Whether the form has a total of just these parts: if not, their sum means nothing."""
    printed: Figure | None
    """That total as published; None where there is none, or no number, or one that was computed here."""

    sum: int | Decimal = field(init=False)
    """Of the parts that are numbers."""
    is_complete: bool = field(init=False)
    """Whether the parts that are numbers are all there is: none is missing, or the total leaves nothing for it."""
    differs: bool = field(init=False)
    """Whether nothing is missing and yet the printed total is another than the sum."""
    total: int | Decimal | None = field(init=False)
    """What the parts make up together; None where that cannot be told."""

    def __post_init__(self) -> None:
        # A chart asks for these with every part that it draws.
        added = add_figures(part.figure for part in self.parts) or 0
        given = all(part.complete for part in self.parts)
        agrees = self.printed is None or self.printed.value == added
        complete = given or (self.printed is not None and agrees)
        differs = given and not agrees
        object.__setattr__(self, "sum", added)
        object.__setattr__(self, "is_complete", complete)
        object.__setattr__(self, "differs", differs)
        object.__setattr__(self, "total", added if self.has_total and complete and not differs else None)

    def share(self, part: Part) -> Decimal | None:
        """The part in percent of the whole; None where a guard forbids it."""
        if not self.total or not part.value or guard_percentage(self.total) is not Guard.NONE:
            return None
        return take_percentage(part.value, self.total)


def read_whole(table: ReportTable, chart: FormChart) -> Whole:
    """The figures of a chart whose lines are parts of one whole."""
    lines = tuple(find_lines(table.table, chart))
    parts = tuple(read_part(table, chart, line, label) for line, label in lines)
    return add_total(table, chart, None, parts, [line for line, _ in lines])


def read_groups(table: ReportTable, chart: FormChart) -> Iterator[Whole]:
    """The figures of a chart whose lines are groups, each a whole."""
    for group, label in find_lines(table.table, chart):
        lines = [line for line in group.lines if not line.sum_of]
        parts = tuple(read_part(table, chart, line, line.label) for line in lines)
        yield add_total(table, chart, label, parts, lines)


def find_lines(table: Table, chart: FormChart) -> Iterator[tuple[Line, Texts]]:
    """The lines that a chart draws, with their names in it."""
    for drawn in chart.lines:
        line = table.find(chart.axis, drawn.id)
        if line is not None:
            yield line, name_line(drawn, line)


def name_line(drawn: ChartLine, line: Line) -> Texts:
    """What a chart calls a line."""
    return drawn.label or line.label


def read_part(table: ReportTable, chart: FormChart, line: Line, label: Texts) -> Part:
    """A line of a table along the line across."""
    figures = [read_figure(table, chart, each) for each in list_components(table.table, chart.axis, line.id)]
    alike = len({figure.state for figure in figures}) == 1 and figures[0].value is None
    return Part(
        label=label,
        figure=figures[0] if alike or not line.lines else compute_figure(figures),
        complete=all(figure.state in NOTHING_LEFT_OUT for figure in figures),
    )


def read_figure(table: ReportTable, chart: FormChart, line: str) -> Figure:
    """The figure where a line crosses the line across."""
    return table.figure(line, chart.across) if chart.axis is Axis.ROWS else table.figure(chart.across, line)


def add_total(
    table: ReportTable, chart: FormChart, label: Texts | None, parts: tuple[Part, ...], lines: Iterable[Line]
) -> Whole:
    """The whole with the total that the form has for it."""
    total = find_total(table.table, chart.axis, lines)
    printed = read_figure(table, chart, total) if total else None
    return Whole(
        label=label,
        parts=parts,
        has_total=bool(total),
        printed=printed if printed is not None and is_published(printed) else None,
    )


def is_published(figure: Figure) -> bool:
    """Whether the report itself gives a number."""
    return figure.value is not None and not figure.computed


def find_total(table: Table, axis: Axis, lines: Iterable[Line]) -> str:
    """The id of the total that adds up just these lines; empty where there is none."""
    wanted = sorted(part for line in lines for part in list_components(table, axis, line.id))
    totals = (line.id for line in table.leaves(axis) if line.sum_of and sorted(list_parts(table, axis, line)) == wanted)
    return next(totals, "")
