"""Whether a folder may be the output."""

from pathlib import Path

import pytest

from gaisite.write import check_output_folder, lock_site
from tests.write.sites import OLD, build, refused


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("content", "themes/civic", "site"):
        (tmp_path / "project" / name).mkdir(parents=True)
    return tmp_path / "project"


def check(project: Path, site: Path, *, force: bool = False) -> None:
    check_output_folder(site, project / "content", project, project / "themes", force=force)


@pytest.mark.parametrize("name", ["site", "missing", "docs/site", "content-site", "../site", "content/../public"])
def test_folder_apart_from_the_sources_is_fine(project: Path, name: str) -> None:
    check(project, project / name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("content", "content"), ("content/site", "content"), ("themes/site", "themes"), ("themes", "themes"),
        (".", "content"), ("..", "content"), ("site/../content/a", "content"),
    ],
)  # fmt: skip
def test_folder_that_holds_sources_or_lies_in_them_is_refused(project: Path, name: str, other: str) -> None:
    facts = refused("output-overlaps", lambda: check(project, project / name, force=True))
    assert facts["other"] == (project / other).as_posix()


def test_folder_around_the_project_is_refused_even_where_content_lies_elsewhere(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path.parent / "elsewhere"
    facts = refused("output-overlaps", lambda: check_output_folder(project, elsewhere, project))
    assert facts["other"] == project.as_posix()


def test_link_into_the_sources_is_refused(project: Path) -> None:
    (project / "public").symlink_to("content")
    refused("output-overlaps", lambda: check(project, project / "public"))


def test_other_name_of_the_same_folder_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "Content").mkdir()
    same = {project / "Content", project / "content"}
    monkeypatch.setattr("os.path.samefile", lambda one, other: {one, other} == same)
    refused("output-overlaps", lambda: check(project, project / "Content"))


def test_file_is_refused(project: Path) -> None:
    (project / "page.html").write_bytes(b"")
    assert refused("output-not-folder", lambda: check(project, project / "page.html"))["folder"]


def test_dangling_link_is_refused_with_its_target(project: Path) -> None:
    (project / "public").symlink_to("/mnt/gone")
    assert refused("output-link-broken", lambda: check(project, project / "public"))["target"] == "/mnt/gone"
    with pytest.raises(Exception, match="output-link-broken"), lock_site(project / "public"):
        pass


def test_folder_with_files_of_others_is_refused_unless_forced(project: Path) -> None:
    (project / "site" / "thesis.doc").write_bytes(b"")
    facts = refused("output-not-ours", lambda: check(project, project / "site"))
    assert facts["example"] == "thesis.doc"
    check(project, project / "site", force=True)


def test_folder_that_gaisite_wrote_is_fine(project: Path) -> None:
    build(project / "site", OLD)
    check(project, project / "site")


def test_folder_that_cannot_be_listed_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> list[str]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.listdir", refuse)
    refused("output-unwritable", lambda: check(project, project / "site"))
