"""The grammar of `[[…]]`: names, signs between spaces, flags; whatever else is typed is refused, nothing is evaluated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import ContentError, Place
from gaisite.read.bindings import MAX_REFERENCES, Direction, Operation, read_binding

SIGNS = st.sampled_from(
    ["+", "-", "/", "->", "→", "−", "＋", "：", ":", ">", "›", "#", "2020", " ", "a", "甲", "{{", "."]
)


def place(offset: int, length: int) -> Place:
    return Place(file="report.md", line=1, column=offset + 3, length=length)


def read(text: str) -> tuple[str, list[tuple[int | None, tuple[str, ...], bool]]]:
    binding = read_binding(text, place)
    return binding.operation, [(each.year, each.path, each.taken) for each in binding.references]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("applications.new.total", ("applications", "new", "total")),
        ("  applications.new.total  ", ("applications", "new", "total")),
        ("（一）予以公开 > 自然人", ("（一）予以公开", "自然人")),
        ("予以公开›自然人", ("予以公开", "自然人")),
        ("予以公开＞自然人", ("予以公开", "自然人")),
        ("本年增/减", ("本年增/减",)),
        ("handled.granted > 自然人", ("handled", "granted", "自然人")),
        ("1.属于国家秘密", ("1.属于国家秘密",)),
        ("Fee-Related Reason", ("Fee-Related Reason",)),
        ("a+b", ("a+b",)),
    ],
)
def test_a_name_is_a_path_of_ids_and_labels(text: str, path: tuple[str, ...]) -> None:
    assert read(text) == (Operation.SUM, [(None, path, False)])


@pytest.mark.parametrize("text", ["2019:new", "2019：new", " 2019 : new", "２０１９：new"])
def test_a_year_stands_before_the_name(text: str) -> None:
    assert read(text) == (Operation.SUM, [(2019, ("new",), False)])


@pytest.mark.parametrize(
    ("text", "operation", "taken"),
    [
        ("a + b", Operation.SUM, [False, False]),
        ("a ＋ b\n+ c", Operation.SUM, [False, False, False]),
        ("a - b", Operation.SUM, [False, True]),
        ("a − b + c", Operation.SUM, [False, True, False]),
        ("a / b", Operation.SHARE, [False, False]),
        ("a ÷ b", Operation.SHARE, [False, False]),
        ("a -> b", Operation.CHANGE, [False, False]),
        ("2019:a → a", Operation.CHANGE, [False, False]),
    ],
)
def test_signs_between_spaces_put_figures_together(text: str, operation: Operation, taken: list[bool]) -> None:
    binding = read_binding(text, place)
    assert binding.operation is operation
    assert [each.taken for each in binding.references] == taken


@pytest.mark.parametrize(
    ("text", "bare", "direction"),
    [
        ("a", False, None),
        ("# a", True, None),
        ("＃a", True, None),
        ("+ a", False, Direction.UP),
        ("- a", False, Direction.DOWN),
        ("# − a - b", True, Direction.DOWN),
    ],
)
def test_flags_stand_first(text: str, bare: bool, direction: Direction | None) -> None:
    binding = read_binding(text, place)
    assert (binding.bare, binding.direction) == (bare, direction)
    assert binding.references[0].path == ("a",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "#",
        "a + ",
        " + a + b +  ",
        "a / b / c",
        "a + b / c",
        "a -> b -> c",
        "a >",
        "> a",
        "2019:",
        "a > > b",
    ],
)
def test_what_is_no_binding_is_refused_whole(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_binding(text, place)
    finding = caught.value.finding
    assert (finding.check, finding.place.column, finding.place.length) == ("bound-syntax", 1, len(text) + 4)


def test_there_is_a_most_to_add_up() -> None:
    assert len(read_binding(" + ".join(["a"] * MAX_REFERENCES), place).references) == MAX_REFERENCES
    with pytest.raises(ContentError):
        read_binding(" + ".join(["a"] * (MAX_REFERENCES + 1)), place)


def test_a_reference_knows_where_it_stands() -> None:
    text = "# new  +  2020：办理结果 > 自然人 "
    spans = [text[each.start : each.start + each.length] for each in read_binding(text, place).references]
    assert spans == ["new", "2020：办理结果 > 自然人"]


@given(st.lists(SIGNS, max_size=14).map("".join))
def test_any_text_is_a_binding_or_refused(text: str) -> None:
    try:
        binding = read_binding(text, place)
    except ContentError as error:
        assert error.finding.check == "bound-syntax"
        return
    for each in binding.references:
        assert all(each.path)
        assert each.name
        assert text[each.start : each.start + each.length].strip() == text[each.start : each.start + each.length] != ""
