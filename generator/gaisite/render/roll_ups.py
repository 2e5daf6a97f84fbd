"""A report and those of the agencies below: which are in it, which are not, and which figures differ from their sum."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from gaisite.findings import Finding, Verdict
from gaisite.model.children import ChildrenMode
from gaisite.model.content import Figure, Report, State
from gaisite.model.labels import label_cell
from gaisite.model.numbers import write_change, write_number
from gaisite.model.roll_up import CellSum, ChildReport, RollUp
from gaisite.model.sums import read_cell, subtract
from gaisite.model.tables import Axis
from gaisite.render.frames import PageHead, frame_page
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_table
from gaisite.render.paging import fits_page, link_pages, list_paths, number_page, take_part
from gaisite.render.parts import LinkView, RollUpAgency, RollUpGroup, RollUpView, TableNote, TableView
from gaisite.render.site import Site, link_to, page_path
from gaisite.render.templates import render_template
from gaisite.render.views import BelowView

ROLL_UP = "roll-up"
"""Of the check whose findings are told here, and of the place on the page."""
FIRST_MARK = 0x2460
"""①, the first of twenty."""
MARKS = 20
BELOW = "agencies"
"""The folder, in that of a report, of the pages that list many agencies below."""
Kind: TypeAlias = tuple[str, Callable[[ChildReport], bool], Callable[[ChildReport], str]]
"""What agencies below may have in common: its label, which have it, what is said of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUpMaterial:
    """All that a page says of the reports below a report."""

    report: Report
    roll_up: RollUp
    compared: Mapping[str, Finding]
    """What the comparison says, by cell; nothing where the report is a sum itself."""

    @property
    def is_sum(self) -> bool:
        """Whether the figures are the sum."""
        return self.roll_up.rule.mode is ChildrenMode.SUM

    def count(self, verdict: Verdict) -> int:
        """How many cells came out so."""
        return sum(finding.verdict is verdict for finding in self.compared.values())

    def figure(self, each: CellSum) -> Figure:
        """What the report says in a cell."""
        return read_cell(self.report.tables[each.cell.table], each.cell)

    def difference(self, each: CellSum) -> int | Decimal | None:
        """By how much a figure differs from the sum with its adjustments; None where it has no number."""
        value, expected = self.figure(each).value, 0 if each.expected is None else each.expected
        return None if value is None else max(subtract(value, expected), subtract(expected, value))


def view_roll_up(site: Site, path: str, report: Report, roll_up: RollUp, findings: Sequence[Finding]) -> RollUpView:
    """What a report has to do with those below, for its page."""
    compared = {finding.at: finding for finding in findings if finding.check == ROLL_UP}
    material = RollUpMaterial(report=report, roll_up=roll_up, compared=compared)
    _, agencies = roll_up.below
    pages = list_below_paths(report.id, agencies)
    return RollUpView(
        id=ROLL_UP,
        heading=name_roll_up(site, roll_up),
        summary=say_below(site, roll_up),
        listed=LinkView(label=site.words.roll_up_listed, href=link_to(path, pages[0])) if pages else None,
        groups=tuple(list_groups(site, path, roll_up)),
        agreement=say_agreement(site, material) if compared else "",
        table=tabulate_differences(site, material),
    )


def list_below_paths(report: str, agencies: int) -> tuple[str, ...]:
    """The paths of the pages that list so many agencies below a report; none where its own page lists them."""
    return () if fits_page(agencies) else list_paths(f"{report}/{BELOW}", agencies)


def render_below(
    site: Site, report: Report, roll_up: RollUp, trail: Callable[[str], tuple[LinkView, ...]]
) -> Iterator[tuple[str, bytes]]:
    """The pages that list many agencies below a report: path and content of each; `trail` leads to a path of them."""
    paths = list_below_paths(report.id, len(roll_up.children))
    for number, path in enumerate(paths):
        head = PageHead(heading=number_page(site, site.words.roll_up_listed, number), trail=trail(path))
        view = BelowView(
            page=frame_page(site, path, head),
            summary=say_below(site, roll_up),
            table=tabulate_below(site, path, take_part(roll_up.children, number)),
            pages=link_pages(site, path, paths),
        )
        yield path, render_template(site.theme, "below.html", view, site.words)


def tabulate_below(site: Site, path: str, children: Sequence[ChildReport]) -> TableView:
    """Agencies below, one a row: when each has published and how its report stands."""
    words = site.words
    plan = ListPlan(
        id="roll-up-agencies",
        caption=words.roll_up_listed,
        corner=words.agency,
        columns=(Column(label=words.published), Column(label=words.roll_up_standing)),
        rows=tuple(list_child(site, path, child) for child in children),
        kind="comparison",
        sortable=len(children) > 1,
    )
    return make_table(plan, words)


def list_child(site: Site, path: str, child: ChildReport) -> Row:
    """An agency below as a row; it leads where its link in a group does."""
    link = link_child(site, path, child)
    standing = site.words.list_separator.join(label for label, belongs, _ in list_kinds(site) if belongs(child))
    published = child.report.published if child.report else ""
    return Row(label=link.label, href=link.href, lang=link.lang, entries=(Entry(text=published), Entry(text=standing)))


def say_below(site: Site, roll_up: RollUp) -> str:
    """Of how many of how many agencies below the reports are added up."""
    counted, agencies = roll_up.below
    return site.words.fill(f"roll_up_{roll_up.rule.mode.value}_summary", counted=counted, agencies=agencies)


def name_roll_up(site: Site, roll_up: RollUp) -> str:
    """The heading over it."""
    heading: str = getattr(site.words, f"roll_up_{roll_up.rule.mode}")
    return heading


def list_groups(site: Site, path: str, roll_up: RollUp) -> Iterator[RollUpGroup]:
    """The agencies below by how their reports stand, groups without any left out; an agency may be in several.

    Of a group that is longer than a page there is the number alone.
    """
    for label, belongs, note in list_kinds(site):
        agencies = [
            RollUpAgency(link=link_child(site, path, child), note=note(child))
            for child in roll_up.children
            if belongs(child)
        ]
        if agencies:
            heading = site.words.fill("roll_up_group", label=label, count=len(agencies))
            yield RollUpGroup(label=heading, agencies=tuple(agencies) if fits_page(len(agencies)) else ())


def list_kinds(site: Site) -> tuple[Kind, ...]:
    """How the report of an agency below may stand."""
    words = site.words
    return (
        (words.roll_up_counted, lambda child: child.is_counted, lambda child: ""),
        (words.roll_up_late, lambda child: child.is_late, lambda child: note_late(site, child)),
        (words.roll_up_missing, lambda child: child.report is None, lambda child: ""),
        (words.roll_up_other_form, lambda child: child.has_other_report, lambda child: name_form(site, child)),
        (words.roll_up_wrong_totals, lambda child: child.is_counted and child.has_wrong_totals, lambda child: ""),
        (words.roll_up_own_rows, lambda child: child.has_own_rows, lambda child: ""),
        (words.roll_up_incomplete, lambda child: child.is_counted and not child.is_whole, lambda child: ""),
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


def say_agreement(site: Site, material: RollUpMaterial) -> str:
    """How many cells agree with the sum, and how many of these only to the decimals that the report prints."""
    passed = material.count(Verdict.PASS)
    sentence = site.words.fill(
        "roll_up_agreement",
        total=len(material.compared),
        passed=passed,
        failed=material.count(Verdict.FAIL),
        unassessable=material.count(Verdict.NOT_ASSESSABLE),
    )
    rounded = sum(is_rounded(material, each) for each in material.roll_up.cells)
    return sentence + (site.words.fill("roll_up_rounded", count=rounded) if rounded else "")


def is_rounded(material: RollUpMaterial, each: CellSum) -> bool:
    """Whether a figure agrees with the sum only once that is rounded."""
    finding = material.compared.get(str(each.cell))
    return finding is not None and finding.verdict is Verdict.PASS and material.figure(each).value != each.expected


def tabulate_differences(site: Site, material: RollUpMaterial) -> TableView | None:
    """The cells that differ from the sum, cannot be assessed or are adjusted; None where there are none."""
    told = [each for each in material.roll_up.cells if each.adjustments or not agrees(material, each)]
    if not told:
        return None
    rows = [tuple(list_cells(site, material, each)) for each in told]
    words = site.words
    plan = ListPlan(
        id="roll-up-cells",
        caption=words.roll_up_adjusted if material.is_sum else words.roll_up_differing,
        corner=words.item,
        columns=tuple(column for column, _ in rows[0]),
        rows=tuple(
            replace(label_row(site, material, each), entries=tuple(entry for _, entry in row))
            for each, row in zip(told, rows, strict=True)
        ),
        kind="comparison",
    )
    return make_table(plan, words)


def agrees(material: RollUpMaterial, each: CellSum) -> bool:
    """Whether nothing is to be said of a cell: its figure is the sum, or it is not compared."""
    finding = material.compared.get(str(each.cell))
    return finding is None or finding.verdict is Verdict.PASS


def label_row(site: Site, material: RollUpMaterial, each: CellSum) -> Row:
    """The head of a cell's row; it leads to the figure where the report prints one."""
    table = material.report.tables[each.cell.table]
    label = label_cell(table.table, each.cell.row, each.cell.column)
    is_printed = table.table.find(Axis.ROWS, each.cell.row) in table.table.leaves(Axis.ROWS)
    href = f"#{each.cell}" if is_printed else ""
    return Row(label=site.say(label), lang=site.language_of(label), href=href, entries=())


def list_cells(site: Site, material: RollUpMaterial, each: CellSum) -> Iterator[tuple[Column, Entry]]:
    """What is told of a cell, each with its column: the figures first, then the outcome and the reasons."""
    words, is_sum = site.words, material.is_sum
    finding = material.compared.get(str(each.cell))
    own = words.roll_up_result if is_sum else words.roll_up_own
    yield Column(label=own, numeric=True), Entry(figure=replace(material.figure(each), computed=False))
    yield Column(label=words.roll_up_below, numeric=True), Entry(figure=replace(each.figure, computed=False))
    if material.roll_up.rule.adjustments:
        yield (
            Column(label=words.roll_up_adjustment, numeric=True),
            number_entry(each.adjustment if each.adjustments else None, write_change),
        )
    if not is_sum:
        yield (
            Column(label=words.roll_up_difference, numeric=True),
            number_entry(material.difference(each), write_number),
        )
    filled = words.fill("roll_up_filled_in", filled=each.filled, counted=material.roll_up.below[0])
    yield Column(label=words.roll_up_filled), Entry(text=filled)
    if not is_sum:
        verdict = getattr(words, f"roll_up_{finding.verdict.name.lower()}") if finding else ""
        yield Column(label=words.roll_up_verdict), Entry(text=verdict)
    yield Column(label=words.roll_up_reason), Entry(text=" ".join(list_reasons(site, each, finding)))


def number_entry(value: int | Decimal | None, write: Callable[[int | Decimal], str]) -> Entry:
    """A number of our own; a dash where there is none."""
    return Entry() if value is None else Entry(figure=Figure(State.NUMBER, value, write(value)))


def list_reasons(site: Site, each: CellSum, finding: Finding | None) -> Iterator[str]:
    """The publisher's words: for each adjustment, and for what still differs."""
    for adjustment in each.adjustments:
        yield site.words.fill("roll_up_adjusted_by", adjustment=write_change(adjustment.by), reason=adjustment.reason)
    if finding is not None and finding.acknowledged:
        yield finding.acknowledged


def note_sums(site: Site, table_id: str, sums: RollUp) -> tuple[dict[str, str], tuple[TableNote, ...]]:
    """For a table of sums a mark by cell where not all reports fill it in, and the notes under the table."""
    counted, agencies = sums.below
    own = [each for each in sums.cells if each.cell.table == table_id and each.figure.state is State.NUMBER]
    partial = sorted({each.filled for each in own if each.filled < counted}, reverse=True)
    marks = {filled: write_mark(number) for number, filled in enumerate(partial)}
    notes = [TableNote(text=site.words.fill("roll_up_table_note", counted=counted, agencies=agencies))]
    for filled, mark in marks.items():
        notes.append(TableNote(text=site.words.fill("roll_up_partial", filled=filled, counted=counted), mark=mark))
    return {str(each.cell): marks[each.filled] for each in own if each.filled in marks}, tuple(notes)


def write_mark(number: int) -> str:
    """The mark of a note, the first being 0: a circled number, from the twenty-first on one in brackets."""
    return chr(FIRST_MARK + number) if number < MARKS else f"({number + 1})"
