"""Portals that begin with agencies and drafts: each can be checked and built at once, drafts and all."""

from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site, check_site
from gaisite.cli import run
from gaisite.findings import ContentError, Problems
from gaisite.model.children import ChildrenMode
from gaisite.read.settings import LANGUAGES
from gaisite.scaffold import Ground, PortalWishes, lay_out_report, read_kinds, write_scaffold
from gaisite.scaffold.beginnings import Beginning, lay_out_beginning, name_agencies
from gaisite.scaffold.carrying import read_report
from gaisite.scaffold.reports import ReportWishes
from tests.scaffold.projects import read_project, uncomment, write

YEAR = 2024
KINDS = list(read_kinds())
FORMS = {"office": "cn-gai-2021", "district": "cn-gai-2021", "foia": "us-foia"}
IDS = {
    "office": ["jiedao"],
    "district": ["qu", "qu/jiedao", "qu/fagai", "qu/jiaoyu"],
    "foia": ["example-department", "example-commission"],
}


def begin(folder: Path, kind: str, language: str = "", *names: str, folders: tuple[str, ...] = ()) -> Ground:
    """A portal of a kind, in its own language unless another is given."""
    found = read_kinds()[kind]
    portal = PortalWishes(language=language or found.language)
    agencies = name_agencies(found, names, folders, portal.language)
    scaffold = lay_out_beginning(folder, portal, Beginning(kind=found, agencies=agencies, year=YEAR))
    assert write_scaffold(scaffold, Problems())
    return read_project(folder)


def list_agencies(folder: Path) -> set[str]:
    return {path.parent.relative_to(folder / "content").as_posix() for path in folder.rglob("agency.yaml")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_passes_check_and_strict_build_with_and_without_its_drafts(
    tmp_path: Path, kind: str, language: str
) -> None:
    begin(tmp_path, kind, language)
    for drafts in (False, True):
        options = BuildOptions(project=tmp_path, strict=True, drafts=drafts)
        assert check_site(options).findings == ()
        result = build_site(options)
        assert result.findings == ()
        assert result.written is not None
        assert result.reports == len(IDS[kind]) * drafts


@pytest.mark.parametrize("kind", KINDS)
def test_the_agencies_of_each_kind_have_a_draft_on_its_form(tmp_path: Path, kind: str) -> None:
    ground = begin(tmp_path, kind)
    assert list_agencies(tmp_path) == set(IDS[kind])
    for agency in IDS[kind]:
        report = read_report(ground, agency, YEAR, problems := Problems())
        assert problems.findings == []
        assert report is not None
        assert report.form == FORMS[kind]
        mode = report.children.mode if report.children else None
        assert mode == (ChildrenMode.SUM if agency == "qu" else None)
        assert "\ndraft: true\n" in (tmp_path / f"content/{agency}/{YEAR}/report.md").read_text(encoding="utf-8")
        known = uncomment((tmp_path / f"content/{agency}/agency.yaml").read_text(encoding="utf-8")).text
        assert f"\nkind: {'county' if agency == 'qu' else ''}" in known or kind == "foia"
    readme = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert all(f"content/{agency}/{YEAR}/" in readme for agency in IDS[kind])


def test_the_figures_of_the_agencies_below_are_added_up(tmp_path: Path) -> None:
    begin(tmp_path, "district")
    for agency, number in (("jiedao", 3), ("fagai", 4)):
        path = tmp_path / f"content/qu/{agency}/{YEAR}/figures.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("rules: {issued: ,", f"rules: {{issued: {number},", 1), encoding="utf-8")
        assert text != path.read_text(encoding="utf-8")
    result = build_site(BuildOptions(project=tmp_path, drafts=True))
    assert result.written is not None
    assert ">7<" in (tmp_path / f"site/qu/{YEAR}/index.html").read_text(encoding="utf-8")


def test_the_next_report_of_each_agency_goes_on_as_it_began(tmp_path: Path) -> None:
    for kind in KINDS:
        ground = begin(tmp_path / kind, kind)
        for agency in IDS[kind]:
            laid = lay_out_report(ground, ReportWishes(agency=agency, year=YEAR + 1), Problems())
            assert laid is not None
            assert (laid.form.id, laid.children is ChildrenMode.SUM) == (FORMS[kind], agency == "qu")


@pytest.mark.parametrize(
    ("kind", "names", "folders", "agencies"),
    [
        ("office", ("甲街道",), (), {"agency-1": "甲街道"}),
        ("office", (), ("content/jia/",), {"jia": "某街道办事处"}),
        ("foia", ("Department of State",), (), {"department-of-state": "Department of State"}),
        ("foia", ("A", "B: C", ""), ("x",), {
            "x": "A", "b-c": "B: C", "example-commission-3": "Example Commission 3",
        }),
        ("district", ("甲区",), ("jia",), {
            "jia": "甲区", "jia/jiedao": "某街道办事处", "jia/fagai": "某区发展和改革委员会", "jia/jiaoyu": "某区教育局",
        }),
        ("district", ("甲区", "乙局"), ("jia", "yi"), {"jia": "甲区", "jia/yi": "乙局"}),
    ],
)  # fmt: skip
def test_agencies_are_as_many_and_called_as_is_said(
    kind: str, names: tuple[str, ...], folders: tuple[str, ...], agencies: dict[str, str]
) -> None:
    found = read_kinds()[kind]
    named = {agency.id: agency.name for agency in name_agencies(found, names, folders, found.language)}
    assert named == agencies


@pytest.mark.parametrize(
    ("folders", "check"),
    [
        (("a", "A"), "agency-folder-taken"),
        (("about", "b"), "agency-folder-taken"),
        (("a b", "c"), "agency-folder-name"),
        (("years", "c"), "agency-folder-name"),
        (("2020", "c"), "agency-folder-year"),
    ],
)
def test_folders_that_cannot_be_are_refused_and_nothing_is_written(
    tmp_path: Path, folders: tuple[str, ...], check: str
) -> None:
    with pytest.raises(ContentError) as caught:
        begin(tmp_path, "foia", "", folders=folders)
    assert caught.value.finding.check == check
    for language in ("zh", "en"):
        command = [word for folder in folders for word in ("--folder", folder)]
        assert run(["-C", str(tmp_path), "--lang", language, "new", "x", "--kind", "foia", *command]) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_year_without_a_form_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(tmp_path), "--lang", "en", "new", "x", "--kind", "foia", "--year", "1999"]) == 1
    assert "[form-none]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_one_draft_keeps_all_from_being_written(tmp_path: Path) -> None:
    write(tmp_path / "content/jiedao/agency.yaml", "mine")
    assert run(["-C", str(tmp_path), "--lang", "en", "new", ".", "--kind", "office"]) == 1
    assert [path.name for path in tmp_path.rglob("*.*")] == ["agency.yaml"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_that_is_blank_and_no_draft_is_told(tmp_path: Path, kind: str) -> None:
    begin(tmp_path, kind)
    for path in tmp_path.rglob("report.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("\ndraft: true\n", "\n"), encoding="utf-8")
    told = {finding.place.file for finding in check_site(BuildOptions(project=tmp_path)).findings}
    assert {f"content/{agency}/{YEAR}/report.md" for agency in IDS[kind]} <= told


@pytest.mark.parametrize(
    ("kind", "language", "left_blank", "unfilled", "draft"),
    [
        ("district", "zh-CN", "原报告未填写", "“—”表示尚未填写", "4 家还是草稿"),
        ("foia", "en", "leaves the cell blank", "has not been filled in yet", "2 still a draft"),
    ],
)
def test_what_is_blank_in_a_draft_is_said_to_be_not_filled_in_yet(
    tmp_path: Path, kind: str, language: str, left_blank: str, unfilled: str, draft: str
) -> None:
    begin(tmp_path, kind, language)
    folder = "qu" if kind == "district" else "example-department"
    pages = [f"{folder}/{YEAR}", folder, f"years/{YEAR}"]
    build_site(BuildOptions(project=tmp_path, drafts=True))
    for page in pages:
        text = (tmp_path / "site" / page / "index.html").read_text(encoding="utf-8")
        assert unfilled in text, page
        assert left_blank not in text, page
    assert draft in text
    for path in tmp_path.rglob("report.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("\ndraft: true\n", "\n"), encoding="utf-8")
    build_site(BuildOptions(project=tmp_path))
    for page in pages:
        text = (tmp_path / "site" / page / "index.html").read_text(encoding="utf-8")
        assert left_blank in text, page
        assert unfilled not in text, page
    assert draft not in text
