"""site.yaml: the settings of the portal."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from gaisite.findings import Place, Problems, Severity, fault
from gaisite.model.attachments import ENDING, USUAL
from gaisite.model.downloads import DownloadSetting, Format
from gaisite.model.forms import Form
from gaisite.model.hosting import HostFile
from gaisite.model.portal import CheckSetting, FooterItem, KeyFigureSetting, Link, Portal
from gaisite.read.aliases import read_aliases
from gaisite.read.fields import Fields, place_node, read_mapping
from gaisite.read.files import Source
from gaisite.read.host import read_host
from gaisite.read.links import is_address
from gaisite.read.nodes import MappingNode
from gaisite.read.targets import read_targets
from gaisite.texts import Texts

KEYS = (
    "title",
    "language",
    "languages",
    "base_url",
    "utc_offset",
    "theme",
    "description",
    "owner",
    "site_name",
    "site_domain",
    "site_code",
    "column",
    "breadcrumb",
    "footer",
    "footer_links",
    "key_figures",
    "checks",
    "downloads",
    "licence",
    "search",
    "host",
    "host_files",
    "publish",
    "attachments",
    "moved",
)
SEARCHES = ("pagefind",)
TRANSLATED = ("title", "description", "owner", "site_name")
"""What may be given in several languages."""
DEFAULT_FORMATS = (Format.CSV, Format.JSON)
LANGUAGES = ("zh-CN", "zh-Hant", "en")
BASE_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?/")
LINK = re.compile(r"(https?://|mailto:|tel:)\S+|[^\s:/\\][^\s:\\]*/?|/(?![/\\])\S*|\.\./\S*")
OFFSET = re.compile(r"[+-][01][0-9]:[0-5][0-9]|Z")
WEB = re.compile(r"https?://\S+")
THEME = re.compile(r"[a-z][a-z0-9_-]{0,79}")


def read_portal(source: Source, problems: Problems, project: Path | None = None) -> Portal | None:
    """The portal's settings; None where the file is no mapping, every mistake noted with its place.

    `project` is where the files lie that it names; without it, they are not read.
    """
    root = read_mapping(source, problems, "settings-empty")
    if root is None:
        return None
    fields = Fields(source, root, problems, KEYS)
    languages = read_languages(fields)
    read = {key: fields.texts(key, languages[0], required=key == "title") for key in TRANSLATED}
    texts = {key: each for key, each in read.items() if each is not None}
    column = fields.record("column", ("name", "description", "keywords"))
    return Portal(
        title=say(texts, "title", languages[0]),
        language=languages[0],
        languages=languages,
        texts=texts,
        base_url=read_base_url(fields),
        utc_offset=read_offset(fields),
        theme=read_theme_name(fields),
        description=say(texts, "description", languages[0]),
        owner=say(texts, "owner", languages[0]),
        site_name=say(texts, "site_name", languages[0]),
        site_domain=fields.text("site_domain"),
        site_code=fields.text("site_code"),
        column_name=column.text("name"),
        column_description=column.text("description"),
        column_keywords=column.strings("keywords"),
        breadcrumb=read_links(fields, "breadcrumb"),
        footer=tuple(read_footer(fields)),
        host=read_host(fields, project, problems),
        footer_links=read_links(fields, "footer_links"),
        key_figures=tuple(read_key_figures(fields)),
        checks=tuple(read_check_settings(fields)),
        downloads=tuple(read_downloads(fields)),
        licence=read_licence(fields),
        search=fields.choice("search", SEARCHES, default=""),
        search_place=fields.place("search") if fields.get("search") is not None else None,
        targets=tuple(read_targets(fields)),
        host_files=tuple(HostFile(found) for found, _ in read_choices(fields, "host_files", list(HostFile))),
        host_files_place=fields.place("host_files") if fields.get("host_files") is not None else None,
        moved=read_aliases(fields, "moved"),
        attachments=USUAL.union(read_endings(fields)),
        place=source.place(),
    )


def read_languages(fields: Fields) -> tuple[str, ...]:
    """The languages of the pages, the main one first: `languages`, or else `language`."""
    if fields.get("languages") is None:
        return (fields.choice("language", LANGUAGES, default=LANGUAGES[0]),)
    languages = [found for found, _ in read_choices(fields, "languages", LANGUAGES)]
    main = fields.choice("language", LANGUAGES, default=languages[0] if languages else LANGUAGES[0])
    return tuple(dict.fromkeys([main, *languages]))


def say(texts: Mapping[str, Texts], key: str, language: str) -> str:
    """A text of the settings in a language; empty where it is not given."""
    return texts[key].within(language) if key in texts else ""


def read_key_figures(fields: Fields) -> Iterator[KeyFigureSetting]:
    """The cells that are to summarise reports; which cells there are, the forms know."""
    for node in fields.items("key_figures"):
        cell = fields.scalar("key_figures", node)
        if cell:
            yield KeyFigureSetting(cell=cell, place=place_node(fields.source, node))


def note_unknown_cells(portal: Portal, forms: Iterable[Form], problems: Problems) -> None:
    """Note the key figures that are no cell of any form."""
    for each in portal.key_figures:
        if not any(form.find_cell(each.cell) for form in forms):
            problems.add(fault("key-figure-unknown", each.place, found=each.cell).finding)


def read_check_settings(fields: Fields) -> Iterator[CheckSetting]:
    """How much each check is to matter, as far as that is a severity; which checks there are, the forms know."""
    entries = fields.entries("checks")
    if not entries:
        return
    record = fields.record("checks", [key.text for key, _ in entries])
    for key, _ in entries:
        severity = record.choice(key.text, [each.value for each in Severity], required=True)
        if severity:
            yield CheckSetting(check=key.text, severity=Severity(severity), place=place_node(fields.source, key))


def read_downloads(fields: Fields) -> Iterator[DownloadSetting]:
    """The formats in which the figures are offered, each once; two where the file is silent, none for an empty list."""
    if fields.get("downloads") is None:
        yield from (DownloadSetting(format=each, place=fields.source.place()) for each in DEFAULT_FORMATS)
        return
    for found, place in read_choices(fields, "downloads", list(Format)):
        yield DownloadSetting(format=Format(found), place=place)


def read_choices(fields: Fields, key: str, known: Sequence[str]) -> Iterator[tuple[str, Place]]:
    """The words of a list that may have only some, each once, with their places."""
    seen: set[str] = set()
    for node in fields.items(key):
        found, place = fields.scalar(key, node), place_node(fields.source, node)
        if found not in known:
            fields.note("choice-unknown", place, key=key, found=found, choices=", ".join(known))
        elif found not in seen:
            seen.add(found)
            yield found, place


def read_endings(fields: Fields) -> Iterator[str]:
    """The endings of files that reports of this portal may attach besides the usual ones."""
    for node in fields.items("attachments"):
        ending = fields.scalar("attachments", node)
        if ENDING.fullmatch(ending):
            yield ending
        elif ending:
            fields.note("attachments-ending", place_node(fields.source, node), found=ending)


def read_footer(fields: Fields) -> Iterator[FooterItem]:
    """The identifiers and contacts in the footer: a text, or `{text, url}` for one that leads to its register."""
    entries = fields.entries("footer")
    record = fields.record("footer", [key.text for key, _ in entries]) if entries else None
    for key, node in entries:
        if isinstance(node, MappingNode) and record is not None:
            item = record.record(key.text, ("text", "url"))
            url = item.text("url")
            if url and not (WEB.fullmatch(url) and is_address(url)):
                item.note("link-refused", item.place("url"), address=url)
                url = ""
            yield FooterItem(label=key.text, text=item.text("text", required=True), url=url)
        else:
            yield FooterItem(label=key.text, text=fields.scalar(key.text, node))


def read_licence(fields: Fields) -> Link | None:
    """The licence of the data; None where the portal states none."""
    if fields.get("licence") is None:
        return None
    record = fields.record("licence", ("name", "url"))
    url = record.text("url")
    if url and not (WEB.fullmatch(url) and is_address(url)):
        record.note("link-refused", record.place("url"), address=url)
    return Link(label=record.text("name", required=True), url=url)


def read_base_url(fields: Fields) -> str:
    """The address where the site will lie, with a final slash; empty where none is given."""
    url = fields.text("base_url")
    if not url:
        return ""
    url = url if url.endswith("/") else url + "/"
    if not is_base_url(url):
        fields.note("base-url-invalid", fields.place("base_url"), found=url)
        return ""
    return url


def is_base_url(url: str) -> bool:
    """Whether a site can lie at an address."""
    return BASE_URL.fullmatch(url) is not None and is_address(url)


def read_offset(fields: Fields) -> str:
    """The offset of the portal's times from UTC, `+08:00`."""
    offset = fields.text("utc_offset") or "+08:00"
    if not OFFSET.fullmatch(offset):
        fields.note("offset-invalid", fields.place("utc_offset"), found=offset)
    return offset


def read_theme_name(fields: Fields) -> str:
    """The name of the theme's folder."""
    name = fields.text("theme") or "civic"
    if not THEME.fullmatch(name):
        fields.note("id-invalid", fields.place("theme"), found=name)
        return "civic"
    return name


def read_links(fields: Fields, key: str) -> tuple[Link, ...]:
    """A list of links, each with label and url; a level of the breadcrumb may do without a url."""
    links = []
    for record in fields.records(key, ("label", "url")):
        url = record.text("url")
        if url and not (LINK.fullmatch(url) and is_address(url)):
            node = record.get("url")
            record.note("link-refused", place_node(record.source, node) if node else record.place(), address=url)
        else:
            links.append(Link(label=record.text("label", required=True), url=url))
    return tuple(links)
