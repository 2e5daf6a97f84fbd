"""Themes: files and words are looked for in the theme, in what it extends, and last in civic."""

import os
from pathlib import Path

import pytest

from gaisite.findings import Finding, Place, Problems
from gaisite.model.theme import Theme
from gaisite.read import themes
from gaisite.read.themes import list_theme_roots, order_styles, read_theme

SITE = Place(file="content/site.yaml")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose only themes are its own."""
    monkeypatch.setattr(themes, "list_theme_roots", lambda project: (project / "themes",))
    return tmp_path


def put(project: Path, theme: str, **files: str) -> None:
    """A theme; `__` in a name stands for `/` and `_` before the ending for a full stop."""
    for name, text in {"theme_yaml": "name: x\n", **files}.items():
        path = project / "themes" / theme / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def read(project: Path, name: str) -> tuple[Theme | None, list[Finding]]:
    problems = Problems()
    return read_theme(name, project, SITE, problems), problems.findings


def accept(project: Path, name: str) -> Theme:
    theme, findings = read(project, name)
    assert findings == []
    assert theme is not None
    return theme


def names(theme: Theme) -> list[str]:
    return [folder.name for folder in theme.folders]


def test_theme_that_names_nothing_extends_civic(project: Path) -> None:
    put(project, "civic")
    put(project, "blue")
    assert names(accept(project, "blue")) == ["blue", "civic"]
    assert names(accept(project, "civic")) == ["civic"]


def test_theme_may_extend_one_that_extends_another(project: Path) -> None:
    put(project, "civic")
    put(project, "blue", theme_yaml="extends: grey\n")
    put(project, "grey", theme_yaml="name: grey\nextends: civic\n")
    theme = accept(project, "blue")
    assert (theme.name, names(theme)) == ("blue", ["blue", "grey", "civic"])


@pytest.mark.parametrize(
    "circle", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "b"}, {"a": "civic", "civic": "a"}]
)
def test_themes_that_extend_one_another_end_in_civic(project: Path, circle: dict[str, str]) -> None:
    put(project, "civic")
    for name, extended in circle.items():
        put(project, name, theme_yaml=f"extends: {extended}\n")
    assert names(accept(project, "a")) == list(dict.fromkeys([*circle, "civic"]))


def test_unknown_theme_is_told_where_it_is_named_with_those_there_are(project: Path) -> None:
    put(project, "civic")
    put(project, "blue", theme_yaml="name: blue\nextends: gray\n")
    (project / "themes" / "empty").mkdir()
    for name, found, place in (
        ("red", "red", SITE),
        ("empty", "empty", SITE),
        ("blue", "gray", Place(file="themes/blue/theme.yaml", line=2, column=10, length=4)),
    ):
        theme, (finding,) = read(project, name)
        assert theme is None
        assert (finding.check, finding.place) == ("theme-unknown", place)
        assert dict(finding.facts) == {"found": found, "known": "blue, civic"}


def test_mistake_in_a_theme_is_told_at_its_place(project: Path) -> None:
    put(project, "civic", theme_yaml="nmae: civic\n")
    _, (finding,) = read(project, "civic")
    assert (finding.check, finding.place.file, finding.place.line) == ("key-unknown", "themes/civic/theme.yaml", 1)


def test_styles_come_in_the_order_of_the_cascade() -> None:
    files = [
        "components/b/b.css", "css/print.css", "css/zebra.css", "css/base.css", "css/tokens.css", "components/a/a.css", "css/layout.css",
        "css/accent.css", "css/readme.txt", "components/a/a.html", "templates/base.html", "other.css",
    ]  # fmt: skip
    assert order_styles(files) == [
        "css/tokens.css", "css/base.css", "css/layout.css", "css/accent.css", "css/zebra.css", "components/a/a.css",
        "components/b/b.css", "css/print.css",
    ]  # fmt: skip
    assert order_styles([]) == []


def test_style_sheet_is_put_together_from_the_first_folder_that_has_each_part(project: Path) -> None:
    put(project, "civic", css__tokens_css="a{}\n\n", css__print_css="p{}\n", css__base_css="b{}\n")
    put(project, "blue", css__tokens_css="c{}\n")
    assert accept(project, "civic").stylesheet == b"a{}\nb{}\np{}\n"
    assert accept(project, "blue").stylesheet == b"c{}\nb{}\np{}\n"


def test_script_is_put_together_in_order_of_name_from_the_first_folder_that_has_each_part(project: Path) -> None:
    put(project, "civic", js__b_js="b();\n\n", js__a_js="a();")
    put(project, "blue", js__a_js="c();\n", css__readme_js="never();")
    assert accept(project, "civic").script == b"a();\nb();\n"
    assert accept(project, "blue").script == b"c();\nb();\n"


def test_theme_without_scripts_has_none(project: Path) -> None:
    put(project, "civic", css__tokens_css="a{}")
    assert accept(project, "civic").script == b""


def test_words_that_a_theme_lacks_are_those_of_what_it_extends(project: Path) -> None:
    put(
        project,
        "civic",
        translations__en_yaml="home: Home\nnext: Next\n",
        **{"translations__zh-CN_yaml": "home: 首页\n"},
    )
    put(project, "blue", translations__en_yaml="next: Onward\nmore: More\n", translations__fr_yaml="home: Accueil\n")
    assert accept(project, "blue").words == {
        "en": {"home": "Home", "next": "Onward", "more": "More"}, "zh-CN": {"home": "首页"}, "fr": {"home": "Accueil"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "check", "line"),
    [
        ("home: [a]\n", "text-expected", 1),
        ("a: 1\na: 2\n", "key-duplicate", 2),
        ("- a\n", "mapping-expected", 1),
        ("a: [\n", "yaml-bracket", 2),
    ],
)
def test_mistake_in_the_words_is_told_at_its_place(project: Path, text: str, check: str, line: int) -> None:
    put(project, "civic", translations__en_yaml=text)
    _, (finding,) = read(project, "civic")
    assert (finding.check, finding.place.file, finding.place.line) == (check, "themes/civic/translations/en.yaml", line)


def test_digest_changes_with_every_file_that_can_show(project: Path) -> None:
    put(project, "civic", templates__base_html="a", css__base_css="b")
    digests = [accept(project, "civic").digest]
    put(project, "civic", templates__base_html="ab", css__base_css="")
    digests.append(accept(project, "civic").digest)
    put(project, "civic", templates__base2_html="")
    digests.append(accept(project, "civic").digest)
    assert len(set(digests)) == 3


def test_digest_does_not_know_hidden_files_and_folders_or_what_is_overridden(project: Path) -> None:
    put(project, "civic", templates__base_html="a")
    put(project, "blue", templates__base_html="b")
    before = accept(project, "blue").digest
    (project / "themes" / "civic" / ".git").mkdir()
    (project / "themes" / "civic" / ".git" / "index").write_bytes(b"x")
    (project / "themes" / "civic" / ".DS_Store").write_bytes(b"x")
    put(project, "civic", templates__base_html="c")
    assert accept(project, "blue").digest == before


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_file_linked_from_outside_is_refused(project: Path) -> None:
    put(project, "civic")
    (project / "themes" / "civic" / "logo.svg").symlink_to("/etc/passwd")
    theme, (finding,) = read(project, "civic")
    assert (theme, finding.check, finding.place.file) == (None, "file-outside", "themes/civic/logo.svg")


def test_theme_of_the_package_is_found_from_any_project(tmp_path: Path) -> None:
    theme = accept(tmp_path, "civic")
    assert set(theme.words) >= {"zh-CN", "en"}
    assert set(theme.words["zh-CN"]) == set(theme.words["en"])
    assert theme.stylesheet.endswith(b"}\n")


def test_theme_of_the_project_goes_before_that_of_the_package(tmp_path: Path) -> None:
    put(tmp_path, "civic", css__tokens_css=":root{}")
    (own,) = accept(tmp_path, "civic").folders
    assert own == tmp_path / "themes" / "civic"
    assert list_theme_roots(tmp_path)[0] == tmp_path / "themes"
    assert tmp_path / "themes" not in list_theme_roots(tmp_path / "elsewhere")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and symbolic links")
class TestWhatIsNoFile:
    def test_pipe_is_told_and_never_opened(self, project: Path) -> None:
        put(project, "civic", css__tokens_css="")
        (project / "themes/civic/templates").mkdir()
        os.mkfifo(project / "themes/civic/css/base.css")
        os.mkfifo(project / "themes/civic/templates/home.html")
        assert self.refuse(project) == [
            ("file-special", "themes/civic/css/base.css"), ("file-special", "themes/civic/templates/home.html"),
        ]  # fmt: skip

    def test_theme_whose_first_file_is_a_pipe_is_no_unknown_theme(self, project: Path) -> None:
        (project / "themes/civic").mkdir(parents=True)
        os.mkfifo(project / "themes/civic/theme.yaml")
        assert self.refuse(project) == [("file-special", "themes/civic/theme.yaml")]

    def test_theme_whose_first_file_is_a_folder_or_a_link_to_nothing_says_so(self, project: Path) -> None:
        (project / "themes/civic/theme.yaml").mkdir(parents=True)
        assert self.refuse(project) == [("file-special", "themes/civic/theme.yaml")]
        (project / "themes/civic/theme.yaml").rmdir()
        (project / "themes/civic/theme.yaml").symlink_to("nothing.yaml")
        assert self.refuse(project) == [("file-missing", "themes/civic/theme.yaml")]

    @pytest.mark.parametrize("target", ["../elsewhere", "/etc"])
    def test_linked_folder_is_told_wherever_it_leads(self, project: Path, target: str) -> None:
        put(project, "civic")
        (project / "themes/elsewhere").mkdir()
        (project / "themes/civic/css").symlink_to(target)
        assert self.refuse(project) == [("file-outside", "themes/civic/css")]

    def test_links_to_nothing_and_to_the_outside_are_all_told(self, project: Path) -> None:
        put(project, "civic")
        (project / "themes/civic/a.css").symlink_to("nothing.css")
        (project / "themes/civic/b.css").symlink_to("/etc/passwd")
        (project / "themes/civic/.c.css").symlink_to("/etc/passwd")
        assert self.refuse(project) == [("file-missing", "themes/civic/a.css"), ("file-outside", "themes/civic/b.css")]

    def test_link_to_a_file_of_the_project_is_read(self, project: Path) -> None:
        put(project, "civic", css__tokens_css=":root{}")
        (project / "themes/civic/css/base.css").symlink_to("tokens.css")
        assert accept(project, "civic").stylesheet == b":root{}\n:root{}\n"

    def refuse(self, project: Path) -> list[tuple[str, str]]:
        theme, findings = read(project, "civic")
        assert theme is None
        return [(finding.check, finding.place.file) for finding in findings]
