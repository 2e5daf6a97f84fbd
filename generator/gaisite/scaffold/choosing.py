"""Which form a new report is on: that of the agency's reports before, or else one in the portal's language."""

from collections.abc import Callable, Iterable, Mapping

from gaisite.findings import Place, Problems, fault
from gaisite.model.content import Report
from gaisite.model.forms import Form
from gaisite.read.fields import nearest
from gaisite.read.folders import YEAR
from gaisite.scaffold.carrying import read_report
from gaisite.scaffold.ground import Ground

Step = Callable[[Mapping[str, Form], str], Iterable[str]]
"""From a form to those next to it."""


def find_neighbour(ground: Ground, agency: str, year: int) -> Report | None:
    """The agency's last report before a year that can be read, or else the first after it; None where there is none."""
    folder = ground.content / agency
    years = {int(each.name) for each in folder.iterdir() if YEAR.fullmatch(each.name)} if folder.is_dir() else set()
    before = sorted((each for each in years if each < year), reverse=True)
    after = sorted(each for each in years if each > year)
    reports = (read_report(ground, agency, each, Problems()) for each in (*before, *after))
    return next((report for report in reports if report is not None), None)


def require_form(forms: Mapping[str, Form], form_id: str, place: Place) -> Form:
    """The form of this id; ContentError where there is none."""
    if form_id not in forms:
        raise fault("form-unknown", place, found=form_id, near=nearest(form_id, forms), known=", ".join(forms))
    return forms[form_id]


def choose_form(forms: Mapping[str, Form], year: int, place: Place, *, like: str = "", language: str = "") -> Form:
    """The latest form that serves a year; ContentError where there is none.

    Of those that serve it one that continues the form `like` comes first, then one in the language.
    """
    serving = {form.id: form for form in forms.values() if form.serves(year)}
    if not serving:
        known = ", ".join(f"{form.id} ({form.first_year}–{form.last_year or ''})" for form in forms.values())
        raise fault("form-none", place, year=str(year), known=known)
    for chain in (follow(forms, like, list_successors), follow(forms, like, list_predecessors)):
        if related := [serving[each] for each in chain if each in serving]:
            return max(related, key=lambda form: form.first_year)
    spoken = [form for form in serving.values() if name_base(form.language) == name_base(language)]
    return max(spoken or serving.values(), key=lambda form: form.first_year)


def follow(forms: Mapping[str, Form], start: str, step: Step) -> list[str]:
    """A form and all that can be come to from it; none where there is no such form."""
    found = [start] if start in forms else []
    for form_id in found:
        found.extend(each for each in step(forms, form_id) if each in forms and each not in found)
    return found


def list_successors(forms: Mapping[str, Form], form_id: str) -> Iterable[str]:
    """The forms that continue a form."""
    return (form.id for form in forms.values() if form.continuity_with(form_id) is not None)


def list_predecessors(forms: Mapping[str, Form], form_id: str) -> Iterable[str]:
    """The forms that a form continues."""
    return (each.form for each in forms[form_id].continuity)


def name_base(language: str) -> str:
    """A language without its script and country."""
    return language.partition("-")[0]
