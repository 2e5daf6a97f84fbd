"""A publish as a whole: what forbids it, what it does, what it leaves alone; on a folder that is changed file by file."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gaisite.publish import publishing
from gaisite.publish.execution import Manner
from gaisite.publish.hosts import HostError
from gaisite.publish.states import STATE, read_state
from tests.build.portals import OFFICE, build, change_files, edit
from tests.publish.sites import (
    Killed,
    change_figure,
    change_much,
    failing,
    find_bare,
    find_broken,
    publish,
    publish_well,
    read_folder,
    surely_same,
)

URL = "file:../www?in-place"
FIGURES = f"{OFFICE}/2021/figures.yaml"


@pytest.fixture
def www(project: Path) -> Path:
    return project.parent / "www"


def look(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Bytes, time and inode of every file."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        for path in folder.rglob("*")
        if path.is_file()
    }


def found(publication: publishing.Publication) -> list[str]:
    return [finding.check for finding in publication.findings]


# --- what it does ---------------------------------------------------------------------------------------------------------


def test_host_holds_the_site_and_nothing_else(project: Path, www: Path) -> None:
    publish_well(project, URL)
    surely_same(read_folder(www), project / "site")
    assert find_broken(read_folder(www).get) == []
    assert not (www / ".gaisite-lock").exists()


def test_only_what_changed_moves(project: Path, www: Path) -> None:
    publish_well(project, URL)
    changed = change_figure(project)
    before = look(www)
    done = publish_well(project, URL)
    after = look(www)
    assert {path for path in after if before.get(path) != after[path]} - {STATE} == changed
    assert done.plan is not None
    assert {upload.path for upload in done.plan.uploads} == changed
    surely_same(read_folder(www), project / "site")


def test_nothing_to_do_touches_nothing(project: Path, www: Path) -> None:
    publish_well(project, URL)
    before = look(www)
    done = publish_well(project, URL)
    assert (done.plan is not None and done.plan.is_empty, done.begun) == (True, False)
    assert look(www) == before


def test_dry_run_tells_and_touches_nothing(project: Path, www: Path) -> None:
    first = publish(project, URL, dry_run=True)
    assert first.plan is not None
    assert (len(first.plan.uploads) > 20, first.finished, www.exists()) == (True, False, False)
    publish_well(project, URL)
    change_figure(project)
    before = look(www)
    dry = publish(project, URL, dry_run=True)
    assert dry.plan is not None
    assert not dry.plan.is_empty
    assert (look(www), sorted(path.name for path in www.iterdir())) == (before, sorted({*os.listdir(www)}))
    assert publish_well(project, URL).plan == dry.plan


def test_files_of_others_stay(project: Path, www: Path) -> None:
    publish_well(project, URL)
    change_files(www, {"verify.html": "ours", "office/2020/scan.pdf": "ours too"})
    change_much(project)
    publish_well(project, URL, allow_delete=True)
    assert (www / "verify.html").read_text() == "ours"
    assert (www / "office/2020/scan.pdf").read_text() == "ours too"
    assert not (www / "office/2020/index.html").exists()
    assert not (www / "years/2020").exists()


def test_files_can_be_read_by_a_web_server_whatever_the_umask(project: Path, www: Path) -> None:
    mask = os.umask(0o077)
    try:
        publish_well(project, URL)
    finally:
        os.umask(mask)
    assert {path.stat().st_mode & 0o777 for path in www.rglob("*") if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in [www, *www.rglob("*")] if path.is_dir()} == {0o755}


def test_progress_counts_every_file(project: Path) -> None:
    told: list[tuple[int, int]] = []
    manner = Manner(progress=lambda done, total, path: told.append((done, total)), waits=())
    done = publish_well(project, URL, manner=manner)
    assert done.plan is not None
    total = len(done.plan.uploads)
    assert told == [(number, total) for number in range(1, total + 1)]
    assert done.done == total


def test_build_comes_first_where_it_is_asked_for(project: Path, www: Path) -> None:
    shutil.rmtree(project / "site")
    publish_well(project, URL, build=True)
    edit(project, "content/site.yaml", "年报汇编", "年报选编")
    publish_well(project, URL, build=True)
    assert "年报选编" in (www / "index.html").read_text(encoding="utf-8")


def test_target_may_lie_at_an_address_of_its_own(project: Path, www: Path) -> None:
    assert found(publish(project, URL, base_url="https://nb.example.gov.cn/")) == ["publish-stale"]
    publish_well(project, URL, base_url="https://nb.example.gov.cn/", build=True)
    assert "https://nb.example.gov.cn/" in (www / "sitemap.xml").read_text(encoding="utf-8")
    assert found(publish(project, URL)) == ["publish-stale"]


# --- what forbids it ----------------------------------------------------------------------------------------------------


def test_site_that_was_never_built_is_not_published(project: Path, www: Path) -> None:
    shutil.rmtree(project / "site")
    assert found(publish(project, URL)) == ["publish-unbuilt"]
    assert not www.exists()


def test_site_older_than_its_sources_is_not_published(project: Path, www: Path) -> None:
    edit(project, f"{OFFICE}/2021/report.md", "本报告", "这份报告")
    before = look(project / "site")
    refused = publish(project, URL)
    assert found(refused) == ["publish-stale"]
    facts = dict(refused.findings[0].facts)
    assert (facts["count"], facts["example"]) != (0, "")
    assert (www.exists(), look(project / "site")) == (False, before)
    assert not (project / ".gaisite/standing").exists()


def test_source_that_was_only_touched_is_no_reason(project: Path) -> None:
    os.utime(project / FIGURES)
    publish_well(project, URL)


def test_site_with_findings_is_not_published(project: Path, www: Path) -> None:
    edit(project, FIGURES, "granted: {natural_person: 6, total: 6}", "granted: {natural_person: 6, total: 7}")
    for wishes in ({}, {"build": True}):
        refused = publish(project, URL, **wishes)
        assert (refused.result.written, found(refused), refused.plan) == (None, [], None)
        assert len(refused.result.findings) > 0
    assert not www.exists()


def test_warnings_forbid_it_only_where_that_is_asked_for(project: Path, www: Path) -> None:
    edit(project, f"{OFFICE}/2021/report.md", "published: 2022-01-20", "published: 2021-01-20")
    build(project)
    refused = publish(project, URL, strict=True)
    assert (refused.plan, refused.finished, www.exists()) == (None, False, False)
    publish_well(project, URL)


def test_file_that_was_changed_by_hand_is_not_published(project: Path, www: Path) -> None:
    (project / "site/office/index.html").write_text("<p>mine</p>", encoding="utf-8")
    assert found(publish(project, URL)) == ["publish-altered"]
    assert not (www / "index.html").exists()


def test_site_of_others_is_not_written_over(project: Path, www: Path) -> None:
    www.mkdir()
    (www / "index.html").write_text("theirs", encoding="utf-8")
    (www / "more.html").write_text("theirs too", encoding="utf-8")
    for wishes in ({}, {"dry_run": True}):
        assert found(publish(project, URL, **wishes)) == ["publish-foreign"]
    assert {path: raw for path, (raw, *_) in look(www).items()} == {
        "index.html": b"theirs",
        "more.html": b"theirs too",
    }
    publish_well(project, URL, force=True)
    surely_same(read_folder(www), project / "site", "more.html")


def test_damaged_list_is_told_and_nothing_is_ever_deleted_by_it(project: Path, www: Path) -> None:
    publish_well(project, URL)
    record = json.loads((www / STATE).read_text(encoding="utf-8"))
    record["files"]["more.html"] = "a" * 64
    (www / STATE).write_text(json.dumps(record), encoding="utf-8")
    (www / "more.html").write_text("theirs", encoding="utf-8")
    assert found(publish(project, URL)) == ["publish-damaged"]
    publish_well(project, URL, force=True)
    surely_same(read_folder(www), project / "site", "more.html")


def test_many_deletions_have_to_be_allowed(project: Path, www: Path) -> None:
    publish_well(project, URL)
    shutil.rmtree(project / OFFICE / "2020")
    build(project)
    before = look(www)
    refused = publish(project, URL)
    assert found(refused) == ["publish-deletions"]
    facts = dict(refused.findings[0].facts)
    assert facts == {"name": "web", "count": 8, "known": 32, "limit": 6}
    assert look(www) == before
    assert publish(project, URL, dry_run=True).findings == ()
    publish_well(project, URL, allow_delete=True)
    surely_same(read_folder(www), project / "site")


# --- two publishers -------------------------------------------------------------------------------------------------------


def lock(www: Path, owner: dict[str, str] | None) -> None:
    (www / ".gaisite-lock").mkdir(parents=True)
    if owner is not None:
        (www / ".gaisite-lock/owner").write_text(json.dumps(owner), encoding="utf-8")


def test_second_publisher_is_kept_out_and_told_who_is_in(project: Path, www: Path) -> None:
    lock(www, {"owner": "another", "who": "li@office-3", "since": "2026-01-30T09:00:00+00:00"})
    refused = publish(project, URL)
    assert found(refused) == ["publish-locked"]
    assert dict(refused.findings[0].facts)["who"] == "li@office-3"
    assert sorted(os.listdir(www)) == [".gaisite-lock"]
    assert publish(project, URL, dry_run=True).findings == ()
    publish_well(project, URL, break_lock=True)
    assert not (www / ".gaisite-lock").exists()


def test_lock_without_an_owner_keeps_out_too(project: Path, www: Path) -> None:
    lock(www, None)
    assert found(publish(project, URL)) == ["publish-locked"]
    (www / ".gaisite-lock/owner").write_text("no json", encoding="utf-8")
    assert found(publish(project, URL)) == ["publish-locked"]
    (www / ".gaisite-lock/owner").write_text("[]", encoding="utf-8")
    assert found(publish(project, URL)) == ["publish-locked"]


def test_lock_that_a_killed_run_of_ours_left_keeps_nobody_out(project: Path, www: Path) -> None:
    publish_well(project, URL)
    lock(www, {"owner": (project / ".gaisite/publish/publisher").read_text(encoding="ascii"), "who": "me"})
    change_figure(project)
    publish_well(project, URL)


def test_two_runs_of_one_project_are_kept_apart(project: Path) -> None:
    refused: list[str] = []

    def publish_meanwhile(done: int, total: int, path: str) -> None:
        if not refused:
            refused.extend(found(publish(project, URL)))

    publish_well(project, URL, manner=Manner(progress=publish_meanwhile, waits=()))
    assert refused == ["output-locked"]


# --- what goes wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [lambda: HostError("the line is dead"), Killed])
def test_stopped_run_is_finished_by_the_next(error: Callable[[], BaseException], project: Path, www: Path) -> None:
    publish_well(project, URL)
    change_much(project)
    for sound in (0, 1, 5, 16, 30, 42):
        with failing(sound=sound, error=error):
            try:
                assert found(publish(project, URL, allow_delete=True)) in ([], ["publish-failed"])
            except Killed:
                assert error is Killed
        assert find_broken(read_folder(www).get) == find_bare(read_folder(www)) == []
    publish_well(project, URL, allow_delete=True)
    assert find_broken(read_folder(www).get) == []


def test_failure_that_passes_is_tried_again_after_a_while(project: Path, www: Path) -> None:
    slept: list[float] = []
    with failing(sound=7, times=2):
        publish_well(project, URL, manner=Manner(waits=(0.5, 2.0), sleep=slept.append))
    assert slept == [0.5, 2.0]
    surely_same(read_folder(www), project / "site")


def test_failure_that_lasts_is_not(project: Path) -> None:
    slept: list[float] = []
    with failing(sound=3, error=lambda: HostError("no", "a/index.html", lasting=True)):
        refused = publish(project, URL, manner=Manner(waits=(0.5, 2.0), sleep=slept.append))
    assert (found(refused), slept, refused.begun, refused.finished) == (["publish-failed"], [], True, False)
    facts = dict(refused.findings[0].facts)
    assert (facts["reason"], facts["path"]) == ("no", "a/index.html")


def test_place_that_cannot_be_written_is_told(project: Path) -> None:
    (project.parent / "file").write_text("no folder", encoding="utf-8")
    for url in ("file:../file/www?in-place", "file:../file/www"):
        refused = publish(project, url)
        assert (found(refused), refused.begun) == (["publish-unreachable"], False)


def test_published_json_of_the_project_is_not_needed(project: Path, www: Path) -> None:
    publish_well(project, URL)
    shutil.rmtree(project / ".gaisite")
    done = publish_well(project, URL)
    assert done.plan is not None
    assert done.plan.is_empty
    state = read_state((www / STATE).read_bytes())
    assert state is not None
    assert not state.pending
