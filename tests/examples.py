"""Example projects: a base that is right, and cases that change some of its files."""

import shutil
from pathlib import Path

EXAMPLES = Path(__file__).parent / "examples"
BASE = EXAMPLES / "base"


def list_cases(kind: str) -> list[Path]:
    """The cases of a kind, good or bad, by name."""
    return sorted(path for path in (EXAMPLES / kind).iterdir() if path.is_dir())


def lay_out(case: Path, folder: Path) -> Path:
    """A project folder with the base and over it the files of a case; `deleted.txt` names files to take away."""
    project = folder / "project"
    shutil.copytree(BASE, project)
    shutil.copytree(case, project, dirs_exist_ok=True)
    deleted = project / "deleted.txt"
    for name in deleted.read_text(encoding="utf-8").split() if deleted.exists() else ():
        path = project / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in ("deleted.txt", "expected.txt", "expected.en.txt"):
        (project / name).unlink(missing_ok=True)
    return project
