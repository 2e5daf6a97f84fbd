"""What is known of agencies that are as they were spares reading them, and what is not known is never taken for it."""

import os
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, building, turns
from gaisite.build.cache import Cache
from tests.build.portals import edit, make_portal, read_tree
from tests.build.settling import build, settle

AGENCIES = ("above", "above/below", "office", "other")
FILES = {f"content/{each}/agency.yaml": f"name: 某局{each[-1]}\n" for each in AGENCIES if each != "office"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = make_portal(tmp_path / "project", FILES)
    settle()
    build(project)
    return project


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The agencies whose files were read for their keys."""
    seen: list[str] = []
    own = turns.hash_own
    monkeypatch.setattr(turns, "hash_own", lambda folder: (seen.append(folder.id), own(folder))[1])
    return seen


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The agencies whose summaries were read."""
    seen: list[str] = []
    load = Cache.load
    monkeypatch.setattr(Cache, "load", lambda cache, id, key: (seen.append(id), load(cache, id, key))[1])
    return seen


def is_built_anew(project: Path, tmp_path: Path) -> bool:
    """Whether the site is what a build from nothing gives."""
    building.build_site(BuildOptions(project=project, output=tmp_path / "clean", full=True, keep_cache=False, jobs=1))
    return read_tree(project / "site") == read_tree(tmp_path / "clean")


def test_only_what_has_changed_is_read(project: Path, hashed: list[str], loaded: list[str], tmp_path: Path) -> None:
    settle()
    edit(project, "content/office/2021/report.md", "\n\n", "\n\n\n")
    settle()
    assert build(project).rendered == 1
    assert (hashed, loaded) == (["office"], ["office"])
    assert is_built_anew(project, tmp_path)


def test_portal_is_made_anew_where_an_agency_shows_something_else(
    project: Path, loaded: list[str], tmp_path: Path
) -> None:
    edit(project, "content/other/agency.yaml", "某局r", "某办")
    result = build(project)
    assert result.rendered == 1
    assert set(loaded) == set(AGENCIES)
    assert "某办" in (project / "site/index.html").read_text(encoding="utf-8")
    assert is_built_anew(project, tmp_path)


def test_parent_is_built_from_what_was_kept_of_its_children(project: Path, tmp_path: Path) -> None:
    edit(project, "content/above/agency.yaml", "某局e", "某区")
    assert build(project).rendered == 2
    assert is_built_anew(project, tmp_path)


def test_same_size_and_time_are_not_the_same_file(project: Path, hashed: list[str], tmp_path: Path) -> None:
    path = project / "content/other/agency.yaml"
    settle()
    status = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("局", "办"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    settle()
    assert build(project).rendered == 1
    assert hashed == ["other"]
    assert is_built_anew(project, tmp_path)


def test_a_file_written_within_the_tick_is_read_again(project: Path, hashed: list[str]) -> None:
    for _ in range(2):
        (project / "content/other/agency.yaml").touch()
        build(project)
    assert hashed == ["other", "other"]


def test_a_link_is_read_every_time(project: Path, hashed: list[str], tmp_path: Path) -> None:
    path = project / "content/other/agency.yaml"
    path.rename(project / "content/other.txt")
    path.symlink_to("../other.txt")
    settle()
    for name in ("某室", "某处"):
        (project / "content/other.txt").write_text(f"name: {name}\n", encoding="utf-8")
        assert build(project).rendered == 1
    assert hashed == ["other", "other"]
    assert is_built_anew(project, tmp_path)


def test_attachment_in_a_folder_of_its_own_is_seen(project: Path, hashed: list[str], tmp_path: Path) -> None:
    attachment = project / "content/office/2021/files/inner/a.pdf"
    attachment.parent.mkdir(parents=True)
    attachment.write_bytes(b"%PDF-1.4 one")
    settle()
    build(project)
    attachment.write_bytes(b"%PDF-1.4 two")
    settle()
    build(project)
    assert hashed == ["office", "office"]
    assert (project / "site/office/2021/files/inner/a.pdf").read_bytes() == b"%PDF-1.4 two"
    assert is_built_anew(project, tmp_path)


@pytest.mark.parametrize("told", [True, False])
def test_what_outermost_agencies_share_is_told_again(tmp_path: Path, told: bool) -> None:
    text = "本机关深入推进政务公开工作，围绕群众关心的教育、医疗、住房等事项主动发布信息，完善工作机制，加强业务培训，提高公开质量和服务水平，各项任务全部落实到位。"
    project = make_portal(tmp_path / "project")
    edit(project, "content/office/2021/report.md", "\n\n", f"\n\n{text}\n\n")
    for name in ("agency.yaml", "2021/figures.yaml", "2021/report.md"):
        path = project / "content/other" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((project / "content/office" / name).read_bytes())
    settle()
    first = building.build_site(BuildOptions(project=project))
    edit(project, "content/other/2021/figures.yaml", "\n", "\n\n")
    if not told:
        (project / "content/other/2021/report.md").unlink()
    again = building.build_site(BuildOptions(project=project))
    shared = [[each for each in result.findings if each.check == "text-shared"] for result in (first, again)]
    assert len(shared[0]) == 1
    assert shared[1] == (shared[0] if told else [])
