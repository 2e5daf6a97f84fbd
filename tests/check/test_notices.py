"""The notice that laid down the form: citing that of another form, and not one's own, is told."""

import pytest

from gaisite.check.notices import check_notice
from tests.check.narratives import read_package_forms, tell, write_narrative

OLD, NEW = "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"


def check(text: str, year: int = 2023, form: str = "cn-gai-2021") -> list[tuple[str, ...]]:
    report = write_narrative({"preamble": text}, year, form)
    return tell(list(check_notice(report, read_package_forms())), "found", "wanted")


@pytest.mark.parametrize(
    "written", [OLD, "国办公开办函[2019]60号", "国办公开办函（2019） 60 号", "国办公开办函\n【2019】60号"]
)
def test_notice_of_the_form_before_is_told_however_its_brackets_look(written: str) -> None:
    assert check(f"依据{written}文件编制。") == [("notice-wrong", "sections.preamble", OLD, NEW)]


def test_notice_of_a_later_form_is_told_too() -> None:
    assert check(f"依据{NEW}编制。", 2020, "cn-gai-2019") == [("notice-wrong", "sections.preamble", NEW, OLD)]


@pytest.mark.parametrize(
    "text",
    [
        "依据条例编制。",
        f"依据{NEW}编制。",
        f"依据{NEW}编制，此前依据{OLD}。",
        "依据国办公开办函〔2019〕6号编制。",
        "依据国办函〔2020〕109号编制。",
    ],
)
def test_right_notice_and_other_documents_are_not_told(text: str) -> None:
    assert check(text) == []


def test_form_without_notices_has_no_wrong_one() -> None:
    assert check(f"依据{OLD}编制。", 2018, "cn-gai-2014") == []


def test_place_is_that_of_the_number() -> None:
    (finding,) = check_notice(write_narrative({"preamble": f"依据{OLD}。"}), read_package_forms())
    assert (finding.place.line, finding.place.column, finding.place.length) == (1, 3, len(OLD))
