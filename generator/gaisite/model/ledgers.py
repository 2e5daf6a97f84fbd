"""The ledger of an agency: what each year's report took over from the one before, over all its years.

Nothing is computed here: the check stage compared the years, and its findings are laid out by check and cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gaisite.findings import Finding, Verdict
from gaisite.model.content import NOT_IN_FORM, Figure, Report
from gaisite.model.form_checks import FormCheck
from gaisite.model.forms import Form
from gaisite.model.summary import Tally, tally_findings
from gaisite.model.tables import Axis, Line, Table


class Standing(StrEnum):
    """How a year's figure stands to the report before it."""

    CLOSES = "closes"
    OFF = "off"
    NOT_ASSESSABLE = "not assessable"
    """A figure is blank in one of the two reports."""
    FIRST = "first"
    """There is no report before it."""
    NO_REPORT = "no report"
    GAP = "gap"
    """The year before has no report."""
    BREAK = "break"
    """The form changed, and the figures mean something else."""
    UNCHECKED = "unchecked"
    """That year's form has no such check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerYear:
    """One year of a chain."""

    year: int
    standing: Standing
    figure: Figure
    """What the report prints; NOT_IN_FORM where there is no report, or no such cell in it."""
    finding: Finding | None = None
    """What the check says; its facts tell what last year's report gives."""
    before: Figure | None = None
    """The figure of the report before, where a single one is taken over as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """One cell over the years."""

    at: str
    """Its id, `table.row.column`."""
    path: tuple[Line, ...]
    """The line that tells it from the other chains of a check, those above it first."""
    years: tuple[LedgerYear, ...]
    """All years; of a column that does not stand for its rows, those that are off."""
    whole: bool
    """Whether it is all years; such chains come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """One check over the years, in the words of the latest form that has it."""

    check: FormCheck
    table: Table
    tally: Tally
    """Of all cells, those of chains that are not shown too."""
    chains: tuple[Chain, ...]
    """Those of the latest report in its order, then those that only earlier ones have."""
    principal: Line | None
    """The column to which the chains are confined, but for what is off; None where all are shown."""


def make_ledgers(
    reports: Sequence[Report], findings: Mapping[int, Sequence[Finding]], forms: Mapping[str, Form]
) -> tuple[Ledger, ...]:
    """The ledgers of an agency, those of the latest form first; without those of checks that could never be made.

    `reports` come by year, `findings` by year as the check stage made them, what passed too.
    """
    ledgers = (LedgerBook(check, reports, findings, forms).make() for check in list_checks(reports, forms))
    return tuple(ledger for ledger in ledgers if ledger is not None)


def list_checks(reports: Iterable[Report], forms: Mapping[str, Form]) -> Iterator[FormCheck]:
    """The checks of the forms in use that look back, each as the latest form has it."""
    seen: set[tuple[str, ...]] = set()
    for form_id in dict.fromkeys(report.form for report in sorted(reports, key=lambda each: -each.year)):
        for check in forms[form_id].checks:
            if check.looks_back and identify(check) not in seen:
                seen.add(identify(check))
                yield check


def identify(check: FormCheck) -> tuple[str, ...]:
    """What makes the checks of two forms the same one."""
    return (check.id, check.kind, check.table, check.axis, *check.lines)


class LedgerBook:
    """Lays out the findings of one check."""

    def __init__(
        self,
        check: FormCheck,
        reports: Sequence[Report],
        findings: Mapping[int, Sequence[Finding]],
        forms: Mapping[str, Form],
    ) -> None:
        self.check = check
        self.by_year = {report.year: report for report in reports}
        self.checks = {report.year: find_same(check, forms[report.form]) for report in reports}
        self.found = {
            (year, finding.at): finding
            for year, told in findings.items()
            if self.checks[year]
            for finding in told
            if (finding.check, finding.sentence) == (check.id, check.kind)
        }
        self.across = Axis.COLUMNS if check.axis is Axis.ROWS else Axis.ROWS

    def make(self) -> Ledger | None:
        """The ledger; None where nothing was ever compared."""
        if not self.found:
            return None
        latest = max(year for year, check in self.checks.items() if check)
        table = self.by_year[latest].tables[self.check.table].table
        principal = table.find(Axis.COLUMNS, table.principal) if self.across is Axis.COLUMNS else None
        chains = [self.make_chain(at, path, principal) for at, path in self.list_cells().items()]
        return Ledger(
            check=self.check,
            table=table,
            tally=tally_findings(self.found.values()),
            chains=tuple(sorted((each for each in chains if each.years), key=lambda each: not each.whole)),
            principal=principal,
        )

    def list_cells(self) -> dict[str, tuple[Line, ...]]:
        """The cells that were ever compared, with the path of their line across, in the order of the latest report."""
        compared = {at for _, at in self.found}
        cells: dict[str, tuple[Line, ...]] = {}
        for year in sorted(self.by_year, reverse=True):
            if self.checks[year]:
                table = self.by_year[year].tables[self.check.table].table
                for leaf in table.leaves(self.across):
                    cells.setdefault(self.name_cell(leaf), table.path(self.across, leaf.id))
        return {at: path for at, path in cells.items() if at in compared}

    def name_cell(self, across: Line) -> str:
        """The id of the cell at a line across."""
        line = self.check.lines[0]
        row, column = (line, across.id) if self.across is Axis.COLUMNS else (across.id, line)
        return f"{self.check.table}.{row}.{column}"

    def make_chain(self, at: str, path: tuple[Line, ...], principal: Line | None) -> Chain:
        """A cell over all years, or over those that are off where another column stands for its row."""
        years = tuple(self.enter(at, year) for year in range(min(self.by_year), max(self.by_year) + 1))
        whole = principal is None or principal.id == path[-1].id
        kept = years if whole else tuple(each for each in years if each.standing is Standing.OFF)
        return Chain(at=at, path=path, years=kept, whole=whole)

    def enter(self, at: str, year: int) -> LedgerYear:
        """One year of a cell."""
        report, finding = self.by_year.get(year), self.found.get((year, at))
        figure = read_figure(report, at) if report is not None else NOT_IN_FORM
        if finding is None:
            return LedgerYear(year=year, standing=self.excuse(year), figure=figure)
        return LedgerYear(
            year=year,
            standing=STANDINGS[finding.verdict],
            figure=figure,
            finding=finding,
            before=self.look_back(finding),
        )

    def excuse(self, year: int) -> Standing:
        """Why nothing is said of a year."""
        if year not in self.by_year:
            return Standing.NO_REPORT
        check = self.checks[year]
        if check is None:
            return Standing.UNCHECKED
        if year == min(self.by_year):
            return Standing.FIRST
        return Standing.BREAK if year - 1 in self.by_year or check.spans_gaps else Standing.GAP

    def look_back(self, finding: Finding) -> Figure | None:
        """The single figure of the report before that a finding compares with; None where there are more terms."""
        if len(self.check.others) > 1 or self.check.plus or self.check.minus:
            return None
        facts = dict(finding.facts)
        return read_figure(self.by_year[int(str(facts["year"]))], str(facts["source_at"]))


STANDINGS = {
    Verdict.PASS: Standing.CLOSES,
    Verdict.FAIL: Standing.OFF,
    Verdict.NOT_ASSESSABLE: Standing.NOT_ASSESSABLE,
}


def find_same(check: FormCheck, form: Form) -> FormCheck | None:
    """The same check in a form; None where it has none."""
    return next((each for each in form.checks if identify(each) == identify(check)), None)


def read_figure(report: Report, at: str) -> Figure:
    """The figure of a cell, by its id; NOT_IN_FORM where the report has no such cell."""
    name, _, cell = at.partition(".")
    table = report.tables.get(name)
    address = table.table.find_address(cell) if table else None
    return table.figures.get((address.row, address.column), NOT_IN_FORM) if table and address else NOT_IN_FORM
