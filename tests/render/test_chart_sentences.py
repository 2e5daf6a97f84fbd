"""What charts say: the finding where there is one, no superlative of equals, no share of fewer than ten."""

from collections.abc import Mapping

import pytest

from gaisite.model.content import Figure
from gaisite.render.chart_figures import Whole
from tests.check.values import NOT_APPLICABLE
from tests.render.charts import make_speaker, make_whole

Values = Mapping[str, int | str | Figure | None]
RESULTS: Values = {"granted": 1, "refused": 3, "not held": 18, "other": 2}


def say(whole: Whole, *others: Whole) -> tuple[str, str]:
    """The finding in English and in Chinese."""
    english, chinese = (make_speaker(language).say_finding(2020, [whole, *others]) for language in ("en", "zh-CN"))
    return english, chinese


@pytest.mark.parametrize(
    ("values", "printed", "english", "chinese"),
    [
        pytest.param(
            RESULTS,
            24,
            "In 2020, 24 in all: the largest was “not held” (18, 75.0%), then “refused” (3, 12.5%).",
            "2020年共24件，not held18件（75.0%）最多，其次是refused3件（12.5%）。",
            id="largest and next",
        ),
        pytest.param(
            {"a": 5, "b": 2, "c": 2},
            9,
            "In 2020, 9 in all: the largest was “a” (5).",
            "2020年共9件，a5件最多。",
            id="equal seconds are not ranked, and of nine there are no shares",
        ),
        pytest.param(
            {"a": 4, "b": 4, "c": 2},
            10,
            "In 2020, 10 in all: “a”, “b” (4 each).",
            "2020年共10件，a、b各4件。",
            id="equal firsts have no superlative",
        ),
        pytest.param({"a": 0, "b": 7, "c": 0}, 7, "In 2020, 7 in all: all of them “b”.", "2020年共7件，全部为b。", id="all"),
        pytest.param({"a": 0, "b": 1}, 1, "In 2020, 1 in all: “b”.", "2020年共1件，为b。", id="one"),
        pytest.param(
            {"persons": 3, "firms": 17},
            20,
            "In 2020, 20 in all: “firms” (17, 85.0%), “persons” (3, 15.0%).",
            "2020年共20件，firms17件（85.0%），persons3件（15.0%）。",
            id="of two, neither is the largest",
        ),
        pytest.param(
            {"a": 12, "b": None, "c": 5},
            None,
            "In 2020, of the figures given, the largest was “a” (12), then “c” (5).",
            "2020年已填写的数据中，a12件最多，其次是c5件。",
            id="where one is missing, nothing is said of all",
        ),
        pytest.param(
            {"a": 12, "b": None, "c": 5},
            17,
            "In 2020, 17 in all: the largest was “a” (12, 70.6%), then “c” (5, 29.4%).",
            "2020年共17件，a12件（70.6%）最多，其次是c5件（29.4%）。",
            id="unless the total leaves nothing for what is missing",
        ),
        pytest.param(
            {"a": 12, "b": NOT_APPLICABLE, "c": 5},
            None,
            "In 2020, 17 in all: the largest was “a” (12, 70.6%), then “c” (5, 29.4%).",
            "2020年共17件，a12件（70.6%）最多，其次是c5件（29.4%）。",
            id="what does not apply is not missing",
        ),
        pytest.param({"a": 5, "b": None}, None, "In 2020, of the figures given, “a” (5).", "2020年已填写的数据中，a5件。", id="the only one given"),
        pytest.param(
            {"a": 12, "b": 4, "c": 5},
            30,
            "In 2020, the largest was “a” (12), then “c” (5).",
            "2020年a12件最多，其次是c5件。",
            id="where the printed total differs there is neither sum nor share",
        ),
    ],
)  # fmt: skip
def test_finding_says_no_more_than_the_figures(values: Values, printed: int | None, english: str, chinese: str) -> None:
    assert say(make_whole(values, printed)) == (english, chinese)


def test_parts_that_overlap_are_not_added_up() -> None:
    whole = make_whole({"website": 40, "gazette": 20}, has_total=False)
    assert say(whole) == ("In 2020, “website” (40), “gazette” (20).", "2020年website40件，gazette20件。")


def test_several_wholes_are_told_by_name_and_the_empty_ones_left_out() -> None:
    reviews, none = make_whole([3, 1, 8], 12, label="Reviews"), make_whole([0, 0, 0], 0, label="Appeals")
    lawsuits = make_whole({"A": 1, "B": None}, label="Lawsuits")
    assert say(reviews, none, lawsuits) == (
        "In 2020, Reviews 12: the largest was “C” (8, 66.7%), then “A” (3, 25.0%); Lawsuits: of the figures given, “A” (1).",
        "2020年Reviews共12件，C8件（66.7%）最多，其次是A3件（25.0%）；Lawsuits：已填写的数据中，A1件。",
    )


def test_description_names_every_figure_and_speaks_what_is_missing() -> None:
    whole = make_whole({"a": 12, "b": 0, "c": None, "d": NOT_APPLICABLE}, label="Reviews")
    assert make_speaker().describe([whole]) == "The figures: Reviews: a 12, b 0, c left blank, d not applicable."
    assert make_speaker("zh-CN").describe([whole]) == "各项数据：Reviews：a 12，b 0，c 未填，d 不适用。"


def test_printed_total_that_differs_is_noted() -> None:
    wholes = [make_whole([20, 7], 21), make_whole([1, 1], 2), make_whole([1, 1], 3, label="Reviews")]
    assert make_speaker().note_difference(wholes) == (
        "The report prints a total of 21, but the parts add up to 27. They are drawn as printed, and no shares are given.",
        "Reviews: The report prints a total of 3, but the parts add up to 2. They are drawn as printed, and no shares are given.",
    )
    assert make_speaker("zh-CN").note_difference(wholes[:1]) == (
        "原报告所印总计为 21，各项相加为 27；图按各项所印数据绘制，不计算比例。",
    )


def test_total_is_not_said_to_differ_where_parts_are_missing() -> None:
    assert make_speaker().note_difference([make_whole({"a": 20, "b": None}, 21)]) == ()


def test_amounts_keep_their_zeros() -> None:
    assert say(make_whole({"a": "52.6540", "b": "7.10", "c": "0.00"}))[0] == (
        "In 2020, 59.7540 in all: the largest was “a” (52.6540, 88.1%), then “b” (7.10, 11.9%)."
    )
