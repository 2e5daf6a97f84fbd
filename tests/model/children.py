"""Agencies below as values."""

from collections.abc import Sequence

from gaisite.findings import Finding
from gaisite.model.children import EVERY_YEAR, ReportingYears
from gaisite.model.content import Report
from gaisite.model.contributions import pick_contribution
from gaisite.model.forms import Form
from gaisite.model.summary import AgencySummary, ReportSummary, Tally
from gaisite.texts import Texts
from tests.check.values import texts


def make_child(
    id: str,
    report: Report | None,
    form: Form,
    *,
    kind: str = "",
    published: str = "",
    incomplete: bool = False,
    failed: Sequence[Finding] = (),
    reporting: ReportingYears = EVERY_YEAR,
) -> AgencySummary:
    """The summary of an agency with one report, or with none."""
    return AgencySummary(
        id=id,
        parent="a",
        name=texts(id),
        kind=kind,
        reports=(summarise(report, form, published, failed, incomplete=incomplete),) if report else (),
        findings=(),
        outputs=(),
        reporting=reporting,
    )


def summarise(
    report: Report, form: Form, published: str, failed: Sequence[Finding], *, incomplete: bool
) -> ReportSummary:
    return ReportSummary(
        year=report.year,
        form=report.form,
        titles=Texts.of({"zh-CN": ""}),
        name=texts("then"),
        published=published,
        source_url="",
        key_figures={},
        tally=Tally(),
        failed=tuple(failed),
        contribution=pick_contribution(report, form, incomplete=incomplete) if report.form == form.id else None,
    )
