"""Printed once: table cells that differ in ids only, rows that many tables have, short texts that every page has."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from markupsafe import Markup, escape

from gaisite.render.parts import DataCell, HeadCell

Part: TypeAlias = DataCell | HeadCell
Cell = TypeVar("Cell", bound=DataCell | HeadCell)
Macro: TypeAlias = Callable[..., str]
Call: TypeAlias = tuple[Macro, tuple[object, ...]]
"""A macro, and what it is given besides a part."""
Store: TypeAlias = dict[Call, Markup]
"""What was printed for something."""
ID, HEADERS = "\ue000", "\ue001"
"""What stands for the two ids while a macro prints; no text of a page has these characters of private use."""
LIMIT = 20_000
"""So many different ones are kept."""
LONGEST = 80
"""Characters of a text whose escaped form is kept: longer ones seldom come twice."""
SPECIAL = re.compile("[&<>\"']")
CONTENTS = {
    kind: attrgetter(*(each.name for each in fields(kind) if each.name not in ("id", "headers")))
    for kind in (DataCell, HeadCell)
}
"""All but the ids."""


class Shared(tuple[Cell, ...]):
    """The cells of a row that many tables have; what a macro printed for them stays with them.

    `stores` has one for each cell where other rows have the same cell: what was printed for it there.
    """

    printed: Store
    stores: tuple[Store, ...]

    def __new__(cls, parts: Iterable[Cell], stores: Iterable[Store] = ()) -> "Shared[Cell]":
        """The same cells, of which nothing is printed yet."""
        shared = super().__new__(cls, parts)
        shared.printed = {}
        shared.stores = tuple(stores)
        return shared


@dataclass(slots=True)
class Repeater:
    """The filter `each`; remembers what macros printed."""

    printed: dict[Call, dict[tuple[object, ...], str]] = field(default_factory=dict)
    """For a macro and what it is given besides: what it printed, by content."""

    def each(self, parts: Iterable[Part], macro: Macro, *besides: object) -> Markup:
        """What a macro prints for each of these parts, one after the other."""
        call = (macro, besides)
        if not isinstance(parts, Shared):
            return self.print_parts(parts, call)
        printed = parts.printed.get(call)
        if printed is None:
            printed = parts.printed[call] = self.print_shared(parts, call)
        return printed

    def print_parts(self, parts: Iterable[Part], call: Call) -> Markup:
        """The same for parts of which nothing is known."""
        known = self.printed.setdefault(call, {})
        printed = join_printed([print_alike(part, call, known) for part in parts])
        if len(known) > LIMIT:
            known.clear()
        return printed

    def print_shared(self, parts: Shared[Any], call: Call) -> Markup:
        """The same for cells that may have been printed in other rows."""
        if not parts.stores:
            return self.print_parts(parts, call)
        texts = []
        for part, store in zip(parts, parts.stores, strict=True):
            text = store.get(call)
            if text is None:
                text = store[call] = self.print_parts((part,), call)
            texts.append(text)
        return join_printed(texts)


def join_printed(texts: Iterable[str]) -> Markup:
    """Pieces that macros printed, as one."""
    return Markup("".join(texts))  # noqa: S704 - macros have escaped what they printed


def print_alike(part: Part, call: Call, known: dict[tuple[object, ...], str]) -> str:
    """What a macro prints for a part, once for all that differ in ids only."""
    key = (bool(part.id), bool(part.headers), *CONTENTS[type(part)](part))
    text = known.get(key)
    if text is None:
        text = known[key] = print_once(part, *call)
    return text.replace(ID, encode(part.id)).replace(HEADERS, encode_kept(part.headers))


def print_once(part: Part, macro: Macro, besides: tuple[Any, ...]) -> str:
    """What a macro prints for a part, with signs for its ids."""
    return str(macro(replace(part, id=part.id and ID, headers=part.headers and HEADERS), *besides))


def encode(ids: str) -> str:
    """Ids as they stand in an attribute."""
    return str(escape(ids)) if SPECIAL.search(ids) else ids


encode_kept = lru_cache(LIMIT)(encode)
"""The same for those that come again with the next report."""


escape_kept = lru_cache(LIMIT)(escape)


def escape_once(value: object) -> Markup:
    """What a template prints, escaped; markup stays as it is."""
    # The type alone decides: markup and a plain text with the same characters are equal, and must not be confused.
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    return escape_kept(value) if kind is str and len(value) <= LONGEST else escape(value)  # type: ignore[arg-type]
