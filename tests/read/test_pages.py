"""content/pages: the portal's own pages in their order, every other file in that folder told."""

import os
from pathlib import Path

import pytest

from gaisite.findings import Finding, Problems
from gaisite.model.portal import TextPage
from gaisite.model.prose import Prose
from gaisite.read.pages import read_pages
from gaisite.read.prose import MarkdownWords


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "pages").mkdir(parents=True)
    return folder


def put(content: Path, name: str, text: str = "---\ntitle: 标题\n---\n正文\n") -> None:
    (content / "pages" / name).write_bytes(text.encode())


def read(content: Path, *languages: str) -> tuple[tuple[TextPage, ...], list[Finding]]:
    problems = Problems()
    pages = read_pages(
        content, content.parent, MarkdownWords(table_label="表{number}"), languages or ("zh-CN",), problems
    )
    return pages, problems.findings


def tell(content: Path) -> list[tuple[str, str, int]]:
    return [(each.check, each.place.file, each.place.line) for each in read(content)[1]]


def test_portal_may_have_no_pages(content: Path) -> None:
    assert read(content) == ((), [])
    (content / "pages").rmdir()
    assert read(content) == ((), [])
    (content / "pages").touch()
    assert read(content) == ((), [])


def test_page_has_title_description_and_parts(content: Path) -> None:
    put(content, "about.md", "﻿---\r\ntitle: 关于\r\ndescription: 说明\r\n---\r\n前言\r\n\r\n## 第一节\r\n\r\n正文\r\n")
    (page,), findings = read(content)
    assert findings == []
    assert (page.slug, page.title, page.description, page.place.file) == (
        "about",
        "关于",
        "说明",
        "content/pages/about.md",
    )
    assert page.parts == (
        ("", Prose(html="<p>前言</p>\n", text="前言")),
        ("第一节", Prose(html="<p>正文</p>\n", text="正文")),
    )


def test_pages_come_by_their_order_and_then_their_name(content: Path) -> None:
    for name, order in (("a", 2), ("b", 1), ("指南", 1), ("d", None), ("e", -1)):
        put(content, f"{name}.md", f"---\ntitle: {name}\n{'' if order is None else f'order: {order}'}\n---\n正文\n")
    pages, findings = read(content)
    assert findings == []
    assert [page.slug for page in pages] == ["e", "d", "b", "指南", "a"]


@pytest.mark.parametrize(
    "name",
    ["a b.md", "years.md", "Assets.md", "con.md", "原 件.md", "e\u0301.md", "_headers.md", "_Redirects.md", "CNAME.md"],
)
def test_names_that_are_no_address_or_not_free_are_refused(content: Path, name: str) -> None:
    put(content, name)
    assert tell(content) == [("page-name", f"content/pages/{name}", 0)]
    assert read(content)[0] == ()


@pytest.mark.parametrize("name", ["about.txt", "about", "about.MD"])
def test_other_files_are_told(content: Path, name: str) -> None:
    put(content, name)
    assert tell(content) == [("file-stray", f"content/pages/{name}", 0)]
    assert read(content)[0] == ()


def test_folder_is_told_and_what_editors_leave_is_not(content: Path) -> None:
    (content / "pages" / "below").mkdir()
    put(content, ".about.md.swp")
    put(content, "about.md~")
    assert tell(content) == [("file-stray", "content/pages/below", 0)]


def test_page_that_cannot_be_read_leaves_the_others(content: Path) -> None:
    put(content, "a.md")
    (content / "pages" / "b.md").mkdir()
    (content / "pages" / "c.md").write_bytes("标题".encode("gbk"))
    put(content, "d.md", "---\ntitle: 标题\n")
    put(content, "e.md")
    assert tell(content) == [
        ("file-special", "content/pages/b.md", 0),
        ("file-encoding", "content/pages/c.md", 1),
        ("front-matter-open", "content/pages/d.md", 1),
    ]
    assert [page.slug for page in read(content)[0]] == ["a", "e"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_page_linked_from_elsewhere_is_refused(content: Path) -> None:
    (content / "pages" / "a.md").symlink_to("/etc/passwd")
    assert tell(content) == [("file-outside", "content/pages/a.md", 0)]


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("正文\n", [("key-missing", 0)]),
        ("---\ntitle:\n---\n正文\n", [("key-missing", 2)]),
        ("---\ntitel: 甲\n---\n正文\n", [("key-unknown", 2), ("key-missing", 2)]),
        ("---\ntitle: 甲\norder: 第一\n---\n正文\n", [("integer-expected", 3)]),
        ("---\ntitle: 甲\n---\n\n[乙](没有.md)\n", [("link-missing", 5)]),
    ],
)
def test_mistake_has_the_line_of_the_file(content: Path, text: str, mistakes: list[tuple[str, int]]) -> None:
    put(content, "a.md", text)
    assert [(check, line) for check, _, line in tell(content)] == mistakes


@pytest.mark.parametrize("written", ["note.md", "./note.md", "../pages/note.md"])
def test_page_leads_to_another_by_its_file(content: Path, written: str) -> None:
    put(content, "about.md", f"---\ntitle: 甲\n---\n[乙]({written}#p-1)\n")
    put(content, "note.md")
    (about, _), findings = read(content)
    assert findings == []
    ((_, prose),) = about.parts
    path = os.path.normpath("about/" + prose.html.split('"')[1])
    assert path == "note/index.html#p-1"


def test_page_in_a_further_language_has_the_same_address(content: Path) -> None:
    put(content, "about.md")
    put(content, "about.en.md", "---\ntitle: About\n---\nText\n")
    put(content, "note.en.md", "---\ntitle: Note\n---\nText\n")
    pages, findings = read(content, "zh-CN", "en")
    assert findings == []
    assert [(page.slug, page.language, page.title) for page in pages] == [
        ("about", "en", "About"), ("about", "", "标题"), ("note", "en", "Note"),
    ]  # fmt: skip
    pages, _ = read(content, "zh-CN")
    assert {page.slug for page in pages} == {"about", "about.en", "note.en"}, "a portal in one language has no others"
