"""One agency first: its pages are those that the whole build gives a moment later."""

from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult, build_agency_first, build_site
from tests.build.portals import build, change_files, edit, make_portal, write_figures, write_report

OFFICE, TOWN, SCHOOL = "content/office", "content/town", "content/town/school"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An agency by itself, and one with another below it."""
    return make_portal(
        tmp_path / "project",
        {
            f"{TOWN}/agency.yaml": "name: 某镇\n",
            f"{TOWN}/2021/figures.yaml": write_figures(),
            f"{TOWN}/2021/report.md": write_report(),
            f"{SCHOOL}/agency.yaml": "name: 某校\n",
            f"{SCHOOL}/2021/figures.yaml": write_figures(),
            f"{SCHOOL}/2021/report.md": write_report(),
        },
    )


@pytest.fixture
def last(project: Path) -> BuildResult:
    return build(project)


def first(last: BuildResult, project: Path, *names: str) -> dict[str, bytes]:
    return dict(build_agency_first(last, tuple(str(project.resolve() / name) for name in names)))


@pytest.mark.parametrize("folder", [OFFICE, SCHOOL])
def test_pages_are_those_of_the_whole_build(project: Path, last: BuildResult, folder: str) -> None:
    before = {path: path.read_bytes() for path in (project / "site").rglob("*.html")}
    change_files(project, {f"{folder}/2021/figures.yaml": write_figures(new=8, handled=9)})
    fresh = first(last, project, f"{folder}/2021/figures.yaml")
    assert {path: path.read_bytes() for path in (project / "site").rglob("*.html")} == before, "nothing is written"
    build(project)
    agency = folder.removeprefix("content/")
    assert {f"{agency}/index.html", f"{agency}/2021/index.html"} <= fresh.keys()
    assert {path: (project / "site" / path).read_bytes() for path in fresh} == fresh
    assert fresh[f"{agency}/2021/index.html"] != before[project / "site" / agency / "2021" / "index.html"]


def test_new_year_comes_with_its_page(project: Path, last: BuildResult) -> None:
    change_files(
        project,
        {
            f"{OFFICE}/2022/figures.yaml": write_figures(new=3, carried_in=1, handled=4),
            f"{OFFICE}/2022/report.md": write_report("published: 2023-01-20"),
        },
    )
    assert "office/2022/index.html" in first(last, project, f"{OFFICE}/2022/figures.yaml", f"{OFFICE}/2022/report.md")


@pytest.mark.parametrize(
    "changes",
    [
        ["content/site.yaml"],
        [f"{OFFICE}/2021/figures.yaml", "content/site.yaml"],
        [f"{OFFICE}/2021/figures.yaml", f"{SCHOOL}/2021/figures.yaml"],
        [f"{TOWN}/2021/figures.yaml"],
        ["themes/own/theme.yaml"],
        ["content/pages/about.md"],
    ],
    ids=["settings", "settings too", "two agencies", "one with others below", "theme", "page"],
)
def test_whatever_concerns_more_than_one_agency_is_left_to_the_whole_build(
    project: Path, last: BuildResult, changes: list[str]
) -> None:
    assert first(last, project, *changes) == {}


def test_agency_with_a_mistake_has_no_pages(project: Path, last: BuildResult) -> None:
    edit(project, f"{OFFICE}/2021/figures.yaml", "total: 5", "total: 5x")
    assert first(last, project, f"{OFFICE}/2021/figures.yaml") == {}


def test_agency_that_has_gone_has_no_pages(project: Path, last: BuildResult) -> None:
    change_files(project, {OFFICE: None})
    assert first(last, project, f"{OFFICE}/agency.yaml") == {}


def test_after_a_build_that_wrote_nothing_there_is_nothing_to_start_from(project: Path) -> None:
    edit(project, f"{OFFICE}/2021/figures.yaml", "total: 5", "total: 5x")
    broken = build_site(BuildOptions(project=project))
    assert broken.kept is None
    assert first(broken, project, f"{OFFICE}/2021/figures.yaml") == {}
