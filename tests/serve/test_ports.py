"""The port asked for, or the next free one."""

import errno
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from gaisite.serve import ports
from gaisite.serve.ports import MORE, Bound, CannotListen, bind_port, find_port


@contextmanager
def taken_port() -> Iterator[int]:
    """A port at which somebody listens, with room for twenty more after it."""
    while True:
        with closing(bind_port("127.0.0.1", 0)) as bound:
            if bound.port + MORE <= ports.LAST:
                yield bound.port
                return


def test_free_port_is_taken() -> None:
    with taken_port() as port:
        pass
    with closing(find_port("127.0.0.1", port)) as bound:
        assert bound.port >= port
        assert bound.sockets[0].getsockname() == ("127.0.0.1", bound.port)


def test_next_free_port_is_taken_where_one_is_not_free() -> None:
    with taken_port() as port, closing(find_port("127.0.0.1", port)) as bound:
        assert port < bound.port <= port + MORE


def test_all_ports_taken_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def refuse(host: str, port: int) -> Bound:
        tried.append(port)
        raise OSError(errno.EADDRINUSE, "taken")

    monkeypatch.setattr(ports, "bind_port", refuse)
    with pytest.raises(CannotListen) as caught:
        find_port("127.0.0.1", 8000)
    assert tried == list(range(8000, 8021))
    assert (caught.value.host, caught.value.port, caught.value.reason) == ("127.0.0.1", 8000, "")
    tried.clear()
    with pytest.raises(CannotListen):
        find_port("127.0.0.1", 65530)
    assert tried == list(range(65530, 65536))


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a" * 70, ""])
def test_host_that_is_not_this_machine_is_said(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(name: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if name == "192.0.2.1":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, 0))]
        if len(name) > 63:
            name.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(CannotListen) as caught:
        find_port(host, 8000)
    assert caught.value.host == host
    assert caught.value.reason


def test_name_with_several_addresses_has_one_port(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [(socket.AF_INET, f"127.0.0.{last}") for last in (1, 2)] + [(socket.AF_INET, "192.0.2.1")]
    monkeypatch.setattr(ports, "list_addresses", lambda host: addresses)
    with closing(bind_port("several", 0)) as bound:
        assert [each.getsockname() for each in bound.sockets] == [(f"127.0.0.{last}", bound.port) for last in (1, 2)]


def test_half_taken_port_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(bind_port("127.0.0.2", 0)) as other:
        monkeypatch.setattr(ports, "list_addresses", lambda host: [(socket.AF_INET, f"127.0.0.{n}") for n in (1, 2)])
        with pytest.raises(OSError, match="in use"):
            bind_port("several", other.port)
        monkeypatch.undo()
        bind_port("127.0.0.1", other.port).close()


def test_addresses_of_the_sixth_version_are_served() -> None:
    try:
        bound = bind_port("[::1]", 0)
    except OSError:
        pytest.skip("this machine speaks only the fourth version")
    with closing(bound):
        assert bound.sockets[0].getsockname()[0] == "::1"


def test_name_of_this_machine_has_an_address() -> None:
    with closing(bind_port("localhost", 0)) as bound:
        assert bound.port
