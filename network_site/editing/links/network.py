"""Connections to other people's servers that cannot be turned against us.

An editor's link must not become a way into the network the site runs in: names are looked up once, every address they
stand for must be public, and the connection goes to the very address that was looked at.
"""

import io
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

HTTP, HTTPS = 80, 443
# Addresses of the sixth version that carry one of the fourth and may be turned back into it on the way.
TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


class NotPublicError(OSError):
    """The name stands for a machine of a private network."""


@dataclass(frozen=True)
class Deadline:
    """When a conversation has to be over, however slowly the other side speaks; `clock` is monotonic seconds."""

    at: float
    clock: Callable[[], float] = time.monotonic

    @classmethod
    def within(cls, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> "Deadline":
        """So many seconds from now."""
        return cls(clock() + seconds, clock)

    def left(self) -> float:
        """The seconds that are left; TimeoutError where none are."""
        seconds = self.at - self.clock()
        if seconds <= 0:
            raise TimeoutError("The server took too long.")
        return seconds


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet's."""
    found = ip_address(address.partition("%")[0])
    inner = _carried(found) if isinstance(found, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _carried(found: IPv6Address) -> IPv4Address | None:
    """The address of the fourth version inside one of the sixth."""
    if any(found in net for net in TRANSLATED):
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)


def look_up(host: str, port: int) -> list[str]:
    """The public addresses of a host; NotPublicError where one of them is not, OSError where there is none."""
    found = list(dict.fromkeys(str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
    if not all(is_public(address) for address in found):
        raise NotPublicError(f"{host} is inside a private network.")
    return found


@cache
def trust() -> ssl.SSLContext:
    """Whose certificates are believed: what the system believes."""
    return ssl.create_default_context()


class _TimedReader(io.RawIOBase):
    """Reads from a socket as long as there is time."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self.line = line
        self.deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.line.settimeout(self.deadline.left())
        return self.line.recv_into(buffer)


class _TimedSocket:
    """As much of a socket as an HTTP client uses; each step has only what is left of the time."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self.line = line
        self.deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send, or TimeoutError."""
        self.line.settimeout(self.deadline.left())
        self.line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """The answer as a file."""
        return io.BufferedReader(_TimedReader(self.line, self.deadline))

    def close(self) -> None:
        """Hang up."""
        self.line.close()


class GuardedConnection(HTTPConnection):
    """An HTTP connection to a public address that ends when its time is over."""

    def __init__(
        self, host: str, *, is_secure: bool, deadline: Deadline, find: Callable[[str, int], list[str]] = look_up
    ) -> None:
        self.default_port = HTTPS if is_secure else HTTP
        super().__init__(host, self.default_port)
        self.is_secure = is_secure
        self.deadline = deadline
        self.find = find

    def connect(self) -> None:
        address, *_others = self.find(self.host, self.port)
        line = socket.create_connection((address, self.port), timeout=self.deadline.left())
        if self.is_secure:
            line.settimeout(self.deadline.left())
            line = trust().wrap_socket(line, server_hostname=self.host)
        self.sock = _TimedSocket(line, self.deadline)
