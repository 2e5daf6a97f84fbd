"""The pages of a year: who has published, when and on which form, their key figures, and who has not."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gaisite.model.deadlines import DueDate, find_due_date
from gaisite.model.summary import AgencySummary, ReportSummary
from gaisite.render.agency_lists import name_agency
from gaisite.render.chart_sentences import join
from gaisite.render.dictionary import list_key_cells
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_table
from gaisite.render.paging import fits_page, link_pages, list_paths, number_page, take_part
from gaisite.render.parts import LinkView, TableView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.templates import render_template
from gaisite.render.views import YearView

IN_TIME, LATE, UNDATED, DRAFT, OPEN = "in_time", "late", "undated", "draft", "open"
"""What is known of the day of a publication; open: the form sets no day for such an agency."""
COUNTED = (IN_TIME, LATE, UNDATED, DRAFT)
"""What is told of a year in numbers."""


Own: TypeAlias = tuple["Listed", ReportSummary]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An agency on the pages of a year."""

    agency: AgencySummary
    report: ReportSummary | None
    """None: it should have one and has none."""
    due: DueDate | None

    @property
    def days_late(self) -> int | None:
        """How many days after the last in time it was published, 0 for in time; None where that is not known."""
        if self.report is None or self.due is None or not self.report.published:
            return None
        published = datetime.date.fromisoformat(self.report.published[:10])
        return max((published - datetime.date.fromisoformat(self.due.date)).days, 0)

    @property
    def timeliness(self) -> str:
        """What is known of the day of its publication."""
        if self.report is not None and self.report.draft:
            return DRAFT
        if self.due is None:
            return OPEN
        return UNDATED if self.days_late is None else LATE if self.days_late else IN_TIME


def render_years(site: Site, agencies: Sequence[AgencySummary], years: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """The pages of all years: path and content of each. `years` come latest first."""
    for year in years:
        listed = list_year(site, agencies, year)
        pages = YearPages(year=year, years=years, listed=listed, pages=list_pages(year, len(listed)))
        for number, path in enumerate(pages.pages):
            view = view_year(site, path, pages, number)
            yield path, render_template(site.theme, "year.html", view, site.words)


def list_year(site: Site, agencies: Sequence[AgencySummary], year: int) -> list[Listed]:
    """The agencies with a report for a year, form by form as they first come up, then those that lack one."""
    found = [(agency, report) for agency in agencies if (report := agency.find_report(year)) is not None]
    forms = list(dict.fromkeys(report.form for _, report in found))
    found.sort(key=lambda each: forms.index(each[1].form))
    serving = [form for form in site.forms.values() if form.serves(year)]
    usual = site.forms[forms[0]] if forms else max(serving, key=lambda form: form.first_year, default=None)
    missing = [agency for agency in agencies if agency.is_expected(year) and agency.find_report(year) is None]
    return [
        *(
            Listed(agency=agency, report=report, due=find_due_date(site.forms[report.form], agency.kind, year))
            for agency, report in found
        ),
        *(
            Listed(agency=agency, report=None, due=find_due_date(usual, agency.kind, year) if usual else None)
            for agency in missing
        ),
    ]


def list_pages(year: int, agencies: int) -> tuple[str, ...]:
    """The paths of a year's pages that list so many agencies."""
    return list_paths(f"years/{year}", agencies)


def list_year_paths(site: Site, agencies: Sequence[AgencySummary], year: int) -> tuple[str, ...]:
    """The paths of a year's pages, from the agencies alone."""
    listed = list_year(site, agencies, year)
    return (*list_pages(year, len(listed)), *list_late_pages(year, listed))


def list_late_pages(year: int, listed: Sequence[Listed]) -> tuple[str, ...]:
    """The paths of the pages that list who was late in a year of many agencies; none where one page has them all."""
    late = len(pick_late(listed))
    return list_paths(f"years/{year}/{LATE}", late) if late and not fits_page(len(listed)) else ()


def pick_late(listed: Sequence[Listed]) -> list[Listed]:
    """Those that published late, by how many days, the most first."""
    late = [each for each in listed if each.timeliness == LATE]
    return sorted(late, key=lambda each: each.days_late or 0, reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPages:
    """A year among the others, and its pages."""

    year: int
    years: Sequence[int]
    listed: Sequence[Listed]
    """The agencies on all of its pages, those without a report last."""
    pages: tuple[str, ...]


def view_year(site: Site, path: str, pages: YearPages, number: int) -> YearView:
    """One page of a year: what is said of all of it, and a part of the agencies."""
    year, years, part = pages.year, pages.years, take_part(pages.listed, number)
    heading = number_page(site, site.words.fill("year_heading", year=year), number)
    return YearView(
        page=frame_page(site, path, PageHead(heading=heading)),
        summary=say_summary(site, pages.listed),
        missing_from=find_missing(site, path, pages, number),
        late=link_late(site, path, pages),
        tables=tuple(tabulate_year(site, path, pages, part)),
        missing=tuple(link_missing(site, path, each) for each in part if each.report is None),
        pages=link_pages(site, path, pages.pages),
        previous=link_year(site, path, max((other for other in years if other < year), default=None)),
        next=link_year(site, path, min((other for other in years if other > year), default=None)),
    )


def find_missing(site: Site, path: str, pages: YearPages, number: int) -> LinkView | None:
    """A link to the page on which those without a report begin; None where that is this one, or none is missing."""
    for each, page in enumerate(pages.pages):
        if any(listed.report is None for listed in take_part(pages.listed, each)):
            return None if each == number else LinkView(label=site.words.missing, href=f"{link_to(path, page)}#missing")
    return None


def link_late(site: Site, path: str, pages: YearPages) -> LinkView | None:
    """A link to the list of those that were late; None where this page has them all, or there are none."""
    paths = list_late_pages(pages.year, pages.listed)
    return LinkView(label=site.words.late_agencies, href=link_to(path, paths[0])) if paths else None


def summarise_year(site: Site, agencies: Sequence[AgencySummary], year: int) -> str:
    """How many have a report for a year, of how many agencies that should."""
    published = sum(agency.find_report(year) is not None for agency in agencies)
    expected = sum(agency.is_expected(year) for agency in agencies)
    return site.words.fill("year_summary", agencies=expected, published=published)


def say_summary(site: Site, listed: Sequence[Listed]) -> str:
    """How many have published, how many of them in time, and how many have not."""
    published = [each for each in listed if each.report is not None]
    words = site.words
    counts = [(f"year_{state}", sum(each.timeliness == state for each in published)) for state in COUNTED]
    counts.append(("year_missing", len(listed) - len(published)))
    parts = join(words, "chart_then", (words.fill(key, count=count) for key, count in counts if count))
    summary = words.fill("year_summary", agencies=len(listed), published=len(published))
    return words.fill("year_timeliness", summary=summary, parts=parts) if parts else summary


def link_missing(site: Site, path: str, missing: Listed) -> LinkView:
    """A link to an agency without a report, and by when there should be one."""
    agency = missing.agency
    return LinkView(
        label=name_agency(site, agency),
        href=link_to(path, page_path(agency.id)),
        lang=site.language_of(agency.name),
        note=site.words.fill("due_by", date=missing.due.date) if missing.due else "",
    )


def link_year(site: Site, path: str, year: int | None) -> LinkView | None:
    """A link to another year's page."""
    if year is None:
        return None
    return LinkView(label=site.words.fill("year", year=year), href=link_to(path, page_path(f"years/{year}")))


def tabulate_year(site: Site, path: str, pages: YearPages, part: Sequence[Listed]) -> Iterator[TableView]:
    """The key figures of the agencies of a page, and when they were published: a table for each form.

    A form's columns are the same on all pages of the year, so that these can be compared.
    """
    words = site.words
    reports = [each.report for each in part if each.report is not None]
    for form_id in dict.fromkeys(report.form for report in reports):
        form = site.forms[form_id]
        cells = list_key_cells(site, form)
        own, everyone = pick_form(part, form_id), pick_form(pages.listed, form_id)
        columns = [
            *(Column(label=label, numeric=True, unit=unit) for _, label, unit in cells),
            Column(label=words.published),
            *([Column(label=words.timeliness)] if any(each.due for each, _ in everyone) else []),
            *([Column(label=words.below_counted, numeric=True)] if any(each.below for _, each in everyone) else []),
        ]
        plan = ListPlan(
            id=f"year-{form_id}",
            caption=words.fill("year_caption", year=pages.year, form=site.say(form.short)),
            corner=words.agency,
            columns=tuple(columns),
            rows=tuple(list_report(site, path, each, [cell for cell, _, _ in cells], columns) for each in own),
            kind="comparison",
            sortable=len(own) > 1,
            partial=len(pages.pages) > 1,
        )
        yield make_table(plan, words)


def pick_form(listed: Sequence[Listed], form_id: str) -> list[Own]:
    """Those of some agencies that have reported on a form, with their reports."""
    return [(each, each.report) for each in listed if each.report is not None and each.report.form == form_id]


def list_report(site: Site, path: str, own: Own, cells: Sequence[str], columns: Sequence[Column]) -> Row:
    """A report as a row: its agency's name that year, its key figures, its date, whether that was in time."""
    words, (listed, report) = site.words, own
    labels = {column.label for column in columns}
    entries = [Entry(figure=report.key_figures[cell], draft=report.draft) for cell in cells]
    entries.append(Entry(text=say_published(site, report), value=report.published))
    if words.timeliness in labels:
        days = listed.days_late
        entries.append(Entry(text=say_timeliness(site, listed), value="" if days is None else str(days)))
    if words.below_counted in labels:
        entries.append(count_below(site, report))
    href = link_to(path, page_path(f"{listed.agency.id}/{report.year}"))
    return Row(label=site.say(report.name), href=href, lang=site.language_of(report.name), entries=tuple(entries))


def count_below(site: Site, report: ReportSummary) -> Entry:
    """Of how many agencies below a report adds up the figures, or is compared with them; nothing where of none."""
    if report.below is None:
        return Entry()
    counted, agencies = report.below
    return Entry(text=site.words.fill("counted_of", counted=counted, agencies=agencies), value=str(counted))


def say_timeliness(site: Site, listed: Listed) -> str:
    """Whether a report was published in time; empty where nothing tells."""
    if listed.due is None:
        return ""
    if listed.timeliness == DRAFT:
        return site.words.timeliness_draft
    if listed.days_late is None:
        return site.words.timeliness_unknown
    key = "timeliness_late" if listed.days_late else "timeliness_in_time"
    return site.words.fill(key, days=listed.days_late, date=listed.due.date)


def say_published(site: Site, report: ReportSummary) -> str:
    """When a report was published, and when it was corrected last; empty where the report states no date."""
    if report.draft:
        return site.words.not_published
    if not report.corrected:
        return report.published
    published = report.published or site.words.not_stated
    return site.words.fill("published_corrected", published=published, date=report.corrected[-1])
