"""What a portal can begin as, from kinds.yaml beside this module: the agencies that it begins with, and their form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gaisite.findings import Problems
from gaisite.read.fields import Fields
from gaisite.read.files import read_source
from gaisite.read.nodes import MappingNode, read_nodes
from gaisite.read.settings import LANGUAGES
from gaisite.texts import Texts

KINDS = Path(__file__).parent / "kinds.yaml"
KEYS = ("label", "title", "language", "form", "nested", "agencies")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAgency:
    """An agency as nobody has named it yet."""

    folder: str
    name: Texts
    kind: str
    """As in agency.yaml; empty: any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalKind:
    """What a portal can begin as."""

    id: str
    label: Texts
    title: Texts | None
    """None: one that fits any."""
    language: str
    """Of its pages, unless another is wanted."""
    form: str
    nested: bool
    """Whether the first agency is that of which the others are part, and the sum of them."""
    agencies: tuple[SampleAgency, ...]

    @property
    def is_single(self) -> bool:
        """Whether it is for one agency only."""
        return len(self.agencies) == 1


@cache
def read_kinds() -> Mapping[str, PortalKind]:
    """The kinds by id, in their order; RuntimeError where the package is damaged."""
    problems = Problems()
    source = read_source(KINDS, KINDS.parent)
    root = read_nodes(source, problems)
    entries = root.entries if isinstance(root, MappingNode) else ()
    kinds = {key.text: read_kind(key.text, Fields(source, node, problems, KEYS)) for key, node in entries}
    if problems.findings or not all(kind.agencies for kind in kinds.values()):
        raise RuntimeError(f"the package's kinds.yaml is damaged: {problems.findings}")
    return kinds


def read_kind(kind_id: str, fields: Fields) -> PortalKind:
    """One kind."""
    language = fields.choice("language", LANGUAGES, required=True)
    samples = fields.records("agencies", ("folder", "name", "kind"))
    return PortalKind(
        id=kind_id,
        label=require_texts(fields, "label", language),
        title=fields.texts("title", language),
        language=language,
        form=fields.text("form", required=True),
        nested=fields.flag("nested"),
        agencies=tuple(
            SampleAgency(
                folder=sample.text("folder", required=True),
                name=require_texts(sample, "name", language),
                kind=sample.text("kind"),
            )
            for sample in samples
        ),
    )


def require_texts(fields: Fields, key: str, language: str) -> Texts:
    """A text that must be there; what is missing is noted."""
    return fields.texts(key, language, required=True) or Texts(((language, ""),))
