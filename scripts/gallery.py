"""docs/gallery: a picture of every example of every component, light and dark, and a page that shows them: `make gallery`."""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from gaisite.findings import Place, Problems
from gaisite.read.themes import read_theme
from gaisite.render.templates import open_environment
from tests.theme.test_components import THEME, render

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "docs" / "gallery"
SCRIPT = ROOT / "tests" / "browser" / "gallery.mjs"
MODES = ("light", "dark")
PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>Gallery</title><link rel="stylesheet" href="style.css"></head>
<body>{body}</body></html>
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """An example with its name in files."""

    component: str
    example: Any

    @property
    def id(self) -> str:
        """Of the element and of the pictures."""
        return f"{self.component}-{re.sub('[^a-z0-9]+', '-', self.example['name'].lower()).strip('-')}"


def list_examples() -> Iterator[Shown]:
    """Every example that prints something."""
    for path in sorted(THEME.glob("components/*/examples.yaml")):
        for example in yaml.safe_load(path.read_text(encoding="utf-8")):
            if example["name"] != "nothing to print":
                yield Shown(path.parent.name, example)


def write_page(examples: list[Shown]) -> str:
    """One page with all of them."""
    environment = open_environment((THEME,), "")
    bodies = (
        f'<div id="{each.id}" class="gallery">{reveal(render(environment, each.component, each.example, "zh-CN"))}</div>'
        for each in examples
    )
    return PAGE.format(body="\n".join(bodies))


def reveal(markup: str) -> str:
    """What only a script would show, and what is folded away, so that it can be seen."""
    return markup.replace(" hidden>", ">").replace('<details class="sentences">', '<details class="sentences" open>')


def write_index(examples: list[Shown]) -> str:
    """The page that shows the pictures."""
    lines = [
        "# Components",
        "",
        "Made by `make gallery` from the examples of the components; light on the left, dark on the right.",
        "",
    ]
    component = ""
    for each in examples:
        if each.component != component:
            component = each.component
            lines += [f"## {component}", ""]
        name = each.example["name"]
        pictures = " ".join(
            f'<img src="{each.id}.{mode}.png" alt="{component}, {name}, {mode}" width="380">' for mode in MODES
        )
        lines += [f"**{name}**", "", pictures, ""]
    return "\n".join(lines)


def main() -> None:
    """Make the gallery anew."""
    examples = list(list_examples())
    theme = read_theme("civic", ROOT, Place(file="content/site.yaml"), Problems())
    if theme is None:
        raise SystemExit("The default theme cannot be read.")
    GALLERY.mkdir(exist_ok=True)
    for old in GALLERY.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "gallery.html"
        page.write_text(write_page(examples), encoding="utf-8")
        style = theme.stylesheet + b".gallery{padding:1rem;background:var(--paper)}"
        (Path(folder) / "style.css").write_bytes(style)
        job = {"page": page.as_uri(), "folder": str(GALLERY), "examples": [each.id for each in examples]}
        subprocess.run(["node", str(SCRIPT)], input=json.dumps(job), text=True, check=True)
    (GALLERY / "README.md").write_text(write_index(examples), encoding="utf-8")


if __name__ == "__main__":
    main()
