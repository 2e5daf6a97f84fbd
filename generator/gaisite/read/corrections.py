"""The corrections of figures.yaml: what a published figure was, what it became, when and why."""

from collections.abc import Iterator

from gaisite.findings import fault
from gaisite.model.record import NOT_APPLICABLE_TEXT, Correction
from gaisite.read.fields import Fields, describe, is_date, place_node
from gaisite.read.nodes import Scalar
from gaisite.read.numbers import NOT_APPLICABLE

KEYS = ("date", "at", "old", "new", "reason")


def read_corrections(settings: Fields) -> Iterator[Correction]:
    """The corrections that a report tells, one for each place; mistakes are noted.

    What was and what is stand there as published: they are compared as texts, so that no cell's type is needed.
    """
    for record in settings.records("corrections", KEYS):
        date, reason = record.text("date", required=True), record.text("reason", required=True)
        if date and not is_date(date):
            record.note("day-invalid", record.place("date"), found=date)
        old, new = read_side(record, "old"), read_side(record, "new")
        record.require("at")
        for node in record.items("at"):
            at, place = record.scalar("at", node), place_node(settings.source, node)
            yield Correction(date=date, at=at, old=old, new=new, reason=reason, place=place)


def read_side(record: Fields, key: str) -> str:
    """The figure before or after, empty for blank; the key must be there, for nothing written is a figure too."""
    node = record.values.get(key)
    if isinstance(node, Scalar):
        text = record.scalar(key, node)
        return NOT_APPLICABLE_TEXT if text in NOT_APPLICABLE else text
    if node is not None:
        record.note("text-expected", place_node(record.source, node), key=key, found=describe(node))
    elif record.values:
        record.problems.add(fault("correction-side", record.place(), key=key).finding)
    return ""
