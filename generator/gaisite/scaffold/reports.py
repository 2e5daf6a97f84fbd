"""A new report: its figures to be filled in, what last year's report tells already, and its sections."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gaisite.findings import Place, Problems
from gaisite.model.children import ChildrenMode
from gaisite.model.content import Agency, Report
from gaisite.model.forms import Form
from gaisite.scaffold.carrying import Carried, begin_report, carry_figures, read_last_report
from gaisite.scaffold.choosing import choose_form, find_neighbour, require_form
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
    """Empty: one that goes on from the agency's reports, or else one in the portal's language."""
    labels: bool = False
    """Whether rows and columns are called by their official labels instead of their ids."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScaffold:
    """A new report's files, and what they were made of."""

    scaffold: Scaffold
    form: Form
    children: ChildrenMode | None
    """Whether it is the sum of those below, or is compared with it, as the agency's report before was."""
    carried: int
    """How many figures were taken over from last year's report."""
    last_findings: bool
    """Whether last year's report has mistakes, so that figures to take over may be missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGround:
    """What a new report is made of."""

    agency: Agency
    form: Form
    carried: Carried = field(default_factory=dict)
    children: ChildrenMode | None = None
    """What the reports of the agencies below are to it; None: nothing."""


def lay_out_report(ground: Ground, wishes: ReportWishes, problems: Problems) -> ReportScaffold | None:
    """The files of a new report; None where the agency cannot be read, its mistakes noted.

    ContentError where there is no such agency or no form for the year.
    """
    agency = find_agency(ground, wishes.agency, problems)
    neighbour = find_neighbour(ground, wishes.agency, wishes.year)
    form = find_form(ground, wishes, neighbour)
    if agency is None:
        return None
    last_problems = Problems()
    before = read_last_report(ground, wishes.agency, wishes.year, last_problems)
    report = begin_report(ground, wishes.agency, wishes.year, form)
    under = ReportGround(
        agency=agency,
        form=form,
        carried=carry_figures(report, before, ground.forms) if before else {},
        children=neighbour.children.mode if neighbour is not None and neighbour.children is not None else None,
    )
    return ReportScaffold(
        scaffold=Scaffold(root=ground.project, files=write_report(wishes, under, ground.language)),
        form=form,
        carried=len(under.carried),
        children=under.children,
        last_findings=bool(last_problems.findings),
    )


def find_form(ground: Ground, wishes: ReportWishes, neighbour: Report | None) -> Form:
    """The form that is wanted, or else the one that the agency's reports lead to; ContentError where there is none."""
    place = Place(file=f"content/{wishes.agency}/{wishes.year}/figures.yaml")
    if wishes.form:
        return require_form(ground.forms, wishes.form, place)
    like = neighbour.form if neighbour is not None else ""
    return choose_form(ground.forms, wishes.year, place, like=like, language=ground.language)


def write_report(wishes: ReportWishes, under: ReportGround, language: str) -> Mapping[str, str]:
    """The files of a new report, by path from the project folder."""
    folder = f"content/{wishes.agency}/{wishes.year}"
    return {
        f"{folder}/figures.yaml": write_figures(wishes, under, language),
        f"{folder}/report.md": write_narrative(under.form, wishes.year, language),
    }


def write_title(form: Form, agency: Agency, year: int, language: str) -> str:
    """The title of the report."""
    title, name = form.title.within(language), agency.name_in(year).within(language)
    return clean_text(title.replace("{year}", str(year)).replace("{agency}", name))


def write_figures(wishes: ReportWishes, under: ReportGround, language: str) -> str:
    """figures.yaml with every row of the form, blank but for what is carried over; without one where all are sums."""
    form, naming = under.form, Naming(labels=wishes.labels, language=language)
    title = write_title(form, under.agency, wishes.year, language)
    if under.children is ChildrenMode.SUM:
        return fill_template(f"{language}/sums.yaml", title=title, form=form.id, children=under.children)
    settings = [f"children: {under.children}\n" if under.children else "", write_units(form, naming)]
    return fill_template(
        f"{language}/figures.yaml",
        title=title,
        form=form.id,
        settings="".join(f"{each}\n" for each in settings if each),
        tables=write_tables(form, naming, under.carried, wishes.year),
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
