"""The index for full-text search: made with the site, kept while no page changes, the same every time."""

from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site, search
from gaisite.build.search import prepare_page
from gaisite.read.catalogue import read_catalogue
from tests.build.portals import OFFICE, build, change_files, edit, make_portal, read_tree, write_figures

SETTINGS = "title: 年报\nsearch: pagefind\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = {"content/pages/about.md": "---\ntitle: 关于\n---\n正文。\n"}
    return make_portal(tmp_path / "project", {"content/site.yaml": SETTINGS, **pages})


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(self: object, opener: object) -> None:
        raise OSError("no such program")

    monkeypatch.setattr(search.Making, "make_index", fail)


def test_index_is_part_of_the_site(project: Path) -> None:
    build(project)
    site = project / "site"
    names = {path.name for path in (site / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "pages.txt", "index", "fragment"} <= names
    assert not any("-ui" in name or "highlight" in name for name in names)
    listed = (site / "pagefind/pages.txt").read_text(encoding="utf-8").splitlines()
    paths = {line.split(" ")[1] for line in listed}
    assert {"office/index.html", "office/2021/index.html", "about/index.html"} <= paths
    assert not {path for path in paths if path.startswith(("years/", "checks/", "data/"))} | (paths & {"index.html"})
    assert '<a href="search/index.html">' in (site / "index.html").read_text(encoding="utf-8")


def test_nothing_is_written_where_the_build_is_called(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    build(project)
    assert (project / "site/pagefind/pagefind.js").is_file()
    assert list((tmp_path / "here").iterdir()) == []


def test_index_is_made_the_same_and_kept_while_no_page_changes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(project)
    tree = read_tree(project / "site")
    build(project, output=project / "again", full=True, keep_cache=False)
    assert read_tree(project / "again") == tree
    made: list[object] = []
    real = search.Making.make_index

    async def count(self: search.Making, opener: object) -> None:
        made.append(self)
        await real(self, opener)  # type: ignore[arg-type]

    monkeypatch.setattr(search.Making, "make_index", count)
    assert build(project).written.changed == ()  # type: ignore[union-attr]
    assert made == []
    change_files(project, {f"{OFFICE}/2021/figures.yaml": write_figures(new=8, handled=9)})
    build(project)
    assert len(made) == 1
    changed = read_tree(project / "site")
    build(project, output=project / "again", full=True, keep_cache=False)
    assert read_tree(project / "again") == changed != tree
    edit(project, "content/site.yaml", "search: pagefind\n", "")
    build(project)
    assert not (project / "site/pagefind").exists()
    assert not (project / "site/search").exists()


@pytest.mark.usefixtures("broken")
def test_failure_of_pagefind_leaves_the_site_as_it_was(project: Path) -> None:
    result = build_site(BuildOptions(project=project))
    (finding,) = result.findings
    assert (finding.check, finding.place.file, finding.place.line) == ("search-failed", "content/site.yaml", 2)
    assert "no such program" in read_catalogue().say(finding, "en")
    assert not (project / "site").exists()


def test_missing_extra_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaisite.build.project.lacks_pagefind", lambda: True)
    result = build_site(BuildOptions(project=project))
    assert [finding.check for finding in result.findings] == ["search-extra"]
    assert "gaisite[search]" in result.catalogue.hint(result.findings[0], "en")


def test_other_ways_to_search_are_unknown(project: Path) -> None:
    edit(project, "content/site.yaml", "pagefind", "google")
    result = build_site(BuildOptions(project=project))
    assert [finding.check for finding in result.findings] == ["choice-unknown"]


def test_every_chinese_character_and_every_decimal_is_a_word() -> None:
    page = '<main id="main"><p>政府信息28件，52.6540万元。An office 某局A1</p></main>'
    assert prepare_page(page) == (
        '<main data-pagefind-body id="main"><p>政 府 信 息 28 件，52ǀ6540 万 元。An office 某 局 A1</p></main>'
    )
