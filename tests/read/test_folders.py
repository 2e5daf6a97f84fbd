"""The content folder: which agencies, years and files there are; nothing is passed over without a word."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import Finding, Problems
from gaisite.read.folders import (
    RESERVED,
    WINDOWS_DEVICES,
    YEAR,
    AgencyFolder,
    is_hidden,
    is_slug,
    list_entries,
    scan_agencies,
)  # fmt: skip

needs_links = pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
GARBLED = "原件.pdf".encode("gbk")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "content"
    folder.mkdir(parents=True)
    return folder


def put(content: Path, *names: str) -> None:
    """Files with nothing in them; a name that ends with `/` is a folder."""
    for name in names:
        path = content / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.touch()


def scan(content: Path) -> tuple[tuple[AgencyFolder, ...], list[Finding]]:
    problems = Problems()
    return scan_agencies(content, content.parent, problems), problems.findings


def accept(content: Path) -> list[tuple[str, str, list[tuple[int, tuple[str, ...]]]]]:
    """Id, parent, and years with their files of each agency, nothing being wrong."""
    agencies, findings = scan(content)
    assert findings == []
    return [(each.id, each.parent, [(year.year, year.files) for year in each.years]) for each in agencies]


def refuse(content: Path) -> list[tuple[str, str]]:
    """Check and file of each mistake."""
    return [(each.check, each.place.file) for each in scan(content)[1]]


def test_content_without_agencies_has_none(content: Path) -> None:
    put(content, "site.yaml", "pages/about.md", "forms/f.yaml", ".DS_Store", "notes.txt~")
    assert accept(content) == []


def test_agencies_come_parents_first_by_id_with_their_years_and_files(content: Path) -> None:
    put(
        content, "b/agency.yaml", "b/2021/report.md", "b/2021/figures.yaml", "b/2020/figures.yaml", "b/2021/files/b/原件.pdf",
        "b/2021/files/a.pdf", "a/agency.yaml", "a/c/agency.yaml", "a/c/1999/figures.yaml", "a/2022/",
    )  # fmt: skip
    assert accept(content) == [
        ("a", "", [(2022, ())]),
        ("a/c", "a", [(1999, ("figures.yaml",))]),
        (
            "b",
            "",
            [(2020, ("figures.yaml",)), (2021, ("figures.yaml", "files/a.pdf", "files/b/原件.pdf", "report.md"))],
        ),
    ]
    assert scan(content)[0][2].years[0].path == content / "b" / "2020"


def test_parent_is_the_nearest_agency_above_whatever_folders_lie_between(content: Path) -> None:
    put(content, "省/市/agency.yaml", "省/市/局/处/agency.yaml", "省/市/局/处/科/agency.yaml", "省/县/乡/agency.yaml")
    assert [(agency, parent) for agency, parent, _ in accept(content)] == [
        ("省/县/乡", ""), ("省/市", ""), ("省/市/局/处", "省/市"), ("省/市/局/处/科", "省/市/局/处"),
    ]  # fmt: skip


def test_names_that_the_site_needs_are_free_below_the_top(content: Path) -> None:
    put(content, "a/agency.yaml", "a/files/agency.yaml", "a/years/agency.yaml")
    assert [agency for agency, *_ in accept(content)] == ["a", "a/files", "a/years"]


@pytest.mark.parametrize("name", [*sorted(RESERVED - {"pages", "forms"}), "Years", "ASSETS", "Pages", "FORMS"])
def test_no_agency_takes_a_name_that_the_site_needs(content: Path, name: str) -> None:
    put(content, f"{name}/agency.yaml", f"{name}/below/agency.yaml")
    assert refuse(content) == [("agency-folder-name", f"content/{name}")]
    assert scan(content)[0] == ()


@pytest.mark.parametrize("name", ["agencies", "comparison", "Agencies", "COMPARISON"])
def test_no_agency_takes_the_name_of_another_ones_further_pages(content: Path, name: str) -> None:
    """Whether it has such pages yet or not: they come with the second report and with the hundred-and-first below."""
    put(content, "a/agency.yaml", f"a/{name}/2/agency.yaml", f"b/{name}/agency.yaml", f"a/group/{name}/agency.yaml")
    agencies, findings = scan(content)
    assert [(each.check, each.place.file) for each in findings] == [("agency-folder-name", f"content/a/{name}")]
    assert [each.id for each in agencies] == ["a", f"a/group/{name}", f"b/{name}"]


@pytest.mark.parametrize("name", ["office", "某街道办事处", "a.b", "-a", "_", "a" * 80, "二〇二一", "2021年", "é", "0"])
def test_names_that_can_stand_in_an_address(content: Path, name: str) -> None:
    put(content, f"{name}/agency.yaml")
    assert [agency for agency, *_ in accept(content)] == [name]


@pytest.mark.parametrize(
    "name",
    ["某 街道", "a b", "a+b", "a:b", "a?", "a*", "a|b", 'a"b', "a<b", "a\\b", "a&b", "a%20b", "甲、乙", "（甲）", "a.", "e\u0301", "a" * 81,
     "甲" * 67, "con", "CON", "nul", "Aux.txt", "com1", "lpt9.a", "a\tb", "a\u200bb", "甲\u3000乙"],
)  # fmt: skip
def test_names_that_cannot_are_refused_with_all_below(content: Path, name: str) -> None:
    put(content, f"b/{name}/agency.yaml", f"b/{name}/2021/figures.yaml", f"b/{name}/c/agency.yaml")
    agencies, (finding,) = scan(content)
    assert agencies == ()
    assert finding.check == "agency-folder-name"
    assert finding.place.file == f"content/b/{name}".replace("\t", "�")
    assert dict(finding.facts) == {"found": name.replace("\t", "�")}


@given(st.text())
def test_slug_is_safe_on_every_system(name: str) -> None:
    if is_slug(name):
        assert not set(name) & set('<>:"/\\|?* \t\n')
        assert name.rstrip(". ") == name != ""
        assert len(name.encode()) <= 200
        assert name.split(".")[0].lower() not in WINDOWS_DEVICES
    assert not is_slug(name + ".")
    assert not is_slug(f"{name} ")


@pytest.mark.parametrize(("name", "is_year"), [("2021", True), ("1999", True), ("2199", True), ("2200", False), ("0999", False),
                                              ("21", False), ("2021年", False), ("２０２１", False), ("2021-2022", False)])  # fmt: skip
def test_year_has_four_digits(name: str, is_year: bool) -> None:
    assert bool(YEAR.fullmatch(name)) is is_year


@pytest.mark.parametrize(
    "name",
    [".git", ".DS_Store", "._a.md", "a.md~", "a.bak", "A.BAK", "a.swp", "a.tmp", "a.orig", "#a#", "Thumbs.db", "thumbs.DB", "desktop.ini",
     "~$年报.docx"],
)  # fmt: skip
def test_what_editors_and_systems_leave_behind_is_nobodys_content(content: Path, name: str) -> None:
    put(
        content,
        "a/agency.yaml",
        "a/2021/figures.yaml",
        f"{name}",
        f"a/{name}",
        f"a/2021/{name}",
        f"a/2021/files/{name}",
    )
    assert is_hidden(name)
    assert accept(content) == [("a", "", [(2021, ("figures.yaml",))])]


@pytest.mark.parametrize("name", [".git", "old.bak", "年报~"])
def test_hidden_folders_are_passed_over(content: Path, name: str) -> None:
    put(
        content,
        f"{name}/agency.yaml",
        f"a/{name}/agency.yaml",
        "a/agency.yaml",
        f"a/2021/files/{name}/b.pdf",
        f"a/2021/{name}/b",
    )
    assert accept(content) == [("a", "", [(2021, ())])]


@pytest.mark.parametrize("name", ["bak", "tmp.md", "Thumbs.db.pdf", "a~b", "a#"])
def test_what_only_looks_like_a_backup_is_content(name: str) -> None:
    assert not is_hidden(name)


def test_years_without_an_agency_are_told_and_the_agencies_below_read(content: Path) -> None:
    put(content, "a/2021/figures.yaml", "a/2020/figures.yaml", "a/b/agency.yaml")
    agencies, (finding,) = scan(content)
    assert [agency.id for agency in agencies] == ["a/b"]
    assert (finding.check, finding.place.file, dict(finding.facts)) == ("agency-missing", "content/a", {"year": "2020"})


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\u00ad"])
def test_attachment_has_no_character_in_its_name_that_nobody_sees(content: Path, character: str) -> None:
    put(content, "a/agency.yaml", f"a/2021/files/a{character}fdp.exe", "a/2021/files/b.pdf")
    agencies, (finding,) = scan(content)
    assert (finding.check, finding.place.file) == ("file-name-character", "content/a/2021/files/a�fdp.exe")
    assert dict(finding.facts) == {"code": f"U+{ord(character):04X}"}
    assert agencies[0].years[0].files == ("files/b.pdf",)


def test_year_may_not_hold_an_agency(content: Path) -> None:
    put(content, "a/agency.yaml", "a/2021/agency.yaml", "a/2021/b/agency.yaml")
    assert refuse(content) == [("file-stray", "content/a/2021/agency.yaml"), ("file-stray", "content/a/2021/b")]
    assert [agency.id for agency in scan(content)[0]] == ["a"]


@pytest.mark.parametrize(
    ("name", "stray", "near"),
    [
        ("site.yml", "site.yml", "site.yaml"),
        ("b/agency.yml", "b/agency.yml", "agency.yaml"),
        ("b/Agency.yaml", "b/Agency.yaml", "agency.yaml"),
        ("b/c/年报.docx", "b/c/年报.docx", ""),
        ("a/figures.yaml", "a/figures.yaml", ""),
        ("a/2021年/figures.yaml", "a/2021年/figures.yaml", ""),
        ("a/2021/figures.yml", "a/2021/figures.yml", "figures.yaml"),
        ("a/2021/Report.md", "a/2021/Report.md", "report.md"),
        ("a/2021/原件.pdf", "a/2021/原件.pdf", ""),
        ("a/2021/file/原件.pdf", "a/2021/file", "files"),
        ("a/2021/Files/", "a/2021/Files", "files"),
        ("a/2021/files", "a/2021/files", ""),
        ("pages", "pages", ""),
    ],
)
def test_file_that_is_not_read_is_told_wherever_it_lies(content: Path, name: str, stray: str, near: str) -> None:
    put(content, "a/agency.yaml", "a/2020/figures.yaml", name)
    _, (finding,) = scan(content)
    assert (finding.check, finding.place.file) == ("file-stray", f"content/{stray}")
    assert dict(finding.facts) == {"name": stray.rpartition("/")[2], "near": near}


def test_year_outside_every_agency_is_told(content: Path) -> None:
    put(content, "a/agency.yaml", "2021/figures.yaml", "2020/agency.yaml")
    agencies, findings = scan(content)
    assert [agency.id for agency in agencies] == ["a"]
    assert [(each.check, each.place.file, dict(each.facts)) for each in findings] == [
        ("agency-folder-year", "content/2020", {"found": "2020"}),
        ("agency-folder-year", "content/2021", {"found": "2021"}),
    ]


@pytest.mark.parametrize("name", ["agency.yaml", "2021/figures.yaml", "2021/report.md"])
def test_folder_in_place_of_a_file_is_left_for_the_reader_to_tell(content: Path, name: str) -> None:
    put(content, "a/agency.yaml" if name != "agency.yaml" else "a/2021/", f"a/{name}/something")
    agencies, findings = scan(content)
    assert findings == []
    assert [agency.id for agency in agencies] == ["a"]
    assert name == "agency.yaml" or agencies[0].years[0].files == (name.removeprefix("2021/"),)


@needs_links
class TestLinks:
    """No link is followed: the site would hold what nobody put there."""

    def test_linked_folders_are_refused_wherever_they_lead(self, tmp_path: Path, content: Path) -> None:
        put(content, "a/agency.yaml", "a/2021/figures.yaml", "a/2020/")
        (tmp_path / "secret").mkdir()
        (content / "b").symlink_to("a")
        (content / "a" / "2022").symlink_to("2021")
        (content / "a" / "2020" / "files").symlink_to(tmp_path / "secret")
        agencies, findings = scan(content)
        assert [(agency.id, [year.year for year in agency.years]) for agency in agencies] == [("a", [2020, 2021])]
        assert {(each.check, each.place.file) for each in findings} == {
            ("file-outside", "content/b"), ("file-outside", "content/a/2022"), ("file-outside", "content/a/2020/files"),
        }  # fmt: skip
        assert {"target": (tmp_path / "secret").resolve().as_posix()} in [dict(each.facts) for each in findings]

    @pytest.mark.parametrize(
        "target", ["b.pdf", "/etc/passwd", "nothing", "a.pdf"], ids=["inside", "outside", "dangling", "ring"]
    )
    def test_linked_attachment_is_refused(self, content: Path, target: str) -> None:
        put(content, "a/agency.yaml", "a/2021/files/b.pdf")
        (content / "a/2021/files/a.pdf").symlink_to(target)
        assert refuse(content) == [("file-outside", "content/a/2021/files/a.pdf")]
        assert scan(content)[0][0].years[0].files == ("files/b.pdf",)

    def test_linked_folder_of_attachments_is_refused(self, content: Path) -> None:
        put(content, "a/agency.yaml", "a/2021/files/b/c.pdf")
        (content / "a/2021/files/d").symlink_to("b")
        assert refuse(content) == [("file-outside", "content/a/2021/files/d")]

    @pytest.mark.parametrize("where", ["", "a/", "a/2021/"])
    def test_ring_of_links_is_a_stray(self, content: Path, where: str) -> None:
        put(content, "a/agency.yaml", "a/2021/figures.yaml")
        (content / where / "b").symlink_to("b")
        assert refuse(content) == [("file-stray", f"content/{where}b")]

    def test_dangling_link_in_place_of_a_file_is_left_for_the_reader_to_tell(self, content: Path) -> None:
        put(content, "a/2021/")
        (content / "a" / "agency.yaml").symlink_to("nothing")
        (content / "a" / "2021" / "figures.yaml").symlink_to("nothing")
        assert accept(content) == [("a", "", [(2021, ("figures.yaml",))])]


@needs_pipes
def test_pipes_are_never_opened(content: Path) -> None:
    put(content, "a/2021/files/")
    for name in ("agency.yaml", "2021/figures.yaml", "2021/files/a.pdf", "b"):
        os.mkfifo(content / "a" / name)
    agencies, findings = scan(content)
    assert [(agency.id, agency.years[0].files) for agency in agencies] == [("a", ("figures.yaml",))]
    assert [(each.check, each.place.file) for each in findings] == [
        ("file-stray", "content/a/b"), ("file-special", "content/a/2021/files/a.pdf"),
    ]  # fmt: skip


@pytest.fixture
def garbled(content: Path) -> str:
    """A name in GBK, as an archive from Windows leaves it on Linux."""
    name = os.fsdecode(GARBLED)
    try:
        put(content, f"a/2021/files/{name}", f"a/{name}", f"{name}/agency.yaml", "a/agency.yaml")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    return name


def test_names_in_another_encoding_are_told_in_words_that_can_be_printed(content: Path, garbled: str) -> None:
    agencies, findings = scan(content)
    assert [(agency.id, agency.years[0].files) for agency in agencies] == [("a", ())]
    assert {each.check for each in findings} == {"file-stray", "agency-folder-name"}
    assert len(findings) == 3
    for finding in findings:
        assert finding.place.file.encode()
        assert str(finding.facts).encode()
        assert garbled not in str(finding.facts)


def test_a_link_in_a_folder_that_has_but_the_usual_files_is_seen(content: Path) -> None:
    put(content, "a/agency.yaml", "a/2021/figures.yaml")
    (content / "a/2021/report.md").symlink_to("figures.yaml")
    (content / "a/2021/.hidden").mkdir()
    put(content, "a/2022/report.md", "a/2022/import.json", "a/2022/report.md~")
    agencies, findings = scan(content)
    assert [year.files for year in agencies[0].years] == [("figures.yaml", "report.md"), ("report.md",)]
    assert not findings


def test_folder_that_cannot_be_read_is_told_with_the_reason(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(content, "a/agency.yaml", "b/agency.yaml", "b/2021/figures.yaml")
    listed = Path.iterdir

    def fail(folder: Path) -> Iterator[Path]:
        if folder.name == "2021":
            raise PermissionError(13, "Permission denied")
        if folder.name == "a":
            raise OSError("no words")
        return listed(folder)

    def refuse(folder: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", fail)
    monkeypatch.setattr(os, "scandir", refuse)
    agencies, findings = scan(content)
    assert [(each.check, each.place.file, dict(each.facts)) for each in findings] == [
        ("file-unreadable", "content/a", {"reason": "no words"}),
        ("file-unreadable", "content/b/2021", {"reason": "Permission denied"}),
    ]
    assert [(agency.id, [year.files for year in agency.years]) for agency in agencies] == [("b", [()])]


@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_folder_without_permission_is_told(content: Path, mode: int) -> None:
    put(content, "a/agency.yaml", "a/2021/figures.yaml")
    (content / "a").chmod(mode)
    try:
        if os.access(content / "a" / "agency.yaml", os.R_OK):
            pytest.skip("this user may read everything")
        assert refuse(content)
    finally:
        (content / "a").chmod(0o700)


def test_listing_is_sorted_whatever_the_system_says(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [content / name for name in ("b", ".x", "甲", "a", "B")]
    monkeypatch.setattr(Path, "iterdir", lambda folder: iter(paths))
    found = list_entries(content, content.parent, Problems())
    assert [path.name for path in found] == ["B", "a", "b", "甲"]
