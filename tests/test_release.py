"""What a release says of itself: one version, one list of Pythons, a bill of materials that is the lock."""

import json
import re
import tomllib
from pathlib import Path

from gaisite import __version__
from scripts.sbom import LOCK, read_lock, write_bill

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TWO = """\
# a lock
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:{b} \\
    --hash=sha256:{a}
    # via click
Markdown_It[all]==4.0 \\
    --hash=sha256:{a}
""".format(a="a" * 64, b="b" * 64)


def test_version_stands_in_one_place() -> None:
    places = [
        path.relative_to(ROOT).as_posix()
        for folder in ("generator", "scripts", "themes")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".yaml", ".html", ".sh"} and f'"{__version__}"' in path.read_text(encoding="utf-8")
    ]
    assert places == ["generator/gaisite/__init__.py"]
    assert "version" in PROJECT["project"]["dynamic"]


def test_pythons_that_are_promised_are_the_ones_that_are_tried() -> None:
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["project"]["classifiers"]))
    tried = re.search(r"^PYTHONS \?= (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert tried is not None
    assert tried[1].split() == [f"python{version}" for version in named]
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"
    assert PROJECT["tool"]["mypy"]["python_version"] == named[0]
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{named[0].replace('.', '')}"


def test_bill_of_materials_names_all_that_the_lock_does() -> None:
    lock = LOCK.read_text(encoding="utf-8")
    bill = json.loads(write_bill(lock))
    pinned = re.findall(r"^([\w.-]+)(?:\[.*\])?==([^\s\\]+)", lock, re.MULTILINE)
    assert [(each["name"], each["version"]) for each in bill["components"]] == pinned
    listed = [found["content"] for each in bill["components"] for found in each["externalReferences"][0]["hashes"]]
    assert sorted(listed) == sorted(re.findall(r"sha256:(\w+)", lock))
    assert bill["metadata"]["component"]["version"] == __version__


def test_bill_of_materials_tells_what_gaisite_itself_asks_for() -> None:
    (own,) = json.loads(write_bill(LOCK.read_text(encoding="utf-8")))["dependencies"]
    names = [purl.partition("/")[2].partition("@")[0] for purl in own["dependsOn"]]
    assert names == sorted(re.match(r"[\w.-]+", each)[0] for each in PROJECT["project"]["dependencies"])  # type: ignore[index]


def test_bill_of_materials_is_the_same_for_the_same_lock_only() -> None:
    assert write_bill(TWO) == write_bill(TWO)
    other = write_bill(TWO.replace("4.0", "4.1"))
    assert json.loads(other)["serialNumber"] != json.loads(write_bill(TWO))["serialNumber"]


def test_markers_extras_and_several_hashes_are_read() -> None:
    first, second = read_lock(TWO)
    assert (first.name, first.version, first.marker) == ("colorama", "0.4.6", "sys_platform == 'win32'")
    assert first.hashes == ("a" * 64, "b" * 64)
    assert (second.purl, second.marker) == ("pkg:pypi/markdown-it@4.0", "")
    (component, _) = json.loads(write_bill(TWO))["components"]
    assert component["properties"] == [{"name": "gaisite:marker", "value": "sys_platform == 'win32'"}]
