"""Random figures.yaml files of a form: right ones, and right ones with one thing changed."""

import copy
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from gaisite.model.contributions import list_component_cells
from gaisite.model.tables import Address, Axis, FigureType, Line
from gaisite.read.names import FormNames, LineNames, TableNames

RIGHT = [None, "", "n/a", "N/A", "不适用", 0, 7, 28, "28", "0", 999_999_999_999_999_999]
FIGURES = {
    FigureType.COUNT: RIGHT,
    FigureType.CHANGE: [*RIGHT, -5, "+10", "＋10", "－3", "−3", "-0", -(10**17) + 1],
    FigureType.AMOUNT: [*RIGHT, 1.5, "52.6540", 52.654, "0.0"],
}
WHOLE = [5, -5, "+254", "＋10", "－3", "−3", "-0", 0, -(10**17) + 1]
SIGNED = {False: WHOLE, True: [*WHOLE[:-1], 0.5, -12.25, "-52.6540", "+0.05", "－1.0", "+" + "1" * 17]}
SIDES = [None, "", 0, 28, "＋10", "52.6540", "n/a", "万元", True]
ODD_VALUES = [
    None, "", " ", "28", 28, 0, -5, "-5", "+3", "＋3", "－3", 1.5, "1.5", ".5", "010", "28件", "28\n", "1,024", "３３", "/",
    "n/a", "N/a", "不适用", "sum", "compare", True, False, [], [1], {}, {"x": 1}, {"total": None}, 10**18, -(10**17), "1" * 18, "1" * 19, "元", "万元",
]  # fmt: skip
ODD_KEYS = [
    "x", "total", "其他", "other", "upheld", "总计", "form", "units", "handled", "handled.total", "applications", "reason", "at",
    "check", "old", "new", "date", "extra", "Extra", "en", "", "*", "procurement.amount", "applications.amount", "licences.permits", "new",
    "children", "adjustments", "by",
]  # fmt: skip


@dataclass(frozen=True)
class Local:
    """A row that a document adds: where, and under which name."""

    table: str = ""
    host: str = ""


def name_line(draw: st.DrawFn, names: LineNames, parent: str, line: Line) -> str | None:
    """One of the names of a line under a parent; None where it has none there."""
    known = [name for name in names.known(parent) if names.find(parent, name) is line]
    return draw(st.sampled_from(known)) if known else None


def draw_some(draw: st.DrawFn, lines: tuple[Line, ...]) -> list[Line]:
    if not lines:
        return []
    return draw(st.lists(st.sampled_from(lines), min_size=1, max_size=3, unique_by=lambda line: line.id))


@dataclass
class Writer:
    """Writes one table."""

    draw: st.DrawFn
    names: TableNames
    local: Local

    def table(self) -> Any:
        leaves = self.names.table.leaves(Axis.ROWS)
        if len(leaves) == 1 and self.local.table != self.names.table.id and self.draw(st.booleans()):
            return self.cells(leaves[0], "", self.names.table.columns)
        return self.rows("", self.names.table.rows)

    def rows(self, parent: str, lines: tuple[Line, ...], into: str = "") -> Any:
        """Rows in a mapping: those of a group in it, or some levels up where their names are unmistakable."""
        written: dict[str, Any] = {}
        for line in draw_some(self.draw, lines):
            if line.lines and self.draw(st.integers(0, 3)) == 0:
                written |= self.rows(parent, line.lines, line.id)
                continue
            name = name_line(self.draw, self.names.rows, parent, line)
            if name is not None:
                written[name] = self.row(line)
        if self.local == Local(self.names.table.id, into or parent):
            written["extra"] = self.cells(None, "", self.names.table.columns)
        return written

    def row(self, line: Line) -> Any:
        if self.draw(st.integers(0, 9)) == 0:
            return None
        if line.lines or self.local == Local(self.names.table.id, line.id):
            return self.rows(line.id, line.lines)
        return self.cells(line, "", self.names.table.columns)

    def cells(self, row: Line | None, parent: str, columns: tuple[Line, ...]) -> Any:
        written: dict[str, Any] = {}
        for column in draw_some(self.draw, columns):
            name = name_line(self.draw, self.names.columns, parent, column)
            if name is not None and column.lines:
                written[name] = self.cells(row, column.id, column.lines)
            elif name is not None:
                type = column.type or (row.type if row else None) or self.names.table.type
                written[name] = self.draw(st.sampled_from(FIGURES[type]))
        return written


@st.composite
def right_documents(draw: st.DrawFn, names: FormNames) -> dict[str, Any]:
    """A file that gaisite reads without a word."""
    tables = list({each.table.id: each for each in names.tables.values()}.values())
    local = draw(st.just(Local()) | st.sampled_from(list_hosts(tables)))
    document: dict[str, Any] = {"form": names.form.id}
    for each in draw(st.lists(st.sampled_from(tables), max_size=2, unique_by=lambda each: each.table.id)):
        called = [each.table.id, *(text for _, text in each.table.caption.by_language)]
        document[draw(st.sampled_from(called))] = Writer(draw, each, local).table()
    if local.table:
        label = draw(
            st.sampled_from(["新增一行", 5, {"zh-CN": "新增一行", "en": "Added"}, {"en": "Added", "zh-CN": None}])
        )
        document["local_rows"] = {".".join(part for part in (local.table, local.host) if part): {"extra": label}}
    document |= draw(draw_settings(tables))
    mode = draw(st.sampled_from([None, None, "compare", "sum"]))
    if mode is not None:
        document |= {"children": mode, "adjustments": draw(draw_adjustments(names))}
    if mode == "sum":
        return {
            key: document[key]
            for key in ("form", "children", "adjustments", "acknowledge", "corrections")
            if key in document
        }
    return document


@st.composite
def draw_adjustments(draw: st.DrawFn, names: FormNames) -> list[dict[str, Any]] | None:
    """Documented differences from the sum of the reports below."""
    types = {str(cell): find_type(names, cell) for cell in list_component_cells(names.form)}
    chosen = draw(st.none() | st.lists(st.sampled_from(sorted(types)), max_size=2))
    return chosen and [
        {"at": at, "by": draw(st.sampled_from(SIGNED[types[at] is FigureType.AMOUNT])), "reason": "照录"}
        for at in chosen
    ]


def find_type(names: FormNames, cell: Address) -> FigureType:
    table = names.form.table(cell.table)
    row, column = table.find(Axis.ROWS, cell.row), table.find(Axis.COLUMNS, cell.column)
    assert row is not None
    assert column is not None
    return table.cell_type(row, column)


def list_hosts(tables: list[TableNames]) -> list[Local]:
    rows = [(each.table.id, row.id) for each in tables for row in each.table.leaves(Axis.ROWS) if not row.sum_of]
    return [*(Local(each.table.id) for each in tables), *(Local(*row) for row in rows)]


@st.composite
def draw_settings(draw: st.DrawFn, tables: list[TableNames]) -> dict[str, Any]:
    """Units and acknowledgements."""
    settings: dict[str, Any] = {}
    opened = [(each.table.id, column) for each in tables for column in each.table.leaves(Axis.COLUMNS)]
    opened = [(table, column) for table, column in opened if column.unit_choices]
    if opened and draw(st.booleans()):
        table, column = draw(st.sampled_from(opened))
        units = [unit for choice in column.unit_choices for _, unit in choice.by_language]
        settings["units"] = {f"{table}.{column.id}": draw(st.sampled_from(units))}
    at = draw(st.sampled_from([None, "a.b", ["a.b", "c.d"], []]))
    if at is not None:
        settings["acknowledge"] = [{"check": "column-sum", "at": at, "reason": "照录"}]
    elif draw(st.booleans()):
        settings["acknowledge"] = draw(st.sampled_from([None, [], ""]))
    if draw(st.booleans()):
        old, new = draw(st.sampled_from(SIDES)), draw(st.sampled_from(SIDES))
        correction = {"date": "2022-03-01", "at": at or "a.b", "old": old, "new": new, "reason": "重复统计"}
        settings["corrections"] = draw(st.sampled_from([[correction], [correction, correction], [], None]))
    return settings


def list_mappings(node: Any) -> list[dict[str, Any]]:
    """Every mapping of a document, outermost first."""
    if isinstance(node, list):
        return [found for item in node for found in list_mappings(item)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for value in node.values() for found in list_mappings(value))]


@st.composite
def changed_documents(draw: st.DrawFn, names: FormNames) -> dict[str, Any]:
    """A file in which one value, or one key, is another; it may be right all the same."""
    document = copy.deepcopy(draw(right_documents(names)))
    mappings = list_mappings(document)
    innermost = [each for each in mappings if each and not any(isinstance(value, dict) for value in each.values())]
    mapping = draw(st.sampled_from(innermost or mappings) | st.sampled_from(mappings))
    key = draw(st.sampled_from(list(mapping) or ODD_KEYS) | st.sampled_from(ODD_KEYS))
    if key == "form" and mapping is document:
        mapping[key] = draw(st.sampled_from([None, "", "x", 5, []]))
    elif key in mapping and draw(st.booleans()):
        mapping[draw(st.sampled_from(ODD_KEYS))] = mapping.pop(key)
    else:
        mapping[key] = draw(st.sampled_from(ODD_VALUES))
    return document
