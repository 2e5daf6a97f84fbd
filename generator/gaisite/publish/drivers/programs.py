"""Programs that a publish runs: git, ssh, rsync, and what a portal has of its own."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from gaisite.findings import fault
from gaisite.model.targets import Target
from gaisite.publish.hosts import HostError


def require_program(name: str, target: Target) -> None:
    """ContentError where a program is not here."""
    if shutil.which(name) is None:
        raise fault("publish-tool", target.place, name=target.name, tool=name)


def run_program(
    command: Sequence[str],
    *,
    given: bytes | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    fine: Sequence[int] = (0,),
) -> subprocess.CompletedProcess[bytes]:
    """A program that has ended, with all that it said; HostError with its last words where its status is not `fine`.

    Its environment is this process's, changed as `environment` says; an empty value takes a name out.
    """
    merged = {**os.environ, **(environment or {})}
    try:
        done = subprocess.run(  # noqa: S603 - the command is the portal's own, no shell reads it
            command,
            input=b"" if given is None else given,
            env={name: value for name, value in merged.items() if value},
            cwd=folder,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise HostError(f"{command[0]}: {error.strerror or error}", lasting=True) from error
    if done.returncode not in fine:
        raise HostError(read_last_words(command[0], done))
    return done


def read_last_words(name: str, done: subprocess.CompletedProcess[bytes]) -> str:
    """The last line that a program said before it failed, or its status."""
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
    said = [line.strip() for line in lines if line.strip() and not line.startswith("hint:")]
    return f"{name}: {said[-1]}" if said else f"{name}: {done.returncode}"
