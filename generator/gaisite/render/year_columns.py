"""The columns of tables over the years."""

from dataclasses import replace

from gaisite.model.history import History
from gaisite.model.tables import Line
from gaisite.render.site import Site
from gaisite.texts import Texts

CHANGE = "change"
YEAR = "y"


def list_year_columns(site: Site, history: History, *, change: bool = True) -> tuple[Line, ...]:
    """The years as columns, under the form of each where there is more than one; then, if wanted, the latest change."""
    years = [Line(id=f"{YEAR}{year}", label=plain(site.words.fill("year", year=year))) for year in history.years]
    if history.breaks:
        years = group_years(site, history)
    if not change or len(history.years) == 1:
        return tuple(years)
    return (*years, Line(id=CHANGE, label=plain(site.words.fill("change_in", year=history.years[-1]))))


def group_years(site: Site, history: History) -> list[Line]:
    """The years under their forms; a year without a report counts to the form before it."""
    groups: list[Line] = []
    form = ""
    for year in history.years:
        own = history.forms.get(year, form)
        if own != form:
            form = own
            groups.append(Line(id=f"form{len(groups)}", label=site.forms[form].short))
        group = groups[-1]
        line = Line(id=f"{group.id}.{YEAR}{year}", label=plain(site.words.fill("year", year=year)))
        groups[-1] = replace(group, lines=(*group.lines, line))
    return groups


def plain(text: str) -> Texts:
    """A text in the language of the page."""
    return Texts((("", text),))


def year_of(line: Line) -> int | None:
    """The year of a column; None for the change."""
    key = line.key
    return int(key.removeprefix(YEAR)) if key != CHANGE else None
