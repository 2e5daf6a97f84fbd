"""Mistakes in a theme are findings with the template's file and line, never a traceback, and the site stays."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult, build_site, check_site
from gaisite.findings import ContentError, Finding, Place
from gaisite.model.theme import Theme
from gaisite.read.catalogue import read_catalogue
from gaisite.render.templates import list_fields, name_template, render_template
from gaisite.render.words import Words
from tests.build.portals import build, edit, make_portal, own_theme, read_tree


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_portal(tmp_path)
    own_theme(tmp_path)
    return tmp_path


def build_wrong(project: Path) -> Finding:
    """The one finding of a build that a mistake in the theme stops; what was published stays."""
    before = read_tree(project / "site")
    result = build_site(BuildOptions(project=project))
    assert result.written is None
    assert read_tree(project / "site") == before
    (finding,) = result.findings
    for language in ("zh-CN", "en"):
        assert str(dict(finding.facts).get("reason", "")) in result.catalogue.say(finding, language)
        assert result.catalogue.hint(finding, language)
    return finding


def find_line(project: Path, file: str, text: str) -> int:
    lines = (project / file).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


@dataclass(frozen=True)
class PageView:
    """A view of one field."""

    page: str


def render_wrong(folder: Path, files: dict[str, str]) -> Finding:
    """The finding of a template `page.html` of a theme that has these files."""
    for name, content in files.items():
        (folder / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "own" / name).write_text(content, encoding="utf-8")
    theme = Theme(name="own", folders=(folder / "own",), words={}, stylesheet=b"", script=b"", digest=str(folder))
    with pytest.raises(ContentError) as caught:
        render_template(theme, "page.html", PageView("text"), Words("en", {"hello": "Hello {name}"}))
    return caught.value.finding


@pytest.mark.parametrize(
    "mistake",
    [
        "{{ nonsense }}",
        "{{ page.nonsense }}",
        "{{ words.nonsense }}",
        "{{ words.fill('hello', nam='you') }}",
        "{{ page.lost.more }}",
        "{{ 1 / 0 }}",
        "{{ 1 + 'a' }}",
        "{{ nonsense() }}",
        "{{ page() }}",
        "{{ 'a'|nofilter }}",
        "{{ '%d' % 'a' }}",
        "{{ {}.popitem() }}",
        "{% if %}",
        "{% endfor %}",
        "{% include 'partials/lost.html' %}",
        "{% from 'partials/lost.html' import lost %}",
        "{% import 'partials/lost.html' as lost %}",
    ],
)
def test_mistake_in_a_template_is_told_at_its_line(mistake: str, tmp_path: Path) -> None:
    finding = render_wrong(tmp_path, {"templates/page.html": f"<p>\n{{{{ page }}}}\n{mistake}\n</p>\n"})
    assert finding.check == ("template-missing" if "lost.html" in mistake else "template-error")
    assert finding.place == Place(file="themes/own/templates/page.html", line=3)
    facts = dict(finding.facts)
    assert facts.get("page") == "page.html" or facts["name"] == "partials/lost.html"


def test_mistake_in_a_parent_template_is_told_there(tmp_path: Path) -> None:
    files = {
        "templates/page.html": '{% extends "templates/base.html" %}\n{% block content %}{{ page }}{% endblock %}\n',
        "templates/base.html": "<body>\n\n{{ nonsense }}{% block content %}{% endblock %}</body>\n",
    }
    assert render_wrong(tmp_path, files).place == Place(file="themes/own/templates/base.html", line=3)


def test_template_without_its_parent_is_told(tmp_path: Path) -> None:
    finding = render_wrong(tmp_path, {"templates/page.html": '<!-- a -->\n{% extends "templates/lost.html" %}\n'})
    assert finding.place == Place(file="themes/own/templates/page.html", line=2)


def test_missing_template_is_told_by_its_name(tmp_path: Path) -> None:
    finding = render_wrong(tmp_path, {"theme.yaml": "name: own\n"})
    assert (finding.check, finding.place) == ("template-missing", Place(file="templates/page.html"))


def test_template_that_includes_itself_is_told(tmp_path: Path) -> None:
    finding = render_wrong(tmp_path, {"templates/page.html": '{% include "templates/page.html" %}'})
    assert (finding.check, finding.place.file) == ("template-error", "themes/own/templates/page.html")


def test_template_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "own" / "templates").mkdir(parents=True)
    (tmp_path / "own" / "templates" / "page.html").write_bytes("报告".encode("gbk"))
    assert render_wrong(tmp_path, {}).check == "template-error"


def test_template_outside_the_theme_keeps_its_path(tmp_path: Path) -> None:
    assert name_template(
        "/elsewhere/page.html", Theme(name="o", folders=(tmp_path,), words={}, stylesheet=b"", script=b"", digest="")
    ) == ("/elsewhere/page.html")


def test_mistake_in_a_component_is_told_where_it_is_and_not_where_it_is_used(project: Path) -> None:
    component = "themes/civic/components/info_table/info_table.html"
    edit(project, component, "{{ row.label }}", "{{ row.labell }}")
    finding = build_wrong(project)
    assert (finding.check, finding.place.file) == ("template-error", component)
    assert finding.place.line == find_line(project, component, "labell")
    assert "labell" in str(dict(finding.facts)["reason"])


def test_syntax_error_of_an_included_file_is_told_there(project: Path) -> None:
    part = "themes/civic/partials/footer.html"
    edit(project, part, "</footer>", "{% if %}</footer>")
    finding = build_wrong(project)
    assert (finding.check, finding.place.file) == ("template-error", part)
    assert finding.place.line == find_line(project, part, "{% if %}")


def test_word_that_a_view_needs_and_the_theme_has_not_is_told(project: Path) -> None:
    edit(project, "themes/civic/translations/zh-CN.yaml", "\nhome: 首页\n", "\n")
    finding = build_wrong(project)
    assert (finding.check, finding.place.file) == ("template-error", "translations/zh-CN.yaml")
    assert "home" in str(dict(finding.facts)["reason"])


def test_check_neither_renders_nor_fails_on_templates(project: Path) -> None:
    for name in ("home.html", "report.html"):
        edit(project, f"themes/civic/templates/{name}", "{% block content %}", "{% block content %}{{ nonsense }}")
    result: BuildResult = check_site(BuildOptions(project=project))
    assert result.findings == ()
    assert result.reports == 2


def test_changed_template_counts_at_once(project: Path) -> None:
    build(project)
    edit(project, "themes/civic/templates/404.html", "{{ words.not_found }}", "{{ words.not_found }}!")
    build(project)
    assert "移动或删除。!" in (project / "site" / "404.html").read_text(encoding="utf-8")


def test_theme_of_the_portal_needs_only_the_files_it_changes(tmp_path: Path) -> None:
    make_portal(
        tmp_path,
        {
            "content/site.yaml": "title: 年报\ntheme: own\n",
            "themes/own/theme.yaml": "name: own\n",
            "themes/own/partials/footer.html": "<footer>自己的页脚</footer>\n",
            "themes/own/translations/zh-CN.yaml": "home: 起点\n",
        },
    )
    build(tmp_path)
    page = (tmp_path / "site/office/index.html").read_text(encoding="utf-8")
    assert "自己的页脚" in page
    assert ">起点</a>" in page
    assert "跳到正文" in page


def test_only_views_are_rendered() -> None:
    with pytest.raises(TypeError, match="is no view"):
        list_fields({"page": 1})


# --- what was meant -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mistake", "near"),
    [
        ("{{ pag }}", "page"),
        ("{{ word.hello }}", "words"),
        ("{{ words.helo }}", "hello"),
        ("{{ page|uper }}", "upper"),
        ("{{ nothing_like_it }}", ""),
        ("{% include 'partials/navigaton.html' %}", "partials/navigation.html"),
    ],
)
def test_nearest_name_is_suggested(mistake: str, near: str, tmp_path: Path) -> None:
    files = {"templates/page.html": mistake, "partials/navigation.html": "<nav></nav>"}
    assert dict(render_wrong(tmp_path, files).facts)["near"] == near


def test_mistake_names_the_page_and_the_field_that_was_meant(project: Path) -> None:
    edit(project, "themes/civic/components/info_table/info_table.html", "{{ row.label }}", "{{ row.labell }}")
    finding = build_wrong(project)
    facts = dict(finding.facts)
    assert facts["near"] == "label"
    assert facts["heading"]
    for language, words in (("zh-CN", "是不是 label？"), ("en", "did you mean label?")):
        sentence = read_catalogue().say(finding, language)
        assert words in sentence
        assert str(facts["heading"]) in sentence
