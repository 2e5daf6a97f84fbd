"""What a new portal is to be: as the command line says, and on a terminal as the answers to a few questions do."""

from dataclasses import dataclass, replace
from pathlib import Path

import click

from gaisite.cli.asking import Asker, Choice, FaultFinder
from gaisite.findings import ContentError, Place
from gaisite.read.catalogue import read_catalogue
from gaisite.read.fields import MAX_NAME
from gaisite.read.folders import YEAR
from gaisite.scaffold import DEFAULT_TITLE, LANGUAGES, PortalKind, read_kinds
from gaisite.scaffold.beginnings import (
    count_agencies,
    place_folders,
    read_package_ground,
    refuse_folders,
    suggest_folder,
    suggest_name,
)
from gaisite.scaffold.choosing import choose_form
from gaisite.scaffold.spelling import clean_text
from gaisite.texts import Texts

EMPTY = "empty"
"""The kind of a portal that begins with nothing."""
EMPTY_LABEL = Texts.of({"zh-CN": "空的网站，机关以后再加", "en": "Empty: agencies are added later"})
MOST = 50
"""How many agencies are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWishes:
    """What is known of a portal that is to be made; what is not said is empty."""

    kind: str = ""
    title: str = ""
    language: str = ""
    names: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    year: int = 0

    @property
    def begins(self) -> bool:
        """Whether something is said that only a portal with agencies has."""
        return bool(self.names or self.folders or self.year)

    @property
    def beginning(self) -> PortalKind | None:
        """Its kind; None where it is empty."""
        return read_kinds().get(self.kind)

    @property
    def tongue(self) -> str:
        """The language of its pages."""
        return self.language or (self.beginning.language if self.beginning else LANGUAGES[0])

    @property
    def default_title(self) -> str:
        """How it is called where nobody says otherwise."""
        own = self.beginning.title if self.beginning else None
        return (own or DEFAULT_TITLE).within(self.tongue)


def ask_wishes(wishes: SiteWishes, asker: Asker, year: int) -> SiteWishes:
    """All that is not said, asked for; `year` is offered. click.Abort where the answers are at an end."""
    chinese = "直接按回车，就用方括号里的内容；按 Ctrl-C 放弃，不写任何文件。"
    english = "Enter alone takes what is in brackets; Ctrl-C gives up, and nothing is written."
    click.echo(asker.say(chinese, english))
    wishes = wishes if wishes.kind else replace(wishes, kind=ask_kind(wishes, asker))
    kind = wishes.beginning
    if kind is None and not wishes.language:
        wishes = replace(wishes, language=ask_language(asker))
    if kind is not None:
        wishes = ask_agencies(wishes, kind, asker)
        wishes = wishes if wishes.year else replace(wishes, year=ask_year(kind, asker, year))
    if wishes.title:
        return wishes
    question = asker.say("网站名称", "Title of the portal")
    return replace(wishes, title=asker.ask(question, wishes.default_title, find_name_fault(asker)))


def ask_kind(wishes: SiteWishes, asker: Asker) -> str:
    """With what the portal begins."""
    choices = [Choice(kind.id, kind.label.within(asker.language)) for kind in read_kinds().values()]
    choices += [] if wishes.begins else [Choice(EMPTY, EMPTY_LABEL.within(asker.language))]
    default = next(kind.id for kind in read_kinds().values() if kind.language == asker.language)
    return asker.choose(asker.say("要建什么网站？", "What is the portal for?"), choices, default)


def ask_language(asker: Asker) -> str:
    """The language of the pages."""
    labels = {"zh-CN": "简体中文", "zh-Hant": "繁體中文", "en": "English"}
    choices = [Choice(tag, labels[tag]) for tag in LANGUAGES]
    return asker.choose(asker.say("网页用哪种语言？", "In which language are its pages?"), choices, asker.language)


def ask_agencies(wishes: SiteWishes, kind: PortalKind, asker: Asker) -> SiteWishes:
    """The names and folders that are not said, and how many agencies there are, where nothing is said of them."""
    number = 0 if not wishes.names and not wishes.folders else count_agencies(kind, wishes.names, wishes.folders)
    above = int(kind.nested)
    for index in range(above):
        wishes = ask_agency(wishes, kind, index, asker)
    if not number:
        number = 1 if kind.is_single else above + ask_number(kind, asker)
    for index in range(above, number):
        wishes = ask_agency(wishes, kind, index, asker)
    return wishes


def ask_agency(wishes: SiteWishes, kind: PortalKind, index: int, asker: Asker) -> SiteWishes:
    """The name and the folder of one agency, those that are not said."""
    if index >= len(wishes.names):
        label, default = name_place(kind, index, asker), suggest_name(kind, index, wishes.tongue)
        question = asker.say(f"{label}的名称", f"Name of {label}")
        wishes = replace(wishes, names=(*wishes.names, asker.ask(question, default, find_name_fault(asker))))
    if index >= len(wishes.folders):
        name, default = wishes.names[index], suggest_folder(kind, index, wishes.names[index])
        chinese, english = f"{name}的文件夹，也是网址中的名字", f"Folder of {name}, also its name in addresses"
        folder = asker.ask(asker.say(chinese, english), default, find_folder_fault(kind, wishes.folders, asker))
        wishes = replace(wishes, folders=(*wishes.folders, folder))
    return wishes


def ask_number(kind: PortalKind, asker: Asker) -> int:
    """How many agencies the portal begins with, below the one above them where there is one."""

    def find_fault(answer: str) -> str:
        good = answer.isascii() and answer.isdigit() and len(answer) < 5 and 1 <= int(answer) <= MOST
        return "" if good else asker.say(f"请写 1 到 {MOST} 的数。", f"Write a number from 1 to {MOST}.")

    question = asker.say("先建几个下级机关", "How many agencies below it at first")
    if not kind.nested:
        question = asker.say("先建几个机关", "How many agencies at first")
    return int(asker.ask(question, str(len(kind.agencies) - int(kind.nested)), find_fault))


def name_place(kind: PortalKind, index: int, asker: Asker) -> str:
    """What an agency is called in a question."""
    if kind.is_single:
        return asker.say("机关", "the agency")
    if kind.nested and index == 0:
        return asker.say("上级机关", "the agency above")
    number = index if kind.nested else index + 1
    below = asker.say("下级机关", "agency below no.") if kind.nested else asker.say("机关", "agency no.")
    return asker.say(f"{below} {number} ", f"{below} {number}")


def ask_year(kind: PortalKind, asker: Asker, year: int) -> int:
    """The year of the first reports, which a form serves."""
    forms = read_package_ground(Path(), kind.language).forms

    def find_fault(answer: str) -> str:
        if not YEAR.fullmatch(answer):
            return asker.say(f"“{answer}”不是四位数的年份。", f"“{answer}” is no year of four digits.")
        try:
            choose_form(forms, int(answer), Place(file=""), like=kind.form)
        except ContentError as error:
            return read_catalogue().say(error.finding, asker.language)
        return ""

    return int(asker.ask(asker.say("第一份报告的年份", "Year of the first reports"), str(year), find_fault))


def find_name_fault(asker: Asker) -> FaultFinder:
    """What is wrong with a name or title."""

    def find_fault(answer: str) -> str:
        length = len(clean_text(answer))
        if not length:
            return asker.say("其中没有可以显示的字。", "Nothing in it can be shown.")
        chinese = f"名称有 {length} 字，最多 {MAX_NAME} 字。"
        english = f"It has {length} characters; {MAX_NAME} are the most."
        return asker.say(chinese, english) if length > MAX_NAME else ""

    return find_fault


def find_folder_fault(kind: PortalKind, before: tuple[str, ...], asker: Asker) -> FaultFinder:
    """What is wrong with a folder beside those before it."""

    def find_fault(answer: str) -> str:
        catalogue = read_catalogue()
        try:
            refuse_folders(place_folders(kind, [*before, answer]))
        except ContentError as error:
            hint = catalogue.hint(error.finding, asker.language)
            return f"{catalogue.say(error.finding, asker.language)}{asker.say('', ' ')}{hint}"
        return ""

    return find_fault
