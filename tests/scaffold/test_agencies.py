"""A new agency: where it may lie, and what its file says."""

from pathlib import Path

import pytest

from gaisite.findings import ContentError, Problems
from gaisite.read.agencies import read_agency
from gaisite.read.catalogue import read_catalogue
from gaisite.read.files import Source
from gaisite.read.folders import name_agency
from gaisite.read.settings import LANGUAGES
from gaisite.scaffold import Ground, lay_out_agency, read_ground
from tests.scaffold.projects import make_project, uncomment, write


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return make_project(tmp_path)


def read(ground: Ground, source: Source, kind: str) -> None:
    problems = Problems()
    agency = read_agency(source, "x", ground.kinds, ground.language, problems)
    assert problems.findings == []
    assert agency is not None
    assert agency.name.within(ground.language) == "A: #1"
    assert agency.kind == kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_agency_yaml_reads_as_written_and_with_all_its_comments_in_force(tmp_path: Path, language: str) -> None:
    ground = make_project(tmp_path, language)
    for kind in ("", ground.kinds[0]):
        (text,) = lay_out_agency(ground, "x", name=" A:  #1\n", kind=kind).scaffold.files.values()
        read(ground, Source(file="x", text=text), kind)
        read(ground, uncomment(text), kind)


@pytest.mark.parametrize(
    ("path", "check", "found"),
    [
        ("", "agency-folder-name", ""),
        ("..", "agency-folder-name", ".."),
        ("../up", "agency-folder-name", ".."),
        ("a b", "agency-folder-name", "a b"),
        ("a/.b", "agency-folder-name", ".b"),
        ("con", "agency-folder-name", "con"),
        ("x/old.bak", "agency-folder-name", "old.bak"),
        ("Years", "agency-folder-name", "Years"),
        ("x/comparison", "agency-folder-name", "comparison"),
        ("2020", "agency-folder-year", "2020"),
        ("x/2020", "agency-folder-year", "2020"),
    ],
)
def test_a_folder_name_that_cannot_be_an_address_is_refused(ground: Ground, path: str, check: str, found: str) -> None:
    with pytest.raises(ContentError) as caught:
        lay_out_agency(ground, path, name="x")
    finding = caught.value.finding
    assert (finding.check, dict(finding.facts)["found"]) == (check, found)
    for language in LANGUAGES:
        assert "{" not in read_catalogue().say(finding, language) + read_catalogue().hint(finding, language)


def test_a_kind_that_no_form_knows_is_refused(ground: Ground) -> None:
    with pytest.raises(ContentError) as caught:
        lay_out_agency(ground, "x", name="x", kind="county ")
    assert caught.value.finding.check == "choice-unknown"
    assert dict(caught.value.finding.facts)["choices"] == ", ".join(ground.kinds)


def test_folders_above_that_are_no_agencies_are_told(ground: Ground) -> None:
    write(ground.content / "d/agency.yaml", "name: d\n")
    assert lay_out_agency(ground, "c/d/e", name="x").unnamed_parents == ("c", "c/d")
    assert lay_out_agency(ground, "d/e", name="x").unnamed_parents == ()
    assert lay_out_agency(ground, "e", name="x").unnamed_parents == ()


@pytest.mark.parametrize(
    ("typed", "agency"),
    [
        ("a/b", "a/b"),
        ("content/a/b/", "a/b"),
        (".\\content\\a", "a"),
        ("./a//b", "a/b"),
        ("content", "content"),
        ("/", ""),
    ],
)
def test_what_a_shell_completes_names_the_agency(typed: str, agency: str) -> None:
    assert name_agency(typed) == agency


def test_settings_that_cannot_be_read_are_noted(tmp_path: Path) -> None:
    make_project(tmp_path)
    for text in ("- a list\n", "title: [\n"):
        write(tmp_path / "content/site.yaml", text)
        problems = Problems()
        assert read_ground(tmp_path, problems) is None
        assert problems.findings
    (tmp_path / "content/site.yaml").unlink()
    problems = Problems()
    assert read_ground(tmp_path, problems) is None
    assert [finding.check for finding in problems.findings] == ["file-missing"]
