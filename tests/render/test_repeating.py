"""The filter `each` prints what calling the macro for each part would."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from gaisite.render import repeating
from gaisite.render.parts import DataCell
from gaisite.render.repeating import Repeater, Shared, escape_once

TEXTS = st.sampled_from(["", "1", "<b>", "a & b", "a'b\""])
CELLS = st.lists(st.builds(DataCell, headers=TEXTS, id=TEXTS, text=TEXTS, computed=st.booleans()))


def write(cell: DataCell, besides: str = "") -> str:
    """A macro: everything escaped."""
    encode = repeating.encode
    ids = (f' id="{encode(cell.id)}"' if cell.id else "") + f' headers="{encode(cell.headers)}"'
    return f"<td{ids}>{encode(cell.text)}{besides}{'*' if cell.computed else ''}</td>"


@given(CELLS, CELLS)
def test_it_prints_the_same(first: list[DataCell], second: list[DataCell]) -> None:
    repeater = Repeater()
    for cells in (first, second, first):
        assert repeater.each(cells, write) == "".join(map(write, cells))
        assert repeater.each(cells, write, "!") == "".join(write(cell, "!") for cell in cells)


def test_the_macro_is_called_once_for_those_alike() -> None:
    calls: list[DataCell] = []

    def count(cell: DataCell) -> str:
        calls.append(cell)
        return write(cell)

    Repeater().each([DataCell(headers=str(number), id=f"c{number}", text="0") for number in range(9)], count)
    assert len(calls) == 1


def test_shared_cells_are_printed_once_for_each_macro() -> None:
    calls: list[str] = []

    def count(cell: DataCell, besides: str = "") -> str:
        calls.append(cell.text)
        return write(cell, besides)

    repeater = Repeater()
    cells = [DataCell(headers="h", text="1"), DataCell(headers="h", text="2")]
    stores: list[repeating.Store] = [{}, {}]
    row = Shared(cells, stores)
    for _ in range(2):
        assert repeater.each(row, count) == "".join(map(write, cells))
        assert repeater.each(row, count, "!") == "".join(write(cell, "!") for cell in cells)
    assert calls == ["1", "2", "1", "2"]
    other = Shared([cells[1], DataCell(headers="h", text="3")], [stores[1], {}])
    assert repeater.each(other, count) == write(cells[1]) + write(other[1])
    assert calls == ["1", "2", "1", "2", "3"]


def test_markup_and_the_same_text_are_not_confused() -> None:
    for _ in range(2):
        assert escape_once(Markup("<b>")) == "<b>"
        assert escape_once("<b>") == "&lt;b&gt;"
        assert escape_once("<b>" * 100) == "&lt;b&gt;" * 100
        assert escape_once(7) == "7"


def test_it_forgets_when_there_is_too_much() -> None:
    repeater = Repeater()
    cells = [DataCell(headers="h", text=str(number)) for number in range(repeating.LIMIT + 1)]
    assert repeater.each(cells, write) == "".join(map(write, cells))
    assert not repeater.printed[write, ()]
