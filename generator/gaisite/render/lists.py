"""Plain tables: one header row, one header a row; for lists of agencies, lines and years."""

from collections.abc import Sequence
from dataclasses import dataclass

from gaisite.model.content import Figure
from gaisite.render.cells import explain_states, join_ids, make_cell
from gaisite.render.views import ColumnGroup, DataCell, HeadCell, TableNote, TableRow, TableView
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
    """A cell of a plain table: a figure or a text."""

    figure: Figure | None = None
    text: str = ""
    href: str = ""
    note: str = ""
    lang: str = ""
    after_break: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a plain table."""

    label: str
    entries: tuple[Entry, ...]
    href: str = ""
    lang: str = ""
    unit: str = ""


def make_table(
    id: str,
    caption: str,
    corner: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    words: Words,
    *,
    notes: Sequence[TableNote] = (),
    kind: str = "list",
) -> TableView:
    """A plain table, with notes for the signs that it uses after those given."""
    heads = [HeadCell(id=f"{id}-stub", text=corner, scope="col")]
    heads += [
        HeadCell(
            id=f"{id}-c{number}",
            text=column.label,
            scope="col",
            numeric=column.numeric,
            unit=column.unit,
            note=column.note,
            lang=column.lang,
        )
        for number, column in enumerate(columns)
    ]
    body = tuple(make_row(id, number, row, words) for number, row in enumerate(rows))
    cells = [cell for row in body for cell in row.cells]
    return TableView(
        id=id,
        caption=caption,
        groups=(ColumnGroup(span=1, stub=True), *([ColumnGroup(span=len(columns))] if columns else [])),
        head=(tuple(heads),),
        bodies=(body,),
        notes=(*notes, *explain_states(cells, words)),
        kind=kind,
    )


def make_row(id: str, number: int, row: Row, words: Words) -> TableRow:
    """One row."""
    head = HeadCell(
        id=f"{id}-r{number}", text=row.label, scope="row", href=row.href, lang=row.lang, unit=row.unit
    )
    cells = [
        make_entry(entry, join_ids(head.id, f"{id}-c{column}"), words) for column, entry in enumerate(row.entries)
    ]
    return TableRow(heads=(head,), cells=tuple(cells))


def make_entry(entry: Entry, headers: str, words: Words) -> DataCell:
    """One cell; a text that is empty is said to be so, never left out."""
    if entry.figure is not None:
        return make_cell(entry.figure, words, headers, note=entry.note, after_break=entry.after_break)
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
    )
