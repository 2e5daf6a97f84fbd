"""Text that agencies side by side share in their reports of one year: seen from their summaries alone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gaisite.check.paragraphs import KEPT, read_values
from gaisite.findings import Finding, Place, fault
from gaisite.model.summary import AgencySummary, ReportSummary, Sketch

NEEDED = 13
"""Values of two sketches that must be the same: about four fifths of their text is."""
RARE = KEPT - NEEDED + 1
"""So many values of a sketch, at least one of which any sketch that is enough alike has too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A paragraph of one report among those of its year."""

    agency: str
    report: ReportSummary
    sketch: Sketch
    values: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Paragraphs that are like the first of them."""

    first: Shared
    others: list[Shared] = field(default_factory=list)


def check_shared(agencies: Iterable[AgencySummary]) -> Iterator[Finding]:
    """A finding for each paragraph that stands in the reports of several agencies for one year, told at the first.

    `agencies` are those with the same parent.
    """
    by_year: dict[int, list[tuple[str, ReportSummary]]] = {}
    for agency in sorted(agencies, key=lambda each: each.id):
        for report in agency.reports:
            by_year.setdefault(report.year, []).append((agency.id, report))
    for year in sorted(by_year):
        # Only one year is in memory at a time: the values of a large portal's paragraphs take more than all else.
        for group in group_alike([shared for each in by_year[year] for shared in list_shared(*each)]):
            yield from tell(group)


def list_shared(agency: str, report: ReportSummary) -> Iterator[Shared]:
    """The paragraphs of a report."""
    for sketch in report.sketches:
        yield Shared(agency=agency, report=report, sketch=sketch, values=frozenset(read_values(sketch.values)))


def group_alike(paragraphs: Sequence[Shared]) -> Iterable[Group]:
    """The paragraphs in groups, each paragraph in that of the first one that it is like.

    Paragraphs are looked up by the rarest values of their sketches, so that phrases which all reports have make no
    work: it takes little more time for each report in a thousand than for each in ten.
    """
    frequency = Counter(value for values in {each.values for each in paragraphs} for value in values)
    same: dict[frozenset[int], Group] = {}
    index: dict[int, list[Group]] = {}
    groups = []
    for paragraph in paragraphs:
        rarest = sorted(paragraph.values, key=lambda value: (frequency[value], value))[:RARE]
        near = (group for value in rarest for group in index.get(value, ()) if is_alike(paragraph, group.first))
        group = same.get(paragraph.values) or next(near, None)
        if group is None:
            group = Group(first=paragraph)
            groups.append(group)
            for value in rarest:
                index.setdefault(value, []).append(group)
        else:
            group.others.append(paragraph)
        same[paragraph.values] = group
    return groups


def is_alike(one: Shared, other: Shared) -> bool:
    """Whether two paragraphs are nearly the same, as far as their sketches tell."""
    less, more = sorted((one.sketch.size, other.sketch.size))
    return NEEDED * more <= KEPT * less and len(one.values & other.values) >= NEEDED


def tell(group: Group) -> Iterator[Finding]:
    """The finding about a group, where it has paragraphs of more than one agency."""
    first = group.first
    others = [each for each in group.others if each.agency != first.agency]
    agencies = {each.agency for each in others}
    if others:
        place = Place(file=first.report.narrative, line=first.sketch.line)
        yield fault(
            "text-shared", place, f"sections.{first.sketch.section}", begin=first.sketch.begin,
            other=others[0].report.name, more=str(len(agencies)) if len(agencies) > 1 else "",
            file=f"{others[0].report.narrative}:{others[0].sketch.line}",
        ).finding  # fmt: skip
