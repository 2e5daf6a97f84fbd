"""Where a project is, and what it is built from. Nothing else is imported: a build with nothing to do asks too."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PACKAGE_FORMS = PACKAGE / "forms"
"""The forms that every project has."""
SETTINGS = "content/site.yaml"
"""Where the settings of a project are; what has them is one."""


def find_project(start: Path) -> Path | None:
    """The nearest folder from `start` upward that has content/site.yaml."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if os.path.isfile(folder / SETTINGS)), None)


def list_theme_roots(project: Path) -> tuple[Path, ...]:
    """Where themes may lie: the project's, those in the installed package, those of a source checkout."""
    roots = (project / "themes", PACKAGE / "themes", PACKAGE.parent.parent / "themes")
    return tuple(root for root in roots if root.is_dir())
