"""Typed access to the fields of a YAML mapping; each mistake is noted and a neutral value returned."""

import datetime
import difflib
import re
import unicodedata
from collections.abc import Iterable

from gaisite.findings import Fact, Place, Problems, fault
from gaisite.read.files import Source
from gaisite.read.nodes import INVISIBLE, ListNode, MappingNode, Node, Scalar, read_nodes
from gaisite.texts import Texts

WHOLE = re.compile(r"-?[0-9]{1,9}")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
MAX_NAME = 200
MAX_TEXT = 5_000
"""Characters of a text that stands on many pages, and of any other: a page repeats some of them for every row."""
NAMES = frozenset({"aliases", "email", "label", "name", "office", "owner", "phone", "postcode", "site_name", "title"})
"""The fields that hold a name."""
MAX_SUGGESTIONS = 200
"""Findings after which no name is sought that a wrong one was meant to be: that takes longer than reading."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that is most like a word, empty where none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), "")


def suggest(word: str, known: Iterable[str], problems: Problems) -> str:
    """The known name that is most like a word; empty where none is near, or where too much is wrong to look."""
    return nearest(word, known) if len(problems.findings) < MAX_SUGGESTIONS else ""


def is_date(text: str) -> bool:
    """Whether a text is a day of the calendar as YYYY-MM-DD."""
    try:
        return bool(DATE.fullmatch(text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def place_node(source: Source, node: Node) -> Place:
    """The place of a node; a scalar is underlined whole."""
    length = max(len(node.text), 1) if isinstance(node, Scalar) and "\n" not in node.text else 1
    return source.place(node.line, node.column, length)


def describe(node: Node) -> str:
    """What stands at a node, in a word that a message can show."""
    if isinstance(node, Scalar):
        text = node.text.replace("\n", " ")
        return text if len(text) <= 40 else text[:39] + "…"
    return "{…}" if isinstance(node, MappingNode) else "[…]"


def read_mapping(source: Source, problems: Problems, empty: str) -> MappingNode | None:
    """The mapping that a file holds; None where there is none, which is noted: as the check `empty` without content."""
    before = len(problems.findings)
    root = read_nodes(source, problems)
    if isinstance(root, MappingNode):
        return root
    if root is None or (isinstance(root, Scalar) and root.is_null):
        if len(problems.findings) == before:
            problems.add(fault(empty, source.place()).finding)
        return None
    check = "colon-full-width" if isinstance(root, Scalar) and "：" in root.text else "mapping-expected"
    problems.add(fault(check, place_node(source, root), found=describe(root)).finding)
    return None


class Fields:
    """The fields of one mapping. Unknown keys are noted at once, with the nearest known name."""

    def __init__(self, source: Source, node: Node | None, problems: Problems, known: Iterable[str]) -> None:
        self.source = source
        self.problems = problems
        self.known = tuple(known)
        self.node = node
        self.values: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        if isinstance(node, MappingNode):
            self.take(node)
        elif node is not None and not (isinstance(node, Scalar) and node.is_null):
            self.note("mapping-expected", place_node(source, node), found=describe(node))

    def take(self, node: MappingNode) -> None:
        """Keep the known entries, note the others."""
        for key, value in node.entries:
            if key.text in self.known:
                self.values[key.text] = value
                self.keys[key.text] = key
            else:
                near = suggest(key.text, self.known, self.problems)
                self.note("key-unknown", place_node(self.source, key), key=key.text, near=near)

    def note(self, check: str, place: Place, **facts: Fact) -> None:
        """Note one mistake."""
        self.problems.add(fault(check, place, **facts).finding)

    def place(self, key: str = "") -> Place:
        """The place of a field's value, or of its mapping."""
        node = self.values.get(key, self.node)
        return place_node(self.source, node) if node is not None else self.source.place()

    def get(self, key: str) -> Node | None:
        """The node of a field; None where it is missing or nothing is written, be it in quotation marks."""
        node = self.values.get(key)
        return None if isinstance(node, Scalar) and (node.is_null or not node.text.strip()) else node

    def require(self, key: str) -> Node | None:
        """The node of a field that must be there; its absence is noted, unless there is no mapping to begin with."""
        node = self.get(key)
        misplaced = isinstance(self.node, ListNode) or (isinstance(self.node, Scalar) and not self.node.is_null)
        if node is None and not misplaced:
            self.note("key-missing", self.place(), key=key)
        return node

    def text(self, key: str, *, required: bool = False) -> str:
        """A text; empty where there is none. Line ends inside become single spaces only where YAML folds them."""
        node = self.require(key) if required else self.get(key)
        return "" if node is None else self.scalar(key, node)

    def scalar(self, key: str, node: Node) -> str:
        """The text of a node, which must be one; empty where nothing is written."""
        if not isinstance(node, Scalar):
            self.note("text-expected", place_node(self.source, node), key=key, found=describe(node))
            return ""
        text = "" if node.is_null else unicodedata.normalize("NFC", node.text.strip())
        limit = MAX_NAME if key in NAMES else MAX_TEXT
        if len(text) > limit:
            place = self.source.place(node.line, node.column)
            self.note("text-too-long", place, key=key, length=len(text), limit=limit)
            return ""
        return self.drop_invisible(key, text, node)

    def drop_invisible(self, key: str, text: str, node: Scalar) -> str:
        """A text without what nobody sees in it, which is noted: it may be read otherwise than it stands there."""
        found = INVISIBLE.search(text)
        if found:
            place, code = place_node(self.source, node), f"U+{ord(found[0]):04X}"
            self.note("text-character", place, key=key, code=code)
        return INVISIBLE.sub("", text) if found else text

    def texts(self, key: str, language: str, *, required: bool = False) -> Texts | None:
        """A text in one language (given plain, then in `language`) or in several (a mapping by tag)."""
        node = self.require(key) if required else self.get(key)
        if node is None:
            return None
        before = len(self.problems.findings)
        texts = self.texts_of(key, node, language)
        if required and texts is None and len(self.problems.findings) == before:
            self.note("key-missing", self.place(key), key=key)
        return texts

    def texts_of(self, key: str, node: Node, language: str) -> Texts | None:
        """The translations at a node; None where nothing is written in any language."""
        if not isinstance(node, MappingNode):
            text = self.scalar(key, node)
            return Texts(((language, text),)) if text else None
        pairs = []
        for tag, value in node.entries:
            text = self.scalar(key, value)
            if not LANGUAGE.fullmatch(tag.text):
                self.note("language-unknown", place_node(self.source, tag), tag=tag.text)
            elif text:
                pairs.append((tag.text, text))
        pairs.sort(key=lambda pair: pair[0] != language)
        return Texts(tuple(pairs)) if pairs else None

    def integer(self, key: str, *, required: bool = False) -> int | None:
        """A whole number."""
        node = self.require(key) if required else self.get(key)
        if node is None:
            return None
        if isinstance(node, Scalar) and WHOLE.fullmatch(node.text):
            return int(node.text)
        self.note("integer-expected", place_node(self.source, node), key=key, found=describe(node))
        return None

    def flag(self, key: str) -> bool:
        """A yes or no: `true` or `false`, nothing else."""
        node = self.get(key)
        if node is None:
            return False
        if isinstance(node, Scalar) and node.text in ("true", "false"):
            return node.text == "true"
        self.note("flag-expected", place_node(self.source, node), key=key, found=describe(node))
        return False

    def choice(self, key: str, choices: Iterable[str], *, default: str = "", required: bool = False) -> str:
        """One of a few words."""
        text = self.text(key, required=required)
        allowed = tuple(choices)
        if not text:
            return default
        if text in allowed:
            return text
        self.note("choice-unknown", self.place(key), key=key, found=text, choices=", ".join(allowed))
        return default

    def items(self, key: str) -> tuple[Node, ...]:
        """The items of a list; a single text counts as a list of one."""
        node = self.get(key)
        if node is None:
            return ()
        if isinstance(node, ListNode):
            return node.items
        if isinstance(node, Scalar):
            return (node,)
        self.note("list-expected", place_node(self.source, node), key=key, found=describe(node))
        return ()

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(text for node in self.items(key) if (text := self.scalar(key, node)))

    def entries(self, key: str) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a mapping whose keys the caller knows."""
        node = self.get(key)
        if node is None:
            return ()
        if isinstance(node, MappingNode):
            return node.entries
        self.note("mapping-expected", place_node(self.source, node), found=describe(node))
        return ()

    def record(self, key: str, known: Iterable[str]) -> "Fields":
        """The fields of a mapping inside this one."""
        return Fields(self.source, self.get(key), self.problems, known)

    def records(self, key: str, known: Iterable[str]) -> tuple["Fields", ...]:
        """The fields of each mapping in a list."""
        known = tuple(known)
        return tuple(Fields(self.source, node, self.problems, known) for node in self.items(key))
