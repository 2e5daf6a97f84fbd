"""The documentation: it builds, says the same in both languages, and every command in it does what it says."""

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from gaisite.cli import run
from gaisite.cli.known_checks import read_known_forms
from gaisite.imports.layout import FormLayout
from gaisite.model.tables import Address
from gaisite.read.catalogue import read_catalogue
from scripts import man_pages
from scripts.commands_document import FILES, describe_commands, write_document
from tests.imports.made import Report, lay_out, write_docx

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted((DOCS / "content" / "pages").glob("*.md"))
README = ROOT / "README.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STEP = re.compile(
    r"^```sh\n(?P<commands>.*?)^```$|`content/site\.yaml`[^\n]*\n\n```yaml\n(?P<settings>.*?)^```$|(?P<final>删去 `draft: true`)",
    re.MULTILINE | re.DOTALL,
)
"""Commands, what the reader is told to write into site.yaml, or that the draft is one no more."""
FORMS = read_known_forms(None)
OFFICE = "某街道办事处"


# --- the pages --------------------------------------------------------------------------------------------------------


def test_documentation_builds_without_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["-C", str(DOCS), "build", "--strict", "--output", str(tmp_path / "site")])
    assert status == 0, capsys.readouterr().out
    for page in PAGES:
        slug, _, language = page.stem.partition(".")
        assert (tmp_path / "site" / language / slug / "index.html").is_file()


def test_every_page_is_there_in_both_languages() -> None:
    names = {page.name for page in PAGES}
    assert {name.replace(".en.md", ".md") for name in names} == {name for name in names if not name.endswith(".en.md")}
    assert len([name for name in names if name.endswith(".en.md")]) * 2 == len(names)


def list_blocks(page: Path) -> list[str]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if not page.name.endswith(".en.md")], ids=lambda page: page.stem
)
def test_both_languages_show_the_same_commands(page: Path) -> None:
    assert list_blocks(page) == list_blocks(page.with_suffix(".en.md"))


@pytest.mark.parametrize("language", FILES)
def test_command_reference_is_what_make_docs_writes(language: str) -> None:
    page = DOCS / "content" / "pages" / FILES[language]
    assert page.read_text(encoding="utf-8") == write_document(language), "run `make docs`"


@pytest.mark.parametrize("language", man_pages.FILES)
def test_manual_page_is_what_make_docs_writes(language: str) -> None:
    page = man_pages.FOLDER / man_pages.FILES[language]
    assert page.read_text(encoding="utf-8") == man_pages.write_page(language), "run `make docs`"


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
@pytest.mark.parametrize("language", man_pages.FILES)
def test_manual_page_is_printed_with_every_command_and_option(language: str) -> None:
    page = man_pages.FOLDER / man_pages.FILES[language]
    command = ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", "-P-c", "-P-b", "-P-u", "-rLL=100n", str(page)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    printed = " ".join(done.stdout.split())
    for described in describe_commands(language):
        assert f"{described.path} {described.usage}" in printed
        for option, _ in described.options:
            assert option in printed


@pytest.mark.parametrize(
    ("text", "roff"),
    [
        (".gaisite", r"\&.gaisite"),
        ("'a'", r"\&'a'"),
        ("--a-b", r"\-\-a\-b"),
        ('"a" \\ b', r"\(dqa\(dq \e b"),
        ("一，二。", r"一，\:二。"),
    ],
)
def test_nothing_in_a_text_is_taken_for_roff(text: str, roff: str) -> None:
    assert man_pages.escape(text) == roff


def test_answers_are_about_checks_that_exist() -> None:
    text = (DOCS / "content" / "pages" / "answers.md").read_text(encoding="utf-8")
    named = {
        name for line in re.findall(r"^- \*\*(.+?)\*\*", text, re.MULTILINE) for name in re.findall("`(.+?)`", line)
    }
    known = {check.id for form in FORMS.values() for check in form.checks} | set(read_catalogue().entries)
    assert len(named) > 15
    assert named - known == set()


# --- its commands -----------------------------------------------------------------------------------------------------


def make_word_file() -> bytes:
    """A report as an office has it: the demo's figures of 2022 in a Word file."""
    form = FORMS["cn-gai-2021"]
    source = (ROOT / "content" / "pingtan" / "2022" / "figures.yaml").read_text(encoding="utf-8")
    printed = dict(list_texts(yaml.load(source, Loader=yaml.BaseLoader)))
    figures = {
        Address(table=each.table.id, row=row.id, column=column.id): printed.get(
            f"{each.table.id}.{row.id}.{column.id.rpartition('.')[2]}", ""
        )
        for each in FormLayout(form=form).tables
        for row in each.rows
        for column in each.columns
    }
    tables = tuple((each.table.caption.official, lay_out(each, figures)) for each in FormLayout(form=form).tables)
    return write_docx(Report(form=form, figures=figures, tables=tables))


def list_texts(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of nested mappings, by the keys that lead to it."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from list_texts(below, f"{path}.{key}" if path else str(key))
    else:
        yield path, str(value)


class Shell:
    """Does what the lines of a block say, in a folder of its own, with what a reader of the page has there."""

    def __init__(self, folder: Path, chdir: Callable[[Path], None]) -> None:
        self.folder, self.chdir = folder, chdir

    def do(self, line: str) -> int:
        """The exit status of a line."""
        words = shlex.split(line, comments=True)
        match words:
            case []:
                return 0
            case ["cd", folder]:
                self.folder /= folder
                self.chdir(self.folder)
                return 0
            case ["pip", "install", what]:
                return 0 if self.has_extras(what) else 1
            case ["make", target]:
                return (
                    0 if re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE) else 2
                )
            case ["gaisite", "serve", *options]:
                return run(["serve", *options, "--help"])  # which otherwise ends with Ctrl-C only
            case ["gaisite", *arguments]:
                return run(arguments)
        raise AssertionError(f"no such command here: {line}")

    def has_extras(self, what: str) -> bool:
        """Whether what is to be installed is this package, with extras that it has."""
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
            "optional-dependencies"
        ]
        name, _, wanted = what.partition("[")
        return name == "." and set(filter(None, wanted.rstrip("]").split(","))) <= set(extras)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if not page.name.endswith(".en.md")], ids=lambda page: page.stem
)
def test_every_command_of_a_page_works(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GAISITE_LANG", "zh")
    (tmp_path / "年报.docx").write_bytes(make_word_file())
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / f"{OFFICE}2022年年报.docx").write_bytes(make_word_file())
    shell = Shell(tmp_path, monkeypatch.chdir)
    for step in STEP.finditer(page.read_text(encoding="utf-8")):
        if step["settings"] and Path("content/site.yaml").exists():
            with Path("content/site.yaml").open("a", encoding="utf-8") as settings:
                settings.write(step["settings"])
        for report in Path("content").rglob("report.md") if step["final"] else ():
            report.write_text(report.read_text(encoding="utf-8").replace("\ndraft: true\n", "\n"), encoding="utf-8")
        for line in (step["commands"] or "").splitlines():
            status = shell.do(line)
            told = "".join(capsys.readouterr())
            assert status == 0, f"{line}\n{told}"
