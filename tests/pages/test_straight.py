"""The straight way to a page leads where the tree does, and asks less."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from wagtail.models import Page, PageViewRestriction, Site

from network_site.base import freshness, straight
from network_site.pages.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _remembering(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on the public site, where what editors wrote is kept; whole pages are not, so that each visit is served."""
    settings.PAGE_CACHE_SECONDS = 60
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "page_cache" not in name]
    monkeypatch.setattr(transaction, "on_commit", lambda call, **kwargs: call())


@pytest.fixture
def deep(home: HomePage, add: Callable[..., Any]) -> StandardPage:
    above = add(StandardPage, title="Above", slug="above")
    page: StandardPage = add(StandardPage, under=above, title="Deep", slug="deep")
    return page


def status(client: Client, path: str) -> int:
    freshness.seen.forget()
    return int(client.get(path).status_code)


def test_the_second_visit_asks_nothing(deep: StandardPage, client: Client) -> None:
    assert status(client, "/above/deep/") == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/above/deep/").status_code == 200
    assert [query["sql"] for query in queries if "base_freshness" not in query["sql"]] == []


def test_a_page_that_was_moved_or_renamed_is_at_its_new_address_only(deep: StandardPage, client: Client) -> None:
    assert status(client, "/above/deep/") == 200
    deep.slug = "deeper"
    deep.save_revision().publish()
    assert status(client, "/above/deeper/") == 200
    assert client.get("/above/deep/").status_code in {301, 404}
    page = Page.objects.get(pk=deep.pk)
    page.move(page.get_parent().get_parent(), pos="last-child")
    assert status(client, "/deeper/") == 200
    assert client.get("/above/deeper/").status_code in {301, 404}


def test_a_page_that_was_rewritten_is_shown_so_at_once(deep: StandardPage, client: Client) -> None:
    assert status(client, "/above/deep/") == 200
    deep.title = "Deep, and clear"
    deep.save_revision().publish()
    freshness.seen.forget()
    assert "Deep, and clear" in client.get("/above/deep/").content.decode()


def test_a_page_being_shown_is_nobody_elses(deep: StandardPage) -> None:
    place = straight.remembered("base.place", shown="a page", make=lambda: straight.Place(Site(), deep))
    place.page.title = "Changed while it is shown"
    again = straight.remembered("base.place", shown="a page", make=lambda: None)
    assert again
    assert again.page == deep
    assert again.page.title == "Deep"


def test_a_page_that_is_taken_down_is_gone_at_once(deep: StandardPage, client: Client) -> None:
    assert status(client, "/above/deep/") == 200
    deep.unpublish()
    assert status(client, "/above/deep/") == 404


def test_a_page_that_is_closed_is_closed_at_once(deep: StandardPage, client: Client) -> None:
    assert status(client, "/above/deep/") == 200
    PageViewRestriction.objects.create(page=deep.get_parent(), restriction_type="login")
    assert status(client, "/above/deep/") == 302


def test_the_way_up_follows_a_new_title(deep: StandardPage, client: Client) -> None:
    assert "Above" in client.get("/above/deep/").content.decode()
    above = StandardPage.objects.get(slug="above")
    above.title = "Higher"
    above.save_revision().publish()
    freshness.seen.forget()
    assert "Higher" in client.get("/above/deep/").content.decode()


def test_the_home_page_is_found_the_straight_way_too(home: HomePage, client: Client) -> None:
    assert status(client, "/") == 200
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    assert not [query for query in queries if "wagtailcore_site" in query["sql"]]


def test_what_is_no_page_of_ours_is_left_to_the_tree(home: HomePage, client: Client) -> None:
    home.add_child(instance=Page(title="Plain", slug="plain"))
    assert [status(client, "/plain/"), status(client, "/plain/")] == [200, 200]
    assert status(client, "/nothing/here/") == 404


def test_a_page_is_at_the_address_of_its_site_only(home: HomePage, add: Callable[..., Any], client: Client) -> None:
    add(StandardPage, title="Ours", slug="ours")
    other = home.get_parent().add_child(instance=HomePage(title="Other", slug="other", headline="Other", lead="Other"))
    Site.objects.create(hostname="other.example", port=80, root_page=other)
    other.add_child(instance=StandardPage(title="Theirs", slug="theirs"))
    for _visit in range(2):
        assert status(client, "/ours/") == 200
        assert status(client, "/theirs/") == 404
        assert client.get("/theirs/", headers={"host": "other.example"}).status_code == 200
        assert client.get("/ours/", headers={"host": "other.example"}).status_code == 404


def test_a_site_that_begins_elsewhere_is_followed_at_once(deep: StandardPage, client: Client) -> None:
    assert status(client, "/above/deep/") == 200
    site = Site.objects.get(is_default_site=True)
    site.root_page = deep.get_parent()
    site.save()
    assert status(client, "/deep/") == 200
    assert status(client, "/above/deep/") == 404


def test_wagtails_own_addresses_stay_its_own() -> None:
    assert resolve("/_util/login/").url_name == "wagtailcore_login"
    assert reverse("wagtail_serve", args=["above/"]) == "/above/"
