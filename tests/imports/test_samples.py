"""Real reports: every figure right, or blank with what it may be."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from gaisite.cli import run
from gaisite.findings import Place, Problems
from gaisite.imports.reports import Imported, ImportWishes, import_report
from gaisite.model.content import Agency, AgencyName
from gaisite.scaffold import read_ground
from gaisite.texts import Texts

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real reports lie outside the project")
ROWS = {
    "new": "new", "carried_in": "carried_in", "granted": "handled.granted", "partial": "handled.partial",
    "r1": "handled.refused.state_secret", "r2": "handled.refused.forbidden_by_law",
    "r3": "handled.refused.security_and_stability", "r4": "handled.refused.third_party",
    "r5": "handled.refused.internal_affairs", "r6": "handled.refused.process",
    "r7": "handled.refused.enforcement_files", "r8": "handled.refused.administrative_inquiry",
    "u1": "handled.unavailable.not_held", "u2": "handled.unavailable.not_ready_made", "u3": "handled.unavailable.unclear",
    "n1": "handled.not_processed.complaint", "n2": "handled.not_processed.repeated",
    "n3": "handled.not_processed.publication", "n4": "handled.not_processed.excessive",
    "n5": "handled.not_processed.confirmation", "other": "handled.other", "o1": "handled.other.not_corrected",
    "o2": "handled.other.not_paid", "o3": "handled.other.other", "total": "handled.total", "carried_out": "carried_out",
}  # fmt: skip
COLUMNS = (
    "natural_person", "organisation.business", "organisation.research", "organisation.welfare", "organisation.legal",
    "organisation.other", "total",
)  # fmt: skip
CASES = {"复议": "review", "诉讼_未经复议": "litigation.direct", "诉讼_复议后": "litigation.after_review"}
OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
DISCLOSED = {
    "规章": "documents.rules", "规范性文件": "documents.normative_documents", "行政规范性文件": "documents.normative_documents",
    "行政许可": "licences.permits", "其他对外管理服务事项": "licences.other_services", "行政处罚": "penalties.punishment",
    "行政强制": "penalties.compulsion", "行政事业性收费": "fees.charges", "行政事业性收费_万元": "fees.charges",
}  # fmt: skip


def import_sample(name: str, project: Path) -> Imported:
    (project / "content").mkdir(exist_ok=True)
    (project / "content" / "site.yaml").write_text("title: x\n", encoding="utf-8")
    ground = read_ground(project, Problems())
    assert ground is not None
    agency, _, year = name.rpartition("-")
    names = (AgencyName(name=Texts.of({"zh-CN": agency})),)
    body = Agency(id="a", names=names, place=Place(file="content/a/agency.yaml"))
    wishes = ImportWishes(path=SAMPLES / f"{name}.txt", agency=body, agency_id="a", year=int(year))
    return import_report(ground, wishes)


def list_transcribed(report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Cells of a transcribed report with what they hold, blanks as empty texts."""
    for row, cells in report["applications"]["rows"].items():
        for column, value in zip(COLUMNS, cells, strict=True):
            yield f"applications.{ROWS[row]}.{column}", spell(value)
    for case, cells in CASES.items():
        for outcome, value in zip(OUTCOMES, report["review_litigation"][case], strict=True):
            yield f"reviews.cases.{cells}.{outcome}", spell(value)


def list_disclosed(report: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Rows of the second section with what they hold."""
    for label, cells in report["section2"].items():
        if label in DISCLOSED:
            yield DISCLOSED[label], [spell(value) for value in (cells if isinstance(cells, list) else [cells])]


def spell(value: object) -> str:
    return "" if value is None else str(value)


def names_of_transcribed() -> list[str]:
    if not SAMPLES.is_dir():
        return []
    reports = json.loads((SAMPLES / "figures.json").read_text(encoding="utf-8"))
    return [name for name, report in reports.items() if "applications" in report]


@pytest.mark.parametrize("name", names_of_transcribed())
def test_no_figure_is_wrong(name: str, tmp_path: Path) -> None:
    transcribed = json.loads((SAMPLES / "figures.json").read_text(encoding="utf-8"))[name]
    imported = import_sample(name, tmp_path)
    read = {str(at): each for at, each in imported.read.readings.items()}
    wanted = dict(list_transcribed(transcribed))
    assert wanted.keys() <= read.keys()
    wrong = {at: (read[at].text, text) for at, text in wanted.items() if not read[at].doubt and read[at].text != text}
    assert wrong == {}
    for row, cells in list_disclosed(transcribed):
        found = [each for at, each in read.items() if at.startswith(f"{row}.")]
        assert len(found) == len(cells), row
        assert [each.text for each in found] == cells or all(each.doubt for each in found), row
    glued = name.startswith("平潭")
    assert bool(imported.doubtful) == glued, "what has its borders is read to the last cell"
    assert all(each.candidates and each.raw for each in imported.read.doubtful)
    assert imported.figures > (90 if glued else 30)


def test_report_with_a_cell_a_line_is_read_whole(tmp_path: Path) -> None:
    imported = import_sample("东城区永定门外街道办事处-2020", tmp_path)
    assert imported.layout.form.id == "cn-gai-2019"
    figures = yaml.load(imported.files["content/a/2020/figures.yaml"], yaml.BaseLoader)
    demo = yaml.load((Path(__file__).parents[2] / "content/dongcheng/yongdingmenwai/2020/figures.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # fmt: skip
    assert figures["units"] == {"procurement.amount": "万元"}
    assert figures["procurement"]["centralised"] == {"projects": "25", "amount": "52.6540"}
    assert figures["licences"]["other_services"]["item_2"] == {
        "items_before": "0",
        "change": "+10",
        "decisions": "2205",
    }
    assert demo["form"] == figures["form"]
    report = imported.files["content/a/2020/report.md"]
    headings = [line for line in report.splitlines() if line.startswith("## ")]
    assert headings == [f"## {section.heading.official}" for section in imported.layout.form.sections]
    assert "### （一）规范管理，积极落实政府信息公开工作" in report
    assert report.index("一是始终将政府信息公开工作") < report.index("## 二、主动公开政府信息情况")
    assert (
        report.index("## 五、")
        < report.index("（一）存在不足。")
        < report.index("## 六、")
        < report.index("本报告中所列数据")
    )
    assert "28\n" not in report, "no cell of a table is left in the text"
    assert not report.startswith("---"), "nothing is undecided, so it is no draft; no date is stated"


def test_fujian_form_is_recognised(tmp_path: Path) -> None:
    imported = import_sample("平潭综合实验区-2018", tmp_path)
    assert imported.layout.form.id == "cn-fj-2008"
    doubtful = {each.at.row: each for each in imported.read.doubtful}
    assert {each.raw for each in doubtful.values()} == {"206912106"}
    assert all("2069 12106" in each.candidates for each in doubtful.values())
    assert "draft: true" in imported.files["content/a/2018/report.md"]


def test_folder_of_reports_is_imported_in_one_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", str(tmp_path / "p"), "--title", "x"]) == 0
    for folder, name in (("pt", "平潭综合实验区"), ("yw", "东城区永定门外街道办事处"), ("sh", "上海市人民政府办公厅")):
        assert run(["-C", str(tmp_path / "p"), "new", "agency", folder, "--name", name]) == 0
    source = shutil.copytree(SAMPLES, tmp_path / "samples")
    (source / "broken.docx").write_bytes(b"no zip")
    capsys.readouterr()
    assert run(["-C", str(tmp_path / "p"), "--lang", "en", "import", str(source)]) == 1
    told = capsys.readouterr()
    content = tmp_path / "p" / "content"
    assert sorted(path.name for path in (content / "pt").iterdir() if path.is_dir()) == [
        "2018",
        "2019",
        "2020",
        "2021",
        "2022",
    ]
    assert (content / "yw" / "2020" / "import.json").is_file()
    assert "7 reports read, 5 of them with cells that are undecided and left blank; 3 files not read." in told.out
    assert "broken.docx: error: The file cannot be read; it may be damaged" in told.err
    assert "沭阳县发展和改革局-2023.txt: error: Nothing says which agency this report is of." in told.err
    assert run(["-C", str(tmp_path / "p"), "--lang", "en", "check"]) in (0, 1)
    assert "import.json" not in capsys.readouterr().out, "a receipt is no stray file"
