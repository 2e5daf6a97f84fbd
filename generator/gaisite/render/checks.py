"""The page of all checks: what every report was checked against, how that came out, and what is acknowledged.

A portal may have thousands of reports: what passes is told by number, agency by agency, those that fail coming first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gaisite.findings import Severity
from gaisite.model.form_checks import FormCheck
from gaisite.model.forms import Form
from gaisite.model.summary import AgencySummary, ReportSummary, Tally, add_tallies
from gaisite.model.tables import Line, Table
from gaisite.render.agency_lists import name_agency
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_entry, make_table
from gaisite.render.paging import link_pages, list_paths, number_page, take_part
from gaisite.render.parts import DataCell, LinkView, TableNote, TableView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.tables import Label, TablePlan, lay_out_table
from gaisite.render.templates import render_template
from gaisite.render.views import ChecksView, KnownProblem, ProblemGroup, ProblemReport
from gaisite.render.year_columns import plain
from gaisite.texts import Texts

ADDRESS = "checks"
LISTED = 20
"""Problems of one report that are listed; the others are told by number."""
COUNTS = ("checks_passed", "checks_failed", "checks_acknowledged", "checks_unassessable")


def render_checks(site: Site, agencies: Sequence[AgencySummary]) -> Iterator[tuple[str, bytes]]:
    """The page of all checks, and the further ones of a long list of agencies: path and content of each."""
    paths, ranked = list_check_paths(agencies), rank_agencies(agencies)
    for number, path in enumerate(paths):
        view = view_checks(site, paths, ranked, number)
        yield path, render_template(site.theme, "checks.html", view, site.words)


def list_check_paths(agencies: Sequence[AgencySummary]) -> tuple[str, ...]:
    """The paths of the pages."""
    return list_paths(ADDRESS, sum(bool(agency.reports) for agency in agencies))


def view_checks(site: Site, paths: Sequence[str], agencies: Sequence[AgencySummary], number: int) -> ChecksView:
    """checks.html: what is said of all, by check on the first page only, and a part of the agencies."""
    path, words, part = paths[number], site.words, take_part(agencies, number)
    reports = [report for agency in agencies for report in agency.reports]
    return ChecksView(
        page=frame_page(site, path, PageHead(heading=number_page(site, words.checks_heading, number))),
        summary=words.fill("closing_reports", closing=count_closing(reports), reports=len(reports)),
        reports=ReportTable(site, path, part).lay_out(),
        checks=()
        if number
        else tuple(tabulate_checks(site, path, form, reports) for form in list_forms(site, reports)),
        problems=tuple(group_problems(site, path, agency) for agency in part if any(r.failed for r in agency.reports)),
        pages=link_pages(site, path, paths),
    )


def rank_agencies(agencies: Sequence[AgencySummary]) -> list[AgencySummary]:
    """The agencies that have reports: those with unexplained failures first, then the explained, then the others."""

    def rank(agency: AgencySummary) -> int:
        failed = [finding for report in agency.reports for finding in report.failed]
        return 2 if not failed else int(all(finding.acknowledged for finding in failed))

    return sorted((agency for agency in agencies if agency.reports), key=rank)


def has_problem(agency: AgencySummary) -> bool:
    """Whether something fails in a report of the agency."""
    return any(report.failed for report in agency.reports)


def count_closing(reports: Sequence[ReportSummary]) -> int:
    """How many reports have no check of their form that fails."""
    return sum(not report.tally.failed for report in reports)


def list_forms(site: Site, reports: Sequence[ReportSummary]) -> list[Form]:
    """The forms of the reports, latest first."""
    used = {report.form for report in reports}
    return sorted((site.forms[each] for each in used), key=lambda form: (form.first_year, form.id), reverse=True)


def list_counts(tally: Tally) -> tuple[int, int, int, int]:
    """What the columns COUNTS tell of a tally."""
    return tally.passed, tally.failed, tally.acknowledged, tally.not_assessable


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A row of the table of reports: one that fails, or all of an agency's that do not."""

    label: str
    href: str
    reports: tuple[ReportSummary, ...]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Lays out the table of reports, under their agencies."""

    site: Site
    path: str
    agencies: Sequence[AgencySummary]

    def lay_out(self) -> TableView:
        """The table."""
        words, rows = self.site.words, {}
        groups = []
        for number, agency in enumerate(self.agencies):
            own = {f"agency{number}.row{index}": row for index, row in enumerate(self.list_rows(agency))}
            lines = tuple(Line(id=id, label=plain(row.label)) for id, row in own.items())
            groups.append(Line(id=f"agency{number}", label=agency.name, lines=lines))
            rows.update(own)
        columns = tuple(Line(id=each, label=plain(getattr(words, each))) for each in ("form", *COUNTS))
        caption, corner = plain(words.checked_reports), plain(words.report)
        plan = TablePlan(
            id="checked-reports",
            caption=words.checked_reports,
            table=Table(id="reports", caption=caption, rows=tuple(groups), columns=columns, corner=corner),
            say=self.site.say,
            label=lambda line: self.label(line, rows),
            cell=lambda line, column, headers: self.tell(rows[line.id], column.id, headers),
            notes=(TableNote(text=words.counts_note),),
            kind="comparison",
        )
        return lay_out_table(plan, words)

    def list_rows(self, agency: AgencySummary) -> Iterator[ReportRow]:
        """The reports of an agency in which something fails, then all others in one."""
        words = self.site.words
        failing = [report for report in agency.reports if report.failed]
        for report in failing:
            href = link_to(self.path, page_path(f"{agency.id}/{report.year}"))
            yield ReportRow(label=words.fill("year", year=report.year), href=href, reports=(report,))
        others = tuple(report for report in agency.reports if not report.failed)
        if others:
            key = "other_reports" if failing else "all_reports"
            yield ReportRow(label=words.fill(key, count=len(others)), href="", reports=others)

    def label(self, line: Line, rows: dict[str, ReportRow]) -> Label:
        """The header of a column, an agency or a report; the latter two lead there."""
        if line.id in rows:
            return Label(text=rows[line.id].label, href=rows[line.id].href)
        if not line.lines:
            return Label(text=self.site.say(line.label), numeric=line.id in COUNTS)
        agency = self.agencies[int(line.id.removeprefix("agency"))]
        href = link_to(self.path, page_path(agency.id))
        return Label(text=name_agency(self.site, agency), lang=self.site.language_of(agency.name), href=href)

    def tell(self, row: ReportRow, column: str, headers: str) -> DataCell:
        """A cell: the form, or how many cells came out in one way."""
        if column in COUNTS:
            counts = dict(zip(COUNTS, list_counts(add_tallies(report.tally for report in row.reports)), strict=True))
            return make_entry(Entry(count=counts[column]), headers, self.site.words)
        forms = [self.site.forms[each] for each in dict.fromkeys(report.form for report in row.reports)]
        text = self.site.words.list_separator.join(self.site.say(form.short) for form in forms)
        href = link_to(self.path, page_path(f"forms/{forms[0].id}")) if len(forms) == 1 else ""
        return make_entry(Entry(text=text, href=href), headers, self.site.words)


def tabulate_checks(site: Site, path: str, form: Form, reports: Sequence[ReportSummary]) -> TableView:
    """The checks of a form: in how many of its reports each was made and failed, and how its cells came out."""
    words, own = site.words, [report for report in reports if report.form == form.id]
    plan = ListPlan(
        id=f"checks-{form.id}",
        caption=words.fill("checks_of_form", form=site.say(form.short), count=len(own)),
        corner=words.check,
        columns=(
            Column(label=words.clause),
            Column(label=words.reports_checked),
            Column(label=words.reports_failed),
            *(Column(label=getattr(words, each), numeric=True) for each in COUNTS),
        ),
        rows=tuple(
            list_check(site, path, form, check, own)
            for check in form.checks
            if site.catalogue.decide(check.id, check.severity) is not Severity.OFF
        ),
        notes=(TableNote(text=words.counts_note),),
        kind="comparison",
    )
    return make_table(plan, words)


def list_check(site: Site, path: str, form: Form, check: FormCheck, reports: Sequence[ReportSummary]) -> Row:
    """A check as a row; it leads to the form's page."""
    tallies = [report.by_check[check.id] for report in reports if check.id in report.by_check]
    checked = sum(bool(tally.passed or tally.failed) for tally in tallies)
    failing = sum(bool(tally.failed) for tally in tallies)
    of = [site.words.fill("of_reports", count=count, total=len(reports)) for count in (checked, failing)]
    return Row(
        label=site.say(check.title),
        href=f"{link_to(path, page_path(f'forms/{form.id}'))}#check-{check.id}",
        lang=site.language_of(check.title),
        entries=(
            Entry(text=site.say(check.clause), lang=mark(site, check.clause)),
            *(Entry(text=text) for text in of),
            *(Entry(count=count) for count in list_counts(add_tallies(tallies))),
        ),
    )


def mark(site: Site, texts: Texts | None) -> str:
    """The tag for a text in another language than the page's; empty where there is none."""
    return site.language_of(texts) if texts else ""


def group_problems(site: Site, path: str, agency: AgencySummary) -> ProblemGroup:
    """What failed in an agency's reports."""
    total, fine = len(agency.reports), sum(not report.failed for report in agency.reports)
    label, href = name_agency(site, agency), link_to(path, page_path(agency.id))
    return ProblemGroup(
        agency=LinkView(label=label, href=href, lang=site.language_of(agency.name)),
        summary=site.words.fill("problems_summary", fine=fine, total=total),
        reports=tuple(list_problems(site, path, agency, report) for report in agency.reports if report.failed),
    )


def list_problems(site: Site, path: str, agency: AgencySummary, report: ReportSummary) -> ProblemReport:
    """What failed in a report, what nobody explained first; the rest of a long list by number."""
    failed = sorted(report.failed, key=lambda finding: bool(finding.acknowledged))
    rest = len(failed) - LISTED
    return ProblemReport(
        report=link_report(site, path, agency, report),
        problems=tuple(
            KnownProblem(sentence=site.catalogue.say(finding, site.language), reason=finding.acknowledged)
            for finding in failed[:LISTED]
        ),
        more=site.words.fill("more_problems", count=rest) if rest > 0 else "",
    )


def link_report(site: Site, path: str, agency: AgencySummary, report: ReportSummary) -> LinkView:
    """A link to a report, named by its agency's name that year."""
    label = site.words.fill("report_of_year", agency=site.say(report.name), year=report.year)
    target = page_path(f"{agency.id}/{report.year}")
    return LinkView(label=label, href=link_to(path, target), lang=site.language_of(report.name))
