"""With which words prose tells the figures of a form."""

from dataclasses import dataclass
from typing import TypeAlias

from gaisite.model.tables import Address

Reading: TypeAlias = tuple[Address, ...]
"""Cells whose sum a number in prose may be; a line with lines of its own stands for its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A quantity of the form as prose names it; in its words `…` stands for a few characters."""

    words: tuple[str, ...] = ()
    """Of which one stands beside the number."""
    excluded: tuple[str, ...] = ()
    """Of which none may stand in the clause."""
    required: tuple[str, ...] = ()
    """Of which one must stand in the sentence; empty: nothing is demanded."""
    after: tuple[str, ...] = ()
    """Of which one must be the topic, the last named before in the sentence; empty: no topic is demanded."""
    units: tuple[str, ...] = ()
    """Those that may stand behind the number; as for the form, that of its cells or a counter."""
    cells: tuple[Reading, ...]
    """What the number may be, the first being meant; no row: the one that the sentence named."""
    confused: tuple[Reading, ...] = ()
    """What reports wrongly give instead: named beside the right one."""
    whole: Reading = ()
    """Of which prose gives it as a share."""
    none: tuple[str, ...] = ()
    """Words that say that it is 0."""
    all: tuple[str, ...] = ()
    """Words that say that it is the whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """How prose tells a form's figures; one object a form, so that what is made of it is made once."""

    figures: tuple[Measure, ...] = ()
    counters: tuple[str, ...] = ()
    """Words that may stand for the unit of a cell."""
    units: tuple[str, ...] = ()
    """Those of the form's cells, in every language."""
    sections: tuple[str, ...] = ()
    """Words behind a number that counts the form's sections."""
    sections_of: tuple[str, ...] = ()
    """Of which one must stand beside them: the report, not anything else, has these sections."""


NOTHING = Measures()
"""Of a form that says nothing of prose."""
