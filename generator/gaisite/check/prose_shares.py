"""Shares in prose: each against the table, and those of one whole against a hundred."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gaisite.check.measure_values import count_reading, is_rounded, label_reading
from gaisite.check.naming import Naming
from gaisite.findings import Finding, fault
from gaisite.model.content import Report
from gaisite.model.measures import Reading
from gaisite.model.numbers import write_number
from gaisite.model.percentages import take_percentage
from gaisite.model.prose import Passage
from gaisite.model.sums import list_components, list_parts
from gaisite.model.tables import Axis


def is_share(report: Report, naming: Naming, readings: Sequence[Reading]) -> bool:
    """Whether a percentage is the share that some cells have in the whole."""
    parts = [value for reading in readings for value in count_reading(report, reading).values]
    return is_part(report, naming, parts)


def is_part(report: Report, naming: Naming, parts: Sequence[int | Decimal]) -> bool:
    """Whether a percentage is what one of some numbers makes of the whole."""
    wholes = [value for value in count_reading(report, naming.whole).values if value]
    shares = (Fraction(part) * 100 / Fraction(whole) for part in parts for whole in wholes)
    return any(is_rounded(share, naming.number) for share in shares)


def check_share(passage: Passage, report: Report, naming: Naming) -> Iterator[Finding]:
    """A percentage that is the share neither of its cell nor of the number before it, of which more is told there."""
    number, part, whole = naming.number, count_reading(report, naming.readings[0]), count_reading(report, naming.whole)
    if not part.values or not any(whole.values):
        return
    if is_share(report, naming, naming.readings) or (naming.count and is_part(report, naming, [naming.count.value])):
        return
    yield fault(
        "share-disagrees", passage.place_of(number.start, number.unit_end - number.start), str(naming.readings[0][0]),
        number=number.written, cell=label_reading(report, naming.readings[0]), value=write_number(part.values[0]),
        whole=write_number(whole.values[0]), share=write_number(take_percentage(part.values[0], whole.values[0])),
    ).finding  # fmt: skip


def check_share_sum(passage: Passage, report: Report, namings: Sequence[Naming]) -> Iterator[Finding]:
    """The percentages of a sentence that name all parts of one whole and do not add up to about a hundred."""
    shares = [each for each in namings if each.number.percent and each.whole == namings[-1].whole]
    if len(shares) < 2 or not shares[0].whole or not covers_whole(report, shares):
        return
    added = sum((Fraction(each.number.value) for each in shares), Fraction(0))
    slack = sum((Fraction(1, 10**each.number.decimals) for each in shares), Fraction(0))
    if abs(added - 100) <= slack:
        return
    first, last = shares[0].number, shares[-1].number
    yield fault(
        "share-sum", passage.place_of(first.start, last.end - first.start), str(shares[0].whole[0]),
        parts="+".join(write_number(each.number.value) for each in shares),
        sum=write_number(Decimal(added.numerator) / Decimal(added.denominator)),
    ).finding  # fmt: skip


def covers_whole(report: Report, shares: Sequence[Naming]) -> bool:
    """Whether the shares are of all parts of the whole, but for those that are 0 or blank, and of none twice."""
    whole = shares[0].whole[0]
    table = report.tables[whole.table].table
    line = table.find(Axis.ROWS, whole.row)
    parts = list_parts(table, Axis.ROWS, line) if line is not None else ()
    filled = {part for part in parts if any(count_reading(report, (replace(whole, row=part),)).values)}
    cells = [address for each in shares for address in each.readings[0]]
    named = [row for each in cells for row in list_components(table, Axis.ROWS, each.row)]
    return bool(parts) and len(named) == len(set(named)) and filled <= set(named)
