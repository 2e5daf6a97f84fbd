"""Every save reaches the browser."""

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult
from tests.serve.fakes import (
    SOON,
    Browser,
    connect,
    copy_site,
    find_epoch,
    overwrite,
    previewing,
    restyle,
    save,
    wait_until,
)


@pytest.mark.slow
def test_five_saves_a_second_apart_give_five_reloads(project: Path) -> None:
    async def save_and_hear(port: int) -> None:
        async with connect(port, "") as socket:
            for number in range(5):
                begun = time.monotonic()
                save(project, f"save {number}")
                assert (await socket.hear())["command"] == "reload"
                assert f"save {number}" in await asyncio.to_thread(preview.text)
                await asyncio.sleep(max(1.2 - (time.monotonic() - begun), 0))
            assert await socket.count_reloads(0.3) == 0

    with previewing(project) as preview:
        asyncio.run(save_and_hear(preview.running.port))


@pytest.mark.slow
def test_last_of_twenty_fast_saves_is_shown(project: Path) -> None:
    def save_often() -> None:
        for number in range(20):
            overwrite(project, f"save {number}.")
            time.sleep(0.2)

    with previewing(project) as preview:
        saving = threading.Thread(target=save_often)
        saving.start()
        browser = Browser(preview.running.port)
        asyncio.run(asyncio.wait_for(browser.look_until("save 19."), SOON))
        saving.join()
    assert len(browser.seen) > 2
    assert browser.seen[-1] == "save 19."


def test_save_during_a_build_starts_another_one(project: Path) -> None:
    busy, go_on = threading.Event(), threading.Event()
    builds = []

    def build(options: BuildOptions) -> BuildResult:
        result = copy_site(options)
        builds.append((options.project / "content" / "index.html").read_text(encoding="utf-8"))
        if "second" in builds[-1]:
            busy.set()
            assert go_on.wait(SOON)
        return result

    with previewing(project, build) as preview:
        save(project, "second")
        assert busy.wait(SOON)
        assert "second" in preview.text(), "the server answers while a build runs"
        save(project, "third")
        go_on.set()
        wait_until(lambda: "third" in preview.text())
    assert len(builds) == 3


def test_save_during_the_first_build_is_built_too(project: Path) -> None:
    def build(options: BuildOptions) -> BuildResult:
        result = copy_site(options)
        if "first" in (options.project / "content" / "index.html").read_text(encoding="utf-8"):
            save(project, "saved meanwhile")
        return result

    with previewing(project, build) as preview:
        wait_until(lambda: "saved meanwhile" in preview.text())


def test_page_loaded_before_a_build_and_connected_after_it_is_told_at_once(project: Path) -> None:
    async def connect_late(port: int, epoch: str) -> str:
        async with connect(port, epoch) as socket:
            return (await socket.hear())["command"]

    with previewing(project) as preview:
        old = find_epoch(preview.text())
        preview.built.get(timeout=SOON)
        save(project, "second")
        preview.built.get(timeout=SOON)
        assert asyncio.run(connect_late(preview.running.port, old)) == "reload"


def test_page_that_is_up_to_date_is_left_alone(project: Path) -> None:
    async def connect_now(port: int, epoch: str) -> int:
        async with connect(port, epoch) as socket:
            return await socket.count_reloads(0.5)

    with previewing(project) as preview:
        epoch = find_epoch(preview.text())
        assert epoch.startswith("p"), "the browser would turn what looks like a number into one"
        assert asyncio.run(connect_now(preview.running.port, epoch)) == 0


def test_page_of_an_earlier_run_is_old_only_where_it_has_changed(project: Path) -> None:
    with previewing(project) as preview:
        before = find_epoch(preview.text())
    with previewing(project) as preview:
        assert find_epoch(preview.text()) == before
    save(project, "second")
    with previewing(project) as preview:
        assert find_epoch(preview.text()) != before


def test_only_pages_that_have_changed_reload(project: Path) -> None:
    save(project, "an agency", "agency/index.html")

    async def listen(port: int) -> None:
        home, agency = find_epoch(preview.text()), find_epoch(preview.text("/agency/"))
        async with connect(port, home) as one, connect(port, agency, "/agency/") as other:
            save(project, "another agency", "agency/index.html")
            assert (await other.hear())["command"] == "reload"
            assert await one.count_reloads(0.3) == 0

    with previewing(project) as preview:
        asyncio.run(listen(preview.running.port))


def test_page_that_differs_in_its_style_sheet_alone_is_not_loaded_anew(project: Path) -> None:
    restyle(project, "0" * 12)

    async def listen(port: int, epoch: str) -> None:
        async with connect(port, epoch) as socket:
            restyle(project, "1" * 12)
            heard = await socket.hear()
            assert (heard["command"], heard["path"], heard["liveCSS"]) == ("reload", "style.css", True)
            assert await socket.count_reloads(0.5) == 0, "it has been told"
            restyle(project, "2" * 12, "second")
            heard = [await socket.hear()]
            while heard[-1]["path"] != "*":
                heard.append(await socket.hear())
            assert {each["path"] for each in heard} <= {"style.css", "*"}

    with previewing(project) as preview:
        asyncio.run(listen(preview.running.port, find_epoch(preview.text())))


def test_style_sheet_is_found_by_the_name_that_it_had(project: Path) -> None:
    restyle(project, "1" * 12)
    with previewing(project, mount="/gov/") as preview:
        assert preview.get(f"/assets/style.{'0' * 12}.css").body == b"/* 111111111111 */"
        assert preview.get(f"/gov/assets/style.{'0' * 12}.css?x=1").body == b"/* 111111111111 */"
        for path in (
            f"/assets/other.{'0' * 12}.css",
            f"/assets/style.{'0' * 12}.js",
            f"/nowhere/assets/style.{'0' * 12}.css",
        ):
            assert preview.get(path).status == 404


def test_agency_that_was_saved_is_shown_before_the_rest_is_built(project: Path) -> None:
    busy, go_on, asked = threading.Event(), threading.Event(), []

    def build(options: BuildOptions) -> BuildResult:
        result = copy_site(options)
        if "second" in (options.project / "content" / "agency" / "index.html").read_text(encoding="utf-8"):
            busy.set()
            assert go_on.wait(SOON)
        return result

    def first(result: BuildResult, changes: tuple[str, ...]) -> dict[str, bytes]:
        asked.append(changes)
        return {"agency/index.html": b"<title>x</title><h1>fresh</h1>", "agency/data.csv": b"fresh"}

    save(project, "first", "agency/index.html")
    with previewing(project, build, first=first) as preview:
        preview.built.get(timeout=SOON)
        save(project, "second", "agency/index.html")
        assert busy.wait(SOON)
        assert "fresh" in preview.text("/agency/")
        assert "fresh" in preview.text("/agency/index.html")
        assert preview.get("/agency/data.csv").status == 404, "only pages come first"
        go_on.set()
        preview.built.get(timeout=SOON)
        wait_until(lambda: "second" in preview.text("/agency/"))
    assert str(project.resolve() / "content" / "agency" / "index.html") in asked[0]


def test_what_fails_first_is_left_to_the_build(project: Path) -> None:
    def first(result: BuildResult, changes: tuple[str, ...]) -> dict[str, bytes]:
        raise ZeroDivisionError

    with previewing(project, first=first) as preview:
        preview.built.get(timeout=SOON)
        save(project, "second")
        wait_until(lambda: "second" in preview.text())
        assert preview.crashed.empty()


def test_save_that_changes_nothing_reloads_nothing(project: Path) -> None:
    async def listen(port: int) -> int:
        async with connect(port, "") as socket:
            save(project, "first")
            await asyncio.to_thread(preview.built.get, timeout=SOON)
            return await socket.count_reloads(0.5)

    with previewing(project) as preview:
        preview.built.get(timeout=SOON)
        assert asyncio.run(listen(preview.running.port)) == 0


def test_new_folder_and_theme_are_watched(project: Path) -> None:
    extra = project / "elsewhere"
    extra.mkdir()
    with previewing(project, watched=(extra,)) as preview:
        preview.built.get(timeout=SOON)
        save(project, "new agency", "agency/index.html")
        preview.built.get(timeout=SOON)
        assert "new agency" in preview.text("/agency/")
        for folder in (project / "themes" / "own", extra):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "theme.yaml").write_text("name: own\n", encoding="utf-8")
            preview.built.get(timeout=SOON)


def test_socket_survives_nonsense(project: Path) -> None:
    async def send(port: int, text: str) -> None:
        async with connect(port) as socket:
            await socket.connection.write_message(text)
            assert await socket.hear() is None

    with previewing(project) as preview:
        for text in ("not json", "[]", "{}", '{"command": 1}', "[" * 60_000):
            asyncio.run(send(preview.running.port, text))
        assert preview.get("/").status == 200


def test_browser_that_leaves_in_the_middle_is_forgotten(
    project: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    async def leave(port: int) -> None:
        async with connect(port, "") as socket:
            await asyncio.sleep(0.2)
            socket.connection.protocol.stream.close()

    with previewing(project) as preview:
        asyncio.run(leave(preview.running.port))
        save(project, "second")
        wait_until(lambda: "second" in preview.text())
    assert caplog.text == ""
    assert capsys.readouterr().err == ""


def test_end_hangs_up_on_pages_that_listen(project: Path) -> None:
    async def listen(port: int, stop: Callable[[], None]) -> None:
        async with connect(port, "") as socket:
            await asyncio.sleep(0.2)
            stop()
            assert await socket.hear() is None

    with previewing(project) as preview:
        asyncio.run(listen(preview.running.port, preview.running.stop))
