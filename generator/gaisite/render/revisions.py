"""Corrections on the page of a report: the notice, the marks at the figures, the pages as they were before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gaisite.model.content import Report
from gaisite.model.labels import label_place
from gaisite.model.record import FORM, NOT_APPLICABLE_TEXT
from gaisite.model.revisions import Revision
from gaisite.render.parts import LinkView, MetaTag, PageFrame
from gaisite.render.site import Site, absolute_url, link_to, page_path
from gaisite.render.views import CorrectionItem, RevisionView, SupersededView


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one line of the notice tells."""

    at: str
    date: str
    old: str
    new: str
    reason: str = ""
    """Empty for a computed total that changed with its parts."""


def list_told(revision: Revision) -> list[Told]:
    """What the notice tells of a revision: its corrections by date, then the totals that changed with them."""
    corrections = sorted(revision.corrections, key=lambda each: each.date)
    told = [Told(at=each.at, date=each.date, old=each.old, new=each.new, reason=each.reason) for each in corrections]
    return told + [Told(at=each.at, date=revision.date, old=each.old, new=each.new) for each in revision.consequences]


def view_corrections(site: Site, path: str, report: Report, revisions: Sequence[Revision]) -> tuple[RevisionView, ...]:
    """The notice of a report's corrections, each revision with a link to the page as it was before."""
    views: list[RevisionView] = []
    count = 0
    for revision in revisions:
        told = list_told(revision)
        items = tuple(view_item(site, report, each, f"correction-{count + n}") for n, each in enumerate(told, 1))
        count += len(items)
        target = page_path(f"{report.id}/{revision.address}")
        label = site.words.fill("earlier_page", date=revision.date)
        views.append(RevisionView(items=items, earlier=LinkView(label=label, href=link_to(path, target))))
    return tuple(views)


def view_item(site: Site, report: Report, told: Told, anchor: str) -> CorrectionItem:
    """One line of the notice."""
    texts = label_place(report, told.at)
    label = site.words.form if told.at == FORM else site.say(texts) if texts else told.at
    sentence = "correction_change" if told.reason else "correction_consequence"
    old, new = (say_text(site, told.at, text) for text in (told.old, told.new))
    return CorrectionItem(
        id=anchor,
        date=told.date,
        label=label,
        lang=site.language_of(texts) if texts else "",
        cell=told.at if has_cell(report, told.at) else "",
        sentence=site.words.fill(sentence, old=old, new=new),
        reason=told.reason,
    )


def has_cell(report: Report, at: str) -> bool:
    """Whether the report's tables have this cell."""
    table_id, _, rest = at.partition(".")
    return table_id in report.tables and report.tables[table_id].table.find_cell(rest) is not None


def say_text(site: Site, at: str, text: str) -> str:
    """A recorded text as a reader understands it."""
    if at == FORM:
        return site.say(site.forms[text].short) if text in site.forms else text
    if text == NOT_APPLICABLE_TEXT:
        return site.words.not_applicable_text
    return text or site.words.blank_spoken


def mark_cells(corrections: Sequence[RevisionView]) -> Mapping[str, str]:
    """By cell, the anchor of what the notice tells of it last."""
    return {item.cell: item.id for revision in corrections for item in revision.items if item.cell}


def view_superseded(site: Site, path: str, report: Report, revision: Revision) -> SupersededView:
    """The notice on the page of a version that is no longer in force."""
    link = LinkView(label=site.words.present_page, href=link_to(path, page_path(report.id)))
    return SupersededView(sentence=site.words.fill("superseded", date=revision.date), present=link)


def frame_superseded(site: Site, frame: PageFrame, report: Report) -> PageFrame:
    """The frame of such a page: search engines are sent to the present one."""
    canonical = absolute_url(site.portal, page_path(report.id))
    return replace(frame, canonical=canonical, meta=(*frame.meta, MetaTag(name="robots", content="noindex")))
