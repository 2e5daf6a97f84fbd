"""Frames of tables are shared by tables that are the same, and by no others."""

import pickle
from dataclasses import replace

import pytest

from gaisite.model.tables import Line, Table
from gaisite.render.parts import DataCell
from gaisite.render.tables import Frames, Label, TablePlan, make_frame
from gaisite.texts import Texts

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
