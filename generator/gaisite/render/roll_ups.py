"""A report and those of the agencies below: which are in it, which are not, and which figures differ from their sum."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gaisite.findings import Finding, Verdict
from gaisite.model.children import ChildrenMode
from gaisite.model.content import Figure, Report, State
from gaisite.model.labels import label_cell
from gaisite.model.numbers import write_change, write_number
from gaisite.model.roll_up import CellSum, RollUp
from gaisite.model.sums import read_cell, subtract
from gaisite.model.tables import Axis
from gaisite.render.below import list_below_paths, list_groups, say_below
from gaisite.render.lists import Column, Entry, ListPlan, Row, make_table
from gaisite.render.parts import LinkView, RollUpView, TableNote, TableView
from gaisite.render.site import Site, link_to

ROLL_UP = "roll-up"
"""Of the check whose findings are told here, and of the place on the page."""
FIRST_MARK = 0x2460
"""①, the first of twenty."""
MARKS = 20


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
        groups=tuple(list_groups(site, path, report, roll_up)),
        agreement=say_agreement(site, material) if compared else "",
        table=tabulate_differences(site, material),
    )


def name_roll_up(site: Site, roll_up: RollUp) -> str:
    """The heading over it."""
    heading: str = getattr(site.words, f"roll_up_{roll_up.rule.mode}")
    return heading


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
