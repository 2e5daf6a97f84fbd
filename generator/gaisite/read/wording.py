"""wording/*.yaml in the package: the words by which checks read narratives, a file a language."""

from collections.abc import Mapping
from dataclasses import fields as list_fields
from functools import cache
from pathlib import Path

from gaisite.findings import Problems
from gaisite.model.wording import Wording
from gaisite.read.fields import Fields
from gaisite.read.files import read_source
from gaisite.read.nodes import read_nodes

WORDINGS = Path(__file__).parent.parent / "wording"
KEYS = tuple(field.name for field in list_fields(Wording))


@cache
def read_wordings() -> Mapping[str, Wording]:
    """The words of each language by its tag; RuntimeError where the package is damaged."""
    problems = Problems()
    wordings = {path.stem: read_wording(path, problems) for path in sorted(WORDINGS.glob("*.yaml"))}
    if problems.findings or any(wording.language != tag for tag, wording in wordings.items()):
        raise RuntimeError(f"the package's wording is damaged: {problems.findings}")
    return wordings


def read_wording(path: Path, problems: Problems) -> Wording:
    """The words of one file."""
    source = read_source(path, path.parent)
    fields = Fields(source, read_nodes(source, problems), problems, KEYS)
    text, words = fields.text, fields.strings
    return Wording(
        language=text("language"),
        year=text("year"),
        month=text("month"),
        day=text("day"),
        digits=words("digits"),
        ten=text("ten"),
        thousand=text("thousand"),
        until=words("until"),
        as_of=words("as_of"),
        period=words("period"),
        plans=words("plans"),
        since=words("since"),
        comparing=words("comparing"),
        nothing=words("nothing"),
        negations=words("negations"),
        electronic=words("electronic"),
        download=words("download"),
        phone=words("phone"),
        formerly=words("formerly"),
        renamed=words("renamed"),
        subject=words("subject"),
        fillers=words("fillers"),
    )
