"""Whatever was changed: building again gives what building from nothing gives, and renders no more than it must."""

import os
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site, fonts, keys
from gaisite.build.project import read_common
from gaisite.build.verify import verify_site
from gaisite.findings import Problems, Severity
from tests.build.portals import (
    REPORT_2021,
    build,
    change_files,
    edit,
    make_portal,
    own_theme,
    read_tree,
    write_figures,
    write_report,
)

TOWN, SCHOOL, COAST = "content/town", "content/town/school", "content/coast"
FORM = """\
form: own-2023
language: en
title: "{agency} {year}"
short: Own
years: {first: 2023}
sections:
  all: {heading: All, tables: [all]}
tables:
  all:
    caption: All
    corner: Item
    columns: {number: Number}
    rows: {one: One}
    key_figures: [one.number]
"""
THEME_WORDS = "themes/civic/translations/zh-CN.yaml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal with three agencies, a theme over the default one, a form of its own, built once."""
    project = make_portal(
        tmp_path_factory.mktemp("built") / "project",
        {
            "content/office": None,
            "content/site.yaml": "title: 年报\nbase_url: https://a.cn/nb/\ntheme: own\nchecks: {year-missing: off}\n",
            "content/pages/about.md": "---\ntitle: 关于\n---\n正文。\n",
            "content/forms/own-2023.yaml": FORM,
            "themes/own/theme.yaml": "name: own\n",
            "themes/own/translations/zh-CN.yaml": "home: 主页\n",
            f"{TOWN}/agency.yaml": "name: 某镇\n",
            f"{SCHOOL}/agency.yaml": "name: 某校\n",
            f"{COAST}/agency.yaml": "name: 某海\n",
            f"{SCHOOL}/2021/figures.yaml": write_figures(),
            f"{SCHOOL}/2021/report.md": write_report(preamble="见[某海](../../../coast/2021/)。\n"),
            f"{SCHOOL}/2021/files/a.pdf": b"a",
            f"{COAST}/2021/figures.yaml": write_figures(),
            f"{COAST}/2021/report.md": write_report(),
            f"{COAST}/2022/figures.yaml": write_figures(carried_in=1, handled=3),
            f"{COAST}/2022/report.md": write_report("published: 2023-01-20"),
            f"{COAST}/2023/figures.yaml": "form: own-2023\nall: {one: {number: 7}}\n",
            f"{COAST}/2023/report.md": "## All\n\nText.\n",
        },
    )
    own_theme(project)
    build(project)
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """That portal with its site and its cache, to be changed."""
    return shutil.copytree(built, tmp_path / "project")


def build_afresh(project: Path, **options: object) -> dict[str, str]:
    """What a build from nothing gives, into a folder that is new."""
    clean = project.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    build(project, output=clean, full=True, keep_cache=False, **options)
    return read_tree(clean)


def test_nothing_changed_renders_and_writes_nothing(project: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")}
    tree = read_tree(project / "site")
    result = build(project)
    assert result.rendered == 0
    assert result.written is not None
    assert (result.written.written, result.written.removed, result.written.changed) == (0, 0, ())
    assert {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")} == before
    assert read_tree(project / "site") == tree == build_afresh(project)
    assert (result.agencies, result.reports) == (3, 4)


def test_same_findings_and_counts_come_from_the_cache(project: Path) -> None:
    change_files(project, {f"{COAST}/2021/figures.yaml": write_figures().replace("    partial: {}\n", "")})
    first, second = build(project), build(project)
    assert (first.rendered, second.rendered) == (1, 0)
    assert [finding.check for finding in first.findings] == ["missing-row"]
    for language in ("zh-CN", "en"):
        told = [[result.catalogue.say(each, language) for each in result.findings] for result in (first, second)]
        assert told[0] == told[1]
    assert first.findings == second.findings


Change = Callable[[Path], object]


def put(name: str, content: str | bytes | None) -> Change:
    return lambda project: change_files(project, {name: content})


def replace(name: str, old: str, new: str) -> Change:
    return lambda project: edit(project, name, old, new)


def move(name: str, other: str) -> Change:
    return lambda project: (project / name).rename(project / other)


ALL = 3
CHANGES: dict[str, tuple[Change, int]] = {
    "figures": (put(f"{COAST}/2021/figures.yaml", write_figures(new=6, carried_in=1)), 1),
    "figures-of-child": (put(f"{SCHOOL}/2021/figures.yaml", write_figures(new=7)), 2),
    "narrative": (replace(f"{COAST}/2022/report.md", "没有需要另行说明", "没有要另行说明"), 1),
    "date": (replace(f"{COAST}/2022/report.md", "2023-01-20", "2023-01-21"), 1),
    "name": (put(f"{COAST}/agency.yaml", "name: 某洋\n"), 1),
    "name-of-parent": (put(f"{TOWN}/agency.yaml", "name: 大镇\n"), 2),
    "name-of-child": (put(f"{SCHOOL}/agency.yaml", "name: 学校\n"), 2),
    "former-name": (put(f"{COAST}/agency.yaml", "name: 某洋\nformer_names: [{name: 某海, until: 2021}]\n"), 1),
    "attachment-added": (put(f"{COAST}/2021/files/b.pdf", b"b"), 2),
    "attachment-changed": (put(f"{SCHOOL}/2021/files/a.pdf", b"A"), 2),
    "attachment-removed": (put(f"{SCHOOL}/2021/files/a.pdf", None), 2),
    "attachment-renamed": (move(f"{SCHOOL}/2021/files/a.pdf", f"{SCHOOL}/2021/files/c.pdf"), 2),
    "report-removed": (put(f"{COAST}/2022", None), 2),
    "report-renamed": (move(f"{COAST}/2022", f"{COAST}/2024"), 2),
    "draft": (replace(f"{COAST}/2022/report.md", "---\npublished", "---\ndraft: true\npublished"), 1),
    "last-report-of-a-form": (put(f"{COAST}/2023", None), 2),
    "agency-removed": (put(COAST, None), 2),
    "agency-moved": (move(COAST, f"{TOWN}/coast"), 3),
    "template": (replace("themes/civic/templates/404.html", "<p>", "<p> "), ALL),
    "partial-overridden": (put("themes/own/partials/footer.html", "<footer>另一种</footer>\n"), ALL),
    "style": (put("themes/own/css/own.css", "p { color: red }\n"), ALL),
    "words": (put("themes/own/translations/zh-CN.yaml", "home: 起点\n"), ALL),
    "words-below": (replace(THEME_WORDS, "comparison: 历年对比", "comparison: 逐年对比"), ALL),
    "form": (replace("content/forms/own-2023.yaml", "One", "Uno"), ALL),
    "form-added": (put("content/forms/own-2033.yaml", FORM.replace("2023", "2033")), ALL),
    "settings": (replace("content/site.yaml", "title: 年报", "title: 年报汇编"), ALL),
    "language": (replace("content/site.yaml", "title: 年报", "title: 年报\nlanguage: en"), ALL),
    "theme": (replace("content/site.yaml", "theme: own\n", ""), ALL),
    "page": (put("content/pages/more.md", "---\ntitle: 更多\n---\n正文。\n"), ALL),
    "page-changed": (replace("content/pages/about.md", "正文", "新的正文"), ALL),
}


def drop_links(project: Path) -> None:
    """Take away the links to a folder that a change takes away."""
    edit(project, f"{SCHOOL}/2021/report.md", "见[某海](../../../coast/2021/)。", "")


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_gives_what_a_clean_build_gives(name: str, project: Path) -> None:
    change, rendered = CHANGES[name]
    if name in ("agency-moved", "agency-removed"):
        drop_links(project)
    before = read_tree(project / "site")
    change(project)
    result = build(project)
    assert read_tree(project / "site") == build_afresh(project)
    assert (read_tree(project / "site") == before) == (name == "form-added")
    assert result.rendered == rendered


@pytest.mark.parametrize("options", [{"base_url": "https://b.cn/"}, {"drafts": True}])
def test_each_option_gives_what_a_clean_build_with_it_gives(options: dict[str, object], project: Path) -> None:
    edit(project, f"{COAST}/2022/report.md", "---\npublished", "---\ndraft: true\npublished")
    build(project)
    plain = read_tree(project / "site")
    build(project, **options)
    assert read_tree(project / "site") == build_afresh(project, **options)
    assert read_tree(project / "site") != plain
    build(project)
    assert read_tree(project / "site") == plain


def test_two_outputs_share_one_cache_and_stay_apart(project: Path) -> None:
    other = project.parent / "other"
    assert build(project, output=other).rendered == ALL
    assert build(project, output=other).rendered == 0
    assert build(project).rendered == 0
    edit(project, f"{COAST}/agency.yaml", "某海", "某洋")
    assert build(project).rendered == 1
    assert build(project, output=other).rendered == 1
    assert read_tree(other) == read_tree(project / "site") == build_afresh(project)


def test_change_taken_back_gives_the_old_site(project: Path) -> None:
    before = read_tree(project / "site")
    edit(project, f"{TOWN}/agency.yaml", "某镇", "大镇")
    build(project)
    edit(project, f"{TOWN}/agency.yaml", "大镇", "某镇")
    build(project)
    assert read_tree(project / "site") == before


def test_changes_one_after_another_give_what_a_clean_build_gives(project: Path) -> None:
    for name in ("figures-of-child", "template", "name-of-parent", "report-renamed", "attachment-added", "words-below"):
        CHANGES[name][0](project)
        build(project)
    assert read_tree(project / "site") == build_afresh(project)


# --- what is wrong is found as well -------------------------------------------------------------------------------------------


def find_twice(project: Path) -> list[tuple[str, str]]:
    """What a build finds, the same with the cache and without; the site stays."""
    before = read_tree(project / "site")
    found = []
    for full in (False, True):
        result = build_site(BuildOptions(project=project, full=full))
        found.append([(each.check, each.place.file) for each in result.findings])
        assert result.written is None
        assert read_tree(project / "site") == before
    assert found[0] == found[1]
    return found[0]


def test_year_without_any_file_is_found_although_no_file_changed(project: Path) -> None:
    (project / COAST / "2024").mkdir()
    assert find_twice(project) == [("file-missing", f"{COAST}/2024/figures.yaml")]


def test_link_that_another_agencys_change_broke_is_found(project: Path) -> None:
    shutil.rmtree(project / COAST / "2021")
    edit(project, f"{COAST}/2022/figures.yaml", "carried_in: {natural_person: 1", "carried_in: {natural_person: 1")
    assert find_twice(project) == [("link-missing", f"{SCHOOL}/2021/report.md")]


@pytest.mark.parametrize("name", ["figures.yaml", "report.md", "../agency.yaml"])
def test_link_that_leads_out_is_found_although_it_says_the_same(name: str, project: Path) -> None:
    path = project / COAST / "2021" / name
    path.rename(project.parent / "outside")
    path.symlink_to(project.parent / "outside")
    assert [check for check, _ in find_twice(project)] == ["file-outside"]
    verified = verify_site(BuildOptions(project=project))
    assert [each.check for each in verified.findings] == ["file-outside"]


def test_pipe_in_place_of_an_empty_file_is_found(project: Path) -> None:
    path = project / COAST / "2021/files/empty.pdf"
    change_files(project, {f"{COAST}/2021/files/empty.pdf": b""})
    build(project)
    path.unlink()
    os.mkfifo(path)
    assert find_twice(project) == [("file-special", f"{COAST}/2021/files/empty.pdf")]


def test_failing_build_leaves_site_and_cache_so_that_mending_is_cheap(project: Path) -> None:
    edit(
        project,
        f"{COAST}/2021/figures.yaml",
        "new: {natural_person: 5, total: 5}",
        "new: {natural_person: 5, total: 6}",
    )
    assert ("row-sum", f"{COAST}/2021/figures.yaml") in find_twice(project)
    edit(
        project,
        f"{COAST}/2021/figures.yaml",
        "new: {natural_person: 5, total: 6}",
        "new: {natural_person: 5, total: 5}",
    )
    result = build(project)
    assert (result.rendered, result.written and result.written.changed) == (0, ())


def test_warnings_fail_a_strict_build_and_leave_the_site(project: Path) -> None:
    change_files(project, {f"{COAST}/2021/figures.yaml": write_figures().replace("    partial: {}\n", "")})
    before = read_tree(project / "site")
    result = build_site(BuildOptions(project=project, strict=True))
    assert (result.written, [each.check for each in result.findings]) == (None, ["missing-row"])
    assert read_tree(project / "site") == before


def test_severity_of_a_check_counts_for_what_was_built_before(project: Path) -> None:
    change_files(project, {f"{COAST}/2021/figures.yaml": write_figures().replace("    partial: {}\n", "")})
    assert build(project).count(Severity.WARNING) == 1
    edit(project, "content/site.yaml", "{year-missing: off}", "{missing-row: information}")
    result = build(project)
    assert [result.count(each) for each in (Severity.WARNING, Severity.INFORMATION)] == [0, 1]
    assert read_tree(project / "site") == build_afresh(project)
    edit(project, "content/site.yaml", "missing-row: information", "missing-row: error")
    assert build_site(BuildOptions(project=project)).written is None


# --- other versions, other code -----------------------------------------------------------------------------------------------


def test_another_version_of_gaisite_renders_everything_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaisite.build.project.hash_code", lambda: "another version")
    result = build(project)
    assert result.rendered == ALL
    assert result.written is not None
    assert result.written.changed == ()


@pytest.mark.parametrize("library", ["jinja2", "markdown-it-py", "markupsafe", "pyyaml"])
def test_another_version_of_a_library_counts_as_another_gaisite(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    keys.hash_code.cache_clear()
    now = keys.hash_code()
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0" if name == library else version(name))
    keys.hash_code.cache_clear()
    other = keys.hash_code()
    monkeypatch.undo()
    keys.hash_code.cache_clear()
    assert other != now == keys.hash_code()


def test_file_moved_to_another_folder_is_other_code(tmp_path: Path) -> None:
    """Between `a/x.py` and `c/x.py` no path comes that a move from one to the other would pass."""
    before, after = tmp_path / "a" / "x.py", tmp_path / "b" / "x.py"
    for folder in (before.parent, after.parent):
        folder.mkdir()
    before.write_text("1", encoding="utf-8")
    key = keys.hash_paths([before], tmp_path)
    before.rename(after)
    assert keys.hash_paths([after], tmp_path) != key


@pytest.mark.skipif(fonts.open_library() is None, reason="needs fontconfig")
def test_other_fonts_count_where_pdf_files_are_offered(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No program need be there that lists them."""
    monkeypatch.setenv("PATH", "")
    own = use_fonts(tmp_path, monkeypatch)
    common = {}
    for formats in ("[csv]", "[pdf]"):
        change_files(project, {"content/site.yaml": f"title: 年报\nlanguage: en\ndownloads: {formats}\n"})
        for names in ((), ("a.ttf",), ("a.ttf", "b.ttf"), ("a.ttf",)):
            for each in own:
                (tmp_path / "fonts" / each).unlink(missing_ok=True)
            for each in names:
                (tmp_path / "fonts" / each).write_bytes(own[each])
            found = read_common(project, Problems(), drafts=False, base_url=None)
            assert found is not None
            common.setdefault(formats, []).append(found.key)
    assert len(set(common["[csv]"])) == 1
    assert len(set(common["[pdf]"])) == 3
    assert common["[pdf]"][1] == common["[pdf]"][3]


def use_fonts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Let a folder's be the only fonts; two to put there."""
    library = fonts.open_library()
    assert library is not None
    paths = [line.split(b".ttf ")[0] + b".ttf" for line in sorted(fonts.list_fonts(library)) if b".ttf " in line]
    (folder / "fonts").mkdir()
    settings = f"<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/kept</cachedir></fontconfig>"
    (folder / "fonts.conf").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(folder / "fonts.conf"))
    return {name: Path(os.fsdecode(path)).read_bytes() for name, path in zip(("a.ttf", "b.ttf"), paths, strict=False)}


def test_machine_without_fontconfig_has_no_fonts_to_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "LIBRARIES", ("no-such-library.so",))
    assert fonts.hash_fonts() == ""


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_chain_of_links_that_leads_outside_by_now_is_found(project: Path, tmp_path: Path) -> None:
    report, middle = project / COAST / "2021" / "report.md", project / "middle.md"
    inside, outside = project / "inside.md", tmp_path / "outside.md"
    inside.write_bytes(report.read_bytes())
    outside.write_bytes(report.read_bytes())
    report.unlink()
    report.symlink_to("../../../middle.md")
    middle.symlink_to(inside)
    build(project)
    middle.unlink()
    middle.symlink_to(outside)
    result = build_site(BuildOptions(project=project))
    assert [finding.check for finding in result.findings] == ["file-outside"]


def test_file_that_cannot_be_read_has_a_key_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "figures.yaml"
    path.write_text("", encoding="utf-8")
    assert keys.hash_content(path) == keys.hash_content(tmp_path / "missing") == keys.hash_content(tmp_path)
    assert keys.hash_content(tmp_path / ("a" * 300)) == b"unreadable"


def test_report_is_the_one_of_the_examples() -> None:
    assert write_report().partition("\n---\n")[2] == REPORT_2021.partition("\n---\n")[2]
