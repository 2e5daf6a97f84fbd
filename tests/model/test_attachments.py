"""Attachments: what offices attach may be published, what would run may not, and servers know the type of each."""

import pytest

from gaisite.imports.reports import ATTACHED
from gaisite.model.attachments import USUAL, is_attachable
from gaisite.model.hosting import TYPES, UNKNOWN, find_type


@pytest.mark.parametrize(
    "name",
    ["原件.pdf", "原件.PDF", "a/b.d/附件1.docx", "2021.1.20 报告.wps", "表.et", "公文.ofd", "图解.jpg", "a.tar.zip"],
)
def test_what_offices_attach_is_published(name: str) -> None:
    assert is_attachable(f"files/{name}", USUAL)


@pytest.mark.parametrize(
    "name",
    [
        *("a.html", "a.HTM", "a.xhtml", "a.svg", "a.js", "a.css", "a.xml", "web.config", "a.php", "a.exe", "表.xlsm"),
        *("README", "files", "a.", "pdf", ".pdf", "a.pdf ", "b.pdf/README", "_headers"),
    ],
)
def test_what_would_run_or_has_no_ending_is_not(name: str) -> None:
    assert not is_attachable(f"files/{name}", USUAL)


@pytest.mark.parametrize(
    "name", ["a.php.pdf", "a.PHP5.jpg", "a.phtml.x.pdf", "a.html.pdf", "a.aspx.pdf", "a.jsp.pdf", "a.cgi.pdf"]
)
def test_no_ending_that_a_server_may_run_stands_before_another(name: str) -> None:
    assert not is_attachable(f"files/{name}", USUAL)


def test_what_the_portal_allows_is_published() -> None:
    assert is_attachable("files/a.mp4", {"mp4"})
    assert not is_attachable("files/a.pdf", {"mp4"})


def test_servers_know_the_type_of_every_usual_attachment() -> None:
    assert set(TYPES) >= USUAL
    assert find_type("a/files/公文.OFD") == "application/ofd" != UNKNOWN


def test_import_attaches_only_what_may_be_published() -> None:
    found = [ending for ending in (*USUAL, "html", "svg", "js", "exe") if ATTACHED.search(f"a.{ending}")]
    assert "pdf" in found
    assert USUAL.issuperset(found)
