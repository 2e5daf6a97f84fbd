"""`gaisite.api`: what other programs may import does what docs/api.md says, and stands as it is listed."""

import dataclasses
import enum
import inspect
import os
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from gaisite import api
from gaisite.findings import Finding as FoundFinding
from tests.build.portals import change_files, edit, make_portal

ROOT = Path(__file__).parents[1]
LISTED = ROOT / "tests" / "public_api.txt"
DOCUMENT = ROOT / "docs" / "api.md"
YEAR = "content/office/2020"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_portal(tmp_path / "project")


# --- what is listed ---------------------------------------------------------------------------------------------------


MODULE = re.compile(r"\b[a-z_]+(\.[a-z_]+)*\.(?=[A-Z])")
"""Where a type is defined, which differs between versions of Python."""


def list_names() -> Iterator[str]:
    """Every public name with its parameters, fields or members."""
    for name in sorted(api.__all__):
        value = getattr(api, name)
        if inspect.isfunction(value):
            yield f"{name}{inspect.signature(value)}"
        elif inspect.isclass(value):
            yield from list_class(name, value)
        else:
            yield f"{name}: {value}"


def list_class(name: str, value: type) -> Iterator[str]:
    if issubclass(value, enum.Enum):
        yield from (f"{name}.{member.name} = {member.value!r}" for member in value)
        return
    if issubclass(value, Exception):
        yield f"{name}({', '.join(base.__name__ for base in value.__bases__)})"
    fields = dataclasses.fields(value) if dataclasses.is_dataclass(value) else ()
    yield from (f"{name}.{field.name}: {show_type(field.type)}" for field in fields)
    for key, member in vars(value).items():
        if isinstance(member, property) and member.fget is not None:
            yield f"{name}.{key}: {show_type(inspect.signature(member.fget).return_annotation)}"
        elif inspect.isfunction(member) and not key.startswith("_"):
            yield f"{name}.{key}{inspect.signature(member)}"


def show_type(annotation: object) -> str:
    return (
        annotation.__name__ if isinstance(annotation, type) and not hasattr(annotation, "__args__") else str(annotation)
    )


def test_public_names_stand_as_they_are_listed() -> None:
    listed = "".join(f"{MODULE.sub('', line)}\n" for line in list_names())
    if os.environ.get("GAISITE_EXPECT") == "write":
        LISTED.write_text(listed, encoding="utf-8")
    assert listed == LISTED.read_text(encoding="utf-8"), "docs/api.md says how the public names may change"


def test_values_are_frozen() -> None:
    classes = [value for name in api.__all__ if dataclasses.is_dataclass(value := getattr(api, name))]
    assert len(classes) == 8
    assert all(each.__dataclass_params__.frozen for each in classes)


def test_document_names_all_that_is_public_and_nothing_else() -> None:
    table = DOCUMENT.read_text(encoding="utf-8").partition("## What there is")[2].partition("\n\n- ")[0]
    assert set(re.findall(r"`([A-Za-z_]+)[`(]", table)) - {"None"} >= set(api.__all__)


def test_example_of_the_document_does_what_it_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(ROOT / "content")
    exec(compile(example, "docs/api.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert "2020 平潭综合实验区: 21" in lines
    assert len(lines) >= 5


# --- projects ---------------------------------------------------------------------------------------------------------


def test_a_project_is_found_from_within(project: Path) -> None:
    assert api.find_project(project / "content") == project
    assert api.find_project(str(project)) == project
    assert api.find_project(project.parent) is None


@pytest.mark.parametrize("function", [api.check_project, api.build_project, api.read_reports, api.read_forms])
def test_a_folder_that_is_no_project_is_refused(function: object, project: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, project / "content", tmp_path / "nowhere"):
        with pytest.raises(api.ProjectError, match=r"has no content/site\.yaml") as raised:
            function(folder)  # type: ignore[operator]
        assert raised.value.findings == ()


# --- checking and building --------------------------------------------------------------------------------------------


def test_a_sound_project_has_no_errors(project: Path) -> None:
    checked = api.check_project(project)
    assert (checked.agencies, checked.errors) == (1, ())
    assert checked.reports >= 1


def test_findings_say_what_the_command_line_says(project: Path) -> None:
    change_files(project, {"content/office/agency.yaml": "name: A\nkind: nothing\ncolour: red\n"})
    checked, chinese = api.check_project(project), api.check_project(project, language="zh-CN")
    (finding,) = [each for each in checked.errors if each.check == "key-unknown"]
    assert (finding.file, finding.line, finding.column) == ("content/office/agency.yaml", 3, 1)
    assert finding.severity is api.Severity.ERROR
    assert "colour" in finding.message
    assert re.search("[\u4e00-\u9fff]", next(each.message for each in chinese.errors if each.check == "key-unknown"))


def test_acknowledged_findings_are_told_and_forbid_nothing() -> None:
    checked = api.check_project(ROOT)
    acknowledged = [each for each in checked.findings if each.acknowledged]
    assert {each.check for each in acknowledged} >= {"column-sum"}
    assert checked.errors == ()
    assert not set(acknowledged) & {*checked.errors, *checked.warnings}
    assert all(
        each.severity in (api.Severity.ERROR, api.Severity.WARNING, api.Severity.INFORMATION)
        for each in checked.findings
    )


def test_a_site_is_built_and_tells_what_changed(project: Path, tmp_path: Path) -> None:
    built = api.build_project(project)
    assert (built.finished, built.site) == (True, project / "site")
    assert "index.html" in built.changed
    assert api.build_project(project).changed == ()
    elsewhere = api.build_project(project, output=str(tmp_path / "elsewhere"))
    assert elsewhere.finished
    assert (tmp_path / "elsewhere" / "index.html").is_file()


def test_what_forbids_a_site_is_a_finding(project: Path) -> None:
    change_files(project, {"content/office/agency.yaml": "name: [\n", "site/mine.html": "mine"})
    built = api.build_project(project)
    assert (built.finished, built.changed) == (False, ())
    assert built.checked.errors
    assert not (project / "site" / "index.html").exists()


def test_warnings_forbid_it_where_that_is_asked_for(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    edit(tmp_path, "content/site.yaml", "title:", "checks: {number-elsewhere: warning}\ntitle:")
    checked = api.check_project(tmp_path)
    assert (checked.errors, {each.check for each in checked.warnings}) == ((), {"number-elsewhere"})
    assert api.build_project(tmp_path, strict=True).finished is False
    assert api.build_project(tmp_path).finished is True


# --- reports and forms ------------------------------------------------------------------------------------------------


def test_figures_are_values_with_their_state() -> None:
    (report,) = [each for each in api.read_reports(ROOT, agency="pingtan") if each.year == 2020]
    assert (report.agency, report.agency_name, report.form) == ("pingtan", "平潭综合实验区", "cn-gai-2019")
    assert report.published == "2021-03-05"
    total = report.cell("applications.handled.total.total")
    assert (total.state, total.value, total.text, total.computed) == (api.State.NUMBER, 21, "21", False)
    assert (total.failed, total.acknowledged) == ((), ("column-sum",))
    assert total.row_labels[-1] == "（七）总计"
    blanks = [cell for cell in report.cells if cell.state is api.State.BLANK]
    assert blanks
    assert {cell.value for cell in blanks} == {None}
    assert {type(cell.value) for cell in report.cells} <= {int, Decimal, type(None)}
    with pytest.raises(KeyError, match=r"no\.such"):
        report.cell("no.such.cell")


def test_reports_come_by_agency_and_year() -> None:
    found = [(report.agency, report.year) for report in api.read_reports(ROOT)]
    assert found == sorted(found)
    assert {agency for agency, _ in found} == {"pingtan", "dongcheng/yongdingmenwai"}
    assert {report.agency for report in api.read_reports(ROOT, agency="pingtan")} == {"pingtan"}


def test_an_agency_that_is_not_there_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(api.ProjectError, match=r"no agency “pingtam”; did you mean pingtan\?"):
        api.read_reports(ROOT, agency="pingtam")
    with pytest.raises(api.ProjectError, match=r"no agency “xyz”$"):
        api.read_reports(ROOT, agency="xyz")


def test_a_report_that_cannot_be_read_whole_is_left_out(project: Path) -> None:
    figures = (project / YEAR / "figures.yaml").read_text(encoding="utf-8")
    broken = re.sub(r"total: \d+", "total: 3x", figures, count=1)
    assert broken != figures
    change_files(project, {f"{YEAR}/figures.yaml": broken})
    assert [report.year for report in api.read_reports(project)] == [2021]


def test_an_agency_that_cannot_be_read_has_no_reports(project: Path) -> None:
    change_files(project, {"content/office/agency.yaml": "name: [\n"})
    assert api.read_reports(project) == ()


def test_drafts_come_where_they_are_asked_for(project: Path) -> None:
    edit(project, f"{YEAR}/report.md", "published: 2021-01-20 09:30", "published: 2021-01-20 09:30\ndraft: true")
    assert [report.year for report in api.read_reports(project)] == [2021]
    assert [report.year for report in api.read_reports(project, drafts=True)] == [2020, 2021]


def test_settings_that_cannot_be_read_are_an_error_with_its_findings(project: Path) -> None:
    change_files(project, {"content/site.yaml": "title: [\n"})
    with pytest.raises(api.ProjectError) as raised:
        api.read_reports(project)
    assert raised.value.findings[0].file == "content/site.yaml"
    assert str(raised.value) == raised.value.findings[0].message


def test_forms_are_told_with_their_tables(project: Path) -> None:
    forms = {form.id: form for form in api.read_forms()}
    assert {"cn-gai-2019", "cn-gai-2021", "us-foia"} <= set(forms)
    form = forms["cn-gai-2021"]
    assert (form.language, form.first_year, form.last_year) == ("zh-CN", 2021, None)
    assert "column-sum" in form.checks
    (table,) = [each for each in form.tables if each.id == "applications"]
    rows = {line.id: line for line in table.rows}
    assert rows["handled"].has_cells is False
    assert (rows["handled.total"].depth, rows["handled.total"].total) == (1, True)


def test_forms_of_a_project_come_behind_those_of_the_package(project: Path) -> None:
    text = (ROOT / "generator/gaisite/forms/us-foia.yaml").read_text(encoding="utf-8")
    change_files(
        project,
        {"content/forms/local.yaml": text.replace("us-foia", "local-foia"), "content/forms/broken.yaml": "form: ["},
    )
    assert [form.id for form in api.read_forms(project)] == [*(form.id for form in api.read_forms()), "local-foia"]


def test_a_finding_of_the_public_names_is_not_that_of_the_stages() -> None:
    assert api.Finding is not FoundFinding
