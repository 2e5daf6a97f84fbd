"""The pages of a year: who has published when, whether in time, who has not; long lists in several pages."""

from pathlib import Path

import pytest

from gaisite.render import paging
from tests.build.portals import OFFICE, build, make_portal, write_figures, write_report
from tests.render.pages import Element, read_page, tag_names

AGENCIES = {
    "a": ("township", "published: 2022-01-31 23:59"),
    "b": ("township", "published: 2022-02-03"),
    "c": ("township", ""),
    "d": ("", "published: 2022-02-03"),
    "e": ("county", "published: 2022-02-03"),
}


def make_agencies(names: dict[str, tuple[str, str]], **files: str | None) -> dict[str, str | bytes | None]:
    made: dict[str, str | bytes | None] = {OFFICE: None}
    for name, (kind, front) in names.items():
        made[f"content/{name}/agency.yaml"] = f"name: 机关{name}\n" + (f"kind: {kind}\n" if kind else "")
        made[f"content/{name}/2021/figures.yaml"] = write_figures()
        made[f"content/{name}/2021/report.md"] = write_report(front or "source: 某网")
    return {**made, **files}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    more = {"content/f/agency.yaml": "name: 机关f\nkind: township\n", "content/g/agency.yaml": "name: 机关g\n"}
    project = make_portal(tmp_path_factory.mktemp("years"), make_agencies(AGENCIES, **more))
    build(project)
    return project / "site"


def rows(page: Element) -> dict[str, list[str]]:
    return {
        row.one("th").text: [cell.text for cell in row.all("td")]
        for body in page.all("tbody")
        for row in body.all("tr")
    }


def test_each_report_says_when_it_was_published_and_whether_in_time(site: Path) -> None:
    found = {name: cells[-2:] for name, cells in rows(read_page(site / "years/2021/index.html")).items()}
    assert found == {
        "机关a": ["2022-01-31 23:59", "按期"],
        "机关b": ["2022-02-03", "逾期 3 天"],
        "机关c": ["—无", "日期未注明"],
        "机关d": ["2022-02-03", "—无"],
        "机关e": ["2022-02-03", "按期"],
    }


def test_summary_counts_them(site: Path) -> None:
    page = read_page(site / "years/2021/index.html")
    assert page.one("p", class_="introduction").text == (
        "共 7 家机构，已收录 5 家的年报。2 家按期公布，1 家逾期，1 家未注明公开日期，2 家未收录年报。"
    )


def test_missing_agencies_say_by_when_they_should_have_published(site: Path) -> None:
    page = read_page(site / "years/2021/index.html")
    assert [item.text for item in page.one("ul", class_="link-list").all("li")] == [
        "机关f 应在 2022-01-31 前公布",
        "机关g",
    ]


def test_table_tells_a_script_what_to_sort_by(site: Path) -> None:
    table = read_page(site / "years/2021/index.html").one("table")
    assert table.get("data-sortable") == "rows"
    late = {row.one("th").text: row.all("td")[-1].get("data-value") for row in table.one("tbody").all("tr")}
    assert late == {"机关a": "0", "机关b": "3", "机关c": "", "机关d": "", "机关e": "0"}
    assert {row.all("td")[0].get("data-value") for row in table.one("tbody").all("tr")} == {"5"}
    one = read_page(site / "a/2021/index.html").all("table")
    assert not any(each.get("data-sortable") for each in one), "a statutory table keeps its order"


def test_long_lists_are_parted_into_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    names = dict.fromkeys("abcd", ("township", "published: 2022-01-20"))
    settings = {"content/site.yaml": "title: 年报\nbase_url: https://a.cn/\n", "content/z/agency.yaml": "name: 机关z\n"}
    project = make_portal(tmp_path, make_agencies(names, **settings))
    build(project)
    site = project / "site"
    pages = [read_page(site / path / "index.html") for path in ("years/2021", "years/2021/2", "years/2021/3")]
    assert [list(rows(page)) for page in pages] == [["机关a", "机关b"], ["机关c", "机关d"], []]
    assert [link.text for link in pages[2].one("ul", class_="link-list").all("a")] == ["机关z"]
    for number, page in enumerate(pages, 1):
        links = page.one("nav", class_="page-list").all("a")
        numbered = [(f"第{each}页", "page" if each == number else "") for each in (1, 2, 3)]
        before, after = ([("上一页", "")] if number > 1 else []), ([("下一页", "")] if number < 3 else [])
        assert [(link.text, link.get("aria-current")) for link in links] == [*before, *numbered, *after]
        assert page.one("p", class_="introduction").text.startswith("共 5 家机构，已收录 4 家的年报。")
    assert [page.one("h1").text for page in pages][1:] == [
        "2021年政府信息公开工作年度报告（第2页）",
        "2021年政府信息公开工作年度报告（第3页）",
    ]
    assert [link.get("href") for link in pages[0].all("a", class_="") if link.text == "未收录年报的机构"] == [
        "3/index.html#missing"
    ]
    assert pages[2].one("h2", id="missing").text == "未收录年报的机构"
    assert [page.text.count("未收录年报的机构") for page in pages] == [1, 1, 1], "no page leads to itself"
    assert not (site / "years/2021/4").exists()
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert all(f"https://a.cn/years/2021/{end}" in sitemap for end in ("</loc>", "2/</loc>", "3/</loc>"))
    assert tag_names(pages[1])


def test_parent_says_of_how_many_below_it_adds_up_the_figures(tmp_path: Path) -> None:
    project = make_portal(
        tmp_path,
        {
            OFFICE: None,
            "content/town/agency.yaml": "name: 某镇\n",
            "content/town/2021/figures.yaml": "form: cn-gai-2021\nchildren: sum\n",
            "content/town/2021/report.md": write_report(),
            "content/town/school/agency.yaml": "name: 某校\n",
            "content/town/school/2021/figures.yaml": write_figures(),
            "content/town/school/2021/report.md": write_report("published: 2022-01-20"),
            "content/town/clinic/agency.yaml": "name: 某院\n",
        },
    )
    build(project)
    page = read_page(project / "site/years/2021/index.html")
    assert page.one("thead").all("th")[-1].text == "已计入的下级机关"
    assert {name: cells[-1] for name, cells in rows(page).items()} == {"某镇": "1/2", "某校": "—无"}
