"""The cache is believed only where it is whole; otherwise everything is made anew, without a word."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.build.cache import Cache, decode_contribution, decode_summary, encode_contribution, encode_summary
from gaisite.build.codec import name_kept, read_whole, write_whole
from gaisite.build.known import NAME, Memory, read_memory, write_memory
from gaisite.findings import Finding, Place, Severity, Verdict
from gaisite.model.children import ReportingYears
from gaisite.model.content import BLANK, Figure, State
from gaisite.model.contributions import Contribution, read_component, write_component
from gaisite.model.downloads import Content, DataFile, Format
from gaisite.model.numbers import write_number
from gaisite.model.summary import AgencySummary, ReportSummary, Sketch, Tally
from gaisite.texts import Texts
from tests.build.portals import build, make_portal, read_tree

TEXTS = Texts((("zh-CN", "某局"), ("en", "Office")))
SUMMARY = AgencySummary(
    id="a/b",
    parent="a",
    name=TEXTS,
    kind="township",
    reports=(
        ReportSummary(
            year=2021,
            form="form",
            titles=Texts.of({"zh-CN": "年报"}),
            name=TEXTS,
            published="2022-01-20 09:30",
            source_url="https://a.cn/",
            key_figures={
                "t.a.c": Figure(State.NUMBER, 10**17, "１", computed=True),
                "t.b.c": Figure(State.NUMBER, Decimal("52.6540"), "52.6540"),
                "t.c.c": BLANK,
                "t.d.c": Figure(State.NOT_APPLICABLE, text="n/a"),
            },
            tally=Tally(passed=3, failed=2, acknowledged=1, not_assessable=4),
            contribution=Contribution(
                figures=tuple(map(read_component, ["7", "", "n", "52.6540", "52.", "-3", "x"])),
                units=(("t.c", "万元"),),
                own_rows=True,
                incomplete=True,
            ),
            below=(16, 17),
            by_check={"row-sum": Tally(passed=3, failed=1), "stock": Tally(failed=1, acknowledged=1, not_assessable=4)},
            corrected=("2022-03-01", "2022-06-10"),
            narrative="content/a/b/2021/report.md",
            sketches=(Sketch(section="overview", line=8, begin="街道把政务公开", size=97, values="A3lNrwQS6yo="),),
        ),
    ),
    findings=(
        Finding(
            check="row-sum",
            place=Place(file="f.yaml", line=3, column=5, length=2),
            sentence="total",
            severity=Severity.WARNING,
            at="t.a.c",
            facts=(("title", TEXTS), ("printed", "5")),
            acknowledged="如此",
        ),
        Finding(check="missing-row", place=Place(file="f.yaml"), verdict=Verdict.FAIL),
    ),
    outputs=(("a/b/index.html", "0" * 64),),
    reporting=ReportingYears(first=2020),
    data=(DataFile(path="a/b/series.csv", format=Format.CSV, content=Content.SERIES, size=12),),
)


def test_summary_is_kept_whole(tmp_path: Path) -> None:
    cache = Cache(folder=tmp_path / "cache")
    cache.store("a/b", "key", SUMMARY)
    assert cache.load("a/b", "key") == SUMMARY
    assert cache.load("a/b", "another key") is None
    assert cache.load("a", "key") is None


def test_what_is_known_of_a_file_of_the_site_is_believed_only_where_it_is_whole(tmp_path: Path) -> None:
    cache = Cache(folder=tmp_path / "cache")
    assert cache.load_file("data/all.csv", "key") is None
    cache.store_file("data/all.csv", "key", ("0" * 64, 1234))
    assert cache.load_file("data/all.csv", "key") == ("0" * 64, 1234)
    assert cache.load_file("data/all.csv", "another key") is None
    assert cache.load_file("data/all.parquet", "key") is None
    (kept,) = cache.folder.iterdir()  # type: ignore[union-attr]
    kept.write_text(kept.read_text(encoding="utf-8").replace("1234", "1235"), encoding="utf-8")
    assert cache.load_file("data/all.csv", "key") is None
    assert Cache(folder=None).load_file("data/all.csv", "key") is None


def test_numbers_among_the_facts_are_kept_as_they_are_printed() -> None:
    facts = (("sum", 27), ("difference", Decimal("0.0001")))
    (finding,) = decode_summary(
        json.loads(json.dumps(encode_summary(AgencySummary(**{**fields(SUMMARY), "findings": (with_facts(facts),)}))))
    ).findings
    assert finding.facts == (("sum", "27"), ("difference", "0.0001"))


def fields(summary: AgencySummary) -> dict[str, Any]:
    return {name: getattr(summary, name) for name in AgencySummary.__slots__}


def with_facts(facts: tuple[tuple[str, int | Decimal], ...]) -> Finding:
    return Finding(check="c", place=Place(file="f"), facts=facts)


@given(st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=6)))
def test_no_number_loses_a_digit(value: int | Decimal) -> None:
    figure = Figure(State.NUMBER, value, "as printed")
    report = SUMMARY.reports[0].__class__(
        **{
            **{name: getattr(SUMMARY.reports[0], name) for name in ReportSummary.__slots__},
            "key_figures": {"c": figure},
        }
    )
    kept = decode_summary(
        json.loads(json.dumps(encode_summary(AgencySummary(**{**fields(SUMMARY), "reports": (report,)}))))
    )
    found = kept.reports[0].key_figures["c"]
    assert (found, type(found.value)) == (figure, type(value))


@given(st.lists(st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=6)), min_size=1))
def test_no_component_loses_a_digit(values: list[int | Decimal]) -> None:
    figures = [Figure(State.NUMBER, value, write_number(value)) for value in values]
    given_ = Contribution(figures=tuple(map(read_component, map(write_component, figures))))
    kept = decode_contribution(json.loads(json.dumps(encode_contribution(given_))))
    assert kept == given_
    assert [(figure.value, type(figure.value)) for figure in kept.figures] == [(value, type(value)) for value in values]


def test_cache_without_a_folder_keeps_nothing() -> None:
    cache = Cache(folder=None)
    cache.store("a", "key", SUMMARY)
    assert cache.load("a", "key") is None


def find_memory(project: Path) -> Path:
    """What is known of all agencies together."""
    return name_kept(project / ".gaisite" / "cache", NAME, ".json")


DAMAGE = {
    "empty": lambda path: path.write_bytes(b""),
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-20]),
    "no-json": lambda path: path.write_bytes(b"\x00\xff\x80"),
    "no-utf8": lambda path: path.write_bytes(path.read_bytes()[:-1] + b"\xff"),
    "number": lambda path: path.write_text("7"),
    "list": lambda path: path.write_text("[1, 2]"),
    "nothing": lambda path: path.write_text("{}"),
    "deep": lambda path: path.write_text("[" * 100_000),
    "flipped": lambda path: path.write_bytes(path.read_bytes().replace(b'"office"', b'"orfice"')),
    "other-format": lambda path: path.write_text(path.read_text().replace('"format":1', '"format":999')),
    "body-lost": lambda path: path.write_text(json.dumps({**json.loads(path.read_text()), "summary": None})),
    "folder": lambda path: (path.unlink(), path.mkdir(), (path / "x").write_text("")),
    "link-to-nothing": lambda path: (path.unlink(), path.symlink_to("nowhere")),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make_portal(tmp_path_factory.mktemp("cached") / "project")
    build(project)
    return project


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_cache_is_rebuilt_without_a_word(damage: str, built: Path, tmp_path: Path) -> None:
    project = shutil.copytree(built, tmp_path / "project")
    before = read_tree(project / "site")
    find_memory(project).unlink()
    (kept,) = (project / ".gaisite" / "cache").glob("*.json")
    DAMAGE[damage](kept)
    result = build(project)
    assert (result.rendered, result.findings) == (1, ())
    assert read_tree(project / "site") == before
    assert result.written is not None
    assert result.written.changed == ()
    if damage != "folder":
        assert build(project).rendered == 0


@pytest.mark.parametrize("damage", [*DAMAGE, "other-version", "other-shape"])
def test_damaged_memory_is_none(damage: str, built: Path, tmp_path: Path) -> None:
    project = shutil.copytree(built, tmp_path / "project")
    before, memory = read_tree(project / "site"), find_memory(project)
    if damage == "other-version":
        write_whole(memory, {**read_whole(memory), "code": "another"})
    elif damage == "other-shape":
        write_whole(memory, {**read_whole(memory), "agencies": [["office"]]})
    else:
        DAMAGE[damage](memory)
    assert read_memory(memory.parent) == Memory() or damage in ("other-format", "body-lost")
    result = build(project)
    assert (result.rendered, result.findings) == (0, ())
    assert read_tree(project / "site") == before


def test_memory_is_kept_whole(built: Path) -> None:
    memory = read_memory(find_memory(built).parent)
    assert set(memory.agencies) == {"office"}
    assert all(memory.portal)
    write_memory(built.parent / "other", memory)
    assert read_memory(built.parent / "other") == memory


def test_summary_that_is_wanted_and_damaged_is_made_anew(tmp_path: Path) -> None:
    project = make_portal(tmp_path / "project", {"content/other/agency.yaml": "name: 某局\n"})
    build(project)
    (project / "content/other/agency.yaml").write_text("name: 某办\n", encoding="utf-8")
    kept = Cache(folder=project / ".gaisite" / "cache").path("office")
    assert kept is not None
    kept.write_text("{", encoding="utf-8")
    assert build(project).rendered == 2
    build(project, output=tmp_path / "clean", full=True, keep_cache=False)
    assert read_tree(project / "site") == read_tree(tmp_path / "clean")


@pytest.mark.parametrize("place", [".gaisite", ".gaisite/cache"])
def test_file_in_place_of_the_cache_folder_means_no_cache(place: str, built: Path, tmp_path: Path) -> None:
    project = shutil.copytree(built, tmp_path / "project")
    shutil.rmtree(project / place)
    (project / place).write_text("mine", encoding="utf-8")
    assert (build(project).rendered, build(project).rendered) == (1, 1)
    assert (project / place).read_text(encoding="utf-8") == "mine"


def test_nothing_is_left_beside_the_kept_summaries(built: Path) -> None:
    assert sorted(path.suffix for path in (built / ".gaisite" / "cache").iterdir()) == [".json", ".json", ".made"]


def test_check_keeps_nothing_and_full_build_does_not_ask_the_cache(built: Path, tmp_path: Path) -> None:
    project = shutil.copytree(built, tmp_path / "project")
    assert build(project, full=True).rendered == 1
    shutil.rmtree(project / ".gaisite")
    build(project, keep_cache=False)
    assert not (project / ".gaisite").exists()
