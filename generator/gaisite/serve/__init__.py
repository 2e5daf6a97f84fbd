"""The preview: builds into a folder of its own, serves it, and reloads the browser after every save."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gaisite.build import BuildOptions, BuildResult, build_agency_first, build_site
from gaisite.serve.answers import Serving
from gaisite.serve.notes import note_findings
from gaisite.serve.ports import CannotListen, find_port
from gaisite.serve.safety import is_loopback, write_url
from gaisite.serve.server import LiveServer
from gaisite.serve.watching import Watch
from gaisite.serve.workshop import Work, Workshop

__all__ = ["CannotListen", "Listener", "Running", "ServeOptions", "serve_project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What to preview, and where."""

    project: Path
    host: str = "127.0.0.1"
    port: int = 8000
    """0: any that is free."""
    language: str = "zh-CN"
    """Of the overlay."""
    mount: str = ""
    """The path at which the published site will lie; the preview answers there too."""
    strict: bool = False
    drafts: bool = False
    watched: tuple[Path, ...] = ()
    """Folders to watch besides the project's content/ and themes/."""
    first: Callable[[BuildResult, tuple[str, ...]], Mapping[str, bytes]] = build_agency_first
    """What builds the pages of one agency quickly, from the last build and the paths that have changed."""
    open_url: Callable[[str], object] | None = None
    """What shows the preview to the user, once."""

    @property
    def preview(self) -> Path:
        """The folder that is served."""
        return self.project / ".gaisite" / "preview"

    @property
    def build(self) -> BuildOptions:
        """How the preview is built."""
        return BuildOptions(project=self.project, output=self.preview, strict=self.strict, drafts=self.drafts)

    @property
    def roots(self) -> tuple[Path, ...]:
        """The folders to watch, each once."""
        folders = (self.project / "content", self.project / "themes", *self.watched)
        return tuple(dict.fromkeys(folder.resolve() for folder in folders))


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A preview that can be looked at."""

    url: str
    port: int
    asked: int
    """The port that was asked for."""
    exposed: bool
    """Whether other machines can reach it."""
    stop: Callable[[], None]
    """Ends it, from any thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who is told what happens; the callbacks come from several threads, one at a time."""

    running: Callable[[Running], None] = lambda running: None
    """When the first build is done and the server answers."""
    built: Callable[[BuildResult, float], None] = lambda result, seconds: None
    """After each build, with the seconds that it took."""
    crashed: Callable[[Exception], None] = lambda error: None
    """When a build ended with an exception."""


def serve_project(
    options: ServeOptions, listener: Listener, build: Callable[[BuildOptions], BuildResult] = build_site
) -> None:
    """Preview a project until it is stopped or interrupted; CannotListen where no port can be had.

    The browser is answered from the last site that could be built, and reloads when another one has been.
    """
    bound = find_port(options.host, options.port)
    try:
        # The first look comes before the first build: what is saved during the build is seen by the second.
        workshop = Workshop(plan_work(options, listener, build), Watch(options.roots))
        workshop.rebuild()
        serving = Serving(
            root=options.preview,
            host=options.host,
            port=bound.port,
            language=options.language,
            mount=options.mount,
            shown=workshop.shown,
        )
        server = LiveServer(serving, bound)
        try:
            server.run(lambda: start_work(options, listener, workshop, server))
        finally:
            workshop.stop()
    finally:
        bound.close()


def plan_work(options: ServeOptions, listener: Listener, build: Callable[[BuildOptions], BuildResult]) -> Work:
    """What the workshop does for these options."""
    return Work(
        build=partial(build, options.build),
        first=options.first,
        note=partial(note_findings, project=options.project, language=options.language, strict=options.strict),
        built=listener.built,
        crashed=listener.crashed,
    )


def start_work(options: ServeOptions, listener: Listener, workshop: Workshop, server: LiveServer) -> None:
    """Begin to watch, now that the server answers, and tell where it does."""
    workshop.start(server.show, server.stop)
    url = write_url(options.host, server.serving.port)
    listener.running(
        Running(
            url=url,
            port=server.serving.port,
            asked=options.port,
            exposed=not is_loopback(options.host),
            stop=server.stop,
        )
    )
    if options.open_url is not None:
        # In a thread: a browser in the terminal keeps its caller waiting until it is closed.
        threading.Thread(target=options.open_url, args=(url,), daemon=True).start()
