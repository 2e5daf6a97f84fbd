"""Paragraphs that agencies side by side share, found from the sketches in their summaries."""

import itertools
import random

import pytest

from gaisite.check import siblings
from gaisite.check.paragraphs import list_chapters, sketch_chapters
from gaisite.check.siblings import check_shared
from gaisite.findings import Place
from gaisite.model.summary import AgencySummary, ReportSummary, Sketch, Tally
from gaisite.texts import Texts
from tests.check.narratives import CHINESE, make_agency, read_package_forms, tell, write_narrative
from tests.check.test_copies import LETTERS, LONG, OTHER

FACTS = ("begin", "other", "more", "file")


def sketch(text: str, name: str = "某局", year: int = 2025) -> tuple[Sketch, ...]:
    report = write_narrative(text, year)
    return sketch_chapters(list_chapters(report, read_package_forms()[report.form], make_agency(name), CHINESE))


def summarise(id: str, *sketches: Sketch, year: int = 2025) -> AgencySummary:
    """An agency with one report."""
    name = Texts((("zh-CN", f"{id}局"),))
    report = ReportSummary(
        year=year,
        form="f",
        titles=Texts.of({"zh-CN": ""}),
        name=name,
        published="",
        source_url="",
        key_figures={},
        tally=Tally(),
        narrative=f"content/{id}/{year}/report.md",
        sketches=sketches,
    )
    return AgencySummary(id=id, parent="", name=name, kind="", reports=(report,), findings=(), outputs=())


def test_shared_paragraph_is_told_once_at_the_first_agency() -> None:
    agencies = [summarise("c", *sketch(LONG)), summarise("a", *sketch(LONG)), summarise("b", *sketch(OTHER))]
    for order in itertools.permutations(agencies):
        (finding,) = check_shared(order)
        assert finding.place == Place(file="content/a/2025/report.md", line=5)
        assert tell([finding], *FACTS) == [
            ("text-shared", "sections.overview", LONG[:20], "c局", "", "content/c/2025/report.md:5")
        ]


def test_text_that_many_share_names_one_and_how_many_there_are() -> None:
    agencies = [summarise(id, *sketch(LONG)) for id in "abcd"]
    assert [each[3:5] for each in tell(list(check_shared(agencies)), *FACTS)] == [("b局", "3")]


def test_names_of_the_agencies_do_not_hide_that_the_rest_is_the_same() -> None:
    text = "{0}成立了领导小组；" + LONG
    agencies = [
        summarise(id, *sketch(text.format(name), name)) for id, name in (("a", "区卫生健康局"), ("b", "区水务局"))
    ]
    assert len(list(check_shared(agencies))) == 1


def test_small_changes_do_not_hide_it() -> None:
    changed = LONG.replace("一名联络员", "两名联络员").replace("当天更正", "当日更正")
    assert len(list(check_shared([summarise("a", *sketch(LONG)), summarise("b", *sketch(changed))]))) == 1


@pytest.mark.parametrize(
    "agencies",
    [
        [summarise("a", *sketch(LONG)), summarise("b", *sketch(OTHER))],
        [summarise("a", *sketch(LONG)), summarise("b", *sketch(LONG), year=2024)],
        [summarise("a", *sketch(f"{LONG}\n\n{LONG}"))],
        [summarise("a", *sketch(LONG)), summarise("b", *sketch(LONG + OTHER))],
        [summarise("a"), summarise("b")],
        [],
    ],
    ids=["other text", "other year", "one agency", "part of a longer one", "no text", "no agency"],
)
def test_what_is_not_shared_is_not_told(agencies: list[AgencySummary]) -> None:
    assert list(check_shared(agencies)) == []


def test_phrases_that_all_reports_have_make_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred agencies, each with a paragraph of its own around the same phrases, are not all held side by side."""
    compared = 0
    judge = siblings.is_alike

    def count(one: siblings.Shared, other: siblings.Shared) -> bool:
        nonlocal compared
        compared += 1
        return judge(one, other)

    monkeypatch.setattr(siblings, "is_alike", count)
    chance, phrases = random.Random(1), [LONG[index : index + 12] for index in range(0, 60, 12)]
    agencies = []
    for number in range(200):
        words = [phrase + "".join(chance.choices(LETTERS, k=20)) for phrase in phrases]
        agencies.append(summarise(f"a{number:03}", *sketch("，".join(words))))
    assert list(check_shared(agencies)) == []
    assert compared < 2 * len(agencies)
