"""Narrative in Markdown, read into sections of HTML; whatever would not show as its author meant is a finding."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gaisite.findings import Fact, Finding, Place, Problems, fault
from gaisite.model.prose import Heading, Passage
from gaisite.read.bound_figures import Binder
from gaisite.read.dressing import dress_cell, fill_blank_cell, has_text, is_end, join_cjk_lines, read_heading, read_text
from gaisite.read.links import LinkFolder, check_image, resolve_link
from gaisite.read.markdown import FIGURE, MAX_DEPTH, Notes, Token, find_too_deep, parse_tokens, render_tokens
from gaisite.read.passages import make_passage
from gaisite.read.script import Script, check_characters, check_size, first_row

LINE_END = re.compile(r"\r\n?|\n")
DEFINITION = re.compile(r"^\[(?:\^[^\]\n]+\]:|[^\]\n]+\]:\s*<?(?:https?:|files/|\.\./)).*", re.MULTILINE)
UNREAD_LINK = re.compile(r"\]\([^()\n]*\)?|\]（\s*(?:https?:|files/|\.\./)[^（）\n]*）?")
FULL_WIDTH = re.compile(r"[【［]{2}([^【】［］\[\]\n]+)[】］]{2}")
CODE_NAME = re.compile(r"[\w+#.-]*", re.ASCII)


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
    passages: tuple[Passage, ...]


def read_markdown(  # noqa: PLR0913 -- what a page is, what it may reach, what it may say: all needed, all named
    source: str,
    *,
    file: str,
    folder: LinkFolder,
    words: MarkdownWords,
    binder: Binder | None = None,
    first_line: int = 1,
    heading_ids: str = "n",
) -> tuple[tuple[MarkdownSection, ...], tuple[Finding, ...]]:
    """The sections of a narrative, and what is wrong with it; a narrative beyond the limits of size has no sections.

    Without a `binder` there are no figures to bind: `[[…]]` stays text, with a warning. `first_line` is the line of
    the file at which `source` begins; ids of headings begin with `heading_ids`.
    """
    script = Script(file=file, first_line=first_line, lines=tuple(LINE_END.split(source)))
    excess = tuple(check_size(script, source))
    if excess:
        return (), excess
    tokens, notes = parse_tokens(source)
    reading = Reading(script=script, folder=folder, words=words, binder=binder, heading_ids=heading_ids, notes=notes)
    reading.check_parsing(tokens)
    reading.dress(tokens)
    sections = tuple(make_section(script, part) for part in split_sections(tokens))
    return sections, (*check_characters(script), *reading.problems.findings)


@dataclass(slots=True, kw_only=True)
class Reading:
    """One walk through a narrative's tokens, which dresses them for the page and notes what is wrong."""

    script: Script
    folder: LinkFolder
    words: MarkdownWords
    binder: Binder | None
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
                    token.meta["passage"] = make_passage(self.script, tokens[index - 1], token)
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
                case "fence" if not CODE_NAME.fullmatch(token.info.strip()):
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
        if "[[" in block.content:
            self.bind_figures(block, children)
        if "\n" in block.content:
            join_cjk_lines(children)
        if "【【" in block.content or "［［" in block.content:
            self.check_brackets(block, children)
        if "[" in block.content or "<" in block.content:
            self.check_text(block, children)
            for index, child in enumerate(children):
                if child.type == "link_open" and not child.hidden:
                    self.dress_link(block, children, index)
                elif child.type == "image":
                    self.dress_image(block, child)
        block.meta["text"] = read_text(children)

    def bind_figures(self, block: Token, children: Sequence[Token], start: int = 0) -> None:
        """Put the figures in place that a text binds; what cannot be bound stays as it is typed.

        `start` is where in the block the text begins.
        """
        for child in children:
            if child.type == "image":
                self.bind_figures(block, child.children or [], start + child.meta["span"][0] + len("!["))
            elif child.type == FIGURE:
                self.bind_figure(block, child, start + child.meta["span"][0] + len("[["))
        if not start and block.content in self.notes.unclosed:
            self.note("bound-unclosed", self.script.place_text(block, self.notes.unclosed[block.content], 2))

    def bind_figure(self, block: Token, token: Token, start: int) -> None:
        """Bind one figure; its text begins at `start` in the block."""

        def place(offset: int, length: int) -> Place:
            return self.script.place_text(block, start + offset, length)

        text, token.type, token.content = token.content, "text", f"[[{token.content}]]"
        with self.problems.gather():
            if self.binder is None:
                raise fault("bound-outside", place(-2, len(text) + 4), written=token.content)
            bound = self.binder.bind(text, place)
            if bound is not None:
                token.type, token.content = FIGURE, bound.text
                token.attrs.update({"class": "figure", "href": bound.href})

    def check_brackets(self, block: Token, children: Sequence[Token]) -> None:
        """Note full-width brackets that may have been meant to bind a figure."""
        texts = [child.content for child in children if child.type == "text"]
        for match in (match for text in texts for match in FULL_WIDTH.finditer(text)):
            place = self.script.place_text(block, block.content.find(match[0]), len(match[0]))
            self.note("bound-brackets", place, written=match[0], wanted=f"[[{match[1]}]]")

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
            if token.type == FIGURE:
                token.attrs.clear()
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
        for child in children:
            child.type = "text" if child.type == FIGURE else child.type  # what stands for a picture has no links
        join_cjk_lines(children)
        address, place = str(token.attrs["src"]), self.script.place_text(block, *token.meta["span"])
        if not has_text(children):
            self.note("image-alt-missing", place, address=address)
        kind, token.type, token.content = token.type, "text", read_text(children)
        with self.problems.gather():
            check_image(address, self.folder, place)
            token.attrs["src"] = self.folder.lead + address
            token.type = kind


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
    texts = (str(token.meta.get("text", token.content)).strip() for token in body if token.content)
    headings = (
        Heading(level=int(token.tag[1]), text=read_heading(body[index + 1]), id=str(token.attrs["id"]))
        for index, token in enumerate(body)
        if token.type == "heading_open" and "id" in token.attrs
    )
    return MarkdownSection(
        heading=read_heading(tokens[1]) if headed else "",
        place=script.place_line(first_row(tokens[0])),
        html=render_tokens(body),
        text="\n".join(texts),
        headings=tuple(headings),
        passages=tuple(token.meta["passage"] for token in body if "passage" in token.meta),
    )
