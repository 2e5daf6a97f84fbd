"""Frames of tables are shared by tables that are the same, and by no others."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.model.content import BLANK, Figure, State
from gaisite.model.history import Series
from gaisite.model.tables import Axis, FigureType, Line, Table
from gaisite.relate import relate_reports
from gaisite.render.comparisons import compare_table
from gaisite.render.parts import DataCell
from gaisite.render.statutory import Marks, tabulate_statutory
from gaisite.render.tables import Frames, Label, TablePlan, make_frame
from gaisite.texts import Texts
from tests.check.values import NOT_APPLICABLE, line, make_form, make_report, make_report_table, make_table, number
from tests.render.charts import make_site

TEXT = Texts((("en", "text"),))
TABLE = Table(id="t", caption=TEXT, rows=(Line(id="r", label=TEXT),), columns=(Line(id="c", label=TEXT),), corner=TEXT)
PLAN = TablePlan(
    id="t",
    caption="",
    table=TABLE,
    say=lambda texts: texts.official,
    label=lambda line: Label(text=line.id),
    cell=lambda row, column, headers: DataCell(headers=headers),
)


def test_a_frame_is_made_once_for_a_table_and_key() -> None:
    frames = Frames()
    first = frames.find(TABLE, "key", lambda: make_frame(PLAN))
    assert frames.find(TABLE, "key", lambda: pytest.fail("made again")) is first
    assert frames.find(TABLE, "other", lambda: make_frame(PLAN)) is not first


def test_another_table_at_the_same_address_has_a_frame_of_its_own() -> None:
    frames = Frames()
    first = frames.find(TABLE, "key", lambda: make_frame(PLAN))
    other = replace(TABLE, id="u")
    frames.kept[id(other), "key"] = frames.kept[id(TABLE), "key"]
    assert frames.find(other, "key", lambda: make_frame(replace(PLAN, table=other))) is not first


def test_there_are_never_too_many() -> None:
    frames = Frames()
    for key in range(Frames.LIMIT + 1):
        frames.find(TABLE, key, lambda: make_frame(PLAN))
    assert len(frames.kept) == 1


def test_another_process_gets_none() -> None:
    frames = Frames()
    frames.find(TABLE, "key", lambda: make_frame(PLAN))
    assert not pickle.loads(pickle.dumps(frames)).kept


COMPUTED = Figure(State.NUMBER, 5, "5", computed=True)
FIGURES = st.sampled_from([number("5.0"), number("5.00"), number("10.50"), COMPUTED, BLANK, NOT_APPLICABLE])
AMOUNTS = make_table([line("r"), line("s")], [line("c"), line("d")], type=FigureType.AMOUNT, principal="c")
CELLS = st.fixed_dictionaries(
    {(row.id, column.id): FIGURES for row in AMOUNTS.leaves(Axis.ROWS) for column in AMOUNTS.leaves(Axis.COLUMNS)}
)


@given(st.lists(CELLS, min_size=2, max_size=4))
def test_a_table_is_the_same_after_others_of_its_kind(reports: list[dict[tuple[str, str], Figure]]) -> None:
    marks = Marks(failed=(), anchors={}, corrected={})
    among_others = replace(make_site())
    for figures in reports:
        table = make_report_table(AMOUNTS, figures)
        alone = tabulate_statutory(replace(make_site()), table, marks)
        assert tabulate_statutory(among_others, table, marks) == alone


@given(st.lists(st.tuples(CELLS, CELLS), min_size=2, max_size=3))
def test_years_are_the_same_after_those_of_other_agencies(
    agencies: list[tuple[dict[tuple[str, str], Figure], dict[tuple[str, str], Figure]]],
) -> None:
    form = make_form(AMOUNTS)
    site = replace(make_site(), forms={form.id: form})
    for years in agencies:
        reports = [make_report(form, {"t": cells}, year=2020 + place) for place, cells in enumerate(years)]
        fresh = make_form(AMOUNTS)
        alone = relate_reports("a", reports, {fresh.id: fresh})
        history = relate_reports("a", reports, {form.id: form})
        told = [compare_table(site, history, table) for table in history.tables]
        assert told == [compare_table(replace(site), alone, table) for table in alone.tables]


def test_agencies_with_the_same_figures_have_the_same_series() -> None:
    form = make_form(AMOUNTS)

    def relate(agency: str, text: str) -> Series:
        report = make_report(form, {"t": {("r", "c"): number(text)}}, year=2021)
        return relate_reports(agency, [report], {form.id: form}).tables[0].series["r", "c"]

    assert relate("a", "5.0") is relate("b", "5.0")
    assert relate("c", "5.00").points[0].figure.text == "5.00"


def test_a_marked_table_is_made_anew() -> None:
    site, table = replace(make_site()), make_report_table(AMOUNTS, {("r", "c"): number("5.0")})
    plain = tabulate_statutory(site, table, Marks(failed=(), anchors={}, corrected={}))
    marked = tabulate_statutory(site, table, Marks(failed=(), anchors={}, corrected={"t.r.c": "correction-1"}))
    assert not plain.bodies[0][0].cells[0].corrected_href
    assert marked.bodies[0][0].cells[0].corrected_href == "#correction-1"
    assert tabulate_statutory(site, table, Marks(failed=(), anchors={}, corrected={})) == plain
