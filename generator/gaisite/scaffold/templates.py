"""The texts of scaffolded files, by language; they lie beside this module."""

from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent / "templates"


def fill_template(name: str, /, **values: str) -> str:
    """The text of a template, its `${names}` replaced; in simplified Chinese where there is none in traditional."""
    path = FOLDER / name
    if not path.exists():
        path = FOLDER / name.replace("zh-Hant/", "zh-CN/", 1)
    return Template(path.read_text(encoding="utf-8")).substitute(values)
