"""A new report: its figures to be filled in, what last year's report tells already, and its sections."""

from collections.abc import Mapping
from dataclasses import dataclass

from gaisite.findings import Place, Problems, fault
from gaisite.model.content import Agency
from gaisite.model.forms import Form
from gaisite.read.fields import nearest
from gaisite.scaffold.carrying import Carried, begin_report, carry_figures, read_last_report
from gaisite.scaffold.files import Scaffold
from gaisite.scaffold.ground import Ground, find_agency
from gaisite.scaffold.rows import Naming
from gaisite.scaffold.spelling import clean_text, spell_heading
from gaisite.scaffold.tables import write_tables, write_units
from gaisite.scaffold.templates import fill_template
from gaisite.texts import Texts

COLON = Texts.of({"zh-CN": "：", "en": ": "})
GUIDANCE = Texts.of({"zh-CN": "各部分的要求：", "en": "What each section must tell:"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWishes:
    """Which report is wanted, and how."""

    agency: str
    """Id."""
    year: int
    form: str = ""
    """Empty: the latest that serves the year."""
    labels: bool = False
    """Whether rows and columns are called by their official labels instead of their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScaffold:
    """A new report's files, and what they were made of."""

    scaffold: Scaffold
    form: Form
    carried: int
    """How many figures were taken over from last year's report."""
    last_findings: bool
    """Whether last year's report has mistakes, so that figures to take over may be missing."""


def lay_out_report(ground: Ground, wishes: ReportWishes, problems: Problems) -> ReportScaffold | None:
    """The files of a new report; None where the agency cannot be read, its mistakes noted.

    ContentError where there is no such agency or no form for the year.
    """
    folder = f"content/{wishes.agency}/{wishes.year}"
    agency = find_agency(ground, wishes.agency, problems)
    form = choose_form(ground.forms, wishes, Place(file=f"{folder}/figures.yaml"))
    if agency is None:
        return None
    last_problems = Problems()
    before = read_last_report(ground, wishes.agency, wishes.year, last_problems)
    report = begin_report(ground, wishes.agency, wishes.year, form)
    carried = carry_figures(report, before, ground.forms) if before else {}
    title = write_title(form, agency, wishes.year, ground.language)
    files = {
        f"{folder}/figures.yaml": write_figures(form, wishes, title, carried, ground.language),
        f"{folder}/report.md": write_narrative(form, wishes.year, ground.language),
    }
    return ReportScaffold(
        scaffold=Scaffold(root=ground.project, files=files),
        form=form,
        carried=len(carried),
        last_findings=bool(last_problems.findings),
    )


def choose_form(forms: Mapping[str, Form], wishes: ReportWishes, place: Place) -> Form:
    """The form that is wanted, or else the latest one that serves the year; ContentError where there is none."""
    if wishes.form:
        if wishes.form not in forms:
            near, known = nearest(wishes.form, forms), ", ".join(forms)
            raise fault("form-unknown", place, found=wishes.form, near=near, known=known)
        return forms[wishes.form]
    serving = [form for form in forms.values() if form.serves(wishes.year)]
    if not serving:
        known = ", ".join(f"{form.id} ({form.first_year}–{form.last_year or ''})" for form in forms.values())
        raise fault("form-none", place, year=str(wishes.year), known=known)
    return max(serving, key=lambda form: form.first_year)


def write_title(form: Form, agency: Agency, year: int, language: str) -> str:
    """The title of the report."""
    title, name = form.title.within(language), agency.name_in(year).within(language)
    return clean_text(title.replace("{year}", str(year)).replace("{agency}", name))


def write_figures(form: Form, wishes: ReportWishes, title: str, carried: Carried, language: str) -> str:
    """figures.yaml with every row of the form, blank but for what is carried over."""
    naming = Naming(labels=wishes.labels, language=language)
    units = write_units(form, naming)
    return fill_template(
        f"{language}/figures.yaml",
        title=title,
        form=form.id,
        units=f"{units}\n" if units else "",
        tables=write_tables(form, naming, carried, wishes.year),
    )


def write_narrative(form: Form, year: int, language: str) -> str:
    """report.md with the official headings, and what the notice demands of each section in comments."""
    colon = COLON.within(language)
    guidance = "".join(
        f"# {clean_text(section.heading.within(language))}{colon}{clean_text(section.guidance.within(language))}\n"
        for section in form.sections
        if section.guidance
    )
    return fill_template(
        f"{language}/report.md",
        next_year=str(year + 1),
        guidance=f"\n# {GUIDANCE.within(language)}\n{guidance}" if guidance else "",
        sections="\n\n".join(f"## {spell_heading(section.heading.official)}" for section in form.sections),
    )
