"""Real servers on loopback, each started by the tests: sshd, and those for FTP, S3 and WebDAV."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.publish.sites import read_folder

REQUIRED = bool(os.environ.get("GAISITE_REQUIRE_BROWSER") or os.environ.get("CI"))
WHERE = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def require_program(name: str) -> str:
    """Where a program is; without it the test is skipped, in CI it fails."""
    found = shutil.which(name, path=WHERE)
    if found is None:
        (pytest.fail if REQUIRED else pytest.skip)(f"needs {name}: scripts/tools.sh installs it")
    return str(found)


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def await_port(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(f"nothing answers at {port}")


@dataclass
class Server:
    """A running server."""

    url: str
    """Of a folder on it, `{}` for its name."""
    read: Callable[[str], dict[str, bytes]]
    """What it holds in a folder, on its own side."""
    stamp: Callable[[str], Mapping[str, object]]
    """What changes with each file that is put there."""
    environment: dict[str, str] = field(default_factory=dict)
    extra: str = ""
    library: str = ""
    """Without which a host of this kind cannot be opened."""


def stamp_folder(folder: Path) -> dict[str, object]:
    """Inode and time of every file."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def serve_folder(url: str, root: Path, inner: str = "", **more: object) -> Server:
    """A server whose files lie in a folder here."""
    return Server(
        url=url,
        read=lambda name: read_folder(root / name / inner),
        stamp=lambda name: stamp_folder((root / name / inner).resolve()),
        **more,  # type: ignore[arg-type]
    )


# --- ssh ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sshd:
    """A running sshd, and what its clients need."""

    port: int
    root: Path
    home: Path
    """A home folder with .ssh/config."""

    @property
    def shell(self) -> str:
        """The ssh that knows it."""
        return f"ssh -F {self.home}/.ssh/config"


@contextmanager
def run_sshd(folder: Path) -> Iterator[Sshd]:
    program, port = require_program("sshd"), find_port()
    require_program("ssh")
    home, root = folder / "home", folder / "served"
    (home / ".ssh").mkdir(parents=True)
    root.mkdir()
    for key in (folder / "host_key", home / ".ssh/key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    shutil.copy(home / ".ssh/key.pub", folder / "authorized_keys")
    settings = {
        "Port": port, "ListenAddress": "127.0.0.1", "HostKey": folder / "host_key", "PidFile": folder / "pid",
        "AuthorizedKeysFile": folder / "authorized_keys", "StrictModes": "no", "UsePAM": "no",
        "PasswordAuthentication": "no", "PermitRootLogin": "yes", "Subsystem": "sftp internal-sftp -u 077",
        "MaxStartups": 100,
    }  # fmt: skip
    (folder / "sshd_config").write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
    public = (folder / "host_key.pub").read_text().rsplit(" ", 1)[0]
    (home / ".ssh/known_hosts").write_text(f"[127.0.0.1]:{port} {public}\n")
    (home / ".ssh/config").write_text(
        f"Host *\n  IdentityFile {home}/.ssh/key\n  UserKnownHostsFile {home}/.ssh/known_hosts\n"
        "  GlobalKnownHostsFile /dev/null\n  IdentitiesOnly yes\n  BatchMode yes\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen([program, "-D", "-e", "-f", folder / "sshd_config"], stdout=log, stderr=log)
    try:
        await_port(port)
        yield Sshd(port=port, root=root, home=home)
    finally:
        server.terminate()
        server.wait()


# --- FTP ------------------------------------------------------------------------------------------------------------------


@contextmanager
def run_ftp(folder: Path) -> Iterator[Server]:
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import FTPHandler
    from pyftpdlib.servers import ThreadedFTPServer

    root = folder / "served"
    root.mkdir()
    authorizer = DummyAuthorizer()
    authorizer.add_user("www", "word", str(root), perm="elradfmwMT")
    handler = type("Handler", (FTPHandler,), {"authorizer": authorizer, "log_prefix": ""})
    port = find_port()
    server = ThreadedFTPServer(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"handle_exit": False, "timeout": 0.05}, daemon=True)
    thread.start()
    (folder / ".netrc").write_text("machine 127.0.0.1 login www password word\n")
    (folder / ".netrc").chmod(0o600)
    try:
        yield serve_folder(
            f"ftp://127.0.0.1:{port}/{{}}",
            root,
            environment={"HOME": str(folder)},
            extra="ftp",
            library="fsspec.implementations.ftp",
        )
    finally:
        server.close_all()
        thread.join(5)


# --- WebDAV ---------------------------------------------------------------------------------------------------------------


@contextmanager
def run_webdav(folder: Path) -> Iterator[Server]:
    from cheroot.wsgi import Server as WsgiServer
    from wsgidav.wsgidav_app import WsgiDAVApp

    root = folder / "served"
    root.mkdir()
    settings = {
        "provider_mapping": {"/dav": str(root)},
        "http_authenticator": {"domain_controller": None, "accept_basic": True, "accept_digest": False, "default_to_digest": False},
        "simple_dc": {"user_mapping": {"*": {"www": {"password": "word"}}}},
        "verbose": 0,
        "logging": {"enable": False},
    }  # fmt: skip
    port = find_port()
    server = WsgiServer(("127.0.0.1", port), WsgiDAVApp(settings))
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield serve_folder(
            f"dav://www@127.0.0.1:{port}/dav/{{}}",
            root,
            environment={"GAISITE_PUBLISH_PASSWORD": "word"},
            extra="webdav",
            library="webdav4.fsspec",
        )
    finally:
        server.stop()
        thread.join(5)


# --- S3 -------------------------------------------------------------------------------------------------------------------

KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "word", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def run_s3(folder: Path) -> Iterator[Server]:
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=find_port(), verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    client = boto3.client(
        "s3", endpoint_url=endpoint, aws_access_key_id="key", aws_secret_access_key="word", region_name="us-east-1"
    )
    client.create_bucket(Bucket="pages")
    client.put_bucket_versioning(Bucket="pages", VersioningConfiguration={"Status": "Enabled"})

    def list_versions(name: str) -> dict[str, str]:
        found = client.list_object_versions(Bucket="pages", Prefix=f"{name}/").get("Versions", [])
        return {each["Key"].removeprefix(f"{name}/"): each["VersionId"] for each in found if each["IsLatest"]}

    def read(name: str) -> dict[str, bytes]:
        keys = list_versions(name)
        return {key: client.get_object(Bucket="pages", Key=f"{name}/{key}")["Body"].read() for key in keys}

    try:
        yield Server(
            url=f"s3://pages/{{}}?endpoint={endpoint}&region=us-east-1&style=path",
            read=read,
            stamp=list_versions,
            environment=KEYS,
            extra="s3",
            library="s3fs",
        )
    finally:
        client.close()
        server.stop()


@contextmanager
def serve_with_nginx(root: Path, settings: str) -> Iterator[int]:
    """The port at which nginx serves a folder with these settings; its own files lie in the folder too."""
    program, port = require_program("nginx"), find_port()
    folders = "".join(
        f"{name}_temp_path {root}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (root / "nginx.conf").write_text(
        f"user root;\ndaemon off;\npid {root}/pid;\nerror_log {root}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{folders}server {{\nlisten 127.0.0.1:{port};\nroot {root};\n{settings}}}\n}}\n",
        encoding="utf-8",
    )
    server = subprocess.Popen([program, "-c", root / "nginx.conf", "-e", root / "error.log"])
    try:
        await_port(port)
        yield port
    finally:
        server.terminate()
        server.wait()
