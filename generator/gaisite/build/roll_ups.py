"""Between reading and checking: reports that are the sum of those below get their figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gaisite.model.children import ChildrenMode
from gaisite.model.content import Report
from gaisite.model.contributions import pick_contribution
from gaisite.model.forms import Form
from gaisite.model.roll_up import RollUp, fill_sums, roll_up_children
from gaisite.model.summary import AgencySummary, ReportSummary
from gaisite.read.figures import Figures


def roll_up_years(
    forms: Mapping[str, Form], years: Mapping[int, Figures | None], children: Sequence[AgencySummary]
) -> dict[int, RollUp]:
    """By year the sum of the reports below, where an agency's figures are that sum or are compared with it."""
    return {
        year: roll_up_children(figures.children, forms[figures.form], year, children)
        for year, figures in years.items()
        if figures is not None and figures.children is not None
    }


def take_sums(
    forms: Mapping[str, Form], years: Mapping[int, Figures | None], roll_ups: Mapping[int, RollUp]
) -> dict[int, Figures | None]:
    """The figures of all years, the sums of those below where the report has none of its own."""
    return {year: figures and take_sum(forms, figures, roll_ups.get(year)) for year, figures in years.items()}


def take_sum(forms: Mapping[str, Form], figures: Figures, roll_up: RollUp | None) -> Figures:
    """The figures of one year."""
    if roll_up is None or roll_up.rule.mode is not ChildrenMode.SUM:
        return figures
    return replace(figures, tables=fill_sums(figures.tables, forms[figures.form], roll_up))


def add_contribution(
    summary: ReportSummary, report: Report, form: Form, roll_up: RollUp | None, *, wanted: bool
) -> ReportSummary:
    """A report in brief with what it adds up itself and, where that is wanted above, with what it gives to a sum."""
    is_sum = roll_up is not None and roll_up.rule.mode is ChildrenMode.SUM
    incomplete = roll_up is not None and is_sum and not roll_up.is_complete
    given = pick_contribution(report, form, incomplete=incomplete) if wanted and report.readable else None
    return replace(summary, contribution=given, below=roll_up.below if roll_up is not None else None)
