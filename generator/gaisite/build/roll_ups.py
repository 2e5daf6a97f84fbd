"""Between reading and checking: reports that are the sum of those below get their figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gaisite.model.children import ChildrenMode
from gaisite.model.content import Report
from gaisite.model.contributions import pick_contribution
from gaisite.model.forms import Form
from gaisite.model.roll_up import RollUp, fill_sums, roll_up_children
from gaisite.model.summary import AgencySummary, ReportSummary


def roll_up_reports(
    forms: Mapping[str, Form], reports: Sequence[Report], children: Sequence[AgencySummary]
) -> dict[int, RollUp]:
    """By year the sum of the reports below, for each report that is such a sum or is compared with it."""
    return {
        report.year: roll_up_children(report.children, report, forms[report.form], children)
        for report in reports
        if report.children is not None
    }


def take_sums(forms: Mapping[str, Form], report: Report, roll_ups: Mapping[int, RollUp]) -> Report:
    """The report with the sums of those below as its figures, where it has none of its own."""
    roll_up = roll_ups.get(report.year)
    if roll_up is None or roll_up.rule.mode is not ChildrenMode.SUM:
        return report
    return fill_sums(report, forms[report.form], roll_up)


def add_contribution(
    summary: ReportSummary, report: Report, form: Form, roll_up: RollUp | None, *, wanted: bool
) -> ReportSummary:
    """A report in brief with what it adds up itself and, where that is wanted above, with what it gives to a sum."""
    is_sum = roll_up is not None and roll_up.rule.mode is ChildrenMode.SUM
    incomplete = roll_up is not None and is_sum and not roll_up.is_complete
    given = pick_contribution(report, form, incomplete=incomplete) if wanted and report.readable else None
    return replace(summary, contribution=given, below=roll_up.below if roll_up is not None else None)
