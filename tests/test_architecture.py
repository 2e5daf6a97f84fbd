"""What holds the package together and no linter knows: where a library enters, and that forms are data."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "generator"

# Where each outside library may be imported; a library that is not named here may be imported in one module.
HOMES = {
    "click": re.compile(r"gaisite\.cli(\..+)?"),
    "docx": re.compile(r"gaisite\.(imports\.words|export\.word)"),
    "fsspec": re.compile(r"gaisite\.publish\.drivers\..+"),
    "jinja2": re.compile(r"gaisite\.render\.templates"),
    "livereload": re.compile(r"gaisite\.serve(\..+)?"),
    "markdown_it": re.compile(r"gaisite\.read\.markdown"),
    "markupsafe": re.compile(r"gaisite\.render\.repeating"),
    "mdit_py_plugins": re.compile(r"gaisite\.read\.markdown"),
    "rich": re.compile(r"gaisite\.cli(\..+)?"),
    "tornado": re.compile(r"gaisite\.serve(\..+)?"),
    "yaml": re.compile(r"gaisite\.read\.nodes"),
}

# A form's year or a label of a statutory table: these stand in forms/*.yaml and nowhere else.
FORM_WORDS = re.compile(r"20(14|19|21)|自然人|行政")


def find_modules() -> Iterator[tuple[str, Path]]:
    """The name and file of every module of the package."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def find_libraries(path: Path) -> set[str]:
    """The outside libraries that a module imports, anywhere in it."""
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            imported.add(node.module.partition(".")[0])
    return imported - sys.stdlib_module_names - {"gaisite"}


def find_importers() -> dict[str, set[str]]:
    """For each outside library the modules that import it."""
    importers: dict[str, set[str]] = defaultdict(set)
    for name, path in find_modules():
        for library in find_libraries(path):
            importers[library].add(name)
    return importers


def test_each_library_is_imported_in_its_own_module_only() -> None:
    importers = find_importers()
    strangers = {
        library: sorted(name for name in names if not HOMES[library].fullmatch(name))
        for library, names in importers.items()
        if library in HOMES
    }
    assert {library: names for library, names in strangers.items() if names} == {}
    assert {library: names for library, names in importers.items() if library not in HOMES and len(names) > 1} == {}


def test_no_module_knows_a_form() -> None:
    lines = [
        f"{name}:{number}: {line}"
        for name, path in find_modules()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORM_WORDS.search(line)
    ]
    assert lines == []
