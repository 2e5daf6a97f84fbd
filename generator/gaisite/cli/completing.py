"""What a shell completes for arguments: names in the project, found quickly, or nothing; never a mistake.

Who presses the Tab key waits: what takes long to import is imported where it is needed.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from gaisite.cli.project import read_settings
from gaisite.read.folders import YEAR, is_slug, name_agency
from gaisite.read.places import PACKAGE_FORMS, find_project

FORM_ID = re.compile(r"^form:[ \t]*['\"]?([^\s'\"#]+)", re.MULTILINE)
CONTENT = "content/"
"""What may stand before an agency, as a shell writes its folder."""


def find_start(ctx: click.Context) -> Path:
    """Where the command would run: no command has run yet that would keep it."""
    return ctx.find_root().params.get("directory") or Path.cwd()


def begin_with(words: Iterable[str], incomplete: str) -> list[str]:
    """The words that begin as what was typed does."""
    return [word for word in words if word.startswith(incomplete)]


def complete_agencies(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The agencies of the project."""
    project = find_project(find_start(ctx))
    lead = CONTENT if incomplete.startswith(CONTENT) else ""
    begun = incomplete.removeprefix(lead)
    return [] if project is None else [f"{lead}{agency}" for agency in walk_agencies(project / "content", "", begun)]


def walk_agencies(folder: Path, above: str, begun: str) -> Iterator[str]:
    """The ids of agencies in a folder that begin so; no folder is opened in which none can be."""
    for name in list_folders(folder):
        agency = f"{above}{name}"
        if not YEAR.fullmatch(name) and is_slug(name) and (agency.startswith(begun) or begun.startswith(f"{agency}/")):
            if agency.startswith(begun) and os.path.isfile(folder / name / "agency.yaml"):
                yield agency
            yield from walk_agencies(folder / name, f"{agency}/", begun)


def list_folders(folder: Path) -> list[str]:
    """The names of the folders in a folder, sorted; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []


def complete_years(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The years of which the agency that was named has a report."""
    return begin_with(list_years(ctx), incomplete)


def complete_next_years(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Those years, and the one after the last."""
    years = list_years(ctx)
    return begin_with([*years, *(str(int(year) + 1) for year in years[-1:])], incomplete)


def complete_new_year(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The year after the last report of the agency that was named."""
    return begin_with((str(int(year) + 1) for year in list_years(ctx)[-1:]), incomplete)


def list_years(ctx: click.Context) -> list[str]:
    """The years of which the agency that the command line names has a report."""
    project = find_project(find_start(ctx))
    agency = name_agency(str(ctx.params.get("agency") or ""))
    return [] if project is None or not agency else find_years(project, agency)


def find_years(project: Path, agency: str) -> list[str]:
    """The years of which an agency has a report."""
    return [name for name in list_folders(project / "content" / agency) if YEAR.fullmatch(name)]


def complete_reports(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The agencies, and the reports of the one that is written out with a stroke behind it."""
    project = find_project(find_start(ctx))
    agency = incomplete.rpartition("/")[0]
    years = find_years(project, name_agency(agency)) if project is not None and agency else []
    return [*begin_with((f"{agency}/{year}" for year in years), incomplete), *complete_agencies(ctx, _, incomplete)]


def complete_forms(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The forms, those of the project too."""
    project = find_project(find_start(ctx))
    folders = [PACKAGE_FORMS] if project is None else [PACKAGE_FORMS, project / "content" / "forms"]
    return begin_with((form for folder in folders for form in list_form_ids(folder)), incomplete)


def list_form_ids(folder: Path) -> Iterator[str]:
    """What the form files of a folder call their forms; the files are searched, not understood."""
    for path in sorted(folder.glob("*.yaml")):
        try:
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        except OSError:
            continue
        if found := FORM_ID.search(text):
            yield found[1]


def complete_checks(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The checks that can be explained."""
    from gaisite.cli.known_checks import list_checks, list_kinds, read_known_forms
    from gaisite.read.catalogue import read_catalogue

    catalogue = read_catalogue()
    checks = (*list_checks(catalogue, read_known_forms(find_project(find_start(ctx)))), *list_kinds(catalogue))
    return begin_with(sorted({check.id for check in checks}), incomplete)


def complete_targets(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The targets that site.yaml names."""
    project = find_project(find_start(ctx))
    portal = None if project is None else read_settings(project)
    return [] if portal is None else begin_with((target.name for target in portal.targets), incomplete)


def complete_theme_files(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """The files that the project's own theme can take over."""
    from gaisite.findings import Problems
    from gaisite.read.themes import find_files, find_theme_folders

    project, problems = find_project(find_start(ctx)), Problems()
    portal = None if project is None else read_settings(project)
    with problems.gather():
        if project is not None and portal is not None:
            own, *others = find_theme_folders(portal.theme, project, portal.place, problems) or (None,)
            known = find_files(tuple(others)) if own == project / "themes" / portal.theme else ()
            return begin_with(sorted(known), incomplete)
    return []
