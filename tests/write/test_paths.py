"""Which paths a site may have."""

import tempfile
import unicodedata
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gaisite.findings import ContentError
from gaisite.texts import Texts
from gaisite.write import Output
from gaisite.write.paths import check_path, is_safe_path
from tests.write.sites import build, refused, tree

NASTY = [".", "..", "", "a", "A", "ä", "a\u0308", "ß", "ss", "ＡＢ", "报告", "con", "nul.txt", "-", " ", "İ", "ſ", "ﬁ"]
parts = st.one_of(st.sampled_from(NASTY), st.text(max_size=4))
paths = st.lists(parts, min_size=1, max_size=3).map("/".join)
safe_paths = st.lists(parts.filter(is_safe_path), min_size=1, max_size=3).map("/".join)


@pytest.mark.parametrize(
    "path",
    ["index.html", "a/2020/index.html", ".nojekyll", ".well-known/security.txt", "街道/2020/报告 1.docx", "a-b_c.d",
     "console", "com10", "a" * 200, "文" * 66],
)  # fmt: skip
def test_ordinary_path_is_safe(path: str) -> None:
    assert is_safe_path(path)


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("", ""), ("/etc/passwd", ""), ("a//b", ""), ("a/", ""), ("../b", ".."), ("a/../../b", ".."), ("./a", "."),
        ("a\\b", "a\\b"), ("C:/a", "C:"), ("a\0b", "a\0b"), ("a\nb", "a\nb"), ("a\x7f", "a\x7f"), ("a\u2028b", "a\u2028b"),
        ("CON", "CON"), ("a/nul.tar.gz", "nul.tar.gz"), ("com1", "com1"), ("LPT¹.txt", "LPT¹.txt"), ("aux .txt", "aux .txt"),
        ("a?.html", "a?.html"), ("a|b", "a|b"), ('"a"', '"a"'), ("<a>", "<a>"), ("a*", "a*"),
        ("a.", "a."), ("a /b", "a "), ("a" * 201, "a" * 201), ("文" * 67, "文" * 67), ("a\u0308", "a\u0308"),
        (".htaccess", ".htaccess"), ("a/.nojekyll", ".nojekyll"), (".git/config", ".git"), (".well-known", ".well-known"),
        ("a/.well-known/b", ".well-known"), (".well-known/.a", ".a"), (".gaisite-manifest.json", ".gaisite-manifest.json"),
    ],
)  # fmt: skip
def test_unsafe_path_is_refused_with_its_part_and_a_reason_in_both_languages(path: str, part: str) -> None:
    output = Output(path=path, content=b"", origin="content/a.md")
    facts = refused("output-path-unsafe", lambda: check_path(output))
    assert (facts["place"], facts["path"], facts["part"]) == ("content/a.md", path, part)
    reason = facts["reason"]
    assert isinstance(reason, Texts)
    assert reason.get("zh-CN")
    assert reason.get("en")


def test_undecodable_path_is_refused_in_words_that_can_be_printed() -> None:
    facts = refused("output-path-unsafe", lambda: check_path(Output(path="a\udcb1", content=b"")))
    assert facts["path"] == "a\\udcb1"
    assert facts["place"] == "a\\udcb1"


@given(path=paths)
@settings(deadline=None)
def test_path_is_refused_or_a_file_of_exactly_that_name_inside_the_site(path: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        try:
            build(site, {path: b"x"})
        except ContentError as error:
            assert error.finding.check == "output-path-unsafe"
            assert list(Path(folder).iterdir()) == []
        else:
            assert tree(Path(folder)) == {f"site/{path}": b"x", "site/.gaisite-manifest.json": manifest_of(site)}


def manifest_of(site: Path) -> bytes:
    return (site / ".gaisite-manifest.json").read_bytes()


@given(names=st.lists(safe_paths, min_size=2, max_size=6))
@settings(deadline=None)
def test_paths_that_any_file_system_confuses_are_refused_and_all_others_written(names: list[str]) -> None:
    outputs = [Output(path=name, content=name.encode(), origin=f"{number}") for number, name in enumerate(names)]
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        try:
            build(site, outputs)
        except ContentError as error:
            assert error.finding.check == "output-collision"
            facts = dict(error.finding.facts)
            assert facts["origin"] != facts["other_origin"]
            assert any(is_confusing(one, other) for one, other in combinations(names, 2))
        else:
            assert not any(is_confusing(one, other) for one, other in combinations(names, 2))
            assert tree(site) == {name: name.encode() for name in names}


def is_confusing(one: str, other: str) -> bool:
    """Said another way than in the code: equal, one in the other, or a folder in two spellings."""
    ours, theirs = one.split("/"), other.split("/")
    for depth, (left, right) in enumerate(zip(ours, theirs, strict=False), start=1):
        if left == right and depth < min(len(ours), len(theirs)):
            continue
        return caseless(left) == caseless(right)
    raise AssertionError


def caseless(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())


@given(path=safe_paths, folder=st.booleans())
@settings(deadline=None)
def test_equal_after_nfc_and_casefold_is_a_collision(path: str, folder: bool) -> None:
    other = unicodedata.normalize("NFC", path.upper())
    assume(is_safe_path(other))
    assume(unicodedata.normalize("NFC", path).casefold() == unicodedata.normalize("NFC", other).casefold())
    with tempfile.TemporaryDirectory() as place:
        outputs = [Output(path=path, content=b""), Output(path=f"{other}/a" if folder else other, content=b"")]
        refused("output-collision", lambda: build(Path(place, "site"), outputs))


def test_folder_in_two_spellings_is_a_collision(site: Path) -> None:
    facts = refused("output-collision", lambda: build(site, {"a/x": b"", "A/y": b""}))
    assert (facts["path"], facts["other"]) == ("A/y", "a/x")
