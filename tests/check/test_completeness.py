"""Sections that are too long, say nothing or are pictures; tables without figures."""

from dataclasses import replace

import pytest

from gaisite.check.completeness import check_blank_tables, check_sections
from gaisite.findings import Place
from gaisite.model.content import BLANK, Attachment, Figure, Report, State
from gaisite.model.wording import SILENT
from tests.check.narratives import CHINESE, FORM, read_package_forms, tell, write_narrative
from tests.check.values import make_report_table, number

ENOUGH = "部分科室公开不够及时。"


def check(**texts: str) -> list[tuple[str, ...]]:
    report = write_narrative({"improvement": ENOUGH, **texts})
    return tell(list(check_sections(report, read_package_forms()[FORM], CHINESE)))


def test_length_is_counted_in_characters_and_other_words() -> None:
    report = write_narrative({"overview": "，" * 50 + "字" * 998 + " 28 foia。", "improvement": ENOUGH})
    assert list(check_sections(report, read_package_forms()[FORM], CHINESE)) == []
    assert check(overview="字" * 999 + " 28 foia。") == [("section-long", "sections.overview")]
    assert check(disclosure="字" * 2000) == []


@pytest.mark.parametrize("text", ["", "无", "无。", "暂无问题！", "**没有**", "公开不够及时。", "2021年，无。"])
def test_section_that_says_nothing_is_told(text: str) -> None:
    assert check(improvement=text) == [("section-short", "sections.improvement")]


def test_long_word_for_nothing_is_nothing() -> None:
    wording = replace(CHINESE, nothing=(ENOUGH,))
    report = write_narrative({"improvement": ENOUGH})
    (finding,) = check_sections(report, read_package_forms()[FORM], wording)
    assert dict(finding.facts)["found"] == ENOUGH


def test_short_section_shows_what_it_says_and_an_empty_one_its_heading() -> None:
    short, empty = (write_narrative({"improvement": text}) for text in ("没有。", ""))
    form = read_package_forms()[FORM]
    (told,) = check_sections(short, form, CHINESE)
    assert (dict(told.facts)["found"], dict(told.facts)["empty"]) == ("没有。", "")
    (silent,) = check_sections(empty, form, SILENT)
    assert (dict(silent.facts)["found"], dict(silent.facts)["empty"], silent.place.line) == ("", "0", 19)


def test_section_of_a_draft_that_is_not_yet_written_is_not_told() -> None:
    form = read_package_forms()[FORM]
    for text, told in (("", []), ("无。", ["section-short"])):
        report = write_narrative({"improvement": text}, front="draft: true")
        assert [each.check for each in check_sections(report, form, CHINESE)] == told


def test_section_that_is_missing_is_told_elsewhere() -> None:
    report = write_narrative({"improvement": ENOUGH})
    bare = replace(report, narrative=replace(report.narrative, sections={}))
    assert list(check_sections(bare, read_package_forms()[FORM], CHINESE)) == []


def test_picture_without_words_is_told_and_no_more_is_said_of_it() -> None:
    picture = "![统计表](https://example.org/table.png)"
    assert check(requests=picture) == []  # a picture of another host is refused: its text stays
    report = write_narrative({"improvement": ENOUGH})
    prose = replace(
        report.narrative.sections["improvement"], html='<p><img src="files/a.png" alt="表"></p>', passages=()
    )
    for section, told in (("requests", "picture-only"), ("improvement", "picture-only")):
        narrative = replace(report.narrative, sections={**report.narrative.sections, section: prose})
        found = check_sections(replace(report, narrative=narrative), read_package_forms()[FORM], CHINESE)
        assert tell(list(found)) == [(told, f"sections.{section}")]


def fill(figure: Figure, report: Report) -> Report:
    """The report with one figure in its first table, all others blank."""
    tables = {table.id: make_report_table(table, {}) for table in read_package_forms()[FORM].tables}
    first = next(iter(tables.values()))
    key = next(iter(first.figures))
    tables[first.table.id] = replace(first, figures={**first.figures, key: figure})
    return replace(report, tables=tables)


def test_tables_without_figures_are_told_where_a_file_may_have_them() -> None:
    report = write_narrative("说明。")
    file = Attachment(path="files/a.pdf", title="原件", size=1, digest="", place=Place(file="content/a/2021/report.md"))
    scanned = replace(report, narrative=replace(report.narrative, attachments=(file,)))
    assert list(check_blank_tables(fill(BLANK, report))) == []
    assert tell(list(check_blank_tables(fill(BLANK, scanned)))) == [("tables-blank", "tables")]
    assert list(check_blank_tables(fill(number(0), scanned))) == []
    assert list(check_blank_tables(fill(Figure(State.NOT_APPLICABLE, text="n/a"), scanned))) == []
