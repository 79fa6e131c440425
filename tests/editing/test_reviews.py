"""Reading pages again: which are due, and saying that they were read."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from network_site.editing.reviews import due, mark_reviewed, months_later
from network_site.pages.models import StandardPage
from network_site.people.models import User
from tests.editing.conftest import said

TODAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 3, 1), 12, date(2028, 3, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2027, 1, 15), 0, date(2027, 1, 15)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_what_is_due(add: Callable[..., Any], editor: User) -> None:
    add("Not yet", review_on=TODAY + timedelta(days=1))
    add("Today", review_on=TODAY)
    add("Long ago", review_on=TODAY - timedelta(days=400))
    add("Never")
    add("A draft", review_on=TODAY, live=False)
    assert [page.title for page in due(editor, today=TODAY)] == ["Long ago", "Today"]


def test_nobody_is_told_of_pages_they_may_not_change(add: Callable[..., Any]) -> None:
    add("Today", review_on=TODAY)
    assert not due(User.objects.create_user("nobody@example.org"), today=TODAY).exists()


def test_reviewed_publishes_nothing_and_survives_the_next_publication(add: Callable[..., Any], editor: User) -> None:
    page = add("A page", review_on=TODAY)
    page.title = "A new title"
    page.save_revision()
    assert mark_reviewed(Page.objects.get(pk=page.pk), by=editor, today=TODAY) == date(2028, 3, 1)
    live = StandardPage.objects.get(pk=page.pk)
    assert (live.title, live.review_on, live.has_unpublished_changes) == ("A page", date(2028, 3, 1), True)
    live.get_latest_revision().publish()
    published = StandardPage.objects.get(pk=page.pk)
    assert (published.title, published.review_on) == ("A new title", date(2028, 3, 1))


def test_reviewed_reaches_a_version_that_waits_for_its_day(add: Callable[..., Any], editor: User) -> None:
    page = add("A page", review_on=TODAY)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.title = "Tomorrow"
    waiting = page.save_revision(approved_go_live_at=page.go_live_at)
    page.save_revision()
    mark_reviewed(Page.objects.get(pk=page.pk), by=editor, today=TODAY)
    waiting.refresh_from_db()
    assert waiting.content["review_on"] == "2028-03-01"


def test_the_history_says_who_and_until_when(add: Callable[..., Any], editor: User) -> None:
    page = add(review_on=TODAY)
    mark_reviewed(page, by=editor, today=TODAY)
    entry = PageLogEntry.objects.get(page=page, action="editing.reviewed")
    assert (entry.user, entry.data["again_on"], entry.message) == (editor, "2028-03-01", "Read again and found right")


def test_a_kind_without_such_a_date_is_left_alone(db: None) -> None:
    plain = Page.objects.get(depth=1).add_child(instance=Page(title="Plain", slug="plain"))
    assert mark_reviewed(plain, by=User.objects.create_user("x@example.org"), today=TODAY) is None


def bulk(*pages: Any) -> str:
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'reviewed'])}?" + "&".join(
        f"id={page.pk}" for page in pages
    )


def test_several_at_once(add: Callable[..., Any], desk: Client) -> None:
    pages = [add(f"Page {number}", review_on=TODAY) for number in range(3)]
    asked = said(desk.get(bulk(*pages)))
    assert "Page 0" in asked
    assert "Yes, they are right" in asked
    response = desk.post(f"{bulk(*pages)}&next={reverse('editing_reports:review')}", follow=True)
    assert "3 pages were reviewed. They come back in a year." in said(response)
    again_on = months_later(timezone.localdate(), 12)
    assert {page.review_on for page in StandardPage.objects.all()} == {again_on}


def test_looking_changes_nothing(add: Callable[..., Any], desk: Client) -> None:
    page = add(review_on=TODAY)
    desk.get(bulk(page))
    assert StandardPage.objects.get().review_on == TODAY


def test_only_pages_one_may_change(add: Callable[..., Any], as_user: Callable[[User], Client], author: User) -> None:
    page = add("Not theirs", review_on=TODAY)
    page.locked, page.locked_by = True, None
    page.save()
    stranger = User.objects.create_user("stranger@example.org")
    from django.contrib.auth.models import Permission

    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    response = as_user(stranger).post(bulk(page))
    assert response.status_code in {302, 403, 200}
    assert StandardPage.objects.get().review_on == TODAY
