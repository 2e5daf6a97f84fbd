"""What every page is rendered with: the portal, its forms, theme and words, and the addresses of pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, urlsplit

from gaisite.model.catalogue import Catalogue
from gaisite.model.forms import Form
from gaisite.model.portal import Portal, TextPage
from gaisite.model.theme import Theme
from gaisite.render.tables import Frames
from gaisite.render.words import Words
from gaisite.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The site in one of its languages."""

    language: str
    name: str
    """What the language is called in itself."""
    prefix: str
    """The folder of its pages, with a final `/`; empty for the main language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The same for all pages of a build."""

    portal: Portal
    forms: Mapping[str, Form]
    theme: Theme
    words: Words
    catalogue: Catalogue
    pages: tuple[TextPage, ...]
    stylesheet: str
    """Path of the style sheet in the site."""
    script: str
    """Path of the script in the site; empty where the theme has none."""
    prefix: str = ""
    """The folder in which the pages of this language lie, with a final `/`; empty for the main one."""
    editions: tuple[Edition, ...] = ()
    """The site in each of its languages, this one too, the main one first."""
    frames: Frames = field(init=False, repr=False, compare=False, default_factory=Frames)
    """Those of its tables that were laid out so far."""
    key_labels: dict[str, tuple[tuple[str, str, str], ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    """What `list_key_cells` gave for each form that it was asked for."""

    @property
    def language(self) -> str:
        """The language of the pages."""
        return self.portal.language

    def say(self, texts: Texts | None) -> str:
        """A text in the language of the pages, or else in its own; empty where there is none."""
        return texts.within(self.language) if texts else ""

    def language_of(self, texts: Texts) -> str:
        """The tag to mark a text with: empty where it is in the language of the pages."""
        for language, _ in texts.by_language:
            if texts.within(self.language) == texts.get(language):
                return self.mark(language)
        return texts.language

    def mark(self, language: str) -> str:
        """The tag for what is in a language: empty where that is the language of the pages, but for its script."""
        own, other = self.language.split("-"), language.split("-")
        same = own[0] == other[0] and ("Hant" in own) == ("Hant" in other)
        return "" if same else language


def page_path(address: str) -> str:
    """The file of a page: `a/2020` → `a/2020/index.html`; the empty address is the home page."""
    return f"{address}/index.html" if address else "index.html"


def root_of(path: str) -> str:
    """From a page to the site's root: `../` for each folder it lies in."""
    return "../" * path.count("/")


quote_part = lru_cache(maxsize=4096)(quote)
"""A part of an address: the same names come again on every page."""


def link_to(path: str, target: str) -> str:
    """A relative address from one page's file to another file of the site."""
    source, destination = path.split("/")[:-1], target.split("/")
    common = 0
    while common < len(source) and common < len(destination) - 1 and source[common] == destination[common]:
        common += 1
    parts = [".."] * (len(source) - common) + destination[common:]
    return "/".join([quote_part(part) for part in parts])


def is_relative(url: str) -> bool:
    """Whether an address depends on the page it stands on."""
    parts = urlsplit(url)
    return bool(url) and not (parts.scheme or parts.netloc or url.startswith("/"))


def absolute_url(portal: Portal, path: str) -> str:
    """The address of a page on the web; empty where base_url is not set."""
    if not portal.base_url:
        return ""
    return portal.base_url + quote(path.removesuffix("index.html"))


def base_path(portal: Portal) -> str:
    """The path under which the site will lie on its host; `/` where base_url is not set."""
    return urlsplit(portal.base_url).path or "/"
