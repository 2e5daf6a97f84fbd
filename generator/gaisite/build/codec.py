"""What is kept between builds, as files of JSON: their names, how they are written, and findings in them."""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

from gaisite.findings import Fact, Finding, Place, Severity, Verdict
from gaisite.model.catalogue import Catalogue, CatalogueEntry
from gaisite.texts import Texts

BEGIN = '{"check":"'
"""How a file that is read whole begins: the checksum of what follows the next mark."""
MIDDLE = '","body":'


def name_kept(folder: Path, name: str, ending: str) -> Path:
    """The file in the cache's folder for what has this name."""
    return folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}{ending}"


def write_kept(path: Path, kept: Mapping[str, object]) -> None:
    """Write values to a file of the cache."""
    write_text(path, json.dumps(kept, ensure_ascii=False, separators=(",", ":")))


def write_text(path: Path, text: str) -> None:
    """Write a file of the cache; one that cannot be written is no mistake."""
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            part.unlink()


def write_whole(path: Path, body: object) -> None:
    """Write values to a file of the cache so that `read_whole` sees whether it is whole, without writing them again."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    write_text(path, f"{BEGIN}{hash_text(text)}{MIDDLE}{text}}}")


def read_whole(path: Path) -> Any:
    """The values that were kept; None where there are none or the file was damaged."""
    body: Any = None
    with suppress(OSError, ValueError, RecursionError):
        head, _, text = path.read_text(encoding="utf-8").partition(MIDDLE)
        if head == f"{BEGIN}{hash_text(text[:-1])}":
            body = json.loads(text[:-1])
    return body


def hash_body(body: object) -> str:
    """A checksum, so that a flipped byte is seen."""
    return hash_text(json.dumps(body, ensure_ascii=False, sort_keys=True))


def hash_text(text: str) -> str:
    """The same of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def encode_place(place: Place) -> list[Any]:
    """A place as JSON values."""
    return [place.file, place.line, place.column, place.length]


def decode_place(kept: list[Any]) -> Place:
    """The place that was kept."""
    file, line, column, length = kept
    return Place(file=file, line=line, column=column, length=length)


def encode_finding(finding: Finding) -> dict[str, Any]:
    """A finding as JSON values."""
    return {
        "check": finding.check,
        "sentence": finding.sentence,
        "severity": finding.severity.value if finding.severity else "",
        "place": encode_place(finding.place),
        "verdict": finding.verdict.value,
        "at": finding.at,
        "facts": [[name, encode_fact(fact)] for name, fact in finding.facts],
        "fix": finding.fix,
        "acknowledged": finding.acknowledged,
    }


def decode_finding(body: Mapping[str, Any]) -> Finding:
    """The finding that was kept."""
    return Finding(
        check=str(body["check"]),
        sentence=str(body["sentence"]),
        severity=Severity(body["severity"]) if body["severity"] else None,
        place=decode_place(body["place"]),
        verdict=Verdict(body["verdict"]),
        at=str(body["at"]),
        facts=tuple((str(name), decode_fact(fact)) for name, fact in body["facts"]),
        fix=str(body["fix"]),
        acknowledged=str(body["acknowledged"]),
    )


def encode_fact(fact: Fact) -> object:
    """A fact as JSON: texts as pairs, anything else as it is printed."""
    if isinstance(fact, Texts):
        return fact.by_language
    return format(fact, "f") if isinstance(fact, Decimal) else str(fact)


def decode_fact(kept: Any) -> Fact:
    """The fact that was kept."""
    return kept if isinstance(kept, str) else decode_texts(kept)


def decode_texts(kept: Any) -> Texts:
    """The texts that were kept."""
    return Texts(tuple((str(tag), str(text)) for tag, text in kept))


def encode_catalogue(catalogue: Catalogue) -> list[Any]:
    """A catalogue as JSON values."""
    entries = [
        [each.id, each.severity.value, *map(encode_optional, (each.message, each.hint, each.clause))]
        for each in catalogue.entries.values()
    ]
    return [entries, {check: severity.value for check, severity in catalogue.severities.items()}]


def decode_catalogue(body: list[Any]) -> Catalogue:
    """The catalogue that was kept."""
    entries = {
        id: CatalogueEntry(
            id=id,
            severity=Severity(severity),
            message=decode_texts(message),
            hint=decode_texts(hint) if hint else None,
            clause=decode_texts(clause) if clause else None,
        )
        for id, severity, message, hint, clause in body[0]
    }
    return Catalogue(entries=entries, severities={id: Severity(severity) for id, severity in body[1].items()})


def encode_optional(texts: Texts | None) -> object:
    """Texts as JSON values; null where there are none."""
    return texts.by_language if texts is not None else None
