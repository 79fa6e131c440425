"""Asking whether something is at an address: HEAD, then GET where a server knows no HEAD, and on through redirects."""

from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

from network_site.editing.links.network import Deadline, GuardedConnection

# host, whether over TLS, until when: a connection.
Connect = Callable[[str, bool, Deadline], HTTPConnection]
SECONDS = 15
MOST_REDIRECTS = 5
PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
TOO_MANY_REQUESTS = 429
FIRST_ERROR = 400
PORTS = {"http": 80, "https": 443}
KEPT = "%/:=&?~+!$,;'@()*[]"


class UnaskableError(ValueError):
    """The address is one we do not ask: another protocol, another port, a password in it."""


@dataclass(frozen=True)
class Answer:
    """What was at the end: the status, the address it came from, and whether only permanent redirects led there."""

    code: int
    address: str
    has_moved: bool = False


def connect(host: str, is_secure: bool, deadline: Deadline) -> HTTPConnection:
    """A connection to a server of the public internet."""
    return GuardedConnection(host, is_secure=is_secure, deadline=deadline)


def ask(address: str, *, connect: Connect = connect, seconds: float = SECONDS) -> Answer:
    """Ask for an address and whatever it redirects to, all within so many seconds.

    Raises UnaskableError for what we do not ask, OSError for a server that cannot be reached or does not answer in
    time, HTTPException for one that answers nonsense.
    """
    deadline = Deadline.within(seconds)
    here, is_permanent = address, True
    for _step in range(MOST_REDIRECTS + 1):
        code, location = _knock(here, connect=connect, deadline=deadline)
        if code not in REDIRECTS or not location:
            return Answer(code, here, has_moved=is_permanent and here != address)
        here, is_permanent = urljoin(here, location), is_permanent and code in PERMANENT
    raise HTTPException("It redirects again and again.")


def _knock(address: str, *, connect: Connect, deadline: Deadline) -> tuple[int, str]:
    code, location = _request("HEAD", address, connect=connect, deadline=deadline)
    if code >= FIRST_ERROR and code != TOO_MANY_REQUESTS:
        return _request("GET", address, connect=connect, deadline=deadline)
    return code, location


def _request(method: str, address: str, *, connect: Connect, deadline: Deadline) -> tuple[int, str]:
    parts = askable(address)
    line = connect(parts.hostname or "", parts.scheme == "https", deadline)
    try:
        line.request(method, _target(parts), headers=_headers())
        answer = line.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        line.close()


def askable(address: str) -> SplitResult:
    """The parts of an address we may ask, its host in letters every server knows; UnaskableError for others."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:  # UnicodeError is one
        raise UnaskableError("This is not an address.") from error
    if parts.scheme not in PORTS or not host or parts.username is not None:
        raise UnaskableError("Only web addresses are checked.")
    if port not in {None, PORTS[parts.scheme]}:
        raise UnaskableError("Only the usual ports are asked.")
    return parts._replace(netloc=f"[{host}]" if ":" in host else host)


def _target(parts: SplitResult) -> str:
    target = quote(parts.path or "/", safe=KEPT)
    return f"{target}?{quote(parts.query, safe=KEPT)}" if parts.query else target


def _headers() -> dict[str, str]:
    return {
        "User-Agent": f"{settings.SITE_NAME} link checker (+{settings.SITE_URL}/)",
        "Accept": "text/html, application/pdf, */*;q=0.5",
        "Connection": "close",
    }
