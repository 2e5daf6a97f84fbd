"""Figures and sites as values, for the tests of charts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from gaisite.build.project import read_common
from gaisite.findings import Problems
from gaisite.model.content import BLANK, NOT_IN_FORM, Figure, State
from gaisite.model.forms import Relation
from gaisite.model.history import Break, History, Point, Series
from gaisite.model.tables import Address, Line
from gaisite.relate.changes import compare_points
from gaisite.render.chart_courses import Course
from gaisite.render.chart_figures import NOTHING_LEFT_OUT, Part, Whole
from gaisite.render.chart_parts import ChartFrame
from gaisite.render.chart_sentences import Speaker
from gaisite.render.site import Site
from gaisite.render.words import Words
from gaisite.texts import Texts
from tests.check.values import number, texts

ROOT = Path(__file__).parents[2]
FRAME = ChartFrame(id="chart", caption="Caption", title="Title", description="Description")
UNITS = Texts((("zh-CN", "件"), ("en", "cases")))
NO_REPORT = "no report"
"""Stands for a year without a report."""
FORMS = ("cn-gai-2014", "cn-gai-2019", "cn-gai-2021")


@cache
def make_site(language: str = "en") -> Site:
    """The site of this repository in one language."""
    common = read_common(ROOT, Problems(), drafts=False, base_url=None)
    assert common is not None
    portal = replace(common.portal, language=language)
    return replace(common.site, portal=portal, words=Words(language, common.site.theme.words[language]))


def make_speaker(language: str = "en") -> Speaker:
    site = make_site(language)
    return Speaker(site=site, unit=site.say(UNITS))


def make_figure(value: int | str | Figure | None) -> Figure:
    """A number; a blank for None."""
    if isinstance(value, Figure):
        return value
    return BLANK if value is None else number(value)


def make_whole(
    values: Mapping[str, int | str | Figure | None] | Sequence[int],
    printed: int | None = None,
    *,
    label: str = "",
    has_total: bool = True,
) -> Whole:
    """Parts with these figures, named A, B, C where they have no names."""
    if not isinstance(values, Mapping):
        values = {chr(ord("A") + position): value for position, value in enumerate(values)}
    parts = []
    for name, value in values.items():
        figure = make_figure(value)
        parts.append(Part(label=texts(name), figure=figure, complete=figure.state in NOTHING_LEFT_OUT))
    return Whole(
        label=texts(label) if label else None,
        parts=tuple(parts),
        has_total=has_total,
        printed=None if printed is None else number(printed),
    )


def make_series(
    values: Mapping[int, int | str | State | None],
    relations: Mapping[int, Relation] | None = None,
    units: Mapping[int, Texts] | None = None,
) -> Series:
    """A series: numbers, None for a blank, `State.NOT_IN_FORM`, NO_REPORT; years of a change of form with its relation."""
    points = []
    for year, value in values.items():
        if value == NO_REPORT:
            points.append(Point(year=year, figure=NOT_IN_FORM, published=False))
        elif value is State.NOT_IN_FORM:
            points.append(Point(year=year, figure=NOT_IN_FORM))
        else:
            relation, unit = (relations or {}).get(year, Relation.SAME), (units or {}).get(year, UNITS)
            assert not isinstance(value, State)
            points.append(Point(year=year, figure=make_figure(value), relation=relation, unit=unit))
    changes = tuple(compare_points(before, now) for before, now in zip([None, *points], points, strict=False))
    line = Line(id="new", label=texts("New"))
    cell = Address(table="t", row="new", column="total")
    return Series(cell=cell, row=line, column=line, points=tuple(points), changes=changes)


def make_course(values: Mapping[int, int | str | State | None], **settings: Mapping[int, Relation]) -> Course:
    return Course(label="New cases", series=make_series(values, **settings))  # type: ignore[arg-type]


def make_history(years: Sequence[int], *firsts: int) -> History:
    """Years, in some of which another form began to be used."""
    forms = {year: FORMS[sum(first <= year for first in firsts)] for year in years}
    breaks = tuple(
        Break(before=before, after=after, note=texts("The form changed."))
        for before, after in pairwise(years)
        if after in firsts
    )
    return History(agency="a", years=tuple(years), published=tuple(years), forms=forms, breaks=breaks, tables=())


def read_length(text: str) -> int:
    """Tenths of an em or of a percent."""
    digits = text.removesuffix("em").removesuffix("%")
    whole, _, tenth = digits.partition(".")
    return int(whole) * 10 + int(tenth or 0)
