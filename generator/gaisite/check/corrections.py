"""Published figures that changed: each needs a correction, and each correction a change that it tells of."""

from collections.abc import Iterator

from gaisite.findings import Fact, Finding, Place
from gaisite.model.content import Report
from gaisite.model.labels import label_place
from gaisite.model.record import FORM
from gaisite.model.revisions import FigureChange, Reconciliation, Revision
from gaisite.texts import Texts

FORM_LABEL = Texts.of({"zh-CN": "报告格式", "en": "form of the report"})
BLANK = Texts.of({"zh-CN": "空白", "en": "blank"})


def check_corrections(report: Report, found: Reconciliation) -> Iterator[Finding]:
    """What is wrong between a report, its record and its corrections.

    None of it can be acknowledged or switched off: a correction must not be hidden.
    """
    for change in found.untold:
        facts = name_change(report, change)
        yield Finding(check="correction-missing", place=place_change(report, change.at), at=change.at, facts=facts)
    for correction, change in found.contradicted:
        facts = (*name_change(report, change), ("said_old", show(correction.old)), ("said_new", show(correction.new)))
        yield Finding(check="correction-wrong", place=correction.place, at=correction.at, facts=facts)
    for correction in found.idle if report.record else found.idle[:1]:
        check = "correction-nothing" if report.record else "correction-unrecorded"
        facts = (("cell", label(report, correction.at)),)
        yield Finding(check=check, place=correction.place, at=correction.at, facts=facts)
    for revision in found.revisions:
        yield from check_dates(report, revision)


def check_dates(report: Report, revision: Revision) -> Iterator[Finding]:
    """A finding for each day before the publication that is corrected, or before the correction that it follows."""
    told: set[tuple[str, str]] = set()
    since: dict[str, str] = {}
    for each in revision.corrections:
        earlier = since.get(each.at, revision.before.date)
        since[each.at] = each.date
        if each.date < earlier and (each.date, earlier) not in told:
            told.add((each.date, earlier))
            facts = (("cell", label(report, each.at)), ("date", each.date), ("earlier", earlier))
            yield Finding(check="correction-date", place=each.place, at=each.at, facts=facts)


def name_change(report: Report, change: FigureChange) -> tuple[tuple[str, Fact], ...]:
    """The facts of a change: in words, and as a correction writes them."""
    return (
        ("cell", label(report, change.at)),
        ("old", show(change.old)),
        ("new", show(change.new)),
        ("old_written", change.old or "null"),
        ("new_written", change.new or "null"),
    )


def label(report: Report, at: str) -> Fact:
    """A place in words; its id where the report has no such place any longer."""
    return label_place(report, at) or (FORM_LABEL if at == FORM else at)


def show(text: str) -> Fact:
    """A recorded text in words."""
    return text or BLANK


def place_change(report: Report, at: str) -> Place:
    """Where a figure stands now; its table, or the file, where it stands nowhere."""
    table_id, _, rest = at.partition(".")
    if table_id not in report.tables:
        return report.place
    table = report.tables[table_id]
    cell = table.table.find_cell(rest)
    return table.place_of(cell.row, cell.column) if cell else table.place
