"""The web server: tornado with livereload's handlers, made safe. Only this module knows either."""

import asyncio
import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.httputil import responses
from tornado.ioloop import IOLoop
from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler

from gaisite.serve.media import find_type
from gaisite.serve.overlay import write_missing_page, write_overlay, write_trouble_page
from gaisite.serve.pages import SCRIPT, STYLE, Extras, prepare_page
from gaisite.serve.ports import Bound
from gaisite.serve.safety import find_file, find_folder, is_own_host, is_own_origin, split_host
from gaisite.serve.workshop import Shown

PIECE = 256 * 1024
LARGEST_MESSAGE = 64 * 1024
LARGEST_BODY = 64 * 1024
OVERLAY_STYLE = Path(__file__).parent / "overlay.css"
RELOAD = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": True}
HEADERS = {
    "Server": "gaisite",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(slots=True, kw_only=True)
class Serving:
    """What the handlers share; changed on the event loop only."""

    root: Path
    host: str
    port: int
    language: str
    shown: Shown


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

    epoch = ""

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
        self.epoch = str(said.get("snipver") or self.epoch)
        super().on_message(message)
        if said["command"] == "info" and self.epoch not in ("", self.serving.shown.epoch):
            self.send_message(RELOAD)

    def write_message(self, message: bytes | str | dict[str, Any], binary: bool = False) -> "asyncio.Future[None]":
        """Send a message; that the page has gone meanwhile is nothing to speak of."""
        sent: asyncio.Future[None] = super().write_message(message, binary)
        sent.add_done_callback(lambda done: None if done.cancelled() else done.exception() and None)
        return sent


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
        """Send a file, lead on to a folder, or say that there is nothing."""
        root, path = self.serving.root, self.request.path
        folder = find_folder(root, path)
        file = find_file(root, path)
        if folder is not None:
            query = self.request.query
            self.redirect(f"{folder}?{query}" if query else folder)
        elif file is None:
            self.send_missing()
        elif find_type(file.name).startswith("text/html"):
            self.send_page(file.read_bytes())
        else:
            await self.send_file(file)

    head = get

    def send_missing(self) -> None:
        """Send what there is to say about an address that does not exist."""
        shown, root = self.serving.shown, self.serving.root
        self.set_status(404)
        own = find_file(root, "/404.html")
        if shown.trouble is not None and find_file(root, "/") is None:
            self.set_status(503)
            self.send_page(write_trouble_page(shown.trouble, self.serving.language).encode(), covered=False)
        elif own is not None:
            self.send_page(own.read_bytes())
        else:
            self.send_page(write_missing_page(self.serving.language).encode())
