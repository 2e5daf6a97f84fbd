"""What a publish asks of a host, whatever it is reached by."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from gaisite.findings import Fact
from gaisite.publish.plan import Upload


class HostError(Exception):
    """A host did not do what it was asked to."""

    def __init__(self, reason: Fact, path: str = "", *, lasting: bool = False) -> None:
        super().__init__(str(reason))
        self.reason = reason
        """Why, for the message."""
        self.path = path
        """The file it was about; empty where it was about none."""
        self.lasting = lasting
        """Whether asking once more is of no use."""


class Host(Protocol):
    """A place that a site is published to. Every method may raise HostError.

    Hosts that exchange a whole site in one step gather what they are told until `conclude`; the others do it at once.
    """

    def read(self, path: str) -> bytes | None:
        """The bytes of a file that visitors are served; None where there is none."""

    def claim(self, owner: bytes) -> bytes:
        """Keep other publishers out until `release`; empty where that worked, otherwise what their owner wrote."""

    def release(self) -> None:
        """Let other publishers in again; nothing where nobody was kept out."""

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """Put files on the host, over those that are there; each is given back once it is safe, in order."""

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """Take files away, with the folders that nothing is left in; one that is not there counts."""

    def keep(self, state: bytes) -> None:
        """Keep the list of what gaisite put there."""

    def conclude(self) -> None:
        """Let visitors see all that was done, where they do not yet."""

    def close(self) -> None:
        """End the connection."""


def list_folders(paths: Iterable[str]) -> list[str]:
    """The folders in which these files lie, the deepest first."""
    found = {"/".join(parts[:depth]) for path in paths for parts in [path.split("/")] for depth in range(1, len(parts))}
    return sorted(found, key=lambda folder: (-folder.count("/"), folder))
