"""Which numbers of a text count something, with what value and unit."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.check.prose_numbers import Number, UnitWords, scan_numbers
from tests.check.test_numerals import WIDE, spell_chinese

UNITS = UnitWords(counters=frozenset("件份宗"), units=frozenset(["件", "项", "万元", "元", "条", "requests", "CNY"]))


def scan(text: str) -> list[tuple[str, int | Decimal, str]]:
    return [(each.written, each.value, each.unit) for each in scan_numbers(text, UNITS).numbers]


@pytest.mark.parametrize(
    "text",
    [
        "2020年12月31日", "二〇二〇年十二月", "2019-2020年", "2019—2020年", "2020-01-05", "3月份", "一季度", "前3个季度",
        "9:00至17:30", "24小时", "5个工作日", "20天", "3年", "7×24", "第五十条", "第20条第（一）项", "第3次", "国办函〔2020〕109号",
        "（一）", "(2)", "一是", "1.加强培训", "。2、改进", "电话：67269652", "电话010-67269652", "0591-23155555", "13800138000",
        "邮编：100075", "12345热线", "12345政务服务便民热线", "安乐林路85号", "2楼203室", "ywjdxx@163.com", "https://a.cn/2020/1",
        "《公开办法2.0》", "130余条", "28多件", "约28件", "近28件", "超过28件", "不少于3件", "28件以上", "28件左右", "上千次", "数十件",
        "几百件", "十余件", "3-5件", "3至5件", "政务公开2.0版", "5G", "v1.2", "1.2.3", "三项措施", "四个方面", "一次", "三分之一",
        "[[normative_documents 2020]]", "September 30, 2022", "30 September 2022", "in 2022.", "fiscal year 2022", "Section 5",
        "5 U.S.C. § 552", "about 300 calls", "more than 300", "at least 12", "202-555-0123", "the 28th", "Room 12",
    ],
)  # fmt: skip
def test_dates_clauses_addresses_and_approximations_count_nothing(text: str) -> None:
    numbers = scan(text)
    assert [each for each in numbers if each[0] not in ("5",)] == []


@pytest.mark.parametrize(
    ("text", "written", "value", "unit"),
    [
        ("收到28件", "28件", 28, "件"),
        ("收到28 件", "28 件", 28, "件"),
        ("收到２８件", "２８件", 28, "件"),
        ("收到1,024件", "1,024件", 1024, "件"),
        ("收到1，024件", "1，024件", 1024, "件"),
        ("收到二十八件", "二十八件", 28, "件"),
        ("最近3件", "3件", 3, "件"),
        ("增加＋10项", "＋10项", 10, "项"),
        ("1.2万条", "1.2万条", 12000, "条"),
        ("52.6540万元", "52.6540万元", Decimal("52.6540"), "万元"),
        ("占12.3%", "12.3%", Decimal("12.3"), "%"),
        ("占12.3％", "12.3％", Decimal("12.3"), "%"),
        ("占百分之二十", "百分之二十", 20, "%"),
        ("52期", "52期", 52, "期"),
        ("共28，", "28", 28, ""),
        ("28的申请", "28", 28, ""),
        ("25人次", "25人次", 25, "人次"),
        ("received 2,019 requests", "2,019 requests", 2019, "requests"),
        ("received 2019 requests", "2019 requests", 2019, "requests"),
        ("about it: 12 percent", "12 percent", 12, "%"),
        ("had 28 in all", "28", 28, ""),
    ],
)
def test_numbers_are_read_with_their_units(text: str, written: str, value: int | Decimal, unit: str) -> None:
    assert scan(text) == [(written, value, unit)]


SPELLINGS = st.integers(0, 10**6).flatmap(
    lambda number: st.tuples(
        st.just(number),
        st.sampled_from([str(number), f"{number:,}", f"{number:,}".replace(",", "，"), str(number).translate(WIDE)]
                        + ([spell_chinese(number)] if number > 1 else [])),
    )
)  # fmt: skip


@given(
    SPELLINGS, st.sampled_from(["收到申请", "其中，自然人", "截至2020年12月31日新收申请", "（一）予以公开", "第三，"])
)
def test_a_number_with_a_unit_is_found_in_any_spelling_and_place(spelling: tuple[int, str], before: str) -> None:
    number, written = spelling
    numbers = scan(f"{before}{written}件，按期答复。")
    assert numbers == [(f"{written}件", number, "件")]


@given(st.text(alphabet="0123456789，,.。件条万千百十一二两零〇%％第约余至-()（）年月日号 ab《》[]\n", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    end = 0
    for number in scan_numbers(text, UNITS).numbers:
        assert end <= number.start < number.end <= number.unit_end
        assert text[number.start : number.end] == number.digits
        assert text[number.start : number.unit_end] == number.written
        end = number.end


def test_decimals_are_those_written() -> None:
    numbers: tuple[Number, ...] = scan_numbers("占12.30%，共28件", UNITS).numbers
    assert [each.decimals for each in numbers] == [2, 0]


@pytest.mark.parametrize("text", ["见12[[x]]3件a@b.cn", "a@b[[7件 8件]]", "《a 5件 b@c》", "[[5件]]6件www.a.cn"])
def test_nothing_counts_in_titles_and_addresses_that_touch(text: str) -> None:
    assert [number for number in scan(text) if number[1] in (5, 7, 8)] == []


def test_a_long_run_without_a_space_is_read_in_time() -> None:
    """A hundred times what took a second and a half when the time grew with the square of the length."""
    begin = time.process_time()
    scan_numbers("[[" * 90_000, UNITS)
    assert time.process_time() - begin < 8


@pytest.mark.parametrize(
    "text", ["9" * 5_000 + "件", "1" + ",000" * 2_000 + "件", "9" * 5_000 + "万件", "9" * 5_000 + "%"]
)
def test_an_endless_row_of_digits_is_no_number(text: str) -> None:
    assert scan(text) == []
