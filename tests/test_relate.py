"""Years related to one another: series, gaps, breaks, and changes told only where they may be."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import Place, Problems
from gaisite.model.content import BLANK, NOT_IN_FORM, Figure, Report, State
from gaisite.model.forms import Continuation, Continuity, Form, Relation
from gaisite.model.history import Change, Guard, History, Point
from gaisite.model.tables import Address, Axis, FigureType, Line, Table, insert_rows
from gaisite.read.forms import read_forms
from gaisite.relate import relate_reports
from gaisite.texts import Texts
from tests.check.values import (
    NOT_APPLICABLE,
    line,
    make_form,
    make_report,
    make_report_table,
    make_table,
    number,
    texts,
)

ROOT = Path(__file__).parents[1]
OLD, NEW = "cn-gai-2019", "cn-gai-2021"
PLACE = Place(file="forms/now.yaml")


@pytest.fixture(scope="module")
def forms() -> dict[str, Form]:
    return dict(read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems()))


def report_cells(form: Form, year: int, cells: Mapping[str, int | str | None]) -> Report:
    """A report with these cells, by `table.row.column`; a blank where None is given, and everywhere else."""
    figures: dict[str, dict[tuple[str, str], Figure]] = {}
    for cell, value in cells.items():
        address = form.find_address(cell)
        assert address is not None, cell
        figure = BLANK if value is None else number(value)
        figures.setdefault(address.table, {})[address.row, address.column] = figure
    return make_report(form, figures, year=year)


def relate(forms: Mapping[str, Form], *reports: Report) -> History:
    return relate_reports("a", reports, forms)


def find_points(history: History, cell: str) -> tuple[Point, ...]:
    series = history.series(cell)
    assert series is not None, cell
    return series.points


def list_values(history: History, cell: str) -> list[object]:
    """The numbers of a series; the state where there is none."""
    return [
        point.figure.state if point.figure.value is None else point.figure.value for point in find_points(history, cell)
    ]


def find_changes(history: History, cell: str) -> tuple[Change, ...]:
    series = history.series(cell)
    assert series is not None
    return series.changes


# --- years, gaps, breaks ---------------------------------------------------------------------------------------------


def test_agency_without_reports_has_an_empty_history(forms: dict[str, Form]) -> None:
    history = relate(forms)
    assert (history.years, history.published, history.breaks, history.tables) == ((), (), (), ())
    assert history.series("applications.new.total") is None


def test_history_goes_from_the_first_report_to_the_last_in_whatever_order_they_come(forms: dict[str, Form]) -> None:
    history = relate(forms, *(make_report(forms[NEW], {}, year=year) for year in (2024, 2021, 2022)))
    assert (history.years, history.published) == ((2021, 2022, 2023, 2024), (2021, 2022, 2024))
    assert history.forms == {2021: NEW, 2022: NEW, 2024: NEW}
    assert history.breaks == ()


def test_year_without_a_report_is_a_gap_and_no_blank(forms: dict[str, Form]) -> None:
    cell = "applications.new.total"
    history = relate(forms, report_cells(forms[NEW], 2021, {cell: 20}), report_cells(forms[NEW], 2023, {cell: 30}))
    points = find_points(history, cell)
    assert [point.published for point in points] == [True, False, True]
    assert points[1].figure == NOT_IN_FORM
    assert [change.guard for change in find_changes(history, cell)] == [Guard.GAP, Guard.GAP, Guard.GAP]


def test_change_of_form_is_a_break_in_the_later_forms_words(forms: dict[str, Form]) -> None:
    history = relate(forms, make_report(forms[OLD], {}, year=2020), make_report(forms[NEW], {}, year=2022))
    (found,) = history.breaks
    assert (found.before, found.after) == (2020, 2022)
    (continuity,) = forms[NEW].continuity
    assert found.note == continuity.note


def test_break_between_forms_that_say_nothing_of_each_other_is_called_by_the_later_one() -> None:
    one, other = make_form(make_table((line("r"),), (line("c"),)), id="one"), make_form(id="other")
    history = relate({"one": one, "other": other}, make_report(one, {}, year=2020), make_report(other, {}, year=2021))
    assert [each.note for each in history.breaks] == [texts("other")]


# --- what the two official forms continue ------------------------------------------------------------------------------


def test_other_handling_of_2020_is_set_beside_the_sum_of_its_three_rows(forms: dict[str, Form]) -> None:
    rows = "applications.handled.other"
    history = relate(
        forms,
        report_cells(forms[OLD], 2020, {f"{rows}.total": 4}),
        report_cells(
            forms[NEW], 2021, {f"{rows}.not_corrected.total": 1, f"{rows}.not_paid.total": 2, f"{rows}.other.total": 3}
        ),
    )
    points = find_points(history, f"{rows}.total")
    assert [point.figure.value for point in points] == [4, 6]
    assert [point.figure.computed for point in points] == [False, True]
    assert points[1].relation is Relation.SUM_OF
    assert points[1].note is not None
    assert find_changes(history, f"{rows}.total")[1] == Change(absolute=2, percent=None, guard=Guard.SMALL)
    for row in ("not_corrected", "not_paid", "other"):
        assert list_values(history, f"{rows}.{row}.total")[0] is State.NOT_IN_FORM


def test_blank_other_handling_stays_blank(forms: dict[str, Form]) -> None:
    cell = "applications.handled.other.total"
    history = relate(forms, report_cells(forms[OLD], 2020, {cell: None}), report_cells(forms[NEW], 2021, {}))
    assert list_values(history, cell) == [State.BLANK, State.BLANK]


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("fees.charges.amount", ["fees.charges.items_before", "fees.charges.change"]),
        ("documents.normative_documents.in_force", ["documents.normative_documents.public_total"]),
        ("documents.rules.in_force", ["documents.rules.public_total"]),
    ],
)
def test_what_is_not_comparable_is_never_joined(later: str, earlier: list[str], forms: dict[str, Form]) -> None:
    history = relate(
        forms,
        report_cells(forms[OLD], 2019, dict.fromkeys(earlier, 35)),
        report_cells(forms[OLD], 2020, dict.fromkeys(earlier, 36)),
        report_cells(forms[NEW], 2021, {later: 665}),
        report_cells(forms[NEW], 2022, {later: 698}),
    )
    absent = State.NOT_IN_FORM
    assert list_values(history, later) == [absent, absent, 665, 698]
    assert [change.guard for change in find_changes(history, later)[1:3]] == [Guard.BREAK, Guard.BREAK]
    for cell in earlier:
        assert list_values(history, cell) == [35, 36, absent, absent]
        assert find_changes(history, cell)[2].guard is Guard.BREAK


def test_caveat_is_joined_with_its_note_at_the_break_only(forms: dict[str, Form]) -> None:
    cell = "penalties.punishment.decisions"
    reports = [
        report_cells(forms[form], year, {cell: 100 + year})
        for year, form in ((2019, OLD), (2020, OLD), (2021, NEW), (2022, NEW))
    ]
    history = relate(forms, *reports)
    points = find_points(history, cell)
    assert [point.relation for point in points] == [Relation.SAME, Relation.SAME, Relation.CAVEAT, Relation.SAME]
    assert [point.note is not None for point in points] == [False, False, True, False]
    assert [change.caveat for change in find_changes(history, cell)] == [False, False, True, False]
    assert [change.absolute for change in find_changes(history, cell)] == [None, 1, 1, 1]


def test_renamed_cell_goes_on_under_its_new_name(forms: dict[str, Form]) -> None:
    history = relate(
        forms,
        report_cells(forms[OLD], 2020, {"documents.rules.made": 13}),
        report_cells(forms[NEW], 2021, {"documents.rules.issued": 15}),
    )
    assert list_values(history, "documents.rules.issued") == [13, 15]
    assert history.series("documents.rules.made") is None


def test_note_at_a_break_survives_a_gap(forms: dict[str, Form]) -> None:
    cell = "penalties.punishment.decisions"
    history = relate(forms, report_cells(forms[OLD], 2019, {cell: 50}), report_cells(forms[NEW], 2022, {cell: 60}))
    assert [point.note is not None for point in find_points(history, cell)] == [False, False, False, True]
    assert find_changes(history, cell)[3].guard is Guard.GAP


def test_tables_of_the_latest_form_come_first_and_none_is_empty(forms: dict[str, Form]) -> None:
    history = relate(forms, make_report(forms[OLD], {}, year=2020), make_report(forms[NEW], {}, year=2021))
    named = [(table.form, table.table.id) for table in history.tables]
    assert named == [
        *((NEW, table.id) for table in forms[NEW].tables),
        *((OLD, table) for table in ("documents", "licences", "penalties", "fees", "procurement")),
    ]


@pytest.mark.parametrize(
    "years", [(2019,), (2021,), (2019, 2020), (2020, 2021), (2019, 2020, 2021, 2022), (2019, 2023), (2021, 2024)]
)
def test_each_cell_of_each_report_is_in_exactly_one_series(years: tuple[int, ...], forms: dict[str, Form]) -> None:
    numbers = random.Random(1)
    figures: dict[int, list[int]] = {}
    summed: list[int] = []

    def fill(form: Form, year: int) -> Report:
        cells = {}
        for cell in list_cells(form):
            cells[cell] = numbers.randrange(10**14, 10**15)
            if form.id == NEW and cell.startswith("applications.handled.other."):
                summed.append(cells[cell])
        figures[year] = list(cells.values())
        return report_cells(form, year, cells)

    history = relate(forms, *(fill(forms[OLD if year < 2021 else NEW], year) for year in years))
    seen: dict[int, list[int]] = {year: [] for year in years}
    for table in history.tables:
        for series in table.series.values():
            for point in series.points:
                if point.figure.value is not None:
                    seen[point.year].append(int(point.figure.value))
    for year in years:
        assert sorted(value for value in seen[year] if value in figures[year]) == sorted(figures[year])
        sums = [value for value in seen[year] if value not in figures[year]]
        assert len(sums) == (7 if year >= 2021 else 0)
        assert sum(sums) == sum(value for value in summed if value in figures[year])


def list_cells(form: Form) -> Iterator[str]:
    for table in form.tables:
        for row in table.leaves(Axis.ROWS):
            for column in table.leaves(Axis.COLUMNS):
                yield f"{table.id}.{row.id}.{column.id}"


# --- any two forms -----------------------------------------------------------------------------------------------------

JOINING = (Relation.SAME, Relation.CAVEAT, Relation.SUM_OF)


@st.composite
def continued_rows(draw: st.DrawFn) -> tuple[int, int, list[tuple[Relation, int, tuple[int, ...]]]]:
    """How many rows two forms have, and statements by which rows of the later continue rows of the earlier."""
    later, earlier = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    free = draw(st.permutations(range(earlier)))
    statements = []
    for row in range(later):
        relation = draw(st.sampled_from([None, *JOINING, Relation.NOT_COMPARABLE]))
        count = draw(st.integers(1, 3)) if relation is Relation.SUM_OF else 1
        if relation is not None and len(free) >= count:
            statements.append((relation, row, tuple(free[:count])))
            free = free[count:]
    return later, earlier, statements


@given(continued_rows(), st.integers(1, 3))
def test_every_cell_is_counted_once_whatever_continues_what(
    rows: tuple[int, int, list[tuple[Relation, int, tuple[int, ...]]]], columns: int
) -> None:
    later, earlier, statements = rows
    heads = tuple(line(f"c{number}") for number in range(columns))
    before = make_form(make_table([line(f"old{number}") for number in range(earlier)], heads), id="before")
    continuity = Continuity(
        form="before",
        note=texts("another form"),
        place=PLACE,
        continuations=tuple(
            Continuation(
                relation=relation,
                here=(Address(table="t", row=f"new{here}"),),
                there=tuple(Address(table="t", row=f"old{each}") for each in there),
                place=PLACE,
            )
            for relation, here, there in statements
        ),
    )
    now = make_form(
        make_table([line(f"new{number}") for number in range(later)], heads), id="now", continuity=continuity
    )  # fmt: skip
    bits = {
        cell: 1 << position
        for position, cell in enumerate(
            [*(f"b{cell}" for cell in list_cells(before)), *(f"n{cell}" for cell in list_cells(now))]
        )
    }
    history = relate(
        {"before": before, "now": now},
        report_cells(before, 2020, {cell: bits[f"b{cell}"] for cell in list_cells(before)}),
        report_cells(now, 2021, {cell: bits[f"n{cell}"] for cell in list_cells(now)}),
    )
    points = [point for table in history.tables for series in table.series.values() for point in series.points]
    counted = [int(point.figure.value) for point in points if point.figure.value is not None]
    assert sum(counted) == sum(bits.values())
    assert sum(bin(value).count("1") for value in counted) == len(bits)
    joined = {f"t.new{here}.c0" for relation, here, _ in statements if relation in JOINING}
    for row in range(later):
        cell = f"t.new{row}.c0"
        assert (list_values(history, cell)[0] is not State.NOT_IN_FORM) == (cell in joined)


def test_series_goes_back_through_a_form_of_which_there_is_no_report() -> None:
    """Reports in the first and the third form: what the second says of both still holds."""
    tables = make_table((line("r"),), (line("c"),))

    def link(form: str, relation: Relation) -> Continuity:
        cell = (Address(table="t"),)
        same = Continuation(relation=relation, here=cell, there=cell, note=texts(f"since {form}"), place=PLACE)
        return Continuity(form=form, note=texts("break"), continuations=(same,), place=PLACE)

    first = make_form(tables, id="first")
    second = make_form(tables, id="second", continuity=link("first", Relation.SAME))
    third = make_form(tables, id="third", continuity=link("second", Relation.CAVEAT))
    forms = {form.id: form for form in (first, second, third)}
    reports = report_cells(first, 2018, {"t.r.c": 11}), report_cells(third, 2019, {"t.r.c": 22})
    assert list_values(relate(forms, *reports), "t.r.c") == [11, 22]
    assert len(relate(forms, *reports).tables) == 1


def continue_whole(form: str, relation: Relation, *, row: str = "") -> Continuity:
    """Table `t`, or a row of it, continues that of another form."""
    cell = (Address(table="t", row=row),)
    whole = Continuation(relation=relation, here=cell, there=cell, note=texts(f"since {form}"), place=PLACE)
    return Continuity(form=form, note=texts(f"no more {form}"), continuations=(whole,), place=PLACE)


def make_side_by_side() -> dict[str, Form]:
    """Two forms side by side, a third that continues both, and a fourth."""
    table = make_table((line("r"),), (line("c"),))
    both = (continue_whole("one", Relation.SAME), continue_whole("two", Relation.CAVEAT))
    third = replace(make_form(table, id="third"), continuity=both)
    fourth = make_form(table, id="fourth", continuity=continue_whole("third", Relation.SAME))
    return {form.id: form for form in (make_form(table, id="one"), make_form(table, id="two"), third, fourth)}


@pytest.mark.parametrize(("earlier", "relation"), [("one", Relation.SAME), ("two", Relation.CAVEAT)])
def test_form_that_continues_two_goes_back_to_the_one_in_use(earlier: str, relation: Relation) -> None:
    forms = make_side_by_side()
    reports = [
        report_cells(forms[name], 2018 + at, {"t.r.c": at}) for at, name in enumerate((earlier, "third", "fourth"))
    ]
    history = relate(forms, *reports)
    assert list_values(history, "t.r.c") == [0, 1, 2]
    (series,) = history.tables[0].series.values()
    assert [point.relation for point in series.points] == [Relation.SAME, relation, Relation.SAME]
    assert [each.note.official for each in history.breaks] == [f"no more {earlier}", "no more third"]


def test_break_is_told_in_the_words_about_the_form_on_the_way_back() -> None:
    forms = make_side_by_side()
    reports = report_cells(forms["two"], 2018, {"t.r.c": 1}), report_cells(forms["fourth"], 2020, {"t.r.c": 2})
    history = relate(forms, *reports)
    assert list_values(history, "t.r.c") == [1, State.NOT_IN_FORM, 2]
    assert [each.note.official for each in history.breaks] == ["no more third"]


def test_of_two_forms_side_by_side_the_one_used_last_is_continued() -> None:
    forms = make_side_by_side()
    names = ("one", "two", "third")
    history = relate(forms, *(report_cells(forms[name], 2017 + at, {"t.r.c": at}) for at, name in enumerate(names)))
    assert list_values(history, "t.r.c") == [State.NOT_IN_FORM, 1, 2]
    assert [table.form for table in history.tables] == ["third", "one"]


def test_group_is_summed_for_the_form_it_goes_back_to_only() -> None:
    group = replace(line("g"), lines=(line("g.a"), line("g.b")))
    columns = (line("c"),)
    sums = continue_whole("one", Relation.SUM_OF, row="g")
    apart = continue_whole("two", Relation.NOT_COMPARABLE, row="g")
    earlier = {name: make_form(make_table((line("g"),), columns), id=name) for name in ("one", "two")}
    form = replace(make_form(make_table((group,), columns), id="third"), continuity=(sums, apart))
    for name, rows in (("one", ["g", "g.a", "g.b"]), ("two", ["g.a", "g.b"]), ("", ["g.a", "g.b"])):
        before = [report_cells(earlier[name], 2018, {"t.g.c": 5})] if name else []
        history = relate({**earlier, "third": form}, *before, report_cells(form, 2019, {"t.g.a.c": 1, "t.g.b.c": 2}))
        assert [row.id for row in history.tables[0].rows] == rows


def test_forms_that_do_not_continue_each_other_have_series_of_their_own() -> None:
    tables = make_table((line("r"),), (line("c"),))
    one, other = make_form(tables, id="one"), make_form(tables, id="other")
    history = relate(
        {"one": one, "other": other}, report_cells(one, 2020, {"t.r.c": 1}), report_cells(other, 2021, {"t.r.c": 2})
    )
    assert [
        (table.form, [point.figure.value for point in table.series["r", "c"].points]) for table in history.tables
    ] == [
        ("other", [None, 2]),
        ("one", [1, None]),
    ]


# --- rows that reports add -----------------------------------------------------------------------------------------------


def local_report(
    form: Form, year: int, host: str, added: Sequence[Line], cells: Mapping[tuple[str, str], int]
) -> Report:
    def fill(table: Table) -> object:
        own = insert_rows(table, host, tuple(added)) if added else table
        return make_report_table(own, {cell: number(value) for cell, value in cells.items()})

    return make_report(form, fill, year=year)  # type: ignore[arg-type]


def test_row_that_one_report_splits_is_its_sum_in_the_series_and_its_parts_have_their_own() -> None:
    form = make_form(make_table((line("a"), line("b")), (line("c"),)))
    added = (line("a.x", local=True), line("a.y", local=True))
    history = relate(
        {"form": form},
        local_report(form, 2020, "a", added, {("a.x", "c"): 3, ("a.y", "c"): 40, ("b", "c"): 5}),
        local_report(form, 2021, "", (), {("a", "c"): 50, ("b", "c"): 6}),
    )
    assert list_values(history, "t.a.c") == [43, 50]
    assert [point.figure.computed for point in find_points(history, "t.a.c")] == [True, False]
    assert list_values(history, "t.a.x.c") == [3, State.NOT_IN_FORM]
    assert list_values(history, "t.a.y.c") == [40, State.NOT_IN_FORM]
    assert [row.id for row in history.tables[0].rows] == ["a", "a.x", "a.y", "b"]


def test_row_that_a_report_adds_to_a_table_has_a_series_of_its_own() -> None:
    form = make_form(make_table((line("a"),), (line("c"),)))
    history = relate(
        {"form": form},
        local_report(form, 2020, "", (line("own", local=True),), {("own", "c"): 3}),
        local_report(form, 2021, "", (line("own", local=True),), {("own", "c"): 4}),
        local_report(form, 2022, "", (), {}),
    )
    assert list_values(history, "t.own.c") == [3, 4, State.NOT_IN_FORM]
    assert [row.id for row in history.tables[0].rows] == ["a", "own"]


def test_local_rows_of_the_earlier_form_are_not_joined_with_anything(forms: dict[str, Form]) -> None:
    host = "other_services"
    added = (line(f"{host}.inspection", local=True),)

    def fill(table: Table) -> object:
        own = insert_rows(table, host, added) if table.id == "licences" else table
        cells = {(f"{host}.inspection", "decisions"): number(9)} if table.id == "licences" else {}
        return make_report_table(own, cells)

    history = relate(
        forms,
        make_report(forms[OLD], fill, year=2020),  # type: ignore[arg-type]
        make_report(forms[NEW], {}, year=2021),
    )
    assert list_values(history, f"licences.{host}.inspection.decisions") == [9, State.NOT_IN_FORM]
    assert list_values(history, f"licences.{host}.decisions") == [9, State.NOT_IN_FORM]


# --- changes ---------------------------------------------------------------------------------------------------------------


def change(
    before: int | str | Figure | None, now: int | str | Figure | None, units: tuple[str, str] = ("", "")
) -> Change:
    """The change from one year's figure to the next's."""
    form = make_form(make_table((line("r"),), (line("c"),), type=FigureType.AMOUNT))
    reports = []
    for year, value, unit in ((2020, before, units[0]), (2021, now, units[1])):
        figure = value if isinstance(value, Figure) else BLANK if value is None else number(value)
        table = make_report_table(form.tables[0], {("r", "c"): figure}, units={"c": texts(unit)} if unit else {})
        reports.append(make_report(form, lambda _, table=table: table, year=year))  # type: ignore[misc]
    return find_changes(relate({"form": form}, *reports), "t.r.c")[1]


def test_first_year_has_no_change(forms: dict[str, Form]) -> None:
    cell = "applications.new.total"
    history = relate(forms, report_cells(forms[NEW], 2021, {cell: 20}))
    assert find_changes(history, cell) == (Change(absolute=None, percent=None, guard=Guard.GAP),)


@pytest.mark.parametrize(
    ("before", "now", "absolute", "percent"),
    [
        (10, 15, 5, "50.0"),
        (40, 30, -10, "-25.0"),
        (20, 20, 0, "0.0"),
        (2000, 2005, 5, "0.3"),
        (2000, 1995, -5, "-0.3"),
        (2000, 2001, 1, "0.1"),
        (3000, 3001, 1, "0.0"),
        (30, 40, 10, "33.3"),
        (30, 50, 20, "66.7"),
        (10, 10**17, 10**17 - 10, f"{10**18 - 100}.0"),
    ],
)
def test_change_is_told_with_a_percentage_rounded_half_up(before: int, now: int, absolute: int, percent: str) -> None:
    found = change(before, now)
    assert (found.absolute, found.percent, found.guard) == (absolute, Decimal(percent), Guard.NONE)


def test_change_of_an_amount_is_exact() -> None:
    found = change("52.6540", "52.6539")
    assert str(found.absolute) == "-0.0001"
    assert str(change("0.0001", "52.6540").absolute) == "52.6539"
    assert str(change("24252.311082", "24252.311083").absolute) == "0.000001"


@pytest.mark.parametrize(
    ("before", "now", "guard"),
    [
        (None, 5, Guard.NO_FIGURE),
        (5, None, Guard.NO_FIGURE),
        (NOT_APPLICABLE, 5, Guard.NO_FIGURE),
        (5, NOT_APPLICABLE, Guard.NO_FIGURE),
        (NOT_IN_FORM, 5, Guard.BREAK),
        (5, NOT_IN_FORM, Guard.BREAK),
    ],
)
def test_no_change_where_one_of_the_two_is_no_number(
    before: Figure | int | None, now: Figure | int | None, guard: Guard
) -> None:
    assert change(before, now) == Change(absolute=None, percent=None, guard=guard)


@pytest.mark.parametrize(
    ("before", "guard"),
    [
        (0, Guard.ZERO),
        ("0.00", Guard.ZERO),
        (9, Guard.SMALL),
        (1, Guard.SMALL),
        ("9.9999", Guard.SMALL),
        (10, Guard.NONE),
    ],
)
def test_no_percentage_of_nothing_or_of_fewer_than_ten(before: int | str, guard: Guard) -> None:
    found = change(before, 20)
    assert (found.guard, found.percent is None) == (guard, guard is not Guard.NONE)
    assert found.absolute is not None


def test_no_percentage_of_a_negative_base() -> None:
    form = make_form(make_table((line("r"),), (line("c"),), type=FigureType.CHANGE))
    history = relate({"form": form}, report_cells(form, 2020, {"t.r.c": -18}), report_cells(form, 2021, {"t.r.c": 4}))
    assert find_changes(history, "t.r.c")[1] == Change(absolute=22, percent=None, guard=Guard.SMALL)


def test_no_change_between_amounts_in_different_units() -> None:
    assert change("152790", "25.1", units=("元", "万元")) == Change(absolute=None, percent=None, guard=Guard.UNIT)
    assert change("20", "30", units=("元", "元")).percent == Decimal("50.0")


def test_unit_of_a_point_is_the_reports_own() -> None:
    column = line("c", unit_choices=(texts("元"), texts("万元")))
    form = make_form(make_table((line("r"),), (column,), unit=Texts((("en", "as the form says"),))))
    stated = make_report_table(form.tables[0], {("r", "c"): number("2.5")}, units={"c": texts("万元")})
    reports = make_report(form, lambda _: stated, year=2020), make_report(form, {}, year=2021)
    units = [point.unit for point in find_points(relate({"form": form}, *reports), "t.r.c")]
    assert units == [texts("万元"), texts("as the form says")]
