"""A program that uses the public names, for mypy and to be run: python client.py PROJECT."""

import sys
from decimal import Decimal
from pathlib import Path
from typing import assert_type

from gaisite import api

project = Path(sys.argv[1])
assert_type(api.find_project(project), Path | None)

checked = api.check_project(project, drafts=False, jobs=1, language="zh-CN")
assert_type(checked.errors, tuple[api.Finding, ...])
assert_type([finding.line for finding in checked.findings], list[int | None])

reports = api.read_reports(project, agency="pingtan")
assert_type(reports, tuple[api.Report, ...])
for report in reports:
    cell = report.cell("applications.new.total") if report.form == "cn-gai-2019" else None
    if cell is not None and cell.state is api.State.NUMBER:
        assert_type(cell.value, int | Decimal | None)
        print(report.year, cell.value)

for form in api.read_forms(project):
    assert_type([line.label for table in form.tables for line in table.rows], list[str])

try:
    api.build_project("nowhere", strict=True)
except api.ProjectError as error:
    assert_type(error.findings, tuple[api.Finding, ...])
    print(error)
