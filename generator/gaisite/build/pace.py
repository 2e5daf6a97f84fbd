"""The garbage collector at a build's pace."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 200_000
"""Objects that may come before it looks. What a build makes is let go agency by agency, and hardly ever in circles,
so that the usual 700 cost an eighth of its time for nothing."""


@contextmanager
def collect_seldom() -> Iterator[None]:
    """Look for garbage less often."""
    usual = gc.get_threshold()
    slow_down()
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def slow_down() -> None:
    """Look for garbage less often from now on."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
