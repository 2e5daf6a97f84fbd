"""Fields of a mapping: each mistake is noted once, at its place, and something neutral returned."""

import pytest

from gaisite.findings import Problems
from gaisite.read.fields import MAX_NAME, MAX_SUGGESTIONS, MAX_TEXT, Fields, describe, nearest, read_mapping
from gaisite.read.files import Source
from gaisite.read.nodes import ListNode, MappingNode, Scalar, read_nodes
from gaisite.texts import Texts


def read(text: str, *known: str) -> Fields:
    """The fields of a file; its problems are those of the fields."""
    problems = Problems()
    source = Source(file="f.yaml", text=text)
    return Fields(source, read_nodes(source, problems), problems, known or ("k",))


def told(fields: Fields) -> list[tuple[str, int, int, int]]:
    """Check, line, column and length of each finding."""
    return [(each.check, each.place.line, each.place.column, each.place.length) for each in fields.problems.findings]


def facts(fields: Fields) -> dict[str, object]:
    return dict(fields.problems.findings[0].facts)


def test_unknown_keys_are_noted_with_the_nearest_known_one() -> None:
    fields = read("标题: 甲\ntitel: 甲\nxyz: 1\ntitle: 乙\n", "title", "owner")
    assert told(fields) == [("key-unknown", 1, 1, 2), ("key-unknown", 2, 1, 5), ("key-unknown", 3, 1, 3)]
    assert [dict(each.facts)["near"] for each in fields.problems.findings] == ["", "title", ""]
    assert fields.text("title") == "乙"


@pytest.mark.parametrize(("text", "found"), [("just text\n", "just text"), ("- a\n", "[…]"), ('""\n', "")])
def test_anything_but_a_mapping_is_noted_once_whatever_is_asked_for(text: str, found: str) -> None:
    fields = read(text)
    assert fields.text("k", required=True) == ""
    assert fields.integer("k", required=True) is None
    assert [check for check, *_ in told(fields)] == ["mapping-expected"]
    assert facts(fields) == {"found": found}


@pytest.mark.parametrize("text", ["", "~\n", "# nothing\n"])
def test_what_is_required_is_missing_where_nothing_is_written(text: str) -> None:
    fields = read(text)
    assert fields.text("k") == ""
    assert told(fields) == []
    assert fields.text("k", required=True) == ""
    assert [check for check, *_ in told(fields)] == ["key-missing"]


@pytest.mark.parametrize("value", ["", "~", "null", '""', "''", '"  "', "'　'"])
def test_nothing_written_is_missing_however_it_is_spelt(value: str) -> None:
    fields = read(f"k: {value}\n")
    assert (fields.text("k"), fields.texts("k", "zh-CN"), fields.integer("k"), fields.strings("k")) == (
        "",
        None,
        None,
        (),
    )
    assert told(fields) == []
    assert fields.text("k", required=True) == ""
    assert told(fields) == [("key-missing", 1, 1, 1)]
    assert facts(fields) == {"key": "k"}


@pytest.mark.parametrize("value", ["", '""', "{}", "{zh-CN: }", '{zh-CN: "", en: ~}'])
def test_text_without_words_in_any_language_is_missing(value: str) -> None:
    fields = read(f"k: {value}\n")
    assert fields.texts("k", "zh-CN") is None
    assert told(fields) == []
    assert fields.texts("k", "zh-CN", required=True) is None
    assert [check for check, *_ in told(fields)] == ["key-missing"]


def test_text_is_stripped_and_composed() -> None:
    assert read('k: "　e\u0301 "\n').text("k") == "é"
    assert read("k: |\n  a\n  b\n").text("k") == "a\nb"
    assert read("k: >\n  a\n  b\n").text("k") == "a b"


def test_list_in_place_of_a_text_is_noted() -> None:
    fields = read("k: [甲]\n")
    assert fields.text("k", required=True) == ""
    assert told(fields) == [("text-expected", 1, 4, 1)]
    assert facts(fields) == {"key": "k", "found": "[…]"}


def test_text_in_one_language_is_in_the_one_that_is_meant() -> None:
    assert read("k: 甲\n").texts("k", "en") == Texts((("en", "甲"),))


def test_translations_begin_with_the_language_that_is_meant() -> None:
    fields = read("k: {en: A, fr: B, zh-CN: 甲}\n")
    assert fields.texts("k", "zh-CN") == Texts((("zh-CN", "甲"), ("en", "A"), ("fr", "B")))
    assert fields.texts("missing", "zh-CN") is None


def test_translation_that_is_empty_is_none() -> None:
    assert read("k: {zh-CN: , en: A}\n").texts("k", "zh-CN", required=True) == Texts((("en", "A"),))


def test_mistakes_in_translations_are_noted_once() -> None:
    fields = read("k: {English: A, zh-CN: [甲]}\n")
    assert fields.texts("k", "zh-CN", required=True) is None
    assert told(fields) == [("language-unknown", 1, 5, 7), ("text-expected", 1, 24, 1)]


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("2020", 2020), ("-3", -3), ("'7'", 7), ("", None), ("~", None)]
)
def test_whole_number(text: str, number: int | None) -> None:
    fields = read(f"k: {text}\n")
    assert fields.integer("k") == number
    assert told(fields) == []


@pytest.mark.parametrize("text", ["1.0", "2020年", "1e3", "９", "1_000", "9999999999", "[1]", "+1"])
def test_what_is_no_whole_number_is_noted(text: str) -> None:
    fields = read(f"k: {text}\n")
    assert fields.integer("k", required=True) is None
    assert [check for check, *_ in told(fields)] == ["integer-expected"]


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("'true'", True), ("", False)])
def test_flag(text: str, value: bool) -> None:
    fields = read(f"k: {text}\n")
    assert fields.flag("k") is value
    assert told(fields) == []


@pytest.mark.parametrize("text", ["yes", "True", "1", "on", "是", "[true]"])
def test_flag_is_true_or_false_and_nothing_else(text: str) -> None:
    fields = read(f"k: {text}\n")
    assert fields.flag("k") is False
    assert [check for check, *_ in told(fields)] == ["flag-expected"]


def test_choice_is_one_of_a_few_words() -> None:
    assert read("k: b\n").choice("k", iter("abc"), default="a") == "b"
    assert read("x: 1\n", "x").choice("k", "abc", default="a") == "a"
    fields = read("k: d\n")
    assert fields.choice("k", "abc", default="a") == "a"
    assert told(fields) == [("choice-unknown", 1, 4, 1)]
    assert facts(fields) == {"key": "k", "found": "d", "choices": "a, b, c"}
    fields = read("x: 1\n", "x")
    assert fields.choice("k", "abc", required=True) == ""
    assert [check for check, *_ in told(fields)] == ["key-missing"]


def test_single_text_is_a_list_of_one() -> None:
    assert read("k: 甲\n").strings("k") == ("甲",)
    assert read("k: [甲, 乙, ~, '', ]\n").strings("k") == ("甲", "乙")
    assert read("k: \n").strings("k") == ()
    fields = read("k: {甲: 1}\n")
    assert fields.strings("k") == ()
    assert told(fields) == [("list-expected", 1, 4, 1)]


def test_item_that_is_no_text_is_noted_and_the_others_kept() -> None:
    fields = read("k: [甲, [乙], 丙]\n")
    assert fields.strings("k") == ("甲", "丙")
    assert told(fields) == [("text-expected", 1, 8, 1)]


def test_entries_are_those_of_a_mapping() -> None:
    assert [(key.text, fields_text(node)) for key, node in read("k: {甲: 1}\n").entries("k")] == [("甲", "1")]
    assert read("k:\n").entries("k") == ()
    fields = read("k: [甲]\n")
    assert fields.entries("k") == ()
    assert told(fields) == [("mapping-expected", 1, 4, 1)]


def fields_text(node: object) -> str:
    assert isinstance(node, Scalar)
    return node.text


def test_record_is_the_mapping_inside() -> None:
    fields = read("k: {name: 甲, nmae: 乙}\n")
    assert fields.record("k", ["name"]).text("name") == "甲"
    assert told(fields) == [("key-unknown", 1, 14, 4)]
    assert read("x: 1\n", "x").record("k", ["name"]).text("name") == ""


def test_records_are_the_mappings_of_a_list() -> None:
    fields = read("k:\n  - {name: 甲}\n  - 乙\n  - {name: 丙, x: 1}\n")
    assert [record.text("name", required=True) for record in fields.records("k", iter(["name"]))] == ["甲", "", "丙"]
    assert told(fields) == [("mapping-expected", 3, 5, 1), ("key-unknown", 4, 15, 1)]


def test_place_is_that_of_the_value_or_else_of_the_mapping() -> None:
    fields = read("x: 1\nk:\n  title: 总体情况\n", "x", "k")
    inner = fields.record("k", ["title", "owner"])
    assert (inner.place("title").line, inner.place("title").column, inner.place("title").length) == (3, 10, 4)
    assert (inner.place("owner").line, inner.place("owner").column) == (3, 3)
    assert read("").place("k").line == 0


def test_text_over_several_lines_is_underlined_by_its_first_character() -> None:
    assert read('k: "a\n\n  b"\n').place("k").length == 1


def test_nearest_name_is_near_or_none() -> None:
    assert nearest("natural_persons", ["total", "natural_person"]) == "natural_person"
    assert nearest("自然人数", ["总计", "自然人"]) == "自然人"
    assert nearest("x", ["total"]) == ""
    assert nearest("x", iter([])) == ""


def test_description_is_one_short_line() -> None:
    assert describe(Scalar("a\nb", 1, 1, plain=True)) == "a b"
    assert describe(Scalar("甲" * 41, 1, 1, plain=True)) == "甲" * 39 + "…"
    assert describe(Scalar("甲" * 40, 1, 1, plain=True)) == "甲" * 40
    assert describe(MappingNode((), 1, 1)) == "{…}"
    assert describe(ListNode((), 1, 1)) == "[…]"


def load(text: str, problems: Problems) -> MappingNode | None:
    return read_mapping(Source(file="f.yaml", text=text), problems, "agency-empty")


def test_mapping_of_a_file() -> None:
    problems = Problems()
    root = load("a: 1\n", problems)
    assert root is not None
    assert [key.text for key, _ in root.entries] == ["a"]
    assert problems.findings == []


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("", "agency-empty"), ("# nothing\n", "agency-empty"), ("~\n", "agency-empty"), ("---\n", "agency-empty"),
        ("- a\n", "mapping-expected"), ("某机关\n", "mapping-expected"), ("name：某机关\n", "colon-full-width"),
        ("a: [\n", "yaml-bracket"), ("a: &b 1\n", "yaml-alias"),
    ],
)  # fmt: skip
def test_file_without_mapping_is_told_once_even_after_other_mistakes(text: str, check: str) -> None:
    problems = Problems()
    load("a: 1\na: 2\n", problems)
    assert load(text, problems) is None
    assert [finding.check for finding in problems.findings] == ["key-duplicate", check]


@pytest.mark.parametrize(("key", "limit"), [("name", MAX_NAME), ("title", MAX_NAME), ("k", MAX_TEXT)])
def test_text_has_a_largest_length(key: str, limit: int) -> None:
    longest, longer = read(f"{key}: {'甲' * limit}", key), read(f"{key}: {'甲' * (limit + 1)}", key)
    assert (longest.text(key), told(longest)) == ("甲" * limit, [])
    assert (longer.text(key), told(longer)) == ("", [("text-too-long", 1, len(key) + 3, 1)])
    assert facts(longer) == {"key": key, "length": limit + 1, "limit": limit}


@pytest.mark.parametrize("character", ["\u200b", "\u200e", "\u202e", "\u2060", "\u2067", "\ufeff", "\u00ad"])
def test_text_has_no_characters_that_nobody_sees(character: str) -> None:
    fields = read(f"k: 某{character}局")
    assert (fields.text("k"), told(fields)) == ("某局", [("text-character", 1, 4, 3)])
    assert facts(fields) == {"key": "k", "code": f"U+{ord(character):04X}"}


def test_no_name_is_looked_for_where_too_much_is_wrong() -> None:
    fields = read("\n".join(f"titl{number}: 1" for number in range(MAX_SUGGESTIONS + 2)), "title")
    near = [dict(each.facts)["near"] for each in fields.problems.findings]
    assert near == ["title"] * MAX_SUGGESTIONS + [""] * 2
