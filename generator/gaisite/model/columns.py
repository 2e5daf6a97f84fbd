"""The columns of the tables for download: their names for programs, their titles and explanations for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gaisite.model.content import State
from gaisite.model.forms import Relation
from gaisite.texts import Texts


class ColumnKind(StrEnum):
    """What the cells of a column hold; an empty cell holds nothing in any of them."""

    TEXT = "text"
    IDS = "ids"
    """Ids with a space between them."""
    YEAR = "year"
    NUMBER = "number"
    """A plain number: digits, a minus, a point."""
    FIGURE = "figure"
    """A number as it was published."""
    FLAG = "flag"
    STATE = "state"
    RELATION = "relation"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table for download."""

    name: str
    """For programs, the same in every language."""
    title: Texts
    """What the header of a CSV or XLSX file says."""
    note: Texts
    """What stands in the column."""
    kind: ColumnKind = ColumnKind.TEXT


def bilingual(chinese: str, english: str) -> Texts:
    """A text in Chinese and English."""
    return Texts((("zh-CN", chinese), ("en", english)))


AGENCY = Column(
    name="agency",
    title=bilingual("机构标识", "Agency id"),
    note=bilingual("机构在本站的地址。", "The agency's address on this site."),
)
AGENCY_NAME = Column(
    name="agency_name",
    title=bilingual("机构名称", "Agency"),
    note=bilingual("该机构当年的名称。", "The name that the agency bore that year."),
)
YEAR = Column(
    name="year",
    title=bilingual("年度", "Year"),
    note=bilingual("报告所述年度。", "The year that is reported on."),
    kind=ColumnKind.YEAR,
)
FORM = Column(
    name="form",
    title=bilingual("格式标识", "Form id"),
    note=bilingual("当年报告所用的格式。", "The form of that year's report."),
)
TABLE = Column(
    name="table",
    title=bilingual("表标识", "Table id"),
    note=bilingual("格式中的表。", "The form's table."),
)
TABLE_LABEL = Column(
    name="table_label",
    title=bilingual("表名", "Table"),
    note=bilingual("表的正式名称。", "The official caption of the table."),
)
ROW = Column(
    name="row",
    title=bilingual("行标识", "Row id"),
    note=bilingual("行，自上级到下级以“.”相连。", "The row, from the outermost line down, joined by “.”."),
)
ROW_LABEL = Column(
    name="row_label",
    title=bilingual("行", "Row"),
    note=bilingual("行的正式名称，自上级到下级。", "The official labels of the row, from the outermost down."),
)
COLUMN = Column(
    name="column",
    title=bilingual("列标识", "Column id"),
    note=bilingual("列，自上级到下级以“.”相连。", "The column, from the outermost line down, joined by “.”."),
)
COLUMN_LABEL = Column(
    name="column_label",
    title=bilingual("列", "Column"),
    note=bilingual("列的正式名称，自上级到下级。", "The official labels of the column, from the outermost down."),
)
STATE = Column(
    name="state",
    title=bilingual("状态", "State"),
    note=bilingual("四种状态之一。", "One of the four states."),
    kind=ColumnKind.STATE,
)
VALUE = Column(
    name="value",
    title=bilingual("数值", "Value"),
    note=bilingual("可以计算的数；状态不是数值的为空。", "The number to calculate with; empty in every other state."),
    kind=ColumnKind.NUMBER,
)
TEXT = Column(
    name="text",
    title=bilingual("原文", "As published"),
    note=bilingual("报告所印的写法，正负号和末尾的零不变。", "As the report prints it, with its sign and last zeros."),
    kind=ColumnKind.FIGURE,
)
UNIT = Column(
    name="unit",
    title=bilingual("单位", "Unit"),
    note=bilingual("计量单位，没有规定的为空。", "The unit; empty where none is laid down."),
)
COMPUTED = Column(
    name="computed",
    title=bilingual("本站计算", "Computed here"),
    note=bilingual("原报告没有、由本站按分项相加得出的数。", "Not in the report, but summed from its parts here."),
    kind=ColumnKind.FLAG,
)
SERIES = Column(
    name="series",
    title=bilingual("序列", "Series"),
    note=bilingual(
        "这一格属于该机构的哪一个历年序列；序列以最近的格式和单元格命名，只在同一机构内有效。",
        "The agency's series over the years that the cell is in, named after the latest form and its cell there; it is "
        "the agency's own.",
    ),
)
FAILED = Column(
    name="failed",
    title=bilingual("不符的核对", "Failed checks"),
    note=bilingual("与这一格不符的勾稽关系，有说明的除外。", "Checks that fail at this cell and are not explained."),
    kind=ColumnKind.IDS,
)
ACKNOWLEDGED = Column(
    name="acknowledged",
    title=bilingual("有说明的核对", "Explained checks"),
    note=bilingual(
        "与这一格不符、发布者已作说明的勾稽关系。", "Checks that fail at this cell and that the publisher explains."
    ),
    kind=ColumnKind.IDS,
)
REVISED = Column(
    name="revised",
    title=bilingual("更正日期", "Revised"),
    note=bilingual(
        "这一格最近一次更正的日期，没有更正的为空。", "When the cell was last corrected; empty where it never was."
    ),
    kind=ColumnKind.DATE,
)
RELATION = Column(
    name="relation",
    title=bilingual("衔接关系", "Relation"),
    note=bilingual(
        "与序列中上一份报告的关系；不是“相同”的，口径有变化。",
        "How it continues the report before it in the series; anything but “same” is a change of definition.",
    ),
    kind=ColumnKind.RELATION,
)
NOTE = Column(
    name="note",
    title=bilingual("衔接说明", "Note on the relation"),
    note=bilingual("格式对这一变化的说明。", "The form's words on that change."),
)
CELLS = Column(
    name="cells",
    title=bilingual("取自", "Taken from"),
    note=bilingual(
        "当年报告中的单元格或一组行，多个的为其和；空着的，就是为序列命名的那一格。",
        "The cells or row group of that year's report, of several the sum; empty: the cell that names the series.",
    ),
    kind=ColumnKind.IDS,
)

NAMES = (TABLE, TABLE_LABEL, ROW, ROW_LABEL, COLUMN, COLUMN_LABEL)
FIGURE = (STATE, VALUE, TEXT, UNIT, COMPUTED)
OBSERVATION_COLUMNS = (AGENCY, AGENCY_NAME, YEAR, FORM, *NAMES, *FIGURE, SERIES, FAILED, ACKNOWLEDGED, REVISED)
"""Of data.csv: one row a cell of a report."""
SERIES_COLUMNS = (AGENCY, SERIES, *NAMES, YEAR, AGENCY_NAME, FORM, *FIGURE, RELATION, NOTE, CELLS)
"""Of series.csv: one row a year of a series."""
OBSERVATION_KEY = (AGENCY, YEAR, TABLE, ROW, COLUMN)
SERIES_KEY = (AGENCY, SERIES, YEAR)
"""What identifies a row of each."""

STATE_WORDS: Mapping[State, Texts] = {
    State.NUMBER: bilingual("数值", "number"),
    State.BLANK: bilingual("未填", "blank"),
    State.NOT_APPLICABLE: bilingual("不适用", "not applicable"),
    State.NOT_IN_FORM: bilingual("表内无此项", "not in this form"),
}
FLAG_WORDS: Mapping[bool, Texts] = {True: bilingual("是", "yes"), False: bilingual("否", "no")}
RELATION_WORDS: Mapping[Relation, Texts] = {
    Relation.SAME: bilingual("相同", "same"),
    Relation.SUM_OF: bilingual("合计", "sum of"),
    Relation.CAVEAT: bilingual("可比，口径有别", "caveat"),
    Relation.NOT_COMPARABLE: bilingual("不可比", "not comparable"),
    Relation.ONLY_HERE: bilingual("仅本格式有", "only here"),
    Relation.ONLY_THERE: bilingual("仅上一版格式有", "only there"),
}
