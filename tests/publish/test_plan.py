"""The plan: what is done in which order, what is deleted, and when that is too much."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaisite.model.hosting import HASHED
from gaisite.publish.plan import Plan, Stage, make_plan
from gaisite.publish.states import State, read_state, write_state

OLD, NEW = "a" * 64, "b" * 64
PATHS = (
    "assets/style.0123456789ab.css", "assets/script.ba9876543210.js", "pagefind/fragment/zh_1234.pf_fragment",
    "data/all.csv", "office/2021/files/scan.pdf", "office/index.html", "office/2021/index.html", "years/2021/index.html",
    "index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt", "en/index.html", "pagefind/pagefind-entry.json",
    "_headers", "_redirects",
)  # fmt: skip
some_files = st.dictionaries(st.sampled_from(PATHS), st.sampled_from((OLD, NEW)))


def order(plan: Plan) -> list[str]:
    return [upload.path for upload in plan.uploads]


def test_first_publish_goes_from_assets_to_the_sitemap() -> None:
    plan = make_plan(dict.fromkeys(PATHS, NEW), State())
    assert order(plan) == [
        "assets/script.ba9876543210.js", "assets/style.0123456789ab.css", "pagefind/fragment/zh_1234.pf_fragment",
        "_headers", "data/all.csv", "office/2021/files/scan.pdf",
        "en/index.html", "office/2021/index.html", "office/index.html", "years/2021/index.html",
        "pagefind/pagefind-entry.json", "feed.xml",
        "index.html", "404.html", "sitemap.xml", "robots.txt", "_redirects",
    ]  # fmt: skip
    assert (plan.deletions, plan.kept, plan.known) == ((), 0, 0)


def test_new_page_is_there_before_one_that_may_lead_to_it() -> None:
    remote = State(files={"office/index.html": OLD, "index.html": OLD, "feed.xml": OLD})
    local = dict.fromkeys(("office/index.html", "zoo/index.html", "index.html", "feed.xml"), NEW)
    assert order(make_plan(local, remote)) == ["zoo/index.html", "office/index.html", "index.html", "feed.xml"]
    assert [upload.stage for upload in make_plan(local, remote).uploads] == [
        Stage.NEW_PAGES, Stage.PAGES, Stage.ENTRANCES, Stage.ENTRANCES,
    ]  # fmt: skip


def test_parts_of_a_sitemap_come_after_the_pages_that_they_name() -> None:
    names = ("office/index.html", "zoo/index.html", "sitemap-1.xml", "sitemap-2.xml", "sitemap.xml")
    remote = State(files=dict.fromkeys(("office/index.html", "sitemap-1.xml", "sitemap.xml"), OLD))
    assert order(make_plan(dict.fromkeys(names, NEW), remote)) == [
        "zoo/index.html", "sitemap-2.xml", "office/index.html", "sitemap.xml", "sitemap-1.xml",
    ]  # fmt: skip


def test_only_what_differs_is_sent_and_pages_are_deleted_before_what_they_need() -> None:
    remote = State(files=dict.fromkeys(PATHS, OLD))
    plan = make_plan({"index.html": OLD, "office/index.html": NEW, "data/all.csv": OLD}, remote)
    assert (order(plan), plan.kept) == (["office/index.html"], 2)
    assert plan.deletions[-1] == "office/2021/files/scan.pdf"
    assert plan.deletions.index("office/2021/index.html") < plan.deletions.index("office/2021/files/scan.pdf")


def test_replaced_asset_stays_for_one_publish_more() -> None:
    before, then, last = ({f"assets/style.{digit * 12}.css": OLD, "index.html": digit * 64} for digit in "123")
    plan = make_plan(then, State(files=before))
    assert (plan.deletions, plan.retired) == ((), ("assets/style.111111111111.css",))
    remote = State(files=before | then, retired=plan.retired)
    again = make_plan(then, remote)
    assert again.is_empty
    assert again.retired == plan.retired
    plan = make_plan(last, remote)
    assert (plan.deletions, plan.retired) == (("assets/style.111111111111.css",), ("assets/style.222222222222.css",))
    assert plan.weighty == 0
    back = make_plan(before, remote)
    assert (back.deletions, back.retired) == ((), ("assets/style.222222222222.css",))


def test_what_may_be_there_in_any_version_is_sent_or_deleted() -> None:
    remote = State(files={"index.html": NEW}, pending={"index.html", "zoo/index.html"})
    plan = make_plan({"index.html": NEW}, remote)
    assert (order(plan), plan.deletions) == (["index.html"], ("zoo/index.html",))


@pytest.mark.parametrize(("known", "limit"), [(10, 2), (100, 20), (1280, 256), (5000, 256)])
def test_limit_is_a_fifth_and_256_at_most(known: int, limit: int) -> None:
    files = {f"a/{number}/index.html": OLD for number in range(known)}
    plan = make_plan({}, State(files=files))
    assert (plan.limit, plan.weighty) == (limit, known)


@given(some_files, some_files, st.sets(st.sampled_from(PATHS)), st.sets(st.sampled_from(PATHS)))
def test_whatever_was_there_is_made_what_is_here(
    local: dict[str, str], files: dict[str, str], pending: set[str], retired: set[str]
) -> None:
    plan = make_plan(local, State(files=files, pending=pending, retired=retired))
    sent, deleted = set(order(plan)), set(plan.deletions)
    assert not deleted & local.keys()
    assert deleted <= files.keys() | pending
    result = {path: digest for path, digest in files.items() if path not in deleted}
    result |= {path: local[path] for path in sent}
    assert {path: result.get(path) for path in local} == local
    assert all(HASHED.fullmatch(path) or path in retired for path in result.keys() - local.keys())
    assert sent == {path for path in local if files.get(path) != local[path] or path in pending}
    assert [upload.stage for upload in plan.uploads] == sorted(upload.stage for upload in plan.uploads)


@given(some_files, st.sets(st.sampled_from(PATHS)), st.sets(st.sampled_from(PATHS)))
def test_list_is_read_as_it_was_written(files: dict[str, str], pending: set[str], retired: set[str]) -> None:
    state = State(files=files, pending=frozenset(pending), retired=frozenset(retired))
    assert read_state(write_state(state)) == state


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("files", {"../index.html": OLD}), ("files", {"index.html": "no digest"}), ("files", {"index.html": 1}), ("files", []),
        ("pending", ["/etc/passwd"]), ("pending", 5), ("retired", ["a/../b"]), ("digest", OLD),
        ("files", {"index.html": NEW}),
    ],
)  # fmt: skip
def test_list_that_somebody_has_changed_is_not_trusted(key: str, value: object) -> None:
    record = json.loads(write_state(State(files={"index.html": OLD})))
    assert read_state(json.dumps(record).encode()) is not None
    record[key] = value
    assert read_state(json.dumps(record).encode()) is None


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'"text"'])
def test_what_is_no_list_is_none(raw: bytes) -> None:
    assert read_state(raw) is None
