"""What is there before something is added: the portal's language, the forms, the agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.content import Agency
from gaisite.model.forms import Form
from gaisite.read.agencies import read_agency
from gaisite.read.fields import nearest
from gaisite.read.files import read_source
from gaisite.read.folders import is_slug, scan_agencies
from gaisite.read.forms import read_forms
from gaisite.read.places import PACKAGE_FORMS, SETTINGS
from gaisite.read.settings import read_portal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A project to which something is added."""

    project: Path
    language: str
    """Of the portal, and so of the comments in new files."""
    forms: Mapping[str, Form]

    @property
    def content(self) -> Path:
        """The folder of all that is edited."""
        return self.project / "content"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of agency that the forms know."""
        return tuple(sorted({kind for form in self.forms.values() for due in form.deadlines for kind in due.kinds}))


def read_ground(project: Path, problems: Problems) -> Ground | None:
    """The project as it is; None where its settings cannot be read. Mistakes in it are noted."""
    with problems.gather():
        portal = read_portal(read_source(project / SETTINGS, project), problems)
        if portal is not None:
            forms = read_forms((PACKAGE_FORMS, project / "content" / "forms"), project, problems)
            return Ground(project=project, language=portal.language, forms=forms)
    return None


def find_agency(ground: Ground, agency_id: str, problems: Problems) -> Agency | None:
    """The agency of this id; None where its file cannot be read. ContentError where there is none."""
    path = ground.content / agency_id / "agency.yaml"
    if not all(is_slug(part) for part in agency_id.split("/")) or not path.is_file():
        known = [folder.id for folder in scan_agencies(ground.content, ground.project, Problems())]
        place = Place(file=f"content/{agency_id}/agency.yaml")
        raise fault("agency-unknown", place, found=agency_id, near=nearest(agency_id, known))
    return read_agency(read_source(path, ground.project), agency_id, ground.kinds, ground.language, problems)
