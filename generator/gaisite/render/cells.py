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


class CellMarks(TypedDict, total=False):
    """What a cell may have besides its figure; the fields of DataCell."""

    id: str
    note: str
    after_break: bool
    value: str


def make_cell(figure: Figure, words: Words, headers: str, **marks: Unpack[CellMarks]) -> DataCell:
    """The cell of a figure: a number as published, any other state in the theme's words."""
    text, spoken = write_figure(figure, words)
    kind = KINDS[figure.state]
    return DataCell(headers=headers, kind=kind, text=text, spoken=spoken, computed=figure.computed, **marks)


def write_figure(figure: Figure, words: Words) -> tuple[str, str]:
    """What is seen and what is spoken instead; the latter empty where both are the same."""
    if figure.state is State.NUMBER:
        return figure.text, ""
    if figure.state is State.BLANK:
        return words.blank_text, words.blank_spoken
    if figure.state is State.NOT_APPLICABLE:
        return words.not_applicable_text, differ(words.not_applicable_text, words.not_applicable_spoken)
    return words.not_in_form_text, differ(words.not_in_form_text, words.not_in_form_spoken)


def differ(seen: str, spoken: str) -> str:
    """The spoken text where it differs from the seen one."""
    return "" if seen == spoken else spoken


def explain_states(cells: Iterable[DataCell], words: Words) -> tuple[TableNote, ...]:
    """A note for each sign that the cells of a table use."""
    cells = list(cells)
    kinds = {cell.kind for cell in cells}
    texts = [
        words.blank_note if "blank" in kinds else "",
        words.not_in_form_note if "not-in-form" in kinds else "",
        words.not_applicable_note if "not-applicable" in kinds else "",
        words.computed_note if any(cell.computed for cell in cells) else "",
        words.difference_note if any(cell.difference for cell in cells) else "",
        words.corrected_note if any(cell.corrected for cell in cells) else "",
    ]
    return tuple(TableNote(text=text) for text in texts if text)


def join_ids(*ids: str) -> str:
    """Ids for a `headers` attribute."""
    return " ".join(part for part in ids if part)
