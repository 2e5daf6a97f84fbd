"""Figures as table cells: the four states told apart to the eye and to the ear, and the notes they need."""

from collections.abc import Iterable
from typing import TypedDict, Unpack

from gaisite.model.content import Figure, State
from gaisite.render.parts import DataCell, TableNote
from gaisite.render.words import Words

KINDS = {
    State.NUMBER: "number",
    State.BLANK: "blank",
    State.NOT_IN_FORM: "not-in-form",
    State.NOT_APPLICABLE: "not-applicable",
}
STATE_NOTES = {"blank": "blank_note", "not-in-form": "not_in_form_note", "not-applicable": "not_applicable_note"}
"""The words that explain a kind of cell."""
MARKS = ("unfilled", "computed", "difference", "corrected")
"""What a cell may have besides, each explained too."""


class CellMarks(TypedDict, total=False):
    """What a cell may have besides its figure; the fields of DataCell."""

    id: str
    note: str
    after_break: bool
    value: str


def make_cell(
    figure: Figure, words: Words, headers: str, *, draft: bool = False, **marks: Unpack[CellMarks]
) -> DataCell:
    """The cell of a figure: a number as published, any other state in the theme's words; `draft` where it is of one."""
    text, spoken = write_figure(figure, words, draft=draft)
    kind = KINDS[figure.state]
    unfilled = draft and figure.state is State.BLANK
    return DataCell(
        headers=headers, kind=kind, text=text, spoken=spoken, unfilled=unfilled, computed=figure.computed, **marks
    )


def write_figure(figure: Figure, words: Words, *, draft: bool = False) -> tuple[str, str]:
    """What is seen and what is spoken instead; the latter empty where both are the same. `draft` where it is of one."""
    if figure.state is State.NUMBER:
        return figure.text, ""
    if figure.state is State.BLANK:
        return words.blank_text, words.unfilled_spoken if draft else words.blank_spoken
    if figure.state is State.NOT_APPLICABLE:
        return words.not_applicable_text, differ(words.not_applicable_text, words.not_applicable_spoken)
    return words.not_in_form_text, differ(words.not_in_form_text, words.not_in_form_spoken)


def differ(seen: str, spoken: str) -> str:
    """The spoken text where it differs from the seen one."""
    return "" if seen == spoken else spoken


def list_signs(cells: Iterable[DataCell]) -> frozenset[str]:
    """The words of the notes that some cells need, by their names."""
    cells = list(cells)
    kinds = {cell.kind for cell in cells if not cell.unfilled}
    signs = {sign for kind, sign in STATE_NOTES.items() if kind in kinds}
    signs.update(f"{mark}_note" for mark in MARKS if any(getattr(cell, mark) for cell in cells))
    return frozenset(signs)


def explain_signs(signs: Iterable[str], words: Words) -> tuple[TableNote, ...]:
    """A note for each of these signs, in the order in which tables have them."""
    signs = set(signs)
    ordered = (*STATE_NOTES.values(), *(f"{mark}_note" for mark in MARKS))
    return tuple(TableNote(text=text) for sign in ordered if sign in signs and (text := getattr(words, sign)))


def explain_states(cells: Iterable[DataCell], words: Words) -> tuple[TableNote, ...]:
    """A note for each sign that the cells of a table use."""
    return explain_signs(list_signs(cells), words)


def join_ids(*ids: str) -> str:
    """Ids for a `headers` attribute."""
    return " ".join(part for part in ids if part)
