"""HEAD, then GET; through redirects, each of them guarded; nothing but the web."""

from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network_site.editing.links.asking import Answer, UnaskableError, ask, askable
from network_site.editing.links.network import Deadline, NotPublicError

Asked = list[tuple[str, str, str]]


class World(BaseHTTPRequestHandler):
    """Servers of the world by their Host header: {(method or "*", host + path): (status, location)}."""

    answers: dict[tuple[str, str], tuple[int, str]] = {}
    asked: Asked = []

    def answer(self) -> None:
        host = self.headers["Host"]
        World.asked.append((self.command, host, self.path))
        place = f"{host}{self.path}"
        code, location = World.answers.get((self.command, place)) or World.answers.get(("*", place), (404, ""))
        self.send_response(code)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815  http.server calls them so

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def world() -> Iterator[Callable[..., Answer]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), World)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    World.asked.clear()
    World.answers.clear()

    def connect(host: str, is_secure: bool, deadline: Deadline) -> HTTPConnection:
        if host.endswith(".private"):
            raise NotPublicError(host)
        line = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        # The name one asks for, on the one server there is.
        line.host_header = host  # type: ignore[attr-defined]
        request = line.request
        line.request = lambda method, url, headers: request(method, url, headers={**headers, "Host": host})  # type: ignore[method-assign,assignment,misc]
        return line

    yield lambda address: ask(address, connect=connect)
    server.shutdown()
    server.server_close()
    thread.join()


def test_head_is_enough_where_it_is_answered(world: Callable[..., Answer]) -> None:
    World.answers[("HEAD", "a.example/x?y=1")] = (200, "")
    assert world("https://a.example/x?y=1#part") == Answer(200, "https://a.example/x?y=1#part")
    assert World.asked == [("HEAD", "a.example", "/x?y=1")]


@pytest.mark.parametrize("refusal", [400, 403, 404, 405, 500, 501])
def test_get_is_tried_where_head_fails(world: Callable[..., Answer], refusal: int) -> None:
    World.answers |= {("HEAD", "a.example/"): (refusal, ""), ("GET", "a.example/"): (200, "")}
    assert world("http://a.example/").code == 200
    assert [method for method, *_rest in World.asked] == ["HEAD", "GET"]


def test_a_server_that_says_too_often_is_not_asked_again(world: Callable[..., Answer]) -> None:
    World.answers[("*", "a.example/")] = (429, "")
    assert world("http://a.example/").code == 429
    assert len(World.asked) == 1


def test_a_permanent_redirect_is_a_move(world: Callable[..., Answer]) -> None:
    World.answers |= {
        ("*", "a.example/old"): (301, "/new"),
        ("*", "a.example/new"): (308, "https://b.example/n"),
        ("*", "b.example/n"): (200, ""),
    }
    assert world("http://a.example/old") == Answer(200, "https://b.example/n", has_moved=True)


def test_a_redirect_for_now_is_none(world: Callable[..., Answer]) -> None:
    World.answers |= {("*", "a.example/"): (302, "/en/"), ("*", "a.example/en/"): (200, "")}
    assert world("http://a.example/") == Answer(200, "http://a.example/en/", has_moved=False)


def test_a_redirect_may_not_lead_into_a_private_network(world: Callable[..., Answer]) -> None:
    World.answers[("*", "a.example/")] = (302, "http://metadata.private/latest")
    with pytest.raises(NotPublicError):
        world("http://a.example/")
    assert [host for _method, host, _path in World.asked] == ["a.example"]


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "gopher://a.example/", "http://a.example:6379/", "ftp://a/"]
)
def test_a_redirect_may_not_lead_out_of_the_web(world: Callable[..., Answer], location: str) -> None:
    World.answers[("*", "a.example/")] = (302, location)
    with pytest.raises(UnaskableError):
        world("http://a.example/")


def test_a_circle_ends(world: Callable[..., Answer]) -> None:
    World.answers |= {("*", "a.example/1"): (302, "/2"), ("*", "a.example/2"): (302, "/1")}
    with pytest.raises(HTTPException, match="again and again"):
        world("http://a.example/1")
    assert len(World.asked) == 6


def test_a_redirect_without_a_place_is_an_answer(world: Callable[..., Answer]) -> None:
    World.answers[("*", "a.example/")] = (304, "")
    assert world("http://a.example/").code == 304


def test_letters_of_any_language(world: Callable[..., Answer]) -> None:
    World.answers[("*", "xn--bcher-kva.example/gr%C3%BC%C3%9Fe%20an")] = (200, "")
    assert world("https://bücher.example/grüße an").code == 200


@pytest.mark.parametrize(
    "address",
    [
        "", "/x", "mailto:a@b.c", "javascript:alert(1)", "ftp://a.example/", "file:///etc/passwd", "http://", "http://:80/",
        "http://a.example:22/", "https://a.example:80/", "http://user:word@a.example/", "http://[::1", "http://a.example:x/",
        "http://" + "a" * 80 + ".example/", "http://a..example/",
    ],
)  # fmt: skip
def test_what_is_not_asked(address: str) -> None:
    with pytest.raises(UnaskableError):
        askable(address)


@given(st.text())
def test_any_text_is_asked_or_refused(text: str) -> None:
    try:
        parts = askable(f"http://{text}")
    except UnaskableError:
        return
    assert parts.scheme == "http"
    assert parts.netloc.isascii()
