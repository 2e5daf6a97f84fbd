"""Files whose status tells that they are as they were are not read again; all others are, whoever touched them when."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult, building, recall, settled
from gaisite.build.codec import name_kept
from gaisite.build.recall import build_or_recall
from gaisite.build.settled import NAME
from gaisite.write import present
from tests.build.portals import make_portal, read_tree
from tests.build.settling import build, settle

PAGE = "site/office/2021/index.html"
FEW = {"content/other/agency.yaml": "name: 某局\n"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A portal that was built, and of which all is settled."""
    project = make_portal(tmp_path / "project", FEW)
    with (project / "content/site.yaml").open("a", encoding="utf-8") as file:
        file.write("downloads: []\n")
    settle()
    build(project)
    settle()
    return project


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the site that were read to see whether they are what they were."""
    seen: list[str] = []
    digest = present.file_digest

    def file_digest(path: Path) -> str:
        seen.append(path.as_posix().partition("/site/")[2])
        return digest(path)

    monkeypatch.setattr(present, "file_digest", file_digest)
    return seen


def build_fresh(project: Path) -> None:
    """Build once more, with all there is."""
    build_or_recall(BuildOptions(project=project, jobs=1, full=True))
    change(project, "某司")
    build(project)


def change(project: Path, name: str) -> None:
    """Let an agency be called otherwise, so that there is something to build."""
    (project / "content/other/agency.yaml").write_text(f"name: {name}\n", encoding="utf-8")


def is_built_anew(project: Path, tmp_path: Path) -> bool:
    """Whether the site is what a build from nothing gives."""
    clean = tmp_path / "clean"
    building.build_site(BuildOptions(project=project, output=clean, full=True, keep_cache=False, jobs=1))
    return read_tree(project / "site") == read_tree(clean)


def test_pages_that_are_as_they_were_are_not_read(
    project: Path, reads: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All is so small that the last link is made within the tick in which the build ends.
    monkeypatch.setattr(settled, "is_settled", lambda newest, now: newest < now)
    build_fresh(project)
    reads.clear()
    for name in ("某办", "某处", "某室"):
        change(project, name)
        build(project)
    assert PAGE.removeprefix("site/") not in reads
    assert is_built_anew(project, tmp_path)


MEDDLING: dict[str, Callable[[Path], object]] = {
    "other-bytes": lambda page: set_back(page, lambda: page.write_bytes(page.read_bytes().replace(b"2021", b"1021"))),
    "other-size": lambda page: page.write_text("<p>"),
    "another-file": lambda page: set_back(page, lambda: put_in_place(page)),
    "gone": lambda page: page.unlink(),
    "mode": lambda page: page.chmod(0o600),
}


def set_back(page: Path, alter: Callable[[], object]) -> None:
    """Do something to a page, then set back the time that can be set back."""
    status = page.stat()
    alter()
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def put_in_place(page: Path) -> None:
    """Another file of the same size."""
    other = page.with_name("other")
    other.write_bytes(page.read_bytes().replace(b"2021", b"1021"))
    other.replace(page)


@pytest.mark.parametrize("meddling", MEDDLING)
@pytest.mark.parametrize("builds", [0, 1])
def test_whatever_is_done_to_a_page_is_seen(project: Path, tmp_path: Path, meddling: str, builds: int) -> None:
    for number in range(builds):
        change(project, f"某{number}")
        build(project)
    MEDDLING[meddling](project / PAGE)
    change(project, "某新局")
    build(project)
    assert is_built_anew(project, tmp_path)
    assert (project / PAGE).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("meddling", "after"),
    # Bytes written in place with the time set back, before the links are made: the links have changed the other time.
    [
        *((each, True) for each in ("other-bytes", "other-size", "another-file")),
        ("other-size", False),
        ("another-file", False),
    ],
)
def test_a_page_that_is_changed_while_a_build_goes_on_is_seen_by_the_next(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meddling: str, after: bool
) -> None:
    site = building.build_site

    def build_site(*given: object) -> BuildResult:
        reduce = building.Build.reduce

        def meddle(*all_of_them: object) -> object:
            # By now the pages of the agencies have been found to be as they were.
            MEDDLING[meddling](project / PAGE)
            return reduce(*all_of_them)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            if not after:
                patch.setattr(building.Build, "reduce", meddle)
            result = site(*given)  # type: ignore[arg-type]
        if after:
            MEDDLING[meddling](project / PAGE)
        return result

    change(project, "某办")
    with monkeypatch.context() as patch:
        patch.setattr(recall, "build_site", build_site)
        build(project)
    change(project, "某处")
    build(project)
    assert is_built_anew(project, tmp_path)


@pytest.mark.parametrize("damage", ["cut", "flipped", "folder", "other-shape", "gone"])
def test_a_damaged_memory_means_that_pages_are_read(
    project: Path, reads: list[str], tmp_path: Path, damage: str
) -> None:
    kept = name_kept(project / ".gaisite/cache", NAME, ".json")
    content = kept.read_bytes()
    if damage == "cut":
        kept.write_bytes(content[:-9])
    elif damage == "flipped":
        kept.write_bytes(content.replace(b'"office/2021":"', b'"office/2021":"0'))
    elif damage == "other-shape":
        kept.write_text("[]", encoding="utf-8")
    else:
        kept.unlink()
        if damage == "folder":
            kept.mkdir()
    change(project, "某办")
    build(project)
    assert PAGE.removeprefix("site/") in reads
    assert is_built_anew(project, tmp_path)
