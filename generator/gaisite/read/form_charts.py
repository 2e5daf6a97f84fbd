"""The charts of a form file: which lines of which table are drawn, and how."""

from collections.abc import Iterator

from gaisite.findings import Place
from gaisite.model.form_charts import ChartKind, ChartLine, FormChart
from gaisite.model.tables import Axis, FigureType, Line, Table, walk_lines
from gaisite.read.fields import Fields, nearest, place_node
from gaisite.read.form_checks import list_axes
from gaisite.read.form_tables import check_hyphened_id, find_table, note_unknown_leaf, read_texts
from gaisite.read.nodes import MappingNode, Scalar
from gaisite.texts import Texts

CHART_KEYS = ("kind", "title", "table", "rows", "columns", "row", "column")
ACROSS = {Axis.ROWS: "column", Axis.COLUMNS: "row"}
"""The key that names the line across those drawn."""
MOST_PARTS = 6
"""As many fillings can be told apart without colour."""


def read_charts(form: Fields, tables: tuple[Table, ...], language: str) -> tuple[FormChart, ...]:
    """The charts in written order, those left out that have no kind, no table or no line that can be drawn."""
    charts: list[FormChart] = []
    for key, node in form.entries("charts"):
        check_hyphened_id(form, key)
        fields = Fields(form.source, node, form.problems, CHART_KEYS)
        kind = fields.choice("kind", [each.value for each in ChartKind], required=True)
        title = read_texts(fields, "title", language, required=True) or Texts(((language, key.text),))
        table = find_table(fields, fields.require("table"), tables)
        if kind and table is not None:
            reader = ChartReader(fields, ChartKind(kind), table, language)
            charts.extend(reader.read_chart(key.text, title))
    return tuple(charts)


class ChartReader:
    """Reads which lines of a table a chart draws."""

    def __init__(self, fields: Fields, kind: ChartKind, table: Table, language: str) -> None:
        self.fields = fields
        self.kind = kind
        self.table = table
        self.language = language
        self.axis = self.read_axis()

    def read_axis(self) -> Axis:
        """The direction of the lines: a chart draws rows or columns, not both."""
        given = list_axes(self.fields)
        if len(given) != 1:
            self.fields.note("form-chart-axis", self.fields.place(given[-1].value if given else ""))
        return given[0] if given else Axis.ROWS

    def read_chart(self, chart_id: str, title: Texts) -> Iterator[FormChart]:
        """The chart; none where nothing can be drawn, which is noted."""
        across = self.read_across()
        lines = tuple(self.read_lines())
        self.note_many_parts(lines)
        if across and lines and self.shares_a_scale(across, lines):
            yield FormChart(
                id=chart_id,
                kind=self.kind,
                title=title,
                table=self.table.id,
                axis=self.axis,
                lines=lines,
                across=across,
            )

    def read_across(self) -> str:
        """The line across: the one named, otherwise the principal column or the only line there is."""
        key, wrong = ACROSS[self.axis], ACROSS[self.axis.other]
        if wrong in self.fields.keys:
            place = place_node(self.fields.source, self.fields.keys[wrong])
            self.fields.note("form-chart-across", place, key=wrong, wanted=key)
        named = self.fields.text(key)
        if named:
            known = not note_unknown_leaf(self.fields, self.fields.place(key), self.table, self.axis.other, named)
            return named if known else ""
        leaves = self.table.leaves(self.axis.other)
        principal = self.table.principal if self.axis is Axis.ROWS else ""
        only = leaves[0].id if len(leaves) == 1 else ""
        if not principal and not only:
            self.fields.note("key-missing", self.fields.place(), key=key)
        return principal or only

    def read_lines(self) -> Iterator[ChartLine]:
        """Those of the lines that the table has: a list of ids, or a mapping from id to a short name."""
        node = self.fields.get(self.axis.value)
        if isinstance(node, MappingNode):
            named = [(key, self.fields.texts_of(key.text, name, self.language)) for key, name in node.entries]
        else:
            named = [(each, None) for each in self.fields.items(self.axis.value) if isinstance(each, Scalar)]
        if node is not None and not named:
            self.fields.note("form-lines-missing", self.fields.place(self.axis.value), key=self.axis.value)
        for key, label in named:
            if self.knows(key.text, place_node(self.fields.source, key)):
                yield ChartLine(id=key.text, label=label)

    def knows(self, line_id: str, place: Place) -> bool:
        """Whether a line is there and of the sort that the kind of chart draws; if not, that is noted."""
        if self.kind is ChartKind.LINE:
            return not note_unknown_leaf(self.fields, place, self.table, self.axis, line_id)
        line = self.table.find(self.axis, line_id)
        if line is None:
            near = nearest(line_id, (each.id for each in walk_lines(self.table.lines(self.axis))))
            self.fields.note("form-line-unknown", place, line=line_id, within=self.table.id, near=near)
        elif self.kind is ChartKind.STACKED and not line.lines:
            self.fields.note("form-chart-group", place, line=line_id)
            return False
        return line is not None

    def note_many_parts(self, lines: tuple[ChartLine, ...]) -> None:
        """Note a bar that is divided into more parts than can be told apart."""
        numbers = {ChartKind.PARTS: [len(lines)], ChartKind.STACKED: [self.count_below(line.id) for line in lines]}
        number = max(numbers.get(self.kind, ()), default=0)
        if number > MOST_PARTS:
            self.fields.note("form-chart-parts", self.fields.place(self.axis.value), number=number, limit=MOST_PARTS)

    def count_below(self, line_id: str) -> int:
        """How many lines directly below a group are no totals."""
        line = self.table.find(self.axis, line_id)
        return sum(not below.sum_of for below in line.lines) if line is not None else 0

    def shares_a_scale(self, across: str, lines: tuple[ChartLine, ...]) -> bool:
        """Whether all figures drawn count the same and none has a sign; if not, that is noted."""
        units: dict[tuple[Texts | None, FigureType, str], str] = {}
        for row, column in self.list_cells(across, lines):
            cell_type = self.table.cell_type(row, column)
            leaf = row if self.axis is Axis.ROWS else column
            if cell_type is FigureType.CHANGE:
                self.fields.note("form-chart-change", self.fields.place(self.axis.value), line=leaf.id)
                return False
            # A unit that each report chooses may be another in each line.
            chosen = leaf.id if leaf.unit_choices else ""
            units.setdefault((self.table.cell_unit(row, column), cell_type, chosen), leaf.id)
        if len(units) > 1:
            one, other, *_ = units.values()
            self.fields.note("form-chart-unit", self.fields.place(self.axis.value), one=one, other=other)
        return len(units) == 1

    def list_cells(self, across: str, lines: tuple[ChartLine, ...]) -> Iterator[tuple[Line, Line]]:
        """Row and column of each cell that is drawn."""
        crossing = self.table.find(self.axis.other, across)
        for drawn in lines:
            line = self.table.find(self.axis, drawn.id)
            if line is not None and crossing is not None:
                yield from ((leaf, crossing) if self.axis is Axis.ROWS else (crossing, leaf) for leaf in line.leaves())
