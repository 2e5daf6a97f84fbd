"""What an import writes: figures.yaml with what was read, and the receipt that tells where each figure stood."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gaisite import __version__
from gaisite.imports.documents import Document
from gaisite.imports.layout import FormLayout, TableLayout
from gaisite.imports.readings import Findings, LocalRow, Reading
from gaisite.model.tables import Address, Line, insert_rows
from gaisite.read.folders import RECEIPT
from gaisite.scaffold.rows import Naming, RowWriter, make_row_writer
from gaisite.scaffold.spelling import clean_text, spell_scalar
from gaisite.texts import Texts

FORMAT = 1
FROM = Texts.of(
    {
        "zh-CN": "由 {name} 导入，各数的出处见 " + RECEIPT,
        "en": "Imported from {name}; where each figure stood: " + RECEIPT,
    }
)
DOUBT = Texts.of(
    {"zh-CN": "存疑，请对照原件填写；原文为“{raw}”", "en": "Undecided, fill in from the original; it says “{raw}”"}
)
MAYBE = Texts.of({"zh-CN": "，可能是 {candidates}", "en": "; perhaps {candidates}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresWriter:
    """Writes figures.yaml."""

    layout: FormLayout
    findings: Findings
    naming: Naming
    name: str
    """Of the file that was imported."""

    def write(self) -> str:
        """The whole file."""
        return "\n".join(self.write_lines()) + "\n"

    def write_lines(self) -> Iterator[str]:
        """Line by line."""
        yield f"# {FROM.within(self.naming.language).format(name=clean_text(self.name))}"
        yield f"form: {self.layout.form.id}"
        yield from self.write_units()
        yield from self.write_local_rows()
        for layout in self.layout.tables:
            if any(row.table == layout.table.id for row in self.findings.rows):
                yield ""
                yield from self.write_table(layout)

    def write_units(self) -> Iterator[str]:
        """The units that were printed, where the form leaves them open."""
        units = {
            f"{each.at.table}.{each.at.column}": unit.official
            for each in self.findings.readings.values()
            for unit in self.find_choices(each)
        }
        if units:
            yield "units:"
            yield from (f"  {key}: {spell_scalar(unit)}" for key, unit in units.items())

    def find_choices(self, reading: Reading) -> Iterator[Texts]:
        """The unit of a reading among those that its column may have."""
        layout = next(each for each in self.layout.tables if each.table.id == reading.at.table)
        column = next(each for each in layout.columns if each.id == reading.at.column)
        return (unit for unit in column.unit_choices if reading.unit in dict(unit.by_language).values())

    def write_local_rows(self) -> Iterator[str]:
        """The rows that the report has besides those of the form."""
        by_host: dict[str, list[LocalRow]] = {}
        for row in self.findings.local_rows:
            by_host.setdefault(f"{row.table}.{row.host}", []).append(row)
        if by_host:
            yield "local_rows:"
        for host, rows in by_host.items():
            labels = ", ".join(f"{row.key}: {spell_scalar(clean_text(row.label))}" for row in rows)
            yield f"  {host}: {{{labels}}}"

    def write_table(self, layout: TableLayout) -> Iterator[str]:
        """One table."""
        table = layout.table
        for host in dict.fromkeys(row.host for row in self.findings.local_rows if row.table == table.id):
            added = [row for row in self.findings.local_rows if (row.table, row.host) == (table.id, host)]
            lines = tuple(
                Line(id=f"{host}.{row.key}", label=Texts.of({"zh-CN": row.label}), local=True) for row in added
            )
            table = insert_rows(table, host, lines)
        if not self.naming.labels:
            yield f"# {self.naming.show(table.caption)}"
        yield f"{self.naming.spell(table.caption) if self.naming.labels else table.id}:"
        writer = make_row_writer(table.columns, self.naming)
        for row in table.rows:
            yield from self.write_row(table.id, row, writer, "  ")

    def write_row(self, table: str, row: Line, writer: RowWriter, margin: str) -> Iterator[str]:
        """The lines of a row or of a group; none for what the document does not have."""
        if row.lines:
            below = [line for each in row.lines for line in self.write_row(table, each, writer, margin + "  ")]
            if below:
                yield f"{margin}{self.naming.call(row)}:  # {self.naming.show(row.label)}"
                yield from below
            return
        if Address(table=table, row=row.id) not in self.findings.rows:
            return
        readings = {
            each.at.column: each
            for each in self.findings.readings.values()
            if (each.at.table, each.at.row) == (table, row.id)
        }
        yield from (f"{margin}# {words}" for words in self.comment_doubts(list(readings.values())))
        cells = writer.write(lambda column: readings[column.id].text if column.id in readings else "")
        label = "" if self.naming.labels else f"  # {self.naming.show(row.label)}"
        yield f"{margin}{self.naming.call(row)}: {cells}{label}"

    def comment_doubts(self, readings: Sequence[Reading]) -> Iterator[str]:
        """What is said above a row of which something is undecided; once where it is the same for all its cells."""
        language = self.naming.language
        said = dict.fromkeys((clean_text(each.raw), each.candidates) for each in readings if each.doubt)
        for raw, candidates in said:
            words = DOUBT.within(language).format(raw=raw)
            maybe = MAYBE.within(language).format(candidates=" / ".join(candidates)) if candidates else ""
            yield clean_text(words + maybe)


def write_receipt(document: Document, layout: FormLayout, findings: Findings) -> str:
    """import.json: where each figure stood in the document, as it is printed there, and how sure the reading is."""
    cells = {str(each.at): describe_reading(each) for each in findings.readings.values()}
    receipt = {
        "format": FORMAT,
        "gaisite": __version__,
        "source": {"file": document.name, "sha256": document.sha256},
        "form": layout.form.id,
        "cells": cells,
        "labels": [
            {"at": str(each.at), "printed": each.printed, "official": each.official} for each in findings.misprints
        ],
        "unread": [{"table": each.table, "label": each.label, "raw": each.raw} for each in findings.unknown],
    }
    return json.dumps(receipt, ensure_ascii=False, indent=1) + "\n"


def describe_reading(reading: Reading) -> Mapping[str, object]:
    """One cell in the receipt."""
    spot = reading.spot
    described: dict[str, object] = {"table": spot.grid, "row": spot.row, "column": spot.column, "raw": reading.raw}
    described["sure"] = not reading.doubt
    if reading.doubt:
        described |= {"doubt": reading.doubt.value, "candidates": list(reading.candidates)}
    else:
        described["figure"] = reading.text
    return described
