"""`gaisite info`: what runs here, to paste into a report of a mistake; nothing of the content, no path of a home."""

import platform
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from pathlib import Path

import click

from gaisite import __version__
from gaisite.build import find_project
from gaisite.cli.bilingual import Command, find_language, option
from gaisite.cli.console import say
from gaisite.cli.project import read_settings
from gaisite.findings import Problems
from gaisite.imports import office
from gaisite.read.folders import scan_agencies
from gaisite.read.forms import list_form_files

FORMAT_VERSION = 1
"""Of the JSON document: raised when a field changes its meaning or goes, not when one is added."""
REQUIREMENT = re.compile(r"(?P<library>[\w.-]+)(?:.*extra\s*==\s*['\"](?P<extra>[^'\"]+))?")
PROGRAMS = (
    ("LibreOffice", office.PROGRAMS, "导入 .doc", "imports .doc"),
    ("git", ("git",), "发布到 git", "publishes to git"),
    ("ssh", ("ssh",), "经 SSH 发布", "publishes over SSH"),
    ("rsync", ("rsync",), "用 rsync 发布", "publishes with rsync"),
)
"""Programs that gaisite may run, with the names under which they are looked for, and what each does for it."""

Versions = Mapping[str, str | None]
"""Libraries and their versions; None for one that is not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCounts:
    """A project in numbers and settings that decide what is run, without a word of its content."""

    settings_readable: bool
    agencies: int
    reports: int
    forms: int
    """Of its own, beside those of the package."""
    languages: tuple[str, ...] = ()
    downloads: tuple[str, ...] = ()
    search: bool = False
    own_theme: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What gaisite runs with."""

    version: int = FORMAT_VERSION
    gaisite: str
    python: str
    system: str
    encoding: str
    """Of file names."""
    language: str
    """Of the messages."""
    libraries: Versions
    extras: Mapping[str, Versions]
    programs: Mapping[str, str | None]
    """Where each is; None where it is not here."""
    writer: bool | None
    """Whether LibreOffice has Writer, without which it imports nothing; None where it is not here, or does not tell."""
    project: ProjectCounts | None


@click.command(
    cls=Command,
    help="显示版本、附加组件、外部程序和项目的数量，供报告问题时粘贴；不含内容和个人路径。 ¦ "
    "Show versions, extras, programs and the project in numbers, to paste into a report of a mistake; "
    "nothing of the content, no path of your home.",
)
@option(
    "--format",
    "document",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出的格式；json 供其他程序读取，见 docs/output.md。 ¦ "
    "How to tell it; json is for programs, see docs/output.md.",
)
@click.pass_context
def info(ctx: click.Context, document: str) -> None:
    """Print what runs here."""
    language = find_language(ctx)
    surroundings = look_around(ctx.obj, language)
    if document == "json":
        from gaisite.cli.reports import dump

        click.echo(dump(asdict(surroundings)).encode(), nl=False)
        return
    click.echo("\n".join(describe(surroundings, language)))


def look_around(start: Path, language: str) -> Surroundings:
    """What gaisite runs with, in a folder."""
    required = read_requirements()
    project, opener = find_project(start), office.find_program()
    return Surroundings(
        gaisite=__version__,
        python=f"{platform.python_version()} ({platform.python_implementation()})",
        system=platform.platform(),
        encoding=sys.getfilesystemencoding(),
        language=language,
        libraries=required.pop("", {}),
        extras=dict(sorted(required.items())),
        programs={name: find_program(names) for name, names, *_ in PROGRAMS},
        writer=office.has_writer(opener) if opener else None,
        project=None if project is None else count_project(project),
    )


def read_requirements() -> dict[str, dict[str, str | None]]:
    """The libraries that gaisite asks for, by extra (empty: always); none where it was not installed."""
    found: dict[str, dict[str, str | None]] = {}
    try:
        requirements = sorted(metadata.requires("gaisite") or ())
    except metadata.PackageNotFoundError:
        return found
    for requirement in requirements:
        if match := REQUIREMENT.match(requirement):
            found.setdefault(match["extra"] or "", {})[match["library"]] = find_version(match["library"])
    return found


def find_version(library: str) -> str | None:
    """The version of a library; None where it is not installed."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def find_program(names: tuple[str, ...]) -> str | None:
    """Where the first of some programs is that is here, the user's home as `~`."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found and hide_home(found)


def hide_home(path: str) -> str:
    """A path without the name of the person whose home it lies in."""
    try:
        home = str(Path.home())
    except RuntimeError:  # nobody in particular runs this
        return path
    return f"~{path.removeprefix(home)}" if path.startswith(home.rstrip("/\\") + "/") else path


def count_project(project: Path) -> ProjectCounts:
    """A project in numbers: its folders are listed, of its files only site.yaml is read."""
    content, portal = project / "content", read_settings(project)
    agencies = scan_agencies(content, project, Problems())
    counts = ProjectCounts(
        settings_readable=portal is not None,
        agencies=len(agencies),
        reports=sum(len(agency.years) for agency in agencies),
        forms=len(list(list_form_files((content / "forms",)))),
    )
    if portal is None:
        return counts
    return replace(
        counts,
        languages=portal.languages,
        downloads=tuple(setting.format.value for setting in portal.downloads),
        search=bool(portal.search),
        own_theme=(project / "themes" / portal.theme).is_dir(),
    )


def describe(surroundings: Surroundings, language: str) -> Iterator[str]:
    """What runs here, in lines."""
    yield f"gaisite {surroundings.gaisite}"
    yield f"Python {surroundings.python}, {surroundings.system}"
    chinese = f"消息语言 {surroundings.language}，文件名编码 {surroundings.encoding}"
    yield say(language, chinese, f"messages in {surroundings.language}, file names in {surroundings.encoding}")
    yield from describe_libraries(surroundings, language)
    yield say(language, "外部程序：", "Programs:")
    lacking = say(language, "没有装 Writer，不能导入 .doc", "without Writer: cannot import .doc")
    for name, _, chinese, english in PROGRAMS:
        where = surroundings.programs[name] or say(language, "没有", "not found")
        lacks = name == "LibreOffice" and surroundings.writer is False
        yield f"  {name}: {where} ({lacking if lacks else say(language, chinese, english)})"
    yield from describe_project(surroundings.project, language)


def describe_libraries(surroundings: Surroundings, language: str) -> Iterator[str]:
    """The libraries, and which extras are whole."""
    missing = say(language, "没有", "missing")
    yield say(language, "程序库：", "Libraries:")
    if not surroundings.libraries:
        yield say(language, "  不详：gaisite 未经安装", "  not known: gaisite was not installed")
    for library, version in surroundings.libraries.items():
        yield f"  {library} {version or missing}"
    if surroundings.extras:
        yield say(language, "附加组件：", "Extras:")
    for extra, libraries in surroundings.extras.items():
        whole = None not in libraries.values()
        state = say(language, "已安装", "installed") if whole else say(language, "不全", "not installed")
        listed = ", ".join(f"{library} {version or missing}" for library, version in libraries.items())
        yield f"  {extra}: {state} ({listed})"


def describe_project(project: ProjectCounts | None, language: str) -> Iterator[str]:
    """The project in lines."""
    if project is None:
        yield say(language, "项目：此处没有", "Project: none here")
        return
    yield say(language, "项目：", "Project:")
    chinese = f"  机关 {project.agencies} 个，报告 {project.reports} 份，自有格式 {project.forms} 个"
    yield say(
        language, chinese, f"  agencies {project.agencies}, reports {project.reports}, forms of its own {project.forms}"
    )
    if not project.settings_readable:
        yield say(language, "  site.yaml 有错误，见 gaisite check", "  site.yaml has mistakes: see gaisite check")
        return
    none, languages = say(language, "无", "none"), ", ".join(project.languages)
    theme = say(language, *(("自有", "its own") if project.own_theme else ("自带", "of the package")))
    search = say(language, "有", "yes") if project.search else none
    downloads = ", ".join(project.downloads) or none
    chinese = f"  语言 {languages}；下载 {downloads}；主题 {theme}；全文检索 {search}"
    yield say(language, chinese, f"  languages {languages}; downloads {downloads}; theme {theme}; search {search}")
