"""Plain tables: one header row, one header a row; for lists of agencies, lines and years."""

from dataclasses import dataclass

from gaisite.model.content import Figure
from gaisite.model.numbers import write_number
from gaisite.render.cells import CellMarks, explain_states, join_ids, make_cell
from gaisite.render.parts import ColumnGroup, DataCell, HeadCell, TableNote, TableRow, TableView
from gaisite.render.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a plain table."""

    label: str
    numeric: bool = False
    unit: str = ""
    note: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A cell of a plain table: a figure, a count of our own or a text."""

    figure: Figure | None = None
    count: int | None = None
    text: str = ""
    href: str = ""
    note: str = ""
    lang: str = ""
    draft: bool = False
    """Whether the figure is a draft's."""
    after_break: bool = False
    value: str = ""
    """What a text is sorted by, where that is not the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a plain table."""

    label: str
    entries: tuple[Entry, ...]
    href: str = ""
    lang: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """A plain table before it is laid out."""

    id: str
    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[TableNote, ...] = ()
    kind: str = "list"
    sortable: bool = False
    partial: bool = False
    """Whether the rows are those of one page of several."""


def make_table(plan: ListPlan, words: Words) -> TableView:
    """A plain table, with notes for the signs that it uses after those given."""
    corner = HeadCell(id=f"{plan.id}-stub", text=plan.corner, scope="col")
    heads = (make_head(f"{plan.id}-c{number}", column) for number, column in enumerate(plan.columns))
    body = tuple(make_row(plan.id, number, row, words) for number, row in enumerate(plan.rows))
    cells = [cell for row in body for cell in row.cells]
    columns = [ColumnGroup(span=len(plan.columns))] if plan.columns else []
    return TableView(
        id=plan.id,
        caption=plan.caption,
        groups=(ColumnGroup(span=1, stub=True), *columns),
        head=((corner, *heads),),
        bodies=(body,),
        notes=(*plan.notes, *explain_states(cells, words)),
        kind=plan.kind,
        sortable=plan.sortable,
        partial=plan.partial,
    )


def make_head(id: str, column: Column) -> HeadCell:
    """The header of a column."""
    return HeadCell(
        id=id,
        text=column.label,
        scope="col",
        numeric=column.numeric,
        unit=column.unit,
        note=column.note,
        lang=column.lang,
    )


def make_row(id: str, number: int, row: Row, words: Words) -> TableRow:
    """One row."""
    head = HeadCell(id=f"{id}-r{number}", text=row.label, scope="row", href=row.href, lang=row.lang, unit=row.unit)
    cells = [make_entry(entry, join_ids(head.id, f"{id}-c{column}"), words) for column, entry in enumerate(row.entries)]
    return TableRow(heads=(head,), cells=tuple(cells))


def make_entry(entry: Entry, headers: str, words: Words) -> DataCell:
    """One cell; a text that is empty is said to be so, never left out."""
    if entry.figure is not None:
        value = "" if entry.figure.value is None else write_number(entry.figure.value)
        marks = CellMarks(note=entry.note, after_break=entry.after_break, value=value)
        return make_cell(entry.figure, words, headers, draft=entry.draft, **marks)
    if entry.count is not None:
        return DataCell(headers=headers, text=str(entry.count), value=str(entry.count))
    text, spoken = (entry.text, "") if entry.text else (words.nothing_text, words.nothing_spoken)
    return DataCell(
        headers=headers,
        kind="text",
        text=text,
        spoken=spoken,
        href=entry.href,
        lang=entry.lang,
        note=entry.note,
        after_break=entry.after_break,
        value=entry.value,
    )
