"""A new portal: its settings, a page about it, and what tells its editor how to go on."""

from dataclasses import dataclass
from pathlib import Path

from gaisite.read.places import SETTINGS
from gaisite.read.settings import LANGUAGES
from gaisite.scaffold.files import Scaffold
from gaisite.scaffold.spelling import clean_text, spell_scalar
from gaisite.scaffold.templates import fill_template
from gaisite.texts import Texts

__all__ = ["DEFAULT_TITLE", "LANGUAGES", "PAGES", "PortalWishes", "lay_out_portal", "name_portal"]

PAGES = ("about",)
"""The pages of every new portal: no agency can have their address."""

DEFAULT_TITLE = Texts.of({"zh-CN": "政府信息公开工作年度报告", "en": "Annual reports"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalWishes:
    """What is known of a portal at its beginning."""

    language: str = LANGUAGES[0]
    title: str = ""
    """Empty: one that fits any."""
    base_url: str = ""


def lay_out_portal(folder: Path, wishes: PortalWishes) -> Scaffold:
    """The first files of a portal without agencies, which can be checked and built as it is."""
    title = name_portal(wishes.title, wishes.language)
    url = f"base_url: {spell_scalar(wishes.base_url)}" if wishes.base_url else "#base_url:"
    settings = {"title": spell_scalar(title), "language": wishes.language, "base_url": url}
    return Scaffold(
        root=folder,
        files={
            SETTINGS: fill_template(f"{wishes.language}/site.yaml", **settings),
            "content/pages/about.md": fill_template(f"{wishes.language}/about.md"),
            "README.txt": fill_template(f"{wishes.language}/README.txt", title=title),
            ".gitignore": fill_template("gitignore"),
        },
    )


def name_portal(title: str, language: str) -> str:
    """The title of a portal: its own, or one that fits any."""
    return clean_text(title) or DEFAULT_TITLE.within(language)
