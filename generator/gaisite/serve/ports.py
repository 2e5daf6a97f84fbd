"""The port: the one asked for, or the next that is free."""

import errno
import os
import socket
from contextlib import ExitStack
from dataclasses import dataclass

MORE = 20
"""How many ports after the one asked for are tried."""
LAST = 65535
BACKLOG = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Sockets that listen, all at one port."""

    sockets: tuple[socket.socket, ...]
    port: int

    def close(self) -> None:
        """Give the port back."""
        for each in self.sockets:
            each.close()


class CannotListen(Exception):
    """No port could be had."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(reason)
        self.host = host
        self.port = port
        self.reason = reason
        """In the system's words; empty where all ports that were tried are taken."""


def find_port(host: str, port: int) -> Bound:
    """Sockets at the port, or at the first free one of those after it; CannotListen where there is none."""
    for number in range(port, min(port + MORE, LAST) + 1):
        try:
            return bind_port(host, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CannotListen(host, number, error.strerror or str(error)) from error
        except UnicodeError as error:
            raise CannotListen(host, number, str(error)) from error
    raise CannotListen(host, port, "")


def bind_port(host: str, port: int) -> Bound:
    """Sockets at every address of a host, at one port; 0 stands for any that is free."""
    sockets: list[socket.socket] = []
    refused: OSError | None = None
    with ExitStack() as opened:
        for family, address in list_addresses(host):
            try:
                each = open_socket(family, address, port)
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    raise
                # `localhost` has an address of the sixth version also where the machine speaks only the fourth.
                refused = error
            else:
                opened.callback(each.close)
                sockets.append(each)
                port = each.getsockname()[1]
        if refused is not None and not sockets:
            raise refused
        opened.pop_all()
    return Bound(sockets=tuple(sockets), port=port)


def list_addresses(host: str) -> list[tuple[socket.AddressFamily, str]]:
    """The addresses of a host, each once."""
    found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((family, str(address[0])) for family, _, _, _, address in found))


def open_socket(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    """A socket that listens at one address."""
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            # On Windows this would let two servers share a port.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.settimeout(0)
        opened.bind((address, port))
        opened.listen(BACKLOG)
    except OSError:
        opened.close()
        raise
    return opened
