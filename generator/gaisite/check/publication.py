"""The day on which a report was published: in time, after the end of its year, and as its address says."""

import re
from collections.abc import Iterator

from gaisite.findings import Finding, fault
from gaisite.model.content import Agency, Report
from gaisite.model.deadlines import find_due_date
from gaisite.model.forms import Form

AT = "published"
"""What an acknowledgement names."""
MONTH = "(?:0[1-9]|1[0-2])"
DAY = "(?:0[1-9]|[12][0-9]|3[01])"
DAY_IN_ADDRESS = re.compile(rf"[/_-]t?([12][0-9]{{3}})({MONTH})({DAY})(?=[/_.-])")
"""`/tYYYYMMDD_80595.htm`, `/YYYYMMDD/`: how content management systems name what they publish."""
MONTH_IN_ADDRESS = re.compile(rf"/([12][0-9]{{3}})({MONTH})(?=/)")
"""`/202401/`."""
YEARS_AFTER = 2
"""An address names the year of the report or one of these after it; other digits are numbers of something else."""


def check_dates(report: Report, form: Form, kind: str) -> Iterator[Finding]:
    """What the date of publication says; nothing where the report states none."""
    published, place = report.narrative.published, report.narrative.published_place
    if not published or place is None:
        return
    due = find_due_date(form, kind, report.year)
    if due is not None and due.is_missed(published):
        yield fault("published-late", place, AT, published=published, due=due.date, clause=due.clause).finding
    if published[:4] <= str(report.year):
        yield fault("published-early", place, AT, published=published, year=str(report.year)).finding
    address = report.narrative.source_url
    dated = find_date(address, report.year)
    if dated and not published.startswith(dated):
        yield fault("date-differs", place, AT, published=published, dated=dated, address=address).finding


def find_date(address: str, year: int) -> str:
    """The day (YYYY-MM-DD) or month (YYYY-MM) that an address names; empty where it names none."""
    found = (*DAY_IN_ADDRESS.findall(address), *MONTH_IN_ADDRESS.findall(address))
    dates = ("-".join(parts) for parts in found if year <= int(parts[0]) <= year + YEARS_AFTER)
    return next(dates, "")


def check_reporting_years(report: Report, agency: Agency) -> Iterator[Finding]:
    """A finding where agency.yaml says that there is no report for the year."""
    if not agency.reporting.covers(report.year):
        first, last = agency.reporting.first, agency.reporting.last
        years = {"first": str(first or ""), "last": str(last or "")}
        yield fault("reporting-years", report.place, "reports", year=str(report.year), **years).finding
