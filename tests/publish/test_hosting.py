"""Settings for web servers: nginx itself obeys them; the others say the same."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gaisite.cli.publish import SERVERS
from gaisite.model.hosting import FOREVER, FRESH, TYPES, list_headers
from gaisite.publish.hosting import WRITERS, write_settings
from tests.publish.servers import serve_with_nginx
from tests.publish.sites import publish_well


def test_every_server_can_be_asked_for() -> None:
    assert tuple(WRITERS) == SERVERS


@pytest.mark.parametrize("server", WRITERS)
@pytest.mark.parametrize("search", [True, False])
def test_every_server_is_told_the_same(server: str, search: bool) -> None:
    text = write_settings(server, "/zwgk/nb/", search=search)
    if server == "iis":
        ElementTree.fromstring(text.encode())
        text = text.replace("&amp;", "&")
    for header in list_headers(search=search):
        assert header.name in text
        assert header.value in text
    assert ("wasm-unsafe-eval" in text) is search
    assert server == "headers" or "/zwgk/nb/404.html" in text
    assert server == "headers" or all(kind.partition(";")[0] in text for kind in TYPES.values())


def ask(port: int, path: str, coding: str = "identity") -> tuple[int, Mapping[str, str], bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": coding})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_nginx_serves_the_folder_as_it_is_told(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "zwgk" / "nb"
    publish_well(project, f"file://{site}?in-place")
    with serve_with_nginx(tmp_path, write_settings("nginx", "/zwgk/nb/", search=False)) as port:
        status, headers, body = ask(port, "/zwgk/nb/")
        assert (status, body) == (200, (project / "site/index.html").read_bytes())
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == FRESH
        for header in list_headers(search=False):
            assert headers[header.name] == header.value
        assert ask(port, "/zwgk/nb/", "gzip")[1]["Content-Encoding"] == "gzip"
        (style,) = (site / "assets").glob("style.*.css")
        status, headers, _ = ask(port, f"/zwgk/nb/assets/{style.name}")
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, "text/css; charset=utf-8", FOREVER)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert ask(port, "/zwgk/nb/data/all.csv")[1]["Content-Type"] == "text/csv; charset=utf-8"
        status, headers, body = ask(port, "/zwgk/nb/nowhere/")
        assert (status, body) == (404, (project / "site/404.html").read_bytes())
        assert "Content-Security-Policy" in headers
        assert ask(port, "/zwgk/nb/.gaisite-published.json")[0] == 404
