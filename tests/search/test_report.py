"""What people search for, as editors see it, and their suggestions in Wagtail's own admin."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion

from network_site.pages.models import StandardPage
from network_site.people.models import User
from tests.search.conftest import Shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now_fresh")]
ADDRESS = "/admin/reports/searches/"


def searched(words: str, hits: int, days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    QueryDailyHits.objects.create(query=Query.get(words), date=day, hits=hits)


@pytest.fixture
def editor(client: Client, home: Any) -> Client:
    user = User.objects.create_user("editor@example.org")
    group = Group.objects.create(name="Suggesting")
    rights = ("access_admin", "add_searchpromotion", "change_searchpromotion", "delete_searchpromotion")
    group.permissions.add(*Permission.objects.filter(codename__in=rights))
    user.groups.add(group)
    client.force_login(user)
    return client


@pytest.fixture
def log(shelf: Shelf, add: Callable[..., Any]) -> None:
    shelf.put("Choir")
    searched("choir", 5)
    searched("choir", 3, days_ago=20)
    searched("xyzzy", 4, days_ago=10)
    for title in ("One", "Two"):
        SearchPromotion.objects.create(query=Query.get("choir"), page=add(StandardPage, title=title))
    Query.get("never asked")


def rows(client: Client, **asked: str) -> list[list[str]]:
    response = client.get(ADDRESS, {**asked, "export": "csv"})
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]


def test_searches_are_listed_with_what_they_find(editor: Client, log: None) -> None:
    assert rows(editor) == [["choir", "8", "1", "2"], ["xyzzy", "4", "0", "0"]]
    page = editor.get(ADDRESS).content.decode()
    assert "What people search for" in page
    assert re.search(r"/admin/searchpicks/\d+/", page)
    assert "/admin/searchpicks/add/" in page


def test_of_some_days(editor: Client, log: None) -> None:
    assert rows(editor, days="7") == [["choir", "5", "1", "2"]]
    assert rows(editor, days="30") == [["choir", "8", "1", "2"], ["xyzzy", "4", "0", "0"]]


def test_those_that_find_nothing(editor: Client, log: None) -> None:
    assert rows(editor, nothing="true") == [["xyzzy", "4", "0", "0"]]
    assert rows(editor, nothing="false") == [["choir", "8", "1", "2"]]
    assert rows(editor, nothing="true", days="7") == []


def test_a_word_in_the_log_is_looked_for(editor: Client, log: None) -> None:
    assert rows(editor, q="xyz") == [["xyzzy", "4", "0", "0"]]


def test_a_spreadsheet_runs_nothing(editor: Client, shelf: Shelf) -> None:
    searched("=1+1", 1)
    assert rows(editor) == [["'=1+1", "1", "0", "0"]]


def test_it_is_in_the_menu_once(editor: Client, log: None) -> None:
    menu = editor.get("/admin/").content.decode()
    assert "reports/searches/" in menu
    assert "search-terms" not in menu


def test_it_is_for_those_who_may_suggest(client: Client, home: Any) -> None:
    user = User.objects.create_user("manager@example.org")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(ADDRESS).status_code == 302
    assert "reports/searches/" not in client.get("/admin/").content.decode()


def test_suggesting_a_result_in_the_admin_shows_it_to_visitors(
    editor: Client, add: Callable[..., Any], shelf: Shelf
) -> None:
    page = add(StandardPage, title="Sing with us")
    form = {
        "query_string": "choir",
        "editors_picks-TOTAL_FORMS": "1",
        "editors_picks-INITIAL_FORMS": "0",
        "editors_picks-MIN_NUM_FORMS": "0",
        "editors_picks-MAX_NUM_FORMS": "1000",
        "editors_picks-0-page": str(page.pk),
        "editors_picks-0-description": "Every Tuesday.",
        "editors_picks-0-ORDER": "1",
    }
    assert editor.post("/admin/searchpicks/add/", form).status_code == 302
    found = Client().get("/search/", {"q": "choir"}).content.decode()
    assert "Sing with us" in found
    assert "Every Tuesday." in found


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_are_few_however_long_the_list(
    editor: Client, shelf: Shelf, django_assert_max_num_queries: Any, number: int
) -> None:
    for one in range(number):
        searched(f"choir {one}", 1)
    editor.get(ADDRESS)
    with django_assert_max_num_queries(25):
        editor.get(f"{ADDRESS}results/")
