"""What a name in a template may have been meant for: the nearest of those that there are."""

import dataclasses
import difflib
import re
from collections.abc import Iterable

from gaisite.render import chart_parts, parts, views
from gaisite.render.words import Words

UNDEFINED = re.compile(r"'([^']+)' is undefined")
ATTRIBUTE = re.compile(r"'[\w.]*?(\w+) object' has no attribute '([^']+)'")
WORD = re.compile(r"(\w+) = \?")
FILTER = re.compile(r"No (?:filter|test) named '([^']+)'")


def nearest_name(name: str, known: Iterable[str]) -> str:
    """The known name that is most like another; empty where none is."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def suggest(reason: str, view: object, words: Words, filters: Iterable[str]) -> str:
    """The name that was probably meant by the one that a mistake speaks of; empty where nothing is like it."""
    if found := WORD.fullmatch(reason):
        return nearest_name(found[1], words.list_keys())
    if found := FILTER.search(reason):
        return nearest_name(found[1], filters)
    if found := ATTRIBUTE.search(reason):
        known = words.list_keys() if found[1] == Words.__name__ else list_attributes(found[1])
        return nearest_name(found[2], known)
    if found := UNDEFINED.search(reason):
        return nearest_name(found[1], [*list_names(view), "words"])
    return ""


def list_names(view: object) -> Iterable[str]:
    """The fields of a view."""
    return [field.name for field in dataclasses.fields(view)] if dataclasses.is_dataclass(view) else []


def list_attributes(name: str) -> Iterable[str]:
    """The fields of the view or part of this name."""
    kinds = (getattr(module, name, None) for module in (views, parts, chart_parts))
    return [field.name for kind in kinds if dataclasses.is_dataclass(kind) for field in dataclasses.fields(kind)]
