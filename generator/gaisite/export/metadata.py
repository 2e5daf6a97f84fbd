"""CSVW: what a CSV file's columns hold, for programs (W3C, Metadata Vocabulary for Tabular Data)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from gaisite.model.columns import FLAG_WORDS, RELATION_WORDS, STATE_WORDS, Column, ColumnKind, bilingual
from gaisite.model.portal import Portal
from gaisite.texts import Texts

Json: TypeAlias = Mapping[str, object]

SUFFIX = "-metadata.json"
"""After the name of the CSV file: where programs look for it by themselves."""
ENCODING = bilingual(
    "UTF-8，带字节顺序标记（BOM），行末为 CRLF。以 = + - @ 开头的名称前加撇号（'），以免当作公式。",
    "UTF-8 with a byte order mark; lines end with CRLF. A label that begins with = + - @ has an apostrophe (') before "
    "it, lest a spreadsheet take it for a formula.",
)
PROPERTIES = {
    ColumnKind.NUMBER: "http://purl.org/linked-data/sdmx/2009/measure#obsValue",
    ColumnKind.YEAR: "http://purl.org/linked-data/sdmx/2009/dimension#refPeriod",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A CSV file to be described."""

    name: str
    """Of the file, without its folder."""
    title: str
    columns: tuple[Column, ...]
    key: tuple[Column, ...]


def write_metadata(file: CsvFile, portal: Portal) -> bytes:
    """The metadata of a CSV file; what all files of a kind share is written once."""
    own: dict[str, object] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": portal.language}],
        "url": file.name,
        "dc:title": file.title,
    }
    if portal.licence and portal.licence.url:
        own["dc:license"] = {"@id": portal.licence.url}
    head = json.dumps(own, ensure_ascii=False).removesuffix("}")
    return f"{head},\n{describe_kind(file.columns, file.key, portal.language)}".encode()


@lru_cache(maxsize=16)
def describe_kind(columns: tuple[Column, ...], key: tuple[Column, ...], language: str) -> str:
    """The members that all files with these columns share."""
    shared = {
        "dc:description": ENCODING.within(language),
        "dialect": {
            "encoding": "utf-8",
            "header": True,
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminators": ["\r\n"],
            "commentPrefix": None,
        },
        "tableSchema": {
            "columns": [describe_column(column, language, required=column in key) for column in columns],
            "primaryKey": [column.name for column in key],
        },
    }
    return json.dumps(shared, ensure_ascii=False, indent=1).removeprefix("{\n") + "\n"


def describe_column(column: Column, language: str, *, required: bool) -> Json:
    """A column: its name, its titles, its type."""
    described: dict[str, object] = {
        "name": column.name,
        "titles": column.title.within(language),
        "datatype": describe_type(column.kind, language),
    }
    if column.kind is ColumnKind.IDS:
        described["separator"] = " "
    if column.kind in PROPERTIES:
        described["propertyUrl"] = PROPERTIES[column.kind]
    if required:
        described["required"] = True
    return described


def describe_type(kind: ColumnKind, language: str) -> object:
    """The type of a column's cells; those of a few words have them as a pattern."""
    if kind is ColumnKind.STATE:
        return {"base": "string", "format": join_words(list(STATE_WORDS.values()), language)}
    if kind is ColumnKind.RELATION:
        return {"base": "string", "format": join_words(list(RELATION_WORDS.values()), language)}
    if kind is ColumnKind.FLAG:
        return {"base": "boolean", "format": join_words([FLAG_WORDS[True], FLAG_WORDS[False]], language)}
    types = {ColumnKind.YEAR: "gYear", ColumnKind.NUMBER: "decimal", ColumnKind.DATE: "date"}
    return types.get(kind, "string")


def join_words(words: Sequence[Texts], language: str) -> str:
    """Alternatives."""
    return "|".join(word.within(language) for word in words)
