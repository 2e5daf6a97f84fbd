"""Themes: the folders to look in, the words of each language, the style sheet and the script put together."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.model.theme import Theme
from gaisite.read.fields import Fields
from gaisite.read.files import name_file, open_regular, read_bytes, read_source, resolve_link
from gaisite.read.nodes import MappingNode, read_nodes
from gaisite.read.places import list_theme_roots

BASE = "civic"
FIRST_STYLES = ("css/tokens.css", "css/base.css", "css/layout.css")
LAST_STYLES = ("css/print.css",)
KEYS = ("name", "title", "description", "extends")


def find_theme_folders(name: str, project: Path, place: Place, problems: Problems) -> tuple[Path, ...]:
    """The folders of a theme, of those it extends, and of civic, in the order in which files are looked for.

    `place` is where the theme is named. None where one cannot be found or read, which is noted.
    """
    roots = list_theme_roots(project)
    folders: list[Path] = []
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        found = [root / name for root in roots if os.path.lexists(root / name / "theme.yaml")]
        if not found:
            known = sorted({path.parent.name for root in roots for path in root.glob("*/theme.yaml")})
            problems.add(fault("theme-unknown", place, found=name, known=", ".join(known)).finding)
            return ()
        folders.extend(found[:1])
        fields = open_theme(found[0], project, problems)
        if fields is None:
            return ()
        name, place = fields.text("extends"), fields.place("extends")
        name = BASE if name in {"", *seen} else name
    return tuple(folders)


def open_theme(folder: Path, project: Path, problems: Problems) -> Fields | None:
    """What theme.yaml says; None where it is no file or cannot be read, which is noted."""
    with problems.gather():
        source = read_source(folder / "theme.yaml", project)
        return Fields(source, read_nodes(source, problems), problems, KEYS)
    return None


def read_theme(name: str, project: Path, place: Place, problems: Problems) -> Theme | None:
    """The theme of the portal; None where it cannot be found, a mistake in it noted with its place."""
    folders = find_theme_folders(name, project, place, problems)
    if not folders:
        return None
    before = len(problems.findings)
    check_files(folders, project, problems)
    if len(problems.findings) > before:
        return None
    files = find_files(folders)
    return Theme(
        name=name,
        folders=folders,
        words=read_words(files, folders, project, problems),
        stylesheet=join_files(files, order_styles(files), project),
        script=join_files(files, order_scripts(files), project),
        digest=hash_files(files, project),
    )


def check_files(folders: Iterable[Path], project: Path, problems: Problems) -> None:
    """Note what lies in a theme and would be left out without a word: a pipe, a link to a folder or to nothing."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not is_hidden(path.relative_to(folder)):
                with problems.gather():
                    check_file(path, project)


def check_file(path: Path, project: Path) -> None:
    """Raise ContentError for what can be no file of a theme; a link to a file may stay inside the project."""
    if not path.is_dir():
        open_regular(path, project)
    elif path.is_symlink():
        raise fault("file-outside", Place(file=name_file(path, project)), target=resolve_link(path))


def is_hidden(name: Path) -> bool:
    """Whether a file of a theme, or a folder that it is in, is none of the theme's."""
    return any(part.startswith(".") for part in name.parts)


def find_files(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Every file of a theme by its path in it; of two with one path the first folder's counts."""
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and not is_hidden(name):
                files.setdefault(name.as_posix(), path)
    return files


def order_styles(files: Iterable[str]) -> list[str]:
    """The style sheets in cascade order: tokens, base, layout, any others, components, print."""
    styles = sorted(file for file in files if file.endswith(".css"))
    own = [file for file in styles if file.startswith("css/") and file not in FIRST_STYLES + LAST_STYLES]
    components = [file for file in styles if file.startswith("components/")]
    return [
        *(file for file in FIRST_STYLES if file in styles),
        *own,
        *components,
        *(file for file in LAST_STYLES if file in styles),
    ]


def order_scripts(files: Iterable[str]) -> list[str]:
    """The scripts: each stands alone, so that the order of their names does."""
    return sorted(file for file in files if file.startswith("js/") and file.endswith(".js"))


def join_files(files: Mapping[str, Path], names: Sequence[str], project: Path) -> bytes:
    """Files one after the other, a line break between them; empty where there are none."""
    return b"".join(read_bytes(files[name], project).strip() + b"\n" for name in names)


def read_words(
    files: dict[str, Path], folders: tuple[Path, ...], project: Path, problems: Problems
) -> dict[str, dict[str, str]]:
    """The words of each language; a theme that translates less falls back on those it extends."""
    words: dict[str, dict[str, str]] = {}
    names = [name for name in files if name.startswith("translations/") and name.endswith(".yaml")]
    for name in names:
        language = Path(name).stem
        for folder in reversed(folders):
            path = folder / name
            if path.is_file():
                words.setdefault(language, {}).update(read_translation(path, project, problems))
    return words


def read_translation(path: Path, project: Path, problems: Problems) -> dict[str, str]:
    """The words of one file."""
    source = read_source(path, project)
    root = read_nodes(source, problems)
    entries = root.entries if isinstance(root, MappingNode) else ()
    fields = Fields(source, root, problems, [key.text for key, _ in entries])
    return {key.text: fields.text(key.text) for key, _ in entries}


def hash_files(files: dict[str, Path], project: Path) -> str:
    """The sha256 over the names and contents of files."""
    digest = hashlib.sha256()
    for name in sorted(files):
        content = read_bytes(files[name], project)
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
