"""The pages that list who published late in a year, for portals of which one page does not list all agencies."""

from collections.abc import Iterator, Sequence

from gaisite.model.summary import AgencySummary, ReportSummary
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_table
from gaisite.render.paging import link_pages, number_page, take_part
from gaisite.render.parts import LinkView, TableView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.templates import render_template
from gaisite.render.views import BelowView
from gaisite.render.years import Listed, list_late_pages, list_year, pick_late, say_published, say_timeliness


def render_late(site: Site, agencies: Sequence[AgencySummary], year: int) -> Iterator[tuple[str, bytes]]:
    """The pages that list who was late in a year: path and content of each."""
    words, listed = site.words, list_year(site, agencies, year)
    late, paths, heading = pick_late(listed), list_late_pages(year, listed), words.fill("late_heading", year=year)
    for number, path in enumerate(paths):
        above = LinkView(label=words.fill("year", year=year), href=link_to(path, page_path(f"years/{year}")))
        view = BelowView(
            page=frame_page(site, path, PageHead(heading=number_page(site, heading, number), trail=(above,))),
            summary=words.fill("late_summary", count=len(late), listed=len(listed)),
            table=tabulate_late(site, path, heading, late, number),
            pages=link_pages(site, path, paths),
        )
        yield path, render_template(site.theme, "below.html", view, words)


def tabulate_late(site: Site, path: str, heading: str, late: Sequence[Listed], number: int) -> TableView:
    """Those of a page that were late, one a row: when each published, when it should have, how many days before."""
    words, part = site.words, take_part(late, number)
    plan = ListPlan(
        id="late-agencies",
        caption=heading,
        corner=words.agency,
        columns=(Column(label=words.published), Column(label=words.due), Column(label=words.timeliness)),
        rows=tuple(list_late(site, path, each, each.report) for each in part if each.report is not None),
        kind="comparison",
        sortable=len(part) > 1,
        partial=len(late) > len(part),
    )
    return make_table(plan, words)


def list_late(site: Site, path: str, late: Listed, report: ReportSummary) -> Row:
    """One that was late, as a row that leads to its report."""
    due = late.due.date if late.due else ""
    entries = (
        Entry(text=say_published(site, report), value=report.published),
        Entry(text=due),
        Entry(text=say_timeliness(site, late), value=str(late.days_late)),
    )
    href = link_to(path, page_path(f"{late.agency.id}/{report.year}"))
    return Row(label=site.say(report.name), href=href, lang=site.language_of(report.name), entries=entries)
