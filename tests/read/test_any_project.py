"""Whatever is done to a file of a project: it is read, or refused with a finding; never a traceback, never for long."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gaisite.build import BuildOptions, build_site
from tests.build.portals import make_portal
from tests.build.test_incremental import FORM
from tests.soak import many

FILES = {
    "content/site.yaml": "title: 年报\nbase_url: https://a.cn/nb/\ntheme: own\nlanguages: [zh-CN, en]\n"
    "breadcrumb: [{label: 首页, url: 'https://a.cn/'}]\nfooter: {ICP备案号: {text: 备案, url: 'https://a.cn/'}}\n"
    "checks: {year-missing: off}\npublish: {web: 'file:///srv/www/nb'}\n",
    "content/forms/own-2033.yaml": FORM.replace("2023", "2033"),
    "content/pages/about.md": "---\ntitle: 关于\n---\n正文[某街道](../office/2021/)。\n",
    "themes/own/theme.yaml": "name: own\n",
    "themes/own/translations/zh-CN.yaml": "home: 主页\n",
    "themes/own/templates/404.html": '{% extends "templates/base.html" %}{% block content %}<p>没有。</p>{% endblock %}\n',
}
TARGETS = (
    *FILES, "content/office/agency.yaml", "content/office/2021/figures.yaml", "content/office/2021/report.md",
    "content/office/2020/published.json",
)  # fmt: skip
HOSTILE = (
    "&a [*a, *a]", "<<: {a: 1}", "!!python/object:os.system x", "\u202e", "\x00", "\ufeff", "- " * 50, "[" * 60, "{a: ",
    "../../../etc/passwd", "javascript:alert(1)", "[[applications.new.total", "{{ 7 * 7 }}", "{% include '/etc/passwd' %}",
    "<script>alert(1)</script>", "９９", "1e999", "-1", "0x10", "9" * 400, "null", "~", "''", "，", "：", "\t", "\r", "---\n",
    "con", "a/b", "😀", "\u2028", "> " * 30, "* " * 30, "![[]()" * 40, "%2e%2e/", "//evil.example/", "data:text/html,x",
)  # fmt: skip
hostile = st.sampled_from(HOSTILE) | st.text(max_size=20)
places = st.integers(0, 10_000)


def insert(text: str, at: int, what: str) -> str:
    at %= len(text) + 1
    return text[:at] + what + text[at:]


def replace_word(text: str, at: int, what: str) -> str:
    words = text.split(" ")
    words[at % len(words)] = what
    return " ".join(words)


def replace_line(text: str, at: int, what: str) -> str:
    lines = text.split("\n")
    lines[at % len(lines)] = what
    return "\n".join(lines)


def repeat_line(text: str, at: int, what: str) -> str:
    lines = text.split("\n")
    return "\n".join([*lines[: at % len(lines) + 1], *lines[at % len(lines) :], what])


def cut(text: str, at: int, what: str) -> str:
    return text[: at % (len(text) + 1)] + what


DEEDS: tuple[Callable[[str, int, str], str], ...] = (insert, replace_word, replace_line, repeat_line, cut)
deeds = st.lists(st.tuples(st.sampled_from(DEEDS), places, hostile), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_portal(tmp_path_factory.mktemp("any") / "project", FILES)


@pytest.mark.slow
@settings(max_examples=many(80, 20_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(TARGETS), done=deeds)
def test_any_change_of_a_file_is_built_or_told(
    name: str, done: list[tuple[Callable[[str, int, str], str], int, str]], project: Path
) -> None:
    path, begun = project / name, time.process_time()
    before = path.read_bytes() if path.exists() else None
    text = before.decode() if before is not None else '{"published": []}'
    for deed, at, what in done:
        text = deed(text, at, what)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        result = build_site(BuildOptions(project=project, jobs=1, keep_cache=False))
        for finding in result.findings:
            assert result.catalogue.say(finding, "zh-CN").strip()
            assert result.catalogue.say(finding, "en").strip()
        assert result.written is not None or result.findings
        assert time.process_time() - begun < 20
        assert_harmless(project / "site")
    finally:
        path.unlink() if before is None else path.write_bytes(before)


def assert_harmless(site: Path) -> None:
    """No page has a script of the content's, an expression that was evaluated, or a file of the machine's."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script>alert" not in text
        assert 'href="javascript:' not in text
        assert "root:x:0" not in text


def test_the_project_is_right_before_anything_is_done_to_it(project: Path, tmp_path: Path) -> None:
    result = build_site(BuildOptions(project=shutil.copytree(project, tmp_path / "p")))
    assert (result.findings, result.written is None) == ((), False)
