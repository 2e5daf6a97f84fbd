"""Text repeated from an earlier report: what is nearly the same is told, what has to be the same is not."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.check.copies import check_copies
from gaisite.check.paragraphs import (
    KEPT,
    LEAST,
    Chapter,
    list_chapters,
    pick_letters,
    read_values,
    sketch_chapters,
    weigh,
)
from gaisite.model.wording import SILENT
from tests.check.narratives import CHINESE, make_agency, read_package_forms, tell, write_narrative

AGENCY = make_agency("某街道办事处", ("某镇人民政府", 2018))
LETTERS = "街道把政务公开列入年度重点工作由办事处主任牵头各科室确定一名联络员按月梳理应当公开的事项先自查再复核发布后抽查链接附件"
LONG = (
    "街道把政务公开列入年度重点工作，由办事处主任牵头，各科室确定一名联络员，按月梳理应当公开的事项，先由科室自查，"
    "再由综合办公室复核，发布后一周内抽查链接和附件是否可用，发现错漏当天更正。"
)
OTHER = (
    "便民大厅设有查阅点，配备两台自助终端和一名引导员，老年居民可以由引导员代为检索、打印，登记簿按季度归档，"
    "群众提出的意见交由专人逐条回复，并在公告栏公布处理结果。"
)


def read(text: Mapping[str, str] | str, year: int, form: str = "cn-gai-2021") -> list[Chapter]:
    return list_chapters(write_narrative(text, year, form), read_package_forms()[form], AGENCY, CHINESE)


def check(now: Mapping[str, str] | str, *before: Mapping[str, str] | str) -> list[tuple[str, ...]]:
    """What is told of a report for 2025, given those of the years before, latest first."""
    chapters: dict[int, Sequence[Chapter]] = {2025: read(now, 2025)}
    chapters |= {2024 - index: read(text, 2024 - index) for index, text in enumerate(before)}
    return tell(check_copies(chapters)[2025], "begin", "section", "year", "there", "percent")


def test_paragraph_that_was_copied_is_told_by_its_beginning() -> None:
    told = check(f"{OTHER}\n\n{LONG}", LONG)
    assert told == [("text-copied", "sections.overview.2024", LONG[:20], "", "2024", "", "100")]


def test_section_that_was_copied_is_told_once() -> None:
    text = {"improvement": f"{OTHER}\n\n短的一段也算在内。\n\n{LONG}"}
    heading = "五、存在的主要问题及改进情况"
    assert check(text, text) == [("text-copied", "sections.improvement.2024", "", heading, "2024", "", "100")]


def test_section_of_short_paragraphs_is_seen_as_a_whole() -> None:
    text = {"improvement": LONG.replace("，", "。\n\n")}
    assert [each[1] for each in check(text, text)] == ["sections.improvement.2024"]


def test_paragraph_copied_from_another_section_names_it() -> None:
    told = check({"improvement": LONG}, {"overview": f"{OTHER}\n\n{LONG}"})
    assert [(each[1], each[5]) for each in told] == [("sections.improvement.2024", "一、总体情况")]


def test_latest_report_is_named() -> None:
    assert [each[4] for each in check(LONG, OTHER, LONG, LONG)] == ["2023"]


def test_each_year_is_told_of_the_one_before() -> None:
    chapters = {year: read(LONG, year) for year in (2021, 2022, 2023)}
    assert [tell(check_copies(chapters)[year], "year") for year in (2021, 2022, 2023)] == [
        [],
        [("text-copied", "sections.overview.2021", "2021")],
        [("text-copied", "sections.overview.2022", "2022")],
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("一名联络员", "两名联络员"),
        ("政务公开", "政府信息公开"),
        ("街道把", "2025年，街道把"),
        ("。", "。有关情况在网站公布。"),
        ("，", ","),
        ("先由", "先\n由"),
        ("科室", "**科室**"),
    ],
)
def test_small_changes_do_not_hide_a_copy(old: str, new: str) -> None:
    assert [each[:2] for each in check(LONG.replace(old, new, 1), LONG)] == [("text-copied", "sections.overview.2024")]


def test_years_told_from_the_year_of_the_report_are_the_same() -> None:
    text = "{0}年，某街道办事处比{1}年多公开了若干信息，按{2}年的计划继续梳理；" + LONG
    told = check(text.format(2025, 2024, 2026), text.format(2024, 2023, 2025))
    assert [each[6] for each in told] == ["100"]


def test_former_name_counts_as_the_name() -> None:
    assert [each[6] for each in check("某街道办事处" + LONG, "某镇人民政府" + LONG)] == ["100"]


def test_rewritten_text_is_not_told() -> None:
    rewritten = (
        "办事处主任牵头负责政务公开，列为年度重点；联络员每科室一名，每月清理应公开事项，科室先查、综合办公室后核，"
        "上网一周之内检查附件能否打开、链接是否有效，有错当日改正。"
    )
    assert check(rewritten, LONG) == []


@pytest.mark.parametrize(
    "text",
    [
        {"preamble": LONG},
        {"other_matters": LONG},  # whom to ask, the period: the form says that it repeats
        {"overview": LONG[: LEAST - 10]},
        {"overview": "公开规章0件，规范性文件2件，收到申请28件，答复24件，其中予以公开1件，部分公开2件，无法提供18件，复议4件，诉讼0件，结转4件。"},
        {"disputes": "本年度没有发生因政府信息公开引起的行政复议，也没有发生行政诉讼，上年没有结转的案件，本年没有未审结的案件，无需说明。"},
        {"overview": f"|{LONG}|\n|-|\n|{OTHER}|"},
    ],
    ids=["preamble", "repeats", "short", "figures", "nothing happened", "table"],
)  # fmt: skip
def test_what_may_well_be_the_same_is_not_told(text: Mapping[str, str]) -> None:
    assert check(text, text) == []


def test_that_nothing_happened_is_no_figure_where_no_table_stands() -> None:
    text = "本街道没有专职人员，没有专项经费，没有培训计划，没有考核办法，没有公开目录，没有查阅场所，没有设备，没有可以用来公开信息的公告栏。"
    assert [each[:1] for each in check({"improvement": text}, {"improvement": text})] == [("text-copied",)]


def test_words_of_other_scripts_count_by_their_letters() -> None:
    assert weigh("街道 office, 28 件") == 3 + 6 // 4
    form = read_package_forms()["us-foia"]
    text = "The office answers every request within the time that the law allows. " * 4
    reports = {year: write_narrative({"requests": text}, year, "us-foia") for year in (2024, 2025)}
    chapters = {year: list_chapters(report, form, None, SILENT) for year, report in reports.items()}
    assert [each[1] for each in tell(check_copies(chapters)[2025])] == ["sections.requests.2024"]


@given(st.integers(0), st.integers(60, 300), st.data())
def test_a_paragraph_is_like_itself_with_one_letter_changed_wherever_it_is(
    seed: int, length: int, data: st.DataObject
) -> None:
    text = "".join(random.Random(seed).choices(LETTERS, k=length))
    index = data.draw(st.integers(0, length - 1))
    assert [each[0] for each in check(text[:index] + "驴" + text[index + 1 :], text)] == ["text-copied"]


@given(st.integers(0), st.integers(60, 300))
def test_paragraphs_of_the_same_letters_in_another_order_are_never_told(seed: int, length: int) -> None:
    chance = random.Random(seed)
    one, other = ("".join(chance.choices(LETTERS, k=length)) for _ in range(2))
    assert check(one, other) == []


def test_sketch_is_the_same_on_every_machine() -> None:
    (sketch,) = sketch_chapters(read(LONG, 2025))
    values = read_values(sketch.values)
    assert (sketch.section, sketch.line, sketch.begin, sketch.size) == (
        "overview",
        5,
        LONG[:20],
        len(pick_letters(LONG)) - 3,
    )
    assert (len(values), list(values)) == (KEPT, sorted(values))
    assert sketch.values == ("A3lNrwWgRWMHkHXXDK00uhNnDSMX9iM3GXvAfhwSoScdDOd+H6TcrCAJoVoip0ddIsHm8iN72eEjzfylKsw0fA==")


def test_sketches_are_of_long_paragraphs_only() -> None:
    chapters = read({"overview": f"短。\n\n{LONG}", "improvement": OTHER, "preamble": OTHER}, 2025)
    assert [each.section for each in sketch_chapters(chapters)] == ["overview", "improvement"]
    assert sketch_chapters([replace(each, paragraphs=()) for each in chapters]) == ()
