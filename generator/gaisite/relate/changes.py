"""What may be told of the change from one year to the next."""

from gaisite.model.content import State
from gaisite.model.forms import Relation
from gaisite.model.history import Change, Guard, Point
from gaisite.model.percentages import guard_percentage, take_percentage


def compare_points(before: Point | None, now: Point) -> Change:
    """The change from one year to the next, as far as it may be told."""
    guard = guard_change(before, now)
    if before is None or guard is not Guard.NONE or now.figure.value is None or before.figure.value is None:
        return Change(absolute=None, percent=None, guard=guard)
    absolute = now.figure.value - before.figure.value
    caveat = now.relation is Relation.CAVEAT
    guard = guard_percentage(before.figure.value)
    if guard is not Guard.NONE:
        return Change(absolute=absolute, percent=None, guard=guard, caveat=caveat)
    percent = take_percentage(absolute, before.figure.value)
    return Change(absolute=absolute, percent=percent, guard=guard, caveat=caveat)


def guard_change(before: Point | None, now: Point) -> Guard:
    """Why no change may be told; NONE where it may."""
    if before is None or not now.published or not before.published:
        return Guard.GAP
    if State.NOT_IN_FORM in (now.figure.state, before.figure.state):
        return Guard.BREAK
    if now.figure.value is None or before.figure.value is None:
        return Guard.NO_FIGURE
    if now.unit is not None and before.unit is not None and now.unit.official != before.unit.official:
        return Guard.UNIT
    return Guard.NONE
