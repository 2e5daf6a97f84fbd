"""The reports of the agencies below a report, added up cell by cell: over components, in exact arithmetic."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gaisite.model.children import Adjustment, ChildrenRule
from gaisite.model.content import BLANK, Figure, ReportTable, State
from gaisite.model.contributions import Contribution, list_component_cells
from gaisite.model.deadlines import DueDate, find_due_date
from gaisite.model.form_checks import CheckKind
from gaisite.model.forms import Form
from gaisite.model.numbers import write_number
from gaisite.model.summary import AgencySummary, ReportSummary
from gaisite.model.sums import add_exactly, add_figures, complete_totals
from gaisite.model.tables import Address, Axis
from gaisite.texts import Texts

WRONG_TOTALS = frozenset({CheckKind.TOTAL.value, "blank-total"})
"""The checks that tell of printed totals which are not the sum of their parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildReport:
    """An agency below that should report for the year, and its report where there is one."""

    agency: AgencySummary
    report: ReportSummary | None
    """None: the agency has none, or not yet."""
    contribution: Contribution | None
    """What is added up; None where there is no report, or one of another form or that cannot be read whole."""
    due: DueDate | None

    @property
    def name(self) -> Texts:
        """What the agency was called that year; without a report, its present name."""
        return self.report.name if self.report else self.agency.name

    @property
    def is_counted(self) -> bool:
        """Whether its report is added up."""
        return self.contribution is not None

    @property
    def is_whole(self) -> bool:
        """Whether its report is added up and, where that is a sum itself, lacks none."""
        return self.contribution is not None and not self.contribution.incomplete

    @property
    def has_other_report(self) -> bool:
        """Whether its report is one that cannot be added up, mostly since it is on another form."""
        return self.report is not None and self.contribution is None

    @property
    def has_own_rows(self) -> bool:
        """Whether its report has rows outside the form, which are not added up."""
        return self.contribution is not None and self.contribution.own_rows

    @property
    def is_late(self) -> bool:
        """Whether the report was published after its deadline."""
        return self.report is not None and self.due is not None and self.due.is_missed(self.report.published)

    @property
    def has_wrong_totals(self) -> bool:
        """Whether a total that the report prints is not the sum of its parts."""
        failed = self.report.failed if self.report else ()
        return any((finding.sentence or finding.check) in WRONG_TOTALS for finding in failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellSum:
    """One cell added up over the reports below."""

    cell: Address
    figure: Figure
    """The sum: BLANK where every report is, NOT_APPLICABLE where every report says so."""
    filled: int
    """How many of the reports have a number there."""
    late: int | Decimal = 0
    """How much of it late reports give: it may be missing from a figure that was published before them."""
    units: tuple[str, ...] = ()
    """Where the form leaves the unit open: those in which it is stated; empty for one that is not stated."""
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def adjustment(self) -> int | Decimal:
        """What the documented adjustments come to."""
        total: int | Decimal = 0
        for each in self.adjustments:
            total = add_exactly(total, each.by)
        return total

    @property
    def expected(self) -> int | Decimal | None:
        """The sum with its adjustments; None where nothing is filled in and nothing adjusted."""
        if self.figure.value is None and not self.adjustments:
            return None
        total = 0 if self.figure.value is None else self.figure.value
        return add_exactly(total, self.adjustment) if self.adjustments else total

    @property
    def is_summable(self) -> bool:
        """Whether all that is added up is stated in one unit."""
        return self.units == () or (len(self.units) == 1 and self.units != ("",))

    @property
    def computed(self) -> Figure:
        """The figure of a report that is the sum of those below; blank where units differ."""
        if not self.is_summable:
            return BLANK
        if self.expected is None:
            return self.figure
        return Figure(State.NUMBER, self.expected, write_number(self.expected), computed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """The sum of the reports below one report."""

    rule: ChildrenRule
    children: tuple[ChildReport, ...]
    """All that should report for the year, by id."""
    cells: tuple[CellSum, ...]
    """One for each component of the form, in printed order."""

    @property
    def counted(self) -> tuple[ChildReport, ...]:
        """Those whose reports are added up."""
        return tuple(child for child in self.children if child.is_counted)

    @property
    def below(self) -> tuple[int, int]:
        """How many of how many are added up."""
        return len(self.counted), len(self.children)

    @property
    def is_complete(self) -> bool:
        """Whether every report that should be in the sum is, those in the sums below too."""
        return all(child.is_whole for child in self.children)


def roll_up_children(rule: ChildrenRule, form: Form, year: int, agencies: Iterable[AgencySummary]) -> RollUp:
    """The sum of the reports of the agencies below, for the year and the form of a report."""
    expected = (agency for agency in agencies if agency.is_expected(year))
    children = tuple(find_child(agency, form, year) for agency in expected)
    return RollUp(rule=rule, children=children, cells=tuple(add_cells(rule, form, children)))


def find_child(agency: AgencySummary, form: Form, year: int) -> ChildReport:
    """The report of an agency for the year of the one above; what it gives, never on another form."""
    found = agency.find_report(year)
    return ChildReport(
        agency=agency,
        report=found,
        contribution=found.contribution if found is not None and found.form == form.id else None,
        due=find_due_date(form, agency.kind, year),
    )


def add_cells(rule: ChildrenRule, form: Form, children: Sequence[ChildReport]) -> Iterator[CellSum]:
    """The sum of each component of the form."""
    counted = [(child, child.contribution) for child in children if child.contribution is not None]
    units = find_units(form, [contribution for _, contribution in counted])
    for position, cell in enumerate(list_component_cells(form)):
        figures = [contribution.figures[position] for _, contribution in counted]
        late = [figure for figure, (child, _) in zip(figures, counted, strict=True) if child.is_late]
        yield CellSum(
            cell=cell,
            figure=add_reports(figures),
            filled=sum(figure.value is not None for figure in figures),
            late=add_figures(late) or 0,
            units=tuple(sorted(units.get((cell.table, cell.column), ()))),
            adjustments=tuple(each for each in rule.adjustments if each.at == str(cell)),
        )


def add_reports(figures: Sequence[Figure]) -> Figure:
    """The sum of a cell; where no report has a number, the state that all have in common, otherwise blank."""
    total = add_figures(figures)
    if total is not None:
        return Figure(State.NUMBER, total, write_number(total), computed=True)
    states = {figure.state for figure in figures}
    return figures[0] if states == {State.NOT_APPLICABLE} else BLANK


def find_units(form: Form, counted: Sequence[Contribution]) -> dict[tuple[str, str], set[str]]:
    """By table and column whose unit the form leaves open, those in which numbers are stated, an empty one for none.

    A zero is nothing in any unit.
    """
    units: dict[tuple[str, str], set[str]] = {}
    for position, cell in enumerate(list_component_cells(form)):
        if has_open_unit(form, cell):
            stated = (each.unit_of(cell) for each in counted if each.figures[position].value)
            units.setdefault((cell.table, cell.column), set()).update(stated)
    return units


def has_open_unit(form: Form, cell: Address) -> bool:
    """Whether the form leaves the unit of a cell to the report."""
    column = form.table(cell.table).find(Axis.COLUMNS, cell.column)
    return column is not None and bool(column.unit_choices)


def fill_sums(tables: Mapping[str, ReportTable], form: Form, roll_up: RollUp) -> dict[str, ReportTable]:
    """The tables of a report with the sums of those below as their figures, and with totals computed from them."""
    figures: dict[str, dict[tuple[str, str], Figure]] = {table.id: {} for table in form.tables}
    units: dict[str, dict[str, Texts]] = {table.id: {} for table in form.tables}
    for each in roll_up.cells:
        cell, unit = each.cell, find_unit(form, each)
        figures[cell.table][cell.row, cell.column] = each.computed
        if unit is not None:
            units[cell.table][cell.column] = unit
    return {
        table.id: replace(tables[table.id], figures=complete_totals(table, figures[table.id]), units=units[table.id])
        for table in form.tables
    }


def find_unit(form: Form, each: CellSum) -> Texts | None:
    """The unit that all reports state for what is added up; None where the form gives it, or they do not agree."""
    column = form.table(each.cell.table).find(Axis.COLUMNS, each.cell.column)
    choices = column.unit_choices if column is not None and each.is_summable else ()
    return next((choice for choice in choices if choice.official in each.units), None)
