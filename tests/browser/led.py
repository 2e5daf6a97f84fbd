"""One page in Chromium, led step by step from a test."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRIPT = Path(__file__).with_name("led.mjs")


class Chromium:
    """One page, step by step."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def step(self, **step: object) -> object:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(step) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def shows(self, text: str) -> bool:
        return bool(self.step(text=text))

    def run(self, script: str) -> object:
        """What a script gives on the page."""
        return self.step(run=script)

    def type(self, selector: str, text: str) -> None:
        """Write a text into a field, as a reader does."""
        self.step(fill=[selector, text])


@contextmanager
def chromium(url: str) -> Iterator[Chromium]:
    """A page that shows an address."""
    process = subprocess.Popen(
        ["node", str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        page = Chromium(process)
        page.step(goto=url)
        yield page
    finally:
        process.communicate()
