"""The home page: agencies under their parents, a long list in pages, with an index for the script that filters it."""

import json
from pathlib import Path

import pytest

from gaisite.render import paging
from tests.build.portals import OFFICE, build, make_portal, write_figures, write_report
from tests.render.pages import read_page


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paging, "PAGE", 2)
    files: dict[str, str | bytes | None] = {OFFICE: None, "content/site.yaml": "title: 年报\nbase_url: https://a.cn/\n"}
    for folder in ("a", "a/b", "c"):
        files[f"content/{folder}/agency.yaml"] = f"name: 机关{folder[-1]}</script>\n"
    files["content/c/2021/figures.yaml"] = write_figures()
    files["content/c/2021/report.md"] = write_report()
    build(make_portal(tmp_path, files))
    return tmp_path / "site"


def test_long_list_is_parted_into_pages_one_agency_after_the_other(site: Path) -> None:
    first, second = read_page(site / "index.html"), read_page(site / "agencies/2/index.html")
    names = [[item.one("a").text for item in page.all("p", class_="agency")] for page in (first, second)]
    assert names == [["机关a</script>", "机关b</script>"], ["机关c</script>"]]
    assert [link.text for link in first.one("nav", class_="page-list").all("a")] == ["第1页", "第2页", "下一页"]
    assert second.one("h1").text.endswith("（第2页）")
    aside = [item.text for item in first.all("span", class_="aside")]
    assert "机关a</script>" in aside, "an agency says which it belongs to"
    assert "https://a.cn/agencies/2/" in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert first.one("div", class_="list-filter").get("data-filter") == "agencies/index.js"
    assert not second.all("div", class_="list-filter")


def test_index_of_a_long_list_holds_every_agency(site: Path) -> None:
    script = (site / "agencies/index.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("window.gaisiteAgencies=").removesuffix(";\n"))
    assert entries[0] == ["机关a</script>", "a/index.html", [], []]
    assert entries[2] == ["机关c</script>", "c/index.html", ["2021年"], ["c/2021/index.html"]]


def test_short_list_has_neither_pages_nor_index(tmp_path: Path) -> None:
    build(make_portal(tmp_path))
    page = read_page(tmp_path / "site/index.html")
    assert page.all("nav", class_="page-list") == []
    assert page.one("div", class_="list-filter").get("data-filter") == "page"
    assert not (tmp_path / "site/agencies").exists()
