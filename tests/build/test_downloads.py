"""The portal's own data files: put together from those of the agencies, kept where none of these changed."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from gaisite.build import BuildOptions, build_site
from gaisite.build.downloads import Joining
from gaisite.build.verify import verify_site
from tests.build.portals import OFFICE, build, change_files, edit, make_portal, read_tree, write_figures, write_report

TEAM = "content/team"
ALL = "title: 年报汇编\nbase_url: https://www.example.gov.cn/zwgk/nb/\ndownloads: [csv, json, xlsx, parquet]\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two agencies, files of every format, built once."""
    files: dict[str, str | bytes | None] = {
        "content/site.yaml": ALL,
        f"{TEAM}/agency.yaml": "name: 某队\n",
        f"{TEAM}/2021/figures.yaml": write_figures(new=9, handled=10),
        f"{TEAM}/2021/report.md": write_report(),
    }
    project = make_portal(tmp_path / "project", files)
    build(project)
    return project


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The formats of the portal's files that were put together."""
    found: list[str] = []
    compose = Joining.compose

    def watch(self: Joining, opener: object) -> object:
        found.append(self.format)
        return compose(self, opener)  # type: ignore[arg-type]

    monkeypatch.setattr(Joining, "compose", watch)
    return found


def build_afresh(project: Path) -> dict[str, str]:
    clean = project.parent / "clean"
    build(project, output=clean, full=True, keep_cache=False)
    return read_tree(clean)


def test_nothing_is_put_together_where_nothing_changed(project: Path, composed: list[str]) -> None:
    result = build(project)
    assert result.written is not None
    assert (result.written.changed, composed) == ((), [])


def test_text_that_is_in_no_figure_leaves_the_data_as_it_was(project: Path, composed: list[str]) -> None:
    edit(project, f"{TEAM}/2021/report.md", "published: 2022-01-20 09:30", "published: 2022-01-21 09:30")
    result = build(project)
    assert result.written is not None
    assert "data/all.csv" not in result.written.changed
    assert composed == []


def test_change_of_one_agency_gives_what_a_clean_build_gives(project: Path, composed: list[str]) -> None:
    edit(
        project, f"{TEAM}/2021/figures.yaml", "new: {natural_person: 9, total: 9}", "new: {natural_person: 8, total: 8}"
    )
    edit(
        project,
        f"{TEAM}/2021/figures.yaml",
        "carried_out: {natural_person: 1, total: 1}",
        "carried_out: {natural_person: 0, total: 0}",
    )
    result = build(project)
    assert result.rendered == 1
    assert {"csv", "parquet"} == set(composed)
    assert result.written is not None
    assert {"data/all.csv", "data/all.parquet", "team/2021/data.xlsx"} <= set(result.written.changed)
    assert read_tree(project / "site") == build_afresh(project)
    lines = (project / "site/data/all.csv").read_text(encoding="utf-8-sig").splitlines()
    (new,) = [line for line in lines if line.startswith("team,") and ",new," in line and ",total," in line]
    assert ",数值,8,8,件," in new


def test_removed_agency_is_no_longer_in_the_portals_files(project: Path) -> None:
    change_files(project, {TEAM: None})
    build(project)
    assert "team," not in (project / "site/data/all.csv").read_text(encoding="utf-8")
    assert read_tree(project / "site") == build_afresh(project)


@pytest.mark.parametrize("path", ["data/all.csv", "data/all.parquet", "team/2021/data.csv", "team/data.parquet"])
def test_file_that_somebody_changed_is_made_anew(path: str, project: Path) -> None:
    before = read_tree(project / "site")
    (project / "site" / path).write_bytes(b"changed")
    build(project)
    assert read_tree(project / "site") == before


def test_files_are_the_same_whenever_they_are_made(project: Path) -> None:
    assert verify_site(BuildOptions(project=project)).findings == ()
    book = (project / "site/team/2021/data.xlsx").read_bytes()
    with ZipFile(BytesIO(book)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    made = openpyxl.load_workbook(BytesIO(book)).properties.created
    assert made.replace(tzinfo=UTC) == datetime(1980, 1, 1, tzinfo=UTC)


def test_remembered_file_of_another_version_or_damaged_is_made_anew(project: Path, composed: list[str]) -> None:
    before = read_tree(project / "site")
    for path in (project / ".gaisite/cache").glob("*.made"):
        path.write_text("[]", encoding="utf-8")
    build(project)
    assert set(composed) == {"csv", "parquet"}
    assert read_tree(project / "site") == before


def test_portal_without_reports_has_files_without_rows(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {OFFICE: None, "content/site.yaml": ALL})
    assert build_site(BuildOptions(project=project)).written is not None
    assert (project / "site/data/all.csv").read_text(encoding="utf-8-sig").count("\n") == 1
    assert (project / "site/data/all.parquet").stat().st_size > 0
