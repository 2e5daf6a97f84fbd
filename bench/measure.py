"""Running a command and watching what it takes: wall time, processor time, and the memory of it and its children."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

INTERVAL = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all processes together."""
    memory: int
    """The most bytes that all processes had at one time; memory that several share counts once."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a folder to its end; SystemExit with its output where it fails."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        output = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        watch.stop()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{output.decode(errors='replace')}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, memory=max(watch.peak, usage.ru_maxrss * scale))


class Watch(threading.Thread):
    """Looks at the memory of a process and all below it, again and again."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak = 0
        self.ended = threading.Event()

    def run(self) -> None:
        """Look until told to stop; a look at many processes takes a while, so the pause is longer then."""
        while not self.ended.is_set():
            begun = time.perf_counter()
            self.peak = max(self.peak, sum(map(measure_memory, list_processes(self.process))))
            self.ended.wait(max(INTERVAL, 10 * (time.perf_counter() - begun)))

    def stop(self) -> None:
        """Look no more."""
        self.ended.set()
        self.join()


def list_processes(process: int) -> Iterator[int]:
    """A process and all below it."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            below = task.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from list_processes(int(child))


def measure_memory(process: int) -> int:
    """The memory of a process in bytes, its share of what it has in common with others; 0 where it has ended."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def take_median(costs: Sequence[Cost]) -> Cost:
    """The median of each measure."""
    return Cost(
        wall=median(cost.wall for cost in costs),
        cpu=median(cost.cpu for cost in costs),
        memory=int(median(cost.memory for cost in costs)),
    )


def measure_bytes(folder: Path) -> tuple[int, int]:
    """How many files are in a folder, and how many bytes they have."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
