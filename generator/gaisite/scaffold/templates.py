"""The texts of scaffolded files, by language; they lie beside this module."""

from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent / "templates"


def fill_template(name: str, /, **values: str) -> str:
    """The text of a template, with its `${names}` replaced."""
    return Template((FOLDER / name).read_text(encoding="utf-8")).substitute(values)
