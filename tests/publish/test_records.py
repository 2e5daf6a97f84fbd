"""The record of what was published: what is added when, under which date, and what never touches it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from gaisite.publish.records import UnknownTarget
from gaisite.read.published import read_record
from tests.build.portals import OFFICE, change_files, edit, make_portal, write_report
from tests.cli.test_console import as_nobody
from tests.examples import BASE
from tests.publish.projects import (
    FIGURES,
    FIRST,
    GRANTED,
    LEFT,
    RECORD,
    REPORT,
    SECOND,
    check,
    correct,
    make_recorded,
    record,
    write,
    write_granted,
)

YEAR_FILES = ("figures.yaml", "report.md")
ROOT = Path(__file__).parents[2]
GROUND = ("office/2020", "office/2021")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_recorded(tmp_path / "project")


def versions(project: Path, folder: str = f"{OFFICE}/2021") -> list[tuple[str, str]]:
    """Date, and how many applications were granted, of each version."""
    found = read_record(project / folder, project)
    return [(version.date, version.figures[GRANTED[0]]) for version in found]


def test_first_record_has_the_date_of_publication_that_the_report_states(project: Path) -> None:
    assert versions(project) == [("2022-01-20", "6")]
    assert [date for date, _ in versions(project, f"{OFFICE}/2020")] == ["2021-01-20"]


def test_record_says_every_cell_with_blank_and_computed_ones_apart(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    edit(project, FIGURES, "granted: {natural_person: 6, total: 6}", "granted: {natural_person: 6}")
    edit(project, FIGURES, "charges: {amount: 0}", "charges: {amount: n/a}")
    record(project)
    (version,) = read_record(project / OFFICE / "2021", project)
    assert {at: text for at, text in version.computed.items() if text} == {GRANTED[1]: "6"}
    assert version.computed["applications.handled.partial.total"] == ""
    assert version.figures["applications.handled.partial.natural_person"] == ""
    assert version.figures["fees.charges.amount"] == "n/a"
    assert GRANTED[1] not in version.figures
    assert version.narrative == (project / REPORT).read_text(encoding="utf-8")


def test_recording_twice_changes_no_byte(project: Path) -> None:
    before = (project / RECORD).read_bytes()
    stamp = (project / RECORD).stat().st_mtime_ns
    again = record(project)
    assert (again.written, again.unchanged, again.findings) == ((), 2, ())
    assert ((project / RECORD).read_bytes(), (project / RECORD).stat().st_mtime_ns) == (before, stamp)


def test_file_is_sorted_readable_and_ends_with_a_line(project: Path) -> None:
    text = (project / RECORD).read_text(encoding="utf-8")
    parsed = json.loads(text)
    assert text == json.dumps(parsed, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    assert "本报告依据条例编制" in text
    assert b"\r" not in (project / RECORD).read_bytes()


def test_correction_adds_a_version_under_its_date_and_keeps_the_earlier_ones(project: Path) -> None:
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    assert record(project).written == ("office/2021",)
    write(project, write_granted(4, correct(FIRST, 6, 5), correct(SECOND, 5, 4)))
    assert record(project).written == ("office/2021",)
    assert versions(project) == [("2022-01-20", "6"), (FIRST, "5"), (SECOND, "4")]
    assert check(project) == []


def test_change_of_the_narrative_alone_is_no_new_version(project: Path) -> None:
    change_files(project, {REPORT: write_report(preamble="又一段文字。\n")})
    assert record(project).written == ()


def test_written_total_in_place_of_a_computed_one_of_the_same_value_is_no_change(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    edit(project, FIGURES, "granted: {natural_person: 6, total: 6}", "granted: {natural_person: 6}")
    record(project)
    edit(project, FIGURES, "granted: {natural_person: 6}", "granted: {natural_person: 6, total: 6}")
    assert (check(project), record(project).written) == ([], ())


def test_change_without_correction_is_refused_and_nothing_is_recorded(project: Path) -> None:
    before = (project / RECORD).read_bytes()
    write(project, write_granted(5))
    edit(project, f"{OFFICE}/2020/report.md", "本报告", "报告")
    refused = record(project)
    assert {finding.check for finding in refused.findings} == {"correction-missing"}
    assert [finding.at for finding in refused.findings] == [*GRANTED, *LEFT]
    assert refused.written == ()
    assert (project / RECORD).read_bytes() == before


def test_one_report_with_an_error_keeps_all_that_were_chosen_from_being_recorded(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    edit(project, FIGURES, "granted: {natural_person: 6, total: 6}", "granted: {natural_person: 6, total: 7}")
    assert record(project).written == ()
    assert not (project / OFFICE / "2020" / "published.json").exists()
    assert record(project, "office/2020").written == ("office/2020",)


def test_error_that_all_reports_share_keeps_every_one_from_being_recorded(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    change_files(project, {"content/site.yaml": "title: 年报汇编\ntitel: 年报\n"})
    assert [finding.check for finding in record(project, "office/2020").findings] == ["key-unknown"]


def test_error_of_another_agency_does_not(tmp_path: Path) -> None:
    other = {f"content/other/2021/{name}": (BASE / OFFICE / "2021" / name).read_bytes() for name in YEAR_FILES}
    project = make_portal(tmp_path, {"content/other/agency.yaml": "nam: 另一机关\n", **other})
    assert record(project, "office").written == GROUND
    assert [finding.check for finding in record(project, "other").findings] == ["key-missing", "key-unknown"]
    assert record(project).written == ()


def test_report_without_a_date_needs_one(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {REPORT: write_report(front="source: 某街道办事处")})
    assert [(each.check, each.place.file) for each in record(project).findings] == [("record-date", REPORT)]
    assert not (project / OFFICE / "2020" / "published.json").exists()
    assert record(project, date="2022-02-02").written == GROUND
    assert versions(project) == [("2022-02-02", "6")]
    assert [date for date, _ in versions(project, f"{OFFICE}/2020")] == ["2021-01-20"]


def test_later_version_has_the_date_of_its_correction_whatever_is_given(project: Path) -> None:
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    record(project, date="2030-01-01")
    assert versions(project)[-1] == (FIRST, "5")


def test_draft_is_left_out_and_refused_where_it_is_asked_for(tmp_path: Path) -> None:
    project = make_portal(tmp_path, {REPORT: write_report(front="draft: true\npublished: 2022-01-20")})
    assert record(project).written == ("office/2020",)
    refused = record(project, "office/2021")
    assert [(each.check, each.place.file) for each in refused.findings] == [("record-draft", REPORT)]
    assert not (project / RECORD).exists()


def test_target_is_an_agency_or_one_report(tmp_path: Path) -> None:
    project = make_portal(tmp_path)
    assert record(project, "office/2020").written == ("office/2020",)
    assert record(project, "office", "office/2021").written == ("office/2021",)
    with pytest.raises(UnknownTarget) as caught:
        record(project, "ofice/2021")
    assert (caught.value.target, caught.value.near) == ("ofice/2021", "office/2021")


def test_damaged_record_is_never_written_over(project: Path) -> None:
    (project / RECORD).write_text("{}", encoding="utf-8")
    assert [finding.check for finding in record(project).findings] == ["published-damaged"]
    assert (project / RECORD).read_text(encoding="utf-8") == "{}"


def test_folder_that_cannot_be_written_is_told() -> None:
    with TemporaryDirectory(prefix="gaisite-") as shared:
        os.chmod(shared, 0o755)
        project = make_recorded(Path(shared) / "project")
        write(project, write_granted(5, correct(FIRST, 6, 5)))
        before, folder = (project / RECORD).read_bytes(), project / OFFICE / "2021"
        folder.chmod(0o555)
        try:
            with as_nobody():
                refused = record(project)
        finally:
            folder.chmod(0o755)
        assert [(each.check, each.place.file) for each in refused.findings] == [("file-unwritable", RECORD)]
        assert (project / RECORD).read_bytes() == before


def test_full_disk_leaves_the_old_record_and_no_litter(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    before = (project / RECORD).read_bytes()

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    refused = record(project)
    assert [(each.check, each.place.file) for each in refused.findings] == [("file-unwritable", RECORD)]
    assert (project / RECORD).read_bytes() == before
    assert sorted(path.name for path in (project / RECORD).parent.iterdir()) == [
        "figures.yaml", "published.json", "report.md",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_killed_before_the_last_step_it_leaves_the_old_record_and_the_next_run_is_whole(
    step: str, project: Path
) -> None:
    write(project, write_granted(5, correct(FIRST, 6, 5)))
    before = (project / RECORD).read_bytes()
    code = f"import os, sys; os.{step} = lambda *_: os._exit(9); from gaisite.cli import run; run(sys.argv[1:])"
    killed = subprocess.run([sys.executable, "-c", code, "-C", str(project), "record"], cwd=ROOT, check=False)
    assert killed.returncode == 9
    assert (project / RECORD).read_bytes() == before
    assert check(project) == []
    assert record(project).written == ("office/2021",)
    assert versions(project)[-1] == (FIRST, "5")


def test_windows_line_ends_of_the_narrative_make_no_other_record(tmp_path: Path) -> None:
    unix, windows = make_portal(tmp_path / "unix"), make_portal(tmp_path / "windows")
    text = (windows / REPORT).read_bytes()
    (windows / REPORT).write_bytes(text.replace(b"\n", b"\r\n"))
    assert record(unix).written == record(windows).written == GROUND
    assert (unix / RECORD).read_bytes() == (windows / RECORD).read_bytes()
