"""The words of a language by which checks read a narrative."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wording:
    """One language's words; an empty list or text: nothing is told by it.

    There is one of each language, told from others by itself: the patterns made of its words are kept beside it.
    """

    language: str
    year: str = ""
    """What follows the number of a year, as month and day what follows theirs."""
    month: str = ""
    day: str = ""
    digits: tuple[str, ...] = ()
    """From 0 to 9, the characters in which a year may be spelled."""
    ten: str = ""
    thousand: str = ""
    until: tuple[str, ...] = ()
    """Between the first and the last day of a period."""
    as_of: tuple[str, ...] = ()
    """Before the day up to which something was counted."""
    period: tuple[str, ...] = ()
    """Of a sentence that says for which period the report's figures are."""
    plans: tuple[str, ...] = ()
    """What is still to be done."""
    since: tuple[str, ...] = ()
    """Directly before a year with which something begins or is compared."""
    comparing: tuple[str, ...] = ()
    """Of a sentence that rightly speaks of another year."""
    nothing: tuple[str, ...] = ()
    """The whole of a section that says nothing."""
    negations: tuple[str, ...] = ()
    """Of a clause that says that there was none: as good as a figure."""
    electronic: tuple[str, ...] = ()
    """A file of the report, as a sentence that offers one calls it."""
    download: tuple[str, ...] = ()
    """What may be done with it."""
    phone: tuple[str, ...] = ()
    """Before the number of a telephone."""
    formerly: tuple[str, ...] = ()
    """Directly before a former name that is rightly used."""
    renamed: tuple[str, ...] = ()
    """Of a sentence that rightly uses one."""
    subject: tuple[str, ...] = ()
    """What the title of a report speaks of, behind the agency's name."""
    fillers: tuple[str, ...] = ()
    """What else may stand before that."""


SILENT = Wording(language="und")
"""Of a language whose words are not known."""


def choose_wording(wordings: Mapping[str, Wording], language: str) -> Wording:
    """The words of a language, or of the same language elsewhere (en for en-GB); SILENT where there are none."""
    base = language.split("-")[0]
    near = (each for tag, each in wordings.items() if tag.split("-")[0] == base)
    return wordings.get(language) or next(near, SILENT)
