"""What stands in and around the statutory tables of a document of any format: figures, units, captions, notes."""

from collections.abc import Iterator

from gaisite.model.content import Figure, ReportTable, State
from gaisite.model.documents import count_computed
from gaisite.model.tables import Axis, Line
from gaisite.texts import Texts

UNIT = Texts((("zh-CN", "（单位：{unit}）"), ("en", " ({unit})")))
NOT_APPLICABLE = Texts((("zh-CN", "不适用"), ("en", "N/A")))
COMPUTED = Texts(
    (
        ("zh-CN", "注：本表中报告没有填写的合计由各项相加得出：{columns}。"),
        ("en", "Note: totals that the report leaves out are sums of their parts: {columns}."),
    )
)
COUNT = Texts((("zh-CN", "“{column}”{count}格"), ("en", "“{column}”, {count}")))
SEPARATOR = Texts((("zh-CN", "、"), ("en", "; ")))


def find_unit(table: ReportTable, line: Line) -> Texts | None:
    """The unit that a line has of its own, as the report states it or the form gives it."""
    own = line.unit if line.unit != table.table.unit else None
    return table.units.get(line.id) or own


def write_unit(unit: Texts | None, language: str) -> str:
    """A unit as captions and headers print it; empty for none."""
    return UNIT.within(language).format(unit=unit.official) if unit else ""


def write_caption(table: ReportTable, language: str) -> str:
    """The caption of a table, with its unit."""
    return table.table.caption.official + write_unit(table.table.unit, language)


def write_figure(figure: Figure, language: str) -> str:
    """What stands in a cell: a number as published, nothing in a blank one."""
    if figure.state is State.NUMBER:
        return figure.text
    return NOT_APPLICABLE.within(language) if figure.state is State.NOT_APPLICABLE else ""


def explain_table(table: ReportTable, language: str) -> Iterator[str]:
    """The notes under a table: the form's own, and which totals were computed."""
    if table.table.note is not None:
        yield table.table.note.official
    counted = [
        COUNT.within(language).format(column=label.official, count=count)
        for column, count in count_computed(table)
        if (label := find_label(table, column)) is not None
    ]
    if counted:
        yield COMPUTED.within(language).format(columns=SEPARATOR.within(language).join(counted))


def find_label(table: ReportTable, column: str) -> Texts | None:
    """The label of a column."""
    line = table.table.find(Axis.COLUMNS, column)
    return line.label if line is not None else None
