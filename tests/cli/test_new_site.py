"""`gaisite new DIR --kind`: what it tells, and its questions at a real terminal."""

import shlex
import sys
from pathlib import Path

import pytest

from gaisite.cli import run
from tests.cli.conftest import Gaisite
from tests.cli.terminals import Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind there")


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, in a year that does not pass."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gaisite.cli.new_site.find_last_year", lambda: 2024)


def test_it_tells_what_there_is_and_the_commands_to_run_next(gaisite: Gaisite) -> None:
    told = gaisite("--lang", "zh", "new", "d", "--kind", "district", "--name", "甲区", "--folder", "jia", "--yes")
    assert told.status == 0
    assert told.out == (
        "已新建 d：\n  content/site.yaml  网站设置\n  README.txt\n"
        "  content/jia/2024/  甲区：2024 年报告的草稿，数字由下级相加\n"
        "  content/jia/jiedao/2024/  某街道办事处：2024 年报告的草稿\n"
        "  content/jia/fagai/2024/  某区发展和改革委员会：2024 年报告的草稿\n"
        "  content/jia/jiaoyu/2024/  某区教育局：2024 年报告的草稿\n"
        "填写 figures.yaml，撰写 report.md；草稿不公布，写好后删去 report.md 中的 draft: true。\n"
        "下一步：\n  cd d\n  gaisite serve --drafts --open\n  gaisite check --drafts\n  gaisite build --strict\n"
    )


def test_the_commands_to_run_next_work(gaisite: Gaisite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = gaisite("--lang", "en", "new", "our site", "--kind", "foia", "--year", "2023")
    assert "Example Department: draft of the report for 2023\n" in told.out
    enter, *commands = [shlex.split(line) for line in told.out.partition("Next:\n")[2].splitlines()]
    assert enter == ["cd", "our site"]
    monkeypatch.chdir(tmp_path / enter[1])
    for program, *arguments in commands:
        assert program == "gaisite"
        assert run([*arguments, "--help"] if arguments[0] == "serve" else arguments) == 0


def test_questions_of_a_district(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "new", "d", "--year", "2023", GAISITE_LANG="zh")
    terminal.answer("选哪一项 [1]", "9\n")
    terminal.expect("没有“9”这一项，请写 1 到 3 的数")
    terminal.answer("选哪一项 [1]", "district\n")
    terminal.answer("上级机关的名称 [某区人民政府]", "甲区\n")
    terminal.answer("甲区的文件夹，也是网址中的名字 [agency-1]", "甲 区\n")
    terminal.expect("不能作文件夹名")
    terminal.answer("甲区的文件夹", "jia\n")
    terminal.answer("先建几个下级机关 [3]", "0\n")
    terminal.expect("请写 1 到 50 的数。")
    terminal.answer("先建几个下级机关 [3]", "2\n")
    terminal.answer("下级机关 1 的名称 [某街道办事处]", "\n")
    terminal.answer("文件夹，也是网址中的名字 [jiedao]", "\n")
    terminal.answer("下级机关 2 的名称 [某区发展和改革委员会]", "乙局\n")
    terminal.answer("乙局的文件夹", "JIEDAO\n")
    terminal.expect("已经是另一个机关或网页的地址")
    terminal.answer("乙局的文件夹", "yi\n")
    terminal.answer("网站名称 [政府信息公开工作年度报告]", "甲区年报\n")
    assert terminal.end() == 0
    assert "Error" not in terminal.screen
    found = {path.relative_to(tmp_path / "d/content").as_posix() for path in tmp_path.rglob("figures.yaml")}
    assert found == {f"{folder}/2023/figures.yaml" for folder in ("jia", "jia/jiedao", "jia/yi")}
    assert "\ntitle: 甲区年报\n" in (tmp_path / "d/content/site.yaml").read_text(encoding="utf-8")


def test_questions_of_an_english_portal_and_those_that_are_answered_already(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "new", "f", "--name", "Department of State", "--title", "Ours", GAISITE_LANG="en")
    terminal.answer("Which one [3]", "\n")
    terminal.answer("Folder of Department of State, also its name in addresses [department-of-state]", "\n")
    terminal.answer("Year of the first reports", "2001\n")
    terminal.expect("There is no form for 2001.")
    terminal.answer("Year of the first reports", "2022\n")
    assert terminal.end() == 0
    assert "empty" not in terminal.screen
    assert "How many" not in terminal.screen
    assert (tmp_path / "f/content/department-of-state/2022/report.md").is_file()


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_who_gives_up_leaves_nothing_behind(tmp_path: Path, key: str) -> None:
    terminal = Terminal(tmp_path, "new", "d", "--kind", "office", GAISITE_LANG="zh")
    terminal.answer("机关的名称", "\n")
    terminal.answer("文件夹", key)
    assert terminal.end() == 130
    assert "没有写入任何文件。" in terminal.screen
    assert "Traceback" not in terminal.screen
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_asked_where_a_file_is_in_the_way_or_with_yes(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("mine", encoding="utf-8")
    terminal = Terminal(tmp_path, "new", ".", GAISITE_LANG="en")
    assert terminal.end() == 1
    assert "[file-exists]" in terminal.screen
    terminal = Terminal(tmp_path, "new", "x", "--yes", GAISITE_LANG="en")
    assert terminal.end() == 0
    assert "Which" not in terminal.screen
