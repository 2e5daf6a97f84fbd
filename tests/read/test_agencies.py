"""agency.yaml: who an agency is, and which name it bore in which year."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaisite.findings import Finding, Place, Problems
from gaisite.model.content import Agency, AgencyName, Contact
from gaisite.read.agencies import read_agency
from gaisite.read.files import Source, decode
from gaisite.texts import Texts

FILE = "content/office/agency.yaml"
WHOLE = """
name: {en: Office, zh-CN: 某街道办事处}
former_names:
  - {name: 某乡人民政府, until: 2009}
  - {name: 某镇人民政府, until: 2015}
kind: township
identifiers: {统一社会信用代码: 11000000000000000X, 机构代码: 010}
contact: {office: 办公室, address: 某路1号, postcode: 100000, phone: 010-1, email: a@b.cn}
description: 说明
"""


def read(text: str) -> tuple[Agency | None, list[Finding]]:
    problems = Problems()
    agency = read_agency(Source(file=FILE, text=text), "office", ("department", "township"), "zh-CN", problems)
    return agency, problems.findings


def name(text: str) -> Texts:
    return Texts((("zh-CN", text),))


def test_everything_written_arrives() -> None:
    agency, findings = read(WHOLE)
    assert findings == []
    assert agency == Agency(
        id="office",
        names=(
            AgencyName(name=Texts((("zh-CN", "某街道办事处"), ("en", "Office"))), since=2016),
            AgencyName(name=name("某镇人民政府"), since=2010),
            AgencyName(name=name("某乡人民政府"), since=None),
        ),
        kind="township",
        identifiers=(("统一社会信用代码", "11000000000000000X"), ("机构代码", "010")),
        contact=Contact(office="办公室", address="某路1号", postcode="100000", phone="010-1", email="a@b.cn"),
        description="说明",
        place=Place(file=FILE),
    )


def test_name_is_enough() -> None:
    agency, findings = read("name: 某局\n")
    assert findings == []
    assert agency == Agency(id="office", names=(AgencyName(name=name("某局")),), place=Place(file=FILE))
    assert agency.name == name("某局")


@pytest.mark.parametrize(
    ("year", "borne"),
    [(1999, "某乡人民政府"), (2009, "某乡人民政府"), (2010, "某镇人民政府"), (2015, "某镇人民政府"), (2016, "某街道办事处"), (2030, "某街道办事处")],
)  # fmt: skip
def test_name_is_the_one_borne_in_the_year(year: int, borne: str) -> None:
    agency, _ = read(WHOLE)
    assert agency is not None
    assert agency.name_in(year).official == borne


def test_year_before_all_names_has_the_oldest() -> None:
    names = (AgencyName(name=name("新"), since=2016), AgencyName(name=name("旧"), since=2010))
    assert Agency(id="a", names=names, place=Place(file=FILE)).name_in(2000) == name("旧")


@pytest.mark.parametrize(
    ("text", "check", "line", "column"),
    [
        ("", "agency-empty", 0, 0),
        ("~\n", "agency-empty", 0, 0),
        ("- 某局\n", "mapping-expected", 1, 1),
        ("某局\n", "mapping-expected", 1, 1),
        ("name：某局\n", "colon-full-width", 1, 1),
        ("name: [\n", "yaml-bracket", 2, 1),
    ],
)
def test_file_that_says_nothing_is_told_once(text: str, check: str, line: int, column: int) -> None:
    agency, findings = read(text)
    assert agency is None
    assert [(each.check, each.place.line, each.place.column) for each in findings] == [(check, line, column)]


@pytest.mark.parametrize("text", ["kind: township\n", "name:\n", 'name: ""\n', "name: {}\n", "name: {zh-CN: }\n"])
def test_agency_without_a_name_is_told_and_called_by_its_id(text: str) -> None:
    agency, findings = read(text)
    assert [finding.check for finding in findings] == ["key-missing"]
    assert agency is not None
    assert agency.name == name("office")


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("nmae: 甲", [("key-unknown", 2, 1)]),
        ("kind: 街道", [("choice-unknown", 2, 7)]),
        ("contact: 某路1号", [("mapping-expected", 2, 10)]),
        ("contact: {fax: 1}", [("key-unknown", 2, 11)]),
        ("contact: {phone: [1, 2]}", [("text-expected", 2, 18)]),
        ("identifiers: [甲]", [("mapping-expected", 2, 14)]),
        ("former_names: {name: 甲, until: 2010}", [("list-expected", 2, 15)]),
        ("former_names: [甲]", [("mapping-expected", 2, 16)]),
        ("former_names: [{name: 甲}]", [("key-missing", 2, 16)]),
        ("former_names: [{until: 2010}]", [("key-missing", 2, 16)]),
        ("former_names: [{name: 甲, until: 二〇一〇}]", [("integer-expected", 2, 33)]),
        ("former_names: [{name: 甲, until: 2010, from: 2000}]", [("key-unknown", 2, 39)]),
        ("former_names: [{name: 甲, until: 2010}, {name: 乙, until: 2010}]", [("name-year-twice", 2, 57)]),
    ],
)
def test_mistake_is_told_at_its_place(text: str, mistakes: list[tuple[str, int, int]]) -> None:
    _, findings = read(f"name: 某局\n{text}\n")
    assert [(each.check, each.place.line, each.place.column) for each in findings] == mistakes


def test_kinds_to_choose_from_are_those_of_the_forms() -> None:
    _, (finding,) = read("name: 某局\nkind: 街道\n")
    assert dict(finding.facts) == {"key": "kind", "found": "街道", "choices": "department, township"}


@given(st.lists(st.integers(1949, 2030), unique=True, max_size=6), st.integers(1900, 2100))
def test_every_year_has_the_name_that_ended_first_after_it(ends: list[int], year: int) -> None:
    listed = "".join(f"  - {{name: 到{end}年, until: {end}}}\n" for end in ends)
    agency, findings = read(f"name: 现名\nformer_names:\n{listed}")
    assert findings == []
    assert agency is not None
    later = [end for end in ends if end >= year]
    assert agency.name_in(year).official == (f"到{min(later)}年" if later else "现名")


@settings(deadline=None)
@given(st.binary(), st.booleans())
def test_any_bytes_are_an_agency_or_told(content: bytes, named: bool) -> None:
    problems = Problems()
    with problems.gather():
        source = decode(("name: 某局\n".encode() if named else b"") + content, "agency.yaml")
        assert read_agency(source, "a", (), "zh-CN", problems) is not None or problems.findings
    assert all(finding.place.file == "agency.yaml" for finding in problems.findings)


def test_former_addresses_are_limited() -> None:
    agency, findings = read("name: 某局\naliases:" + "".join(f"\n  - old{number}/" for number in range(102)))
    assert agency is not None
    assert len(agency.aliases) == 100
    assert [(f.check, f.place.line, dict(f.facts)) for f in findings] == [
        ("alias-too-many", 103, {"number": 102, "limit": 100})
    ]
