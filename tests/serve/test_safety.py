"""The preview answers what is meant for it, and serves what lies in its folder."""

import os
from pathlib import Path

import pytest

from gaisite.serve.media import find_type
from gaisite.serve.safety import (
    find_folder,
    find_name,
    is_loopback,
    is_own_host,
    is_own_origin,
    open_file,
    write_host,
    write_url,
)
from tests.serve.fakes import previewing, save


@pytest.mark.parametrize(
    ("header", "host", "port"),
    [
        ("localhost:8000", "127.0.0.1", 8000),
        ("LOCALHOST:8000", "127.0.0.1", 8000),
        ("127.0.0.1:8000", "127.0.0.1", 8000),
        ("[::1]:8000", "127.0.0.1", 8000),
        ("192.168.1.5:8000", "192.168.1.5", 8000),
        ("my-machine:8000", "My-Machine", 8000),
        ("[fe80::1]:8000", "fe80::1", 8000),
        ("192.168.1.5:8000", "0.0.0.0", 8000),
        ("[fe80::1]:8000", "::", 8000),
        ("localhost", "127.0.0.1", 80),
    ],
)
def test_own_name_is_known(header: str, host: str, port: int) -> None:
    assert is_own_host(header, host, port)
    assert is_own_origin(f"http://{header}", host, port)


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("", "127.0.0.1"),
        ("evil.example:8000", "127.0.0.1"),
        ("localhost:8001", "127.0.0.1"),
        ("localhost", "127.0.0.1"),
        ("localhost.evil.example:8000", "127.0.0.1"),
        ("evil@localhost:8000", "127.0.0.1"),
        ("localhost:8000:8000", "127.0.0.1"),
        ("localhost:8000/", "127.0.0.1"),
        ("localhost:８０００", "127.0.0.1"),
        ("192.168.1.5:8000", "127.0.0.1"),
        ("evil.example:8000", "0.0.0.0"),
        ("[nonsense]:8000", "0.0.0.0"),
    ],
)
def test_other_name_is_not(header: str, host: str) -> None:
    assert not is_own_host(header, host, 8000)
    assert not is_own_origin(f"http://{header}", host, 8000)


@pytest.mark.parametrize("origin", ["null", "https://localhost:8000", "http://evil.example", "file://", ""])
def test_other_origin_is_not_ours(origin: str) -> None:
    assert not is_own_origin(origin, "127.0.0.1", 8000)


def test_loopback_is_what_no_other_machine_reaches() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "[::1]", "localhost", "127.0.0.9")] == [True] * 5
    assert [is_loopback(host) for host in ("0.0.0.0", "::", "10.0.0.1", "my-machine")] == [False] * 4


def test_url_is_one_to_open_here() -> None:
    assert write_url("127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert write_url("0.0.0.0", 1) == "http://127.0.0.1:1/"
    assert write_url("::", 1) == "http://[::1]:1/"
    assert write_host("[::1]") == "[::1]"
    assert find_name("[::1]:8000") == "[::1]"
    assert find_name("a b") == ""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for name in ("index.html", "a/index.html", "a/报告 1.txt", ".hidden", ".git/config", "a/.hidden", "b/x.txt"):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return root


def read(site: Path, raw: str) -> str | None:
    file = open_file(site, raw)
    if file is None:
        return None
    with file:
        return file.read().decode()


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/a/", "a/index.html"),
        ("/a/%E6%8A%A5%E5%91%8A%201.txt", "a/报告 1.txt"),
        ("/b%2Fx.txt", "b/x.txt"),
    ],
)
def test_file_is_found(site: Path, raw: str, name: str) -> None:
    assert read(site, raw) == name


@pytest.mark.parametrize(
    "raw",
    ["", "index.html", "/a", "/b/", "/index.html/", "//index.html", "/a//index.html", "/.hidden", "/.git/config",
     "/a/.hidden", "/../secret.txt", "/a/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
     "/%2e%2e%2fsecret.txt", "/..%5csecret.txt", "/a/%2e/index.html", "/%00", "/index.html%00.txt", "/c:/x", "/%ff",
     "/no", "/%252e%252e/secret.txt", "http://127.0.0.1/index.html", f"/{'x' * 5000}", "/index.html:$DATA"],
)  # fmt: skip
def test_anything_else_is_not(site: Path, raw: str) -> None:
    assert read(site, raw) is None


def test_link_out_of_the_folder_is_not_followed(site: Path) -> None:
    (site / "out.txt").symlink_to(site.parent / "secret.txt")
    (site / "up").symlink_to(site.parent)
    (site / "in.txt").symlink_to(site / "b" / "x.txt")
    assert read(site, "/out.txt") is None
    assert read(site, "/up/secret.txt") is None
    assert find_folder(site, "/up") is None
    assert read(site, "/in.txt") == "b/x.txt"


def test_pipe_is_not_opened(site: Path) -> None:
    os.mkfifo(site / "pipe")
    assert read(site, "/pipe") is None


def test_file_that_may_not_be_read_is_none(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert read(site, "/index.html") is None


def test_folder_leads_to_its_own_path(site: Path) -> None:
    (site / "报 告").mkdir()
    assert find_folder(site, "/a") == "/a/"
    assert find_folder(site, "/%E6%8A%A5%20%E5%91%8A") == "/%E6%8A%A5%20%E5%91%8A/"
    for raw in ("/", "/a/", "/index.html", "//evil.example", "/.git", "/..", "/no"):
        assert find_folder(site, raw) is None


def test_types_are_the_same_everywhere() -> None:
    types = {
        "index.HTML": "text/html; charset=utf-8",
        "style.css": "text/css; charset=utf-8",
        "script.js": "text/javascript; charset=utf-8",
        "data.json": "application/json; charset=utf-8",
        "data.csv": "text/csv; charset=utf-8",
        "sitemap.xml": "application/xml; charset=utf-8",
        "chart.svg": "image/svg+xml; charset=utf-8",
        "report.pdf": "application/pdf",
        "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "font.woff2": "font/woff2",
        "picture.png": "image/png",
        "archive.tgz": "application/octet-stream",
        "unknown.zzz": "application/octet-stream",
        "none": "application/octet-stream",
    }
    assert {name: find_type(name) for name in types} == types


def test_foreign_host_gets_421(project: Path) -> None:
    with previewing(project) as preview:
        port = preview.running.port
        for host in ("evil.example", f"evil.example:{port}", "localhost", "localhost:1"):
            for path in ("/", "/livereload.js", "/livereload", "/gaisite-preview.css"):
                answer = preview.get(path, Host=host)
                assert answer.status == 421
                assert b"first" not in answer.body
        for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}"):
            assert preview.get("/", Host=host).status == 200


def test_foreign_page_cannot_listen(project: Path) -> None:
    handshake = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with previewing(project) as preview:
        port = preview.running.port

        def listen(**headers: str) -> int:
            return preview.get("/livereload", **handshake, **headers).status

        for origin in ("http://evil.example", f"http://evil.example:{port}", "null", f"https://localhost:{port}"):
            assert listen(Origin=origin) == 403
            assert listen(Origin=origin, Sec_Fetch_Site="same-origin") == 403
        assert listen(Origin="http://evil.example", Host="evil.example") == 421
        for host in ("127.0.0.1", "localhost", "[::1]"):
            assert listen(Origin=f"http://{host}:{port}") == 101


def test_nothing_may_be_forced_or_changed_from_outside(project: Path) -> None:
    with previewing(project) as preview:
        assert preview.get("/forcereload").status == 404
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            assert preview.get("/", method).status == 405


def test_answers_are_neither_kept_nor_lent_to_other_sites(project: Path) -> None:
    with previewing(project) as preview:
        for path in ("/", "/livereload.js", "/gaisite-preview.css", "/nowhere", "/.hidden"):
            headers = preview.get(path, Origin="http://evil.example").headers
            assert headers["cache-control"] == "no-store"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["server"] == "gaisite"
            assert not [name for name in headers if name.startswith("access-control-") or name in ("etag", "location")]


def test_hidden_files_are_not_served(project: Path) -> None:
    save(project, "secret", ".hidden/index.html")
    with previewing(project) as preview:
        assert (project / ".gaisite/preview/.hidden/index.html").is_file()
        for path in ("/.hidden/", "/.hidden", "/.hidden/index.html", "/%2ehidden/index.html", "/..%2f..%2fcontent/"):
            answer = preview.get(path)
            assert answer.status == 404
            assert b"secret" not in answer.body
