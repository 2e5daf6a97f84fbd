"""Years left from an earlier report, plans for a year that is over, and dates whose digits run together."""

import pytest

from gaisite.check.dates import find_dates, find_periods
from gaisite.check.stale_years import check_years
from gaisite.model.wording import SILENT
from tests.check.narratives import CHINESE, tell, write_narrative


def check(text: str, year: int = 2021) -> list[tuple[str, ...]]:
    return tell(list(check_years(write_narrative(text, year), CHINESE)), "found")


def overview(check: str, year: int | str, found: str) -> tuple[str, ...]:
    return (check, f"sections.overview.{year}", found)


@pytest.mark.parametrize(
    ("text", "year", "told"),
    [
        ("截止2021年12月31日，公开130余条。", 2022, "截止2021年12月31日"),  # 永外街道 2022
        ("全年公开情况如下：截至 2020 年底共130条", 2021, "截至 2020 年"),
        ("截至到２０２０年末，共130条。", 2021, "截至到２０２０年"),
        ("截止至二〇二〇年底，共130条。", 2021, "截止至二〇二〇年"),
        ("截止到二千零二十年底，共130条。", 2021, "截止到二千零二十年"),
        ("截至\n2020年底，共130条。", 2021, "截至2020年"),
        ("截至2022年1月，共130条。", 2021, "截至2022年1月"),
    ],
)
def test_what_counts_up_to_another_year_is_told(text: str, year: int, told: str) -> None:
    other = 2022 if "2022" in told else year - 1
    assert check(text, year) == [overview("stale-year", other, told)]


@pytest.mark.parametrize(
    "text",
    [
        "截至2021年12月31日，共130条。",
        "截至目前，2020年的数据已更新。",
        "截止至两千零二十一年底，共130条。",
        "截至《2020年计划》印发时，共130条。",
        "截至某政〔2020〕8号文件印发时，共130条。",
        "截至一二三四五六七八年底，共130条。",
    ],
)
def test_own_year_and_years_of_titles_are_right(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("本报告数据统计自2020年1月1日至2020年12月31日。", 2020),
        ("本报告所列数据自2020年1月1日起，至2021年12月31日止。", 2020),
        ("统计期限为2021年1月1日至2022年12月31日。", 2022),
        ("统计期限为2021年1月1日至12月30日。", 2021),
        ("统计期限为2021年2月1日—2021年12月31日。", 2021),
        ("2020年1月1日至12月31日，共公开130条。", 2020),
    ],
)
def test_period_that_is_not_the_year_of_the_report_is_told_once(text: str, other: int) -> None:
    assert [each[:2] for each in check(text)] == [("period-wrong", f"sections.overview.{other}")]


@pytest.mark.parametrize(
    "text",
    [
        "统计期限为2021年1月1日至12月31日。",
        "数据统计自2021年1月1日起，至2021年12月31日止。",
        "累计数据统计自2008年5月1日至2021年12月31日。",
        "对2019年1月1日至2021年12月31日印发的文件作了清理。",
        "2020年5月1日至6月30日开展了培训，已在上年报告。",
    ],
)
def test_right_periods_and_those_of_other_things_are_not_told(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021年将从以下几个方面改进。", "2021年将从"),  # 冲口街道 2021
        ("2021年，街道将进一步改进。", "2021年，街道将进一步"),
        ("2020年度，街道将继续改进。", "2020年度，街道将继续"),
        ("下一步，我们将在2021年加强培训。", "2021年"),
    ],
)
def test_plan_for_a_year_that_is_over_is_told(text: str, found: str) -> None:
    assert [(each[0], each[2]) for each in check(text)] == [("stale-plan", found)]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，街道将继续改进。",
        "2021年，街道将政务公开纳入考核。",  # here 将 says what was done
        "针对2021年工作中的问题，将继续改进。",
        "2021年，各科室认真履职，下一步将继续改进。",
    ],
)
def test_plan_for_the_next_year_is_right(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize("text", ["2020年，新增栏目三个。", "一是2020年度新增栏目三个。", "（一）2020年5月新增栏目。"])
def test_sentence_that_opens_with_an_earlier_year_is_told(text: str) -> None:
    assert [each[:2] for each in check(text)] == [("other-year", "sections.overview.2020")]


@pytest.mark.parametrize(
    "text",
    [
        "2020年以来，新增栏目三个。",
        "2020年至今，新增栏目三个。",
        "2020年—2021年，新增栏目三个。",
        "自2020年起，新增栏目三个。",
        "2020年有三个，2021年有四个。",
        "2020年同比增长。",
        "2022年，坚持公开。",
        "街道于2020年新增栏目三个。",
        "### 2020年的栏目",
    ],
)
def test_sentence_that_compares_or_only_mentions_a_year_is_not_told(text: str) -> None:
    assert check(text) == []


def test_date_without_its_marks_is_told_where_it_stands() -> None:
    (finding,) = check_years(write_narrative("其中：自202111日起，**每日**发布。", 2021), CHINESE)  # 周湾镇 2021
    place = finding.place
    assert (finding.check, finding.at, dict(finding.facts)["found"]) == ("date-glued", "sections.overview", "202111日")
    assert (place.line, place.column, place.length) == (5, 5, 7)


@pytest.mark.parametrize("text", ["2021年11月1日起发布。", "共12345日。", "电话12345678日间接听。"])
def test_whole_dates_and_other_numbers_are_not_told(text: str) -> None:
    assert check(text) == []


def test_a_language_whose_words_are_not_known_has_no_stale_years() -> None:
    report = write_narrative("截止2020年12月31日，自202011日起。")
    assert list(check_years(report, SILENT)) == []
    assert find_dates("截止2020年12月31日", SILENT) == []


def test_period_is_read_with_or_without_its_second_year() -> None:
    for text in ("2021年3月1日至2021年5月2日", "2021年3月1日起至5月2日"):
        ((first, last),) = find_periods(text, find_dates(text, CHINESE), CHINESE)
        assert (first.calendar, last.calendar) == ((2021, 3, 1), (2021, 5, 2))
        assert text[: last.end] == text


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("二〇二一年", 2021),
        ("二零二一年", 2021),
        ("两千零二十一年", 2021),
        ("二千零二十年", 2020),
        ("二千零五年", 2005),
    ],
)
def test_spelled_years_are_read(text: str, year: int) -> None:
    assert [(date.year, date.start, date.end) for date in find_dates(text, CHINESE)] == [(year, 0, len(text))]


@pytest.mark.parametrize("text", ["千年", "百年大计", "三年", "一二三四五年", "十二三四年"])
def test_other_numbers_before_the_word_are_no_years(text: str) -> None:
    assert find_dates(text, CHINESE) == []
