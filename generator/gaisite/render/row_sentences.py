"""The rows of a table over the years in words: the latest figure, and its change where that may be told."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from gaisite.model.history import Change, Point, Series
from gaisite.model.numbers import write_number
from gaisite.model.tables import Line
from gaisite.render.cells import write_figure
from gaisite.render.chart_courses import JOINED
from gaisite.render.parts import SentenceView
from gaisite.render.site import Site


def say_rows(
    site: Site, rows: Sequence[Line], series: Mapping[str, Series], drafts: Collection[int] = ()
) -> tuple[SentenceView, ...]:
    """A sentence for each row that stands for a series; `series` is by the row's id, `drafts` are years."""
    return tuple(
        SentenceView(label=label, lang=lang, text=say_series(site, series[line.id], drafts))
        for label, lang, line in name_rows(site, rows, "")
        if line.id in series
    )


def name_rows(site: Site, rows: Sequence[Line], above: str) -> Iterator[tuple[str, str, Line]]:
    """Each row that has no others below it, with a name that tells it from all others, and the language of that."""
    for line in rows:
        own, lang = site.say(line.label), site.language_of(line.label)
        label = site.words.fill("row_path", group=above, row=own) if above else own
        if line.lines:
            yield from name_rows(site, line.lines, label)
        else:
            yield label, lang, line


def say_series(site: Site, series: Series, drafts: Collection[int] = ()) -> str:
    """What a row says of the latest year for which there is a report."""
    last = max((place for place, point in enumerate(series.points) if point.published), default=0)
    point, change = series.points[last], series.changes[last]
    value = say_point(site, point, draft=point.year in drafts)
    if point.figure.value is None or last == 0:
        return site.words.fill("row_sentence", finding=value)
    finding = say_change(site, value, point, change)
    if change.caveat and point.note is not None:
        finding = site.words.fill("row_caveat", finding=finding, note=site.say(point.note).rstrip("。."))
    return site.words.fill("row_sentence", finding=finding)


def say_point(site: Site, point: Point, *, draft: bool) -> str:
    """The figure of a year with its unit; its state in words where it is no number."""
    if point.figure.value is None:
        text, spoken = write_figure(point.figure, site.words, draft=draft)
        return site.words.fill("row_state", year=point.year, state=spoken or text)
    return site.words.fill("row_value", year=point.year, count=point.figure.text, unit=site.say(point.unit))


def say_change(site: Site, value: str, point: Point, change: Change) -> str:
    """The figure with its change from the year before, or with the reason why none can be told."""
    words = site.words
    if change.guard not in JOINED or change.absolute is None:
        reason = getattr(words, f"row_{change.guard.name.lower()}")
        return words.fill("row_not_compared", value=value, reason=reason)
    if change.absolute == 0:
        return words.fill("row_same", value=value)
    key = "row_up" if change.absolute > 0 else "row_down"
    difference = write_number(change.absolute).lstrip("-")
    sentence = words.fill(key, value=value, change=difference, unit=site.say(point.unit))
    if change.percent is None:
        return sentence
    return words.fill("row_percent", sentence=sentence, percent=write_number(change.percent).lstrip("-"))
