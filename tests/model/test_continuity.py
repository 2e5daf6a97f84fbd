"""What a cell was in the form before: the most specific statement decides, whatever the order of forms."""

from dataclasses import replace

import pytest

from gaisite.findings import Place
from gaisite.model.continuity import NOTHING_BEFORE, Descent, find_statement, list_summed_groups, trace_cell, weigh
from gaisite.model.forms import Continuation, Continuity, Form, Relation
from gaisite.model.tables import Address, Line, Table
from gaisite.texts import Texts

PLACE = Place(file="f.yaml")


def text(words: str) -> Texts:
    return Texts((("en", words),))


def grow(*ids: str) -> tuple[Line, ...]:
    """Lines with these ids, each below the one whose id it begins with."""

    def below(parent: str) -> tuple[Line, ...]:
        children = [id for id in ids if id.rpartition(".")[0] == parent]
        return tuple(Line(id=id, label=text(id), lines=below(id)) for id in children)

    return below("")


def table(id: str, rows: tuple[Line, ...], columns: tuple[Line, ...]) -> Table:
    return Table(id=id, caption=text(id), corner=text("x"), rows=rows, columns=columns)


def make_form(id: str, *tables: Table) -> Form:
    return Form(
        id=id, title=text("t"), short=text("s"), first_year=2000, last_year=None, notices=(), sections=(), tables=tables, checks=(),
        continuity=(),
    )  # fmt: skip


COLUMNS = grow("n", "org", "org.x", "org.y", "sum")
EARLIER = make_form("old", table("t", grow("a", "b", "b.p", "b.q", "c"), COLUMNS), table("gone", grow("a"), grow("n")))
LATER = make_form(
    "new",
    table("t", grow("a", "b", "b.p", "b.q", "b.r", "c", "c.u", "c.v"), COLUMNS),
    table("fresh", grow("a"), grow("n")),
)


def address(text: str) -> Address:
    """`table row column`, parted by spaces; `*` for every row."""
    table_id, row, column = [*text.split(), "", ""][:3]
    return Address(table=table_id, row=row.strip("*"), column=column)


def state(relation: Relation, here: str, there: str = "", note: str = "") -> Continuation:
    """A statement; several addresses of a side are parted by commas."""
    sides = [tuple(address(each) for each in side.split(",") if each) for side in (here, there)]
    return Continuation(
        relation=relation, here=sides[0], there=sides[1], note=text(note) if note else None, place=PLACE
    )


def trace(cell: str, *statements: Continuation) -> tuple[Relation, list[str], str]:
    form = replace(LATER, continuity=(Continuity(form="old", note=text("n"), continuations=statements, place=PLACE),))
    descent = trace_cell(form, EARLIER, address(cell))
    return descent.relation, [str(each) for each in descent.there], descent.note.official if descent.note else ""


SAME = state(Relation.SAME, "t", "t")


def test_form_without_continuity_continues_nothing() -> None:
    assert trace_cell(LATER, EARLIER, address("t a n")) is NOTHING_BEFORE
    assert find_statement(None, address("t a n")) is None
    assert list_summed_groups(None, "t") == frozenset()
    assert not NOTHING_BEFORE.joined


def test_cell_of_which_nothing_is_said_continues_nothing() -> None:
    assert trace("fresh a n", SAME) == (Relation.ONLY_HERE, [], "")


@pytest.mark.parametrize("cell", ["t a n", "t b.p org.x", "t b.q sum"])
def test_same_table_continues_cell_by_cell(cell: str) -> None:
    assert trace(cell, SAME) == (Relation.SAME, [cell.replace(" ", ".")], "")


def test_cell_that_the_earlier_form_does_not_have_is_only_here() -> None:
    assert trace("t b.r n", SAME) == (Relation.ONLY_HERE, [], "")
    assert trace("t b.r n", state(Relation.CAVEAT, "t", "t", "why")) == (Relation.ONLY_HERE, [], "why")


@pytest.mark.parametrize(
    ("here", "there", "cell", "continued"),
    [
        ("t b", "t b", "t b.p n", "t.b.p.n"),
        ("t b.p", "t c", "t b.p n", "t.c.n"),
        ("t b.p n", "t c sum", "t b.p n", "t.c.sum"),
        ("t * org", "t * org", "t a org.y", "t.a.org.y"),
        ("t * org.x", "t * n", "t b.p org.x", "t.b.p.n"),
        ("fresh a n", "gone a n", "fresh a n", "gone.a.n"),
        ("fresh", "gone", "fresh a n", "gone.a.n"),
    ],
)
def test_cell_stands_under_the_one_address_as_under_the_other(here: str, there: str, cell: str, continued: str) -> None:
    assert trace(cell, state(Relation.SAME, here, there)) == (Relation.SAME, [continued], "")


def test_most_specific_statement_decides_whatever_the_order() -> None:
    row = state(Relation.CAVEAT, "t a", "t c", "row")
    column = state(Relation.CAVEAT, "t * n", "t * sum", "column")
    cell = state(Relation.NOT_COMPARABLE, "t a n", "t c n", "cell")
    for statements in ((SAME, row, column, cell), (cell, column, row, SAME)):
        assert trace("t a n", *statements) == (Relation.NOT_COMPARABLE, ["t.c.n"], "cell")
        assert trace("t a sum", *statements) == (Relation.CAVEAT, ["t.c.sum"], "row")
        assert trace("t b.p n", *statements) == (Relation.CAVEAT, ["t.b.p.sum"], "column")
        assert trace("t b.p sum", *statements)[0] is Relation.SAME


def test_deeper_row_is_more_specific_and_a_row_more_than_a_column() -> None:
    addresses = ["t", "t * n", "t * org.x", "t a", "t a n", "t b.p", "t b.p n"]
    assert sorted(addresses[::-1], key=lambda each: weigh(address(each))) == addresses


def test_later_of_two_equal_statements_counts() -> None:
    assert (
        trace("t a n", state(Relation.CAVEAT, "t a", "t a", "1"), state(Relation.CAVEAT, "t a", "t c", "2"))[2] == "2"
    )


def test_sum_of_tells_of_the_group_and_not_of_its_rows() -> None:
    statement = state(Relation.SUM_OF, "t c", "t c", "sum")
    assert trace("t c n", SAME, statement) == (Relation.SUM_OF, ["t.c.n"], "sum")
    assert trace("t c.u n", SAME, statement) == (Relation.ONLY_HERE, [], "")


def test_one_cell_may_continue_the_sum_of_several() -> None:
    statement = state(Relation.SUM_OF, "t a", "t b.p,t b.q,t nowhere", "sum")
    assert trace("t a n", statement) == (Relation.SUM_OF, ["t.b.p.n", "t.b.q.n"], "sum")


@pytest.mark.parametrize("target", ["nowhere a n", "t nowhere n", "t a nowhere", "t a org"])
def test_address_without_a_cell_is_not_continued(target: str) -> None:
    assert trace("t a n", state(Relation.SAME, "t a n", target)) == (Relation.ONLY_HERE, [], "")


def test_what_is_not_comparable_stays_so_without_a_partner() -> None:
    assert trace("t a n", state(Relation.NOT_COMPARABLE, "t a", "nowhere", "why")) == (
        Relation.NOT_COMPARABLE,
        [],
        "why",
    )
    assert trace("t a n", state(Relation.ONLY_HERE, "t a")) == (Relation.ONLY_HERE, [], "")


@pytest.mark.parametrize("relation", list(Relation))
def test_series_goes_on_across_same_sum_and_caveat_only(relation: Relation) -> None:
    joined = relation in (Relation.SAME, Relation.SUM_OF, Relation.CAVEAT)
    assert Descent(relation=relation, there=(address("t a n"),)).joined is joined
    assert not Descent(relation=relation).joined


def test_summed_groups_are_the_rows_that_sum_of_names_in_that_table() -> None:
    statements = (
        SAME,
        state(Relation.SUM_OF, "t c", "t c"),
        state(Relation.SUM_OF, "t b,fresh a", "t b"),
        state(Relation.SUM_OF, "t * n", "t * n"),
    )
    form = replace(LATER, continuity=(Continuity(form="old", note=text("n"), continuations=statements, place=PLACE),))
    assert list_summed_groups(form.continuity_with("old"), "t") == {"c", "b"}
    assert list_summed_groups(form.continuity_with("old"), "fresh") == {"a"}
