"""What other programs may import: check and build a project, read its reports and forms as values.

docs/api.md describes it and says how it may change. Nothing else in this package is public.
"""

from os import PathLike
from pathlib import Path

from gaisite import build
from gaisite.api.describing import describe_check, describe_finding, describe_form, describe_report
from gaisite.api.values import (
    Built,
    Cell,
    Checked,
    Finding,
    Form,
    FormLine,
    FormTable,
    Language,
    ProjectError,
    Report,
)
from gaisite.build.reading import ReadWishes, UnknownAgency, UnreadableProject, read_data
from gaisite.findings import Problems, Severity
from gaisite.model.content import State
from gaisite.read.catalogue import read_catalogue
from gaisite.read.forms import read_forms as read_form_files
from gaisite.read.places import PACKAGE_FORMS

__all__ = [
    "Built",
    "Cell",
    "Checked",
    "Finding",
    "Form",
    "FormLine",
    "FormTable",
    "Language",
    "ProjectError",
    "Report",
    "Severity",
    "State",
    "build_project",
    "check_project",
    "find_project",
    "read_forms",
    "read_reports",
]


def find_project(start: str | PathLike[str]) -> Path | None:
    """The nearest folder from `start` upward with content/site.yaml; None where there is none."""
    return build.find_project(Path(start))


def check_project(
    project: str | PathLike[str], *, drafts: bool = False, jobs: int = 1, language: Language = "en"
) -> Checked:
    """Read and check a project; nothing is written. Raises ProjectError where the folder is none.

    `jobs`: how many processes may work on it, 0 for as many as there are processors.
    """
    options = build.BuildOptions(project=require_project(project), drafts=drafts, jobs=jobs)
    return describe_check(build.check_site(options), language)


def build_project(  # noqa: PLR0913 - the options of the command
    project: str | PathLike[str],
    *,
    output: str | PathLike[str] | None = None,
    strict: bool = False,
    drafts: bool = False,
    base_url: str | None = None,
    jobs: int = 1,
    language: Language = "en",
) -> Built:
    """Read, check and write the site, into the project's folder site/ unless `output` names another.

    `strict`: warnings forbid it too. What forbids it is a finding, not an exception, a folder that may not be written
    to as well. Raises ProjectError where the folder is no project.
    """
    options = build.BuildOptions(
        project=require_project(project),
        output=None if output is None else Path(output),
        strict=strict,
        drafts=drafts,
        base_url=base_url,
        jobs=jobs,
    )
    result = build.build_site(options)
    return Built(
        checked=describe_check(result, language),
        site=options.site,
        finished=result.written is not None,
        changed=result.written.changed if result.written is not None else (),
    )


def read_reports(
    project: str | PathLike[str], *, agency: str = "", drafts: bool = False, language: Language = "en"
) -> tuple[Report, ...]:
    """The reports of one agency, or of all, by agency and year.

    A report that cannot be read whole is left out: `check_project` says what is wrong with it. One whose sums do not
    hold is there, as it was published. Raises ProjectError.
    """
    try:
        found = read_data(ReadWishes(project=require_project(project), agency=agency, drafts=drafts))
    except UnreadableProject as error:
        findings = tuple(describe_finding(each, read_catalogue(), language) for each in error.findings)
        message = findings[0].message if findings else str(project)
        raise ProjectError(message, findings) from None
    except UnknownAgency as error:
        near = f"; did you mean {error.near}?" if error.near else ""
        raise ProjectError(f"there is no agency “{error.name}”{near}") from None
    return tuple(describe_report(report) for report in found)


def read_forms(project: str | PathLike[str] | None = None) -> tuple[Form, ...]:
    """The statutory forms that come with gaisite, and those of a project; a form with mistakes is left out."""
    folder = None if project is None else require_project(project)
    folders = (PACKAGE_FORMS,) if folder is None else (PACKAGE_FORMS, folder / "content" / "forms")
    found = read_form_files(folders, folder or PACKAGE_FORMS, Problems())
    return tuple(describe_form(form) for form in found.values())


def require_project(project: str | PathLike[str]) -> Path:
    """The folder of a project, whole; ProjectError where it is none."""
    folder = Path(project).resolve()
    if build.find_project(folder) != folder:
        raise ProjectError(f"{project} has no content/site.yaml")
    return folder
