"""What the narrative's checks need of a whole portal: siblings, ancestors, the cache, settings, acknowledgements."""

from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult, build_site, check_site
from tests.build.portals import REPORT_2021, build, change_files, edit, make_portal, write_figures, write_report
from tests.check.test_copies import LONG, OTHER

SAME = "本部分情况如表所示，没有需要另行说明的事项。"


def write_overview(text: str, front: str = "published: 2022-01-20 09:30") -> str:
    return write_report(front).replace(SAME, text, 1)


def make_agencies(project: Path) -> Path:
    """Two bureaus of a district and a town beside it, all with the same paragraph."""
    files = {"content/district/agency.yaml": "name: 某区\n"}
    for folder, name in (("district/a", "甲局"), ("district/b", "乙局"), ("town", "某镇")):
        files |= {
            f"content/{folder}/agency.yaml": f"name: {name}\n",
            f"content/{folder}/2021/figures.yaml": write_figures(),
            f"content/{folder}/2021/report.md": write_overview(LONG),
        }
    return make_portal(project, files)


def tell(result: BuildResult, *checks: str) -> list[tuple[str, str, int]]:
    return [(each.check, each.place.file, each.place.line) for each in result.findings if each.check in checks]


def test_agencies_are_compared_with_those_beside_them_only(tmp_path: Path) -> None:
    project = make_agencies(tmp_path / "project")
    shared = [("text-shared", "content/district/a/2021/report.md", 8)]
    assert tell(check_site(BuildOptions(project=project)), "text-shared") == shared
    change_files(project, {"content/office/2021/report.md": write_overview(LONG)})
    told = tell(check_site(BuildOptions(project=project)), "text-shared")
    assert told == [*shared, ("text-shared", "content/office/2021/report.md", 8)]


def test_shared_text_is_told_again_when_agencies_come_from_the_cache(tmp_path: Path) -> None:
    project = make_agencies(tmp_path / "project")
    change_files(project, {"content/office/2021/report.md": write_overview(LONG)})
    first, second = build(project), build(project)
    assert (first.rendered, second.rendered) == (5, 0)
    assert second.findings == first.findings
    assert len(tell(second, "text-shared")) == 2
    edit(project, "content/town/2021/report.md", LONG, OTHER)
    edit(project, "content/district/b/2021/report.md", LONG, OTHER)
    assert tell(build(project), "text-shared") == []


@pytest.mark.parametrize(("severity", "written"), [("off", True), ("error", False)])
def test_portal_decides_how_much_shared_text_matters(tmp_path: Path, severity: str, written: bool) -> None:
    project = make_agencies(tmp_path / "project")
    change_files(project, {"content/site.yaml": f"title: 年报\nchecks: {{text-shared: {severity}}}\n"})
    change_files(project, {"content/office/2021/report.md": write_overview(LONG)})
    result = build_site(BuildOptions(project=project))
    assert bool(tell(result, "text-shared")) is (severity == "error")
    assert (result.written is not None) is written


def test_copied_text_can_be_acknowledged(tmp_path: Path) -> None:
    reason = "acknowledge: [{check: text-copied, at: sections.overview.2020, reason: 原报告如此}]"
    files = {
        f"content/office/{year}/report.md": write_overview(LONG, f"published: {year + 1}-01-20")
        for year in (2020, 2021)
    }
    project = make_portal(
        tmp_path / "project", {**files, "content/office/2021/figures.yaml": write_figures(rest=reason)}
    )
    result = build(project)
    assert [(each.check, each.acknowledged) for each in result.findings] == [("text-copied", "原报告如此")]
    page = (project / "site" / "office" / "2021" / "index.html").read_text(encoding="utf-8")
    assert "原报告如此" in page


def test_names_of_those_above_are_known(tmp_path: Path) -> None:
    project = make_agencies(tmp_path / "project")
    name = "content/district/a/2021/report.md"
    change_files(project, {name: write_overview(OTHER, "source: 某区\ntitle: 某区2021年政府信息公开工作年度报告")})
    told = tell(check_site(BuildOptions(project=project)), "source-differs", "title-agency")
    assert told == [("title-agency", name, 3)]


def test_telephone_is_compared_in_the_latest_report_only(tmp_path: Path) -> None:
    called = write_overview("联系电话：67269999。")
    project = make_portal(
        tmp_path / "project",
        {
            "content/office/agency.yaml": "name: 某街道办事处\nkind: township\ncontact: {phone: '67260000'}\n",
            "content/office/2020/report.md": called,
        },
    )
    assert tell(check_site(BuildOptions(project=project)), "contact-differs") == []
    change_files(project, {"content/office/2021/report.md": called})
    told = tell(check_site(BuildOptions(project=project)), "contact-differs")
    assert told == [("contact-differs", "content/office/2021/report.md", 8)]


def test_forms_in_english_get_no_chinese_rules(tmp_path: Path) -> None:
    form = """\
form: own-2021
language: en
title: "{agency} {year}"
short: Own
years: {first: 2021}
sections:
  all: {heading: All, tables: [all], at_least: 2}
tables:
  all:
    caption: All
    corner: Item
    columns: {number: Number}
    rows: {one: One}
"""
    project = make_portal(
        tmp_path / "project",
        {
            "content/forms/own-2021.yaml": form,
            "content/office/2021/figures.yaml": "form: own-2021\nall:\n  one: {number: 1}\n",
            "content/office/2021/report.md": "## All\n\n截止2019年12月31日。无。电子版可下载。\n",
        },
    )
    assert [each.check for each in check_site(BuildOptions(project=project)).findings] == []
    assert "截止" not in REPORT_2021
