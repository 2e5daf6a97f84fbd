"""The project: its settings, and all that is read once and shared by every agency."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gaisite.build.fonts import hash_fonts
from gaisite.build.keys import hash_code, hash_content
from gaisite.build.search import lacks_pagefind
from gaisite.export.files import find_missing_extra
from gaisite.findings import Problems, fault
from gaisite.model.catalogue import Catalogue
from gaisite.model.datasets import CellNames
from gaisite.model.downloads import Format
from gaisite.model.forms import Form
from gaisite.model.portal import Portal, TextPage
from gaisite.model.theme import Theme
from gaisite.read.catalogue import adjust_catalogue, read_catalogue
from gaisite.read.files import name_file, read_source
from gaisite.read.forms import check_forms, read_forms
from gaisite.read.names import name_form
from gaisite.read.pages import read_pages
from gaisite.read.places import PACKAGE_FORMS, SETTINGS
from gaisite.read.prose import MarkdownWords
from gaisite.read.reports import ReadingContext
from gaisite.read.settings import note_unknown_cells, read_portal
from gaisite.read.themes import read_theme
from gaisite.render.site import Edition, Site
from gaisite.render.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What every agency's pages depend on besides its own files."""

    project: Path
    content: Path
    drafts: bool
    site: Site
    others: tuple[Site, ...] = ()
    """The site in its further languages."""
    reading: ReadingContext
    kinds: tuple[str, ...]
    """The kinds of agency that the forms know."""
    cell_names: CellNames
    """For the files for download."""
    key: str
    """One hash over all of this."""

    @property
    def portal(self) -> Portal:
        """The portal's settings."""
        return self.site.portal

    @property
    def forms(self) -> Mapping[str, Form]:
        """All forms by id."""
        return self.site.forms

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of general checks."""
        return self.site.catalogue


def read_common(project: Path, problems: Problems, *, drafts: bool, base_url: str | None) -> Common | None:
    """All that is shared; None where settings, theme or a form cannot be used, every mistake noted.

    A report is not held against a form that is itself wrong: what came of it would mislead.
    """
    content = project / "content"
    with problems.gather():
        portal = read_portal(read_source(project / SETTINGS, project), problems, project)
        if portal is None:
            return None
        portal = portal if base_url is None else replace(portal, base_url=base_url)
        theme = read_theme(portal.theme, project, portal.place, problems)
        before = len(problems.findings)
        forms = read_forms((PACKAGE_FORMS, content / "forms"), project, problems)
        check_forms(forms, problems)
        broken = len(problems.findings) > before
        if broken or theme is None or not has_language(theme, portal, problems) or lacks_extra(portal, problems):
            return None
        note_unknown_cells(portal, forms.values(), problems)
        site = make_site(project, portal, theme, forms, problems)
        return share(project, site, drafts=drafts)
    return None


def has_language(theme: Theme, portal: Portal, problems: Problems) -> bool:
    """Whether the theme speaks the portal's languages; noted where it does not."""
    known = ", ".join(sorted(theme.words))
    missing = [language for language in portal.languages if language not in theme.words]
    for language in missing:
        problems.add(fault("theme-language", portal.place, language=language, known=known).finding)
    return not missing


def lacks_extra(portal: Portal, problems: Problems) -> bool:
    """Whether something that the portal offers cannot be made here; each noted with the extra that is missing."""
    before = len(problems.findings)
    for setting in portal.downloads:
        if extra := find_missing_extra(setting.format):
            problems.add(fault("extra-missing", setting.place, format=setting.format.value, extra=extra).finding)
    if portal.search and lacks_pagefind():
        problems.add(fault("search-extra", portal.search_place or portal.place).finding)
    return len(problems.findings) > before


def make_site(project: Path, portal: Portal, theme: Theme, forms: Mapping[str, Form], problems: Problems) -> Site:
    """What every page is rendered with."""
    words = Words(portal.language, theme.words[portal.language])
    return Site(
        portal=portal,
        forms=forms,
        theme=theme,
        words=words,
        catalogue=adjust_catalogue(read_catalogue(), portal.checks, forms.values(), problems),
        pages=read_pages(project / "content", project, choose_words(words), portal.languages, problems),
        stylesheet=name_asset("style", theme.stylesheet, "css"),
        script=name_asset("script", theme.script, "js") if theme.script else "",
        editions=list_editions(portal, theme),
    )


def list_editions(portal: Portal, theme: Theme) -> tuple[Edition, ...]:
    """The site in each of its languages, the main one first."""
    return tuple(
        Edition(language=each, name=theme.words[each]["language_name"], prefix=f"{each}/" if number else "")
        for number, each in enumerate(portal.languages)
    )


def translate_site(site: Site) -> tuple[Site, ...]:
    """The site in its further languages; a page of the portal's own that is not translated stays as it is."""
    return tuple(
        replace(
            site,
            portal=site.portal.within(edition.language),
            words=Words(edition.language, site.theme.words[edition.language]),
            pages=pick_pages(site.pages, edition.language),
            prefix=edition.prefix,
        )
        for edition in site.editions[1:]
    )


def pick_pages(pages: Iterable[TextPage], language: str) -> tuple[TextPage, ...]:
    """The portal's own pages in a language, or else in the main one."""
    pages = tuple(pages)
    translated = {page.slug: page for page in pages if page.language == language}
    return tuple(translated.get(page.slug, page) for page in pages if not page.language)


def name_asset(name: str, content: bytes, ending: str) -> str:
    """The path of a file of the theme: its content's hash in it, so that browsers may keep it for good."""
    return f"assets/{name}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


def choose_words(words: Words) -> MarkdownWords:
    """The theme's words for narratives."""
    return MarkdownWords(table_label=words.narrative_table)


def share(project: Path, site: Site, *, drafts: bool) -> Common:
    """What is shared, put together, with its key."""
    content = project / "content"
    names = {form_id: name_form(form) for form_id, form in site.forms.items()}
    return Common(
        project=project,
        content=content,
        drafts=drafts,
        site=replace(site, pages=pick_pages(site.pages, site.language)),
        others=translate_site(site),
        reading=ReadingContext(
            project=project,
            content=content,
            forms=names,
            words=choose_words(site.words),
            drafts=drafts,
            attachments=site.portal.attachments,
        ),
        kinds=tuple(sorted({kind for form in site.forms.values() for due in form.deadlines for kind in due.kinds})),
        cell_names=CellNames(forms=site.forms),
        key=hash_common(project, site.portal, site.theme, drafts=drafts),
    )


def hash_common(project: Path, portal: Portal, theme: Theme, *, drafts: bool) -> str:
    """One hash over the settings, the forms, the theme, the portal's own pages, gaisite and the fonts of PDF files."""
    words = sorted((language, sorted(words.items())) for language, words in theme.words.items())
    fonts = hash_fonts() if Format.PDF in portal.documents else ""
    parts = (hash_code(), fonts, theme.digest, words, drafts, portal.base_url, portal.host)
    digest = hashlib.sha256("\0".join(map(str, parts)).encode())
    shared = [project / SETTINGS, *sorted((project / "content").glob("forms/*"))]
    shared += sorted((project / "content").glob("pages/*"))
    for path in shared:
        digest.update(b"\0" + name_file(path, project).encode() + b"\0" + hash_content(path))
    return digest.hexdigest()
