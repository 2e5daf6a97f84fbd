"""Markdown as tokens and tokens as HTML: CommonMark with tables, emphasis for Chinese too, and no text dropped unseen.

Reference definitions and footnotes are not read: the parser drops those that nothing refers to, and the first of two
with one name, without a word. Here no text may vanish; they stay on the page as written, with a warning.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, mdTrim
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from gaisite.read.cjk import scan_flanks

__all__ = ["FIGURE", "MAX_DEPTH", "Notes", "Token", "find_too_deep", "make_parser", "parse_tokens", "render_tokens"]

MAX_DEPTH = 10
MAX_NESTING = 2 * MAX_DEPTH + 4
"""The parser drops what is nested deeper, without a word. There a list counts twice, so its limit lies beyond ours;
not far beyond, for the time that brackets in brackets take grows with it."""

HTML_TAG = re.compile(
    r"<(?:!--|![a-z\[]|\?[a-z]|/[a-z][a-z0-9-]*\s*>"
    r"""|[a-z][a-z0-9-]*(?:\s+[a-z_:][\w:.-]*(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?)*\s*/?>)""",
    re.IGNORECASE,
)
FIGURE = "figure"
"""The token of a bound figure: `[[…]]`, its content what stands between until it is bound, then what is printed."""
CELL_BORDER = re.compile(r"(?<!\\)\|")

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
    unclosed: dict[str, int] = field(default_factory=dict)
    """Where the first `[[` of a block stands that no `]]` follows, by the block's content."""

    def comes(self, source: str, mark: str, start: int) -> bool:
        """Whether a mark stands in a block behind an offset."""
        key = (source, mark)
        if key not in self.last:
            self.last[key] = source.rfind(mark)
        return self.last[key] > start


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
    inline.before("link", FIGURE, read_figure)
    inline.at("link", note_offset(link, "[", "]("))
    inline.at("image", note_offset(image, "!", "]("))
    inline.at("autolink", note_offset(autolink, "<", ">"))
    parser.block.ruler.at("table", read_table, {"alt": ["paragraph", "reference"]})
    parser.add_render_rule(FIGURE, print_figure)
    parser.add_render_rule("table_open", open_table)
    parser.add_render_rule("table_close", close_table)
    return parser


def parse_tokens(source: str) -> tuple[list[Token], Notes]:
    """The parser's tokens, and what its rules noted."""
    notes = Notes()
    return make_parser().parse(source, {"notes": notes}), notes


def render_tokens(tokens: Sequence[Token]) -> str:
    """The HTML of dressed tokens."""
    parser = make_parser()
    html: str = parser.renderer.render(tokens, parser.options, {})
    return html


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


def read_figure(state: StateInline, silent: bool) -> bool:
    """Read `[[…]]` as a figure to bind. `[[a]](b)` and `[[a](b)]` stay the links that they are.

    Where a link's text is sought the brackets count as such, so that a figure may stand in it.
    """
    source, start = state.src, state.pos
    if silent or not source.startswith("[[", start) or source.startswith("[", start + 2):
        return False
    notes: Notes = state.env["notes"]
    end = source.find("]]", start + 2, state.posMax) if notes.comes(source, "]]", start) else -1
    if end < 0 or "[[" in source[start + 2 : end]:
        if source not in notes.unclosed and not (is_link(state, start) or is_link(state, start + 1)):
            notes.unclosed[source] = start
        return False
    if "](" in source[start + 2 : end] or (source.startswith("(", end + 2) and is_link(state, start)):
        return False
    token = state.push(FIGURE, "", 0)
    token.content = source[start + 2 : end]
    token.meta["span"] = (start, end + 2 - start)
    state.pos = end + 2
    return True


def is_link(state: StateInline, start: int) -> bool:
    """Whether a link begins at an offset."""
    here, state.pos = state.pos, start
    matched = state.env["notes"].comes(state.src, "](", start) and link(state, silent=True)
    state.pos = here
    return matched


def print_figure(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """A bound figure as a link to its cell; as text alone inside another link."""
    text = self.text(tokens, index, options, env)
    return f"<a{self.renderAttrs(tokens[index])}>{text}</a>" if tokens[index].attrs else text


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
        matched = state.env["notes"].comes(state.src, needs, start) and rule(state, silent)
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
