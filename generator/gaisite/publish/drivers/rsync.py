"""rsync over ssh: in releases with a link that is swapped, or with `?in-place` file by file.

Who logs in and how is ssh's own affair: its settings, its agent, its known hosts; RSYNC_RSH names another ssh.
"""

import hashlib
import os
import shlex
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

from gaisite.model.targets import Target
from gaisite.publish.drivers import Shipment
from gaisite.publish.drivers.programs import require_program, run_program
from gaisite.publish.hosts import HostError, list_folders
from gaisite.publish.plan import Upload
from gaisite.publish.states import STATE
from gaisite.texts import Texts

NONE = 44
NO_LINK = 45
HELD = 46
"""Statuses of our own scripts."""
KEPT = 3
REASONS = {
    NO_LINK: Texts.of(
        {
            "zh-CN": "其中的 current 不是链接；请移走它，或在网址后面加上 ?in-place",
            "en": "current in it is no link; move it away, or add ?in-place to the URL",
        }
    )
}

READ = """
if [ -e {root}/current ] && [ ! -L {root}/current ] && [ -n {releases} ]; then exit 45; fi
if [ -f {file} ]; then cat {file}; else exit 44; fi
"""
CLAIM = """
umask 022; mkdir -p {root} || exit 1
if mkdir {root}/.gaisite-lock 2>/dev/null; then cat > {root}/.gaisite-lock/owner
elif [ -d {root}/.gaisite-lock ]; then cat {root}/.gaisite-lock/owner 2>/dev/null || echo '?'; exit 46
else mkdir {root}/.gaisite-lock; fi
"""
RELEASE = "rm -f {root}/.gaisite-lock/owner; rmdir {root}/.gaisite-lock 2>/dev/null || true"
BEGIN = """
umask 022; mkdir -p {root}/releases && cd {root}/releases || exit 1
if [ -d .tmp ]; then rm -rf .partial && mv .tmp .partial; fi
mkdir -p .partial .new && if [ -L ../current ]; then cp -al ../current/. .new/ || exit 1; fi
(cd .new && xargs -0 rm -f --) && mv .new .tmp
"""
"""The release begins as the served one, its files shared; what is to be sent or deleted is left out of it."""
FINISH = """
umask 022; cd {root} || exit 1
rm -f releases/.tmp/{state} && cat > releases/.tmp/{state} || exit 1
(cd releases/.tmp && for folder in {folders}; do rmdir "$folder" 2>/dev/null; done; true)
last=$(ls releases | grep -E '^[0-9]{{4,}}-' | sort -n | tail -n 1); last=${{last%%-*}}
name=$(printf '%04d' $(expr "${{last:-0}}" + 1))-{digest}
rm -f .current && ln -s "releases/$name" .current && mv releases/.tmp "releases/$name" || exit 1
mv -T .current current 2>/dev/null || mv -h .current current || exit 1
rm -rf releases/.partial
ls releases | grep -E '^[0-9]{{4,}}-' | sort -n | head -n -{kept} | while read -r old; do rm -rf "releases/$old"; done
"""
KEEP = "umask 022; cat > {root}/.gaisite-part && mv -f {root}/.gaisite-part {root}/{state}"
REMOVE = """
cd {root} || exit 1
xargs -0 rm -f -- || exit 1
for folder in {folders}; do rmdir "$folder" 2>/dev/null; done; true
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The way to a machine."""

    target: Target
    site: Path
    sockets: Path
    """A folder in which ssh keeps one connection open for all that follows."""

    @property
    def shell(self) -> list[str]:
        """The command that runs another one over there."""
        ssh = shlex.split(os.environ.get("RSYNC_RSH") or "ssh")
        if os.name == "posix":
            ssh += ["-o", "ControlMaster=auto", "-o", f"ControlPath={self.sockets}/%C", "-o", "ControlPersist=60"]
        return [*ssh, "-p", str(self.target.port)] if self.target.port else ssh

    def close(self) -> None:
        """End the connection."""
        with suppress(HostError):
            run_program([*self.shell, "-O", "exit", self.machine], fine=range(256))
        shutil.rmtree(self.sockets, ignore_errors=True)

    @property
    def machine(self) -> str:
        """Who logs in where."""
        host = self.target.host.strip("[]")
        return f"{self.target.user}@{host}" if self.target.user else host

    @property
    def root(self) -> str:
        """The folder over there."""
        return self.target.path.rstrip("/")

    def run(self, script: str, given: bytes = b"", *, fine: Sequence[int] = (0,), **names: str) -> tuple[int, bytes]:
        """Status and output of a script over there; `{names}` in it stand for what is given, quoted by the caller."""
        text = script.format(root=shlex.quote(self.root), state=STATE, **names)
        done = run_program([*self.shell, self.machine, text], given=given, fine=(*fine, *REASONS))
        if done.returncode in REASONS and done.returncode not in fine:
            raise HostError(REASONS[done.returncode], lasting=True)
        return done.returncode, done.stdout

    def copy(self, paths: Sequence[str], folder: str, *options: str) -> None:
        """Send files into a folder below the root."""
        host = self.target.host
        machine = f"{self.target.user}@{host}" if self.target.user else host
        command = [
            "rsync", "-c", "-p", "-s", "--chmod=D755,F644", "--from0", "--files-from=-", *options,
            "-e", shlex.join(self.shell), f"{self.site}/", f"{machine}:{self.root}/{folder}",
        ]  # fmt: skip
        run_program(command, given=join_paths(paths))


@dataclass(slots=True)
class RsyncHost:
    """A machine on which each publish makes a whole release."""

    line: Line
    releases: bool = True
    sent: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    state: bytes = b""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file that visitors are served."""
        folder = f"{self.line.root}/current" if self.releases else self.line.root
        file, releases = shlex.quote(f"{folder}/{path}"), "x" if self.releases else "''"
        status, content = self.line.run(READ, fine=(0, NONE), file=file, releases=releases)
        return None if status == NONE else content

    def claim(self, owner: bytes) -> bytes:
        """Making a folder is what two cannot both do."""
        status, holder = self.line.run(CLAIM, owner, fine=(0, HELD))
        return holder if status == HELD else b""

    def release(self) -> None:
        """Remove the lock. A release that is not finished stays: what came through need not be sent again."""
        self.line.run(RELEASE)

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """All files are sent at the end."""
        for upload in uploads:
            self.sent.append(upload.path)
            yield upload

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """What is to be deleted is left out at the end."""
        for path in paths:
            self.removed.append(path)
            yield path

    def keep(self, state: bytes) -> None:
        """The list lies in the release that it is about."""
        self.state = state

    def conclude(self) -> None:
        """Make the release, and serve it."""
        self.line.run(BEGIN, join_paths([*self.sent, *self.removed]))
        if self.sent:
            self.line.copy(self.sent, "releases/.tmp/", "--link-dest=../.partial")
        self.line.run(
            FINISH, self.state, folders=quote_folders(self.removed), digest=digest(self.state), kept=str(KEPT)
        )

    def close(self) -> None:
        """End the connection."""
        self.line.close()


@dataclass(slots=True)
class PlaceHost:
    """A folder on a machine that is changed file by file."""

    line: Line

    def read(self, path: str) -> bytes | None:
        """The bytes of a file."""
        return RsyncHost(self.line, releases=False).read(path)

    def claim(self, owner: bytes) -> bytes:
        """Making a folder is what two cannot both do."""
        return RsyncHost(self.line, releases=False).claim(owner)

    def release(self) -> None:
        """Remove the lock."""
        RsyncHost(self.line, releases=False).release()

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """Send files; rsync puts each beside its place first, then moves it there."""
        self.line.copy([upload.path for upload in uploads], "")
        yield from uploads

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """Delete files, then the folders that are empty now."""
        self.line.run(REMOVE, join_paths(paths), folders=quote_folders(paths))
        yield from paths

    def keep(self, state: bytes) -> None:
        """The list is a file like the others."""
        self.line.run(KEEP, state)

    def conclude(self) -> None:
        """Nothing: all is in its place."""

    def close(self) -> None:
        """End the connection."""
        self.line.close()


def join_paths(paths: Sequence[str]) -> bytes:
    """Paths as xargs and rsync take them."""
    return "".join(f"{path}\0" for path in paths).encode()


def quote_folders(paths: Sequence[str]) -> str:
    """The folders in which files lay, for a loop of the shell."""
    return " ".join(shlex.quote(f"./{folder}") for folder in list_folders(paths)) or "./"


def digest(state: bytes) -> str:
    """What names a release."""
    return hashlib.sha256(state).hexdigest()[:8]


def open_host(shipment: Shipment) -> RsyncHost | PlaceHost:
    """The machine; it is first asked something when something is read."""
    for program in ("rsync", shlex.split(os.environ.get("RSYNC_RSH") or "ssh")[0]):
        require_program(program, shipment.target)
    sockets = Path(mkdtemp(prefix="gaisite-"))
    line = Line(target=shipment.target, site=shipment.site.resolve(), sockets=sockets)
    return PlaceHost(line) if "in-place" in shipment.target.options else RsyncHost(line)
