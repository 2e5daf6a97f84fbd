"""The checks that a form lays down."""

from dataclasses import dataclass
from enum import StrEnum

from gaisite.findings import Severity
from gaisite.model.tables import Axis
from gaisite.texts import Texts


class CheckKind(StrEnum):
    """How a check of a form compares figures; each kind is a function of the check stage."""

    TOTAL = "total"
    """A total line against the sum of its parts, across the table."""
    BALANCE = "balance"
    """The sum of some lines against the sum of others."""
    CARRY_OVER = "carry-over"
    """A line against the sum of lines of the year before, plus and minus lines of this year."""
    AT_LEAST = "at-least"
    """A line that must not be less than the sum of others, of this year or the one before."""
    AT_MOST = "at-most"
    """A line that must not be more than such a sum."""
    MENTIONS = "mentions"
    """A line that is not 0 against the words of a section's narrative."""
    STATES = "states"
    """Words of which one must stand in a section's narrative, whatever the figures."""


BOUNDS = frozenset({CheckKind.AT_LEAST, CheckKind.AT_MOST})
"""Kinds that do not demand equality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCheck:
    """One rule of a form about its figures, or about the narrative beside them."""

    id: str
    kind: CheckKind
    table: str
    """Empty where it is about no figure."""
    axis: Axis
    lines: tuple[str, ...]
    """Total: the total lines. Balance: the one side. Mentions: those to speak of. Else: the one line checked."""
    others: tuple[str, ...] = ()
    """Balance: the other side. Carry-over and bounds: the lines of the year before."""
    other_table: str = ""
    """Balance: the table of the other side; empty where it is the same."""
    plus: tuple[str, ...] = ()
    """Lines of this year that are added to those."""
    minus: tuple[str, ...] = ()
    """Lines of this year that are taken away from them."""
    section: str = ""
    """Mentions: the section whose narrative must speak of the lines. States: that of the words."""
    words: tuple[str, ...] = ()
    """Mentions and states: those of which one must stand there, in the form's language."""
    severity: Severity = Severity.ERROR
    title: Texts
    clause: Texts | None = None

    @property
    def looks_back(self) -> bool:
        """Whether it compares with the report of the year before."""
        return self.kind is not CheckKind.BALANCE and bool(self.others)

    @property
    def spans_gaps(self) -> bool:
        """Whether any earlier report will do where the year before has none: a bound to which no later year adds."""
        return self.looks_back and self.kind in BOUNDS and not self.plus and not self.minus

    @property
    def copies(self) -> bool:
        """Whether it is one line of the year before, as it was printed, that is carried over."""
        return self.kind is CheckKind.CARRY_OVER and len(self.others) == 1 and not self.plus and not self.minus
