"""The web server: tornado with livereload's handlers, made safe. Only this module knows either."""

import asyncio
import json
import logging
import os
import re
from collections.abc import Callable
from contextlib import suppress
from http.client import responses
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler

from gaisite.serve.answers import PAGE_TYPE, Age, Answer, Serving, find_age, find_answer, measure_age, write_cover
from gaisite.serve.media import find_type
from gaisite.serve.pages import SCRIPT, STYLE, Extras, prepare_page
from gaisite.serve.ports import Bound
from gaisite.serve.safety import find_name, is_own_host, is_own_origin
from gaisite.serve.workshop import Shown

PIECE = 256 * 1024
LARGEST_MESSAGE = 64 * 1024
LARGEST_BODY = 64 * 1024
OVERLAY_STYLE = Path(__file__).parent / "overlay.css"
RELOAD = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": True}
RESTYLE = {"command": "reload", "path": "style.css", "liveCSS": True, "liveImg": True}
HEADERS = {
    "Server": "gaisite",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guarded(RequestHandler):
    """Answers only what is meant for this server."""

    def initialize(self, serving: Serving) -> None:
        """Keep what the handlers share."""
        self.serving = serving

    def set_default_headers(self) -> None:
        """Nothing is kept by browsers, guessed at, or lent to other sites."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse what comes under another name."""
        status = self.find_refusal()
        if status:
            self.send_error(status)

    def find_refusal(self) -> int:
        """The status to refuse a request with; 0 where it is welcome."""
        host = self.request.headers.get("Host", "")
        return 0 if is_own_host(host, self.serving.host, self.serving.port) else 421

    def compute_etag(self) -> str | None:
        """None: a preview is always loaded anew."""
        return None

    def write_error(self, status_code: int, **_: Any) -> None:
        """A refusal, in a few words."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {responses.get(status_code, '')}\n")


class LiveHandler(Guarded, LiveReloadHandler):  # type: ignore[misc]
    """The socket on which a page hears that it is to reload."""

    path = "/"
    age = ""
    """As the page sent it; empty where it sent none: such a page reloads whenever anything is new."""

    def find_refusal(self) -> int:
        """As everywhere, and no page of another site may listen."""
        origin = self.request.headers.get("Origin")
        foreign = origin is not None and not self.check_origin(origin)
        return super().find_refusal() or (403 if foreign else 0)

    def check_origin(self, origin: str) -> bool:
        """Whether a page may listen."""
        return is_own_origin(origin, self.serving.host, self.serving.port)

    def on_message(self, message: str | bytes) -> None:
        """Greet, and tell a page at once that it is old."""
        try:
            said = json.loads(message)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict) or not isinstance(said.get("command"), str):
            self.close()
            return
        self.age = str(said.get("snipver") or self.age)
        super().on_message(message)
        if said["command"] == "info":
            with suppress(ValueError):  # no address: the page stays the one that it was taken for
                self.path = urlsplit(str(said.get("url", ""))).path or "/"
            if self.age:
                self.renew()

    def renew(self) -> None:
        """Tell the page what it needs to show what there is to see now: nothing, another style sheet, or all anew."""
        had, now = Age.read(self.age), find_age(self.serving, self.path)
        if not self.age or now is None or now.page != had.page:
            self.send_message(RELOAD)
        elif now.style != had.style:
            self.age = str(now)
            self.send_message(RESTYLE)

    def write_message(self, message: bytes | str | dict[str, Any], binary: bool = False) -> "asyncio.Future[None]":
        """Send a message; that the page has gone meanwhile is nothing to speak of."""
        sent: asyncio.Future[None] = super().write_message(message, binary)
        sent.add_done_callback(forget)
        return sent


def forget(sent: "asyncio.Future[None]") -> None:
    """Take notice of how a message fared, so that nothing complains that nobody did."""
    if not sent.cancelled():
        sent.exception()


class ScriptHandler(Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's client."""


class StyleHandler(Guarded):
    """The style sheet of the overlay."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", find_type(OVERLAY_STYLE.name))
        self.finish(OVERLAY_STYLE.read_bytes())


class SiteHandler(Guarded):
    """The files of the site."""

    async def get(self) -> None:
        """Send a page with its extras, a file as it is, lead on to a folder, or say that there is nothing."""
        answer = find_answer(self.serving, self.request.path)
        if answer.location:
            self.redirect(f"{answer.location}?{self.request.query}" if self.request.query else answer.location)
        elif answer.file is not None:
            with answer.file as file:
                await self.send_file(file)
        else:
            self.set_status(answer.status)
            self.send_page(answer)

    head = get

    async def send_file(self, file: BinaryIO) -> None:
        """Send what is no page."""
        self.set_header("Content-Type", find_type(file.name))
        self.set_header("Content-Length", os.fstat(file.fileno()).st_size)
        with suppress(StreamClosedError):
            while piece := file.read(PIECE):
                self.write(piece)
                await self.flush()

    def send_page(self, answer: Answer) -> None:
        """Send a page, covered with what is wrong."""
        overlay = write_cover(self.serving, answer)
        age = measure_age(answer.page, overlay)
        host = find_name(self.request.host)
        extras = Extras(host=host, port=self.serving.port, epoch=str(age), overlay=overlay)
        self.set_header("Content-Type", f"{PAGE_TYPE}; charset=utf-8")
        self.finish(prepare_page(answer.page, extras))


class LiveServer:
    """Serves the preview until it is told to stop."""

    def __init__(self, serving: Serving, bound: Bound) -> None:
        self.serving = serving
        self.bound = bound
        self.loop: IOLoop | None = None
        self.ended = asyncio.Event()

    def run(self, started: Callable[[], None]) -> None:
        """Serve; `started` is called when the first request may come."""
        asyncio.run(self.serve(started))

    async def serve(self, started: Callable[[], None]) -> None:
        """The same, on a loop that runs."""
        quiet_logs()
        self.loop = IOLoop.current()
        LiveReloadHandler.watcher = Watcher()
        LiveReloadHandler.live_css = False
        server = HTTPServer(make_application(self.serving), max_body_size=LARGEST_BODY)
        server.add_sockets(self.bound.sockets)
        try:
            started()
            await self.ended.wait()
        finally:
            server.stop()
            for waiter in list(LiveReloadHandler.waiters):
                waiter.close()
            await server.close_all_connections()

    def show(self, shown: Shown) -> None:
        """Show something new from now on, and let every page that it changes reload; callable from any thread."""
        self.call(lambda: self.renew(shown))

    def renew(self, shown: Shown) -> None:
        """The same, on the event loop: what is shown and what pages are told change in one step."""
        self.serving.shown = shown
        for waiter in list(LiveReloadHandler.waiters):
            waiter.renew()

    def stop(self) -> None:
        """End; callable from any thread."""
        self.call(self.ended.set)

    def call(self, act: Callable[[], None]) -> None:
        """Do something on the event loop."""
        if self.loop is not None:
            self.loop.add_callback(act)


def make_application(serving: Serving) -> Application:
    """What answers which address. livereload's /forcereload is not among them: any page could call it."""
    handlers = [
        (r"/livereload", LiveHandler),
        (re.escape(SCRIPT), ScriptHandler),
        (re.escape(STYLE), StyleHandler),
        (r".*", SiteHandler),
    ]
    return Application(
        [(pattern, handler, {"serving": serving}) for pattern, handler in handlers],
        log_function=lambda handler: None,
        websocket_max_message_size=LARGEST_MESSAGE,
    )


def quiet_logs() -> None:
    """Keep off the terminal what browsers do all day: leave, ask for what is missing, send nonsense."""
    logging.getLogger("livereload").setLevel(logging.CRITICAL)
    logging.getLogger("tornado.general").setLevel(logging.ERROR)
