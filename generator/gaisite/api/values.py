"""What other programs are given: values that stand on nothing else of the package."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeAlias

from gaisite.findings import Severity
from gaisite.model.content import State

Language: TypeAlias = Literal["zh-CN", "en"]
"""Of messages and hints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found at one place."""

    check: str
    """Its id, which is stable: docs/checks.md."""
    severity: Severity
    """ERROR, WARNING or INFORMATION; of one that is acknowledged, what it would be otherwise."""
    message: str
    hint: str
    """What to do; empty where there is nothing to add."""
    file: str
    """From the project's folder, with `/`."""
    line: int | None
    """From 1; None where the whole file is meant."""
    column: int | None
    """From 1, in characters; None where the whole line is meant."""
    at: str
    """Id of the cell or line it is about, `applications.new.total`; empty where it is about none."""
    acknowledged: str
    """The published reason; empty where the publisher gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a project."""

    findings: tuple[Finding, ...]
    """By place; those that are acknowledged too."""
    agencies: int
    reports: int

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What forbids publishing."""
        return pick_findings(self.findings, Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What should be looked at."""
        return pick_findings(self.findings, Severity.WARNING)


def pick_findings(findings: tuple[Finding, ...], severity: Severity) -> tuple[Finding, ...]:
    """Those of a severity that nobody acknowledges."""
    return tuple(each for each in findings if each.severity is severity and not each.acknowledged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What came of building a site."""

    checked: Checked
    site: Path
    """The folder."""
    finished: bool
    """False where a finding forbade it: then the folder is as it was."""
    changed: tuple[str, ...]
    """Paths in the site that were written or removed, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a report: where it stands, and what the report says there."""

    id: str
    """`applications.new.total`: table, row and column."""
    table: str
    row: str
    column: str
    row_labels: tuple[str, ...]
    """Official labels, from the outermost line down."""
    column_labels: tuple[str, ...]
    state: State
    """NUMBER, BLANK, NOT_IN_FORM or NOT_APPLICABLE; none is ever zero."""
    value: int | Decimal | None
    """The number; None in every other state."""
    text: str
    """The number as published, with its sign and last zeros."""
    computed: bool
    """Whether the report left the total out, so that it was added up."""
    unit: str
    """Empty where there is none."""
    failed: tuple[str, ...]
    """Ids of the checks that fail here and are not acknowledged."""
    acknowledged: tuple[str, ...]
    """Ids of those that the publisher explains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One agency's report for one year."""

    agency: str
    """Its id: the path of its folder."""
    agency_name: str
    """What it was called that year, in the first language in which it has a name."""
    year: int
    form: str
    title: str
    published: str
    """As written: YYYY-MM-DD or YYYY-MM-DD HH:MM; empty where it is not stated."""
    cells: tuple[Cell, ...]
    """All of all tables, in printed order."""

    def cell(self, cell_id: str) -> Cell:
        """The cell of an id, `applications.new.total`; KeyError where the report's form has none."""
        for cell in self.cells:
            if cell.id == cell_id:
                return cell
        raise KeyError(cell_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """A row or a column of a statutory table."""

    id: str
    label: str
    """The official one."""
    depth: int
    """How many lines it lies below."""
    has_cells: bool
    """False for a group of other lines."""
    total: bool
    """Whether it is the sum of other lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """A statutory table."""

    id: str
    caption: str
    rows: tuple[FormLine, ...]
    """In printed order, each group before its lines."""
    columns: tuple[FormLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A statutory form."""

    id: str
    name: str
    """The official short one."""
    language: str
    """Of its official labels, as a BCP 47 tag."""
    first_year: int
    last_year: int | None
    """None: still in force."""
    tables: tuple[FormTable, ...]
    checks: tuple[str, ...]
    """Ids of the checks that it has."""


class ProjectError(Exception):
    """A project that cannot be read, or has no such agency; the message says why."""

    findings: tuple[Finding, ...]
    """What is wrong with its settings, theme or forms; empty where the folder has none, or the agency is not there."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings
