"""A new agency: its folder and who it is."""

from dataclasses import dataclass
from itertools import accumulate

from gaisite.findings import Place, fault
from gaisite.read.folders import RESERVED, YEAR, is_hidden, is_slug
from gaisite.scaffold.files import Scaffold
from gaisite.scaffold.ground import Ground
from gaisite.scaffold.spelling import clean_text, spell_scalar
from gaisite.scaffold.templates import fill_template


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyScaffold:
    """A new agency's file, and where the agency comes to stand."""

    scaffold: Scaffold
    unnamed_parents: tuple[str, ...]
    """The folders above it that are no agencies, outermost first."""


def lay_out_agency(ground: Ground, agency_id: str, *, name: str, kind: str = "") -> AgencyScaffold:
    """The first file of an agency; ContentError where its folder cannot be called so, or there is no such kind."""
    path = f"content/{agency_id}/agency.yaml"
    refuse_folder_name(agency_id, Place(file=path))
    if kind and kind not in ground.kinds:
        raise fault("choice-unknown", Place(file=path), key="kind", found=kind, choices=", ".join(ground.kinds))
    text = fill_template(
        f"{ground.language}/agency.yaml",
        name=spell_scalar(clean_text(name)),
        kinds=", ".join(ground.kinds),
        kind=f"kind: {kind}" if kind else "#kind:",
    )
    return AgencyScaffold(
        scaffold=Scaffold(root=ground.project, files={path: text}),
        unnamed_parents=list_unnamed_parents(ground, agency_id),
    )


def refuse_folder_name(agency_id: str, place: Place) -> None:
    """Raise ContentError where a folder on the way to the agency has a name that an agency cannot have."""
    for folder in agency_id.split("/"):
        if YEAR.fullmatch(folder):
            raise fault("agency-folder-year", place, found=folder)
        if not is_slug(folder) or is_hidden(folder) or folder.lower() in RESERVED:
            raise fault("agency-folder-name", place, found=folder)


def list_unnamed_parents(ground: Ground, agency_id: str) -> tuple[str, ...]:
    """The folders above an agency that are no agencies, outermost first."""
    parents = list(accumulate(agency_id.split("/"), "{}/{}".format))[:-1]
    return tuple(parent for parent in parents if not (ground.content / parent / "agency.yaml").is_file())
