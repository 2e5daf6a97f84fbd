"""The page of all checks: every report, what it was checked for, how that came out, and what is acknowledged."""

from collections.abc import Iterator, Sequence

from gaisite.model.summary import AgencySummary, ReportSummary
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_table
from gaisite.render.parts import LinkView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.templates import render_template
from gaisite.render.views import ChecksView, KnownProblem

ADDRESS = "checks"

Listed = tuple[AgencySummary, ReportSummary]


def render_checks(site: Site, agencies: Sequence[AgencySummary]) -> bytes:
    """checks.html."""
    path, words = page_path(ADDRESS), site.words
    reports = [(agency, report) for agency in agencies for report in agency.reports]
    closing = sum(not report.tally.failed for _, report in reports)
    plan = ListPlan(
        id="checked-reports",
        caption=words.checked_reports,
        corner=words.report,
        columns=tuple(list_columns(site)),
        rows=tuple(list_report(site, path, listed) for listed in reports),
        kind="comparison",
    )
    view = ChecksView(
        page=frame_page(site, path, PageHead(heading=words.checks_heading)),
        summary=words.fill("closing_reports", closing=closing, reports=len(reports)),
        reports=make_table(plan, words),
        problems=tuple(problem for listed in reports for problem in list_problems(site, path, listed)),
    )
    return render_template(site.theme, "checks.html", view, words)


def list_columns(site: Site) -> Iterator[Column]:
    """The columns of the table of reports."""
    words = site.words
    yield Column(label=words.form)
    for label in (words.checks_passed, words.checks_failed, words.checks_acknowledged, words.checks_unassessable):
        yield Column(label=label, numeric=True)


def list_report(site: Site, path: str, listed: Listed) -> Row:
    """A report as a row: its form, and how many checks came out how."""
    _, report = listed
    form, tally = site.forms[report.form], report.tally
    href = link_to(path, page_path(f"forms/{form.id}"))
    counts = (tally.passed, tally.failed, tally.acknowledged, tally.not_assessable)
    link = link_report(site, path, listed)
    return Row(
        label=link.label,
        href=link.href,
        lang=link.lang,
        entries=(
            Entry(text=site.say(form.short), href=href, lang=site.language_of(form.short)),
            *(Entry(count=count) for count in counts),
        ),
    )


def list_problems(site: Site, path: str, listed: Listed) -> Iterator[KnownProblem]:
    """What failed in a report, with the reasons given."""
    link = link_report(site, path, listed)
    for finding in listed[1].failed:
        sentence = site.catalogue.say(finding, site.language)
        yield KnownProblem(report=link, sentence=sentence, reason=finding.acknowledged)


def link_report(site: Site, path: str, listed: Listed) -> LinkView:
    """A link to a report, named by its agency's name that year."""
    agency, report = listed
    label = site.words.fill("report_of_year", agency=site.say(report.name), year=report.year)
    target = page_path(f"{agency.id}/{report.year}")
    return LinkView(label=label, href=link_to(path, target), lang=site.language_of(report.name))
