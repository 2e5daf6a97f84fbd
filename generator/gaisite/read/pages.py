"""content/pages/*.md: the portal's own pages."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.portal import TextPage
from gaisite.model.prose import Prose
from gaisite.read.aliases import read_aliases
from gaisite.read.fields import Fields
from gaisite.read.files import name_file, printable, read_source
from gaisite.read.folders import RESERVED, is_slug, list_entries, note_stray
from gaisite.read.links import LinkFolder
from gaisite.read.narratives import split_front_matter
from gaisite.read.nodes import read_nodes
from gaisite.read.prose import MarkdownWords, read_markdown

KEYS = ("title", "description", "order", "aliases")


def read_pages(
    content: Path, project: Path, words: MarkdownWords, languages: Sequence[str], problems: Problems
) -> tuple[TextPage, ...]:
    """The portal's own pages, by their order and then their name; `about.en.md` is about.md in a further language."""
    folder = content / "pages"
    if not folder.is_dir():
        return ()
    pages: list[tuple[int, TextPage]] = []
    for path in list_entries(folder, project, problems):
        slug, language = split_name(path.stem, languages)
        if path.suffix != ".md":
            note_stray(path, project, problems)
            continue
        if not is_slug(slug) or slug.lower() in RESERVED:
            problems.add(fault("page-name", Place(file=name_file(path, project)), found=printable(slug)).finding)
            continue
        with problems.gather():
            rank, page = read_page(path, content, project, words, problems)
            pages.append((rank, replace(page, slug=slug, language=language)))
    return tuple(page for _, page in sorted(pages, key=lambda pair: (pair[0], pair[1].slug)))


def split_name(name: str, languages: Sequence[str]) -> tuple[str, str]:
    """The address of a page, and the further language that its file is in; empty for the main one."""
    slug, _, language = name.rpartition(".")
    return (slug, language) if slug and language in languages[1:] else (name, "")


def read_page(
    path: Path, content: Path, project: Path, words: MarkdownWords, problems: Problems
) -> tuple[int, TextPage]:
    """One page and its rank in lists."""
    source = read_source(path, project)
    front, body, first_line = split_front_matter(source)
    fields = Fields(front, read_nodes(front, problems), problems, KEYS)
    folder = LinkFolder(folder=path.parent, content=content)
    parts, findings = read_markdown(body, file=source.file, first_line=first_line, folder=folder, words=words)
    problems.extend(findings)
    page = TextPage(
        slug=path.stem,
        title=fields.text("title", required=True),
        parts=tuple((part.heading, Prose(html=part.html, text=part.text, headings=part.headings)) for part in parts),
        place=source.place(),
        description=fields.text("description"),
        aliases=read_aliases(fields),
    )
    return fields.integer("order") or 0, page
