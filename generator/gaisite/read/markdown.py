"""Narrative in Markdown, read into sections of HTML; whatever would not show as its author meant is a finding.

Reference definitions and footnotes are not read: the parser drops those that nothing refers to, and the first of two
with one name, without a word. Here no text may vanish; they stay on the page as written, with a warning.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, mdTrim
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from gaisite.findings import Fact, Finding, Place, Problems, fault
from gaisite.model.content import Heading
from gaisite.read.cjk import joins_lines, scan_flanks

MAX_BYTES = 1024 * 1024
MAX_LINE = 20_000
MAX_PARAGRAPH = 50_000
"""Between blank lines: the parser's time may grow with the square of it."""
MAX_DEPTH = 10
MAX_NESTING = 2 * MAX_DEPTH + 4
"""The parser drops what is nested deeper, without a word. There a list counts twice, so its limit lies beyond ours;
not far beyond, for the time that brackets in brackets take grows with it."""

LINE_END = re.compile(r"\r\n?|\n")
OUTWARD = re.compile(r"https?://[^/?#]|mailto:.|tel:.", re.IGNORECASE)
NOT_RELATIVE = re.compile(r"$|/|[a-z][a-z0-9+.-]*:", re.IGNORECASE)
DISGUISED = re.compile(r"%2f|%5c|\\|%[01][0-9a-f]|%7f", re.IGNORECASE)
"""Separators and control characters that a server may read otherwise than the one who checks."""
HTML_TAG = re.compile(
    r"<(?:!--|![a-z\[]|\?[a-z]|/[a-z][a-z0-9-]*\s*>"
    r"""|[a-z][a-z0-9-]*(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?)*\s*/?>)""",
    re.IGNORECASE,
)
DEFINITION = re.compile(r"^\[(?:\^[^\]\n]+\]:|[^\]\n]+\]:\s*<?(?:https?:|files/|\.\./)).*", re.MULTILINE)
UNREAD_LINK = re.compile(r"\]\([^()\n]*\)?|\]（\s*(?:https?:|files/|\.\./)[^（）\n]*）?")
CELL_BORDER = re.compile(r"(?<!\\)\|")
CODE_NAME = re.compile(r"[\w+#.-]*", re.ASCII)
PAGE_SOURCES = ("report.md", "figures.yaml", "agency.yaml", "site.yaml")
"""A content folder that has one of these has a page."""
BLANK_CELL = "—"
TEXTS_OF_VOID = {"softbreak": "\n", "hardbreak": "\n", "image": ""}
"""What a reader sees of inline tokens whose content is not that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownWords:
    """The words that the HTML of a narrative needs and its author did not write, in the page's language."""

    table_label: str
    """Name of a table's scroll region; `{number}` counts the page's tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownSection:
    """A narrative from one H2 to the next."""

    heading: str
    """Plain text of the H2; empty for what stands before the first."""
    place: Place
    """The line of the H2."""
    html: str
    """Without the H2."""
    text: str
    """What a reader sees, without markup; a block a line."""
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFolder:
    """Where a narrative lies, and what its relative links may reach."""

    folder: Path
    content: Path
    """The project's content folder; whatever lies outside is not published."""

    def find(self, relative: str) -> Path | None:
        """The path that a relative address means, there or not; None where it leads out of the content."""
        path = Path(os.path.abspath(self.folder / relative))
        return path if path.is_relative_to(os.path.abspath(self.content)) else None

    def exists(self, relative: str) -> bool:
        """Whether a relative address leads to something published: an attachment, or a folder that has a page."""
        path = self.find(relative)
        try:
            real = path.resolve(strict=True) if path else None
        except (OSError, ValueError, RuntimeError):  # a name too long for the system, a ring of symbolic links
            return False
        if path is None or real is None or not real.is_relative_to(self.content.resolve()):
            return False
        parts = path.relative_to(os.path.abspath(self.content)).parts
        if any(part.startswith(".") for part in parts):
            return False
        if real.is_dir():
            return any((real / name).is_file() for name in PAGE_SOURCES)
        return real.is_file() and "files" in parts[:-1] and not relative.endswith("/")


def read_markdown(  # noqa: PLR0913 -- what a page is, what it may reach, what it may say: all needed, all named
    source: str, *, file: str, folder: LinkFolder, words: MarkdownWords, first_line: int = 1, heading_ids: str = "n"
) -> tuple[tuple[MarkdownSection, ...], tuple[Finding, ...]]:
    """The sections of a narrative, and what is wrong with it; a narrative beyond the limits of size has no sections.

    `first_line` is the line of the file at which `source` begins; ids of headings begin with `heading_ids`.
    """
    script = Script(file=file, first_line=first_line, lines=tuple(LINE_END.split(source)))
    excess = tuple(check_size(script, source))
    if excess:
        return (), excess
    tokens, notes = parse_tokens(source)
    reading = Reading(script=script, folder=folder, words=words, heading_ids=heading_ids, notes=notes)
    reading.check_parsing(tokens)
    reading.dress(tokens)
    sections = tuple(make_section(script, part) for part in split_sections(tokens))
    return sections, tuple(reading.problems.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The lines of a narrative, and where in the project they stand."""

    file: str
    first_line: int
    lines: tuple[str, ...]

    def place_line(self, index: int) -> Place:
        """The place of a whole line, counted from 0."""
        length = max(len(self.lines[index]), 1)
        return Place(file=self.file, line=self.first_line + index, column=1, length=length)

    def place_text(self, block: Token, offset: int, length: int) -> Place:
        """The place of what stands at `offset` in a block's content; its line where the column cannot be told."""
        start = block.content.rfind("\n", 0, offset) + 1
        text = block.content[start:].partition("\n")[0]
        index = first_row(block) + block.content.count("\n", 0, offset)
        line = self.lines[index]
        indent = len(line) - len(text) if line.endswith(text) else line.find(text)
        if offset < 0 or indent < 0:
            return self.place_line(index)
        length = max(min(length, len(text) - offset + start), 1)
        column = indent + offset - start + 1
        return Place(file=self.file, line=self.first_line + index, column=column, length=length)


def first_row(block: Token) -> int:
    """The index of a block's first line."""
    return block.map[0] if block.map else 0


def check_size(script: Script, source: str) -> Iterator[Finding]:
    """What is too long to be read in a bearable time."""
    size = len(source.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        place = Place(file=script.file)
        yield fault("markdown-too-large", place, size=size, limit=MAX_BYTES).finding
    paragraph = 0
    for index, line in enumerate(script.lines):
        before, paragraph = paragraph, paragraph + len(line) if line.strip(" \t") else 0
        if len(line) > MAX_LINE:
            place = script.place_line(index)
            yield fault("markdown-line-too-long", place, length=len(line), limit=MAX_LINE).finding
        elif before <= MAX_PARAGRAPH < paragraph:
            yield fault("markdown-paragraph-too-long", script.place_line(index), limit=MAX_PARAGRAPH).finding


# The parser: CommonMark with tables and strikethrough, our emphasis, and rules that note what tokens do not tell.


InlineRule: TypeAlias = Callable[[StateInline, bool], bool]


@dataclass(frozen=True, slots=True)
class Notes:
    """What the parser's rules saw."""

    tags: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The first HTML tag of a block: offset and text, by the block's content."""
    surplus: list[tuple[int, int, int]] = field(default_factory=list)
    """Rows with more cells than their table: index of the line, cells found, cells wanted."""
    last: dict[tuple[str, str], int] = field(default_factory=dict)
    """The last place of a mark in a block, by the block's content and the mark."""


class Parser(MarkdownIt):
    """Reads links to anywhere as links: refusing them is a finding of ours, the library's silence would be none."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 -- the library's name
        """Leave the judgement to `resolve_link`."""
        return True


@cache
def make_parser() -> MarkdownIt:
    """The parser, one a process."""
    parser = Parser("commonmark", {"html": False, "xhtmlOut": False, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable("reference")
    inline = parser.inline.ruler
    inline.at("emphasis", read_markers)
    inline.disable("strikethrough")
    inline.at("html_inline", note_tag)
    inline.at("link", note_offset(link, "[", "]("))
    inline.at("image", note_offset(image, "!", "]("))
    inline.at("autolink", note_offset(autolink, "<", ">"))
    parser.block.ruler.at("table", read_table, {"alt": ["paragraph", "reference"]})
    parser.add_render_rule("table_open", open_table)
    parser.add_render_rule("table_close", close_table)
    return parser


def parse_tokens(source: str) -> tuple[list[Token], Notes]:
    """The parser's tokens, and what its rules noted."""
    notes = Notes()
    return make_parser().parse(source, {"notes": notes}), notes


def read_markers(state: StateInline, silent: bool) -> bool:
    """Read a run of `*`, `_` or `~`: the library's emphasis and strikethrough, but for what may open and close."""
    marker = state.src[state.pos]
    if silent or marker not in "*_~":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    run, unit = end - state.pos, 2 if marker == "~" else 1
    if run < unit:
        return False
    opens, closes = scan_flanks(state.src, state.pos, end, state.posMax, inside_words=marker != "_")
    if run % unit:
        state.push("text", "", 0).content = marker
    for _ in range(run // unit):
        state.push("text", "", 0).content = marker * unit
        length = 0 if marker == "~" else run  # 0: the rule of three is not for strikethrough
        index = len(state.tokens) - 1
        delimiter = Delimiter(marker=ord(marker), length=length, token=index, end=-1, open=opens, close=closes)
        state.delimiters.append(delimiter)
    state.pos = end
    return True


def note_tag(state: StateInline, silent: bool) -> bool:
    """Note what looks like an HTML tag, and leave it to be read as text."""
    tags = state.env["notes"].tags
    if not silent and state.src[state.pos] == "<" and state.src not in tags:
        match = HTML_TAG.match(state.src, state.pos)
        if match:
            tags[state.src] = (state.pos, match[0])
    return False


def note_offset(rule: InlineRule, mark: str, needs: str) -> InlineRule:
    """The rule that begins at a mark, keeping with its token where in the block it stands.

    It is not tried where what it needs comes no more: long rows of brackets would take a long time.
    """

    def read(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if state.src[start] != mark:
            return False
        last, key = state.env["notes"].last, (state.src, needs)
        if key not in last:
            last[key] = state.src.rfind(needs)
        matched = last[key] > start and rule(state, silent)
        if matched and not silent:
            opener = next(token for token in state.tokens[count:] if token.type in ("link_open", "image"))
            opener.meta["span"] = (start, state.pos - start)
        return matched

    return read


def read_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, and note the rows whose surplus cells it drops."""
    matched = table(state, start, end, silent)
    if matched and not silent:
        wanted = len(split_row(state, start))
        for index in range(start + 2, state.line):
            cells = split_row(state, index)
            if any(cell.strip() for cell in cells[wanted:]):
                state.env["notes"].surplus.append((index, len(cells), wanted))
    return matched


def split_row(state: StateBlock, index: int) -> list[str]:
    """The cells of a table row."""
    line = mdTrim(state.src[state.bMarks[index] + state.tShift[index] : state.eMarks[index]])
    cells = CELL_BORDER.split(line)
    return cells[cells[0] == "" : len(cells) - (cells[-1] == "")]


def open_table(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Begin a table in a region that the keyboard can scroll."""
    label = escapeHtml(tokens[index].meta["label"])
    region = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">\n'
    return region + self.renderToken(tokens, index, options, env)


def close_table(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """End a table and its region."""
    return self.renderToken(tokens, index, options, env) + "</div>\n"


# The tokens: dressed for the page, checked, split at each H2.


@dataclass(slots=True, kw_only=True)
class Reading:
    """One walk through a narrative's tokens, which dresses them for the page and notes what is wrong."""

    script: Script
    folder: LinkFolder
    words: MarkdownWords
    heading_ids: str
    notes: Notes
    problems: Problems = field(default_factory=Problems)
    section: int = 0
    heading: int = 0
    level: int = 1
    """Of the heading before, the page's own H1 to begin with."""
    tables: int = 0

    def note(self, check: str, place: Place, **facts: Fact) -> None:
        """Note one mistake."""
        self.problems.add(fault(check, place, **facts).finding)

    def check_parsing(self, tokens: Sequence[Token]) -> None:
        """Note where the parser drops text: in too deep a nesting, in a table row with too many cells."""
        deep = find_too_deep(tokens)
        if deep:
            self.note("markdown-too-deep", self.script.place_line(first_row(deep)), limit=MAX_DEPTH)
        for index, found, wanted in self.notes.surplus:
            self.note("table-cells-lost", self.script.place_line(index), found=found, wanted=wanted)

    def dress(self, tokens: Sequence[Token]) -> None:
        """Prepare each token for the page."""
        for index, token in enumerate(tokens):
            match token.type:
                case "inline":
                    self.dress_inline(token)
                    if tokens[index - 1].type == "heading_open":
                        self.dress_heading(tokens[index - 1], token)
                    elif tokens[index - 1].type in ("th_open", "td_open"):
                        fill_blank_cell(token)
                case "th_open" | "td_open":
                    dress_cell(token)
                case "table_open":
                    self.tables += 1
                    token.meta["label"] = self.words.table_label.replace("{number}", str(self.tables))
                case "code_block":
                    self.note("markdown-indented", self.script.place_line(first_row(token)))
                case "fence" if not CODE_NAME.fullmatch(mdTrim(token.info)):
                    self.note("markdown-fence-words", self.script.place_line(first_row(token)), written=token.info)

    def dress_heading(self, opener: Token, block: Token) -> None:
        """Number a heading inside a section, count the section that an H2 begins, note a heading out of place."""
        level, place = int(opener.tag[1]), self.script.place_line(first_row(opener))
        text = read_heading(block)
        if not text:
            self.note("heading-empty", place)
        if level == 1:
            self.note("markdown-h1", place, heading=text)
        elif level == 2 and opener.level:
            self.note("heading-nested", place, heading=text)
        elif level == 2:
            self.section, self.heading, self.level = self.section + 1, 0, 2
        else:
            if level > self.level + 1:
                self.note("heading-skipped", place, found="#" * level, wanted="#" * (self.level + 1))
            self.heading, self.level = self.heading + 1, level
            opener.attrs["id"] = f"{self.heading_ids}-{self.section}-{self.heading}"

    def dress_inline(self, block: Token) -> None:
        """Prepare the text of a block, and keep with it what of it a reader sees."""
        children = block.children or []
        if "\n" in block.content:
            join_cjk_lines(children)
        if "[" in block.content or "<" in block.content:
            self.check_text(block, children)
            for index, child in enumerate(children):
                if child.type == "link_open" and not child.hidden:
                    self.dress_link(block, children, index)
                elif child.type == "image":
                    self.dress_image(block, child)
        block.meta["text"] = read_text(children)

    def check_text(self, block: Token, children: Sequence[Token]) -> None:
        """Note what looks like HTML, a definition or a link, and is shown as text."""
        offset, tag = self.notes.tags.get(block.content, (0, ""))
        if tag:
            self.note("markdown-html", self.script.place_text(block, offset, len(tag)), written=tag)
        for match in DEFINITION.finditer(block.content) if "]:" in block.content else ():
            place = self.script.place_text(block, match.start(), len(match[0]))
            self.note("markdown-definition", place, written=match[0])
        texts = [child.content for child in children if child.type == "text" and "]" in child.content]
        for match in (match for text in texts for match in UNREAD_LINK.finditer(text)):
            place = self.script.place_text(block, block.content.find(match[0]), len(match[0]))
            self.note("link-unread", place, written=match[0].removeprefix("]"))

    def dress_link(self, block: Token, children: Sequence[Token], start: int) -> None:
        """Point a link to its target; of one that has none only the text stays on the page."""
        opener = children[start]
        end = next(index for index in range(start + 1, len(children)) if is_end(children[index], opener))
        inner, closer = children[start + 1 : end], children[end]
        address, place = str(opener.attrs["href"]), self.script.place_text(block, *opener.meta["span"])
        for token in inner:
            token.hidden = token.type in ("link_open", "link_close")  # an address in a link's text is no link
        if not has_text(inner):
            self.note("link-text-missing", place, address=address)
        opener.hidden = closer.hidden = True
        with self.problems.gather():
            opener.attrs["href"] = resolve_link(address, self.folder, place)
            opener.hidden = closer.hidden = False
        if address.lower().startswith("http"):
            opener.attrs.update({"class": "external", "rel": "noopener noreferrer"})

    def dress_image(self, block: Token, token: Token) -> None:
        """Check a picture; of a refused one the text that stands for it stays on the page."""
        children = token.children or []
        join_cjk_lines(children)
        address, place = str(token.attrs["src"]), self.script.place_text(block, *token.meta["span"])
        if not has_text(children):
            self.note("image-alt-missing", place, address=address)
        kind, token.type, token.content = token.type, "text", read_text(children)
        with self.problems.gather():
            check_image(address, self.folder, place)
            token.type = kind


def find_too_deep(tokens: Sequence[Token]) -> Token | None:
    """The first list item or quotation nested beyond the limit."""
    depth = 0
    for token in tokens:
        if token.type in ("list_item_open", "blockquote_open"):
            depth += 1
            if depth > MAX_DEPTH:
                return token
        elif token.type in ("list_item_close", "blockquote_close"):
            depth -= 1
    return None


def dress_cell(token: Token) -> None:
    """Turn a cell's alignment into a class, which needs no inline style; say that a head cell heads its column."""
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["class"] = "align-" + style.removeprefix("text-align:")
    if token.tag == "th":
        token.attrs["scope"] = "col"


def fill_blank_cell(block: Token) -> None:
    """Show a cell without text as blank: screen readers pass over an empty one."""
    if not has_text(block.children or []):
        block.children = [Token("text", "", 0, content=BLANK_CELL)]


def join_cjk_lines(children: Sequence[Token]) -> None:
    """Remove the line breaks that would show as spaces between Chinese characters."""
    before, softbreak = "", None
    for child in children:
        if child.type in ("text", "code_inline") and child.content:
            if softbreak and joins_lines(before, child.content):
                softbreak.type = "text"  # of no content
            before, softbreak = child.content, None
        elif child.type == "softbreak":
            softbreak = child
        elif child.type in ("hardbreak", "image"):
            before, softbreak = "", None


def read_text(children: Sequence[Token]) -> str:
    """What a reader sees of a text."""
    return "".join([TEXTS_OF_VOID.get(child.type, child.content) for child in children])


def read_heading(block: Token) -> str:
    """The text of a heading, in one line."""
    return " ".join(str(block.meta["text"]).split("\n")).strip()


def has_text(children: Sequence[Token]) -> bool:
    """Whether there is something to read, or to read out: the text that stands for a picture counts."""
    return any(has_text(child.children or []) if child.type == "image" else child.content.strip() for child in children)


def is_end(token: Token, opener: Token) -> bool:
    """Whether a token ends the link that `opener` begins."""
    return token.type == "link_close" and token.level == opener.level


def split_sections(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The tokens before the first H2, if any, then those of each section."""
    starts = [index for index, token in enumerate(tokens) if token.type == "heading_open" and is_section_heading(token)]
    for start, end in pairwise([0, *starts, len(tokens)]):
        if end > start:
            yield tokens[start:end]


def is_section_heading(token: Token) -> bool:
    """Whether a token begins a section: an H2 in no list or quotation."""
    return token.tag == "h2" and token.level == 0


def make_section(script: Script, tokens: Sequence[Token]) -> MarkdownSection:
    """The section of dressed tokens."""
    headed = tokens[0].type == "heading_open" and is_section_heading(tokens[0])
    body = tokens[3:] if headed else tokens
    parser = make_parser()
    texts = (str(token.meta.get("text", token.content)).strip() for token in body if token.content)
    headings = (
        Heading(level=int(token.tag[1]), text=read_heading(body[index + 1]), id=str(token.attrs["id"]))
        for index, token in enumerate(body)
        if token.type == "heading_open" and "id" in token.attrs
    )
    return MarkdownSection(
        heading=read_heading(tokens[1]) if headed else "",
        place=script.place_line(first_row(tokens[0])),
        html=parser.renderer.render(body, parser.options, {}),
        text="\n".join(texts),
        headings=tuple(headings),
    )


# Links: judged as a browser will read them, by what the content holds.


def resolve_link(address: str, folder: LinkFolder, place: Place) -> str:
    """The address to print: that of a folder names its page, so that the site works without a server.

    Raises ContentError for an address that is not allowed, or leads to nothing published.
    """
    if address.startswith("#") or OUTWARD.match(address):
        return address
    path = read_path(address)
    if path is None or folder.find(unquote(path)) is None:
        raise fault("link-refused", place, address=address)
    tail = address[len(path) :]
    if path.rpartition("/")[2] == "index.html":
        path = path.removesuffix("index.html")
    target = folder.find(unquote(path))
    if target is None or not folder.exists(unquote(path)):
        raise fault("link-missing", place, address=address)
    if not target.is_dir():
        return address
    return path + ("" if path.endswith("/") or not path else "/") + "index.html" + tail


def check_image(address: str, folder: LinkFolder, place: Place) -> None:
    """Raise ContentError for a picture that is not an attachment of this very report."""
    path = read_path(address)
    target = None if path is None else folder.find(unquote(path))
    if path is None or target is None or not target.is_relative_to(os.path.abspath(folder.folder)):
        raise fault("image-refused", place, address=address)
    if target.is_dir() or not folder.exists(unquote(path)):
        raise fault("link-missing", place, address=address)


def read_path(address: str) -> str | None:
    """The path of a relative address; None where it is none, or not what it seems."""
    path = re.split("[?#]", address, maxsplit=1)[0]
    return None if NOT_RELATIVE.match(path) or DISGUISED.search(path) else path
