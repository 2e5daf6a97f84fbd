"""Whatever stops a publish, at whichever operation: the pages on the host work, and the next run finishes."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from gaisite.model.hosting import HASHED
from gaisite.publish.hosts import HostError
from gaisite.publish.states import STATE, read_state
from tests.publish.sites import (
    FaultyHost,
    Killed,
    MemoryHost,
    carry,
    change_much,
    find_bare,
    find_broken,
    make_site,
    read_site,
)


@dataclass(frozen=True)
class Sites:
    """The files of a site before and after much has changed."""

    before: dict[str, bytes]
    after: dict[str, bytes]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    project = make_site(tmp_path_factory.mktemp("faults") / "project")
    before = read_site(project / "site")
    change_much(project)
    return Sites(before=before, after=read_site(project / "site"))


STOPS: list[tuple[Callable[[], BaseException], bool]] = [
    (lambda: HostError("the line is dead"), False),
    (lambda: HostError("the line is dead"), True),
    (Killed, False),
    (Killed, True),
]


def count_operations(first: dict[str, bytes], then: dict[str, bytes]) -> int:
    host = FaultyHost(hold(then, first), sound=1 << 30)
    carry(then, host)
    return host.operations


def hold(content: dict[str, bytes], first: dict[str, bytes]) -> MemoryHost:
    """A host that holds `first` and may be sent `content`."""
    host = MemoryHost(first)
    if first:
        carry(first, host)
    host.content = content
    return host


def test_sites_differ_in_everything_that_matters(sites: Sites) -> None:
    gone, new = sites.before.keys() - sites.after.keys(), sites.after.keys() - sites.before.keys()
    assert any(path.endswith("2020/index.html") for path in gone)
    assert any(path.endswith("2022/index.html") for path in new)
    assert any(HASHED.fullmatch(path) for path in gone)
    assert any(HASHED.fullmatch(path) for path in new)
    assert find_broken(sites.before.get) == find_broken(sites.after.get) == []
    assert len(find_broken({"index.html": sites.after["index.html"]}.get)) > 5


@pytest.mark.parametrize("first", [True, False], ids=["first publish", "second publish"])
@pytest.mark.parametrize(("error", "effect"), STOPS, ids=["refused", "refused late", "killed", "killed late"])
def test_stopped_at_any_operation_the_pages_work_and_the_next_run_finishes(
    first: bool, error: Callable[[], BaseException], effect: bool, sites: Sites
) -> None:
    before = {} if first else sites.before
    total = count_operations(before, sites.after)
    assert total > 30
    for sound in range(total):
        host = hold(sites.after, before)
        with pytest.raises((HostError, Killed)):
            carry(sites.after, FaultyHost(host, sound=sound, error=error, effect=effect))
        assert find_broken(host.files.get) == [], sound
        assert find_bare(host.files) == [], sound
        carry(sites.after, host)
        left = {path: raw for path, raw in host.files.items() if path != STATE}
        retired = {path for path in left.keys() - sites.after.keys() if HASHED.fullmatch(path)}
        assert {path: raw for path, raw in left.items() if path not in retired} == sites.after, sound


def test_nothing_is_deleted_after_a_failed_upload(sites: Sites) -> None:
    plan_length = count_operations(sites.before, sites.after)
    for sound in range(1, plan_length):
        host = hold(sites.after, sites.before)
        faulty = FaultyHost(host, sound=sound, times=1)
        try:
            carry(sites.after, faulty)
        except HostError:
            state = read_state(host.files[STATE])
            assert state is not None
            uploads_left = [path for path in sites.after if host.files.get(path) != sites.after[path]]
            if uploads_left:
                assert sites.before.keys() <= host.files.keys(), sound


def test_what_came_through_is_not_sent_again(sites: Sites) -> None:
    host = hold(sites.after, {})
    with pytest.raises(HostError):
        carry(sites.after, FaultyHost(host, sound=20, times=1))
    sent = len(host.files) - 1
    assert len(carry(sites.after, host).uploads) == len(sites.after) - sent


def test_killed_publish_sends_again_no_more_than_since_the_list_was_kept(sites: Sites) -> None:
    host = hold(sites.after, {})
    with pytest.raises(Killed):
        carry(sites.after, FaultyHost(host, sound=12, error=Killed))
    assert len(carry(sites.after, host).uploads) < len(sites.after)


def test_site_that_changes_again_after_a_stop_leaves_nothing_behind(sites: Sites) -> None:
    total = count_operations(sites.before, sites.after)
    for sound in range(0, total, 3):
        host = hold(sites.after, sites.before)
        with pytest.raises(Killed):
            carry(sites.after, FaultyHost(host, sound=sound, error=Killed, effect=True))
        host.content = sites.before
        carry(sites.before, host)
        left = {path: raw for path, raw in host.files.items() if path != STATE and not HASHED.fullmatch(path)}
        assert left == {path: raw for path, raw in sites.before.items() if not HASHED.fullmatch(path)}, sound
        assert find_broken(host.files.get) == []
