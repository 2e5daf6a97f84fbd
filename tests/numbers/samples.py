"""The prose of the real reports in ../shared/samples with their figures, as the linter reads them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from gaisite.build.examine import read_reports
from gaisite.build.project import read_common
from gaisite.findings import Place, Problems
from gaisite.model.content import Report
from gaisite.model.forms import Form
from gaisite.model.prose import Passage, PassageKind, Prose, Segment
from gaisite.read.folders import scan_agencies
from gaisite.read.forms import read_forms
from tests.check.test_samples import SAMPLES, read_sample

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared" / "samples"
TABLE = re.compile(r"第二十条第|统计表指标")
"""In a line of a page whose cells have run together: the tables."""
PORTAL = {"东城区永定门外街道办事处-2020": "dongcheng/yongdingmenwai/2020", "平潭综合实验区-2018": "pingtan/2018"}
"""Samples whose figures stand in content/ only, by the id of the report."""
FILE = "sample.txt"


def list_samples() -> list[str]:
    """The names of the samples; none where they are not at hand."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def read_prose(name: str) -> list[str]:
    """The lines of a sample that are no table."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n")[3:]
    if lines[0].startswith("<p>"):
        return [re.sub("<[^>]*>", "", lines[0].partition("</p>")[0])]
    first = next((index for index, line in enumerate(lines) if line.strip() == "二、主动公开政府信息情况"), None)
    if first is not None:
        last = next(index for index, line in enumerate(lines) if line.startswith("五、"))
        lines = [*lines[:first], *lines[last:]]
    return [line for line in lines if line.strip() and not TABLE.search(line)]


@cache
def read_package_forms() -> Mapping[str, Form]:
    return read_forms((ROOT / "generator" / "gaisite" / "forms",), ROOT, Problems())


@cache
def read_portal() -> Mapping[str, Report]:
    """The reports of content/ by id."""
    problems = Problems()
    common = read_common(ROOT, problems, drafts=True, base_url=None)
    assert common is not None
    folders = scan_agencies(common.content, ROOT, problems)
    return {report.id: report for folder in folders for report, _ in read_reports(common, folder, (), problems)}


def read_figures(name: str) -> Report:
    """A sample's figures."""
    return read_portal()[PORTAL[name]] if name in PORTAL else read_sample(name, dict(read_package_forms()))


def make_prose(lines: list[str]) -> Prose:
    """Lines of text as a narrative, each a passage and a line of its file."""
    passages = (
        Passage(
            kind=PassageKind.TEXT,
            text=text,
            segments=(Segment(start=0, length=len(text), line=line, column=1),),
            place=Place(file=FILE, line=line, column=1, length=max(len(text), 1)),
        )
        for line, text in enumerate(lines, 1)
    )
    return Prose(html="", text="\n".join(lines), passages=tuple(passages))


def tell_sample(name: str) -> tuple[Report, Form]:
    """A sample with its prose, and its form."""
    report = read_figures(name)
    narrative = replace(report.narrative, preamble=make_prose(read_prose(name)), sections={})
    return replace(report, narrative=narrative), read_package_forms()[report.form]


__all__ = ["SAMPLES", "list_samples", "read_prose", "tell_sample"]
