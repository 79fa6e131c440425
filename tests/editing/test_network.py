"""The guard in front of other people's servers: no link of an editor's reaches a private network."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.editing.links.network import Deadline, GuardedConnection, NotPublicError, is_public, look_up

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
    "224.0.0.1", "239.1.2.3", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1",
    "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@given(
    st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7") | st.ip_addresses(network="127.0.0.0/8")
)
def test_whole_private_networks(address: Any) -> None:
    assert not is_public(str(address))


def answering(*addresses: str) -> Callable[..., Any]:
    return lambda host, port, **more: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]


def test_a_name_for_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("10.1.2.3"))
    with pytest.raises(NotPublicError, match=r"intranet\.example"):
        look_up("intranet.example", 443)


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("8.8.8.8", "127.0.0.1"))
    with pytest.raises(NotPublicError):
        look_up("both.example", 80)


def test_public_addresses_come_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answering("8.8.8.8", "8.8.8.8", "1.1.1.1"))
    assert look_up("dns.example", 443) == ["8.8.8.8", "1.1.1.1"]


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the name looked up twice, its owner could answer the second time with an address of ours."""
    asked: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], **more: Any) -> None:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    line = GuardedConnection(
        "a.example", is_secure=True, deadline=Deadline.within(5), find=lambda host, port: ["8.8.8.8"]
    )
    with pytest.raises(ConnectionRefusedError):
        line.request("HEAD", "/")
    assert asked == [("8.8.8.8", 443)]


@contextmanager
def server(speak: Callable[[socket.socket], None]) -> Iterator[int]:
    """Something on loopback that speaks as it is told to; its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def wait() -> None:
        try:
            line, _from = listening.accept()
        except OSError:
            return
        with line:
            speak(line)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()
        thread.join(5)


def loopback(port: int, *, seconds: float = 5) -> GuardedConnection:
    line = GuardedConnection(
        "slow.example", is_secure=False, deadline=Deadline.within(seconds), find=lambda *_: ["127.0.0.1"]
    )
    line.port = port
    return line


def test_a_server_is_asked() -> None:
    heard: list[bytes] = []

    def speak(line: socket.socket) -> None:
        heard.append(line.recv(2000))
        line.sendall(b"HTTP/1.1 204 No Content\r\nX-Word: yes\r\n\r\n")

    with server(speak) as port:
        line = loopback(port)
        line.request("HEAD", "/there")
        answer = line.getresponse()
        assert (answer.status, answer.headers["X-Word"]) == (204, "yes")
        line.close()
    assert heard[0].startswith(b"HEAD /there HTTP/1.1\r\nHost: slow.example")


def test_a_server_that_drips_does_not_hold_the_worker() -> None:
    """A byte now and then restarts a socket's own timeout; the whole conversation has one deadline."""
    stop = threading.Event()

    def speak(line: socket.socket) -> None:
        line.recv(2000)
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        while not stop.wait(0.05):
            try:
                line.sendall(b"X-Drip: 1\r\n")
            except OSError:
                return

    with server(speak) as port:
        line = loopback(port, seconds=0.4)
        line.request("HEAD", "/")
        with pytest.raises(TimeoutError):
            line.getresponse()
        line.close()
        stop.set()


def test_no_time_left_is_a_timeout() -> None:
    late = Deadline(at=10.0, clock=lambda: 10.0)
    with pytest.raises(TimeoutError):
        late.left()
    assert Deadline(at=10.0, clock=lambda: 7.5).left() == 2.5
