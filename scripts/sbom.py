"""A bill of materials (CycloneDX 1.6) of what a lock names, to standard output: python -m scripts.sbom [LOCK].

Of the same lock and version it is the same, byte for byte: it has no time, and its serial number is made from the rest.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gaisite import __version__

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
PINNED = re.compile(r"(?P<name>[\w.-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+))?")
NAME = re.compile(r"[\w.-]+")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """A library as a lock names it."""

    name: str
    version: str
    marker: str
    """On which systems it is installed; empty: on all."""
    hashes: tuple[str, ...]
    """sha256 of each file in which this version is published."""

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{self.name.lower().replace('_', '-')}@{self.version}"


def read_lock(text: str) -> Iterator[Pinned]:
    """The libraries of a lock, in its order."""
    lines = (line for line in text.replace("\\\n", " ").splitlines() if not line.lstrip().startswith("#"))
    for found in filter(None, map(PINNED.match, lines)):
        hashes = tuple(sorted(HASH.findall(found.string)))
        marker = (found["marker"] or "").partition(" --hash")[0].strip()
        yield Pinned(name=found["name"], version=found["version"], marker=marker, hashes=hashes)


def describe_library(library: Pinned) -> dict[str, object]:
    """A library as a component."""
    files = {
        "type": "distribution",
        "url": library.purl,
        "comment": "the hash of each file in which this version is published",
        "hashes": [{"alg": "SHA-256", "content": each} for each in library.hashes],
    }
    component: dict[str, object] = {
        "type": "library",
        "bom-ref": library.purl,
        "name": library.name,
        "version": library.version,
        "purl": library.purl,
        "externalReferences": [files],
    }
    if library.marker:
        component["properties"] = [{"name": "gaisite:marker", "value": library.marker}]
    return component


def write_bill(lock: str) -> str:
    """The bill of materials of gaisite with the libraries of a lock."""
    libraries = tuple(read_lock(lock))
    own = f"pkg:pypi/gaisite@{__version__}"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = {found[0] for each in project["dependencies"] if (found := NAME.match(each))}
    root = {
        "type": "application",
        "bom-ref": own,
        "name": project["name"],
        "version": __version__,
        "description": project["description"],
        "licenses": [{"license": {"id": project["license"]}}],
        "purl": own,
    }
    bill: dict[str, object] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": [describe_library(each) for each in libraries],
        "dependencies": [{"ref": own, "dependsOn": [each.purl for each in libraries if each.name in direct]}],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(bill, sort_keys=True))
    return json.dumps({**bill, "serialNumber": serial.urn}, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    source = Path(sys.argv[1]) if sys.argv[1:] else LOCK
    sys.stdout.write(write_bill(source.read_text(encoding="utf-8")))
