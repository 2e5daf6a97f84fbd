"""`gaisite record`: what it tells, and its exit status."""

from pathlib import Path

from tests.cli.conftest import Gaisite
from tests.publish.projects import FIGURES, RECORD, REPORT, write, write_granted


def test_recorded_reports_are_named(gaisite: Gaisite, project: Path) -> None:
    told = gaisite("record")
    assert told == (0, "Recorded 2 reports: office/2020, office/2021; 0 unchanged.\n", "")
    assert (project / RECORD).is_file()
    assert gaisite("record") == (0, "There was nothing new to record.\n", "")
    assert gaisite("--lang", "zh", "record") == (0, "没有新的内容要记录。\n", "")


def test_one_report_may_be_named_as_a_shell_completes_it(gaisite: Gaisite, project: Path) -> None:
    told = gaisite("--lang", "zh", "record", "content/office/2021/")
    assert told == (0, "已记录 1 份报告：office/2021；未变 0 份。\n", "")


def test_unknown_report_is_a_mistake_in_the_command(gaisite: Gaisite, project: Path) -> None:
    told = gaisite("record", "offic/2021")
    assert (told.status, told.out) == (2, "")
    assert "There is no agency or report “offic/2021”. Did you mean office/2021?" in told.err
    assert "没有“offic/2021”这个机关或报告。是不是 office/2021？" in gaisite("--lang", "zh", "record", "offic/2021").err
    assert gaisite("record", "zzzz").err.startswith("There is no agency or report “zzzz”.\n")


def test_what_is_no_date_is_a_mistake_in_the_command(gaisite: Gaisite, project: Path) -> None:
    for date in ("2022-02-30", "20220220", "today"):
        assert gaisite("record", "--date", date).status == 2
    assert not (project / RECORD).exists()
    assert (
        "--date 的值不对：“today”不是 2022-01-20 这样的日期" in gaisite("--lang", "zh", "record", "--date", "today").err
    )


def test_findings_that_prevent_it_are_printed_with_their_source(gaisite: Gaisite, project: Path) -> None:
    gaisite("record")
    write(project, write_granted(5))
    told = gaisite("record")
    assert (told.status, told.out) == (1, "")
    assert told.err.count("[correction-missing]") == 6
    assert f"{FIGURES}:16:31: error: " in told.err
    assert told.err.endswith("Nothing was recorded.\n")
    assert gaisite("--lang", "zh", "record").err.endswith("没有记录。\n")


def test_missing_date_says_which_option_gives_it(gaisite: Gaisite, project: Path) -> None:
    text = (project / REPORT).read_text(encoding="utf-8")
    write(project, text.replace("published: 2022-01-20 09:30\n", ""), REPORT)
    told = gaisite("record")
    assert told.status == 1
    assert "gaisite record --date YYYY-MM-DD" in told.err
    assert gaisite("record", "--date", "2022-01-31").status == 0
