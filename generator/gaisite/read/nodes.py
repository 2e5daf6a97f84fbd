"""YAML as nodes that keep raw text, line and column; nothing is constructed, nothing is guessed."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

import yaml

from gaisite.findings import ContentError, Problems, fault
from gaisite.read.files import Source

MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_KEY = 1_000
"""Characters of a key, as many as YAML allows one that no question mark announces."""

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
"""Zero-width and direction characters: two keys that look alike could differ by them."""
LINE_BREAK = re.compile("[\u0085\u2028\u2029]")
"""Line ends to YAML, but to no editor: every later line number would be wrong."""
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What YAML refuses as it stands and lets in by escapes; no page and no feed may hold it."""
COLON_KEY = re.compile(r"^\s*(?:- )?[^\s#'\"{:：][^'\"{:：]*：")
COLON_PROBLEMS = ("mapping values are not allowed", "could not find expected ':'")
"""What YAML says where a colon is missing, or comes when none was."""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar(NamedTuple):
    """One piece of text, as written."""

    text: str
    line: int
    column: int
    plain: bool

    @property
    def is_null(self) -> bool:
        """Whether nothing is written here."""
        return self.plain and self.text in NULLS


class MappingNode(NamedTuple):
    """Keys and values in written order; keys are unique."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


class ListNode(NamedTuple):
    """A sequence."""

    items: tuple["Node", ...]
    line: int
    column: int


Node: TypeAlias = Scalar | MappingNode | ListNode


def read_nodes(source: Source, problems: Problems) -> Node | None:
    """The one document of a YAML file; None where there is none or it cannot be read.

    Duplicate keys are noted and the first is kept. Anchors, aliases, tags, merge keys, second documents,
    keys that are no text, more than 20 levels and more than 20,000 nodes are refused.
    """
    with problems.gather():
        refuse_line_breaks(source)
        return compose(source, problems)
    return None


def refuse_line_breaks(source: Source) -> None:
    """Raise ContentError at the first character that only YAML takes for a line end."""
    found = LINE_BREAK.search(source.text)
    if found:
        line = source.text.count("\n", 0, found.start()) + 1
        column = found.start() - source.text.rfind("\n", 0, found.start())
        raise fault("yaml-line-break", source.place(line, column), code=f"U+{ord(found.group()):04X}")


def compose(source: Source, problems: Problems) -> Node | None:
    """The nodes of a text; ContentError where it is no YAML that gaisite reads."""
    try:
        return Composer(source, problems).compose()
    except yaml.reader.ReaderError as error:
        raise explain_character(source, error) from None
    except yaml.MarkedYAMLError as error:
        raise explain_syntax(source, error) from None


def explain_character(source: Source, error: yaml.reader.ReaderError) -> ContentError:
    """The error for a control character: where it stands, since YAML tells only its number."""
    character = int(error.character)
    position = max(source.text.find(chr(character)), 0)
    line = source.text.count("\n", 0, position) + 1
    column = position - source.text.rfind("\n", 0, position)
    return fault("yaml-character", source.place(line, column), code=f"U+{character:04X}")


def explain_syntax(source: Source, error: yaml.MarkedYAMLError) -> ContentError:
    """The error for text that is no YAML, at its cause rather than where the parser gave up."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    lines = source.text.splitlines()
    problem = str(error.problem or "")
    found = find_colon(source, lines, line) if problem.startswith(COLON_PROBLEMS) else None
    if found:
        return found
    if "\t" in indentation(lines, line):
        return fault("yaml-tab", source.place(line, column))
    if problem.startswith(COLON_PROBLEMS[0]):
        return fault("yaml-mapping", source.place(line, column))
    if error.context and "flow" in str(error.context):
        return fault("yaml-bracket", source.place(line, column), opened=mark_line(error.context_mark, line))
    return fault("yaml-syntax", source.place(line, column), reason=problem)


def find_colon(source: Source, lines: list[str], last: int) -> ContentError | None:
    """The error for a full-width colon after a key, in a line or one of the two before it."""
    for number in range(min(last, len(lines)), max(last - 3, 0), -1):
        found = COLON_KEY.match(lines[number - 1])
        if found:
            return fault("yaml-full-width-colon", source.place(number, found.end()), text=found.group().strip())
    return None


def indentation(lines: list[str], number: int) -> str:
    """The white space before the text of a line, counted from 1."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return line[: len(line) - len(line.lstrip())]


def mark_line(mark: object, default: int) -> int:
    """The line of a YAML mark, from 1."""
    line = getattr(mark, "line", None)
    return default if line is None else int(line) + 1


class Composer:
    """Builds nodes from YAML events, holding the limits before anything grows."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self.next_event: Callable[[], Any] = Loader(source.text).get_event
        """Straight from the parser: `yaml.parse` asks it twice for each. None after the last."""
        self.count = 0

    def compose(self) -> Node | None:
        """The root of the only document; None for an empty file."""
        root: Node | None = None
        documents = 0
        while (event := self.next_event()) is not None:
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise self.fault("yaml-documents", event)
            elif kind not in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
                root = self.node(event, 1)
        return root

    def node(self, event: Any, depth: int) -> Node:
        """The node that begins with this event."""
        self.count += 1
        if self.count > MAX_NODES:
            raise self.fault("yaml-too-many", event, limit=MAX_NODES)
        kind = type(event)
        if kind is yaml.AliasEvent:
            raise self.fault("yaml-alias", event, name=str(event.anchor))
        if event.anchor is not None:
            raise self.fault("yaml-alias", event, name=str(event.anchor))
        if event.tag is not None:
            raise self.fault("yaml-tag", event, tag=str(event.tag))
        mark = event.start_mark
        if kind is yaml.ScalarEvent:
            found = NO_TEXT.search(event.value) if event.style == '"' else None
            if found:
                raise self.fault("yaml-character", event, code=f"U+{ord(found.group()):04X}")
            return Scalar(event.value, mark.line + 1, mark.column + 1, not event.style)
        if depth > MAX_DEPTH:
            raise self.fault("yaml-too-deep", event, limit=MAX_DEPTH)
        if kind is yaml.SequenceStartEvent:
            return ListNode(tuple(self.items(depth)), mark.line + 1, mark.column + 1)
        return MappingNode(self.entries(depth), mark.line + 1, mark.column + 1)

    def items(self, depth: int) -> Iterator[Node]:
        """The items of a sequence up to its end."""
        while type(event := self.next_event()) is not yaml.SequenceEndEvent:
            yield self.node(event, depth + 1)

    def entries(self, depth: int) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a mapping up to its end; a repeated key is noted, not kept."""
        entries: dict[str, tuple[Scalar, Node]] = {}
        while type(event := self.next_event()) is not yaml.MappingEndEvent:
            key = self.key(event, depth)
            value = self.node(self.next_event(), depth + 1)
            if key.text in entries:
                place = self.source.place(key.line, key.column, len(key.text))
                first = entries[key.text][0].line
                self.problems.add(fault("key-duplicate", place, key=key.text, first=first).finding)
            else:
                entries[key.text] = (key, value)
        return tuple(entries.values())

    def key(self, event: Any, depth: int) -> Scalar:
        """The key that begins with this event; one that is no text is refused before it is read."""
        key = None if isinstance(event, yaml.CollectionStartEvent) else self.node(event, depth)
        if not isinstance(key, Scalar):
            raise self.fault("yaml-key", event)
        if key.plain and key.text == "<<":
            raise self.fault("yaml-alias", event, name="<<")
        if len(key.text) > MAX_KEY:
            raise self.fault("yaml-key-too-long", event, length=len(key.text), limit=MAX_KEY)
        if INVISIBLE.search(key.text):
            raise self.fault("yaml-invisible", event, key=INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", key.text))
        return key

    def fault(self, check: str, event: Any, **facts: str | int) -> ContentError:
        """The error at an event."""
        mark = event.start_mark
        return fault(check, self.source.place(mark.line + 1, mark.column + 1), **facts)
