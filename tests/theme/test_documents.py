"""What is made from the default theme is what was made last: its document, its gallery, its second theme."""

from pathlib import Path

import pytest
import yaml

from scripts.gallery import GALLERY, MODES, list_examples, write_index
from scripts.themes_document import DOCUMENT, write_document

ROOT = Path(__file__).parents[2]


def test_docs_themes_is_what_make_docs_writes() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == write_document()


def test_every_example_has_its_two_pictures_and_no_picture_is_left_over() -> None:
    wanted = {f"{each.id}.{mode}.png" for each in list_examples() for mode in MODES}
    assert {path.name for path in GALLERY.glob("*.png")} == wanted
    assert len(wanted) == 2 * len(list(list_examples())), "no two examples have one name"
    assert (GALLERY / "README.md").read_text(encoding="utf-8") == write_index(list(list_examples()))
    assert sum(path.stat().st_size for path in GALLERY.glob("*.png")) < 4_000_000


@pytest.mark.parametrize("theme", [path.name for path in (ROOT / "themes").iterdir() if path.name != "civic"])
def test_other_themes_are_a_few_small_files(theme: str) -> None:
    files = [path for path in (ROOT / "themes" / theme).rglob("*") if path.is_file()]
    assert len(files) <= 5
    assert sum(path.stat().st_size for path in files) < 5000
    settings = yaml.safe_load((ROOT / "themes" / theme / "theme.yaml").read_text(encoding="utf-8"))
    assert set(settings["title"]) == set(settings["description"]) == {"zh-CN", "en"}
