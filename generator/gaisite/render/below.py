"""The agencies below a report by how theirs stand; where they are many, on pages of their own."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gaisite.model.content import Report
from gaisite.model.roll_up import ChildReport, RollUp
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_table
from gaisite.render.paging import fits_page, link_pages, list_paths, number_page, take_part
from gaisite.render.parts import LinkView, RollUpAgency, RollUpGroup, TableView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.templates import render_template
from gaisite.render.views import BelowView

BELOW = "agencies"
"""The folder, in that of a report, of the pages that list many agencies below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What agencies below may have in common."""

    folder: str
    """Of the pages that list many of them; empty where those that list all do."""
    label: str
    belongs: Callable[[ChildReport], bool]
    note: Callable[[ChildReport], str] = lambda _: ""
    """What is said of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowList:
    """Some of the agencies below, on the pages that list them."""

    paths: tuple[str, ...]
    heading: str
    summary: str
    children: Sequence[ChildReport]


def list_below_paths(report: str, agencies: int, folder: str = "") -> tuple[str, ...]:
    """The paths of the pages that list so many agencies below a report; none where its own page lists them."""
    address = f"{report}/{BELOW}/{folder}" if folder else f"{report}/{BELOW}"
    return () if fits_page(agencies) else list_paths(address, agencies)


def find_below_paths(report: str, paths: Iterable[str]) -> Iterator[str]:
    """Of all files of an agency those that are pages which list agencies below a report."""
    return (path for path in paths if path.startswith(f"{report}/{BELOW}/"))


def render_below(
    site: Site, report: Report, roll_up: RollUp, trail: Callable[[str], tuple[LinkView, ...]]
) -> Iterator[tuple[str, bytes]]:
    """The pages that list many agencies below a report: path and content of each; `trail` leads to a path of them."""
    for each in list_lists(site, report, roll_up):
        for number, path in enumerate(each.paths):
            head = PageHead(heading=number_page(site, each.heading, number), trail=trail(path))
            view = BelowView(
                page=frame_page(site, path, head),
                summary=each.summary,
                table=tabulate_below(site, path, each, number),
                pages=link_pages(site, path, each.paths),
            )
            yield path, render_template(site.theme, "below.html", view, site.words)


def list_lists(site: Site, report: Report, roll_up: RollUp) -> Iterator[BelowList]:
    """The lists that have pages: that of all agencies below, and those of many whose reports stand alike."""
    words, summary = site.words, say_below(site, roll_up)
    paths = list_below_paths(report.id, len(roll_up.children))
    yield BelowList(paths=paths, heading=words.roll_up_listed, summary=summary, children=roll_up.children)
    for kind in list_kinds(site):
        children = [child for child in roll_up.children if kind.belongs(child)]
        if kind.folder:
            paths = list_below_paths(report.id, len(children), kind.folder)
            heading = words.fill("roll_up_group", label=kind.label, count=len(children))
            yield BelowList(paths=paths, heading=heading, summary=summary, children=children)


def tabulate_below(site: Site, path: str, below: BelowList, number: int) -> TableView:
    """Agencies of a list, one a row: when each has published and how its report stands."""
    words, children = site.words, take_part(below.children, number)
    plan = ListPlan(
        id="roll-up-agencies",
        caption=below.heading,
        corner=words.agency,
        columns=(Column(label=words.published), Column(label=words.roll_up_standing)),
        rows=tuple(list_child(site, path, child) for child in children),
        kind="comparison",
        sortable=len(children) > 1,
        partial=len(below.paths) > 1,
    )
    return make_table(plan, words)


def list_child(site: Site, path: str, child: ChildReport) -> Row:
    """An agency below as a row; it leads where its link in a group does."""
    link = link_child(site, path, child)
    standing = site.words.list_separator.join(kind.label for kind in list_kinds(site) if kind.belongs(child))
    published = child.report.published if child.report else ""
    return Row(label=link.label, href=link.href, lang=link.lang, entries=(Entry(text=published), Entry(text=standing)))


def say_below(site: Site, roll_up: RollUp) -> str:
    """Of how many of how many agencies below the reports are added up."""
    counted, agencies = roll_up.below
    return site.words.fill(f"roll_up_{roll_up.rule.mode.value}_summary", counted=counted, agencies=agencies)


def list_groups(site: Site, path: str, report: Report, roll_up: RollUp) -> Iterator[RollUpGroup]:
    """The agencies below by how their reports stand, groups without any left out; an agency may be in several.

    Of a group that is longer than a page there is a link to the pages that list it.
    """
    for kind in list_kinds(site):
        agencies = [child for child in roll_up.children if kind.belongs(child)]
        if agencies:
            label = site.words.fill("roll_up_group", label=kind.label, count=len(agencies))
            pages = list_below_paths(report.id, len(agencies), kind.folder)
            yield RollUpGroup(
                label=label,
                agencies=() if pages else tuple(note_child(site, path, child, kind) for child in agencies),
                listed=LinkView(label=label, href=link_to(path, pages[0])) if pages and kind.folder else None,
            )


def note_child(site: Site, path: str, child: ChildReport, kind: Kind) -> RollUpAgency:
    """An agency below in its group."""
    return RollUpAgency(link=link_child(site, path, child), note=kind.note(child))


def list_kinds(site: Site) -> tuple[Kind, ...]:
    """How the report of an agency below may stand."""
    words = site.words
    return (
        Kind(folder="", label=words.roll_up_counted, belongs=lambda child: child.is_counted),
        Kind(
            folder="late",
            label=words.roll_up_late,
            belongs=lambda child: child.is_late,
            note=lambda child: note_late(site, child),
        ),
        Kind(folder="missing", label=words.roll_up_missing, belongs=lambda child: child.report is None),
        Kind(
            folder="other-form",
            label=words.roll_up_other_form,
            belongs=lambda child: child.has_other_report,
            note=lambda child: name_form(site, child),
        ),
        Kind(
            folder="wrong-totals",
            label=words.roll_up_wrong_totals,
            belongs=lambda child: child.is_counted and child.has_wrong_totals,
        ),
        Kind(folder="own-rows", label=words.roll_up_own_rows, belongs=lambda child: child.has_own_rows),
        Kind(
            folder="incomplete",
            label=words.roll_up_incomplete,
            belongs=lambda child: child.is_counted and not child.is_whole,
        ),
    )


def note_late(site: Site, child: ChildReport) -> str:
    """When a late report was published, and when it was due."""
    published, due = child.report.published if child.report else "", child.due.date if child.due else ""
    return site.words.fill("roll_up_late_note", published=published, due=due)


def name_form(site: Site, child: ChildReport) -> str:
    """The form that a report is on."""
    return site.say(site.forms[child.report.form].short) if child.report else ""


def link_child(site: Site, path: str, child: ChildReport) -> LinkView:
    """A link to the report of an agency below, or to the agency where it has none."""
    address = f"{child.agency.id}/{child.report.year}" if child.report else child.agency.id
    name = child.name
    return LinkView(label=site.say(name), href=link_to(path, page_path(address)), lang=site.language_of(name))
