"""The narrative of a document as report.md: its paragraphs under the form's headings, its tables left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from gaisite.imports.documents import Grid, Paragraph
from gaisite.imports.labels import measure, shorten
from gaisite.imports.marking import escape_start
from gaisite.model.forms import Form, Section
from gaisite.read.names import ORDINAL
from gaisite.scaffold.spelling import spell_heading

ALIKE = 0.72
"""How much alike a printed heading and an official one must be."""
LONGEST = 44
"""Letters of a heading, at most: what is longer is a sentence."""
SENTENCE = re.compile(r"[。！？；!?;.：:，,]\s*$")
SUBHEADING = re.compile(r"[（(][一二三四五六七八九十]+[)）]\S{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """The text of a report."""

    preamble: tuple[str, ...]
    sections: dict[str, tuple[str, ...]]
    """Paragraphs in Markdown by section."""
    headings: tuple[tuple[str, str], ...] = ()
    """The headings that are not printed as the form has them: printed, official."""


@dataclass(slots=True)
class Sorter:
    """Sorts paragraphs into sections."""

    form: Form
    title: str
    """Of the report, in letters alone: it is no text."""
    present: str = ""
    preamble: list[str] = field(default_factory=list)
    sections: dict[str, list[str]] = field(default_factory=dict)
    headings: list[tuple[str, str]] = field(default_factory=list)

    def add(self, paragraph: Paragraph) -> None:
        """One paragraph: a heading of the form, a heading inside a section, or text."""
        section, rest = self.find_section(paragraph)
        if section is not None:
            self.present = section.id
            self.sections.setdefault(section.id, [])
            if rest is not None:
                self.add(rest)
            return
        text = self.write(paragraph)
        if text:
            (self.sections[self.present] if self.present else self.preamble).append(text)

    def find_section(self, paragraph: Paragraph) -> tuple[Section | None, Paragraph | None]:
        """The section that begins with a paragraph, and the text that stands in one line with its heading."""
        if paragraph.own:
            return None, None
        following = self.list_following()
        printed = shorten(paragraph.text)
        if len(paragraph.text) <= LONGEST and not SENTENCE.search(paragraph.text):
            likeness = {section.id: measure_heading(section, printed) for section in following}
            best = max(following, key=lambda section: likeness[section.id], default=None)
            numbered = ORDINAL.match(paragraph.text.strip()) is not None or paragraph.level > 0
            if best is not None and (likeness[best.id] == 1 or (numbered and likeness[best.id] >= ALIKE)):
                if likeness[best.id] < 1:
                    self.headings.append((paragraph.text, best.heading.official))
                return best, None
        for section in following:
            for _, heading in section.heading.by_language:
                if paragraph.text.startswith(heading) and len(paragraph.text) > len(heading):
                    return section, cut_start(paragraph, heading)
        return None, None

    def list_following(self) -> list[Section]:
        """The sections that may begin now."""
        return [section for section in self.form.sections if section.id not in self.sections]

    def write(self, paragraph: Paragraph) -> str:
        """A paragraph in Markdown; empty for what is no text: the report's title."""
        if paragraph.own:
            return paragraph.markdown
        if not self.sections and len(paragraph.text) <= LONGEST and self.is_title(paragraph.text):
            return ""
        if paragraph.level or is_subheading(paragraph):
            return f"### {spell_heading(paragraph.text)}"
        text = escape_start(paragraph.markdown)
        return f"- {text}" if paragraph.item else text

    def is_title(self, text: str) -> bool:
        """Whether a line before the first section is the report's title or a part of it."""
        letters = shorten(text)
        return bool(letters) and (letters in self.title or self.title in letters)


def sort_paragraphs(blocks: Iterable[Paragraph | Grid], form: Form, title: str) -> Narrative:
    """The text of a document by section."""
    sorter = Sorter(form=form, title=shorten(title))
    for block in blocks:
        if isinstance(block, Paragraph):
            sorter.add(block)
    sections = {section: tuple(texts) for section, texts in sorter.sections.items()}
    return Narrative(preamble=tuple(sorter.preamble), sections=sections, headings=tuple(sorter.headings))


def measure_heading(section: Section, printed: str) -> float:
    """How much alike a section's heading and a printed one are."""
    return max(
        1.0 if shorten(each) == printed else measure(shorten(each), printed) for _, each in section.heading.by_language
    )


def is_subheading(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a heading inside a section, by its number and its shortness."""
    text = paragraph.text.strip()
    return (
        len(text) <= LONGEST and SUBHEADING.match(text) is not None and not SENTENCE.search(text) and "。" not in text
    )


def cut_start(paragraph: Paragraph, start: str) -> Paragraph | None:
    """A paragraph without the heading that it begins with; None where nothing is left."""
    text = paragraph.text[len(start) :].strip()
    markdown = paragraph.markdown[len(start) :].strip() if paragraph.markdown.startswith(start) else text
    return replace(paragraph, text=text, markdown=markdown, level=0) if text else None


def write_sections(narrative: Narrative, form: Form) -> Iterator[str]:
    """The parts of report.md: what comes first, then every section of the form under its official heading."""
    if narrative.preamble:
        yield "\n\n".join(narrative.preamble)
    for section in form.sections:
        texts = narrative.sections.get(section.id, ())
        yield "\n\n".join([f"## {spell_heading(section.heading.official)}", *join_items(texts)])


def join_items(texts: Iterable[str]) -> Iterator[str]:
    """Paragraphs, the items of one list together."""
    items: list[str] = []
    for text in texts:
        if text.startswith("- "):
            items.append(text)
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield text
    if items:
        yield "\n".join(items)
