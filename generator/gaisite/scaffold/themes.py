"""A theme of one's own: its first files, files taken over from the theme that it extends, and how they differ."""

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gaisite.findings import Place, Problems, fault
from gaisite.read.fields import nearest
from gaisite.read.places import list_theme_roots
from gaisite.read.settings import THEME
from gaisite.read.themes import BASE, find_files, find_theme_folders
from gaisite.scaffold.files import Scaffold
from gaisite.scaffold.templates import fill_template

ORIGINS = ".origins.json"
"""In a theme: for each file that was taken over, the sha256 of what it was then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFolders:
    """A theme of the project's own, and those that it extends."""

    project: Path
    own: Path
    others: tuple[Path, ...]

    @property
    def name(self) -> str:
        """Of the theme."""
        return self.own.name

    def originals(self) -> Mapping[str, Path]:
        """The files of the themes that it extends, by path in the theme."""
        return find_files(self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A file of the project's own that stands for one of another theme."""

    path: str
    diff: tuple[str, ...]
    """The lines of a unified diff, without their line ends."""
    changed_since: bool
    """Whether the original has changed since it was taken over."""


def lay_out_theme(project: Path, name: str, language: str) -> Scaffold:
    """The first files of a theme; ContentError where it cannot have that name."""
    place = Place(file=f"themes/{name}/theme.yaml")
    if not THEME.fullmatch(name):
        raise fault("theme-name", Place(file="themes"), found=name)
    if any((root / name / "theme.yaml").is_file() for root in list_theme_roots(project)):
        raise fault("file-exists", place)
    return Scaffold(
        root=project,
        files={
            place.file: fill_template(f"{language}/theme.yaml", name=name, base=BASE),
            f"themes/{name}/css/{name}.css": fill_template("theme.css"),
        },
    )


def open_own_theme(project: Path, name: str, problems: Problems) -> ThemeFolders | None:
    """The folders of a theme; None where it is not the project's own, which is noted, or cannot be found."""
    place = Place(file="content/site.yaml")
    folders = find_theme_folders(name, project, place, problems)
    if not folders:
        return None
    if folders[0].parent != project / "themes":
        problems.add(fault("theme-not-own", place, name=name).finding)
        return None
    return ThemeFolders(project=project, own=folders[0], others=folders[1:])


def copy_files(theme: ThemeFolders, paths: Sequence[str]) -> Scaffold:
    """The files to take over, and the record of where they came from; ContentError for one that there is not."""
    originals = theme.originals()
    folder = f"themes/{theme.name}"
    files: dict[str, str] = {}
    for path in paths:
        if path not in originals:
            place = Place(file=f"{folder}/{path}")
            raise fault("theme-file-unknown", place, found=path, near=nearest(path, originals))
        files[f"{folder}/{path}"] = originals[path].read_text(encoding="utf-8")
    return Scaffold(root=theme.project, files=files)


def record_origins(theme: ThemeFolders, paths: Sequence[str]) -> None:
    """Remember what the files were that are being taken over."""
    originals = theme.originals()
    origins = {**read_origins(theme), **{path: hash_file(originals[path]) for path in paths}}
    text = json.dumps(dict(sorted(origins.items())), indent=1) + "\n"
    (theme.own / ORIGINS).write_text(text, encoding="utf-8")


def read_origins(theme: ThemeFolders) -> dict[str, str]:
    """The sha256 of what each file was when it was taken over; of none where the record is gone or damaged."""
    try:
        kept = json.loads((theme.own / ORIGINS).read_text(encoding="utf-8"))
        return {str(path): str(digest) for path, digest in kept.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def compare_theme(theme: ThemeFolders) -> Iterator[Difference]:
    """The files that stand for others, each with what is different."""
    origins, originals = read_origins(theme), theme.originals()
    for path, own in find_files((theme.own,)).items():
        original = originals.get(path)
        if original is None or path == "theme.yaml":
            continue
        before, after = read_lines(original), read_lines(own)
        base = next(folder for folder in theme.others if original.is_relative_to(folder))
        names = (f"themes/{base.name}/{path}", f"themes/{theme.name}/{path}")
        diff = tuple(difflib.unified_diff(before, after, *names, lineterm=""))
        changed = path in origins and origins[path] != hash_file(original)
        yield Difference(path=path, diff=diff, changed_since=changed)


def read_lines(path: Path) -> list[str]:
    """The lines of a file."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def hash_file(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
