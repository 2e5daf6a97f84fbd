"""Small portals to build: the base of the examples, with some files of it changed."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from gaisite.build import BuildOptions, BuildResult, build_site
from tests.examples import BASE

CIVIC = Path(__file__).parents[2] / "themes" / "civic"
OFFICE = "content/office"


def make_portal(project: Path, files: Mapping[str, str | bytes | None] = {}) -> Path:
    """The base example in a folder, and over it these files, or without them where None is given."""
    shutil.copytree(BASE, project, dirs_exist_ok=True)
    change_files(project, files)
    return project


def change_files(project: Path, files: Mapping[str, str | bytes | None]) -> None:
    for name, content in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")


def edit(project: Path, name: str, old: str, new: str) -> None:
    """Put one text in place of another in a file that has it."""
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def own_theme(project: Path) -> Path:
    """A copy of the default theme in the project, to be changed there."""
    shutil.copytree(CIVIC, project / "themes" / "civic")
    return project / "themes" / "civic"


def build(project: Path, **options: object) -> BuildResult:
    """Build a portal in which nothing may be wrong."""
    result = build_site(BuildOptions(project=project, **options))  # type: ignore[arg-type]
    assert result.written is not None, [(finding.check, finding.place.file) for finding in result.findings]
    return result


def read_tree(site: Path) -> dict[str, str]:
    """The sha256 of every file of a site, the manifest too."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


FIGURES_2021 = (BASE / OFFICE / "2021" / "figures.yaml").read_text(encoding="utf-8")
REPORT_2021 = (BASE / OFFICE / "2021" / "report.md").read_text(encoding="utf-8")


def write_figures(
    form: str = "cn-gai-2021", *, new: int = 5, carried_in: int = 2, handled: int = 6, rest: str = ""
) -> str:
    """The figures of a report that closes, in the form of 2021."""
    text = FIGURES_2021.replace("form: cn-gai-2021", f"form: {form}\n{rest}".rstrip())
    for row, before, value in (
        ("new", 5, new),
        ("carried_in", 2, carried_in),
        ("granted", 6, handled),
        ("total", 6, handled),
    ):
        old = f"{row}: {{natural_person: {before}, total: {before}}}"
        assert old in text
        text = text.replace(old, f"{row}: {{natural_person: {value}, total: {value}}}")
    left = new + carried_in - handled
    return text.replace(
        "carried_out: {natural_person: 1, total: 1}", f"carried_out: {{natural_person: {left}, total: {left}}}"
    )


def write_report(front: str = "published: 2022-01-20 09:30", preamble: str = "") -> str:
    """A narrative with every section of the form."""
    body = REPORT_2021.partition("\n---\n")[2]
    return f"---\n{front}\n---\n{preamble}{body}"
