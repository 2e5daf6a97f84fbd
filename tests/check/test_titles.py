"""Titles, files, sources and names: whose report it says it is, and of which year."""

import pytest

from gaisite.check.titles import check_former_names, check_source, check_title_agency, check_title_years, find_owner
from gaisite.model.wording import SILENT
from gaisite.read.wording import read_wordings
from tests.check.narratives import CHINESE, make_agency, tell, write_narrative

STREET = make_agency("某区某街道办事处", ("某镇人民政府", 2020), ("某公社", 1983))
DISTRICT = make_agency("某区人民政府", ("某区", 2000))


def check_years(front: str, year: int = 2021) -> list[tuple[str, ...]]:
    return tell(list(check_title_years(write_narrative("", year, front=front), CHINESE)), "other")


@pytest.mark.parametrize(
    ("front", "at", "other"),
    [
        ("title: 某局2020年年度报告", "title", "2020"),
        ("title: 某局二〇二〇年年度报告", "title", "2020"),
        ("title: 某局２０２０年度报告", "title", "2020"),
        ("title: 某局2019-2020年报告", "title", "2019/2020"),
        ("description: 某局2020年的情况。", "description", "2020"),
        ("keywords: [公开, 2020年]", "keywords", "2020"),
    ],
)
def test_other_year_in_what_names_the_report_is_told(front: str, at: str, other: str) -> None:
    assert check_years(front) == [("title-year", at, other)]


@pytest.mark.parametrize(
    "front",
    [
        "title: 某局2021年年度报告",
        "title: 某局年度报告",
        "title: 某局2021年报告（2022年1月20日公布）",
        "title: 某局报告（2022-01-20）",
        "title: 某局报告（某政〔2020〕3号）",
        "title: 某局2020年和2021年报告",
        "title: 某局第12020号报告",
        "keywords: [公开, 2020年, 2021年]",
    ],
)
def test_own_year_dates_and_numbers_are_not_told(front: str) -> None:
    assert check_years(front) == []


def test_finding_stands_at_the_field() -> None:
    (finding,) = check_title_years(write_narrative("", front="source: 甲\ntitle: 2020年报告"), CHINESE)
    assert (finding.place.line, finding.place.column, finding.place.length) == (3, 8, 7)


def check_title(title: str, wording: object = CHINESE) -> list[tuple[str, ...]]:
    report = write_narrative("", front=f"title: {title}")
    return tell(list(check_title_agency(report, STREET, (DISTRICT,), wording)), "name")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "title",
    [
        "某区卫生局2021年政府信息公开工作年度报告",
        "某区人民政府2021年政府信息公开工作年度报告",
        "某区2021年度信息公开年报",
    ],
)
def test_title_of_another_agency_or_of_one_above_is_told(title: str) -> None:
    assert check_title(title) == [("title-agency", "title", "某区某街道办事处")]


@pytest.mark.parametrize(
    "title",
    [
        "某区某街道办事处2021年政府信息公开工作年度报告",
        "某街道2021年政府信息公开工作年度报告",
        "2021年某街道办事处政府信息公开年报",
        "关于报送某街道办事处2021年度政府信息公开工作年度报告的函",
        "中共某区某街道办事处党组政府信息公开年报",
        "某镇人民政府2021年年度报告",  # a former name: told as such
        "2021年政府信息公开工作年度报告",
        "某区卫生局2021年总结",  # no report by its words
        '""',
    ],
)
def test_title_of_the_agency_or_of_none_is_not_told(title: str) -> None:
    assert check_title(title) == []


def test_whose_title_it_is_needs_words() -> None:
    assert check_title("某区卫生局2021年年度报告", SILENT) == []
    assert find_owner("关于报送某区卫生局 2021 年度政府信息公开", CHINESE) == "某区卫生局"


def test_source_is_compared_with_every_name() -> None:
    names = ("某区某街道办事处", "某区人民政府", "")

    def check(source: str) -> list[tuple[str, ...]]:
        return tell(list(check_source(write_narrative("", front=f"source: {source}"), names)), "found")

    assert check("桌面") == [("source-differs", "source", "桌面")]
    assert [check(source) for source in ("某街道", "某区人民政府办公室", "某区 某街道办事处", '""')] == [[], [], [], []]


def check_names(text: str, year: int = 2021, front: str = "") -> list[tuple[str, ...]]:
    return tell(list(check_former_names(write_narrative(text, year, front=front), STREET, CHINESE)), "found", "last")


def test_former_name_is_told_after_its_end_at_its_first_use() -> None:
    assert check_names("由某镇人民政府办理。某镇人民政府负责。") == [
        ("former-name", "sections.overview", "某镇人民政府", "2020")
    ]
    assert check_names("", front="source: 某镇人民政府") == [("former-name", "source", "某镇人民政府", "2020")]
    assert check_names("由某公社办理。", 1999) == [("former-name", "sections.overview", "某公社", "1983")]


@pytest.mark.parametrize("text", ["原某镇人民政府办理。", "某镇人民政府更名为某街道办事处。", "某街道办事处办理。"])
def test_former_name_in_a_story_is_not_told(text: str) -> None:
    assert check_names(text) == []


def test_name_is_right_in_its_time() -> None:
    assert check_names("由某镇人民政府办理。", 2020) == []


def test_former_name_inside_the_present_one_is_not_told() -> None:
    bureau = make_agency("区财政经济局", ("经济局", 2020))
    for text, told in (("由区财政经济局办理。", []), ("由经济局办理。", ["former-name"])):
        assert [each.check for each in check_former_names(write_narrative(text), bureau, CHINESE)] == told


def test_former_name_in_english_is_read_with_its_blanks() -> None:
    office = make_agency("Office of Records", ("Office of Files", 2020))
    report = write_narrative("Formerly Office of Files. The Office of Files answers.")
    (finding,) = check_former_names(report, office, read_wordings()["en"])
    assert (finding.place.column, finding.place.length) == (31, 15)
