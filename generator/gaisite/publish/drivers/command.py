"""A command of the portal's own: it is told where the site lies and what has changed, and carries that over itself.

What is on the host is known only from the publishes before, so the list stays here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gaisite.publish.drivers import Shipment
from gaisite.publish.drivers.programs import run_program
from gaisite.publish.hosts import HostError
from gaisite.publish.plan import Upload
from gaisite.publish.states import STATE, read_state, write_state
from gaisite.write.faults import reason_of
from gaisite.write.whole import replace_file


@dataclass(slots=True)
class CommandHost:
    """The command, which runs once, when all is known that it has to do."""

    command: Sequence[str]
    """`{site}`, `{changed}` and `{removed}` in it stand for a folder and two files that list paths."""
    site: Path
    project: Path
    memory: Path
    sent: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    state: bytes = b""

    def read(self, path: str) -> bytes | None:
        """The list of the last publish; of the other files nothing is known."""
        place = self.memory / STATE
        return place.read_bytes() if path == STATE and place.is_file() else None

    def claim(self, owner: bytes) -> bytes:
        """Runs of this project are kept apart; of others nothing is known."""
        return b""

    def release(self) -> None:
        """Nothing."""

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """Remember what has changed."""
        for upload in uploads:
            self.sent.append(upload.path)
            yield upload

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """Remember what is to be deleted."""
        for path in paths:
            self.removed.append(path)
            yield path

    def keep(self, state: bytes) -> None:
        """Remember what will be there."""
        self.state = state

    def conclude(self) -> None:
        """Run the command; where it fails, any of these files may be there in any version."""
        state = read_state(self.state)
        if state is not None:
            self.write(STATE, write_state(replace(state, pending=frozenset({*self.sent, *self.removed}))))
        names = {
            "{site}": str(self.site),
            "{changed}": str(self.write("changed.txt", write_lines(self.sent))),
            "{removed}": str(self.write("removed.txt", write_lines(self.removed))),
        }
        command = [fill(part, names) for part in self.command]
        run_program(command, folder=self.project, environment={"GAISITE_SITE": str(self.site)})
        self.write(STATE, self.state)

    def write(self, name: str, content: bytes) -> Path:
        """Keep a file here."""
        path = self.memory / name
        try:
            replace_file(path, content)
        except OSError as error:
            raise HostError(reason_of(error), name) from error
        return path

    def close(self) -> None:
        """Nothing: the command has ended."""


def write_lines(paths: Sequence[str]) -> bytes:
    """Paths, one a line."""
    return "".join(f"{path}\n" for path in paths).encode()


def fill(part: str, names: dict[str, str]) -> str:
    """A part of the command with what its names stand for."""
    for name, value in names.items():
        part = part.replace(name, value)
    return part


def open_host(shipment: Shipment) -> CommandHost:
    """The command, not yet run."""
    return CommandHost(
        command=shipment.target.command,
        site=shipment.site.resolve(),
        project=shipment.project,
        memory=shipment.memory.resolve(),
    )
