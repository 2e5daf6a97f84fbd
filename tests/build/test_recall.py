"""A build that has nothing to do says so at once, and never where anything is or may be another than it was."""

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult, recall
from gaisite.build.recall import build_or_recall
from gaisite.build.settled import Seen
from gaisite.build.survey import WHOLE_SECOND, Survey, survey
from gaisite.build.verify import verify_site
from tests.build.portals import edit, make_portal

DRAFTS = {"content/office/2022/report.md": None}


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    options = BuildOptions(project=make_portal(tmp_path / "project"))
    settle()
    build_or_recall(options)
    return options


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[BuildOptions]:
    """The builds that were not told from memory."""
    seen: list[BuildOptions] = []
    build = recall.build_site

    def build_site(options: BuildOptions, status: Seen | None = None) -> BuildResult:
        seen.append(options)
        return build(options, status)

    monkeypatch.setattr(recall, "build_site", build_site)
    return seen


def settle() -> None:
    """Wait until the clock of the file system has gone on."""
    time.sleep(recall.TICK / WHOLE_SECOND * 2)


def test_nothing_is_built_where_nothing_has_changed(options: BuildOptions, builds: list[BuildOptions]) -> None:
    result = build_or_recall(options)
    assert not builds
    built = recall.build_site(options)
    assert result.findings == built.findings
    assert (result.agencies, result.reports) == (built.agencies, built.reports)
    assert result.written == built.written


CHANGES: dict[str, Callable[[Path], object]] = {
    "a figure": lambda project: touch(project / "content/office/2021/figures.yaml"),
    "a new file": lambda project: (project / "content/office/2021/new.txt").write_text("x"),
    "a new folder": lambda project: (project / "content/office/1999").mkdir(),
    "a file that is gone": lambda project: (project / "content/office/2021/report.md").unlink(),
    "a theme": lambda project: (project / "themes").mkdir(),
    "a page by hand": lambda project: touch(project / "site/index.html"),
    "a page that is gone": lambda project: (project / "site/404.html").unlink(),
    "a foreign file": lambda project: (project / "site/foreign.txt").write_text("x"),
    "the mode of a page": lambda project: (project / "site/index.html").chmod(0o600),
    "no site": lambda project: (project / "site").rename(project / "elsewhere"),
    "a link": lambda project: (project / "content/link").symlink_to("nowhere"),
    "no memory": lambda project: find_memory(project).unlink(),
    "a memory that is no JSON": lambda project: find_memory(project).write_text("{"),
    "a memory that is none": lambda project: find_memory(project).write_text("null"),
    "a memory with a wrong number": lambda project: find_memory(project).write_text(
        find_memory(project).read_text().replace('"reports":', '"reports":1')
    ),
}


def touch(path: Path) -> None:
    """Write a file anew, as long as it was, and put back the time that can be put back."""
    status = path.stat()
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def find_memory(project: Path) -> Path:
    path = recall.name_file(BuildOptions(project=project))
    assert path is not None
    assert json.loads(path.read_text())
    return path


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(options: BuildOptions, builds: list[BuildOptions], change: str) -> None:
    settle()
    CHANGES[change](options.project)
    build_or_recall(options)
    assert builds


@pytest.mark.parametrize("other", [{"strict": True}, {"drafts": True}, {"full": True}, {"base_url": "https://a.cn/"}])
def test_other_options_are_another_build(
    options: BuildOptions, builds: list[BuildOptions], other: dict[str, bool]
) -> None:
    build_or_recall(replace(options, **other))  # type: ignore[arg-type]
    assert builds


def test_nothing_is_remembered_without_a_cache(tmp_path: Path, builds: list[BuildOptions]) -> None:
    options = BuildOptions(project=make_portal(tmp_path / "project"), keep_cache=False)
    settle()
    for _ in range(2):
        build_or_recall(options)
    assert len(builds) == 2


def test_a_file_written_within_the_tick_is_never_trusted(tmp_path: Path, builds: list[BuildOptions]) -> None:
    options = BuildOptions(project=make_portal(tmp_path / "project"))
    (options.project / "content/office/2021/report.md").touch()
    build_or_recall(options)
    assert not list((options.project / ".gaisite/cache").glob(name_memory(options)))
    assert not Survey(newest=5, digest="x").is_settled(6)
    assert Survey(newest=5, digest="x").is_settled(6 + recall.TICK)
    assert not Survey(newest=WHOLE_SECOND, digest="x").is_settled(WHOLE_SECOND + 1 + recall.TICK)


def name_memory(options: BuildOptions) -> str:
    path = recall.name_file(options)
    assert path is not None
    return path.name


def test_a_site_that_may_still_change_is_not_remembered(
    options: BuildOptions, builds: list[BuildOptions], monkeypatch: pytest.MonkeyPatch
) -> None:
    find_memory(options.project).unlink()
    monkeypatch.setattr(Survey, "is_settled", lambda self, now: "site" not in str(now) and self.newest < now - 10**15)
    build_or_recall(options)
    assert builds
    assert not (options.project / ".gaisite/cache" / name_memory(options)).exists()


def test_times_in_whole_seconds_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    far = (time.time_ns() // WHOLE_SECOND + 100) * WHOLE_SECOND
    os.utime(path, ns=(far, far))
    found = survey([tmp_path])
    assert found.newest == found.folders[str(tmp_path)].newest == far
    assert not found.is_settled(far + 2 * WHOLE_SECOND)
    assert found.is_settled(far + 4 * WHOLE_SECOND)


def test_a_folder_with_a_link_tells_nothing_and_those_beside_it_do(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    (tmp_path / "other" / "link").symlink_to("file")
    found = survey([tmp_path])
    assert found.digest == ""
    assert [bool(found.folders[str(tmp_path / name)].digest) for name in ("one", "other")] == [True, False]


def test_other_libraries_are_seen(
    options: BuildOptions, builds: list[BuildOptions], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "packages" / "library-2.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    build_or_recall(options)
    assert len(builds) == 1


@pytest.mark.parametrize("formats", ["[pdf]", "[csv]"])
def test_other_fonts_are_seen_where_files_are_set_in_them(
    tmp_path: Path, builds: list[BuildOptions], monkeypatch: pytest.MonkeyPatch, formats: str
) -> None:
    monkeypatch.setattr("gaisite.build.fonts.hash_fonts", lambda: "some fonts")
    options = BuildOptions(project=make_portal(tmp_path / "project"))
    with (options.project / "content/site.yaml").open("a", encoding="utf-8") as file:
        file.write(f"downloads: {formats}\n")
    settle()
    for _ in range(2):
        build_or_recall(options)
    assert len(builds) == 1
    monkeypatch.setattr("gaisite.build.fonts.hash_fonts", lambda: "other fonts")
    build_or_recall(options)
    assert len(builds) == (2 if formats == "[pdf]" else 1)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_findings_are_told_from_memory_as_they_were(options: BuildOptions, language: str) -> None:
    edit(options.project, "content/office/2021/figures.yaml", "    partial: {}\n", "")
    settle()
    built = build_or_recall(options)
    told = build_or_recall(options)
    assert told.written != built.written
    assert [told.catalogue.say(each, language) for each, _ in told.failures()] == [
        built.catalogue.say(each, language) for each, _ in built.failures()
    ]


def test_what_is_told_from_memory_is_verified_too(options: BuildOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    result = verify_site(options)
    assert (result.findings, result.written is None) == ((), False)
    settle()
    monkeypatch.setattr(recall, "survey_sources", lambda _: Survey(digest="the same for ever"))
    build_or_recall(options)
    edit(options.project, "content/office/2021/figures.yaml", "    partial: {}\n", "")
    assert build_or_recall(options).findings == ()
    findings = verify_site(options).findings
    assert {finding.check for finding in findings} == {"verify-differs", "verify-findings"}
    (told,) = (dict(finding.facts) for finding in findings if finding.check == "verify-findings")
    assert told == {"missing": 1, "surplus": 0}
