"""One model, proven equal: every file that is written, read back, has every cell of every report, the four states too."""

import io
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gaisite.build.examine import examine_agency
from gaisite.build.project import read_common
from gaisite.export.delimited import guard
from gaisite.export.files import export_agency
from gaisite.export.schemas import write_report_schema, write_series_schema
from gaisite.findings import Finding, Place, Problems
from gaisite.model.columns import OBSERVATION_COLUMNS, SERIES_COLUMNS
from gaisite.model.content import BLANK, Figure, Report, ReportTable, State
from gaisite.model.datasets import CellNames, observe_agency
from gaisite.model.downloads import DownloadSetting, Format
from gaisite.model.forms import Form, Relation
from gaisite.model.history import History, Point
from gaisite.model.portal import Link, Portal
from gaisite.model.summary import AgencySummary, ReportSummary, Tally
from gaisite.model.tables import Address, Axis, FigureType, Line, Table
from gaisite.read.folders import scan_agencies
from gaisite.relate import relate_reports
from gaisite.texts import Texts
from tests.build.portals import build
from tests.check.values import make_form, make_report
from tests.export.reading import Row, read_csv, read_parquet, read_report_json, read_series_json, read_xlsx

ROOT = Path(__file__).parents[2]
PLACE = Place(file="content/site.yaml")
OBSERVATION_NAMES = tuple(column.name for column in OBSERVATION_COLUMNS)
SERIES_NAMES = tuple(column.name for column in SERIES_COLUMNS)


# --- what must be in the files, found without what writes them ------------------------------------------------------------


def label(table: Table, axis: Axis, line: str) -> str:
    """The official labels that lead to a line."""
    parts = line.split(".")
    ids = [".".join(parts[: end + 1]) for end in range(len(parts))]
    return " › ".join(table.find(axis, id).label.official for id in ids)  # type: ignore[union-attr]


def name_cell(table: Table, row: str, column: str) -> Row:
    return {
        "table": table.id,
        "table_label": table.caption.official,
        "row": row,
        "row_label": label(table, Axis.ROWS, row),
        "column": column,
        "column_label": label(table, Axis.COLUMNS, column),
    }


def describe(figure: Figure, unit: Texts | None) -> Row:
    return {
        "state": figure.state,
        "value": figure.value,
        "text": figure.text,
        "unit": unit.official if unit else "",
        "computed": figure.computed,
    }


def expect_report(report: Report, name: str, findings: tuple[Finding, ...]) -> Iterator[Row]:
    """The rows of a report but for their series."""
    for table in report.tables.values():
        for row in table.table.leaves(Axis.ROWS):
            for column in table.table.leaves(Axis.COLUMNS):
                at = f"{table.table.id}.{row.id}.{column.id}"
                checks = [(each.check, bool(each.acknowledged)) for each in findings if each.at == at]
                yield {
                    "agency": report.agency,
                    "agency_name": name,
                    "year": report.year,
                    "form": report.form,
                    **name_cell(table.table, row.id, column.id),
                    **describe(table.figure(row.id, column.id), table.unit(row, column)),
                    "failed": tuple(sorted({check for check, told in checks if not told})),
                    "acknowledged": tuple(sorted({check for check, told in checks if told})),
                    "revised": max((each.date for each in report.corrections if each.at == at), default=""),
                }


def expect_series(history: History, names: Mapping[int, str], language: str) -> Iterator[Row]:
    """The rows of an agency's series."""
    for table in history.tables:
        for series in table.series.values():
            cell = series.cell
            for point in series.points:
                if point.published:
                    yield {
                        "agency": history.agency,
                        "series": f"{table.form}/{cell}",
                        **name_cell(table.table, cell.row, cell.column),
                        "year": point.year,
                        "agency_name": names[point.year],
                        "form": history.forms[point.year],
                        **describe(point.figure, point.unit),
                        "relation": point.relation,
                        "note": point.note.within(language) if point.note else "",
                        "cells": list_cells(point, cell),
                    }


def list_cells(point: Point, own: Address) -> tuple[str, ...]:
    return () if point.cells == (own,) else tuple(str(cell) for cell in point.cells)


def strip_series(rows: list[Row]) -> list[Row]:
    """The rows without their series, which every one has."""
    assert all(row["series"] for row in rows)
    return [{name: value for name, value in row.items() if name != "series"} for row in rows]


def list_series(rows: list[Row]) -> dict[tuple[object, ...], object]:
    return {(row["year"], row["table"], row["row"], row["column"]): row["series"] for row in rows}


# --- the portal in content/ ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """An agency as it was read, and the folder of its files."""

    folder: Path
    summary: AgencySummary
    reports: tuple[Report, ...]
    history: History


@dataclass(frozen=True)
class Demo:
    site: Path
    agencies: tuple[Published, ...]
    forms: Mapping[str, Form]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The portal in content/ with files of all formats."""
    project = tmp_path_factory.mktemp("exports")
    copy_portal(project)
    result = build(project)
    common = read_common(project, Problems(), drafts=False, base_url=None)
    assert common is not None
    agencies = []
    for folder, summary in zip(scan_agencies(common.content, project, Problems()), result.summaries, strict=True):
        below = [each for each in result.summaries if each.parent == folder.id]
        reports = examine_agency(common, folder, (), below).reports
        history = relate_reports(folder.id, reports, common.forms)
        agencies.append(Published(project / "site" / folder.id, summary, reports, history))
    return Demo(project / "site", tuple(agencies), common.forms)


def copy_portal(project: Path) -> None:
    for part in ("content", "themes"):
        shutil.copytree(ROOT / part, project / part)
    settings = project / "content/site.yaml"
    text = settings.read_text(encoding="utf-8")
    assert "downloads: [csv, json]" in text
    formats = "downloads: [csv, json, xlsx, parquet]\nlicence: {name: 示例许可, url: https://example.org/licence}"
    settings.write_text(text.replace("downloads: [csv, json]", formats), encoding="utf-8")


def read_csv_file(path: Path) -> list[Row]:
    return read_csv(path.read_bytes(), path.with_name(path.name + "-metadata.json").read_bytes())


def test_every_cell_of_every_report_is_in_every_file(portal: Demo) -> None:
    states = set()
    everything: list[Row] = []
    for agency in portal.agencies:
        whole: list[Row] = []
        for report, brief in zip(agency.reports, agency.summary.reports, strict=True):
            expected = list(expect_report(report, brief.name.official, brief.failed))
            folder = agency.folder / str(report.year)
            rows = read_csv_file(folder / "data.csv")
            assert strip_series(rows) == expected
            assert list(read_report_json((folder / "data.json").read_bytes())) == rows
            assert read_xlsx((folder / "data.xlsx").read_bytes(), OBSERVATION_NAMES) == rows
            states |= {row["state"] for row in rows}
            whole += rows
        assert read_parquet(agency.folder / "data.parquet") == whole
        everything += whole
    assert states == {State.NUMBER, State.BLANK}
    assert len(everything) > 1000
    assert read_csv_file(portal.site / "data/all.csv") == everything
    assert read_parquet(portal.site / "data/all.parquet") == everything


def test_every_year_of_every_series_is_in_every_file(portal: Demo) -> None:
    states = set()
    for agency in portal.agencies:
        names = {report.year: report.name.official for report in agency.summary.reports}
        expected = list(expect_series(agency.history, names, "zh-CN"))
        assert read_csv_file(agency.folder / "series.csv") == expected
        assert list(read_series_json((agency.folder / "series.json").read_bytes())) == expected
        assert read_xlsx((agency.folder / "series.xlsx").read_bytes(), SERIES_NAMES) == expected
        states |= {row["state"] for row in expected}
    assert states == {State.NUMBER, State.BLANK, State.NOT_IN_FORM}


def test_each_cell_is_in_the_series_that_its_figure_is_read_from(portal: Demo) -> None:
    for agency in portal.agencies:
        read_from = {
            (point.year, cell.table, cell.row, cell.column): f"{table.form}/{series.cell}"
            for table in agency.history.tables
            for series in table.series.values()
            for point in series.points
            for cell in point.cells
        }
        for report in agency.reports:
            found = list_series(read_csv_file(agency.folder / str(report.year) / "data.csv"))
            assert found == {cell: read_from[cell] for cell in found}


def test_figures_of_the_samples_are_in_the_files_as_they_were_printed(portal: Demo) -> None:
    rows = read_csv_file(portal.site / "dongcheng/yongdingmenwai/2020/data.csv")
    cells = {f"{row['table']}.{row['row']}.{row['column']}": row for row in rows}
    plus = cells["licences.other_services.confirmation.change"]
    assert (plus["value"], plus["text"], plus["row_label"]) == (10, "＋10", "其他对外管理服务事项 › 行政确认")
    amount = cells["procurement.centralised.amount"]
    assert (str(amount["value"]), amount["text"], amount["unit"]) == ("52.6540", "52.6540", "万元")
    blank = cells["applications.new.organisation.business"]
    assert (blank["state"], blank["value"], blank["text"]) == (State.BLANK, None, "")
    acknowledged = read_csv_file(portal.site / "pingtan/2020/data.csv")
    (total,) = [row for row in acknowledged if row["row"] == "handled.total" and row["column"] == "total"]
    assert (total["value"], total["failed"], total["acknowledged"]) == (21, (), ("column-sum",))


def test_series_go_on_across_a_change_of_form_with_its_reason(portal: Demo) -> None:
    rows = read_csv_file(portal.site / "pingtan/series.csv")
    other = [row for row in rows if row["series"] == "cn-gai-2021/applications.handled.other.total"]
    assert [(row["year"], row["relation"], row["computed"]) for row in other] == [
        (2018, Relation.SAME, False),
        (2019, Relation.NOT_COMPARABLE, False),
        (2020, Relation.SAME, False),
        (2021, Relation.SUM_OF, True),
        (2022, Relation.SAME, True),
    ]
    assert str(other[3]["note"]).startswith("2021年起“其他处理”分为三行")
    document = json.loads((portal.site / "pingtan/series.json").read_bytes())
    assert [(each["before"], each["after"]) for each in document["breaks"]] == [(2018, 2019), (2020, 2021)]
    assert document["years"] == [2018, 2019, 2020, 2021, 2022]


def test_json_files_are_what_their_schemas_say(portal: Demo) -> None:
    files = [*portal.site.glob("*/**/data.json"), *portal.site.glob("*/**/series.json")]
    assert len(files) == 8
    for path in files:
        document = json.loads(path.read_bytes())
        schema = json.loads((path.parent / document["$schema"]).resolve().read_bytes())
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.Draft202012Validator(schema).validate(document)
        assert document["licence"] == {"name": "示例许可", "url": "https://example.org/licence"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("tables", 0, "observations", 0, "state"), "zero"),
        (("tables", 0, "observations", 0, "column"), "other"),
        (("tables", 0, "observations", 0, "value"), "0"),
        (("tables", 0, "observations", 0, "value"), 0.5),
        (("tables", 0, "observations", 0, "state"), "blank"),
        (("tables", 0, "table"), "other"),
        (("form",), "cn-gai-2021"),
        (("more",), 1),
    ],
)
def test_schema_refuses_what_is_wrong(path: tuple[str | int, ...], value: object, portal: Demo) -> None:
    document = json.loads((portal.site / "pingtan/2020/data.json").read_bytes())
    schema = json.loads((portal.site / "forms/cn-gai-2019/data.schema.json").read_bytes())
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(document)


def test_metadata_says_what_the_file_is_and_names_its_licence(portal: Demo) -> None:
    described = json.loads((portal.site / "pingtan/2020/data.csv-metadata.json").read_bytes())
    assert described["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "zh-CN"}]
    assert described["url"] == "data.csv"
    assert described["dc:title"] == "平潭综合实验区2020年政府信息公开工作年度报告"
    assert described["dc:license"] == {"@id": "https://example.org/licence"}
    assert "BOM" in described["dc:description"]
    columns = {column["name"]: column for column in described["tableSchema"]["columns"]}
    assert columns["value"]["datatype"] == "decimal"
    assert [name for name, column in columns.items() if column.get("required")] == [
        *("agency", "year", "table", "row", "column")
    ]


# --- any report ------------------------------------------------------------------------------------------------------------------

ALL = Portal(
    title="t",
    language="zh-CN",
    downloads=tuple(DownloadSetting(format=each, place=PLACE) for each in Format),
    licence=Link(label="=1+1", url=""),
    place=PLACE,
)
CHARACTERS = st.one_of(
    st.sampled_from("=+-@＝＋－＠'\",;\n\t |/_x›你"),
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"), exclude_characters="\ufeff"),
)
LABELS = st.text(CHARACTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
COUNTS = st.integers(0, 10**18 - 1).map(lambda value: Figure(State.NUMBER, value, str(value)))
CHANGES = st.builds(
    lambda sign, value: Figure(State.NUMBER, -value if sign in "-－−" else value, f"{sign}{value}"),
    st.sampled_from(["+", "-", "＋", "－", "−"]),
    st.integers(0, 10**17 - 1),
)
AMOUNTS = st.from_regex(r"(0|[1-9][0-9]{0,10})\.[0-9]{1,6}", fullmatch=True).map(
    lambda text: Figure(State.NUMBER, Decimal(text), text)
)
OTHERS = st.sampled_from(
    [
        BLANK,
        Figure(State.NOT_IN_FORM),
        Figure(State.NOT_APPLICABLE, text="n/a"),
        Figure(State.NOT_APPLICABLE, text="不适用"),
        Figure(State.NUMBER, 7, "7", computed=True),
    ]
)
NUMBERS = {FigureType.COUNT: COUNTS, FigureType.CHANGE: CHANGES, FigureType.AMOUNT: AMOUNTS}


@st.composite
def lines(draw: st.DrawFn, prefix: str = "", depth: int = 2) -> tuple[Line, ...]:
    """The lines of one direction, with any labels."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        id = f"{prefix}l{number}"
        below = draw(lines(f"{id}.", depth - 1)) if depth and draw(st.booleans()) else ()
        found.append(Line(id=id, label=Texts((("zh-CN", draw(LABELS)),)), lines=below))
    return tuple(found)


@st.composite
def reports(draw: st.DrawFn) -> tuple[Form, Report, Texts]:
    """A form with one table of any shape, a report in it with any figures, and any name of its agency."""
    kind = draw(st.sampled_from(list(FigureType)))
    caption, unit = (Texts((("zh-CN", draw(LABELS)),)) for _ in range(2))
    table = Table(
        id="t", caption=caption, corner=caption, rows=draw(lines()), columns=draw(lines()), type=kind, unit=unit
    )
    cells = {
        (row.id, column.id): draw(st.one_of(NUMBERS[kind], OTHERS))
        for row in table.leaves(Axis.ROWS)
        for column in table.leaves(Axis.COLUMNS)
    }
    form, own = make_form(table), ReportTable(table=table, figures=cells, units={}, place=PLACE)
    return form, make_report(form, lambda _: own), Texts((("zh-CN", draw(LABELS)),))


def summarise(report: Report, name: Texts) -> AgencySummary:
    brief = ReportSummary(
        year=report.year,
        form=report.form,
        titles=name,
        name=name,
        published="",
        source_url="",
        key_figures={},
        tally=Tally(),
    )
    return AgencySummary(id=report.agency, parent="", name=name, kind="", reports=(brief,), findings=(), outputs=())


@settings(max_examples=150)
@given(reports())
def test_any_report_comes_back_whole_from_every_file(case: tuple[Form, Report, Texts]) -> None:
    form, report, name = case
    forms = {form.id: form}
    history = relate_reports(report.agency, [report], forms)
    data = observe_agency(summarise(report, name), [report], history, CellNames(forms=forms))
    files = {each.path.removeprefix(f"{report.agency}/"): each.content for each in export_agency(data, ALL)}
    expected = list(expect_report(report, name.official, ()))

    own = f"{report.year}/data"
    rows = read_csv(files[f"{own}.csv"], files[f"{own}.csv-metadata.json"])
    assert strip_series(rows) == expected
    document = json.loads(files[f"{own}.json"])
    jsonschema.Draft202012Validator(json.loads(write_report_schema(form))).validate(document)
    assert list(read_report_json(files[f"{own}.json"])) == rows
    assert read_xlsx(files[f"{own}.xlsx"], OBSERVATION_NAMES) == rows
    assert read_parquet(io.BytesIO(files["data.parquet"])) == rows

    points = list(expect_series(history, {report.year: name.official}, "zh-CN"))
    assert read_csv(files["series.csv"], files["series.csv-metadata.json"]) == points
    assert list(read_series_json(files["series.json"])) == points
    jsonschema.Draft202012Validator(json.loads(write_series_schema())).validate(json.loads(files["series.json"]))
    assert read_xlsx(files["series.xlsx"], SERIES_NAMES) == points


@pytest.mark.parametrize("text", ["=1+1", "+甲", "-1", "@x", "＝1", "\tx", "'=1", "''-1"])
def test_label_that_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize("text", ["甲=1", "1", "'甲", "", "“=1”"])
def test_any_other_label_stays_as_it_is(text: str) -> None:
    assert guard(text) == text
