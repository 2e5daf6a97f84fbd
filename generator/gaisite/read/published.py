"""published.json: what was published of a report, as `gaisite record` wrote it; whatever else it may be is refused."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from gaisite.findings import ContentError, Place, fault
from gaisite.model.record import Explanation, LocalRow, Version
from gaisite.read.fields import is_date
from gaisite.read.files import Source, read_source
from gaisite.texts import Texts

FILE = "published.json"
FORMAT = 1
KEYS = frozenset({"format", "sha256", "versions"})
VERSION_KEYS = frozenset({"acknowledge", "computed", "date", "figures", "form", "local_rows", "narrative", "units"})

Json: TypeAlias = object
"""What stands in the file: texts, lists and mappings, and one whole number, its format."""


class Damage(ValueError):
    """Something in the file is not as `gaisite record` writes it."""


def read_record(folder: Path, project: Path) -> tuple[Version, ...]:
    """The versions of a year's folder, oldest first; ContentError where the file is not as it was written."""
    source = read_source(folder / FILE, project)
    try:
        return tuple(read_version(each) for each in read_versions(load(source), source))
    except json.JSONDecodeError as error:
        raise damaged(source.place(error.lineno, error.colno)) from None
    except (ValueError, RecursionError):
        raise damaged(source.place()) from None


def damaged(place: Place) -> ContentError:
    """The error for a file that somebody or something has changed."""
    return fault("published-damaged", place)


def load(source: Source) -> Json:
    """The JSON of the file; ValueError or RecursionError where it is none, or has fractions or a key twice."""
    return json.loads(source.text, parse_float=refuse, parse_constant=refuse, object_pairs_hook=pair_keys)


def refuse(text: str) -> Json:
    """Refuse what no record holds."""
    raise Damage(text)


def pair_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """A mapping whose keys are all different."""
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise Damage
    return mapping


def read_versions(root: Json, source: Source) -> list[Json]:
    """The versions, the checksum over them compared; ContentError for a format that this gaisite does not know."""
    mapping = expect_mapping(root)
    found = mapping.get("format")
    if type(found) is int and found > FORMAT:
        raise fault("published-format", source.place(), found=found, known=FORMAT)
    versions = expect_list(mapping.get("versions"))
    known = type(found) is int and found == FORMAT and mapping.keys() == KEYS
    if not known or not versions or mapping["sha256"] != hash_versions(versions):
        raise Damage
    return versions


def hash_versions(versions: Json) -> str:
    """The checksum that tells whether somebody changed the file by hand; line ends and spacing do not count."""
    text = json.dumps(versions, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read_version(node: Json) -> Version:
    """One version."""
    mapping = expect_mapping(node)
    date = expect_text(mapping.get("date"))
    if mapping.keys() != VERSION_KEYS or not is_date(date):
        raise Damage
    return Version(
        date=date,
        form=expect_text(mapping["form"]),
        figures=expect_texts(mapping["figures"]),
        computed=expect_texts(mapping["computed"]),
        units=expect_texts(mapping["units"]),
        local_rows=tuple(read_local_row(each) for each in expect_list(mapping["local_rows"])),
        explanations=tuple(read_explanation(each) for each in expect_list(mapping["acknowledge"])),
        narrative=expect_text(mapping["narrative"]),
    )


def read_local_row(node: Json) -> LocalRow:
    """A row that the report added."""
    mapping = expect_mapping(node)
    pairs = [expect_list(pair) for pair in expect_list(mapping.get("label"))]
    if not pairs or any(len(pair) != 2 for pair in pairs):
        raise Damage
    label = Texts(tuple((expect_text(tag), expect_text(text)) for tag, text in pairs))
    return LocalRow(host=expect_text(mapping.get("host")), key=expect_text(mapping.get("key")), label=label)


def read_explanation(node: Json) -> Explanation:
    """A failed check that was acknowledged."""
    texts = expect_texts(node)
    if texts.keys() != {"check", "at", "reason"}:
        raise Damage
    return Explanation(**texts)


def write_record(versions: Iterable[Version]) -> str:
    """The file for some versions: the same versions are always the same text."""
    encoded = [encode_version(version) for version in versions]
    record = {"format": FORMAT, "sha256": hash_versions(encoded), "versions": encoded}
    return json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def encode_version(version: Version) -> Mapping[str, Json]:
    """A version as JSON."""
    return {
        "date": version.date,
        "form": version.form,
        "figures": dict(version.figures),
        "computed": dict(version.computed),
        "units": dict(version.units),
        "local_rows": [
            {"host": row.host, "key": row.key, "label": [list(pair) for pair in row.label.by_language]}
            for row in version.local_rows
        ],
        "acknowledge": [{"check": each.check, "at": each.at, "reason": each.reason} for each in version.explanations],
        "narrative": version.narrative,
    }


def expect_mapping(node: Json) -> dict[str, Json]:
    """A mapping."""
    if not isinstance(node, dict):
        raise Damage
    return node


def expect_list(node: Json) -> list[Json]:
    """A list."""
    if not isinstance(node, list):
        raise Damage
    return node


def expect_text(node: Json) -> str:
    """A text."""
    if not isinstance(node, str):
        raise Damage
    return node


def expect_texts(node: Json) -> dict[str, str]:
    """A mapping from texts to texts."""
    return {key: expect_text(value) for key, value in expect_mapping(node).items()}
