"""Which agencies below have not published while the others have."""

from collections.abc import Iterable, Iterator, Sequence

from gaisite.findings import Finding, Place
from gaisite.model.summary import AgencySummary


def check_children(years: Iterable[int], children: Sequence[AgencySummary], content: str) -> Iterator[Finding]:
    """A finding for each agency below whose reports end before those of the agency above, told at its agency.yaml.

    A year counts where at least half of those that should have a report have one. A gap between two reports is told
    as such. `years` are those of the reports of the agency above; `content` is the folder of all agencies.
    """
    told = [year for year in sorted(years) if is_told(year, children)]
    for child in children:
        last = max((report.year for report in child.reports), default=0)
        missing = [str(year) for year in told if year > last and child.is_expected(year)]
        if missing:
            place = Place(file=f"{content}/{child.id}/agency.yaml")
            facts = (("agency", child.name), ("years", ", ".join(missing)))
            yield Finding(check="child-missing", place=place, at=child.id, facts=facts)


def is_told(year: int, children: Sequence[AgencySummary]) -> bool:
    """Whether at least half of the agencies below that should have a report for a year have one."""
    expected = [child for child in children if child.is_expected(year)]
    published = sum(child.find_report(year) is not None for child in expected)
    return bool(published) and 2 * published >= len(expected)
