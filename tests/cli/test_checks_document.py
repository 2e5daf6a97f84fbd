"""docs/checks.md cannot drift from the catalogue and the forms."""

from html import unescape

import pytest
from markdown_it import MarkdownIt

from gaisite.cli.known_checks import list_checks, read_known_forms
from gaisite.read.catalogue import read_catalogue
from scripts.checks_document import DOCUMENT, escape, write_document


def test_docs_checks_is_what_make_docs_writes() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == write_document(), "run `make docs`"


def test_every_check_has_a_heading_and_no_two_are_alike() -> None:
    headings = [line.removeprefix("### ") for line in write_document().splitlines() if line.startswith("### ")]
    checks = list_checks(read_catalogue(), read_known_forms(None))
    assert {check.id for check in checks} <= set(headings)
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("text", ["a|b", "**b**", "[x](<y>)", "```", "a\\|b", "<b>"])
def test_no_sentence_is_taken_for_markup(text: str) -> None:
    html = MarkdownIt("commonmark").renderInline(escape(text))
    assert unescape(html) == text
