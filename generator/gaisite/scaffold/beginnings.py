"""A portal that begins with agencies and the drafts of their first reports, all of it laid out before it is written."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.children import ChildrenMode
from gaisite.model.content import Agency, AgencyName
from gaisite.read.folders import name_agency
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS
from gaisite.scaffold.agencies import lay_out_agency, refuse_folder_name
from gaisite.scaffold.choosing import choose_form
from gaisite.scaffold.files import Scaffold
from gaisite.scaffold.ground import Ground
from gaisite.scaffold.kinds import PortalKind, SampleAgency
from gaisite.scaffold.portals import PAGES, PortalWishes, lay_out_portal, name_portal
from gaisite.scaffold.reports import ReportGround, ReportWishes, write_report
from gaisite.scaffold.spelling import clean_text
from gaisite.scaffold.templates import fill_template
from gaisite.texts import Texts

NO_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAgency:
    """An agency that a portal begins with."""

    id: str
    """Its path below content/."""
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a portal begins with."""

    kind: PortalKind
    agencies: tuple[FirstAgency, ...]
    year: int
    """Of the first reports."""


def count_agencies(kind: PortalKind, names: Sequence[str], folders: Sequence[str]) -> int:
    """How many agencies a portal begins with: as many as are named, or else as the kind has."""
    named = max(len(names), len(folders))
    return len(kind.agencies) if named < (2 if kind.nested else 1) else named


def name_agencies(
    kind: PortalKind, names: Sequence[str], folders: Sequence[str], language: str
) -> tuple[FirstAgency, ...]:
    """The agencies that a portal begins with; what is not named is called as in the kind."""
    said = [clean_text("".join(names[at : at + 1])) for at in range(count_agencies(kind, names, folders))]
    called = [name or suggest_name(kind, index, language) for index, name in enumerate(said)]
    placed = ["".join(folders[at : at + 1]) or suggest_folder(kind, at, name) for at, name in enumerate(called)]
    return tuple(
        FirstAgency(id=place, name=name, kind=take_sample(kind, index).kind)
        for index, (place, name) in enumerate(zip(place_folders(kind, placed), called, strict=True))
    )


def place_folders(kind: PortalKind, folders: Sequence[str]) -> list[str]:
    """The ids of agencies in these folders: of a nested kind all but the first lie in it."""
    first, *others = map(name_agency, folders)
    return [first, *(f"{first}/{each}" if kind.nested else each for each in others)]


def take_sample(kind: PortalKind, index: int) -> SampleAgency:
    """What an agency is modelled on: the kind's of its place, or else its last."""
    return kind.agencies[min(index, len(kind.agencies) - 1)]


def suggest_name(kind: PortalKind, index: int, language: str) -> str:
    """What an agency is called that nobody has named; a number tells those apart of which the kind has none."""
    name = take_sample(kind, index).name.within(language)
    return name if index < len(kind.agencies) else f"{name} {index + 1}"


def suggest_folder(kind: PortalKind, index: int, name: str) -> str:
    """A folder for an agency: the kind's for its own name, otherwise what the name gives in small letters."""
    sample = take_sample(kind, index)
    if index < len(kind.agencies) and any(name == each for _, each in sample.name.by_language):
        return sample.folder
    slug = NO_SLUG.sub("-", name.casefold()).strip("-") if name.isascii() else ""
    return slug[:60].strip("-") or f"agency-{index + 1}"


def read_package_ground(folder: Path, language: str) -> Ground:
    """A project that is still to be made: it has the package's forms."""
    problems = Problems()
    forms = read_forms((PACKAGE_FORMS,), folder, problems)
    if problems.findings:
        raise RuntimeError(f"the package's forms are damaged: {problems.findings}")
    return Ground(project=folder, language=language, forms=forms)


def lay_out_beginning(folder: Path, wishes: PortalWishes, beginning: Beginning) -> Scaffold:
    """The files of a portal with agencies and drafts of their reports, which can be checked and built as it is.

    ContentError where an agency's folder cannot be called so, or where no form serves the year.
    """
    kind = beginning.kind
    refuse_folders([agency.id for agency in beginning.agencies])
    ground = read_package_ground(folder, wishes.language)
    title = clean_text(wishes.title) or (kind.title.within(wishes.language) if kind.title else "")
    portal = lay_out_portal(folder, replace(wishes, title=title))
    files = {
        **portal.files,
        "README.txt": write_readme(name_portal(title, wishes.language), beginning, wishes.language),
    }
    for index, first in enumerate(beginning.agencies):
        files.update(lay_out_agency(ground, first.id, name=first.name, kind=first.kind).scaffold.files)
        is_sum = kind.nested and index == 0
        files.update(draft_report(ground, beginning, first, ChildrenMode.SUM if is_sum else None))
    return Scaffold(root=folder, files=files)


def refuse_folders(ids: Sequence[str]) -> None:
    """Raise ContentError where two agencies would lie in one folder, or where one would at the address of a page."""
    seen = {page.casefold() for page in PAGES}
    for agency_id in ids:
        place, address = Place(file=f"content/{agency_id}/agency.yaml"), agency_id.casefold()
        refuse_folder_name(agency_id, place)
        if address in seen:
            raise fault("agency-folder-taken", place, found=agency_id)
        seen.add(address)


def draft_report(
    ground: Ground, beginning: Beginning, first: FirstAgency, children: ChildrenMode | None
) -> Mapping[str, str]:
    """The files of an agency's first report."""
    wishes = ReportWishes(agency=first.id, year=beginning.year)
    place = Place(file=f"content/{first.id}/{beginning.year}/figures.yaml")
    form = choose_form(ground.forms, beginning.year, place, like=beginning.kind.form)
    agency = Agency(
        id=first.id, names=(AgencyName(name=Texts(((ground.language, first.name),))),), kind=first.kind, place=place
    )
    return write_report(wishes, ReportGround(agency=agency, form=form, children=children), ground.language)


def write_readme(title: str, beginning: Beginning, language: str) -> str:
    """What tells the editor where the drafts are and how to go on."""
    last = beginning.agencies[-1].id
    return fill_template(
        f"{language}/README-drafts.txt",
        title=title,
        drafts="\n".join(list_drafts(beginning)),
        folder=last,
        next_year=str(beginning.year + 1),
    )


def list_drafts(beginning: Beginning) -> Iterator[str]:
    """Where each draft lies, and whose it is."""
    for first in beginning.agencies:
        yield f"   content/{first.id}/{beginning.year}/  {first.name}"
