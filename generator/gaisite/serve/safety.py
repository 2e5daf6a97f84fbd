"""What the preview answers: requests that are meant for it, and files that lie in its folder."""

import ipaddress
import os
import re
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote_to_bytes

HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:/@\[\]]+)(?::([0-9]{1,5}))?", re.IGNORECASE)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
WEB_PORT = 80
NEVER = re.compile(r"[\\:\x00]")
"""No file of a site has these in its name; a disk may read them as something else."""


def is_own_host(header: str, host: str, port: int) -> bool:
    """Whether a Host header names this server.

    A page elsewhere whose name was made to lead here (DNS rebinding) still sends its own name.
    """
    found = HOST.fullmatch(header)
    if found is None or int(found[2] or WEB_PORT) != port:
        return False
    name = found[1].lower()
    return name in LOOPBACK or name == write_host(host) or (is_everywhere(host) and is_address(name))


def find_name(header: str) -> str:
    """The name in a Host header, without the port."""
    found = HOST.fullmatch(header)
    return found[1].lower() if found else ""


def is_own_origin(origin: str, host: str, port: int) -> bool:
    """Whether an Origin header names a page of this server."""
    return origin.lower().startswith("http://") and is_own_host(origin[len("http://") :], host, port)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    if host.lower() == "localhost":
        return True
    return is_address(host) and ipaddress.ip_address(host.strip("[]")).is_loopback


def is_everywhere(host: str) -> bool:
    """Whether a host stands for every address of this machine."""
    return is_address(host) and ipaddress.ip_address(host.strip("[]")).is_unspecified


def is_address(host: str) -> bool:
    """Whether a host is an address, not a name."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def write_host(host: str) -> str:
    """A host as it stands in a URL."""
    host = host.lower()
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def write_url(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    if is_everywhere(host):
        host = "::1" if ":" in host else "127.0.0.1"
    return f"http://{write_host(host)}:{port}/"


def open_file(root: Path, raw: str) -> BinaryIO | None:
    """The file that the path of a URL means, that of a folder its index.html; None where none may be served."""
    parts = split_path(raw)
    if parts is None:
        return None
    path = root.joinpath(*parts) if parts[-1] else root.joinpath(*parts[:-1], "index.html")
    try:
        # Not opened before it is known to be a file: a pipe would wait for someone to write into it.
        return path.open("rb") if lies_in(root, path) and path.is_file() else None
    except OSError:
        return None


def find_folder(root: Path, raw: str) -> str | None:
    """The path with `/` at its end where the path of a URL means a folder without it; None otherwise."""
    parts = split_path(raw)
    if parts is None or not parts[-1]:
        return None
    path = root.joinpath(*parts)
    return f"/{quote('/'.join(parts))}/" if lies_in(root, path) and path.is_dir() else None


def split_path(raw: str) -> list[str] | None:
    """The parts of a URL's path; None where one is hidden or would lead out of the folder."""
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    first, *parts = path.split("/")
    if first or not parts or NEVER.search(path):
        return None
    if any(part.startswith(".") for part in parts) or "" in parts[:-1]:
        return None
    return parts


def lies_in(root: Path, path: Path) -> bool:
    """Whether a path leads into a folder, all links followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
