"""A terminal of its own for a command, at which somebody reads and types."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x07")
PATIENCE = 30.0
"""Seconds after which what is waited for does not come any more."""


class Terminal:
    """`gaisite …` in a terminal."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.received = b""
        self.read_until = 0
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            try:
                signal.signal(signal.SIGINT, signal.SIG_DFL)  # a run in the background may have left it ignored
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 300, 0, 0))  # no line is broken
                os.chdir(folder)
                command = [sys.executable, "-m", "gaisite", *arguments]
                os.execve(sys.executable, command, {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm", **environment})
            finally:
                os._exit(1)

    def read(self, seconds: float) -> bool:
        """Take what is on the screen by then; whether more may come."""
        ready, _, _ = select.select([self.file], [], [], seconds)
        try:
            text = os.read(self.file, 65536) if ready else b" "
        except OSError:
            return False
        self.received += text if ready else b""
        return bool(text)

    @property
    def screen(self) -> str:
        """What was shown."""
        return CONTROL.sub("", self.received.decode("utf-8", "replace")).replace("\r", "")

    def expect(self, text: str) -> None:
        """Wait until a text comes on the screen, behind what was waited for before."""
        end = time.monotonic() + PATIENCE
        while text not in self.screen[self.read_until :]:
            if not self.read(0.1) or time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
                raise AssertionError(f"“{text}” did not come:\n{self.screen}")
        self.read_until = self.screen.index(text, self.read_until) + len(text)

    def answer(self, question: str, keys: str | bytes) -> None:
        """Wait for a question, then type."""
        self.expect(question)
        self.expect(": ")
        os.write(self.file, keys.encode() if isinstance(keys, str) else keys)

    def end(self) -> int:
        """Wait for the end; the exit status, that of a kill where it does not come."""
        end = time.monotonic() + PATIENCE
        while self.read(0.1):
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.file)
        return os.waitstatus_to_exitcode(status)
