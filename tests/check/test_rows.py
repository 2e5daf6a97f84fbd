"""Whether a report has the rows, the units and the year of its form."""

from gaisite.check.rows import check_form_year, check_rows, check_units
from gaisite.findings import Finding, Place
from gaisite.model.content import ReportTable
from gaisite.model.forms import Form
from gaisite.model.tables import FigureType
from gaisite.texts import Texts
from tests.check.values import line, make_form, make_report, make_report_table, make_table, number, texts

TABLE = make_table(
    (line("a"), line("b"), line("g", line("g.c"), line("g.d", optional=True)), line("total", sum_of=["a", "b"])),
    (line("x"), line("y")),
)
TABLE_PLACE = Place(file="figures.yaml", line=7)


def find_missing(*missing: str, form: Form | None = None) -> list[Finding]:
    form = form or make_form(TABLE)
    report = make_report(form, lambda table: make_report_table(table, {}, missing_rows=missing, place=TABLE_PLACE))
    return list(check_rows(report))


def test_complete_report_lacks_nothing() -> None:
    assert find_missing() == []


def test_each_missing_row_is_told_at_its_table() -> None:
    first, second = find_missing("b", "g.c")
    assert (first.check, first.at, first.place) == ("missing-row", "t.b", TABLE_PLACE)
    assert dict(first.facts) == {"row": texts("b"), "table": texts("t")}
    assert second.at == "t.g.c"


def test_missing_table_is_told_once() -> None:
    (found,) = find_missing("a", "b", "g.c")
    assert (found.check, found.at, dict(found.facts)) == ("missing-table", "t", {"table": texts("t")})


def test_table_of_nothing_but_optional_rows_cannot_be_missing() -> None:
    table = make_table((line("a", optional=True),), (line("x"),))
    assert find_missing(form=make_form(table)) == []


def test_missing_row_that_the_table_no_longer_has_is_called_by_what_leads_to_it() -> None:
    (found,) = find_missing("g.lost")
    assert dict(found.facts)["row"] == texts("g › x")


YUAN, WAN = Texts((("zh-CN", "元"), ("en", "CNY"))), Texts((("zh-CN", "万元"), ("en", "CNY 10,000")))
OPEN = make_table((line("a"), line("b")), (line("x"), line("y", unit_choices=(YUAN, WAN), type=FigureType.AMOUNT)))


def find_units(cells: dict[tuple[str, str], object], units: dict[str, Texts]) -> list[Finding]:
    def fill(table: object) -> ReportTable:
        return make_report_table(OPEN, cells, units=units, place=TABLE_PLACE)  # type: ignore[arg-type]

    return list(check_units(make_report(make_form(OPEN), fill)))


def test_unit_that_the_form_leaves_open_must_be_stated_once_for_all_rows() -> None:
    (found,) = find_units({("a", "x"): number(1), ("a", "y"): number("2.50"), ("b", "y"): number("3")}, {})
    assert (found.check, found.at, found.place) == ("unit-missing", "t.y", TABLE_PLACE)
    assert dict(found.facts) == {"column": texts("y"), "choices": "元/万元", "key": "t.y"}


def test_stated_unit_is_enough() -> None:
    assert find_units({("a", "y"): number("2.50")}, {"y": WAN}) == []


def test_unit_of_no_figure_need_not_be_stated() -> None:
    assert find_units({("a", "x"): number(1)}, {}) == []


def test_report_belongs_to_the_years_of_its_form() -> None:
    form = make_form(TABLE, years=(2019, 2020))
    assert list(check_form_year(make_report(form, {}, year=2019), form)) == []
    assert list(check_form_year(make_report(form, {}, year=2020), form)) == []
    for year in (2018, 2021):
        report = make_report(form, {}, year=year)
        (found,) = check_form_year(report, form)
        assert (found.check, found.at, found.place) == ("wrong-form", "form", report.place)
        assert dict(found.facts) == {"year": str(year), "form": texts("form"), "id": "form"}


def test_form_without_a_last_year_is_still_in_force() -> None:
    form = make_form(TABLE, years=(2021, None))
    assert list(check_form_year(make_report(form, {}, year=2199), form)) == []
