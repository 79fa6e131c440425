"""Visitors without a session get kept pages, never another's, and never an old one for long."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from network_site.base import freshness, page_cache
from network_site.base.page_cache import NEVER, PERSONAL, PUBLIC, AnonymousPageCache, Store

LONG = "<p>a page that is long enough to be worth packing</p>" * 50


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class House:
    """The middleware over one view, with the clock and the site's state in the test's hands."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = Clock()
        self.state = 1
        self.asked = 0
        self.made: list[HttpRequest] = []
        self.answer: Callable[[HttpRequest], HttpResponseBase] = lambda request: HttpResponse(LONG)
        self.cache = AnonymousPageCache(self.view, store=Store(clock=self.clock))
        monkeypatch.setattr(freshness, "current", self.current)

    def current(self) -> int:
        self.asked += 1
        return self.state

    def view(self, request: HttpRequest) -> HttpResponseBase:
        self.made.append(request)
        return self.answer(request)

    def get(
        self, path: str = "/about/", method: str = "GET", cookies: dict[str, str] | None = None, **headers: str
    ) -> Any:
        request = RequestFactory(headers=headers).generic(method, path)
        request.COOKIES.update(cookies or {})
        return self.cache(request)


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch, settings: Any) -> House:
    settings.PAGE_CACHE_SECONDS = 60
    return House(monkeypatch)


def test_a_page_is_made_once(house: House) -> None:
    answers = [house.get() for _ in range(3)]
    assert len(house.made) == 1
    assert {answer.content for answer in answers} == {LONG.encode()}
    assert {answer["Cache-Control"] for answer in answers} == {PUBLIC}
    assert len({answer["ETag"] for answer in answers}) == 1
    assert {answer["Vary"] for answer in answers} == {"Cookie, Accept-Encoding"}


def test_the_headers_of_the_view_are_kept(house: House) -> None:
    house.answer = lambda request: HttpResponse("x", headers={"X-House": "yes", "Content-Language": "cy"})
    house.get()
    assert (house.get()["X-House"], house.get()["Content-Language"]) == ("yes", "cy")


@pytest.mark.parametrize("other", [
    {"path": "/people/"},
    {"path": "/about/?page=2"},
    {"accept_language": "cy"},
    {"host": "other.example.org"},
])  # fmt: skip
def test_another_page_is_another_page(house: House, other: dict[str, str]) -> None:
    house.get()
    house.get(**other)
    house.get(**other)
    assert len(house.made) == 2


def test_a_secure_page_is_not_the_insecure_one(house: House) -> None:
    house.get()
    house.cache(RequestFactory().get("/about/", secure=True))
    assert len(house.made) == 2


@pytest.mark.parametrize(
    "request_of",
    [
        {"method": "POST"},
        {"cookies": {"sessionid": "x"}},
        {"path": "/about/?q=words"},
        {"path": "/about/?page=2&q=words"},
        {"path": "/about/?page=" + "9" * 40},
        {"hx_request": "true"},
        {"authorization": "Basic eA=="},
        *({"path": f"{start}x/"} for start in NEVER),
    ],
    ids=str,
)
def test_these_are_made_each_time(house: House, request_of: dict[str, Any]) -> None:
    for _ in range(2):
        house.get(**request_of)
    assert len(house.made) == 2
    assert not house.cache.store.pages


@pytest.mark.parametrize("start", NEVER)
def test_what_belongs_to_one_person_is_kept_by_nobody(house: House, start: str) -> None:
    assert house.get(f"{start}x/")["Cache-Control"] == PERSONAL
    house.answer = lambda request: HttpResponse("x", headers={"Cache-Control": "no-cache"})
    assert house.get(f"{start}x/")["Cache-Control"] == "no-cache"


def test_a_visitor_with_a_session_gets_a_page_of_their_own(house: House) -> None:
    house.get()
    house.answer = lambda request: HttpResponse("hello Ada")
    answer = house.get(cookies={"sessionid": "x"})
    assert (answer.content, answer["Cache-Control"]) == (b"hello Ada", "private, no-cache")
    assert house.get().content == LONG.encode()
    house.answer = lambda request: HttpResponse("x", content_type="text/plain")
    assert "Cache-Control" not in house.get(cookies={"sessionid": "x"})


def with_cookie(request: HttpRequest) -> HttpResponseBase:
    answer = HttpResponse(LONG)
    answer.set_cookie("csrftoken", "x")
    return answer


ANSWERS: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {
    "a cookie": with_cookie,
    "not found": lambda request: HttpResponse(LONG, status=404),
    "an error": lambda request: HttpResponse(LONG, status=500),
    "a redirect": lambda request: HttpResponse(status=302, headers={"Location": "/"}),
    "data": lambda request: HttpResponse(LONG, content_type="application/json"),
    "private": lambda request: HttpResponse(LONG, headers={"Cache-Control": "private"}),
    "its own time": lambda request: HttpResponse(LONG, headers={"Cache-Control": "max-age=9"}),
    "varies": lambda request: HttpResponse(LONG, headers={"Vary": "X-Mood"}),
    "a stream": lambda request: StreamingHttpResponse([LONG.encode()], content_type="text/html"),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_these_answers_are_not_kept(house: House, kind: str) -> None:
    house.answer = ANSWERS[kind]
    for _ in range(2):
        house.get()
    assert len(house.made) == 2
    assert not house.cache.store.pages


def test_an_answer_with_a_cookie_is_not_called_public(house: House) -> None:
    house.answer = with_cookie
    assert "Cache-Control" not in house.get()


def test_a_browser_that_has_the_page_gets_a_nod(house: House) -> None:
    etag = house.get()["ETag"]
    answer = house.get(if_none_match=etag)
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert answer["Cache-Control"] == PUBLIC
    assert "Content-Type" not in answer
    assert house.get(if_none_match='"older"').status_code == 200


def test_the_first_visitor_may_get_a_nod_too(house: House) -> None:
    etag = house.get()["ETag"]
    house.state += 1
    house.clock.now += 1
    assert house.get(if_none_match=etag).status_code == 304
    assert len(house.made) == 2


def test_pages_are_packed_for_browsers_that_unpack(house: House) -> None:
    plain, packed = house.get(), house.get(accept_encoding="gzip, deflate")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == LONG.encode() == plain.content
    assert len(packed.content) == int(packed["Content-Length"]) < int(plain["Content-Length"])
    assert packed["ETag"] != plain["ETag"]
    assert house.get(accept_encoding="gzip", if_none_match=packed["ETag"]).status_code == 304


def test_short_pages_are_not_packed(house: House) -> None:
    house.answer = lambda request: HttpResponse("short")
    assert "Content-Encoding" not in house.get(accept_encoding="gzip")


def test_asking_for_the_headers_alone_is_answered_from_the_kept_page(house: House) -> None:
    house.get(method="HEAD")
    assert not house.cache.store.pages
    house.get()
    answer = house.get(method="HEAD")
    assert len(house.made) == 2
    assert (answer.content, answer["Content-Length"]) == (b"", str(len(LONG)))


def test_a_change_shows_within_half_a_second(house: House) -> None:
    house.get()
    house.state += 1
    house.clock.now += 0.49
    house.get()
    assert len(house.made) == 1
    house.clock.now += 0.01
    house.get()
    assert len(house.made) == 2


def test_the_state_of_the_site_is_asked_at_most_twice_a_second(house: House) -> None:
    for _ in range(100):
        house.get()
        house.clock.now += 0.01
    assert house.asked == 2


def test_a_page_gets_old(house: House) -> None:
    house.get()
    house.clock.now += 59.9
    house.get()
    assert len(house.made) == 1
    house.clock.now += 0.1
    house.get()
    assert len(house.made) == 2


def test_a_page_made_while_the_site_changed_is_not_kept(house: House) -> None:
    def slow(request: HttpRequest) -> HttpResponseBase:
        if len(house.made) == 1:  # while this page is made, another visitor comes after a change
            house.state += 1
            house.clock.now += 1
            house.get("/people/")
        return HttpResponse("made from what was")

    house.answer = slow
    house.get()
    assert [key[2] for key in house.cache.store.pages] == ["/people/"]
    house.get()
    assert len(house.made) == 3


def test_pages_are_still_shown_while_the_database_is_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.get()

    def gone() -> int:
        raise OperationalError

    monkeypatch.setattr(freshness, "current", gone)
    house.clock.now += 1
    assert house.get().status_code == 200
    assert len(house.made) == 1


def test_the_pages_kept_longest_make_room(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "MOST_PAGES", 3)
    for name in "abcd":
        house.get(f"/{name}/")
    assert [key[2] for key in house.cache.store.pages] == ["/b/", "/c/", "/d/"]


@pytest.mark.parametrize(("seconds", "debug"), [(0, False), (60, True)])
def test_it_can_be_turned_off(house: House, settings: Any, seconds: int, *, debug: bool) -> None:
    settings.PAGE_CACHE_SECONDS, settings.DEBUG = seconds, debug
    answers = [house.get() for _ in range(2)]
    assert len(house.made) == 2
    assert {answer["Cache-Control"] for answer in answers} == {PUBLIC}


def test_it_stands_above_the_sessions_and_below_the_redirect_to_https(settings: Any) -> None:
    names = [path.rpartition(".")[2] for path in settings.MIDDLEWARE]
    assert names[:2] == ["SecurityMiddleware", "AnonymousPageCache"]
    assert names.index("AnonymousPageCache") < names.index("SessionMiddleware")


@pytest.mark.django_db
def test_the_real_home_page_is_kept(settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    visitor = Client()
    first = visitor.get("/")
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as queries:
        again = visitor.get("/")
    assert all("base_freshness" in query["sql"] for query in queries)
    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert not again.cookies


def test_a_change_that_the_pages_notice_makes_the_words_be_asked_again(monkeypatch) -> None:
    """Otherwise a page made just after it could be kept with the navigation of before."""
    forgot = []
    monkeypatch.setattr(page_cache.freshness.seen, "forget", lambda: forgot.append(True))
    store = page_cache.Store(clock=lambda: 0.0)
    store._see(7)
    store._see(7)
    assert forgot == [True]
