"""The bell: the operating system's own notice of a save, where a library is there to hear it."""

import threading
import time
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

Notices: TypeAlias = Iterator[AbstractSet[tuple[object, str]]]

SETTLED = 5
"""Milliseconds without a further notice after which a save counts as done."""
LONGEST = 50
"""Milliseconds after which it does in any case."""
BREATH = 100
"""Milliseconds after which it is asked whether the preview has ended."""


class Bell:
    """Rings when something under some folders is saved; without the library it only lets time pass."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = tuple(root for root in roots if root.is_dir())
        self.rings = bool(self.roots) and find_spec("watchfiles") is not None
        """Whether saves are told of."""
        self.notices: Notices | None = None

    def wait(self, seconds: float, stopping: threading.Event) -> tuple[str, ...] | None:
        """The paths that are saved within so many seconds, as soon as one is; None where none was told of."""
        end = time.monotonic() + seconds
        while self.rings and not stopping.is_set() and time.monotonic() < end:
            if named := self.listen(stopping):
                return named
        stopping.wait(max(end - time.monotonic(), 0))
        return None

    def listen(self, stopping: threading.Event) -> tuple[str, ...]:
        """The paths of the next notice; none where there was none for a moment."""
        try:
            if self.notices is None:
                self.notices = open_notices(self.roots, stopping)
            return tuple(sorted({path for _, path in next(self.notices, set())}))
        except (OSError, RuntimeError):
            # More folders than the system watches for one user, or a folder that has gone: looking goes on without it.
            self.rings = False
            return ()


def open_notices(roots: Sequence[Path], stopping: threading.Event) -> Notices:
    """What the system tells of some folders: a set of paths after each save, an empty one after each breath."""
    from watchfiles import watch

    return watch(
        *roots,
        watch_filter=None,
        debounce=LONGEST,
        step=SETTLED,
        stop_event=stopping,
        rust_timeout=BREATH,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
