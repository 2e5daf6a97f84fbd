"""A theme of one's own: begun, files taken over, what is different and what has changed since."""

from pathlib import Path

import pytest

from gaisite.cli import run
from tests.build.portals import CIVIC, edit, make_portal

PAGER = "components/pager/pager.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_portal(tmp_path / "project")


@pytest.fixture
def own(project: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with a theme of its own."""
    assert tell(project, capsys, "new", "mine")[0] == 0
    edit(project, "content/site.yaml", "title:", "theme: mine\ntitle:")
    return project


def tell(project: Path, capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, str]:
    status = run(["-C", str(project), "--lang", "en", "theme", *command])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


def test_new_theme_builds_at_once(own: Path) -> None:
    assert sorted(path.relative_to(own / "themes").as_posix() for path in (own / "themes").rglob("*.*")) == [
        "mine/css/mine.css", "mine/theme.yaml",
    ]  # fmt: skip
    assert run(["-C", str(own), "build", "--strict"]) == 0
    (style,) = (own / "site/assets").glob("style.*.css")
    assert "goes before the theme that this one extends" in style.read_text(encoding="utf-8")


def test_new_theme_tells_how_to_go_on(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = tell(project, capsys, "new", "mine")
    assert status == 0
    assert "write theme: mine in content/site.yaml" in told
    assert run(["-C", str(project), "--lang", "zh", "theme", "new", "other"]) == 0
    assert "theme: other" in (project / "themes/other/theme.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "check"), [("Mine", "theme-name"), ("../mine", "theme-name"), ("civic", "file-exists")]
)
def test_name_that_cannot_be_is_refused(
    name: str, check: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = tell(project, capsys, "new", name)
    assert status == 1
    assert f"[{check}]" in told
    assert not (project / "themes").exists()


def test_file_that_was_taken_over_stands_for_the_original(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(own, capsys, "copy", PAGER)[0] == 0
    assert (own / "themes/mine" / PAGER).read_bytes() == (CIVIC / PAGER).read_bytes()
    assert "is the same as the original" in tell(own, capsys, "diff")[1]
    edit(own, f"themes/mine/{PAGER}", 'class="pager"', 'class="pager mine"')
    assert run(["-C", str(own), "build"]) == 0
    assert 'class="pager mine"' in (own / "site/office/2021/index.html").read_text(encoding="utf-8")
    capsys.readouterr()
    status, told = tell(own, capsys, "diff")
    assert status == 0
    assert f"--- themes/civic/{PAGER}\n+++ themes/mine/{PAGER}\n" in told
    assert '+<nav class="pager mine"' in told
    assert tell(own, capsys, "diff", "--brief")[1] == f"{PAGER}\n"


def test_file_is_never_taken_over_twice(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(own, capsys, "copy", PAGER)[0] == 0
    status, told = tell(own, capsys, "copy", PAGER)
    assert (status, "[file-exists]" in told) == (1, True)


def test_change_of_the_original_is_told(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = own / "themes/base"
    (base / "partials").mkdir(parents=True)
    (base / "theme.yaml").write_text("name: base\n", encoding="utf-8")
    (base / "partials/navigation.html").write_text("<nav></nav>\n", encoding="utf-8")
    edit(own, "themes/mine/theme.yaml", "extends: civic", "extends: base")
    assert tell(own, capsys, "copy", "partials/navigation.html")[0] == 0
    assert "has changed since" not in tell(own, capsys, "diff")[1]
    (base / "partials/navigation.html").write_text("<nav>new</nav>\n", encoding="utf-8")
    told = tell(own, capsys, "diff")[1]
    assert "Note: the original of partials/navigation.html has changed since it was taken over." in told
    (own / "themes/mine/.origins.json").write_text("no json", encoding="utf-8")
    assert "has changed since" not in tell(own, capsys, "diff")[1]


def test_file_that_there_is_not_is_told_with_the_nearest(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = tell(own, capsys, "copy", "components/pager/pagr.html")
    assert status == 1
    assert f"(did you mean {PAGER}?)" in told


def test_theme_that_comes_with_gaisite_is_not_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = tell(project, capsys, "copy", PAGER)
    assert status == 1
    assert "The theme civic is not this project's own." in told
    assert "gaisite theme new NAME" in told
    assert tell(project, capsys, "diff")[0] == 1


def test_theme_without_files_of_others_says_so(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(own, capsys, "diff") == (0, "No file stands for another.\n")


def test_files_are_listed_with_their_theme(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = tell(own, capsys, "list")
    assert status == 0
    assert "css/mine.css  (mine)\n" in told
    assert f"{PAGER}  (civic)\n" in told


@pytest.mark.parametrize("command", [("list",), ("diff",), ("copy", PAGER)])
def test_theme_that_is_nowhere_is_told(
    command: tuple[str, ...], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project, "content/site.yaml", "title:", "theme: nowhere\ntitle:")
    status, told = tell(project, capsys, *command)
    assert (status, "[theme-unknown]" in told) == (1, True)


def test_settings_that_cannot_be_read_are_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/site.yaml").write_text("title: [\n", encoding="utf-8")
    assert tell(project, capsys, "diff")[0] == 1
    status, told = tell(project, capsys, "list")
    assert (status, "theme-unknown" in told) == (1, False)


def test_theme_whose_first_file_cannot_be_read_is_told(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "themes/mine/theme.yaml").unlink()
    (own / "themes/mine/theme.yaml").mkdir()
    for command in (("list",), ("diff",), ("copy", PAGER)):
        status, told = tell(own, capsys, *command)
        assert (status, "[file-special]" in told) == (1, True)
