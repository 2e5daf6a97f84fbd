"""The empty figures of a form: its rows one a line, each with a place for every figure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gaisite.model.forms import Address, Axis, Form, Line, Table, walk_lines
from gaisite.read.names import LineNames, name_lines
from gaisite.scaffold.carrying import Carried
from gaisite.scaffold.spelling import clean_text, spell_scalar
from gaisite.texts import Texts

COLUMNS = Texts.of({"zh-CN": "列：", "en": "Columns: "})
TOTALS = Texts.of({"zh-CN": "合计（可以不写）：", "en": "Totals (may be left out): "})
UNIT = Texts.of({"zh-CN": "单位：", "en": "Unit: "})
OPTIONAL = Texts.of({"zh-CN": "可以没有这一行", "en": "this row may be left out"})
CARRIED = Texts.of({"zh-CN": "取自 {year} 年报告的“{source}”，请核对", "en": "From the report of {year}, “{source}”: please check"})
OPEN_UNITS = Texts.of({"zh-CN": "填写下列各列时，写明所用的单位", "en": "Say which unit a column is in when filling it in"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWriter:
    """Writes the tables of a new report as YAML."""

    form: Form
    language: str
    """Of the comments."""
    labels: bool
    """Whether lines are called by their official labels instead of their ids."""
    carried: Carried
    year: int

    def write(self) -> str:
        """All tables, in the form's order."""
        return "\n\n".join("\n".join(self.write_table(table)) for table in self.form.tables)

    def write_units(self) -> str:
        """The units that the report must state, to be filled in; empty where the form leaves none open."""
        choices = {
            f"{table.id}.{column.id}": column.unit_choices
            for table in self.form.tables
            for column in table.leaves(Axis.COLUMNS)
            if column.unit_choices
        }
        if not choices:
            return ""
        lines = [f"# {OPEN_UNITS.within(self.language)}", "#units:"]
        for key, units in choices.items():
            known = " / ".join(self.show(unit) for unit in units)
            lines.append(f"#  {key}: {spell_scalar(units[0].official)}  # {known}")
        return "\n".join(lines) + "\n"

    def write_table(self, table: Table) -> Iterator[str]:
        """The lines of one table."""
        names = name_lines(table.columns)
        yield f"# {self.show(table.caption)}"
        if table.unit:
            yield f"# {UNIT.within(self.language)}{self.show(table.unit)}"
        if not self.labels:
            legend = self.write_cells(table.columns, "", names, lambda column: self.write_legend(column))
            yield f"# {COLUMNS.within(self.language)}{legend}"
        totals = [self.name_total(line) for axis in (Axis.COLUMNS, Axis.ROWS) for line in table.leaves(axis) if line.sum_of]
        if totals:
            yield f"# {TOTALS.within(self.language)}{'; '.join(totals)}"
        yield f"{spell_scalar(clean_text(table.caption.official)) if self.labels else table.id}:"
        for row in table.rows:
            yield from self.write_row(table, names, row, "  ")

    def write_row(self, table: Table, names: LineNames, row: Line, margin: str) -> Iterator[str]:
        """The lines of one row, or of a group and the rows in it; nothing for a total that is left out."""
        if row.sum_of and not self.has_carried(table, row):
            return
        yield from self.comment_row(table, row, margin)
        if row.lines:
            yield f"{margin}{self.call(row)}:"
            for below in row.lines:
                yield from self.write_row(table, names, below, margin + "  ")
            return
        cells = self.write_cells(table.columns, "", names, lambda column: self.write_figure(table, row, column))
        mark = "#" if row.optional else ""
        yield f"{margin}{mark}{self.call(row)}: {cells}"

    def comment_row(self, table: Table, row: Line, margin: str) -> Iterator[str]:
        """What is said above a row: its label, whether it may be left out, where its figures come from."""
        words = [] if self.labels else [self.show(row.label)]
        words += [OPTIONAL.within(self.language)] if row.optional else []
        if words:
            yield f"{margin}# {' – '.join(words)}"
        sources = {self.show(each.source) for cell, each in self.carried.items() if (cell.table, cell.row) == (table.id, row.id)}
        for source in sorted(sources):
            yield f"{margin}# {CARRIED.within(self.language).format(year=self.year - 1, source=source)}"
