"""Publishing to real servers: rsync and SFTP to sshd, FTP, WebDAV, S3; what moves is counted on their side."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from gaisite.model.hosting import HASHED
from gaisite.publish import drivers, publishing
from gaisite.publish.hosts import HostError
from gaisite.publish.states import STATE
from tests.build.portals import change_files
from tests.publish.servers import (
    Server,
    Sshd,
    require_program,
    run_ftp,
    run_s3,
    run_sshd,
    run_webdav,
    serve_folder,
)
from tests.publish.sites import (
    Killed,
    change_figure,
    change_much,
    failing,
    find_bare,
    find_broken,
    publish,
    publish_well,
    surely_same,
)

pytestmark = [
    pytest.mark.xdist_group("servers"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
KINDS = ("rsync", "rsync in place", "sftp", "ftp", "webdav", "s3")


class Servers:
    """Each started when it is first asked for."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.stack = stack
        self.running: dict[str, Server] = {}
        self.sshd: Sshd | None = None

    def start(self, kind: str) -> Server:
        if kind not in self.running:
            self.running[kind] = self.make(kind)
        return self.running[kind]

    def make(self, kind: str) -> Server:
        if kind in ("rsync", "rsync in place", "sftp"):
            return self.reach(kind)
        folder = self.folder / kind
        folder.mkdir()
        return self.stack.enter_context({"ftp": run_ftp, "webdav": run_webdav, "s3": run_s3}[kind](folder))

    def reach(self, kind: str) -> Server:
        """sshd, in one of three ways."""
        if self.sshd is None:
            self.sshd = self.stack.enter_context(run_sshd(self.folder))
        place = f"127.0.0.1:{self.sshd.port}{self.sshd.root}"
        environment = {"RSYNC_RSH": self.sshd.shell, "HOME": str(self.sshd.home)}
        if kind == "sftp":
            url = f"sftp://{place}/{{}}"
            return serve_folder(url, self.sshd.root, environment=environment, extra="sftp", library="paramiko")
        require_program("rsync")
        inner, end = ("current", "") if kind == "rsync" else ("", "?in-place")
        return serve_folder(f"rsync+ssh://{place}/{{}}{end}", self.sshd.root, inner, environment=environment)


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with ExitStack() as stack:
        yield Servers(tmp_path_factory.mktemp("servers"), stack)


@contextmanager
def settled(server: Server) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name, value in server.environment.items():
            patched.setenv(name, value)
        yield


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest, servers: Servers) -> Iterator[Server]:
    found = servers.start(request.param)
    with settled(found):
        yield found


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """A folder of the test's own, with a space and Chinese in its name."""
    return f"{abs(hash(request.node.name))}/年 报"


def test_only_changed_files_move_and_a_dry_run_moves_none(server: Server, name: str, project: Path) -> None:
    url = server.url.format(name.replace(" ", "%20"))
    publish_well(project, url)
    surely_same(server.read(name), project / "site")
    before = server.stamp(name)
    changed = change_figure(project)
    dry = publish(project, url, dry_run=True)
    assert dry.plan is not None
    assert {upload.path for upload in dry.plan.uploads} == changed
    assert server.stamp(name) == before
    publish_well(project, url)
    after = server.stamp(name)
    assert {path for path in after if before.get(path) != after[path]} - {STATE} == changed
    assert before.keys() == after.keys()
    surely_same(server.read(name), project / "site")
    assert publish_well(project, url).begun is False


def test_stopped_anywhere_the_pages_work_and_the_next_run_finishes(server: Server, name: str, project: Path) -> None:
    url = server.url.format(name.replace(" ", "%20"))
    publish_well(project, url)
    change_much(project)
    for sound, error in ((6, Killed()), (22, HostError("the line is dead"))):
        with failing(sound=sound, error=lambda error=error: error):
            try:
                publish(project, url, allow_delete=True)
            except Killed:
                assert isinstance(error, Killed)
        found = server.read(name)
        assert find_broken(found.get) == find_bare(found) == []
    publish_well(project, url, allow_delete=True)
    found = server.read(name)
    surely_same(found, project / "site")
    assert not any("2020" in path for path in found)
    assert any(HASHED.fullmatch(path) for path in found)


def test_second_publisher_is_kept_out(server: Server, name: str, project: Path, tmp_path: Path) -> None:
    url = server.url.format(name.replace(" ", "%20"))
    shipments: list[drivers.Shipment] = []

    def remember(shipment: drivers.Shipment) -> object:
        shipments.append(shipment)
        return drivers.open_host(shipment)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publishing, "open_host", remember)
        publish(project, url, dry_run=True)
    other = drivers.open_host(shipments[0])
    assert other.claim(json.dumps({"owner": "other", "who": "li@office-3"}).encode()) == b""
    refused = publish(project, url)
    assert [finding.check for finding in refused.findings] == ["publish-locked"]
    assert dict(refused.findings[0].facts)["who"] == "li@office-3"
    other.release()
    other.close()
    publish_well(project, url)


@pytest.mark.parametrize(("kind", "inner"), [("rsync", "current"), ("webdav", "")])
def test_files_of_others_stay(kind: str, inner: str, servers: Servers, name: str, project: Path) -> None:
    server = servers.start(kind)
    url = server.url.format(name.replace(" ", "%20"))
    with settled(server):
        publish_well(project, url)
        base = servers.sshd.root if kind == "rsync" and servers.sshd else servers.folder / kind / "served"
        change_files(base / name / inner, {"office/2020/scan.pdf": "theirs"})
        change_much(project)
        publish_well(project, url, allow_delete=True)
    assert server.read(name)["office/2020/scan.pdf"] == b"theirs"


@pytest.mark.parametrize("kind", ["sftp", "ftp", "webdav", "s3"])
def test_missing_extra_is_named(kind: str, servers: Servers, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = servers.start(kind)
    module = f"gaisite.publish.drivers.{kind}"
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, server.library.partition(".")[0], None)
    monkeypatch.setitem(sys.modules, server.library, None)
    refused = publish(project, server.url.format("x"))
    assert [(finding.check, dict(finding.facts)["extra"]) for finding in refused.findings] == [
        ("publish-extra", server.extra)
    ]


@pytest.mark.parametrize(
    "url",
    [
        "rsync+ssh://127.0.0.1:1/srv/nb", "sftp://127.0.0.1:1/srv/nb", "ftp://127.0.0.1:1/nb", "dav://127.0.0.1:1/nb",
    ],
)  # fmt: skip
def test_server_that_does_not_answer_is_told(url: str, project: Path) -> None:
    refused = publish(project, url)
    assert ([finding.check for finding in refused.findings], refused.begun) == (["publish-unreachable"], False)


def test_bucket_that_is_not_there_is_told(servers: Servers, project: Path) -> None:
    server = servers.start("s3")
    with settled(server):
        refused = publish(project, server.url.replace("pages", "nowhere").format("x"))
    assert [finding.check for finding in refused.findings] == ["publish-unreachable"]


def test_wrong_password_is_told(servers: Servers, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAISITE_PUBLISH_PASSWORD", "wrong")
    for kind in ("ftp", "webdav"):
        url = servers.start(kind).url.replace("//127", "//www@127").format("x")
        assert [finding.check for finding in publish(project, url).findings] == ["publish-unreachable"]


def test_host_with_another_key_is_refused(servers: Servers, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = servers.start("sftp")
    assert servers.sshd is not None
    home = project.parent / "home"
    (home / ".ssh").mkdir(parents=True)
    for name in ("config", "key"):
        text = (
            (servers.sshd.home / ".ssh" / name)
            .read_text()
            .replace(f"{servers.sshd.home}/.ssh/known", f"{home}/.ssh/known")
        )
        (home / ".ssh" / name).write_text(text)
    monkeypatch.setenv("HOME", str(home))
    refused = publish(project, server.url.format("x"))
    assert [finding.check for finding in refused.findings] == ["publish-unreachable"]
    assert "known_hosts" in str(dict(refused.findings[0].facts)["reason"])


def test_objects_say_what_they_are_and_how_long_they_may_be_kept(servers: Servers, project: Path) -> None:
    import boto3

    server = servers.start("s3")
    with settled(server):
        publish_well(project, server.url.format("typed"))
        endpoint = server.url.partition("endpoint=")[2].partition("&")[0]
        client = boto3.client("s3", endpoint_url=endpoint)
        try:
            heads = {
                path: client.head_object(Bucket="pages", Key=f"typed/{path}")
                for path in ("index.html", "data/all.csv", "feed.xml", *(path for path in server.read("typed") if HASHED.match(path)))
            }  # fmt: skip
        finally:
            client.close()
    said = {path: (head["ContentType"], head["CacheControl"]) for path, head in heads.items()}
    assert said["index.html"] == ("text/html; charset=utf-8", "no-cache")
    assert said["data/all.csv"] == ("text/csv; charset=utf-8", "no-cache")
    assert said["feed.xml"] == ("application/xml; charset=utf-8", "no-cache")
    assert {said[path][1] for path in said if HASHED.match(path)} == {"public, max-age=31536000, immutable"}


@pytest.mark.parametrize("kind", ["rsync", "rsync in place", "sftp"])
def test_files_can_be_read_by_a_web_server(kind: str, servers: Servers, project: Path) -> None:
    server = servers.start(kind)
    with settled(server):
        publish_well(project, server.url.format("modes"))
    assert servers.sshd is not None
    root = servers.sshd.root / "modes"
    assert {path.stat().st_mode & 0o777 for path in root.rglob("*") if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in [root, *root.rglob("*")] if path.is_dir()} == {0o755}
    if kind == "rsync":
        assert sorted(path.name for path in root.iterdir()) == ["current", "releases"]
    shutil.rmtree(root)
