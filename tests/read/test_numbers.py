"""Figures from text: one spelling for each type, every other refused with the right one where that is certain."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import ContentError, Finding
from gaisite.model.content import Figure, State
from gaisite.model.tables import FigureType
from gaisite.read.files import Source
from gaisite.read.nodes import Scalar
from gaisite.read.numbers import MAX_DIGITS, read_figure

COUNT, CHANGE, AMOUNT = FigureType.COUNT, FigureType.CHANGE, FigureType.AMOUNT
SOURCE = Source(file="figures.yaml", text="")


def read(text: str, type: FigureType, *, plain: bool = True) -> Figure:
    return read_figure(SOURCE, Scalar(text, 7, 5, plain), type, "t.r.c")


def refuse(text: str, type: FigureType) -> tuple[str, object]:
    """The check that refuses a text, and the spelling that it wants."""
    finding = find(text, type)
    return finding.check, dict(finding.facts).get("wanted")


def find(text: str, type: FigureType) -> Finding:
    with pytest.raises(ContentError) as caught:
        read(text, type)
    finding = caught.value.finding
    assert (finding.at, finding.place.file, finding.place.line, finding.place.column) == ("t.r.c", "figures.yaml", 7, 5)
    return finding


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("0", COUNT, 0),
        ("28", COUNT, 28),
        ("9" * MAX_DIGITS, COUNT, 10**MAX_DIGITS - 1),
        ("0", CHANGE, 0),
        ("+10", CHANGE, 10),
        ("＋10", CHANGE, 10),
        ("＋335", CHANGE, 335),
        ("-18", CHANGE, -18),
        ("－18", CHANGE, -18),
        ("−18", CHANGE, -18),
        ("7", CHANGE, 7),
        ("0", AMOUNT, Decimal(0)),
        ("52.6540", AMOUNT, Decimal("52.6540")),
        ("0.10", AMOUNT, Decimal("0.10")),
        ("123456789.123456", AMOUNT, Decimal("123456789.123456")),
    ],
)
def test_number_is_kept_as_published(text: str, type: FigureType, value: int | Decimal) -> None:
    assert read(text, type) == Figure(State.NUMBER, value, text, line=7, column=5)


def test_last_zeros_of_an_amount_stay() -> None:
    assert str(read("52.6540", AMOUNT).value) == "52.6540"


@pytest.mark.parametrize("type", list(FigureType))
@pytest.mark.parametrize(
    ("text", "plain"), [("", True), ("~", True), ("null", True), ("NULL", True), ("", False), ("　", False)]
)
def test_nothing_written_is_blank_and_never_zero(text: str, plain: bool, type: FigureType) -> None:
    assert read(text, type, plain=plain) == Figure(State.BLANK, line=7, column=5)


@pytest.mark.parametrize("type", list(FigureType))
@pytest.mark.parametrize("text", ["n/a", "N/A", "不适用"])
def test_not_applicable_is_a_state_of_its_own(text: str, type: FigureType) -> None:
    assert read(text, type) == Figure(State.NOT_APPLICABLE, text=text, line=7, column=5)


@pytest.mark.parametrize("type", list(FigureType))
@pytest.mark.parametrize("text", ["/", "／", "-", "－", "—", "——", "–", "无", "没有", "none", "nil", ".", " / "])
def test_stroke_is_refused_as_nobody_knows_what_it_means(text: str, type: FigureType) -> None:
    assert refuse(text, type) == ("figure-stroke", None)


@pytest.mark.parametrize(
    ("text", "type", "check", "wanted"),
    [
        ("010", COUNT, "figure-spelling", "10"),
        ("000", COUNT, "figure-spelling", "0"),
        ("+5", COUNT, "figure-spelling", "5"),
        ("２８", COUNT, "figure-spelling", "28"),
        ("28　", COUNT, "figure-spelling", "28"),
        ("28\u00a0", COUNT, "figure-spelling", "28"),
        ("1,024", COUNT, "figure-spelling", "1024"),
        ("1，024", COUNT, "figure-spelling", "1024"),
        ("1,024,000", COUNT, "figure-spelling", "1024000"),
        ("1 024", COUNT, "figure-spelling", "1024"),
        ("1_000", COUNT, "figure-spelling", "1000"),
        ("+010", CHANGE, "figure-spelling", "+10"),
        ("＋　１０", CHANGE, "figure-spelling", "+10"),
        ("- 18", CHANGE, "figure-spelling", "-18"),
        ("﹣18", CHANGE, "figure-spelling", "-18"),
        ("0" + "1" * MAX_DIGITS, COUNT, "figure-spelling", "1" * MAX_DIGITS),
        ("－1,024", CHANGE, "figure-spelling", "-1024"),
        ("1,024.50", AMOUNT, "figure-spelling", "1024.50"),
        ("５２．６５４０", AMOUNT, "figure-spelling", "52.6540"),
        ("+52.6540", AMOUNT, "figure-spelling", "52.6540"),
        ("-5", COUNT, "figure-negative", None),
        ("－5", COUNT, "figure-negative", None),
        ("-5.00", AMOUNT, "figure-negative", None),
        ("28.0", COUNT, "figure-decimal", None),
        ("1.024", COUNT, "figure-decimal", None),
        ("+1.5", CHANGE, "figure-decimal", None),
        ("1" * (MAX_DIGITS + 1), COUNT, "figure-too-long", None),
        ("0" + "1" * (MAX_DIGITS + 1), COUNT, "figure-too-long", None),
        ("1." + "0" * MAX_DIGITS, AMOUNT, "figure-too-long", None),
        ("2\u200b8", COUNT, "yaml-invisible", None),
        ("\u202e28", COUNT, "yaml-invisible", None),
    ],
)
def test_wrong_spelling_is_refused_with_the_right_one(
    text: str, type: FigureType, check: str, wanted: str | None
) -> None:
    assert refuse(text, type) == (check, wanted)


@pytest.mark.parametrize("type", list(FigureType))
@pytest.mark.parametrize(
    "text",
    [
        "0o17", "0x1F", "12:30", "1e3", "1e999", ".nan", ".inf", "NO", "yes", "true", "2020-12-31", "2020-13-45", "28件", "约28",
        "<1", "二十八", "“28”", "28#", "1.2.3", "1.", ".5", "+", "++1", "١٢", "५", "a\nb", "1/2", "50%", "¥5", "N/a", "nUll",
    ],
)  # fmt: skip
def test_what_is_no_figure_of_its_type_is_named_so(text: str, type: FigureType) -> None:
    assert refuse(text, type) == (f"figure-{type}", None)


@pytest.mark.parametrize(
    "text", ["1,5", "12 34", "1,0000", "1234,567", "1,,024", ",024", "1,024,00", "5²", "28①", "①", "½", "5㎡"]
)
def test_no_spelling_is_proposed_where_the_number_is_not_certain(text: str) -> None:
    assert refuse(text, COUNT) == ("figure-count", None)


def test_message_shows_what_is_there_in_one_short_line() -> None:
    finding = find("x\n" + "甲" * 5000, COUNT)
    assert dict(finding.facts) == {"found": "x " + "甲" * 37 + "…"}
    assert dict(find("2\u200b8", COUNT).facts) == {"key": "2�8"}
    assert dict(find("9" * 5000, COUNT).facts) == {"found": "9" * 39 + "…", "limit": MAX_DIGITS}


def test_whole_text_is_underlined() -> None:
    assert find("二十八件", COUNT).place.length == 4


@given(number=st.integers(0, 10**MAX_DIGITS - 1))
def test_every_count_keeps_value_and_text(number: int) -> None:
    assert read(str(number), COUNT) == Figure(State.NUMBER, number, str(number), line=7, column=5)


@given(number=st.integers(0, 10**10), sign=st.sampled_from(["", "+", "-", "＋", "－", "−"]))
def test_every_change_keeps_value_and_text(number: int, sign: str) -> None:
    figure = read(f"{sign}{number}", CHANGE)
    assert figure.text == f"{sign}{number}"
    assert figure.value == (-number if sign in "-－−" and sign else number)


@given(whole=st.integers(0, 10**9), decimals=st.text("0123456789", max_size=6))
def test_every_amount_keeps_value_and_text(whole: int, decimals: str) -> None:
    text = f"{whole}.{decimals}" if decimals else str(whole)
    figure = read(text, AMOUNT)
    assert (figure.value, figure.text) == (Decimal(text), text)
    assert isinstance(figure.value, Decimal)


anything = st.text() | st.text("0123456789+-＋－.,，_ 　：:/０１２９\u200b件e①²")


@given(text=anything, type=st.sampled_from(FigureType), plain=st.booleans())
def test_any_text_is_a_figure_as_written_or_refused(text: str, type: FigureType, plain: bool) -> None:
    try:
        figure = read(text, type, plain=plain)
    except ContentError as error:
        check_refusal(error.finding, type)
        return
    assert (figure.line, figure.column, figure.computed) == (7, 5, False)
    if figure.state is State.NUMBER:
        assert figure.text == text
        assert any(digit in text for digit in "0123456789")
    else:
        assert figure.value is None
        assert not any(digit in text for digit in "0123456789")


def check_refusal(finding: Finding, type: FigureType) -> None:
    """The proposed spelling is itself accepted; what is shown is short."""
    facts = dict(finding.facts)
    assert len(str(facts.get("found", ""))) <= 40
    if "wanted" in facts:
        assert read(str(facts["wanted"]), type).state is State.NUMBER
