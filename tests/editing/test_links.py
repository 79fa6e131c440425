"""Links on our pages: found, asked for, judged, and asked for again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from network_site.base import stopping
from network_site.editing.checks.document import parse
from network_site.editing.links import checking, uses, verdicts
from network_site.editing.links.asking import Answer, UnaskableError
from network_site.editing.links.inside import path_on_this_site, visit
from network_site.editing.links.network import NotPublicError
from network_site.editing.links.verdicts import PATIENCE, of_answer, of_error, write_down
from network_site.editing.models import GONE, LinkCheck, LinkUse

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
Status = LinkCheck.Status


def link(address: str = "https://a.example/", **fields: Any) -> LinkCheck:
    host = "" if address.startswith("/") or not address else address.split("/")[2]
    return LinkCheck.objects.create(
        **{"digest": LinkCheck.digest_of(address), "address": address, "host": host, "due_at": NOW, **fields}
    )


# --- finding ----------------------------------------------------------------------------------------------


def found(html: str) -> dict[str, str]:
    return uses.links_in(parse(html), base="http://testserver/about/")


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://a.example/x#part", "https://a.example/x"),
        ("/news/", "/news/"),
        ("../news/?page=2", "/news/?page=2"),
        ("http://testserver/news/", "/news/"),
        ("//testserver/news/", "/news/"),
        ("//a.example/x", "http://a.example/x"),
        ("  https://a.example/  ", "https://a.example/"),
    ],
)
def test_addresses_are_kept_in_one_form(href: str, address: str, home: Any) -> None:
    assert found(f"<a href='{href}'>Words</a>") == {address: "Words"}


@pytest.mark.parametrize(
    "href",
    ["#part", "", " ", "mailto:a@b.c", "tel:123", "javascript:alert(1)", "data:text/html,x", "/static/x.css", "/admin/", "http://[::1", "ftp://a/"],
)  # fmt: skip
def test_what_is_no_link_to_check(href: str, home: Any) -> None:
    assert found(f"<a href='{href}'>Words</a>") == {}


def test_a_link_without_an_address_led_to_a_page_that_is_gone(home: Any) -> None:
    assert found("<a>Our old page</a><a id='x'></a><a name='y'></a>") == {GONE: "Our old page"}


def test_the_first_words_stand(home: Any) -> None:
    assert found("<a href='/x/'>First</a><a href='/x/'>Second</a>") == {"/x/": "First"}


def test_there_is_an_end_to_it(home: Any) -> None:
    assert len(found("".join(f"<a href='/{n}/'>x</a>" for n in range(900)))) == uses.MOST_LINKS


@pytest.mark.django_db
@given(st.text())
def test_any_href_is_read(href: str) -> None:
    element = parse("<a>x</a>").first("a")
    assert element
    element.attributes["href"] = href
    address = uses._address(element, base="http://testserver/")
    assert address is None or address.startswith(("/", "http://", "https://"))


def test_what_a_page_links_to_is_kept(add: Callable[..., Any]) -> None:
    page, other = add(), add("Another")
    uses.write_down(page, {"/a/": "A", "https://b.example/": "B"}, now=NOW)
    uses.write_down(other, {"/a/": "Also A"}, now=NOW)
    assert LinkCheck.objects.count() == 2
    uses.write_down(page, {"/a/": "A again", GONE: "C"}, now=NOW + DAY)
    kept = {(use.link.address, use.page.title, use.words) for use in LinkUse.objects.select_related("link", "page")}
    assert kept == {("/a/", "A page", "A again"), (GONE, "A page", "C"), ("/a/", "Another", "Also A")}
    assert LinkCheck.objects.get(address="/a/").due_at == NOW


# --- judging ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "status"),
    [(200, "works"), (204, "works"), (304, "works"), (404, "broken"), (410, "broken"), (401, "unsure"), (403, "unsure"),
     (429, "unsure"), (451, "unsure"), (999, "unsure"), (400, "unsure"), (500, "unsure"), (503, "unsure")],
)  # fmt: skip
def test_what_an_answer_means(code: int, status: str) -> None:
    assert of_answer(Answer(code, "https://a.example/")).status == status


def test_a_move_says_where_to() -> None:
    verdict = of_answer(Answer(200, "https://b.example/", has_moved=True))
    assert (verdict.status, verdict.moved_to) == (Status.MOVED, "https://b.example/")


def test_a_move_to_nowhere_is_broken() -> None:
    assert of_answer(Answer(404, "https://b.example/", has_moved=True)).status == Status.BROKEN


@pytest.mark.parametrize(
    ("error", "status", "is_silence"),
    [
        (NotPublicError("x"), "broken", False),
        (UnaskableError("x"), "unsure", False),
        (TimeoutError(), "unsure", True),
        (HTTPException(), "unsure", True),
        (ConnectionRefusedError(), "unsure", True),
        (OSError("no such host"), "unsure", True),
    ],
)
def test_what_an_error_means(error: Exception, status: str, is_silence: bool) -> None:
    verdict = of_error(error)
    assert (verdict.status, verdict.is_silence) == (status, is_silence)
    assert verdict.note.endswith((".", "."))


@pytest.mark.django_db
def test_silence_of_days_is_broken_and_one_answer_mends_it() -> None:
    one = link()
    silence = of_error(TimeoutError())
    write_down(one, silence, now=NOW)
    assert (one.status, one.failing_since) == (Status.UNSURE, NOW)
    write_down(one, silence, now=NOW + PATIENCE - timedelta(seconds=1))
    assert one.status == Status.UNSURE
    write_down(one, silence, now=NOW + PATIENCE)
    assert (one.status, one.failing_since) == (Status.BROKEN, NOW)
    write_down(one, of_answer(Answer(200, one.address)), now=NOW + 9 * DAY)
    assert (one.status, one.failing_since, one.note) == (Status.WORKS, None, "")


@pytest.mark.django_db
def test_a_refusal_is_never_broken_however_long() -> None:
    one = link()
    for day in range(10):
        write_down(one, of_answer(Answer(403, one.address)), now=NOW + day * DAY)
    assert one.status == Status.UNSURE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "verdict", [verdicts.Verdict("works", 200), verdicts.Verdict("broken", 404), verdicts.Verdict("unsure", 403)]
)
def test_everything_is_asked_for_again(verdict: verdicts.Verdict) -> None:
    one, own = link(), link("/x/")
    for each in (one, own):
        write_down(each, verdict, now=NOW)
    assert NOW + 12 * timedelta(hours=1) <= one.due_at <= NOW + 14 * DAY
    assert own.due_at == NOW + timedelta(hours=12)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "promise"),
    [
        ({"status": "works"}, "a_checked_link_says_when"),
        ({"status": "moved", "checked_at": NOW}, "a_moved_link_says_where_to"),
        ({"status": "works", "checked_at": NOW, "failing_since": NOW}, "a_working_link_does_not_fail"),
    ],
)
def test_the_database_keeps_what_links_promise(fields: dict[str, Any], promise: str) -> None:
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        link(**fields)


# --- the worker's round -----------------------------------------------------------------------------------


class Asked:
    """Answers everything, and remembers."""

    def __init__(self, answer: Answer | Exception | None = None) -> None:
        self.addresses: list[str] = []
        self.result = answer

    def __call__(self, address: str) -> Answer:
        self.addresses.append(address)
        if isinstance(self.result, Exception):
            raise self.result
        return self.result or Answer(200, address)


def used(page: Any, *addresses: str) -> None:
    uses.write_down(page, dict.fromkeys(addresses, "Words"), now=NOW)


def test_one_address_of_a_server_in_a_round(add: Callable[..., Any]) -> None:
    used(add(), "https://a.example/1", "https://a.example/2", "https://b.example/1")
    ask = Asked()
    assert checking.check_links(NOW, ask=ask) == 2
    assert checking.check_links(NOW, ask=ask) == 1
    assert checking.check_links(NOW, ask=ask) == 0
    assert sorted(ask.addresses) == ["https://a.example/1", "https://a.example/2", "https://b.example/1"]
    assert {address.split("/")[2] for address in ask.addresses[:2]} == {"a.example", "b.example"}


def test_not_too_many_servers_in_a_round(add: Callable[..., Any]) -> None:
    used(add(), *(f"https://a{n}.example/" for n in range(15)))
    assert checking.check_links(NOW, ask=Asked()) == checking.SERVERS_A_ROUND


def test_what_is_not_due_or_not_used_is_left_alone(add: Callable[..., Any]) -> None:
    used(add(), "https://a.example/")
    LinkCheck.objects.update(due_at=NOW + DAY)
    link("https://unused.example/")
    ask = Asked()
    assert checking.check_links(NOW, ask=ask) == 0


def test_a_link_nothing_uses_is_forgotten_after_a_while(add: Callable[..., Any]) -> None:
    used(add(), "https://a.example/")
    link("https://unused.example/")
    checking.check_links(NOW, ask=Asked())
    assert LinkCheck.objects.count() == 2
    checking.check_links(NOW + checking.KEEP_UNUSED + DAY, ask=Asked())
    assert [one.address for one in LinkCheck.objects.all()] == ["https://a.example/"]


@pytest.mark.parametrize(
    "error", [TimeoutError(), ValueError("x"), HTTPException("x"), UnicodeError("x"), NotPublicError("x")]
)
def test_one_bad_server_does_not_stop_the_round(add: Callable[..., Any], error: Exception) -> None:
    used(add(), "https://a.example/", "https://b.example/")
    assert checking.check_links(NOW, ask=Asked(error)) == 2
    assert not LinkCheck.objects.filter(status=Status.WAITING).exists()


def test_the_round_ends_when_the_worker_is_told_to(add: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    used(add(), "https://a.example/")
    monkeypatch.setattr(stopping, "is_asked", lambda: True)
    assert checking.check_links(NOW, ask=Asked()) == 0


def no_one(address: str) -> Answer:
    raise AssertionError(f"{address} is ours; nobody else is asked")


def test_our_own_pages_are_asked_in_this_process(add: Callable[..., Any]) -> None:
    page = add("There", slug="there")
    used(page, "/there/", "/not-there/", GONE)
    checking.check_links(NOW, ask=no_one)
    assert dict(LinkCheck.objects.values_list("address", "status")) == {
        "/there/": "works", "/not-there/": "broken", GONE: "broken",
    }  # fmt: skip


def test_a_redirect_an_editor_made_is_a_move(add: Callable[..., Any]) -> None:
    page = add("There", slug="there")
    Redirect.objects.create(old_path="/before", redirect_page=page)
    used(page, "/before/")
    checking.check_links(NOW, ask=no_one)
    one = LinkCheck.objects.get()
    assert one.status == Status.MOVED
    assert one.moved_to.endswith("/there/")


def test_a_page_taken_away_is_seen_with_the_next_round(add: Callable[..., Any]) -> None:
    page, there = add("A page"), add("There", slug="there")
    used(page, "/there/")
    checking.check_links(NOW, ask=no_one)
    assert LinkCheck.objects.get().due_at > NOW
    there.unpublish()
    one = LinkCheck.objects.get()
    checking.check_links(one.due_at, ask=no_one)
    assert LinkCheck.objects.get().status == Status.BROKEN


def test_a_page_that_is_deleted_makes_its_links_due(add: Callable[..., Any]) -> None:
    page, there = add("A page"), add("There", slug="there")
    used(page, "/there/")
    LinkCheck.objects.update(due_at=NOW + 900 * DAY)
    there.delete()
    assert LinkCheck.objects.get().due_at < NOW + 900 * DAY


def test_a_query_and_letters_of_any_language_reach_our_views(add: Callable[..., Any]) -> None:
    add("Gŵyl", slug="gŵyl")
    assert visit("/g%C5%B5yl/?x=1").status_code == 200


@pytest.mark.parametrize(
    ("address", "path"),
    [("/x/", "/x/"), ("http://testserver", "/"), ("http://TESTSERVER/x?y=1", "/x?y=1"), ("https://a.example/x", ""), ("mailto:x", "")],
)  # fmt: skip
def test_which_addresses_are_ours(address: str, path: str, home: Any) -> None:
    assert path_on_this_site(address) == path


def test_behind_a_proxy_our_own_pages_are_not_redirected(add: Callable[..., Any], settings: Any) -> None:
    add("There", slug="there")
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SITE_URL = "https://testserver"
    assert visit("/there/").status_code == 200


def test_a_page_of_ours_that_fails_says_nothing_certain(
    add: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = add("There", slug="there")
    used(page, "/there/")

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("The page is at fault.")

    monkeypatch.setattr("network_site.pages.models.StandardPage.get_context", fail)
    checking.check_links(NOW, ask=no_one)
    one = LinkCheck.objects.get()
    assert (one.status, one.code) == (Status.UNSURE, 500)


def test_a_link_is_told_by_its_address_or_as_gone() -> None:
    assert str(LinkCheck(address="/x/")) == "/x/"
    assert str(LinkCheck(address=GONE)) == "a page that is gone"


def test_a_client_sees_nothing_of_it(home: Any) -> None:
    """The handler in this process leaves no session and no cookie behind."""
    response = visit("/")
    assert not response.cookies
    assert Client().get("/").status_code == response.status_code
