"""YAML as nodes: text stays as written, every mistake has its place, no input hangs or ends the process."""

import time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gaisite.findings import Finding, Problems
from gaisite.read import nodes
from gaisite.read.files import Source
from gaisite.read.nodes import MAX_DEPTH, MAX_KEY, MAX_NODES, ListNode, MappingNode, Node, Scalar, read_nodes

# What a loader that constructs values makes of these is in reference/reliability.md: False, 8, 750, 52.654, a date, nan …
TRAPS = [
    "010", "0010", "0o17", "0x1F", "12:30", "12:30:45", "1e3", "1e999", ".nan", ".inf", "-.INF", "+10", "52.6540", "1_000",
    "NO", "no", "off", "Yes", "y", "on", "true", "２８", "＋10", "1,000", "335件", "/", "—", "2020-12-31", "2020-13-45",
    "2020-12-31T10:00:00Z", "=", "9" * 5000, "0" * 5000, "~a", "nulls",
]  # fmt: skip


def read(text: str) -> tuple[Node | None, list[Finding]]:
    problems = Problems()
    return read_nodes(Source(file="f.yaml", text=text), problems), problems.findings


def refuse(text: str) -> tuple[str, int, int]:
    """Check, line and column of the only mistake in a text that cannot be read."""
    root, findings = read(text)
    assert root is None
    (finding,) = findings
    assert finding.place.file == "f.yaml"
    return finding.check, finding.place.line, finding.place.column


def facts(text: str) -> dict[str, object]:
    return dict(read(text)[1][0].facts)


def plain(node: Node | None) -> Any:
    """A node as YAML would construct it, were everything text."""
    if isinstance(node, MappingNode):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return node.text if node else None


def list_scalars(node: Node | None) -> list[Scalar]:
    if isinstance(node, MappingNode):
        return [scalar for key, value in node.entries for scalar in (key, *list_scalars(value))]
    if isinstance(node, ListNode):
        return [scalar for item in node.items for scalar in list_scalars(item)]
    return [node] if node else []


@pytest.mark.parametrize("text", TRAPS)
def test_text_stays_as_written(text: str) -> None:
    root, findings = read(f"a: {text}\n")
    assert findings == []
    assert plain(root) == {"a": text}


@pytest.mark.parametrize("key", ["NO", "010", "12:30", "1e3", "~", "null", "２８", "=", "自然人", "2020-12-31"])
def test_key_stays_as_written(key: str) -> None:
    assert plain(read(f"{key}: 1\n")[0]) == {key: "1"}


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "\n# nothing\n"])
def test_file_without_content_has_no_root(text: str) -> None:
    assert read(text) == (None, [])


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_written_is_null_and_quoted_words_are_not(text: str) -> None:
    (value,) = list_scalars(read(f"a: {text}\n")[0])[1:]
    assert value.is_null
    (quoted,) = list_scalars(read(f"a: '{text}'\n")[0])[1:]
    assert not quoted.is_null


def test_places_count_characters_not_bytes_or_columns_on_the_screen() -> None:
    root, _ = read("数据:\n  - {自然人: 28, 𠮷: '总　计', 合计: }\n")
    assert [(scalar.text, scalar.line, scalar.column) for scalar in list_scalars(root)] == [
        ("数据", 1, 1), ("自然人", 2, 6), ("28", 2, 11), ("𠮷", 2, 15), ("总　计", 2, 18), ("合计", 2, 25), ("", 2, 29),
    ]  # fmt: skip
    assert isinstance(root, MappingNode)
    items = root.entries[0][1]
    assert isinstance(items, ListNode)
    assert (items.line, items.column, items.items[0].line, items.items[0].column) == (2, 3, 2, 5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_count_alike(end: str) -> None:
    root, findings = read(end.join(["a: 1", "", "b:", "  c: 2", ""]))
    assert findings == []
    assert [(scalar.text, scalar.line, scalar.column) for scalar in list_scalars(root)] == [
        ("a", 1, 1), ("1", 1, 4), ("b", 3, 1), ("c", 4, 3), ("2", 4, 6),
    ]  # fmt: skip


def test_repeated_key_is_noted_with_both_lines_and_the_first_kept() -> None:
    root, findings = read("甲: 1\n乙: 2\n'甲': 3\n")
    assert plain(root) == {"甲": "1", "乙": "2"}
    (finding,) = findings
    assert (finding.check, finding.place.line, finding.place.column, finding.place.length) == ("key-duplicate", 3, 1, 1)
    assert dict(finding.facts) == {"key": "甲", "first": 1}


def test_repeated_key_does_not_hide_the_mistakes_after_it() -> None:
    root, findings = read("a: 1\na: {b: 2, b: 3}\nc: 4\nc: 5\n")
    assert [(finding.check, finding.place.line) for finding in findings] == [
        ("key-duplicate", 2), ("key-duplicate", 2), ("key-duplicate", 4),
    ]  # fmt: skip
    assert plain(root) == {"a": "1", "c": "4"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("甲: &a 1\n", ("yaml-alias", 1, 4)),
        ("&a 甲: 1\n", ("yaml-alias", 1, 1)),
        ("甲: *a\n", ("yaml-alias", 1, 4)),
        ("*a : 1\n", ("yaml-alias", 1, 1)),
        ("甲: {}\n<<: {b: 1}\n", ("yaml-alias", 2, 1)),
        ("甲: &a [1]\n", ("yaml-alias", 1, 4)),
        ("甲: !!int 1\n", ("yaml-tag", 1, 4)),
        ("甲: ! 1\n", ("yaml-tag", 1, 4)),
        ("!!python/object/apply:os.system [x]\n", ("yaml-tag", 1, 1)),
        ("甲: 1\n---\n乙: 2\n", ("yaml-documents", 2, 1)),
        ("甲: 1\n...\n---\n乙: 2\n", ("yaml-documents", 3, 1)),
        ("甲: 1\n? [乙]\n: 2\n", ("yaml-key", 2, 3)),
        ("{甲: 1, {乙: 2}: 3}\n", ("yaml-key", 1, 8)),
        ('"甲\\u200b": 1\n', ("yaml-invisible", 1, 1)),
        ("乙: 1\n甲\u202e: 1\n", ("yaml-invisible", 2, 1)),
    ],
)
def test_what_is_more_than_keys_lists_and_text_is_refused_at_its_place(text: str, place: tuple[str, int, int]) -> None:
    assert refuse(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("数据: 1\n总计：28\n甲: 3\n", ("yaml-full-width-colon", 2, 3)),
        ("数据:\n  总计：28\n  乙: 2\n", ("yaml-full-width-colon", 2, 5)),
        ("- 总计：28\n  甲: 3\n", ("yaml-full-width-colon", 1, 5)),
        ("数据:\n\t- 甲\n", ("yaml-tab", 2, 1)),
        ("\t数据: 1\n", ("yaml-tab", 1, 1)),
        ("数据: 1\n  甲: 2\n", ("yaml-mapping", 2, 4)),
        ("数据: 甲: 乙\n", ("yaml-mapping", 1, 6)),
        ("数据: {甲: 1, 乙: 2\n丙: 3\n", ("yaml-bracket", 2, 2)),
        ("数据: {甲: 1 # 说明}\n", ("yaml-bracket", 2, 1)),
        ("数据: [甲\n", ("yaml-bracket", 2, 1)),
        ('数据: "甲\n', ("yaml-syntax", 2, 1)),
        ("@甲: 1\n", ("yaml-syntax", 1, 1)),
        ("数据: `甲`\n", ("yaml-syntax", 1, 5)),
        ("数据: 1\n甲\n", ("yaml-syntax", 3, 1)),
        ('数据: "\\ud800"\n', ("yaml-syntax", 1, 8)),
        ("%YAML 9.9\n---\na: 1\n", ("yaml-syntax", 1, 1)),
    ],
)
def test_what_is_no_yaml_is_explained_where_it_went_wrong(text: str, place: tuple[str, int, int]) -> None:
    assert refuse(text) == place


def test_open_bracket_names_the_line_in_which_it_was_opened() -> None:
    assert facts("甲: 1\n数据: {甲: 1,\n  乙: 2\n丙: 3\n") == {"opened": 2}


def test_full_width_colon_names_the_key_that_it_ends() -> None:
    assert facts("数据: 1\n总计：28\n甲: 3\n") == {"text": "总计："}


@pytest.mark.parametrize(
    "text",
    [
        "说明: 注意：甲\n数据: [甲\n",
        "'注意：': 甲\n数据: [甲\n",
        "说明: |\n  注意：甲\n数据: [甲\n",
        "说明: 甲\n  注意：乙\n数据: [甲\n",
    ],
)
def test_full_width_colon_in_a_text_is_not_blamed(text: str) -> None:
    assert refuse(text)[0] == "yaml-bracket"


def test_full_width_colon_far_above_is_not_blamed() -> None:
    assert refuse("说明: |\n  注意：甲\n\n\n数据: 乙: 丙\n")[0] == "yaml-mapping"


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("甲: 1\n乙丙: x\x00\n", (2, 6), "U+0000"),
        ("甲: 1\r\n乙丙: \x07\r\n", (2, 5), "U+0007"),
        ("甲: \x0c\n", (1, 4), "U+000C"),
        ("甲: \ufffe\n", (1, 4), "U+FFFE"),
        ('甲: 1\n乙: "x\\0y"\n', (2, 4), "U+0000"),
        ('甲: ["\\e[31m"]\n', (1, 5), "U+001B"),
        ('甲: "\\L"\n', (1, 4), "U+2028"),
        ('甲: "\\N"\n', (1, 4), "U+0085"),
        ('甲: "\\uFFFF"\n', (1, 4), "U+FFFF"),
        ('"\\a": 1\n', (1, 1), "U+0007"),
    ],
)
def test_control_characters_are_refused_raw_and_escaped(text: str, place: tuple[int, int], code: str) -> None:
    assert refuse(text) == ("yaml-character", *place)
    assert facts(text) == {"code": code}


def test_harmless_escapes_are_read() -> None:
    assert plain(read('a: "\\t\\n\\u4e2d\\"\\\\"\n')[0]) == {"a": '\t\n中"\\'}


@pytest.mark.parametrize("break_", ["\u0085", "\u2028", "\u2029"])
def test_line_breaks_that_no_editor_knows_are_refused(break_: str) -> None:
    assert refuse(f"\n甲: 1\n乙: 二{break_}三\n") == ("yaml-line-break", 3, 5)
    assert facts(f"甲: 1\n乙: 二{break_}三\n") == {"code": f"U+{ord(break_):04X}"}


def test_limits_hold_exactly() -> None:
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert read(deepest)[1] == []
    assert refuse(f"[{deepest}]") == ("yaml-too-deep", 1, MAX_DEPTH + 1)
    most = "[" + ",\n".join(["1"] * (MAX_NODES - 1)) + "]"
    assert read(most)[1] == []
    assert refuse(most.replace("]", ", 1]")) == ("yaml-too-many", MAX_NODES - 1, 4)


@pytest.mark.parametrize("opened", ["[", "{", "{a: ", "[{a: ", "- ", "? ", "[? ", '{"', "&a [", "!x {"])
def test_nesting_a_hundred_thousand_deep_is_refused_at_once(opened: str) -> None:
    begun = time.process_time()
    assert refuse(opened * 100_000)[1] == 1
    assert time.process_time() - begun < 1


def make_alias_bomb() -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 13)]
    return "\n".join(lines)


def make_merge_bomb() -> str:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}" for level in range(1, 9)]
    return "\n".join(lines)


@pytest.mark.parametrize("bomb", [make_alias_bomb(), make_merge_bomb()], ids=["aliases", "merge keys"])
def test_bombs_are_refused_at_once(bomb: str) -> None:
    begun = time.process_time()
    assert refuse(bomb) == ("yaml-alias", 1, 5)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    "text",
    [
        "甲: 1\n乙: [x, {丙: 四}]\n",
        "甲: \x07",
        "[" * 1000,
        "甲：1\n乙: 2\n",
        "a: &b 1",
        "a: [",
        'a: "\\0"',
        "a: 1\n--- b",
    ],
)
def test_pyyaml_without_its_c_library_reads_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read(text)
    monkeypatch.setattr(nodes, "Loader", yaml.SafeLoader)
    slow = read(text)
    assert slow[0] == fast[0]
    assert [finding.check for finding in slow[1]] == [finding.check for finding in fast[1]]


# Everything that a file may hold, but for what is refused on purpose.
written = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"])
    | st.sampled_from("\n\t -:#'\"{}[]&*!|>%@`：")
)
keys = written.filter(lambda text: nodes.INVISIBLE.search(text) is None)
trees = st.recursive(
    written, lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=4), max_leaves=12
)


@settings(max_examples=150, deadline=None)
@given(tree=trees, flow=st.sampled_from([True, False, None]), width=st.sampled_from([20, 10_000]))
def test_what_yaml_writes_is_read_back_as_text(tree: Any, flow: bool | None, width: int) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=width, sort_keys=False)
    root, findings = read(text)
    assert findings == []
    assert plain(root) == tree


@settings(max_examples=100, deadline=None)
@given(tree=trees)
def test_every_plain_text_stands_where_its_node_says(tree: Any) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, width=10_000)
    lines = text.split("\n")
    for scalar in list_scalars(read(text)[0]):
        if scalar.plain:
            assert lines[scalar.line - 1][scalar.column - 1 :].startswith(scalar.text)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("{}[]:,-?&*!|>'\"#%@`~<= \n\r\tab中：，\x00\x85\u2028\ufeff\U00020bb7\\0")) | st.text())
def test_any_text_is_read_or_refused_inside_it(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode("utf-8")
    root, findings = read(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in findings:
        assert 1 <= finding.place.line <= len(lines) + 1
        assert finding.place.column >= 1
    assert root is None or isinstance(root, Scalar | ListNode | MappingNode)


def test_key_has_a_largest_length() -> None:
    assert read(f"? {'甲' * MAX_KEY}\n: 1")[1] == []
    assert refuse(f"? {'甲' * (MAX_KEY + 1)}\n: 1") == ("yaml-key-too-long", 1, 3)
