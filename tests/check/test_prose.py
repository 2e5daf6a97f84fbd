"""What the numbers of a narrative are held against, and what is told of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.build.examine import read_reports
from gaisite.build.project import read_common
from gaisite.check.prose import check_prose
from gaisite.findings import Finding, Problems
from gaisite.model.content import Report
from gaisite.model.forms import Form
from gaisite.model.measures import Measures
from gaisite.read.folders import scan_agencies
from tests.examples import EXAMPLES, lay_out
from tests.numbers.samples import make_prose

APPLICATIONS, HANDLED = "applications", "applications.handled"


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Form]:
    """The report of examples/good/numbers, and its form."""
    project = lay_out(EXAMPLES / "good" / "numbers", tmp_path_factory.mktemp("numbers"))
    return read_last(project)


def read_last(project: Path) -> tuple[Report, Form]:
    problems = Problems()
    common = read_common(project, problems, drafts=False, base_url=None)
    assert common is not None
    assert problems.findings == []
    reports = [
        report for report, _ in read_reports(common, scan_agencies(common.content, project, problems)[0], (), problems)
    ]
    return reports[-1], common.forms[reports[-1].form]


def tell(material: tuple[Report, Form], *lines: str) -> list[Finding]:
    report, form = material
    narrative = replace(report.narrative, preamble=make_prose(list(lines)), sections={})
    return list(check_prose(replace(report, narrative=narrative), form))


def brief(findings: list[Finding]) -> Iterator[tuple[str, str, str]]:
    for each in findings:
        facts = dict(each.facts)
        yield each.check, str(facts.get("number", "")), str(facts.get("binding", "")) or each.at


def pick(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return list(brief(findings))


@pytest.mark.parametrize(
    ("text", "number", "cell"),
    [
        ("新收申请40件。", "40件", "[[applications.new.total]]"),
        ("新收申请四十件。", "四十件", "[[applications.new.total]]"),
        ("收到的40件申请中。", "40件", "[[applications.new.total]]"),
        ("共收到40件申请。", "40件", "[[applications.new.total]]"),
        ("新收申请（含网络申请）40件。", "40件", "[[applications.new.total]]"),
        ("共收到信息公开申请42件，包括上年结转的。", "42件", "[[applications.new.total + applications.carried_in.total]]"),
        ("18件无法提供。", "18件", "[[applications.handled.unavailable.total]]"),
        ("因本机关不掌握等原因无法提供18件。", "18件", "[[applications.handled.unavailable.total]]"),
        ("因本机关不掌握无法提供17件。", "17件", "[[applications.handled.unavailable.not_held.total]]"),
        (
            "予以公开、部分公开14件。",
            "14件",
            "[[applications.handled.granted.total + applications.handled.partial.total]]",
        ),
        ("结转2022年继续办理4件。", "4件", "[[applications.carried_out.total]]"),
        ("行政许可1,024件。", "1,024件", "[[licences.permits.decisions]]"),
        ("其中，申请人为自然人的38件。", "38件", "[[applications.new.natural_person]]"),
        ("行政复议4件，维持3件。", "3件", "[[reviews.cases.review.upheld]]"),
    ],
)  # fmt: skip
def test_a_number_is_what_its_words_say(material: tuple[Report, Form], text: str, number: str, cell: str) -> None:
    assert ("number-unbound", number, cell) in pick(tell(material, text))


@pytest.mark.parametrize(
    ("text", "number", "at"),
    [
        ("新收申请41件。", "41件", "applications.new.total"),
        ("共收到信息公开申请42件。", "42件", "applications.new.total"),
        ("无法提供的十九件。", "十九件", "applications.handled.unavailable.total"),
        ("予以公开和部分公开15件。", "15件", "applications.handled.granted.total"),
        ("予以公开、部分公开分别为10件、5件。", "5件", "applications.handled.partial.total"),
        ("行政复议和行政诉讼均为3件。", "3件", "reviews.cases.litigation.direct.total"),
        ("行政复议4件，维持4件。", "4件", "reviews.cases.review.upheld"),
        ("行政许可1.1万件。", "1.1万件", "licences.permits.decisions"),
        ("收取行政事业性收费52.7万元。", "52.7万元", ""),
    ],
)
def test_a_number_that_is_not_what_its_words_say_is_told(
    material: tuple[Report, Form], text: str, number: str, at: str
) -> None:
    told = [each for each in pick(tell(material, text)) if each[0] == "number-disagrees"]
    assert told == ([("number-disagrees", number, at)] if at else [])  # 52.7 is 52.6540, rounded


@pytest.mark.parametrize(
    "text",
    [
        "新收申请较上年增加5件。",
        "上年新收申请12件。",
        "2020年新收申请12件。",
        "共收到申请40件，其中区教育局收到申请12件。",
        "共收到信息公开申请40件。其中，各乡镇收到信息公开申请12件。",
        "通过网络收到信息公开申请12件。",
        "受理行政许可申请12件。",
        "答复网民留言12件。",
        "公示行政许可信息12条。",
        "办结率90.5%。",
        "《新收申请12件》。",
        "新收申请12份材料，约20件，余13件。",
        "新收申请的有3个科室。",
        "平均每月新收申请12件。",
        "新收[[applications.new 41件]]。",
    ],
)
def test_numbers_about_something_else_are_not_held_against_the_tables(material: tuple[Report, Form], text: str) -> None:
    checks = {each.check for each in tell(material, text)} - {"number-elsewhere", "number-unbound"}
    assert checks == ({"number-disagrees"} if "材料" in text else set())


def test_what_is_wrong_is_named_beside_what_it_may_be(material: tuple[Report, Form]) -> None:
    finding = next(each for each in tell(material, "共收到信息公开申请42件。") if each.check == "number-disagrees")
    assert "上年结转" in str(dict(finding.facts)["instead"].within("zh-CN"))  # type: ignore[union-attr]
    assert dict(finding.facts)["value"] == "40"


def test_a_number_that_no_word_names_is_found_by_its_value_where_that_is_one_cell_only(
    material: tuple[Report, Form],
) -> None:
    assert pick(tell(material, "另有17件如此。")) == [
        ("number-unbound", "17件", "[[applications.handled.unavailable.not_held.total]]")
    ]
    assert pick(tell(material, "另有3件如此。")) == [("number-elsewhere", "", "")]
    assert pick(tell(material, "另有17项如此。")) == [("number-elsewhere", "", "")]


def test_a_blank_cell_is_not_zero_and_contradicts_nobody(material: tuple[Report, Form]) -> None:
    assert pick(tell(material, "属于国家秘密2件。")) == [
        ("number-blank", "2件", "applications.handled.refused.state_secret.total")
    ]
    assert tell(material, "没有属于国家秘密的。") == []


def test_one_as_an_article_is_no_number_and_one_beside_a_measure_is(material: tuple[Report, Form]) -> None:
    assert tell(material, "办好一件实事。") == []
    assert [each[0] for each in pick(tell(material, "第三方合法权益一件。"))] == ["number-unbound"]


def test_shares_are_of_the_whole_as_printed_or_cut(material: tuple[Report, Form]) -> None:
    checks = [
        each[0] for each in pick(tell(material, "部分公开4件，占10.5%；不予公开3件（7.89%），予以公开占26.32%。"))
    ]
    assert checks == ["number-unbound"] * 5
    wrong = pick(tell(material, "部分公开4件，占11.5%。"))
    assert wrong[1:] == [("share-disagrees", "11.5%", "applications.handled.partial.total")]


def test_shares_that_leave_something_out_need_not_add_up(material: tuple[Report, Form]) -> None:
    assert "share-sum" not in {each.check for each in tell(material, "予以公开占26.3%，部分公开占10.5%。")}


def test_lists_add_up_unless_they_say_that_they_need_not(material: tuple[Report, Form]) -> None:
    def sums(text: str) -> list[str]:
        return [str(each.severity or "warning") for each in tell(material, text) if each.check == "list-sum"]

    assert sums("公开信息64条，其中甲类20条、乙类44条。") == []
    assert sums("公开信息64条。其中，甲类20条、乙类45条。") == ["warning"]
    assert sums("公开信息64条，其中甲类20条、乙类30条。") == ["information"]
    assert sums("公开信息64条，其中甲类20条、乙类45条等。") == []
    assert sums("通过多种渠道公开信息64条，其中甲渠道40条、乙渠道45条。") == []
    assert sums("公开信息64条，其中甲类20条、乙类44条，另印发20条。") == []
    assert sums("公开信息64条，其中甲类64条（图片30条）、乙类5次。") == []
    assert sums("公开信息64条，其中一类，其中二类20条、乙类45条。") == []


@given(st.lists(st.sampled_from(
    ["新收", "收到", "申请", "予以公开", "部分公开", "行政复议", "维持", "28件", "四十件", "12.5%", "占", "其中", "分别", "均", "，",
     "。", "、", "（", "）", "及", "等", "没有", "2020年", "\ufffc", "\n", "   条", "1.2万件", "[[", "七个部分", "报告", "和"]
), max_size=25).map("".join))  # fmt: skip
def test_no_prose_is_too_odd(material: tuple[Report, Form], text: str) -> None:
    for finding in tell(material, text):
        assert finding.place.line == 1 or "\n" in text
        assert not finding.fix or dict(finding.facts)["binding"] == finding.fix


def test_a_form_without_measures_still_lists_numbers(material: tuple[Report, Form]) -> None:
    report, form = material
    bare = replace(form, measures=Measures(units=form.measures.units))
    assert pick(tell((report, bare), "新收申请40件，另有52期。")) == [
        ("number-unbound", "40件", "[[applications.new.total]]"),
        ("number-elsewhere", "", ""),
    ]


def test_only_certain_numbers_can_be_rewritten(material: tuple[Report, Form]) -> None:
    def fixes(text: str) -> list[str]:
        return [each.fix for each in tell(material, text) if each.fix]

    assert fixes("新收申请40件。") == ["[[applications.new.total]]"]
    assert fixes("新收申请40 件。") == ["[[#applications.new.total]]"]
    assert fixes("新收申请40份。") == ["[[#applications.new.total]]"]
    assert fixes("新收申请四十件，行政许可1,024件，因重复申请不予处理3件，另有17件。") == []
    assert fixes("共办理申请42件。") == []
    assert fixes("行政许可、其他事项均为1024件。") == []
