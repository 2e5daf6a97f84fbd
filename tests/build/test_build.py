"""Building and checking as a whole: what stops it, what it restores, what it never touches."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult, build_site, check_site, find_project
from gaisite.build.verify import verify_site
from gaisite.findings import Severity
from gaisite.write import MANIFEST, Output, StaleOutput, lock_site
from tests.build.portals import (
    FIGURES_2021,
    OFFICE,
    build,
    change_files,
    edit,
    make_portal,
    own_theme,
    read_tree,
    write_figures,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_portal(tmp_path / "project")


def find(result: BuildResult) -> list[str]:
    return [finding.check for finding in result.findings]


# --- what it gives -----------------------------------------------------------------------------------------------------------


def test_build_tells_what_it_did(project: Path) -> None:
    told: list[tuple[int, int, str]] = []
    result = build(project, progress=lambda *step: told.append(step))
    assert (result.agencies, result.reports, result.rendered, result.findings) == (1, 2, 1, ())
    assert told == [(1, 1, "office")]
    assert result.written is not None
    assert set(read_tree(project / "site")) == {*result.written.changed, MANIFEST}
    assert [summary.id for summary in result.summaries] == ["office"]


def test_summaries_know_their_children_and_their_reports(project: Path) -> None:
    change_files(project, {f"{OFFICE}/team/agency.yaml": "name: 某队\n"})
    office, team = build(project).summaries
    assert ([child.id for child in office.children], team.parent, team.children) == (["office/team"], "office", ())
    latest = office.reports[-1]
    assert (latest.year, latest.form, latest.published) == (2021, "cn-gai-2021", "2022-01-20 09:30")
    assert latest.key_figures["applications.new.total"].value == 5
    assert latest.tally.passed >= 14
    assert latest.tally.failed == 0


def test_check_finds_what_a_build_finds_and_writes_nothing(project: Path) -> None:
    change_files(
        project,
        {f"{OFFICE}/2021/figures.yaml": FIGURES_2021.replace("total: 5", "total: 6").replace("    partial: {}\n", "")},
    )
    before = read_tree(project)
    checked = check_site(BuildOptions(project=project))
    assert read_tree(project) == before
    assert (checked.written, checked.rendered, checked.reports) == (None, 0, 2)
    assert checked.findings == build_site(BuildOptions(project=project)).findings
    assert (checked.count(Severity.ERROR), checked.count(Severity.WARNING)) == (2, 1)


def test_findings_come_in_the_order_of_their_places(project: Path) -> None:
    files = {f"{OFFICE}/{year}/figures.yaml": None for year in (2020, 2021)}
    change_files(
        project, {**files, f"{OFFICE}/team/agency.yaml": "nam: 某队\n", "content/a b/agency.yaml": "name: 某\n"}
    )
    places = [finding.place for finding in check_site(BuildOptions(project=project)).findings]
    assert places == sorted(places)
    assert len(places) >= 4


def test_project_is_the_nearest_folder_upward_with_settings(project: Path) -> None:
    assert find_project(project / OFFICE / "2021") == project
    assert find_project(project) == project
    assert find_project(project.parent) is None


# --- what stops it -------------------------------------------------------------------------------------------------------------


STOPS = {
    "total": {f"{OFFICE}/2021/figures.yaml": FIGURES_2021.replace("total: 5", "total: 6")},
    "agency": {f"{OFFICE}/agency.yaml": "nam: 某街道\n"},
    "agency-unreadable": {f"{OFFICE}/agency.yaml": b"\xff\xfe"},
    "settings": {"content/site.yaml": "title: 年报\nthem: civic\n"},
    "settings-empty": {"content/site.yaml": ""},
    "settings-broken": {"content/site.yaml": "title: [\n"},
    "theme": {"content/site.yaml": "title: 年报\ntheme: lost\n"},
    "form": {"content/forms/a.yaml": "form: a\n"},
    "page": {"content/pages/a.md": "# 一\n"},
    "narrative": {f"{OFFICE}/2021/report.md": "---\nlost: 1\n---\n"},
    "no-figures": {f"{OFFICE}/2021/figures.yaml": None},
}


@pytest.mark.parametrize("name", STOPS)
def test_error_leaves_the_site_as_it_was(name: str, project: Path) -> None:
    build(project)
    before = read_tree(project / "site")
    change_files(project, STOPS[name])  # type: ignore[arg-type]
    result = build_site(BuildOptions(project=project))
    assert result.written is None
    assert result.count(Severity.ERROR) >= 1
    assert read_tree(project / "site") == before
    assert sorted(path.name for path in project.iterdir()) == [".gaisite", "content", "site"]


def test_theme_that_does_not_speak_the_portals_language_stops_the_build(project: Path) -> None:
    theme = own_theme(project)
    (theme / "translations" / "en.yaml").unlink()
    edit(project, "content/site.yaml", "title: 年报汇编\n", "title: 年报汇编\nlanguage: en\n")
    assert find(build_site(BuildOptions(project=project))) == ["theme-language"]


def test_first_build_that_fails_makes_no_site(project: Path) -> None:
    change_files(project, STOPS["total"])  # type: ignore[arg-type]
    assert build_site(BuildOptions(project=project)).written is None
    assert not (project / "site").exists()


def test_report_that_cannot_be_read_whole_is_not_summed_up(project: Path) -> None:
    change_files(
        project,
        {
            f"{OFFICE}/2021/figures.yaml": FIGURES_2021.replace("total: 5", "total: 五").replace(
                "total: 2}", "total: 3}"
            )
        },
    )
    assert find(check_site(BuildOptions(project=project))) == ["figure-count"]


def test_year_after_one_that_cannot_be_read_whole_is_not_held_against_it(project: Path) -> None:
    edit(
        project,
        f"{OFFICE}/2020/figures.yaml",
        "carried_out: {natural_person: 2, total: 2}",
        "carried_out: {natural_person: 9, total: x}",
    )
    assert find(check_site(BuildOptions(project=project))) == ["figure-count"]


def test_mistake_in_a_draft_is_told_only_to_those_who_ask_for_drafts(project: Path) -> None:
    edit(project, f"{OFFICE}/2021/report.md", "---\npublished", "---\ndraft: true\npublished")
    edit(
        project,
        f"{OFFICE}/2021/figures.yaml",
        "new: {natural_person: 5, total: 5}",
        "new: {natural_person: 5, total: 五}",
    )
    edit(project, f"{OFFICE}/2021/report.md", "## 六、其他需要报告的事项", "## 六、别的事项")
    assert find(build(project, strict=True)) == []
    assert set(find(build_site(BuildOptions(project=project, drafts=True)))) >= {"figure-count", "section-unknown"}


def test_acknowledged_failure_does_not_stop_the_build(project: Path) -> None:
    rest = "acknowledge: [{check: row-sum, at: applications.new.total, reason: 如此}, {check: balance, at: applications.handled.total.total, reason: 如此}]"
    figures = write_figures(rest=rest).replace(
        "new: {natural_person: 5, total: 5}", "new: {natural_person: 5, total: 6}"
    )
    change_files(project, {f"{OFFICE}/2021/figures.yaml": figures})
    result = build(project, strict=True)
    assert (sorted(find(result)), result.acknowledged) == (["balance", "row-sum"], 2)
    assert result.count(Severity.ERROR) == 0
    assert result.summaries[0].reports[-1].tally.acknowledged == 2


@pytest.mark.parametrize("place", ["content/site", ".", "content", "themes", "themes/civic/public", ".."])
def test_output_over_the_sources_is_refused_even_by_force(place: str, project: Path) -> None:
    own_theme(project)
    before = read_tree(project)
    result = build_site(BuildOptions(project=project, output=project / place, force=True))
    assert find(result) == ["output-overlaps"]
    assert read_tree(project) == before


def test_folder_of_somebody_else_is_taken_over_by_force_only(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("mine", encoding="utf-8")
    assert find(build_site(BuildOptions(project=project))) == ["output-not-ours"]
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "mine"
    build(project, force=True)
    assert "年报汇编" in (project / "site" / "index.html").read_text(encoding="utf-8")


def test_second_build_at_the_same_time_is_refused(project: Path) -> None:
    build(project)
    with lock_site(project / "site"):
        assert find(build_site(BuildOptions(project=project))) == ["output-locked"]


# --- what others did to the site ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", ["office/index.html", "office/2021/index.html", "index.html", "404.html", "robots.txt"]
)
@pytest.mark.parametrize("harm", ["changed", "deleted"])
def test_output_changed_by_hand_is_restored(page: str, harm: str, project: Path) -> None:
    build(project)
    before = read_tree(project / "site")
    if harm == "changed":
        path = project / "site" / page
        path.unlink()  # a link to the same file may stand in another site
        path.write_text("changed by hand", encoding="utf-8")
    else:
        (project / "site" / page).unlink()
    result = build(project)
    assert read_tree(project / "site") == before
    assert result.written is not None
    assert page in result.written.changed
    assert result.findings == ()
    assert build(project).rendered == 0


def test_findings_are_told_once_where_the_output_was_changed_by_hand(project: Path) -> None:
    change_files(project, {f"{OFFICE}/2021/figures.yaml": write_figures().replace("    partial: {}\n", "")})
    build(project)
    (project / "site" / "office" / "index.html").unlink()
    assert find(build(project)) == ["missing-row"]


def test_error_while_a_changed_output_is_restored_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the two passes a source is changed, so that the second finds what the first did not."""
    build(project)
    before = read_tree(project / "site")

    def write(site: Path, outputs: object, **_: object) -> None:
        monkeypatch.undo()
        assert all(isinstance(output, Output) for output in outputs)  # type: ignore[attr-defined]
        change_files(project, STOPS["total"])  # type: ignore[arg-type]
        raise StaleOutput("office/index.html")

    monkeypatch.setattr("gaisite.build.building.write_site", write)
    result = build_site(BuildOptions(project=project))
    assert (result.written, sorted(set(find(result)))) == (None, ["balance", "row-sum"])
    assert read_tree(project / "site") == before


def test_files_of_others_stay_in_the_site(project: Path) -> None:
    build(project)
    (project / "site" / "verify.txt").write_text("mine", encoding="utf-8")
    edit(project, f"{OFFICE}/agency.yaml", "某街道办事处", "某镇")
    build(project)
    assert (project / "site" / "verify.txt").read_text(encoding="utf-8") == "mine"


# --- the same from the same -----------------------------------------------------------------------------------------------------------


def test_verified_build_finds_nothing_where_all_is_well(project: Path) -> None:
    for _ in range(2):
        result = verify_site(BuildOptions(project=project))
        assert (result.findings, result.written is None) == ((), False)


def test_verified_build_tells_each_file_that_a_clean_build_makes_otherwise(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(project)
    edit(project, f"{OFFICE}/agency.yaml", "某街道办事处", "某镇")
    monkeypatch.setattr("gaisite.build.turns.make_key", lambda *_: "the same for ever")
    build(project)
    edit(project, f"{OFFICE}/agency.yaml", "某镇", "某乡")
    result = verify_site(BuildOptions(project=project))
    assert {finding.check for finding in result.findings} == {"verify-differs"}
    assert f"{project}/site/office/index.html" in {finding.place.file for finding in result.findings}


def test_verification_of_a_build_that_fails_is_that_build(project: Path) -> None:
    change_files(project, STOPS["total"])  # type: ignore[arg-type]
    assert "row-sum" in find(verify_site(BuildOptions(project=project)))


def build_elsewhere(folder: Path, umask: int = 0o022, **environment: str) -> dict[str, str]:
    """What a process of its own builds, in another folder, with another environment."""
    project = make_portal(folder)
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PATH", "COVERAGE", "HOME"))}
    command = [sys.executable, "-W", "error", "-m", "gaisite", "build"]
    done = subprocess.run(
        command,
        cwd=project,
        env={**kept, **environment},
        umask=umask,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return read_tree(project / "site")


def test_same_bytes_whatever_the_machine(tmp_path: Path) -> None:
    one = build_elsewhere(tmp_path / "one", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")
    other = build_elsewhere(
        tmp_path / "elsewhere" / "某 网站",
        0o077,
        PYTHONHASHSEED="4711",
        TZ="Asia/Shanghai",
        LC_ALL="C",
        LANG="zh_CN.UTF-8",
    )
    assert one == other


def test_modes_of_the_site_do_not_depend_on_the_mask(tmp_path: Path) -> None:
    build_elsewhere(tmp_path / "one", 0o077)
    page = tmp_path / "one" / "site" / "office" / "index.html"
    assert page.stat().st_mode & 0o777 == 0o644
    assert page.parent.stat().st_mode & 0o777 == 0o755
