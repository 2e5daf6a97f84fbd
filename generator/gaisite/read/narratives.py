"""report.md: the front matter, and the narrative by statutory section."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.content import Attachment, Narrative
from gaisite.model.forms import Form, Section
from gaisite.model.prose import Prose
from gaisite.read.aliases import read_aliases
from gaisite.read.bound_figures import Binder
from gaisite.read.fields import Fields, suggest
from gaisite.read.files import Source, hash_file, open_regular
from gaisite.read.folders import YearFolder
from gaisite.read.links import LinkFolder, is_address
from gaisite.read.names import normalise_label, read_ordinal, strip_ordinal
from gaisite.read.nodes import read_nodes
from gaisite.read.prose import MarkdownSection, MarkdownWords, read_markdown

KEYS = (
    "title",
    "published",
    "source",
    "source_url",
    "index_number",
    "document_number",
    "description",
    "keywords",
    "notes",
    "attachments",
    "draft",
    "aliases",
)
OPENED = re.compile(r"---[ \t]*(?:\n|\Z)")
FENCE = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
LINE_END = re.compile(r"\r\n?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeContext:
    """What reading a narrative needs to know besides its text."""

    form: Form
    folder: YearFolder
    content: Path
    project: Path
    words: MarkdownWords
    binder: Binder | None = None
    """Finds the figures that the narrative binds; None: there are none to bind."""
    earlier: bool = False
    """It was superseded: its page lies one folder deeper, and what it offered may be gone, yet is named."""


def split_front_matter(source: Source) -> tuple[Source, str, int]:
    """The YAML before the narrative (with its line numbers), the narrative, and the line where it begins.

    Raises ContentError where the YAML does not end: on the page it would be text, and a draft would be public.
    """
    text = LINE_END.sub("\n", source.text)
    found = FENCE.match(text)
    if found:
        front = Source(file=source.file, text="\n" + found[1])
        return front, text[found.end() :], text.count("\n", 0, found.end()) + 1
    if OPENED.match(text):
        raise fault("front-matter-open", source.place(1, 1, 3))
    return Source(file=source.file, text=""), text, 1


def read_narrative(source: Source, context: NarrativeContext, problems: Problems) -> Narrative:
    """The narrative of one report; every mistake is noted with its place."""
    front, body, first_line = split_front_matter(source)
    fields = Fields(front, read_nodes(front, problems), problems, KEYS)
    folder = LinkFolder(folder=context.folder.path, content=context.content, lead="../" if context.earlier else "")
    sections, findings = read_markdown(
        body,
        file=source.file,
        first_line=first_line,
        folder=folder,
        words=context.words,
        binder=context.binder,
    )
    problems.extend(findings)
    preamble, prose = match_sections(sections, context.form, source, problems)
    return Narrative(
        place=source.place(1),
        title=fields.text("title"),
        published=(published := read_date(fields, "published")),
        published_place=fields.place("published") if published else None,
        source=fields.text("source"),
        source_url=read_url(fields, "source_url"),
        index_number=fields.text("index_number"),
        document_number=fields.text("document_number"),
        description=fields.text("description"),
        keywords=fields.strings("keywords"),
        notes=fields.strings("notes"),
        attachments=read_attachments(fields, context),
        draft=fields.flag("draft"),
        aliases=read_aliases(fields),
        preamble=preamble,
        sections=prose,
        places={key: fields.place(key) for key in fields.values},
    )


def is_draft(source: Source) -> bool:
    """Whether a narrative's front matter says that it is a draft; what is wrong with it is told where it is read."""
    problems = Problems()
    with problems.gather():
        front, _, _ = split_front_matter(source)
        return Fields(front, read_nodes(front, problems), problems, KEYS).flag("draft")
    return False


def read_date(fields: Fields, key: str) -> str:
    """A date, with or without a time, as written."""
    text = fields.text(key)
    if not text:
        return ""
    try:
        if not DATE.fullmatch(text):
            raise ValueError(text)
        datetime.datetime.fromisoformat(text)
    except ValueError:
        fields.note("date-invalid", fields.place(key), key=key, found=text)
        return ""
    return text


def read_url(fields: Fields, key: str) -> str:
    """An address on the web."""
    url = fields.text(key)
    if url and not (re.fullmatch(r"https?://\S+", url) and is_address(url)):
        fields.note("link-refused", fields.place(key), address=url)
        return ""
    return url


def read_attachments(fields: Fields, context: NarrativeContext) -> tuple[Attachment, ...]:
    """The files that the report offers; each must lie in its folder `files`."""
    attachments = []
    for record in fields.records("attachments", ("file", "title")):
        path = record.text("file", required=True)
        if not path:
            continue
        title = record.text("title") or Path(path).stem
        place = record.place("title" if record.text("title") else "file")
        if path not in context.folder.files or not path.startswith("files/"):
            near = suggest(path, context.folder.files, fields.problems)
            record.note("attachment-missing", record.place("file"), file=path, near=near)
            if context.earlier:
                attachments.append(Attachment(path="", title=title, size=0, digest="", place=place))
            continue
        with fields.problems.gather():
            file = context.folder.path / path
            size = open_regular(file, context.project).st_size
            digest = hash_file(file, context.project)
            attachments.append(Attachment(path=path, title=title, size=size, digest=digest, place=place))
    return tuple(attachments)


def match_sections(
    found: Iterable[MarkdownSection], form: Form, source: Source, problems: Problems
) -> tuple[Prose | None, dict[str, Prose]]:
    """The preamble and the prose of each section; a missing, unknown, repeated or misplaced one is noted."""
    names = name_sections(form)
    preamble: Prose | None = None
    sections: dict[str, Prose] = {}
    order = [section.id for section in form.sections]
    last = -1
    for part in found:
        prose = Prose(html=part.html, text=part.text, headings=part.headings, passages=part.passages, place=part.place)
        if not part.heading:
            preamble = replace(prose, place=None) if part.html.strip() else None
            continue
        section = names.get(normalise_label(part.heading)) or names.get(strip_ordinal(part.heading))
        if section is None:
            headings = [each.heading.official for each in form.sections]
            near = suggest(part.heading, headings, problems)
            problems.add(fault("section-unknown", part.place, found=part.heading, near=near).finding)
        elif section.id in sections:
            problems.add(fault("section-twice", part.place, heading=section.heading).finding)
        else:
            sections[section.id] = prose
            note_number(part, section, problems)
            position = order.index(section.id)
            if position < last:
                problems.add(fault("section-order", part.place, heading=section.heading).finding)
            last = max(last, position)
    note_missing(form, sections, source, problems)
    return preamble, sections


def note_number(part: MarkdownSection, section: Section, problems: Problems) -> None:
    """Note a heading whose number is another than the form's; it may have none, and the form may give none."""
    numbers = {read_ordinal(heading) for _, heading in section.heading.by_language}
    if 0 not in numbers and read_ordinal(part.heading) not in {0, *numbers}:
        problems.add(fault("section-number", part.place, found=part.heading, heading=section.heading).finding)


def name_sections(form: Form) -> dict[str, Section]:
    """The sections by what their headings may be: in each language, with and without the ordinal."""
    names = {}
    for section in form.sections:
        for _, heading in section.heading.by_language:
            names[normalise_label(heading)] = section
            names[strip_ordinal(heading)] = section
    return names


def note_missing(form: Form, sections: dict[str, Prose], source: Source, problems: Problems) -> None:
    """Note each section that the form demands and the report does not have."""
    for section in form.sections:
        if section.id not in sections:
            place = Place(file=source.file)
            problems.add(fault("section-missing", place, heading=section.heading).finding)
