"""Where a site is to be published: what `publish` in site.yaml says, without any secret."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gaisite.findings import Place


class Kind(StrEnum):
    """By what a site gets to its host."""

    FOLDER = "folder"
    ZIP = "zip"
    GIT = "git"
    COMMAND = "command"
    RSYNC = "rsync"
    SFTP = "sftp"
    FTP = "ftp"
    S3 = "s3"
    WEBDAV = "webdav"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One place to publish to."""

    name: str
    """As site.yaml calls it."""
    kind: Kind
    address: str
    """The URL as it was given, or the command."""
    scheme: str = ""
    host: str = ""
    """The machine, or the bucket."""
    port: int = 0
    """0: the usual one."""
    user: str = ""
    path: str = ""
    """On a host from `/` on; of a folder or an archive as given, relative ones from the project."""
    branch: str = ""
    """Of a git repository."""
    options: Mapping[str, str] = field(default_factory=dict)
    """What stands behind the `?`."""
    command: tuple[str, ...] = ()
    """Program and arguments."""
    base_url: str = ""
    """Where the site lies once it is there, if not where base_url of site.yaml says; with a final `/`."""
    place: Place
