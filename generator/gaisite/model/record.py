"""What was published of a report, version by version, and what the publisher says of each change."""

from collections.abc import Mapping
from dataclasses import dataclass

from gaisite.findings import Place
from gaisite.texts import Texts

FORM = "form"
"""The place of the form among those that a correction may name."""
NOT_APPLICABLE_TEXT = "n/a"
"""How a cell that does not apply is recorded, whatever word the report has for it; a blank one is recorded empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change of a published figure, which the publisher tells and explains."""

    date: str
    """YYYY-MM-DD."""
    at: str
    """The cell by ids; `table.column` for a unit, `form` for the form."""
    old: str
    """As it was published; empty for blank."""
    new: str
    reason: str
    place: Place
    """Of `at` in figures.yaml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRow:
    """A row that a report added to a statutory table."""

    host: str
    """Id of the table, or `table.line`."""
    key: str
    label: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A failed check that was acknowledged."""

    check: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A report as it was published once."""

    date: str
    """YYYY-MM-DD: of the publication, or of the correction that made it; empty for what is not recorded yet."""
    form: str
    figures: Mapping[str, str]
    """By cell id, one for each cell of the form: the text as published, empty for blank, `n/a`."""
    computed: Mapping[str, str]
    """The totals that the report left out: summed from their parts, empty where these are blank; no cell is in both."""
    units: Mapping[str, str]
    """Those that the report states, by `table.column`, in the form's language."""
    local_rows: tuple[LocalRow, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    narrative: str = ""
    """report.md, whole."""

    @property
    def texts(self) -> Mapping[str, str]:
        """All that a reader saw, by place; what is not in the form is absent."""
        return {FORM: self.form, **self.units, **self.figures, **self.computed}
