"""Everybody's own page and what features put on it."""

import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils.html import format_html

from network_site.people import my_area
from network_site.people.models import User
from network_site.people.roles import EDITORS, grant
from tests.pages.reading import Html


@pytest.fixture(autouse=True)
def _panels_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(my_area, "_panels", {})


def test_panels_stand_in_order_and_know_who_asks(ada: User, client: Client) -> None:
    @my_area.panel("test.late", order=200)
    def late(request: HttpRequest) -> str:
        return "late"

    @my_area.panel("test.mine", order=10)
    def mine(request: HttpRequest) -> str:
        return format_html("<h2>Bookings of {}</h2>", request.user)

    client.force_login(ada)
    html = client.get("/my/").content.decode()
    assert html.index("<h2>Bookings of Ada Weaver</h2>") < html.index("late") < html.index("My account")


def test_a_panel_with_nothing_to_say_is_left_out(ada: User, client: Client) -> None:
    my_area.panel("test.empty")(lambda request: "")
    client.force_login(ada)
    assert client.get("/my/").content.decode().count('<section class="block"') == 1


def test_the_same_panel_is_there_once() -> None:
    for words in ("first", "second"):
        my_area.panel("test.same")(lambda request, words=words: words)
    assert my_area.panels(HttpRequest()) == ["second"]


def test_words_that_are_not_marked_safe_are_escaped(ada: User, client: Client) -> None:
    my_area.panel("test.raw")(lambda request: "<b>bold</b>")
    client.force_login(ada)
    assert "&lt;b&gt;bold&lt;/b&gt;" in client.get("/my/").content.decode()


def test_nothing_of_it_is_kept_by_anybody(ada: User, client: Client) -> None:
    client.force_login(ada)
    answer = client.get("/my/")
    assert "no-store" in answer["Cache-Control"]


def test_an_editor_finds_the_way_to_work(ada: User, client: Client) -> None:
    grant(ada, EDITORS)
    client.force_login(ada)
    assert 'href="/admin/"' in client.get("/my/").content.decode()


def test_somebody_without_a_name_is_greeted_all_the_same(ada: User, client: Client) -> None:
    ada.name = ""
    ada.save()
    client.force_login(ada)
    html = client.get("/my/").content.decode()
    assert "<h1>My network</h1>" in Html(html)
    assert "You log in with ada@example.org." in html
