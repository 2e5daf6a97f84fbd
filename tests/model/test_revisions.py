"""Published versions beside one another: what changed, which corrections lead through it, and what they leave open."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gaisite.findings import Place
from gaisite.model.content import BLANK, Figure, Report, State
from gaisite.model.record import Correction, Version
from gaisite.model.revisions import (
    FigureChange,
    Reconciliation,
    compare_versions,
    list_superseded,
    make_version,
    reconcile,
)
from tests.check.values import NOT_APPLICABLE, line, make_form, make_report, make_table, number, texts

ROWS = (line("a"), line("b"), line("sum", sum_of=["a", "b"]))
FORM = make_form(make_table(ROWS, (line("x"), line("y"))))
CELLS = [f"t.{row}.{column}" for row in ("a", "b") for column in ("x", "y")]
TEXTS = ["", "0", "5", "6", "7", "n/a"]

Texts = Mapping[str, str]


def say(date: str, at: str, old: str, new: str) -> Correction:
    return Correction(date=date, at=at, old=old, new=new, reason="why", place=Place(file="f", line=1))


def read(text: str) -> Figure:
    return BLANK if not text else NOT_APPLICABLE if text == "n/a" else number(int(text))


def report_of(cells: Texts) -> Report:
    figures = {(at.split(".")[1], at.split(".")[2]): read(text) for at, text in cells.items()}
    return make_report(FORM, {"t": figures})


def publish(date: str, cells: Texts) -> Version:
    return make_version(report_of(cells), date=date)


def judge(now: Texts, versions: list[Version], corrections: list[Correction]) -> Reconciliation:
    return reconcile(replace(report_of(now), record=tuple(versions), corrections=tuple(corrections)))


def dates(found: Reconciliation) -> list[str]:
    return [revision.date for revision in found.revisions]


def is_clean(found: Reconciliation) -> bool:
    return not (found.untold or found.contradicted or found.idle)


def test_what_was_never_recorded_has_no_revisions() -> None:
    told = say("2022-03-01", "t.a.x", "5", "6")
    assert judge({"t.a.x": "6"}, [], [told]) == Reconciliation(idle=(told,))
    assert judge({"t.a.x": "6"}, [], []) == Reconciliation()


def test_version_says_every_cell_and_keeps_computed_totals_apart() -> None:
    version = publish("2022-01-20", {"t.a.x": "5", "t.b.x": "n/a"})
    assert version.figures == {"t.a.x": "5", "t.a.y": "", "t.b.x": "n/a", "t.b.y": ""}
    assert version.computed == {"t.sum.x": "5", "t.sum.y": ""}


def test_blank_total_that_the_report_prints_is_no_computed_one() -> None:
    table = report_of({"t.sum.x": ""}).tables["t"]
    printed = replace(table, figures={**table.figures, ("sum", "x"): Figure(State.BLANK, line=7)})
    version = make_version(replace(report_of({}), tables={"t": printed}))
    assert ("t.sum.x" in version.figures, "t.sum.x" in version.computed) == (True, False)


def test_total_that_was_left_out_over_blank_parts_follows_the_first_number_among_them() -> None:
    first = publish("2022-01-20", {})
    found = judge({"t.a.x": "0"}, [first], [say("2022-03-01", "t.a.x", "", "0")])
    assert is_clean(found)
    assert found.revisions[0].consequences == (FigureChange(at="t.sum.x", old="", new="0", computed=True),)


def test_one_correction_leads_from_the_record_to_what_is_there_now() -> None:
    first = publish("2022-01-20", {"t.a.x": "5", "t.sum.x": "5", "t.sum.y": ""})
    told = [say("2022-03-01", "t.a.x", "5", "6"), say("2022-03-01", "t.sum.x", "5", "6")]
    found = judge({"t.a.x": "6", "t.sum.x": "6", "t.sum.y": ""}, [first], told)
    assert is_clean(found)
    assert [(each.address, each.corrections) for each in found.revisions] == [("before-2022-03-01", tuple(told))]


def test_change_without_correction_is_untold() -> None:
    first = publish("2022-01-20", {"t.a.x": "5", "t.sum.x": "5"})
    found = judge({"t.a.x": "", "t.sum.x": "5"}, [first], [])
    assert found.untold == (FigureChange(at="t.a.x", old="5", new=""),)


def test_computed_total_that_follows_needs_no_correction_but_may_have_one() -> None:
    first = publish("2022-01-20", {"t.a.x": "5"})
    part, total = say("2022-03-01", "t.a.x", "5", "6"), say("2022-03-01", "t.sum.x", "5", "6")
    found = judge({"t.a.x": "6"}, [first], [part])
    assert is_clean(found)
    assert found.revisions[0].consequences == (FigureChange(at="t.sum.x", old="5", new="6", computed=True),)
    told = judge({"t.a.x": "6"}, [first], [part, total])
    assert is_clean(told)
    assert told.revisions[0].consequences == ()


def test_computed_total_that_changes_alone_is_untold() -> None:
    first = publish("2022-01-20", {"t.a.x": "5"})
    other = replace(first, computed={"t.sum.x": "4"})
    found = judge({"t.a.x": "5"}, [other], [])
    assert [change.at for change in found.untold] == ["t.sum.x"]


def test_computed_total_in_place_of_a_written_one_is_no_consequence() -> None:
    first = publish("2022-01-20", {"t.a.x": "5", "t.sum.x": "5"})
    found = judge({"t.a.x": "6"}, [first], [say("2022-03-01", "t.a.x", "5", "6")])
    assert found.untold == (FigureChange(at="t.sum.x", old="5", new="6"),)


def test_wrong_correction_is_held_against_the_change_that_there_was() -> None:
    first = publish("2022-01-20", {"t.a.x": "5", "t.sum.x": "5"})
    wrong = say("2022-03-01", "t.a.x", "4", "6")
    found = judge({"t.a.x": "6", "t.sum.x": "5"}, [first], [wrong])
    change = FigureChange(at="t.a.x", old="5", new="6")
    assert (found.contradicted, found.untold) == (((wrong, change),), ())


def test_there_and_back_before_a_record_is_no_change() -> None:
    first = publish("2022-01-20", {"t.a.x": "5", "t.sum.x": "5"})
    told = [say("2022-03-01", "t.a.x", "5", "6"), say("2022-03-02", "t.a.x", "6", "5")]
    found = judge({"t.a.x": "5", "t.sum.x": "5"}, [first], told)
    assert (found.idle, found.revisions) == (tuple(told), ())


def test_there_and_back_over_two_records_has_two_revisions() -> None:
    cells = [{"t.a.x": text, "t.sum.x": "5"} for text in ("5", "6", "5")]
    versions = [publish("2022-01-20", cells[0]), publish("2022-03-01", cells[1])]
    told = [say("2022-03-01", "t.a.x", "5", "6"), say("2022-04-01", "t.a.x", "6", "5")]
    found = judge(cells[2], versions, told)
    assert is_clean(found)
    assert dates(found) == ["2022-03-01", "2022-04-01"]


def test_correction_that_was_deleted_later_is_missed_and_the_later_one_still_counts() -> None:
    cells = [{"t.a.x": text, "t.sum.x": "5"} for text in ("5", "6", "7")]
    versions = [publish("2022-01-20", cells[0]), publish("2022-03-01", cells[1])]
    later = say("2022-04-01", "t.a.x", "6", "7")
    found = judge(cells[2], versions, [later])
    assert found.untold == (FigureChange(at="t.a.x", old="5", new="6"),)
    assert (found.idle, found.contradicted) == ((), ())
    assert found.revisions[1].corrections == (later,)


def test_two_revisions_on_one_day_have_two_addresses() -> None:
    cells = [{"t.a.x": text, "t.sum.x": "5"} for text in ("5", "6", "7")]
    versions = [publish("2022-01-20", cells[0]), publish("2022-03-01", cells[1])]
    told = [say("2022-03-01", "t.a.x", "5", "6"), say("2022-03-01", "t.a.x", "6", "7")]
    found = judge(cells[2], versions, told)
    assert [each.address for each in found.revisions] == ["before-2022-03-01", "before-2022-03-01-2"]


def test_recording_moves_no_address_and_no_correction() -> None:
    first, now = publish("2022-01-20", {"t.a.x": "5"}), {"t.a.x": "6"}
    told = [say("2022-03-01", "t.a.x", "5", "6"), say("2022-02-01", "t.b.y", "", "1")]
    now = {"t.a.x": "6", "t.b.y": "1"}
    before = judge(now, [first], told)
    after = judge(now, [first, publish(before.revisions[0].date, now)], told)
    assert [(each.address, each.date, each.corrections, each.consequences) for each in after.revisions] == [
        (each.address, each.date, each.corrections, each.consequences) for each in before.revisions
    ]


def test_other_form_is_a_change_of_its_own_and_of_the_cells_that_both_forms_have() -> None:
    first = publish("2022-01-20", {"t.a.x": "5", "t.a.y": "1", "t.sum.x": "5", "t.sum.y": "1"})
    narrow = make_form(make_table((line("a"), line("c")), (line("x"),)), id="other")
    now = make_report(narrow, {"t": {("a", "x"): number(6), ("c", "x"): number(3)}})
    assert compare_versions(first, make_version(now)) == (
        FigureChange(at="form", old="form", new="other"),
        FigureChange(at="t.a.x", old="5", new="6"),
    )


def test_row_that_is_gone_and_row_that_is_new_are_changes_where_they_say_something() -> None:
    first = publish("2022-01-20", {"t.a.x": "5", "t.sum.x": "5", "t.sum.y": ""})
    rows = (line("a"), line("b"), line("c"), line("sum", sum_of=["a", "b"]))
    longer = make_form(make_table(rows, (line("x"), line("y"))))
    cells = {("a", "x"): number(5), ("c", "y"): number(0), ("sum", "x"): number(5), ("sum", "y"): BLANK}
    added = make_version(make_report(longer, {"t": cells}))
    assert compare_versions(first, added) == (FigureChange(at="t.c.y", old="", new="0"),)
    assert compare_versions(added, first) == (FigureChange(at="t.c.y", old="0", new=""),)


def test_unit_is_compared_by_its_column() -> None:
    report = report_of({})
    stated = {
        unit: make_version(replace(report, tables={"t": replace(report.tables["t"], units={"x": texts(unit)})}))
        for unit in ("yuan", "10,000 yuan")
    }
    change = FigureChange(at="t.x", old="yuan", new="10,000 yuan")
    assert compare_versions(stated["yuan"], stated["10,000 yuan"]) == (change,)


# --- any series of versions ---------------------------------------------------------------------------------------------

CONTENTS = st.fixed_dictionaries({at: st.sampled_from(TEXTS) for at in CELLS})


def tell(states: list[dict[str, str]]) -> list[Correction]:
    """The corrections that an editor would write from one state to the next."""
    return [
        say(f"2022-0{number}-01", at, before[at], after[at])
        for number, (before, after) in enumerate(pairwise(states), 1)
        for at in CELLS
        if before[at] != after[at]
    ]


@given(st.lists(CONTENTS, min_size=1, max_size=5), st.data())
def test_all_that_is_told_is_clean_and_whatever_is_left_out_is_missed(
    states: list[dict[str, str]], data: st.DataObject
) -> None:
    """However many of the states were recorded, the first always, the last never."""
    told = tell(states)
    kept = data.draw(st.lists(st.booleans(), min_size=len(states), max_size=len(states)))
    recorded = [(n, each) for n, each in enumerate(states[:-1] or states) if n == 0 or kept[n]]
    versions: list[Version] = []
    for number_, state in recorded:
        version = publish(f"2022-0{number_}-01" if number_ else "2022-01-01", state)
        if not versions or compare_versions(versions[-1], version):
            versions.append(version)
    whole = [correction for correction in told if leads(correction, told, versions, states[-1])]
    found = judge(states[-1], versions, whole)
    assert not found.untold
    assert not found.contradicted
    assert len(list_superseded(replace(report_of(states[-1]), record=tuple(versions)))) == len(found.revisions)
    if whole and is_clean(found):
        missing = data.draw(st.sampled_from(whole))
        assert not is_clean(judge(states[-1], versions, [each for each in whole if each is not missing]))


def leads(correction: Correction, told: list[Correction], versions: list[Version], now: Texts) -> bool:
    """Whether a cell changes at all from a version to the next or to the present; else its corrections are idle."""
    seen = [version.texts[correction.at] for version in versions]
    return any(before != after for before, after in pairwise([*seen, now[correction.at]]))
