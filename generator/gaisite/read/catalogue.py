"""checks.yaml in the package: the catalogue of general checks."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from gaisite.findings import Problems, Severity, fault
from gaisite.model.catalogue import Catalogue, CatalogueEntry
from gaisite.model.form_checks import CheckKind
from gaisite.model.forms import Form
from gaisite.model.portal import CheckSetting
from gaisite.read.fields import Fields, nearest
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


def adjust_catalogue(
    catalogue: Catalogue, settings: Iterable[CheckSetting], forms: Iterable[Form], problems: Problems
) -> Catalogue:
    """The catalogue as the portal adjusts it; ids that no check has, or one that cannot be adjusted, are noted.

    A general check of severity error tells that something cannot be read: without it the site would be wrong.
    """
    own = {check.id for form in forms for check in form.checks}
    general = {entry.id for entry in catalogue.entries.values() if entry.severity is not Severity.ERROR}
    known = own | general
    severities = {}
    for each in settings:
        if each.check in known:
            severities[each.check] = each.severity
        elif each.check in catalogue.entries and each.check not in set(CheckKind):
            problems.add(fault("check-fixed", each.place, id=each.check).finding)
        else:
            problems.add(fault("check-unknown", each.place, id=each.check, near=nearest(each.check, known)).finding)
    return replace(catalogue, severities=severities)
