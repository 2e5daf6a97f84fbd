"""The recipes for CI in docs/publish.md: they are YAML, and their gaisite commands check, build and publish a portal."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from gaisite.cli import run
from tests.build.portals import edit, make_portal

PAGE = Path(__file__).parents[2] / "docs" / "publish.md"
SECTION = PAGE.read_text(encoding="utf-8").partition("\n## In CI")[2].partition("\n## ")[0]
RECIPES = {
    match["name"]: yaml.safe_load(match["recipe"])
    for match in re.finditer(
        r"`(?P<name>[^`\n]+\.yml)`:\n\n```yaml\n(?P<recipe>.*?)^```$", SECTION, re.DOTALL | re.MULTILINE
    )
}


def list_commands(node: Any) -> Iterator[str]:
    """The gaisite commands of a recipe, in its order."""
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from list_commands(child)
    elif isinstance(node, str) and node.startswith("gaisite "):
        yield node


def test_there_is_a_recipe_for_each_of_the_three() -> None:
    assert set(RECIPES) == {".github/workflows/publish.yml", ".gitlab-ci.yml", ".workflow/publish.yml"}


@pytest.mark.parametrize("name", RECIPES)
def test_recipe_checks_builds_and_publishes(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = make_portal(tmp_path / "project")
    edit(project, "content/site.yaml", "title:", f"publish: {{web: 'file://{tmp_path / 'web'}'}}\ntitle:")
    commands = [shlex.split(command)[1:] for command in list_commands(RECIPES[name])]
    assert [words[0] for words in commands] == ["check", "build", "publish"]
    for words in commands:
        assert run(["-C", str(project), *words]) == 0, f"{words}: {capsys.readouterr()}"
    assert (tmp_path / "web" / "current" / "index.html").is_file()


def test_only_the_ci_that_understands_it_is_told_so() -> None:
    told = {
        name for name, recipe in RECIPES.items() if any("--format github" in each for each in list_commands(recipe))
    }
    assert told == {".github/workflows/publish.yml"}
