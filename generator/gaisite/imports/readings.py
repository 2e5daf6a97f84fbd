"""What was read from a document: a figure for each cell, where it stood, and what nobody can decide."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from gaisite.model.tables import Address


class Doubt(StrEnum):
    """Why a cell is left blank although something stands there."""

    NONE = ""
    NUMBER = "number"
    """It is no number, or one that can be read in several ways."""
    GLUED = "glued"
    """The borders between numbers are lost."""
    CELLS = "cells"
    """The row has more or fewer cells than the form."""
    HEAD = "head"
    """The columns are not those of the form."""
    TWICE = "twice"
    """The row stands there twice, with different figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in the document something stands."""

    grid: int = 0
    """The table, from 1; 0 for running text."""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read for one cell of the form."""

    at: Address
    text: str = ""
    """As figures.yaml spells it; empty for a blank."""
    raw: str = ""
    """As it is printed."""
    spot: Spot = field(default_factory=Spot)
    doubt: Doubt = Doubt.NONE
    candidates: tuple[str, ...] = ()
    unit: str = ""
    """What is printed behind the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRow:
    """A row that the report has beside those of the form."""

    table: str
    host: str
    """Id of the row of the form that it belongs under."""
    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Misprint:
    """A label that is not printed as the form has it."""

    at: Address
    printed: str
    official: str
    spot: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A row with figures that belongs to no row of the form."""

    table: str
    label: str
    raw: str
    spot: Spot


@dataclass(slots=True)
class Findings:
    """All that was read from the tables of a document."""

    readings: dict[Address, Reading] = field(default_factory=dict)
    rows: dict[Address, Spot] = field(default_factory=dict)
    """The rows that were found, and where."""
    local_rows: list[LocalRow] = field(default_factory=list)
    misprints: list[Misprint] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)

    def add_row(self, readings: list[Reading], row: Address, spot: Spot) -> None:
        """Take in a row; where it was read before, what differs is undecided."""
        if row not in self.rows:
            self.rows[row] = spot
            self.readings.update({each.at: each for each in readings})
            return
        for each in readings:
            before = self.readings.get(each.at)
            if before is not None and (before.text, before.doubt) != (each.text, each.doubt):
                self.readings[each.at] = Reading(
                    at=each.at,
                    raw=f"{before.raw} / {each.raw}",
                    spot=each.spot,
                    doubt=Doubt.TWICE,
                    candidates=tuple(dict.fromkeys([before.text, each.text, *before.candidates, *each.candidates])),
                )

    @property
    def doubtful(self) -> Iterator[Reading]:
        """The readings that are undecided."""
        return (each for each in self.readings.values() if each.doubt)
