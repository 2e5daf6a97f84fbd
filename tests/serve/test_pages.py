"""Pages as they are served."""

import pytest

from gaisite.serve.pages import Extras, loosen_policy, prepare_page

SOCKET = "ws://127.0.0.1:8000"
EXTRAS = Extras(host="127.0.0.1", port=8000, epoch="sab-1")
SCRIPT = (
    b'<script src="/livereload.js?host=127.0.0.1&amp;port=8000&amp;snipver=sab-1&amp;maxdelay=2000" defer></script>'
)


def cover(page: bytes) -> bytes:
    return prepare_page(page, Extras(host="localhost", port=8000, epoch="sab-1", overlay="<aside>错</aside>"))


@pytest.mark.parametrize(
    ("policy", "loosened"),
    [
        ("default-src 'none'", f"default-src 'none'; script-src 'self'; style-src 'self'; connect-src {SOCKET}"),
        (
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'none'",
            f"default-src 'none'; style-src 'self'; script-src 'self'; connect-src {SOCKET}",
        ),
        (
            "default-src https:; img-src data:",
            "default-src https:; img-src data:; script-src https: 'self'; style-src https: 'self'; connect-src https: "
            + SOCKET,
        ),
        ("script-src 'NONE'", "script-src 'self'"),
        ("script-src-elem https:", "script-src-elem https: 'self'"),
        ("Script-Src 'self'; script-src *; ; ", "script-src 'self'"),
        ("img-src 'self'; upgrade-insecure-requests; Block-All-Mixed-Content", "img-src 'self'"),
        ("", ""),
    ],
)
def test_policy_lets_in_the_preview_and_nothing_else(policy: str, loosened: str) -> None:
    assert loosen_policy(policy, SOCKET) == loosened


@pytest.mark.parametrize(
    "meta",
    [
        b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' data:\">",
        b"<META CONTENT=\"default-src 'none'; img-src 'self' data:\" HTTP-EQUIV=content-security-policy />",
        b'<meta\nhttp-equiv="content-security-policy"\ncontent="default-src &#39;none&#39;; img-src \'self\' data:">',
        b"<meta http-equiv='Content-Security-Policy' content='default-src &apos;none&apos;; img-src &#39;self&#39; data:'>",
    ],
)
def test_policy_is_found_however_it_is_written(meta: bytes) -> None:
    page = prepare_page(b"<head>" + meta + b"</head>", EXTRAS)
    assert b"script-src 'self'" in page
    assert b"connect-src ws://127.0.0.1:8000" in page
    assert b"img-src 'self' data:" in page


def test_other_metas_stay_as_they_are() -> None:
    metas = (
        b'<meta charset="utf-8"><meta name="description" content="Content-Security-Policy > default-src">'
        b'<meta http-equiv="Content-Security-Policy-Report-Only" content="default-src">'
        b'<meta http-equiv="Content-Security-Policy">'
    )
    assert metas in prepare_page(metas, EXTRAS)


def test_policy_has_no_words_for_the_sixth_version() -> None:
    extras = Extras(host="[::1]", port=8000, epoch="sab-1")
    page = prepare_page(b"<meta http-equiv=content-security-policy content=\"default-src 'none'\">", extras)
    assert b'; connect-src ws:"' in page
    assert b"/livereload.js?host=[::1]&amp;port=8000&amp;" in page


def test_script_goes_to_the_end_of_the_head() -> None:
    assert prepare_page(b"<head><title>x</title></HEAD ><body>", EXTRAS) == (
        b"<head><title>x</title>" + SCRIPT + b"</HEAD ><body>"
    )


def test_page_without_head_or_body_gets_all_at_its_end() -> None:
    assert prepare_page(b"<p>x", EXTRAS) == b"<p>x" + SCRIPT
    assert prepare_page(b"", EXTRAS) == SCRIPT
    assert cover(b"<p>x").endswith(b"defer></script><aside>&#38169;</aside>")


def test_overlay_comes_first_in_the_body_and_brings_its_style() -> None:
    page = cover(b'<head></head><body class="a > b"><p>x')
    assert b'<link rel="stylesheet" href="/gaisite-preview.css"><script src="/livereload.js?host=localhost' in page
    assert page.endswith(b'<body class="a > b"><aside>&#38169;</aside><p>x')


def test_bytes_that_are_no_text_are_kept() -> None:
    page = b"<head></head><p>\xff\xfe\x00\x80"
    assert prepare_page(page, EXTRAS) == b"<head>" + SCRIPT + page[len(b"<head>") :]
