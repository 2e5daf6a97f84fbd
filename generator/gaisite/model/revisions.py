"""The published versions of a report beside one another: what changed, and which correction tells of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gaisite.model.content import Figure, Report, State
from gaisite.model.record import NOT_APPLICABLE_TEXT, Correction, Explanation, LocalRow, Version
from gaisite.model.tables import Axis, walk_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A published figure that became another."""

    at: str
    old: str
    """Empty for blank, and for a cell that was not there."""
    new: str
    computed: bool = False
    """Summed from its parts before and after: no editor wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """From one published version to the next, or to what is about to be published."""

    before: Version
    after: Version
    changes: tuple[FigureChange, ...]
    corrections: tuple[Correction, ...] = ()
    """Those that tell of the changes: figure by figure, each from the old text to the new one."""
    consequences: tuple[FigureChange, ...] = ()
    """Computed totals that changed with their parts; no correction need tell of them."""
    address: str = ""
    """Of the page of the earlier version, from the report's: `before-2022-03-01`."""

    @property
    def date(self) -> str:
        """As recorded; before that, the date of the latest correction."""
        return self.after.date or max((each.date for each in self.corrections), default=self.before.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """All revisions of a report, and where changes and corrections do not meet."""

    revisions: tuple[Revision, ...] = ()
    untold: tuple[FigureChange, ...] = ()
    """Changes that no correction tells."""
    contradicted: tuple[tuple[Correction, FigureChange], ...] = ()
    """Corrections that tell of another change than there was."""
    idle: tuple[Correction, ...] = ()
    """Corrections of what did not change."""


def make_version(report: Report, *, date: str = "", narrative: str = "") -> Version:
    """A report as it is now, as a version."""
    cells = tuple(list_cells(report))
    tables = report.tables.items()
    return Version(
        date=date,
        form=report.form,
        figures={at: write_text(figure) for at, figure, left_out in cells if not left_out},
        computed={at: write_text(figure) for at, figure, left_out in cells if left_out},
        units={f"{name}.{column}": unit.official for name, table in tables for column, unit in table.units.items()},
        local_rows=tuple(list_local_rows(report)),
        explanations=tuple(
            Explanation(check=each.check, at=each.at, reason=each.reason) for each in report.acknowledgements
        ),
        narrative=narrative,
    )


def list_cells(report: Report) -> Iterator[tuple[str, Figure, bool]]:
    """Every cell of a report by its id, in printed order, and whether it is a total that the report left out."""
    for table in report.tables.values():
        columns = table.table.leaves(Axis.COLUMNS)
        for row in table.table.leaves(Axis.ROWS):
            for column in columns:
                figure = table.figure(row.id, column.id)
                # The total of parts that are all blank is blank, and yet nobody wrote it.
                blank = figure.state is State.BLANK and not figure.line and bool(row.sum_of or column.sum_of)
                yield f"{table.table.id}.{row.id}.{column.id}", figure, figure.computed or blank


def write_text(figure: Figure) -> str:
    """A figure as it is recorded."""
    if figure.state is State.NUMBER:
        return figure.text
    return NOT_APPLICABLE_TEXT if figure.state is State.NOT_APPLICABLE else ""


def list_local_rows(report: Report) -> Iterator[LocalRow]:
    """The rows that a report added, each under its table or line, in printed order."""
    for table_id, table in report.tables.items():
        for line in walk_lines(table.table.rows):
            if line.local:
                host = line.id.rpartition(".")[0]
                yield LocalRow(host=f"{table_id}.{host}" if host else table_id, key=line.key, label=line.label)


def list_superseded(report: Report) -> list[Version]:
    """The recorded versions that are no longer what the report says, oldest first."""
    versions = [*report.record, make_version(report)] if report.record else []
    return [before for before, after in pairwise(versions) if compare_versions(before, after)]


def compare_versions(before: Version, after: Version) -> tuple[FigureChange, ...]:
    """What changed.

    Where the form is another one, figures that only one of the two forms has are part of that change.
    """
    old, new = before.texts, after.texts
    shared = before.form == after.form
    computed = before.computed.keys() & after.computed.keys()
    return tuple(
        FigureChange(at=at, old=old.get(at, ""), new=new.get(at, ""), computed=at in computed)
        for at in dict.fromkeys((*new, *old))
        if old.get(at, "") != new.get(at, "") and (shared or (at in old and at in new))
    )


def reconcile(report: Report) -> Reconciliation:
    """The revisions of a report, and how the corrections of figures.yaml answer for them."""
    if not report.record:
        return Reconciliation(idle=report.corrections)
    matching = Matching(sorted(report.corrections, key=lambda each: each.date))
    now = make_version(report)
    order = {at: position for position, at in enumerate(now.texts)}
    revisions = []
    for before, after in pairwise([*report.record, now]):
        changes = sorted(compare_versions(before, after), key=lambda each: order.get(each.at, len(order)))
        if changes:
            revisions.append(matching.explain(Revision(before=before, after=after, changes=tuple(changes))))
    return matching.conclude(revisions)


class Matching:
    """Gives each change of a figure the corrections that lead from its old text to the new one."""

    def __init__(self, pool: list[Correction]) -> None:
        self.pool = pool
        self.failed: list[tuple[FigureChange, bool]] = []
        """Changes that no corrections lead through, and whether each may follow from others."""

    def explain(self, revision: Revision) -> Revision:
        """A revision with its corrections, which are then used up."""
        corrections: list[Correction] = []
        unled: list[FigureChange] = []
        for change in revision.changes:
            chain = find_chain(change, self.pool)
            corrections.extend(chain)
            self.pool = [each for each in self.pool if each not in chain]
            if not chain:
                unled.append(change)
        moved = {table_of(each.at) for each in revision.changes if not each.computed or each not in unled}
        following = [each for each in unled if each.computed and table_of(each.at) in moved]
        self.failed.extend((each, each in following) for each in unled)
        return replace(revision, corrections=tuple(corrections), consequences=tuple(following))

    def conclude(self, revisions: Sequence[Revision]) -> Reconciliation:
        """All of it, with the corrections that are left over."""
        failed = {change.at: change for change, _ in self.failed}
        contradicted = tuple((each, failed[each.at]) for each in self.pool if each.at in failed)
        answered = {each.at for each, _ in contradicted}
        return Reconciliation(
            revisions=tuple(name_addresses(revisions)),
            untold=tuple(change for change, follows in self.failed if not follows and change.at not in answered),
            contradicted=contradicted,
            idle=tuple(each for each in self.pool if each.at not in failed),
        )


def table_of(at: str) -> str:
    """The table of a cell or unit."""
    return at.partition(".")[0]


def find_chain(change: FigureChange, pool: Iterable[Correction]) -> list[Correction]:
    """The corrections that lead, one after the other, from the old text to the new one; none where they do not."""
    left = [each for each in pool if each.at == change.at]
    chain: list[Correction] = []
    text = change.old
    while text != change.new:
        steps = [each for each in left if each.old == text]
        if not steps:
            return []
        step = next((each for each in steps if each.new == change.new), steps[0])
        chain.append(step)
        left.remove(step)
        text = step.new
    return chain


def name_addresses(revisions: Iterable[Revision]) -> Iterator[Revision]:
    """The revisions with their addresses: by their dates, and of several on one day by their number too."""
    seen: Counter[str] = Counter()
    for revision in revisions:
        date = revision.date
        seen[date] += 1
        address = f"before-{date}" if seen[date] == 1 else f"before-{date}-{seen[date]}"
        yield replace(revision, address=address)
