"""What the narrative offers: a download that is not there, a telephone number that is another."""

from dataclasses import replace

import pytest

from gaisite.check.offers import check_contact, check_download
from gaisite.findings import Place
from gaisite.model.content import Attachment
from gaisite.model.wording import SILENT
from gaisite.read.wording import read_wordings
from tests.check.narratives import CHINESE, make_agency, tell, write_narrative

OFFER = "本报告的电子版可在某网站查询和下载。"


def test_offer_without_a_file_is_told_at_its_word() -> None:
    (finding,) = check_download(write_narrative(OFFER), CHINESE)
    assert (finding.check, finding.at) == ("download-missing", "sections.overview")
    assert (finding.place.line, finding.place.column, finding.place.length) == (5, 16, 2)


@pytest.mark.parametrize(
    "text",
    ["电子版由某网站提供。", "表格可以下载。", "电子版已经归档。表格可以下载。", "[电子版](files/a.pdf)可以下载。"],
)
def test_nothing_offered_or_linked_where_it_is_offered_is_not_told(text: str) -> None:
    report = write_narrative(text)
    html = report.narrative.sections["overview"].html
    linked = (
        replace(report.narrative.sections["overview"], html=html + '<a href="files/a.pdf">') if "[" in text else None
    )
    sections = {**report.narrative.sections, **({"overview": linked} if linked else {})}
    assert list(check_download(replace(report, narrative=replace(report.narrative, sections=sections)), CHINESE)) == []


def test_attachment_keeps_the_promise() -> None:
    report = write_narrative(OFFER)
    file = Attachment(path="files/a.pdf", title="原件", size=1, digest="", place=Place(file="report.md"))
    narrative = replace(report.narrative, attachments=(file,))
    assert list(check_download(replace(report, narrative=narrative), CHINESE)) == []
    assert list(check_download(report, SILENT)) == []


def test_offer_in_english_is_read() -> None:
    report = write_narrative("An Electronic copy is there for Download.")
    assert tell(list(check_download(report, read_wordings()["en"]))) == [("download-missing", "sections.overview")]


def check(text: str, phone: str = "010-67260000、67260001") -> list[tuple[str, ...]]:
    report = write_narrative({"overview": text})
    return tell(list(check_contact(report, make_agency("某局", phone=phone), CHINESE)), "found")


@pytest.mark.parametrize(
    "text", ["联系电话：67269999。", "电话（传真）：010-6726 9999", "热线 ０１０－６７２６９９９９"]
)
def test_another_number_is_told(text: str) -> None:
    ((check_id, at, found),) = check(text)
    assert (check_id, at) == ("contact-differs", "sections.overview")
    assert found in text


@pytest.mark.parametrize(
    "text",
    [
        "联系电话：67260000。",
        "联系电话：（010）６７２６０００１。",
        "监督电话：67269999。联系电话：67260000。",
        "拨打12345热线。",
        "编号67269999。",
        "没有电话。",
    ],
)
def test_same_number_and_other_numbers_are_not_told(text: str) -> None:
    assert check(text) == []


def test_agency_without_a_number_is_compared_with_none() -> None:
    assert check("联系电话：67269999。", phone="") == []
