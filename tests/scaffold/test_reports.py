"""A new report reads without a mistake: every row named, every figure blank, but for what last year's report tells."""

import itertools
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site, check_site
from gaisite.findings import ContentError, Problems, Severity
from gaisite.model.children import ChildrenMode
from gaisite.model.content import Figure, State
from gaisite.model.forms import Form
from gaisite.model.tables import Axis
from gaisite.read.catalogue import read_catalogue
from gaisite.read.figures import Figures, read_figures
from gaisite.read.names import name_form
from gaisite.read.settings import LANGUAGES
from gaisite.scaffold import Ground, ReportScaffold, ReportWishes, lay_out_report, read_ground, write_scaffold
from tests.scaffold.projects import make_awkward_project, make_project, read_back, uncomment, write

CELLS = Mapping[str, str]
LAST = "content/a/b/{year}/figures.yaml"


def add_report(ground: Ground, year: int, *, form: str = "", labels: bool = False) -> tuple[ReportScaffold, Figures]:
    """A new report of the agency a/b, written and read back."""
    problems = Problems()
    wishes = ReportWishes(agency="a/b", year=year, form=form, labels=labels)
    laid = lay_out_report(ground, wishes, problems)
    assert problems.findings == []
    assert laid is not None
    assert write_scaffold(laid.scaffold, problems)
    return laid, read_back(ground, f"content/a/b/{year}", laid.form)


def list_numbers(figures: Figures) -> CELLS:
    """All that is not blank, by cell; a computed figure in parentheses."""
    numbers = {}
    for table_id, table in figures.tables.items():
        for (row, column), figure in table.figures.items():
            if figure.state is not State.BLANK:
                numbers[f"{table_id}.{row}.{column}"] = f"({figure.text})" if figure.computed else figure.text
    return numbers


def assert_complete(figures: Figures, form: Form) -> None:
    """Every row is named, and has a cell in every column that is no total."""
    for table in form.tables:
        read = figures.tables[table.id]
        assert read.missing_rows == ()
        for row in table.leaves(Axis.ROWS):
            for column in table.leaves(Axis.COLUMNS):
                written = bool(read.figure(row.id, column.id).line)
                assert written == (not row.sum_of and not column.sum_of and not row.optional), (row.id, column.id)


def find_years(ground: Ground) -> dict[int, str]:
    """For each form a year that it serves, no two the same."""
    years: dict[int, str] = {}
    for form in ground.forms.values():
        year = next(year for year in itertools.count(form.first_year) if year not in years)
        assert form.serves(year)
        years[year] = form.id
    return years


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("labels", [False, True])
def test_a_new_report_of_every_form_has_every_row_and_no_figure(tmp_path: Path, language: str, labels: bool) -> None:
    ground = make_awkward_project(tmp_path, language)
    assert len(find_years(ground)) >= 4
    for year, form in find_years(ground).items():
        laid, figures = add_report(ground, year, form=form, labels=labels)
        assert laid.form.id == form
        assert laid.carried == 0
        assert list_numbers(figures) == {}
        assert_complete(figures, laid.form)


def test_a_new_report_passes_check_and_strict_build(tmp_path: Path) -> None:
    ground = make_project(tmp_path)
    for year, form in find_years(ground).items():
        add_report(ground, year, form=form)
    for drafts in (False, True):
        options = BuildOptions(project=tmp_path, strict=True, drafts=drafts)
        checked = check_site(options)
        assert checked.count(Severity.ERROR) == checked.count(Severity.WARNING) == 0
        result = build_site(options)
        assert result.count(Severity.ERROR) == result.count(Severity.WARNING) == 0
        assert result.written is not None
        assert result.reports == len(find_years(ground)) * drafts


@pytest.mark.parametrize("labels", [False, True])
def test_what_is_filled_in_is_read_at_its_place(tmp_path: Path, labels: bool) -> None:
    ground = make_awkward_project(tmp_path)
    for year, form in find_years(ground).items():
        laid, blank = add_report(ground, year, form=form, labels=labels)
        path = tmp_path / LAST.format(year=year)
        text, count = fill_in(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        filled = list_written(read_back(ground, f"content/a/b/{year}", laid.form))
        assert [figure.text for figure in filled] == [str(number) for number in range(count)]
        assert len(filled) == len(list_written(blank))


def fill_in(text: str) -> tuple[str, int]:
    """A report with 0, 1, 2 … in its cells, and how many there are."""
    numbers = itertools.count()
    lines = [
        line if line.lstrip().startswith("#") else re.sub(r": (?=[,}])", lambda _: f": {next(numbers)}", line)
        for line in text.split("\n")
    ]
    return "\n".join(lines), next(numbers)


def list_written(figures: Figures) -> list[Figure]:
    """The figures that stand in the file, in its order."""
    found = [figure for table in figures.tables.values() for figure in table.figures.values() if figure.line]
    return sorted(found, key=lambda figure: (figure.line, figure.column))


def test_everything_that_is_commented_out_can_be_used(tmp_path: Path) -> None:
    ground = make_awkward_project(tmp_path)
    laid, _ = add_report(ground, 1990)
    problems = Problems()
    text = (tmp_path / LAST.format(year=1990)).read_text(encoding="utf-8")
    text = text.replace("  #lost:", "  lost:").replace("  #spare:", "  spare:")
    names = {laid.form.id: name_form(laid.form)}
    figures = read_figures(uncomment(text), names, problems)
    assert problems.findings == []
    assert figures is not None
    assert figures.tables["money"].units["sum"].official == "EUR: 1"
    assert len(figures.acknowledgements) == 1
    assert figures.tables["requests"].figure("closed.lost", "apart.rate").line


def test_the_comments_show_official_labels_and_their_translation(tmp_path: Path) -> None:
    add_report(make_awkward_project(tmp_path / "zh"), 1990)
    text = (tmp_path / "zh" / LAST.format(year=1990)).read_text(encoding="utf-8")
    assert text.startswith('# 甲局: "requests" 1990\n')
    assert "# Requests: received, closed\n# Note: all of them\n" in text
    assert "  # [Closed]\n  closed:\n    # Won?\n    won: {here: {few: }" in text
    assert "# 列：here Here {few Few, or none}；there There {few" in text
    assert "alone Apart · Alone；rate Apart · null\n" in text
    assert "# 合计，可以不写：here.sum Here · Sum；there.sum There · Sum；closed.all [Closed] · All\n" in text
    laid, _ = add_report(make_awkward_project(tmp_path / "other", "en"), year := 2021, form="cn-gai-2021")
    row = laid.form.tables[0].rows[0].label
    assert f"# {row.official} / {row.within('en')}\n" in laid.scaffold.files[LAST.format(year=year)]


def test_the_narrative_has_the_headings_and_what_each_section_must_tell(tmp_path: Path) -> None:
    laid, _ = add_report(make_awkward_project(tmp_path), 1990)
    text = laid.scaffold.files["content/a/b/1990/report.md"]
    assert "# 1. All *requests* [and] #more：Tell all: # of them\n---\n" in text
    assert "1991-01-20" in text
    assert text.endswith("## The rest\n")


LAST_FIGURES = """\
form: {form}
requests:
  received: {{alone: 9}}
  carried: {{alone: 8}}
  closed: {{won: {{here: {{few: 7}}}}, all: {{here: {{few: 70}}}}}}
  left: {{here: {{few: 1, sum: {sum}}}, there: {{few: 2, many: }}, alone: n/a, rate: 0}}
money:
  fees: {{sum: 5}}
  fines: {{sum: {fines}}}
"""


def test_what_was_carried_over_is_filled_in_and_says_from_where(tmp_path: Path) -> None:
    ground = make_awkward_project(tmp_path)
    write(tmp_path / LAST.format(year=1991), LAST_FIGURES.format(form="awkward-1", sum=1, fines="3.50"))
    laid, figures = add_report(ground, 1992)
    assert list_numbers(figures) == {
        "requests.carried.here.few": "1",
        "requests.carried.here.sum": "(1)",
        "requests.carried.there.few": "2",
        "requests.carried.there.sum": "(2)",
        "requests.carried.apart.rate": "0",
        "requests.closed.all.here.few": "70",
        "requests.closed.all.here.sum": "7",
        "money.fees.sum": "3.50",
    }
    assert laid.carried == 6
    assert not laid.last_findings
    text = laid.scaffold.files[LAST.format(year=1992)]
    assert "  # Carried & over\n  # 取自 1991 年报告的“* Left”，请核对\n  carried: {here: {few: 1}, " in text


def test_a_total_that_its_parts_do_not_add_up_to_is_carried_as_printed(tmp_path: Path) -> None:
    ground = make_awkward_project(tmp_path)
    write(tmp_path / LAST.format(year=1991), LAST_FIGURES.format(form="awkward-1", sum=4, fines=""))
    _, figures = add_report(ground, 1992)
    assert list_numbers(figures)["requests.carried.here.sum"] == "4"
    assert "money.fees.sum" not in list_numbers(figures)


def test_across_a_change_of_form_only_what_is_the_same_is_carried(tmp_path: Path) -> None:
    ground = make_awkward_project(tmp_path)
    write(tmp_path / LAST.format(year=1994), LAST_FIGURES.format(form="awkward-1", sum=1, fines="3.50"))
    laid, figures = add_report(ground, 1995)
    assert laid.form.id == "awkward-2"
    carried = [cell for cell in list_numbers(figures) if not cell.startswith("requests.closed")]
    assert carried == ["requests.carried.here.few", "requests.carried.apart.rate", "requests.carried.here.sum"]


def test_the_national_forms_carry_over_from_one_to_the_next(tmp_path: Path) -> None:
    ground = make_project(tmp_path)
    before, last = ground.forms["cn-gai-2019"], ground.forms["cn-gai-2021"]
    year = last.first_year
    row = "{natural_person: 3, business: 0, research: , welfare: , legal: , other: 1, total: 4}"
    write(tmp_path / LAST.format(year=year - 1), f"form: {before.id}\napplications:\n  carried_out: {row}\n")
    for labels in (False, True):
        laid = lay_out_report(ground, ReportWishes(agency="a/b", year=year, labels=labels), Problems())
        assert laid is not None
        assert laid.carried == 3
    _, figures = add_report(ground, year)
    fresh = check_site(BuildOptions(project=tmp_path, strict=True, drafts=True)).findings
    assert [finding for finding in fresh if f"/{year}/" in finding.place.file] == []
    assert list_numbers(figures) == {
        "applications.carried_in.natural_person": "3",
        "applications.carried_in.organisation.business": "0",
        "applications.carried_in.organisation.other": "1",
        "applications.carried_in.total": "(4)",
    }


def test_nothing_is_carried_between_forms_that_do_not_continue_each_other(tmp_path: Path) -> None:
    ground = make_awkward_project(tmp_path)
    write(tmp_path / LAST.format(year=1991), LAST_FIGURES.format(form="awkward-1", sum=1, fines="1"))
    laid, figures = add_report(ground, 1992, form=next(iter(ground.forms)))
    assert laid.form.id not in ("awkward-1", "awkward-2")
    assert laid.carried == 0
    assert list_numbers(figures) == {}


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("form: none\n", 0),
        ("form: [\n", 0),
        (LAST_FIGURES.format(form="awkward-1", sum="x", fines="y"), 5),
    ],
)
def test_mistakes_in_last_years_report_do_not_hinder_the_new_one(tmp_path: Path, text: str, carried: int) -> None:
    ground = make_awkward_project(tmp_path)
    write(tmp_path / LAST.format(year=1991), text)
    laid, _ = add_report(ground, 1992)
    assert laid.last_findings
    assert laid.carried == carried


def test_last_years_report_that_cannot_be_opened_does_not_hinder_the_new_one(tmp_path: Path) -> None:
    ground = make_awkward_project(tmp_path)
    path = tmp_path / LAST.format(year=1991)
    path.parent.mkdir(parents=True)
    path.write_bytes("form: 甲".encode("gb18030"))
    laid, _ = add_report(ground, 1992)
    assert laid.last_findings


def refuse(ground: Ground, wishes: ReportWishes) -> tuple[str, dict[str, object]]:
    """Why a report cannot be laid out: the check and its facts, which have their words."""
    with pytest.raises(ContentError) as caught:
        lay_out_report(ground, wishes, Problems())
    finding = caught.value.finding
    for language in LANGUAGES:
        assert "{" not in read_catalogue().say(finding, language) + read_catalogue().hint(finding, language)
    return finding.check, dict(finding.facts)


def test_a_year_without_a_form_and_a_form_that_is_not_there_are_refused(tmp_path: Path) -> None:
    ground = make_awkward_project(tmp_path)
    check, facts = refuse(ground, ReportWishes(agency="a/b", year=1989))
    assert check == "form-none"
    assert "awkward-1 (1990–1994), awkward-2 (1995–1999)" in str(facts["known"])
    check, facts = refuse(ground, ReportWishes(agency="a/b", year=1990, form="akward-1"))
    assert (check, facts["near"]) == ("form-unknown", "awkward-1")


def test_the_form_that_is_wanted_may_be_that_of_other_years(tmp_path: Path) -> None:
    laid, _ = add_report(make_awkward_project(tmp_path), 2020, form="awkward-1")
    assert laid.form.id == "awkward-1"


def test_the_latest_of_several_forms_is_chosen(tmp_path: Path) -> None:
    make_awkward_project(tmp_path)
    later = tmp_path / "content/forms/awkward-2.yaml"
    later.write_text(later.read_text().replace("first: 1995", "first: 1992"))
    problems = Problems()
    ground = read_ground(tmp_path, problems)
    assert ground is not None
    laid = lay_out_report(ground, ReportWishes(agency="a/b", year=1993), problems)
    assert laid is not None
    assert laid.form.id == "awkward-2"


@pytest.mark.parametrize(
    ("language", "last", "year", "chosen"),
    [
        ("zh-CN", {}, 2023, "cn-gai-2021"),
        ("zh-Hant", {}, 2023, "cn-gai-2021"),
        ("en", {}, 2023, "us-foia"),
        ("zh-CN", {2022: "us-foia"}, 2023, "us-foia"),
        ("en", {2022: "cn-gai-2021"}, 2023, "cn-gai-2021"),
        ("en", {2019: "cn-gai-2019"}, 2023, "cn-gai-2021"),
        ("zh-CN", {2014: "cn-fj-2008"}, 2016, "cn-fj-2008"),
        ("zh-CN", {2014: "cn-gai-2014"}, 2016, "cn-gai-2014"),
        ("en", {2020: "us-foia", 2022: "cn-gai-2021"}, 2023, "cn-gai-2021"),
        ("en", {2022: "cn-gai-2021"}, 2020, "cn-gai-2019"),
        ("zh-CN", {2022: "us-foia", 2021: "none"}, 2020, "us-foia"),
        ("en", {2012: "awkward-1"}, 2023, "us-foia"),
    ],
)
def test_a_report_goes_on_from_the_form_of_those_before_or_is_in_the_portals_language(
    tmp_path: Path, language: str, last: dict[int, str], year: int, chosen: str
) -> None:
    ground = make_awkward_project(tmp_path, language)
    for each, form in last.items():
        write(tmp_path / LAST.format(year=each), f"form: {form}\n")
    laid = lay_out_report(ground, ReportWishes(agency="a/b", year=year), Problems())
    assert laid is not None
    assert laid.form.id == chosen


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sum_of_those_below_goes_on_as_one(tmp_path: Path, language: str) -> None:
    ground = make_project(tmp_path, language)
    write(tmp_path / LAST.format(year=2022), "form: cn-gai-2021\nchildren: sum\n")
    laid, figures = add_report(ground, 2024)
    assert laid.children is ChildrenMode.SUM
    assert figures.children is not None
    assert figures.children.mode is ChildrenMode.SUM
    assert laid.carried == 0


def test_a_report_that_is_compared_with_those_below_goes_on_so_with_its_tables(tmp_path: Path) -> None:
    ground = make_project(tmp_path)
    before = "form: cn-gai-2021\nchildren: compare\napplications:\n  carried_out: {natural_person: 3}\n"
    write(tmp_path / LAST.format(year=2022), before)
    laid, figures = add_report(ground, 2023)
    assert laid.children is ChildrenMode.COMPARE
    assert figures.children is not None
    assert figures.children.mode is ChildrenMode.COMPARE
    assert list_numbers(figures)["applications.carried_in.natural_person"] == "3"


@pytest.mark.parametrize(
    ("agency", "near"), [("a/bb", "a/b"), ("", ""), ("../content/a/b", "a/b"), ("a", ""), ("a/b/1990", "a/b")]
)
def test_a_report_needs_an_agency(tmp_path: Path, agency: str, near: str) -> None:
    ground = make_project(tmp_path)
    check, facts = refuse(ground, ReportWishes(agency=agency, year=2020))
    assert check == "agency-unknown"
    assert facts["found"] == agency
    assert facts["near"] in (near, "")


def test_an_agency_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    ground = make_project(tmp_path)
    write(ground.content / "a/b/agency.yaml", "- x\n")
    problems = Problems()
    assert lay_out_report(ground, ReportWishes(agency="a/b", year=2020), problems) is None
    assert [finding.check for finding in problems.findings] == ["mapping-expected"]
