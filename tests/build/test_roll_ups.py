"""Parents that add up their children's reports: as deep as they are nested, anew when a child changes, never back."""

from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult, check_site
from gaisite.findings import Finding
from gaisite.publish.records import RecordWishes, record_reports
from tests.build.portals import build, change_files, edit, make_portal, read_tree, write_figures, write_report

TOP, MIDDLE = "content/top", "content/top/middle"
LEAVES = (f"{MIDDLE}/east", f"{MIDDLE}/west", "content/top/north")
SUM = "form: cn-gai-2021\nchildren: sum\n"


def write_agency(path: str, figures: str, name: str = "某机关") -> dict[str, str | bytes | None]:
    return {
        f"{path}/agency.yaml": f"name: {name}\nkind: township\n",
        f"{path}/2021/figures.yaml": figures,
        f"{path}/2021/report.md": write_report(),
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three offices with reports that close, one agency that adds up two of them, and one above that."""
    files: dict[str, str | bytes | None] = {"content/office": None}
    for number, path in enumerate(LEAVES, 1):
        files |= write_agency(path, write_figures(new=number, carried_in=2, handled=1))
    files |= write_agency(MIDDLE, SUM) | write_agency(TOP, SUM)
    return make_portal(tmp_path / "project", files)


def read_cell(project: Path, agency: str, cell: str) -> str:
    """What a page prints in a cell."""
    page = (project / "site" / agency / "2021" / "index.html").read_text(encoding="utf-8")
    return page.partition(f' id="{cell}"')[2].partition(">")[2].partition("<")[0]


def check(project: Path) -> BuildResult:
    return check_site(BuildOptions(project=project))


def find(project: Path, check_id: str) -> list[Finding]:
    return [finding for finding in check(project).findings if finding.check == check_id]


def test_sums_are_added_up_as_deep_as_agencies_are_nested(project: Path) -> None:
    build(project)
    new = "applications.new.natural_person"
    assert read_cell(project, "top/middle", new) == "3"
    assert read_cell(project, "top", new) == "6"
    assert read_cell(project, "top", "applications.handled.total.total") == "3"
    assert read_cell(project, "top", "applications.carried_out.total") == "9"


def test_a_changed_figure_of_a_child_renders_all_above_anew_and_nothing_else(project: Path) -> None:
    build(project)
    edit(project, f"{LEAVES[0]}/2021/figures.yaml", "compulsion: {decisions: 0}", "compulsion: {decisions: 41}")
    result = build(project)
    assert result.rendered == 3
    assert read_cell(project, "top", "penalties.compulsion.decisions") == "41"
    tree = read_tree(project / "site")
    build(project, full=True)
    assert read_tree(project / "site") == tree
    assert build(project).rendered == 0


def test_sums_from_the_cache_are_those_from_the_files(project: Path) -> None:
    build(project)
    edit(project, f"{TOP}/2021/report.md", "本报告", "这份报告")
    assert build(project).rendered == 1
    tree = read_tree(project / "site")
    build(project, full=True)
    assert read_tree(project / "site") == tree


def test_nothing_is_written_back(project: Path) -> None:
    before = read_tree(project / "content")
    build(project)
    assert read_tree(project / "content") == before


def test_a_report_missing_two_levels_down_leaves_the_top_incomplete(project: Path) -> None:
    change_files(project, {f"{LEAVES[1]}/2021": None, f"{TOP}/2021/figures.yaml": write_compared(new=60)})
    assert find(project, "roll-up") == []
    page = build_page(project, "top")
    assert "其自身的汇总不全（1）" in page
    change_files(project, write_agency(LEAVES[1], write_figures(new=2, carried_in=2, handled=1)))
    assert [finding.at for finding in find(project, "roll-up")] == [
        "applications.new.natural_person",
        "applications.carried_out.natural_person",
    ]


def write_compared(new: int) -> str:
    return write_figures(new=new, carried_in=6, handled=3, rest="children: compare")


def build_page(project: Path, agency: str) -> str:
    build(project)
    return (project / "site" / agency / "2021" / "index.html").read_text(encoding="utf-8")


def test_a_draft_below_is_not_in_the_sum_unless_drafts_are(project: Path) -> None:
    edit(project, f"{LEAVES[2]}/2021/report.md", "published", "draft: true\npublished")
    build(project)
    assert read_cell(project, "top", "applications.new.natural_person") == "3"
    build(project, drafts=True)
    assert read_cell(project, "top", "applications.new.natural_person") == "6"


def test_a_child_that_cannot_be_read_makes_no_difference_above(project: Path) -> None:
    change_files(project, {f"{TOP}/2021/figures.yaml": write_compared(new=6)})
    edit(project, f"{LEAVES[2]}/2021/figures.yaml", "compulsion: {decisions: 0}", "compulsion: {decisions: x}")
    assert [finding.check for finding in check(project).findings] == ["figure-count"]


def test_check_roll_up_can_be_turned_off(project: Path) -> None:
    change_files(project, {f"{TOP}/2021/figures.yaml": write_compared(new=70)})
    assert len(find(project, "roll-up")) == 2
    edit(project, "content/site.yaml", "title:", "checks: {roll-up: off}\ntitle:")
    assert find(project, "roll-up") == []
    assert "roll-up-cells" not in build_page(project, "top")


def test_summaries_of_the_whole_portal_hold_no_contributions(project: Path) -> None:
    result = build(project)
    held = [report for summary in result.summaries for report in summary.reports if report.contribution]
    assert held == []
    assert [summary.reports[0].below for summary in result.summaries if summary.id in ("top", "top/middle")] == [
        (2, 2),
        (2, 2),
    ]


def test_a_narrative_binds_figures_that_are_sums(project: Path) -> None:
    change_files(project, {f"{TOP}/2021/report.md": write_report(preamble="全年新收[[applications.new.total]]。\n")})
    page = build_page(project, "top")
    assert ">6件</a>" in page


CORRECTION = """\
corrections:
  - {date: 2022-03-01, at: applications.new.natural_person, old: 6, new: 7, reason: 下级更正。}
"""


def test_a_recorded_sum_that_changes_with_a_child_needs_a_correction_of_its_own(project: Path) -> None:
    recorded = record_reports(RecordWishes(project=project, targets=("top",)))
    assert recorded.written == ("top/2021",)
    assert '"applications.new.natural_person": "6"' in (project / TOP / "2021/published.json").read_text("utf-8")
    new = write_figures(new=2, carried_in=2, handled=2)
    change_files(project, {f"{LEAVES[0]}/2021/figures.yaml": new})
    assert "applications.new.natural_person" in [finding.at for finding in find(project, "correction-missing")]
    change_files(project, {f"{TOP}/2021/figures.yaml": SUM + CORRECTION})
    assert find(project, "correction-missing") == []
    page = build_page(project, "top")
    assert "下级更正。" in page
    assert (project / "site/top/2021/before-2022-03-01/index.html").is_file()
