"""A branch of a git repository, as GitHub, Gitee and GitLab Pages serve it: each publish is one commit on top of it.

Files of others stay, CNAME for one. Only the files that change are read; there is no work tree.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gaisite.model.targets import Target
from gaisite.publish.drivers import Shipment
from gaisite.publish.drivers.programs import require_program, run_program
from gaisite.publish.hosts import HostError
from gaisite.publish.plan import Upload
from gaisite.publish.states import STATE
from gaisite.texts import Texts

NO_JEKYLL = ".nojekyll"
"""The empty file that keeps GitHub Pages from leaving out files."""
NO_BRANCH = 2
"""The status of `git ls-remote --exit-code` where there is no such branch."""
AUTHOR = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "gaisite"), ("EMAIL", "gaisite@localhost"))
}
"""Who commits where git knows nobody, as on a build machine."""
STRANGE = ("GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE", "GIT_PREFIX")
"""What a hook that calls gaisite may have in its environment, about another repository."""
OVERTAKEN = Texts.of(
    {"zh-CN": "这个分支刚刚被别人更新过", "en": "somebody else has pushed to this branch in the meantime"}
)


@dataclass(slots=True)
class GitHost:
    """A branch far away, and the commit that is being made here."""

    site: Path
    url: str
    branch: str
    repository: Path
    tip: str = ""
    """The commit on the branch; empty where there is no such branch yet."""
    begun: bool = False

    def git(self, *arguments: str, given: bytes | None = None, fine: Sequence[int] = (0,)) -> bytes:
        """What git says."""
        return self.run(*arguments, given=given, fine=fine)[1]

    def run(self, *arguments: str, given: bytes | None = None, fine: Sequence[int] = (0,)) -> tuple[int, bytes]:
        """Status and output of git."""
        environment = {
            "GIT_DIR": str(self.repository),
            "GIT_INDEX_FILE": str(self.repository / "index"),
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C.UTF-8",
            **dict.fromkeys(STRANGE, ""),
        }
        if "commit-tree" in arguments and not self.knows_author():
            environment |= AUTHOR
        command = ("git", *arguments)
        done = run_program(command, given=given, environment=environment, fine=fine)
        return done.returncode, done.stdout

    def knows_author(self) -> bool:
        """Whether git knows who commits."""
        return self.run("var", "GIT_COMMITTER_IDENT", fine=(0, 128))[0] == 0

    def fetch(self) -> None:
        """Get the last commit of the branch, and none before it."""
        self.git("init", "--quiet", "--bare", str(self.repository))
        ref = f"refs/heads/{self.branch}"
        status, found = self.run("ls-remote", "--exit-code", self.url, ref, fine=(0, NO_BRANCH))
        if status == NO_BRANCH:
            return
        self.tip = found.split()[0].decode()
        self.git("fetch", "--quiet", "--no-tags", "--depth=1", self.url, f"+{ref}:refs/gaisite/tip")
        self.tip = self.git("rev-parse", "refs/gaisite/tip").strip().decode()

    def read(self, path: str) -> bytes | None:
        """The bytes of a file on the branch."""
        if not self.tip:
            return None
        status, found = self.run("rev-parse", "--verify", "--quiet", f"{self.tip}:{path}", fine=(0, 1, 128))
        return self.git("cat-file", "blob", found.strip().decode()) if status == 0 else None

    def claim(self, owner: bytes) -> bytes:
        """The lease on the push keeps two publishers apart."""
        return b""

    def release(self) -> None:
        """Nothing."""

    def begin(self) -> None:
        """Begin with all that is on the branch."""
        if not self.begun:
            self.git("read-tree", self.tip or "--empty")
            self.begun = True

    def send(self, uploads: Sequence[Upload]) -> Iterator[Upload]:
        """Add files, byte by byte as they are."""
        self.begin()
        names = "".join(f"{(self.site / upload.path).absolute()}\n" for upload in uploads).encode()
        blobs = self.git("hash-object", "-w", "--no-filters", "--stdin-paths", given=names).decode().split()
        self.enter(f"100644 {blob}\t{upload.path}\0" for blob, upload in zip(blobs, uploads, strict=True))
        yield from uploads

    def remove(self, paths: Sequence[str]) -> Iterator[str]:
        """Leave files out."""
        self.begin()
        self.enter(f"0 {'0' * 40}\t{path}\0" for path in paths)
        yield from paths

    def enter(self, lines: Iterator[str]) -> None:
        """Enter files into the index."""
        self.git("update-index", "-z", "--index-info", given="".join(lines).encode())

    def keep(self, state: bytes) -> None:
        """The list is a file on the branch."""
        self.begin()
        blob = self.git("hash-object", "-w", "--stdin", given=state).decode().strip()
        self.enter(iter([f"100644 {blob}\t{STATE}\0"]))

    def conclude(self) -> None:
        """Commit, and push it if the branch is still the one that was looked at."""
        # The index counts, not the branch: a site that no longer has the file is about to take it away.
        if self.run("rev-parse", "--verify", "--quiet", f":{NO_JEKYLL}", fine=(0, 1, 128))[0]:
            blob = self.git("hash-object", "-w", "--stdin", given=b"").decode().strip()
            self.enter(iter([f"100644 {blob}\t{NO_JEKYLL}\0"]))
        tree = self.git("write-tree").decode().strip()
        parent = ("-p", self.tip) if self.tip else ()
        commit = self.git("commit-tree", tree, *parent, "-m", "gaisite publish").decode().strip()
        ref = f"refs/heads/{self.branch}"
        lease = f"--force-with-lease={ref}:{self.tip}"
        status, told = self.run("push", "--porcelain", lease, self.url, f"{commit}:{ref}", fine=(0, 1))
        if status:
            stale = b"stale info" in told or b"fetch first" in told
            line = next((line for line in told.decode().splitlines() if line.startswith("!")), "git push")
            raise HostError(OVERTAKEN if stale else line.lstrip("!\t"), lasting=True)

    def close(self) -> None:
        """Nothing: git has ended."""


def write_url(shipment: Shipment) -> str:
    """The URL as git takes it."""
    target: Target = shipment.target
    if target.scheme == "git+file":
        return shipment.place.resolve().as_uri()
    return target.address.removeprefix("git+").partition("#")[0]


def open_host(shipment: Shipment) -> GitHost:
    """The branch, fetched."""
    require_program("git", shipment.target)
    host = GitHost(
        site=shipment.site,
        url=write_url(shipment),
        branch=shipment.target.branch,
        repository=shipment.memory.resolve() / "repository.git",
    )
    host.fetch()
    return host
