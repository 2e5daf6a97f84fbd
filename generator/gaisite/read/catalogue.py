"""checks.yaml in the package: the catalogue of general checks."""

from functools import cache
from pathlib import Path

from gaisite.findings import Problems, Severity
from gaisite.model.catalogue import Catalogue, CatalogueEntry
from gaisite.read.fields import Fields
from gaisite.read.files import read_source
from gaisite.read.nodes import MappingNode, read_nodes

CATALOGUE = Path(__file__).parent.parent / "checks.yaml"
KEYS = ("severity", "message", "hint", "clause")


@cache
def read_catalogue() -> Catalogue:
    """The catalogue that comes with gaisite; RuntimeError where the package is damaged."""
    problems = Problems()
    source = read_source(CATALOGUE, CATALOGUE.parent)
    root = read_nodes(source, problems)
    entries = {}
    for key, node in root.entries if isinstance(root, MappingNode) else ():
        fields = Fields(source, node, problems, KEYS)
        message = fields.texts("message", "zh-CN", required=True)
        severity = fields.choice("severity", [each.value for each in Severity], default="error")
        if message is not None:
            entries[key.text] = CatalogueEntry(
                id=key.text,
                severity=Severity(severity),
                message=message,
                hint=fields.texts("hint", "zh-CN"),
                clause=fields.texts("clause", "zh-CN"),
            )
    if problems.findings or not entries:
        raise RuntimeError(f"the package's checks.yaml is damaged: {problems.findings}")
    return Catalogue(entries=entries)
