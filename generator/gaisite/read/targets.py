"""`publish` in site.yaml: the places to publish to, each a URL or a command of the portal's own; never a secret."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from gaisite.findings import ContentError, Place, Problems, fault
from gaisite.model.targets import Kind, Target
from gaisite.read.fields import Fields, nearest, place_node
from gaisite.read.links import is_address
from gaisite.read.nodes import MappingNode, Node, Scalar

KEYS = ("url", "command", "base_url")
NAME = re.compile(r"\w[\w.-]*")
HOST = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\]")
"""Never with a hyphen in front, which programs would take for an option."""
USER = re.compile(r"[\w.@+][\w.@+-]*")
BRANCH = re.compile(r"(?!.*(\.\.|//|@\{|\.lock$))[\w][\w./-]*(?<![./])")
SECRET = re.compile(r"(gh[a-z]_|github_pat_|glpat-|gitee_|AKIA|LTAI).*|\S{40,}")
"""What looks like a token, not like a name."""
WEB = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """What a URL may begin with, and what may stand in it."""

    kind: Kind
    example: str
    local: bool = False
    """Whether it names a file here, not a machine."""
    pathless: bool = False
    """Whether it may do without a path."""
    options: tuple[str, ...] = ()


CREDENTIALS = re.compile(r"[^/]*//[^/?#]*:[^/?#]*@")
"""An address that begins with a password."""
ENDPOINT = "https://oss-cn-beijing.aliyuncs.com"
GIT = "git+ssh://git@gitee.com/org/nb.git#pages"
RSYNC = "rsync+ssh://www@web.example.gov.cn/srv/nb"
SCHEMES: Mapping[str, Scheme] = {
    "file": Scheme(kind=Kind.FOLDER, example="file:///srv/www/nb", local=True, options=("in-place",)),
    "zip": Scheme(kind=Kind.ZIP, example="zip:nb.zip", local=True),
    "git+ssh": Scheme(kind=Kind.GIT, example=GIT),
    "git+https": Scheme(kind=Kind.GIT, example="git+https://gitee.com/org/nb.git#pages"),
    "git+http": Scheme(kind=Kind.GIT, example="git+http://git.example/org/nb.git#pages"),
    "git+file": Scheme(kind=Kind.GIT, example="git+file:///srv/git/nb.git#pages", local=True),
    "rsync+ssh": Scheme(kind=Kind.RSYNC, example=RSYNC, options=("in-place",)),
    "sftp": Scheme(kind=Kind.SFTP, example="sftp://www@web.example.gov.cn/srv/nb"),
    "ftp": Scheme(kind=Kind.FTP, example="ftp://www@web.example.gov.cn/nb", pathless=True),
    "ftps": Scheme(kind=Kind.FTP, example="ftps://www@web.example.gov.cn/nb", pathless=True),
    "s3": Scheme(
        kind=Kind.S3, example="s3://bucket/nb", pathless=True, options=("endpoint", "region", "profile", "style")
    ),
    "dav": Scheme(kind=Kind.WEBDAV, example="dav://web.example.gov.cn/nb", pathless=True),
    "davs": Scheme(kind=Kind.WEBDAV, example="davs://web.example.gov.cn/nb", pathless=True),
}


def read_targets(fields: Fields) -> Iterator[Target]:
    """The places under `publish`; one that cannot be used is noted and left out."""
    entries = fields.entries("publish")
    record = fields.record("publish", [key.text for key, _ in entries]) if entries else None
    for key, node in entries:
        if not NAME.fullmatch(key.text):
            fields.note("target-name", place_node(fields.source, key), found=key.text)
        elif record is not None:
            with fields.problems.gather():
                yield read_target(record, key.text, node)


def read_target(record: Fields, name: str, node: Node) -> Target:
    """One place: a URL, or a mapping with `url` or `command`, and `base_url`; ContentError where it cannot be used."""
    place = place_node(record.source, node)
    if not isinstance(node, MappingNode):
        return parse_target(name, record.scalar(name, node), place)
    fields = record.record(name, KEYS)
    command = read_command(fields)
    if command and fields.get("url") is not None:
        raise fault("target-two", place, name=name)
    if command:
        target = Target(name=name, kind=Kind.COMMAND, address=shlex.join(command), command=command, place=place)
    else:
        target = parse_target(name, fields.text("url"), fields.place("url"))
    base_url = fields.text("base_url")
    if base_url and not (WEB.fullmatch(base_url) and is_address(base_url)):
        raise fault("base-url-invalid", fields.place("base_url"), found=base_url)
    return replace(target, base_url=base_url if not base_url or base_url.endswith("/") else f"{base_url}/")


def read_command(fields: Fields) -> tuple[str, ...]:
    """Program and arguments: a list, or a text that is parted as a shell parts it; no shell runs it."""
    node = fields.get("command")
    if not isinstance(node, Scalar):
        return fields.strings("command")
    try:
        return tuple(shlex.split(fields.scalar("command", node)))
    except ValueError:
        raise fault("target-command", place_node(fields.source, node), found=node.text) from None


def parse_target(name: str, url: str, place: Place) -> Target:
    """The place that a URL names; ContentError where it names none, or holds a secret."""
    try:
        parts = urlsplit(url)
        port, password, user = parts.port or 0, parts.password, unquote(parts.username or "")
    except ValueError:
        if CREDENTIALS.match(url):
            raise fault("target-secret", place, name=name) from None
        raise unknown(url, "", place) from None
    if password is not None or SECRET.fullmatch(user):
        raise fault("target-secret", place, name=name)
    scheme = SCHEMES.get(parts.scheme)
    if scheme is None:
        near = "" if parts.scheme.startswith("http") else nearest(parts.scheme, SCHEMES)
        raise unknown(url, near, place)
    if not fits(parts, scheme, user):
        raise fault("target-incomplete", place, found=url, example=scheme.example)
    target = Target(
        name=name,
        kind=scheme.kind,
        address=url,
        scheme=parts.scheme,
        host=parts.netloc.rpartition("@")[2].partition(":")[0] if "[" not in parts.netloc else f"[{parts.hostname}]",
        port=port,
        user=user,
        path=unquote(parts.path),
        branch=unquote(parts.fragment) or ("gh-pages" if scheme.kind is Kind.GIT else ""),
        options=dict(read_options(parts, scheme, place)),
        place=place,
    )
    if scheme.kind is Kind.GIT and not BRANCH.fullmatch(target.branch):
        raise fault("target-incomplete", place, found=url, example=scheme.example)
    return target


def fits(parts: SplitResult, scheme: Scheme, user: str) -> bool:
    """Whether all is there that such a URL must have, and nothing that a program could take for something else."""
    path = unquote(parts.path)
    if any(ord(character) < 32 or character == "\x7f" for character in path + user):
        return False
    if parts.fragment and scheme.kind is not Kind.GIT:
        return False
    if scheme.local:
        return parts.netloc in ("", "localhost") and bool(path.strip("/")) and not path.startswith("-")
    named = HOST.fullmatch(parts.netloc.rpartition("@")[2].rpartition(":")[0] or parts.netloc.rpartition("@")[2])
    safe = ".." not in path.split("/")
    return bool(named and safe and (not user or USER.fullmatch(user)) and (scheme.pathless or path.strip("/")))


def read_options(parts: SplitResult, scheme: Scheme, place: Place) -> Iterator[tuple[str, str]]:
    """What stands behind the `?`; ContentError for what such a URL does not know."""
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        if key not in scheme.options:
            raise fault("target-option", place, found=key, known=", ".join(scheme.options))
        if CREDENTIALS.match(value):
            raise fault("target-secret", place, name=key)
        if key == "endpoint" and not (WEB.fullmatch(value) and is_address(value)):
            raise fault("target-incomplete", place, found=value, example=ENDPOINT)
        yield key, value


def unknown(url: str, near: str, place: Place) -> ContentError:
    """That no place to publish to begins like this."""
    return fault("target-unknown", place, found=url, near=near, known=", ".join(f"{each}:" for each in SCHEMES))


def find_target(targets: tuple[Target, ...], name: str, problems: Problems) -> Target | None:
    """The place called so; a URL is one itself. None where there is none, noted where it was meant for a URL."""
    found = next((target for target in targets if target.name == name), None)
    if found is None and ":" in name:
        with problems.gather():
            return parse_target(name.partition(":")[0], name, Place(file=name))
    return found
