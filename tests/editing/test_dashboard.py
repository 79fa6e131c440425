"""The first page of the admin, for each role."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from network_site.base.offers import Waiting, waiting
from network_site.editing import dashboard
from network_site.editing.checks.document import parse
from network_site.editing.links import uses
from network_site.editing.models import LinkCheck
from network_site.people.models import User
from tests.editing.conftest import said


def send_in(page: Any, by: User) -> None:
    page.save_revision(user=by)
    page.get_workflow().start(page, by)


def waits(response: Any) -> list[str]:
    """What the panel says, each with its number."""
    panel = said(response).partition('<ul class="house-waiting">')[2].partition("</ul>")[0]
    return [item.text() for item in parse(panel).all("li")]


def test_nothing_waits(home: Any, desk: Client) -> None:
    page = said(desk.get("/admin/"))
    assert "Nothing waits for you." in page
    assert "Nothing has a date." in page
    assert "Nothing was published this week." in page


def test_what_waits_for_an_editor(add: Callable[..., Any], desk: Client, editor: User, author: User) -> None:
    today = timezone.localdate()
    page = add("Mine", owner=editor, review_on=today)
    add("Not mine", review_on=today)
    forgotten = add("Forgotten", live=False, owner=editor)
    forgotten.save_revision()
    Page.objects.filter(pk=forgotten.pk).update(
        has_unpublished_changes=True, latest_revision_created_at=timezone.now() - timedelta(days=15)
    )
    send_in(add("Sent in", live=False, owner=author), author)
    uses.write_down(page, {"https://a.example/": "A", "https://b.example/": "B"}, now=timezone.now())
    LinkCheck.objects.update(status="broken", checked_at=timezone.now())
    response = desk.get("/admin/")
    assert waits(response) == [
        "1 text was sent in for you to read",
        "1 page of yours is due to be read again",
        "2 links are broken",
        "1 draft of yours has waited for two weeks",
    ]
    for one in dashboard.what_waits(response.wsgi_request):
        assert desk.get(one.url).status_code == 200


def test_an_author_is_not_asked_to_decide(
    add: Callable[..., Any], author: User, as_user: Callable[[User], Client]
) -> None:
    send_in(add("Sent in", live=False, owner=author), author)
    assert waits(as_user(author).get("/admin/")) == []
    assert "Sent in" in said(as_user(author).get("/admin/"))  # among what they sent in


def test_every_room_can_say_what_waits(home: Any, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_offers", dict(waiting._offers))
    waiting.add("a_room")(lambda request: [Waiting(3, "messages <b>wait</b>", "/admin/x/"), Waiting(0, "none", "/y/")])
    assert waits(desk.get("/admin/")) == ["3 messages <b>wait</b>"]


def test_this_week(add: Callable[..., Any], desk: Client) -> None:
    add("New")
    old = add("Old")
    Page.objects.filter(pk=old.pk).update(last_published_at=timezone.now() - timedelta(days=8))
    soon = add("Soon", live=False)
    soon.go_live_at = timezone.now() + timedelta(days=2)
    soon.save_revision().publish()
    page = said(desk.get("/admin/"))
    times = page.partition('id="times"')[2].partition('id="')[0] or page
    assert "New" in times
    assert "Soon" in times
    assert ">Old<" not in times


def test_what_comes_is_told_only_to_those_who_may_change_it(add: Callable[..., Any]) -> None:
    soon = add("Soon", live=False)
    soon.go_live_at = timezone.now() + timedelta(days=2)
    soon.save_revision().publish()
    stranger = User.objects.create_user("stranger@example.org")
    assert dashboard.coming(stranger, now=timezone.now()) == []
    assert dashboard.published_lately(stranger, now=timezone.now()) == []


def test_the_first_page_costs_the_same_however_much_was_published(add: Callable[..., Any], desk: Client) -> None:
    counts = []
    for number in (1, 3, 30):
        for n in range(number):
            add(f"Page {number} {n}")
        desk.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            desk.get("/admin/")
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_the_brand(home: Any, desk: Client) -> None:
    page = said(desk.get("/admin/"))
    assert "editing/admin.css" in page
    assert "ui/mark.svg" in page
    assert "editing/avatar.svg" in page
    assert "guide.wagtail.org" not in page
    assert "gravatar" not in page
    assert reverse("editing:guide") in page


def test_locked_pages_are_a_report_and_no_panel(home: Any, desk: Client, editor: User) -> None:
    home.locked, home.locked_by, home.locked_at = True, editor, timezone.now()
    home.save()
    assert "Your locked pages" not in said(desk.get("/admin/"))
