"""Addresses that a page had before: each leads on to where it is now."""

import re
from collections.abc import Iterator

from gaisite.findings import fault
from gaisite.model.portal import Alias
from gaisite.read.fields import Fields, place_node
from gaisite.read.folders import is_slug

MAX_ALIASES = 100
"""In one file: each is a page, and several where an agency takes its reports along."""
PAGE = re.compile(r"[\w-][\w.-]*\.s?html?", re.ASCII)
"""The last part of an address that names a file."""


def read_aliases(fields: Fields, key: str = "aliases") -> tuple[Alias, ...]:
    """The former addresses that a file lists under a key, from the portal's root; each wrong one is noted."""
    return tuple(find_aliases(fields, key))


def find_aliases(fields: Fields, key: str) -> Iterator[Alias]:
    """Those that can be kept."""
    nodes = fields.items(key)
    if len(nodes) > MAX_ALIASES and key == "aliases":
        place = place_node(fields.source, nodes[MAX_ALIASES])
        fields.note("alias-too-many", place, number=len(nodes), limit=MAX_ALIASES)
        nodes = nodes[:MAX_ALIASES]
    for node in nodes:
        text, place = fields.scalar(key, node), place_node(fields.source, node)
        path = name_file(text)
        if path:
            yield Alias(path=path, place=place)
        elif text:
            fields.problems.add(fault("alias-invalid", place, found=text).finding)


def name_file(address: str) -> str:
    """The file of an address, `old/2020/` → `old/2020/index.html`; empty where none can be on every host."""
    *folders, last = address.strip().split("/")
    if not all(is_slug(part) for part in folders) or not (folders or last):
        return ""
    if PAGE.fullmatch(last):
        return "/".join([*folders, last])
    if last and not is_slug(last):
        return ""
    return "/".join([*folders, *([last] if last else []), "index.html"])
