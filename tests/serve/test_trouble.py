"""A failing build keeps the last good site and shows what is wrong over it."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult
from gaisite.findings import ContentError, Finding, Place, Severity
from gaisite.serve.notes import MOST, Excerpt, Note, Trouble, excerpt_source, find_page, note_crash, note_findings
from gaisite.serve.overlay import write_overlay, write_trouble_page
from tests.serve.fakes import SOON, connect, copy_site, find, previewing, result_of, save, wait_until


def test_error_is_shown_over_the_last_good_site_until_it_is_repaired(project: Path) -> None:
    with previewing(project) as preview:
        save(project, "<!-- WRONG -->", "about.html")
        wait_until(lambda: "gaisite-findings" in preview.text())
        page = preview.text()
        assert "first" in page
        assert "content/about.html:5:22" in page
        assert "“WRONG” is wrong".encode("ascii", "xmlcharrefreplace").decode() in page
        assert "[wrong]" in page
        assert "<mark>WRONG</mark>" in page
        assert "&lt;!-- " in page
        assert "Write &lt;b&gt;right&lt;/b&gt;" in page
        assert '<link rel="stylesheet" href="/gaisite-preview.css">' in page
        assert preview.get("/about.html").status == 404
        save(project, "second")
        save(project, "right", "about.html")
        wait_until(lambda: "gaisite-findings" not in preview.text())
        assert "second" in preview.text()
        assert "gaisite-preview.css" not in preview.text()


def test_overlay_reaches_the_browser_without_being_asked_for(project: Path) -> None:
    async def hear(port: int) -> None:
        async with connect(port, "") as socket:
            save(project, "WRONG")
            assert (await socket.hear())["command"] == "reload"
            assert "gaisite-findings" in await asyncio.to_thread(preview.text)
            save(project, "WRONG and WRONG")
            assert (await socket.hear())["command"] == "reload"

    with previewing(project) as preview:
        asyncio.run(hear(preview.running.port))


def test_first_build_with_errors_shows_nothing_but_them(project: Path) -> None:
    save(project, "WRONG")
    with previewing(project) as preview:
        for path in ("/", "/any/where/"):
            answer = preview.get(path)
            assert answer.status == 503
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert b"There is no site yet. To repair: 1" in answer.body
            assert b"content/index.html:5:17" in answer.body
            assert b"/livereload.js" in answer.body
        assert preview.get("/gaisite-preview.css").status == 200
        save(project, "right")
        wait_until(lambda: preview.get("/").status == 200)
        assert "right" in preview.text()


def test_site_of_an_earlier_run_is_the_last_good_one(project: Path) -> None:
    with previewing(project):
        pass
    save(project, "WRONG")
    with previewing(project, language="zh-CN") as preview:
        page = preview.text()
        assert "first" in page
        assert '<aside class="gaisite-findings" lang="zh-CN">' in page
        assert "错误".encode("ascii", "xmlcharrefreplace").decode() in page


def test_warnings_are_listed_folded_away_unless_they_stop_the_build(project: Path) -> None:
    save(project, "ODD")
    with previewing(project) as preview:
        page = preview.text()
        assert '<aside class="gaisite-findings gaisite-warnings" lang="en"><details><summary>Warnings: 1' in page
        assert "<mark>ODD</mark>" in page
    with previewing(project, strict=True) as preview:
        assert "<strong>warning</strong>" in preview.text()


def test_crash_is_told_and_shown_and_the_preview_goes_on(project: Path) -> None:
    with previewing(project) as preview:
        save(project, "CRASH")
        assert str(preview.crashed.get(timeout=SOON)) == "in index.html"
        wait_until(lambda: "ZeroDivisionError: in index.html" in preview.text())
        save(project, "second")
        wait_until(lambda: "ZeroDivisionError" not in preview.text())
        assert "second" in preview.text()


def test_folder_that_another_build_writes_is_tried_again(project: Path) -> None:
    results = [result_of(find("output-locked")), result_of(find("output-locked"))]

    def build(options: BuildOptions) -> BuildResult:
        return results.pop() if results else copy_site(options)

    with previewing(project, build) as preview:
        assert "first" in preview.text()
        assert "gaisite-findings" not in preview.text()
        assert preview.built.qsize() == 1


def test_folder_that_stays_locked_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaisite.serve.workshop.PATIENCE", 2)
    with previewing(project, lambda options: result_of(find("output-locked"))) as preview:
        assert "[output-locked]" in preview.text()


def test_preview_is_built_beside_the_site_not_into_it(project: Path) -> None:
    built = []

    def build(options: BuildOptions) -> BuildResult:
        built.append(options)
        return copy_site(options)

    with previewing(project, build, drafts=True, strict=True):
        pass
    assert [(each.site, each.drafts, each.strict) for each in built] == [(project / ".gaisite/preview", True, True)]
    assert not (project / "site").exists()


def test_files_on_the_disk_hold_nothing_of_the_preview(project: Path) -> None:
    with previewing(project) as preview:
        assert "livereload" in preview.text()
    assert (project / ".gaisite/preview/index.html").read_bytes() == (project / "content/index.html").read_bytes()


def test_finding_is_noted_with_its_words_and_source(project: Path) -> None:
    (project / "content/a.yaml").write_text("a: 1\n\tb: wrong 字\n", encoding="utf-8")
    finding = find("wrong", "content/a.yaml", 2, 5, "wrong")
    trouble = note_findings(result_of(finding), project, "zh-CN", strict=False)
    note = Note(
        severity=Severity.ERROR,
        place="content/a.yaml:2:5",
        check="wrong",
        sentence="“wrong”不对",
        hint="写 <b>对</b>",
        excerpt=Excerpt(before="\tb: ", meant="wrong", after=" 字"),
    )
    assert trouble == Trouble(notes=(note,))


def test_only_what_stopped_the_build_is_noted(project: Path) -> None:
    result = result_of(find("wrong"), find("odd"))
    assert [note.check for note in note_findings(result, project, "en", strict=False).notes] == ["wrong"]
    assert [note.check for note in note_findings(result, project, "en", strict=True).notes] == ["wrong", "odd"]
    warned = note_findings(result_of(find("odd"), digest="1"), project, "en", strict=False)
    assert ([note.check for note in warned.notes], warned.stops) == (["odd"], False)
    assert note_findings(result_of(digest="1"), project, "en", strict=False) is None


def test_warning_leads_to_its_cell() -> None:
    place = Place(file="content/某区/a/2020/figures.yaml", line=3)
    about = Finding(check="odd", place=place, at="applications.new.total", facts=(("found", "x"),))
    assert find_page(about) == "/%E6%9F%90%E5%8C%BA/a/2020/#applications.new.total"
    assert find_page(replace(about, at="")) == "/%E6%9F%90%E5%8C%BA/a/2020/"
    assert find_page(replace(about, place=Place(file="content/a/agency.yaml"))) == ""
    note = Note(severity=Severity.WARNING, sentence="s", href=find_page(about))
    link = '<a href="/%E6%9F%90%E5%8C%BA/a/2020/#applications.new.total">See it on the page</a>'
    assert link in write_overlay(Trouble(notes=(note,), stops=False), "en")
    assert "<a " not in write_overlay(Trouble(notes=(replace(note, severity=Severity.ERROR),)), "en")


def test_most_notes_are_listed_and_the_rest_counted(project: Path) -> None:
    trouble = note_findings(result_of(*[find("wrong")] * (MOST + 3)), project, "en", strict=False)
    assert len(trouble.notes) == MOST
    overlay = write_overlay(trouble, "en")
    assert f"To repair: {MOST + 3}" in overlay
    assert "<p>3 more are not listed.</p>" in overlay


def test_source_line_is_left_out_where_there_is_none(project: Path) -> None:
    def excerpts(file: str, line: int) -> list[Excerpt]:
        return list(excerpt_source(find("wrong", file, line, 1).place, project))

    (project / "content/locked.yaml").symlink_to("nowhere")
    assert excerpts("content/site.yaml", 1) == [Excerpt(before="", meant="t", after="itle: A site")]
    assert excerpts("content/site.yaml", 0) == []
    assert excerpts("content/site.yaml", 9) == []
    assert excerpts("content", 1) == []
    assert excerpts("content/locked.yaml", 1) == []
    assert excerpts("content/bad\0name.yaml", 1) == []


def test_source_line_that_may_not_be_read_is_left_out(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", refuse)
    assert list(excerpt_source(find("wrong", "content/site.yaml", 1, 1).place, project)) == []


def test_long_source_line_is_cut_around_what_is_meant(project: Path) -> None:
    (project / "content/long.yaml").write_text(f"{'a' * 500}bad{'z' * 500}\n", encoding="utf-8")
    (excerpt,) = excerpt_source(find("wrong", "content/long.yaml", 1, 501, "bad").place, project)
    assert excerpt == Excerpt(before="a" * 80, meant="bad", after="z" * 80)
    (whole,) = excerpt_source(find("wrong", "content/long.yaml", 1, 0).place, project)
    assert whole == Excerpt(before="", meant="", after="a" * 80)


def test_nothing_of_a_note_becomes_markup() -> None:
    nasty = "</pre></aside><script>x</script>&"
    note = Note(
        place=nasty, check=nasty, sentence=nasty, hint=nasty, excerpt=Excerpt(before=nasty, meant=nasty, after=nasty)
    )
    trouble = Trouble(notes=(note,))
    for written in (write_overlay(trouble, "zh-CN"), write_trouble_page(trouble, "en").decode()):
        assert "<script>" not in written
        assert written.count("</pre>") == 1
        assert written.count("&lt;script&gt;x&lt;/script&gt;&amp;") == 7


def test_note_without_a_place_is_written_without_one() -> None:
    overlay = write_overlay(note_crash(ContentError(find("wrong"))), "en")
    assert "<li><p><strong>error</strong> ContentError: wrong</p></li>" in overlay
