"""The workshop: builds the preview, and builds it again after every save, in a thread of its own."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gaisite.build import BuildResult
from gaisite.serve.notes import Trouble, note_crash
from gaisite.serve.watching import Watch

LOCKED = "output-locked"
"""The check that fails while another build writes the same folder: no mistake of the user's, it passes."""
PATIENCE = 100
"""How often a locked folder is tried."""
RETRY = 0.1
"""Seconds from one try to the next."""
GRACE = 2.0
"""Seconds that a build may still take when the server has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the server shows at one moment."""

    session: str = field(default_factory=lambda: secrets.token_hex(4))
    """Another in each run of the server: a page that is left open from an earlier one is old."""
    count: int = 0
    """How often that changed in this run."""
    digest: str = ""
    """Of the site; empty before there is one."""
    trouble: Trouble | None = None
    """Why the site is not the newest; None where it is."""

    @property
    def epoch(self) -> str:
        """What a page carries to be recognised as old later on; never like a number, which the browser would round."""
        return f"s{self.session}-{self.count}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What the workshop does, and whom it tells."""

    build: Callable[[], BuildResult]
    note: Callable[[BuildResult], Trouble | None]
    """What stopped a build, as the overlay shows it."""
    built: Callable[[BuildResult, float], None]
    """Told after each build, with the seconds it took."""
    crashed: Callable[[Exception], None]
    """Told when a build failed with an exception, which is a mistake in gaisite or in a template of the theme."""


class Workshop:
    """Builds, and builds again for as long as something was saved after the last build began."""

    def __init__(self, work: Work, watch: Watch) -> None:
        self.work = work
        self.watch = watch
        self.shown = Shown()
        self.failure: Exception | None = None
        self.stopping = threading.Event()
        self.thread: threading.Thread | None = None

    def start(self, show: Callable[[Shown], None], ended: Callable[[], None]) -> None:
        """Begin to watch; `show` is told what there is to see now, `ended` when the watching has come to its end."""
        self.thread = threading.Thread(target=self.run, args=(show, ended), name="gaisite-preview", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """End the watching; raises what it failed with."""
        self.stopping.set()
        if self.thread is not None:
            self.thread.join(GRACE)
        if self.failure is not None:
            raise self.failure

    def run(self, show: Callable[[Shown], None], ended: Callable[[], None]) -> None:
        """Look and build by turns: what is saved during a build is seen by the look after it."""
        try:
            while not self.stopping.wait(self.watch.pause):
                if self.watch.look():
                    self.rebuild(show)
        except Exception as error:  # noqa: BLE001 - raised again where the server was started
            self.failure = error
        finally:
            ended()

    def rebuild(self, show: Callable[[Shown], None] = lambda shown: None) -> None:
        """Build once; `show` is told before anybody else, and only where there is something new to see."""
        begun = time.perf_counter()
        try:
            result = self.build_unlocked()
            trouble = self.work.note(result)
        except Exception as error:  # noqa: BLE001 - a mistake in a template must not end the preview
            self.change(self.shown.digest, note_crash(error), show)
            self.work.crashed(error)
        else:
            self.change(result.written.digest if result.written else self.shown.digest, trouble, show)
            self.work.built(result, time.perf_counter() - begun)

    def build_unlocked(self) -> BuildResult:
        """What came of a build; one that finds another at work in the same folder is tried again."""
        result = self.work.build()
        for _ in range(PATIENCE):
            if not any(finding.check == LOCKED for finding in result.findings) or self.stopping.wait(RETRY):
                break
            result = self.work.build()
        return result

    def change(self, digest: str, trouble: Trouble | None, show: Callable[[Shown], None]) -> None:
        """Keep what is to be seen from now on."""
        before = self.shown
        if (digest, trouble) != (before.digest, before.trouble):
            self.shown = replace(before, count=before.count + 1, digest=digest, trouble=trouble)
            show(self.shown)
