"""The workshop: builds the preview, and builds it again after every save, in a thread of its own."""

import threading
import time
from collections.abc import Callable, Mapping
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

    digest: str = ""
    """Of the site; empty before there is one."""
    trouble: Trouble | None = None
    """Why the site is not the newest, or what its build warned of; None where all is well."""
    fresh: Mapping[str, bytes] = field(default_factory=dict)
    """Pages of the agency that was saved, by path, until the whole site has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What the workshop does, and whom it tells."""

    build: Callable[[], BuildResult]
    first: Callable[[BuildResult, tuple[str, ...]], Mapping[str, bytes]]
    """The pages of the agency in which all the changed paths lie, by path, quickly; none where that cannot be had."""
    note: Callable[[BuildResult], Trouble | None]
    """What stopped a build, or what it warned of, as the overlay shows it."""
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
        self.last: BuildResult | None = None
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
            while not self.stopping.is_set():
                if changes := self.watch.wait(self.stopping):
                    self.show_first(changes, show)
                    self.rebuild(show)
        except Exception as error:  # noqa: BLE001 - raised again where the server was started
            self.failure = error
        finally:
            ended()

    def show_first(self, changes: tuple[str, ...], show: Callable[[Shown], None]) -> None:
        """Show the agency that was saved before all that depends on it is built.

        Whatever is wrong with it the build will say, which follows at once.
        """
        if self.last is None or self.shown.trouble is not None:
            return
        try:
            fresh = self.work.first(self.last, changes)
        except Exception:  # noqa: BLE001 - the build fails with it too, and tells
            return
        if fresh:
            self.shown = replace(self.shown, fresh=fresh)
            show(self.shown)

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
            self.last = result if result.written else None
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
        self.shown = Shown(digest=digest, trouble=trouble)
        if self.shown != before:
            show(self.shown)
