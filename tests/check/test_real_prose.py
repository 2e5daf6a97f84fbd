"""The prose of the real reports in ../shared/samples: what is wrong with it is told, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gaisite.build.project import Common, read_common
from gaisite.build.words import check_words
from gaisite.check.mentions import check_statements
from gaisite.findings import Problems, Verdict
from gaisite.model.content import Report
from tests.check.narratives import make_agency, read_package_forms, write_narrative
from tests.examples import BASE

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
YONGWAI = "东城区永定门外街道办事处-2020"
TABLES_ONLY = "平潭综合实验区-2019"
PHONE = "67269652"
EXPECTED = {
    # It offers an electronic copy, and a sample has no file.
    YONGWAI: {("download-missing", "sections.other_matters")},
    "上海市人民政府办公厅-2019": set(),
    "平潭综合实验区-2018": set(),
    "平潭综合实验区-2019": set(),
    "平潭综合实验区-2020": set(),
    "平潭综合实验区-2021": set(),
    "平潭综合实验区-2022": set(),
    "沭阳县发展和改革局-2023": set(),
}
CELL = re.compile(r"^\t|^\s*$|^\d+$")

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs the real reports in ../shared/samples")


@pytest.fixture(scope="module")
def common() -> Common:
    found = read_common(BASE, Problems(), drafts=False, base_url=None)
    assert found is not None
    return found


def read_sections(name: str, form: str) -> dict[str, str]:
    """The prose of a sample by section, its tables left out; prose outside the sections counts as the first."""
    headings = {
        re.sub(r"^[一二三四五六]、", "", each.heading.official)[:6]: each.id
        for each in read_package_forms()[form].sections
    }
    sections: dict[str, list[str]] = {}
    current = read_package_forms()[form].sections[0].id
    for line in cut_lines((SAMPLES / f"{name}.txt").read_text(encoding="utf-8")):
        title = re.match(r"[一二三四五六]、(.*)", line)
        named = next((each for start, each in headings.items() if title and title[1].startswith(start)), None)
        if named:
            current = named
        elif len(line) > 20:
            sections.setdefault(current, []).append(line)
    return {section: "\n\n".join(lines) for section, lines in sections.items()}


def cut_lines(text: str) -> Iterator[str]:
    """The lines of prose: no header, no markup, no table whose cells ran together."""
    for line in re.sub(r"</p>", "\n", text).split("\n"):
        plain = re.sub(r"<[^>]*>", "", line).strip()
        if not (line.startswith("#") or CELL.match(line) or "第二十条第" in plain or "指标名称" in plain):
            yield re.sub(r"[\u3000 ]+", " ", plain).strip()


def choose_form(year: int) -> str:
    return next(form.id for form in read_package_forms().values() if form.language == "zh-CN" and form.serves(year))


def read_sample(name: str) -> tuple[Report, int]:
    year = int(name[-4:])
    form = choose_form(year)
    return write_narrative(read_sections(name, form), year, form), year


def test_every_sample_is_looked_at() -> None:
    assert {path.stem for path in SAMPLES.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_prose_of_a_real_report_is_told_what_is_wrong_and_nothing_else(name: str, common: Common) -> None:
    report, year = read_sample(name)
    prose = sum(len(prose.text) for prose in report.narrative.sections.values())
    assert (prose > 20) is (name != TABLES_ONLY)
    words = check_words(common, make_agency(name[:-5], phone=PHONE), (), (report,))
    told = {(each.check, each.at) for each in words.findings[year]}
    missing = {("section-short", "sections.improvement")}  # samples but one stop at the heading of section five
    assert told - missing == EXPECTED[name]
    assert (told & missing == set()) is (name == YONGWAI or year < 2019)


def test_whole_report_says_every_thing_it_must(common: Common) -> None:
    report, _ = read_sample(YONGWAI)
    assert set(report.narrative.sections) == {
        "overview",
        "disclosure",
        "requests",
        "disputes",
        "improvement",
        "other_matters",
    }
    assert len(check_words(common, None, (), (report,)).sketches[2020]) == 4


def test_reports_of_one_agency_are_not_alike(common: Common) -> None:
    reports = [read_sample(name)[0] for name in EXPECTED if name.startswith("平潭")]
    words = check_words(common, make_agency("平潭综合实验区"), (), reports)
    assert [each for year in words.findings for each in words.findings[year] if each.check == "text-copied"] == []


@pytest.mark.parametrize("name", ["平潭综合实验区-2021", "平潭综合实验区-2022"])
def test_fee_statement_of_real_reports_is_found(name: str) -> None:
    report, _ = read_sample(name)
    sections = {"other_matters": f"{report.year}年，无收取信息处理费情况。"}
    stated = write_narrative(sections, report.year)
    (finding,) = check_statements(stated, read_package_forms()[stated.form])
    assert finding.verdict is Verdict.PASS
