"""What the pages tell of the files for download: links that arrive, sizes that are true, JSON-LD, a page that explains."""

import base64
import csv
import hashlib
import json
import re
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, build_site
from gaisite.model.columns import OBSERVATION_COLUMNS, SERIES_COLUMNS
from tests.build.portals import OFFICE, build, change_files, edit, make_portal, write_report
from tests.render.pages import Element, find_pages, read_page

BASE_URL = "https://www.example.gov.cn/zwgk/zfxxgk/ndbg/"
SIZED = re.compile(r"(.+)（(CSV|JSON|Excel|Parquet)，(\d+(?:\.\d)?) (KB|字节|MB)）")
FORMATS = {"csv": "CSV", "json": "JSON", "xlsx": "Excel", "parquet": "Parquet"}


def write_size(size: int) -> tuple[str, str]:
    if size < 1000:
        return str(size), "字节"
    return (str((size + 500) // 1000), "KB") if size < 1_000_000 else (f"{size / 1_000_000:.1f}", "MB")


def list_files(site: Path) -> dict[str, list[str]]:
    """The data files that each page links to, each with its true type and size beside it."""
    found: dict[str, list[str]] = {}
    for path in find_pages(site):
        for link in read_page(path).one("main").all("a"):
            told = SIZED.fullmatch(link.text)
            if told:
                file = (path.parent / link.get("href")).resolve()
                assert (told[2], (told[3], told[4])) == (FORMATS[file.suffix[1:]], write_size(file.stat().st_size))
                page = path.relative_to(site).as_posix()
                found.setdefault(page, []).append(file.relative_to(site.resolve()).as_posix())
    return found


def test_pages_offer_their_files_with_true_types_and_sizes(demo: Path) -> None:
    files = list_files(demo)
    assert files["pingtan/2020/index.html"] == [
        *["pingtan/2020/data.csv"] * 3,
        "pingtan/2020/data.json",
    ]
    assert files["pingtan/index.html"] == ["pingtan/series.csv", "pingtan/series.json"]
    assert set(files["pingtan/comparison/index.html"]) == {"pingtan/series.csv", "pingtan/series.json"}
    assert files["data/index.html"] == ["data/all.csv"]
    assert sum("/20" in page for page in files) == 6


def test_tables_with_more_than_one_level_of_headers_have_the_plain_table_beside_them(demo: Path) -> None:
    page = read_page(demo / "pingtan/2020/index.html")
    offered = [
        table.get("id")
        for table in page.all("table")
        if len(table.one("thead").all("tr")) > 1 or any(row.get("scope") == "rowgroup" for row in table.all("th"))
    ]
    assert offered == ["t-applications", "t-reviews"]
    assert [link.one("a").text.partition("（")[0] for link in page.all("p", class_="table-data")] == ["2020年数据"] * 2


def test_every_page_leads_to_the_explanation(demo: Path) -> None:
    for path in find_pages(demo):
        targets = [link.get("href") for link in read_page(path).one("footer").all("a")]
        root = "../" * (len(path.relative_to(demo).parts) - 1)
        expected = {"404.html": "/zwgk/zfxxgk/ndbg/data/index.html"}.get(path.name, f"{root}data/index.html")
        assert ("index.html" if path.parent.name == "data" else expected) in targets
    assert "data/index.html" in [link.get("href") for link in read_page(demo / "index.html").one("main").all("a")]


def test_explanation_names_every_column_and_the_four_states(demo: Path) -> None:
    page = read_page(demo / "data/index.html")
    for id, columns in (("data-columns", OBSERVATION_COLUMNS), ("series-columns", SERIES_COLUMNS)):
        rows = page.one("table", id=id).one("tbody").all("tr")
        names = [(row.one("th").text, row.all("td")[0].text) for row in rows]
        assert names == [(column.title.official, column.name) for column in columns]
    states = page.one("table", id="data-states").one("tbody").all("th")
    assert [state.text for state in states] == ["数值", "未填", "不适用", "表内无此项"]
    assert "本站没有为这些数据另行声明使用许可" in page.text
    assert page.one("p", class_="citation").text.endswith(f"《政府信息公开工作年度报告汇编》，{BASE_URL}data/")


def find_blocks(page: Element) -> list[Element]:
    """The blocks of data in a page; a script is none."""
    return [script for script in page.all("script") if "src" not in script.attributes]


def read_dataset(page: Element) -> dict[str, object]:
    """The JSON-LD of a page."""
    (script,) = find_blocks(page)
    assert script.attributes == {"type": "application/ld+json"}
    return json.loads("".join(script.list_texts()))


def test_pages_with_data_describe_it_to_search_engines(demo: Path) -> None:
    with_data = {path.relative_to(demo).parent.as_posix() for path in find_pages(demo) if find_blocks(read_page(path))}
    reports = {f"pingtan/{year}" for year in range(2018, 2023)} | {"dongcheng/yongdingmenwai/2020"}
    assert with_data == {"data", "pingtan", "dongcheng/yongdingmenwai", *reports}
    report = read_dataset(read_page(demo / "pingtan/2020/index.html"))
    assert report["@type"] == "Dataset"
    assert 50 <= len(str(report["description"])) <= 5000
    assert (report["temporalCoverage"], report["datePublished"]) == ("2020", "2021-03-05")
    assert "license" not in report
    assert report["url"] == BASE_URL + "pingtan/2020/"
    assert [(each["encodingFormat"], each["contentUrl"]) for each in report["distribution"]] == [  # type: ignore[attr-defined]
        ("text/csv", BASE_URL + "pingtan/2020/data.csv"),
        ("application/json", BASE_URL + "pingtan/2020/data.json"),
    ]
    assert read_dataset(read_page(demo / "pingtan/index.html"))["temporalCoverage"] == "2018/2022"
    assert "datePublished" not in read_dataset(read_page(demo / "dongcheng/yongdingmenwai/2020/index.html"))


def test_policy_names_the_data_block_by_its_hash_and_nothing_else(demo: Path) -> None:
    for path in find_pages(demo):
        page = read_page(path)
        (policy,) = [tag.get("content") for tag in page.all("meta") if tag.get("http-equiv")]
        (allowed,) = re.findall(r"script-src ([^;]+);", policy)
        blocks = ["".join(script.list_texts()).encode() for script in find_blocks(page)]
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(block).digest()).decode()}'" for block in blocks]
        assert allowed.split() == ["'self'", *hashes]


def test_catalogue_has_every_agency_with_its_files(demo: Path) -> None:
    catalogue = json.loads((demo / "data/catalog.jsonld").read_bytes())
    datasets = {each["@id"]: each for each in catalogue["dcat:dataset"]}
    assert list(datasets) == [
        f"{BASE_URL}data/#all",
        f"{BASE_URL}dongcheng/yongdingmenwai/#data",
        f"{BASE_URL}pingtan/#data",
    ]
    for dataset in datasets.values():
        for each in dataset["dcat:distribution"]:
            path = each["dcat:downloadURL"].removeprefix(BASE_URL)
            assert each["dcat:accessURL"] == each["dcat:downloadURL"]
            assert each["dcat:byteSize"] == str((demo / path).stat().st_size)
    pingtan = datasets[f"{BASE_URL}pingtan/#data"]
    assert pingtan["dct:modified"] == "2023-02-20"
    assert [pingtan["dct:temporal"][f"dcat:{end}Date"] for end in ("start", "end")] == ["2018", "2022"]
    used = {key.partition(":")[0] for key in re.findall(r'"([a-z]+:[A-Za-z]+)"', json.dumps(catalogue))}
    assert used <= set(catalogue["@context"])


def test_catalogue_says_once_what_its_values_are(demo: Path) -> None:
    """A text without more would be no address, no date and no number to a reader of JSON-LD."""
    text = (demo / "data/catalog.jsonld").read_text(encoding="utf-8")
    context = json.loads(text)["@context"]
    types = {term: each["@type"] for term, each in context.items() if isinstance(each, dict) and "@type" in each}
    assert {term for term, type_ in types.items() if type_ == "@id"} == {
        "dcat:accessURL", "dcat:downloadURL", "dcat:landingPage", "dcat:mediaType", "dct:license", "foaf:homepage",
    }  # fmt: skip
    assert {term: type_ for term, type_ in types.items() if type_ != "@id"} == {
        "dcat:byteSize": "xsd:nonNegativeInteger",
        "dcat:endDate": "xsd:gYear",
        "dcat:startDate": "xsd:gYear",
        "dct:modified": "xsd:date",
    }
    assert context["dct:title"] == {"@language": "zh-CN"}
    assert set(re.findall(r'"dcat:mediaType":"iana:([^"]+)"', text)) >= {"text/csv", "application/json"}
    assert context["iana"] == "https://www.iana.org/assignments/media-types/"
    assert len([line for line in text.splitlines() if '"@type":"dcat:Dataset"' in line]) == 3, "a dataset a line"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_portal(tmp_path / "project")


def test_text_cannot_end_the_element_of_the_json(project: Path) -> None:
    title = "a</script><script>alert(1)</script>&amp;"
    change_files(project, {f"{OFFICE}/2021/report.md": write_report(f"title: '{title}'\npublished: 2022-01-20 09:30")})
    build(project)
    page = read_page(project / "site/office/2021/index.html")
    assert title in str(read_dataset(page)["name"])
    assert not re.search("[<>&]", "".join(find_blocks(page)[0].list_texts()))


def test_name_that_a_spreadsheet_might_run_is_no_formula_in_any_csv_file(project: Path) -> None:
    change_files(project, {f"{OFFICE}/agency.yaml": 'name: "=cmd|calc!A1"\n'})
    build(project)
    for path in ("office/2021/data.csv", "office/series.csv", "data/all.csv"):
        lines = list(csv.reader((project / "site" / path).read_text(encoding="utf-8-sig").splitlines()))
        assert {field for line in lines for field in line if "cmd" in field} == {"'=cmd|calc!A1"}


def test_formats_that_are_not_asked_for_are_not_written(project: Path) -> None:
    edit(project, "content/site.yaml", "title: 年报汇编\n", "title: 年报汇编\ndownloads: [json]\n")
    build(project)
    written = {path.relative_to(project / "site").as_posix() for path in (project / "site").rglob("*.*")}
    assert {"office/2021/data.json", "office/series.json", "data/catalog.jsonld", "data/index.html"} <= written
    assert not [path for path in written if path.endswith((".csv", ".xlsx", ".parquet", "-metadata.json"))]
    assert read_page(project / "site/office/2021/index.html").all("p", class_="table-data") == []


def test_portal_that_offers_no_data_says_nothing_of_it(project: Path) -> None:
    edit(project, "content/site.yaml", "title: 年报汇编\n", "title: 年报汇编\ndownloads: []\n")
    build(project)
    site = project / "site"
    assert not list(site.rglob("*data*"))
    assert list_files(site) == {}
    for path in find_pages(site):
        page = read_page(path)
        assert find_blocks(page) + page.all(id="data") == []
        assert not [link for link in page.all("a") if link.get("href").endswith("data/index.html")]


def test_every_format_is_told_with_its_true_size(project: Path) -> None:
    licence = "licence: {name: 某许可, url: https://example.org/l}"
    edit(
        project,
        "content/site.yaml",
        "title: 年报汇编\n",
        f"title: 年报汇编\ndownloads: [xlsx, parquet, csv]\n{licence}\n",
    )
    build(project)
    files = list_files(project / "site")
    assert files["data/index.html"] == ["data/all.parquet", "data/all.csv"]
    assert files["office/index.html"] == ["office/series.csv", "office/series.xlsx", "office/data.parquet"]
    assert [file for file in files["office/2021/index.html"] if file.endswith(".xlsx")] == ["office/2021/data.xlsx"]
    page = read_page(project / "site/data/index.html")
    (named,) = [link for link in page.one("main").all("a") if link.text.startswith("某许可")]
    assert named.get("href") == "https://example.org/l"
    assert read_dataset(page)["license"] == "https://example.org/l"
    catalogue = json.loads((project / "site/data/catalog.jsonld").read_bytes())
    assert catalogue["dct:license"] == "https://example.org/l"


def test_addresses_are_relative_where_the_portal_does_not_know_its_own(project: Path) -> None:
    change_files(project, {"content/site.yaml": "title: 年报汇编\nlicence: {name: 某许可}\n"})
    build(project)
    dataset = read_dataset(read_page(project / "site/office/2021/index.html"))
    assert [each["contentUrl"] for each in dataset["distribution"]] == ["data.csv", "data.json"]  # type: ignore[attr-defined]
    assert dataset["license"] == "某许可"
    catalogue = json.loads((project / "site/data/catalog.jsonld").read_bytes())
    (office,) = [each for each in catalogue["dcat:dataset"] if each.get("dct:identifier") == "office"]
    assert office["dcat:distribution"][0]["dcat:downloadURL"] == "../office/series.csv"
    assert catalogue["dct:license"] == {"@type": "dct:LicenseDocument", "dct:title": {"@value": "某许可"}}


@pytest.mark.parametrize(
    ("format", "extra", "library"), [("xlsx", "office", "xlsxwriter"), ("parquet", "parquet", "pyarrow")]
)
def test_library_that_is_missing_is_a_finding_at_the_format(
    format: str, extra: str, library: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, "content/site.yaml", "title: 年报汇编\n", f"title: 年报汇编\ndownloads: [csv, {format}]\n")
    monkeypatch.setattr("gaisite.export.files.find_spec", lambda name: None if name == library else name)
    result = build_site(BuildOptions(project=project))
    (finding,) = result.findings
    assert (finding.check, finding.place.line, finding.place.column) == ("extra-missing", 2, 18)
    assert f"gaisite[{extra}]" in result.catalogue.say(finding, "en")
    assert result.written is None
