"""What the preview answers."""

import queue
import socket
import threading
import time
from pathlib import Path

import pytest

from gaisite.build import BuildOptions, BuildResult
from gaisite.serve import CannotListen, Listener, Running, ServeOptions, serve_project
from gaisite.serve.ports import bind_port
from tests.serve.fakes import SOON, copy_site, previewing, save, wait_until


def test_page_comes_with_the_script_that_reloads_it(project: Path) -> None:
    with previewing(project) as preview:
        answer = preview.get("/")
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert f"/livereload.js?host=127.0.0.1&amp;port={preview.running.port}".encode() in answer.body
        assert f"connect-src ws://127.0.0.1:{preview.running.port}".encode() in answer.body
        script = preview.get("/livereload.js?host=127.0.0.1")
        assert "javascript" in script.headers["content-type"]
        assert b"LiveReload" in script.body
        style = preview.get("/gaisite-preview.css")
        assert style.headers["content-type"] == "text/css; charset=utf-8"
        assert b".gaisite-findings" in style.body


def test_page_comes_back_under_the_name_it_was_asked_by(project: Path) -> None:
    with previewing(project) as preview:
        body = preview.get("/", Host=f"[::1]:{preview.running.port}").body
        assert b"/livereload.js?host=[::1]&amp;" in body


def test_folder_shows_its_index_and_leads_there(project: Path) -> None:
    save(project, "agency", "a/2020/index.html")
    with previewing(project) as preview:
        assert "agency" in preview.text("/a/2020/")
        assert preview.get("/a/2020").headers["location"] == "/a/2020/"
        assert preview.get("/a/2020?x=1").headers["location"] == "/a/2020/?x=1"
        assert preview.get("/a/2020").status == 302
        assert preview.get("/a/").status == 404


def test_site_lies_also_where_it_will_be_published(project: Path) -> None:
    save(project, "agency", "a/2020/index.html")
    save(project, "an agency named like the mount", "gov/index.html")
    with previewing(project, mount="/gov/reports/") as preview:
        assert "first" in preview.text("/gov/reports/")
        assert "agency" in preview.text("/gov/reports/a/2020/")
        assert preview.get("/gov/reports/a/2020").headers["location"] == "/a/2020/"
        assert "named like the mount" in preview.text("/gov/")
        assert preview.get("/gov/reports/../../content/").status == 404
    with previewing(project, mount="") as preview:
        assert preview.get("/gov/reports/").status == 404


def test_missing_page_shows_the_one_of_the_site(project: Path) -> None:
    with previewing(project) as preview:
        answer = preview.get("/nowhere/")
        assert answer.status == 404
        assert b"There is no such page" in answer.body
        save(project, "our own 404", "404.html")
        wait_until(lambda: b"our own 404" in preview.get("/nowhere/").body)
        assert preview.get("/nowhere/").status == 404
        assert b"/livereload.js" in preview.get("/nowhere.css").body


def test_large_file_comes_whole_and_as_it_is(project: Path) -> None:
    content = bytes(range(256)) * 8192
    (project / "content" / "report.pdf").write_bytes(content)
    (project / "content" / "empty.txt").write_bytes(b"")
    with previewing(project) as preview:
        answer = preview.get("/report.pdf")
        assert answer.body == content
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-length"] == str(len(content))
        assert preview.get("/empty.txt").body == b""


def test_reader_who_leaves_in_the_middle_is_no_mistake(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content" / "report.pdf").write_bytes(b"x" * 20_000_000)
    with previewing(project) as preview:
        with socket.create_connection(("127.0.0.1", preview.running.port), SOON) as reader:
            reader.sendall(f"GET /report.pdf HTTP/1.1\r\nHost: {preview.host}\r\n\r\n".encode())
            assert reader.recv(100).startswith(b"HTTP/1.1 200 OK")
        assert preview.get("/").status == 200
    assert capsys.readouterr().err == ""


def test_head_is_answered_like_get_without_the_body(project: Path) -> None:
    (project / "content" / "report.pdf").write_bytes(b"x" * 1_000_000)
    with previewing(project) as preview:
        for path in ("/", "/report.pdf", "/nowhere"):
            head, get = preview.get(path, "HEAD"), preview.get(path)
            assert head.body == b""
            assert head.status == get.status
            assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.body))


def test_taken_port_is_told(project: Path) -> None:
    other = bind_port("127.0.0.1", 0)
    try:
        with previewing(project, port=other.port) as preview:
            assert preview.running.asked == other.port
            assert preview.running.port > other.port
            assert preview.get("/").status == 200
    finally:
        other.close()


def test_port_is_free_again_afterwards(project: Path) -> None:
    with previewing(project) as preview:
        port = preview.running.port
    with previewing(project, port=port) as preview:
        assert preview.running.port == port


def test_host_beyond_this_machine_is_told(project: Path) -> None:
    with previewing(project) as preview:
        assert not preview.running.exposed
    with previewing(project, host="0.0.0.0") as preview:
        assert preview.running.exposed
        assert preview.running.url == f"http://127.0.0.1:{preview.running.port}/"
        assert preview.get("/", Host=f"192.0.2.7:{preview.running.port}").status == 200
        assert preview.get("/", Host=f"evil.example:{preview.running.port}").status == 421


def test_browser_is_opened_once(project: Path) -> None:
    opened: queue.Queue[str] = queue.Queue()
    with previewing(project, open_url=opened.put) as preview:
        assert opened.get(timeout=SOON) == preview.running.url
        save(project, "second")
        wait_until(lambda: "second" in preview.text())
        assert opened.empty()


def test_host_that_cannot_be_had_is_said_before_anything_is_built(project: Path) -> None:
    with pytest.raises(CannotListen):
        serve_project(ServeOptions(project=project, host="192.0.2.1"), Listener(), pytest.fail)


def test_listener_that_fails_ends_the_preview_with_its_failure(project: Path) -> None:
    calls = []

    def fail(result: BuildResult, seconds: float) -> None:
        calls.append(seconds)
        if len(calls) > 1:
            raise BrokenPipeError

    def save_later() -> None:
        time.sleep(0.5)
        save(project, "second")

    threading.Thread(target=save_later).start()
    with pytest.raises(BrokenPipeError):
        serve_project(ServeOptions(project=project, port=0), Listener(built=fail), copy_site)


def test_failure_to_say_where_ends_the_preview(project: Path) -> None:
    def fail(running: Running) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        serve_project(ServeOptions(project=project, port=0), Listener(running=fail), copy_site)
    wait_until(lambda: not any(thread.name == "gaisite-preview" for thread in threading.enumerate()))


def test_end_waits_a_little_for_a_build_and_not_for_ever(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaisite.serve.workshop.GRACE", 0.2)
    busy, go_on = threading.Event(), threading.Event()

    def build(options: BuildOptions) -> BuildResult:
        if "second" in (project / "content" / "index.html").read_text(encoding="utf-8"):
            busy.set()
            go_on.wait(SOON)
        return copy_site(options)

    with previewing(project, build):
        save(project, "second")
        assert busy.wait(SOON)
    go_on.set()
    wait_until(lambda: not any(thread.name == "gaisite-preview" for thread in threading.enumerate()))
