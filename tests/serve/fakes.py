"""A build that copies pages, a preview in a thread, and a browser that does what livereload's client does."""

import asyncio
import hashlib
import json
import os
import queue
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tornado.websocket import WebSocketClientConnection, websocket_connect

from gaisite.build import BuildOptions, BuildResult
from gaisite.findings import Finding, Place, Severity
from gaisite.model.catalogue import Catalogue, CatalogueEntry
from gaisite.serve import Listener, Running, ServeOptions, serve_project
from gaisite.texts import Texts
from gaisite.write import Written

SOON = 20.0
"""Seconds that anything may take on a slow machine."""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'">
<title>Page</title></head>
<body><main><h1>{text}</h1></main></body></html>
"""
WORDS = Texts.of({"zh-CN": "“{found}”不对", "en": "“{found}” is wrong"})
CATALOGUE = Catalogue(
    entries={
        "wrong": CatalogueEntry(
            id="wrong",
            severity=Severity.ERROR,
            message=WORDS,
            hint=Texts.of({"zh-CN": "写 <b>对</b>", "en": "Write <b>right</b>"}),
        ),
        "odd": CatalogueEntry(id="odd", severity=Severity.WARNING, message=WORDS),
        "output-locked": CatalogueEntry(id="output-locked", severity=Severity.ERROR, message=WORDS),
    }
)


def find(check: str, file: str = "content/index.html", line: int = 0, column: int = 0, found: str = "x") -> Finding:
    place = Place(file=file, line=line, column=column, length=len(found))
    return Finding(check=check, place=place, facts=(("found", found),))


def result_of(*findings: Finding, digest: str | None = None, changed: tuple[str, ...] = ()) -> BuildResult:
    """What came of a build; without a digest nothing was written."""
    written = None
    if digest is not None:
        written = Written(written=len(changed), kept=0, removed=0, bytes=0, digest=digest, changed=changed)
    return BuildResult(findings=findings, catalogue=CATALOGUE, agencies=1, reports=2, written=written)


def copy_site(options: BuildOptions) -> BuildResult:
    """A build: content/ becomes the site, unless a file says WRONG or, under strict, ODD."""
    paths = sorted((options.project / "content").rglob("*"))
    files = {path: path.read_bytes() for path in paths if path.is_file() and path.suffix != ".new"}
    findings = []
    for path, content in files.items():
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            for check, word in (("wrong", "WRONG"), ("odd", "ODD")):
                if word in line:
                    file = path.relative_to(options.project).as_posix()
                    findings.append(find(check, file, number, line.index(word) + 1, word))
        if b"CRASH" in content:
            raise ZeroDivisionError(f"in {path.name}")
    if any(finding.check == "wrong" or options.strict for finding in findings):
        return result_of(*findings)
    for path, content in files.items():
        target = options.site / path.relative_to(options.project / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.part")
        part.write_bytes(content)
        os.replace(part, target)
    targets = {options.site / path.relative_to(options.project / "content") for path in files}
    for left in [path for path in options.site.rglob("*") if path.is_file() and path not in targets]:
        left.unlink()
    digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()
    return result_of(*findings, digest=digest, changed=("index.html",))


def save(project: Path, text: str, name: str = "index.html") -> None:
    """Save a page of the content, as most editors do: beside it first, then in its place."""
    path = project / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(PAGE.format(text=text), encoding="utf-8")
    os.replace(beside, path)


STYLED = '<link rel="stylesheet" href="assets/style.{digest}.css"></head>'


def restyle(project: Path, digest: str, text: str = "first", css: str = "") -> None:
    """Save the home page with another style sheet, named after its content."""
    assets = project / "content" / "assets"
    assets.mkdir(exist_ok=True)
    for old in assets.iterdir():
        old.unlink()
    (assets / f"style.{digest}.css").write_text(css or f"/* {digest} */", encoding="utf-8")
    page = PAGE.format(text=text).replace("</head>", STYLED.format(digest=digest))
    (project / "content" / "index.html").write_text(page, encoding="utf-8")


def overwrite(project: Path, text: str) -> None:
    """Save the home page as other editors do: it is empty for a moment."""
    (project / "content" / "index.html").write_text(PAGE.format(text=text), encoding="utf-8")


@dataclass(slots=True, kw_only=True)
class Preview:
    """A preview that runs."""

    project: Path
    running: Running
    built: "queue.Queue[BuildResult]"
    crashed: "queue.Queue[Exception]"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.running.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> "Answer":
        return ask(self.running.port, path, method, **headers)

    def text(self, path: str = "/") -> str:
        return self.get(path).body.decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to one request; the path goes out as it is written."""
    connection = HTTPConnection("127.0.0.1", port, timeout=SOON)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response: HTTPResponse = connection.getresponse()
        return Answer(
            status=response.status,
            headers={name.lower(): value for name, value in response.getheaders()},
            body=response.read(),
        )
    finally:
        connection.close()


@contextmanager
def previewing(
    project: Path, build: Callable[[BuildOptions], BuildResult] = copy_site, **options: object
) -> Iterator[Preview]:
    """A preview in a thread; what it fails with is raised here."""
    started: queue.Queue[Running | BaseException] = queue.Queue()
    built: queue.Queue[BuildResult] = queue.Queue()
    crashed: queue.Queue[Exception] = queue.Queue()
    listener = Listener(running=started.put, built=lambda result, seconds: built.put(result), crashed=crashed.put)
    wishes = ServeOptions(**{"project": project, "port": 0, "language": "en", **options})  # type: ignore[arg-type]

    def run() -> None:
        try:
            serve_project(wishes, listener, build)
        except BaseException as error:  # noqa: BLE001
            started.put(error)

    thread = threading.Thread(target=run)
    thread.start()
    running = started.get(timeout=SOON)
    if isinstance(running, BaseException):
        raise running
    try:
        yield Preview(project=project, running=running, built=built, crashed=crashed)
    finally:
        running.stop()
        thread.join(SOON)
        assert not thread.is_alive()
        if not started.empty():
            raise started.get()  # type: ignore[misc]


def wait_until(happened: Callable[[], bool], seconds: float = SOON) -> None:
    """Wait for something; fail when it takes too long."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@dataclass(slots=True)
class Socket:
    """livereload's socket, seen from the page."""

    connection: WebSocketClientConnection
    ended: bool = False

    async def say(self, **message: object) -> None:
        await self.connection.write_message(json.dumps(message))

    async def hear(self, seconds: float = SOON) -> dict | None:
        """The next message; None when the server has hung up."""
        heard = await asyncio.wait_for(self.connection.read_message(), seconds)
        self.ended = heard is None
        return None if heard is None else json.loads(heard)

    async def greet(self, port: int, epoch: str, path: str) -> None:
        await self.say(command="hello", protocols=["http://livereload.com/protocols/official-7"], snipver=epoch)
        assert (await self.hear())["command"] == "hello"
        await self.say(command="info", plugins={}, url=f"http://127.0.0.1:{port}{path}")

    async def count_reloads(self, seconds: float) -> int:
        """How many reloads come in so long."""
        end, reloads = time.monotonic() + seconds, 0
        while (left := end - time.monotonic()) > 0:
            try:
                heard = await self.hear(left)
            except TimeoutError:
                break
            assert heard is not None
            reloads += heard["command"] == "reload"
        return reloads


@asynccontextmanager
async def connect(port: int, epoch: str | None = None, path: str = "/") -> AsyncIterator[Socket]:
    """A socket, greeted as by a page where it is told the page's epoch."""
    socket = Socket(await websocket_connect(f"ws://127.0.0.1:{port}/livereload"))
    try:
        if epoch is not None:
            await socket.greet(port, epoch, path)
        yield socket
    finally:
        socket.connection.close()
        while not socket.ended:
            await socket.hear()


class Browser:
    """Loads a page, connects as the page says, and loads it again when it is told to."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seen: list[str] = []

    async def look_until(self, text: str) -> None:
        """Follow the reloads until the page shows a text."""
        while True:
            page = (await asyncio.to_thread(ask, self.port, "/")).body.decode()
            # A page whose save was seen half done has no heading yet.
            self.seen.extend(re.findall(r"<h1>(.*?)</h1>", page))
            if text in page:
                return
            async with connect(self.port, find_epoch(page)) as socket:
                assert (await socket.hear())["command"] == "reload"


def find_epoch(page: str) -> str:
    """What a page says of its age."""
    return re.search(r"snipver=([^&\"]+)", unescape(page))[1]
