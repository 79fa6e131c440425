"""Saved searches at the desk: counts and searches, no addresses, and stopping on request."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network_site.base.models import AuditEntry
from network_site.people.models import User
from research_db.alerts import saving
from research_db.models import SavedSearch
from tests.research_db.admin.conftest import author, editor
from tests.research_db.alerts.conftest import NOW, ask, saved

__all__ = ["author", "editor"]
pytestmark = pytest.mark.django_db
DESK = "/admin/research/alerts/"


def words(client: Client, address: str = DESK) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_says_how_many_there_are_and_of_what_but_not_whose(editor: Client) -> None:
    assert "Nobody has saved a search yet." in words(editor)
    saved("q=<b>walking", "ada@example.net")
    saved("q=<b>walking", "bo@example.net")
    saving.pause(saved("q=singing", "ada@example.net"), now=NOW)
    ask("", "cy@example.net")
    said = words(editor)
    assert "3 addresses</span> <span>2 on</span> <span>1 paused</span> <span>1 not confirmed yet" in said
    assert '<a href="/research/?q=%3Cb%3Ewalking">“&lt;b&gt;walking”</a></th> <td>2</td> <td>0</td> <td>0</td>' in said
    assert said.index("walking") < said.index("singing") < said.index("everything")
    assert "example.net" not in said
    assert f'"url": "{DESK}"' in words(editor, "/admin/").replace("&quot;", '"')


def test_stopping_on_request(editor: Client) -> None:
    for query in ("q=walking", "q=singing"):
        saved(query)
    kept = saved("q=walking", "bo@example.org")
    assert "This is final." in words(editor, f"{DESK}stop/")
    answer = editor.post(f"{DESK}stop/", {"email": "ADA@example.org"}, follow=True)
    assert "2 saved searches are stopped." in answer.content.decode()
    assert list(SavedSearch.objects.all()) == [kept]
    entry = AuditEntry.objects.get(verb="stopped on request")
    assert entry.by == User.objects.get(name="Research editors")
    assert "ada@" not in str(entry.data)
    assert "0 saved searches" in editor.post(f"{DESK}stop/", {"email": "x@example.org"}, follow=True).content.decode()
    assert editor.post(f"{DESK}stop/", {"email": "ada"}).status_code == 200


def test_only_those_who_may(client: Client, author: Client) -> None:
    assert client.get(DESK).status_code == 302
    assert "Nobody has saved" in words(author)
    assert author.get(f"{DESK}stop/").status_code == 302
    user = User.objects.create_user(email="staff@example.org")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    assert client.get(DESK).status_code == 302


def test_the_same_queries_for_few_and_many(editor: Client) -> None:
    counts = []
    for number in (1, 3, 30):
        while SavedSearch.objects.count() < number:
            ask(f"q=w{SavedSearch.objects.count()}", f"p{SavedSearch.objects.count()}@example.org")
        editor.get(DESK)
        with CaptureQueriesContext(connection) as queries:
            editor.get(DESK)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2], counts
