"""Findings: a mistake is kept with its place and the loop goes on; anything else is not swallowed."""

import pytest

from gaisite.findings import ContentError, Finding, Place, Problems, Verdict, fault


def test_fault_carries_the_check_its_place_and_its_facts_in_order() -> None:
    place = Place(file="a.yaml", line=3, column=7)
    error = fault("figure-count", place, "applications.new.total", found="x", wanted="1")
    assert error.finding.place is place
    assert (error.finding.check, error.finding.at) == ("figure-count", "applications.new.total")
    assert error.finding.facts == (("found", "x"), ("wanted", "1"))
    assert error.finding.verdict is Verdict.FAIL
    assert str(error) == "figure-count"


def test_facts_may_be_called_as_the_parameters_are() -> None:
    assert fault("x", Place(file="a"), check="1", place="2", at="3").finding.facts == (
        ("check", "1"), ("place", "2"), ("at", "3"),
    )  # fmt: skip


def test_loop_goes_on_after_a_mistake() -> None:
    problems = Problems()
    done = []
    for number in range(3):
        with problems.gather():
            if number == 1:
                raise fault("figure-count", Place(file="a", line=number))
            done.append(number)
    assert done == [0, 2]
    assert [(finding.check, finding.place.line) for finding in problems.findings] == [("figure-count", 1)]


def test_only_mistakes_in_the_content_are_gathered() -> None:
    problems = Problems()
    with pytest.raises(ZeroDivisionError), problems.gather():
        print(1 // 0)
    assert problems.findings == []


def test_findings_are_kept_in_the_order_in_which_they_came() -> None:
    first, second, third = (Finding(check=check, place=Place(file="a")) for check in "abc")
    problems = Problems()
    problems.add(first, second)
    problems.extend(iter([third]))
    assert problems.findings == [first, second, third]


def test_places_sort_by_file_then_line_then_column() -> None:
    places = [
        Place(file="a"), Place(file="a", line=2), Place(file="a", line=2, column=3), Place(file="a", line=10), Place(file="b")
    ]  # fmt: skip
    assert sorted(places[::-1]) == places


def test_problems_of_two_runs_are_apart() -> None:
    Problems().add(ContentError(Finding(check="a", place=Place(file="a"))).finding)
    assert Problems().findings == []
