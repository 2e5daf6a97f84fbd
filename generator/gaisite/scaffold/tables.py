"""The empty tables of a form as YAML: one row a line, a place for every figure, official labels beside."""

from collections.abc import Iterator
from dataclasses import dataclass

from gaisite.model.forms import Form
from gaisite.model.tables import Address, Axis, Line, Table, lies_in, walk_lines
from gaisite.scaffold.carrying import Carried
from gaisite.scaffold.rows import Naming, RowWriter, make_row_writer
from gaisite.scaffold.spelling import clean_text, spell_scalar
from gaisite.texts import Texts

COLUMNS = Texts.of({"zh-CN": "列：", "en": "Columns: "})
TOTALS = Texts.of({"zh-CN": "合计，可以不写：", "en": "Totals, may be left out: "})
UNIT = Texts.of({"zh-CN": "单位：", "en": "Unit: "})
OPTIONAL = Texts.of({"zh-CN": "可以没有这一行", "en": "this row may be left out"})
CARRIED = Texts.of(
    {"zh-CN": "取自 {year} 年报告的“{source}”，请核对", "en": "From the report of {year}, “{source}”: please check"}
)
OPEN_UNITS = Texts.of(
    {"zh-CN": "格式没有规定下列各列的单位，填写时要写明", "en": "The form leaves these units open: say which is used"}
)


def write_units(form: Form, naming: Naming) -> str:
    """The units that a report must state, to be filled in; empty where the form leaves none open."""
    open_columns = [
        (f"{table.id}.{column.id}", column.unit_choices)
        for table in form.tables
        for column in table.leaves(Axis.COLUMNS)
        if column.unit_choices
    ]
    if not open_columns:
        return ""
    lines = [f"# {OPEN_UNITS.within(naming.language)}", "#units:"]
    for key, choices in open_columns:
        known = naming.separator.join(naming.show(choice) for choice in choices)
        lines.append(f"#  {key}: {spell_scalar(choices[0].official)}  # {known}")
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWriter:
    """Writes one table of a new report."""

    table: Table
    naming: Naming
    carried: Carried
    year: int
    """Of the report."""
    row_writer: RowWriter

    def write(self) -> Iterator[str]:
        """The table's lines."""
        yield from self.comment_table()
        caption = self.naming.spell(self.table.caption)
        yield f"{caption if self.naming.labels else self.table.id}:"
        for row in self.table.rows:
            yield from self.write_row(row, "  ")

    def comment_table(self) -> Iterator[str]:
        """What is said above a table: its caption, unit, columns, and the totals that are not listed."""
        if not self.naming.labels:
            yield f"# {self.naming.show(self.table.caption)}"
        if self.table.unit:
            yield f"# {self.say(UNIT)}{self.naming.show(self.table.unit)}"
        if self.table.note:
            yield f"# {clean_text(self.say(self.table.note))}"
        if not self.naming.labels:
            yield f"# {self.say(COLUMNS)}{self.row_writer.write_legend()}"
        totals = [name for axis in (Axis.COLUMNS, Axis.ROWS) for name in self.name_totals(axis)]
        if totals:
            yield f"# {self.say(TOTALS)}{self.naming.separator.join(totals)}"

    def name_totals(self, axis: Axis) -> Iterator[str]:
        """How the totals in one direction are called, should they be written after all."""
        for line in self.table.leaves(axis):
            if line.sum_of:
                above = (each for each in walk_lines(self.table.lines(axis)) if lies_in(line.id, each.id))
                label = " · ".join(self.naming.show(each.label) for each in above)
                yield label if self.naming.labels else f"{line.id} {label}"

    def write_row(self, row: Line, margin: str) -> Iterator[str]:
        """The lines of a row, or of a group and the rows in it; none for a total that is left out."""
        carried = any(cell.row == row.id for cell in self.carried)
        if row.sum_of and not carried:
            return
        yield from (f"{margin}# {words}" for words in self.comment_row(row))
        if row.lines:
            yield f"{margin}{self.naming.call(row)}:"
            for below in row.lines:
                yield from self.write_row(below, margin + "  ")
        else:
            mark = "#" if row.optional and not carried else ""
            cells = self.row_writer.write(lambda column: self.write_figure(row, column))
            yield f"{margin}{mark}{self.naming.call(row)}: {cells}"

    def comment_row(self, row: Line) -> Iterator[str]:
        """What is said above a row: its label, whether it may be left out, where its figures come from."""
        if not self.naming.labels:
            yield self.naming.show(row.label)
        if row.optional:
            yield self.say(OPTIONAL)
        sources = {self.naming.show(each.source) for cell, each in self.carried.items() if cell.row == row.id}
        for source in sorted(sources):
            yield self.say(CARRIED).format(year=self.year - 1, source=source)

    def write_figure(self, row: Line, column: Line) -> str | None:
        """A figure carried over, a blank, or nothing for a total that is left out."""
        carried = self.carried.get(Address(table=self.table.id, row=row.id, column=column.id))
        if carried is not None:
            return carried.figure.text
        return None if column.sum_of else ""

    def say(self, words: Texts) -> str:
        """A text in the language of the comments."""
        return words.within(self.naming.language)


def write_tables(form: Form, naming: Naming, carried: Carried, year: int) -> str:
    """All tables of a form, in its order."""
    writers = [
        TableWriter(
            table=table,
            naming=naming,
            carried={cell: each for cell, each in carried.items() if cell.table == table.id},
            year=year,
            row_writer=make_row_writer(table.columns, naming),
        )
        for table in form.tables
    ]
    return "\n\n".join("\n".join(writer.write()) for writer in writers)
